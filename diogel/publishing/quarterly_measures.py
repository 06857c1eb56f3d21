"""The plan's measures in the paper: this quarter, a year before, which way is good, whose it is, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from diogel.indicators.models import Accountability
from diogel.published.blocks import Block, Cell, Column, Heading, Table

from .observations import cell
from .quarterly_words import better_heading, say, way

Told = Mapping[str, Any]


def measures_blocks(content: Told) -> list[Block]:
    """One table. Without a plan there is no direction and nobody answers for a figure, so it has neither column."""
    rows = content["measures"]
    if not rows:
        return []
    has_plan = content["plan"] is not None
    heading = _("The plan’s measures") if has_plan else _("Other figures that were sent")
    return [Heading(2, heading), _table(rows, has_plan=has_plan)]


def _table(rows: list[Told], *, has_plan: bool) -> Table:
    of_plan = (Column(better_heading(), share=2), Column(_("Whose"), share=2)) if has_plan else ()
    columns = (
        Column(_("Measure"), share=5),
        now_column(),
        before_column(),
        *of_plan,
        Column(_("Source"), share=3),
    )
    note = _(
        "“No data”: asked for, and did not come. “Late”: asked for, and not here yet. “Not reported”: no figure was due. None of these is zero."
    )
    caption = _("This quarter and the same quarter a year before")
    return Table(caption=caption, columns=columns, rows=tuple(_row(row, has_plan=has_plan) for row in rows), note=note)


def now_column() -> Column:
    return Column(_("This quarter"), "end", share=2)


def before_column() -> Column:
    return Column(_("A year before"), "end", share=2)


def _row(row: Told, *, has_plan: bool) -> tuple[Cell, ...]:
    of_plan = (Cell(better_word(row)), Cell(str(Accountability(row["accountability"]).label))) if has_plan else ()
    return (
        Cell(row_name(row)),
        cell(row["now"], row["unit"]),
        cell(row["before"], row["unit"]),
        *of_plan,
        Cell(say(row["source"]) or _("not told")),
    )


def row_name(row: Told) -> str:
    return _("%(code)s: %(title)s") % {"code": row["code"], "title": say(row["title"])}


def better_word(row: Told) -> str:
    """Which way is good, in words; of what we only contribute to, neither is said to be."""
    if row["accountability"] == Accountability.CONTRIBUTORY:
        return _("watched, not judged")
    return way(row["better"])
