"""The figures of an annual report: what each measure was to do and what it came to, the objectives that it shows, and what should change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from diogel.indicators.models import Direction
from diogel.indicators.spans import span_name
from diogel.published.blocks import Block, Cell, Column, Heading, Paragraph, Table

from .observations import cell
from .quarterly_measures import better_word
from .quarterly_words import better_heading, say

Told = Mapping[str, Any]


def objectives_blocks(content: Told) -> Iterator[Block]:
    """Each priority with its objectives, and the measures that are to show each; a gap is said."""
    if not content["objectives"]:
        return
    yield Heading(2, _("What we set out to do"))
    for priority in content["priorities"]:
        rows = [row for row in content["objectives"] if row["priority"] == priority["code"]]
        if rows:
            yield Heading(3, say(priority["title"]))
            columns = (
                Column(pgettext("number of an action", "No"), "end"),
                Column(_("Objective"), share=5),
                Column(_("Shown by"), share=4),
            )
            lines = tuple((Cell(row["code"]), Cell(say(row["title"])), _shown_by(row["code"], content)) for row in rows)
            yield Table(_("Objectives, and the measures that are to show them"), columns, lines)


def _shown_by(code: str, content: Told) -> Cell:
    found = [say(row["title"]) for row in content["indicators"] if code in row["objectives"]]
    return Cell("; ".join(found)) if found else Cell(_("no measure"), state="missing")


def outcomes_blocks(content: Told) -> Iterator[Block]:
    """The outcome table as promised; a term of which nothing was promised says so."""
    rows = content["outcomes"]
    if not rows:
        return
    named = {row["code"]: say(row["title"]) for row in content["themes"]}
    columns = (
        Column(_("Action and theme"), share=2),
        Column(_("Inputs and outputs"), share=4),
        Column(_("Short term"), share=3),
        Column(_("Medium term"), share=3),
        Column(_("Long term"), share=3),
    )
    yield Heading(2, _("What should change"))
    lines = tuple((Cell(_for_whom(row, named)), *(_promised(row[term]) for term in ("outputs", "short", "medium", "long"))) for row in rows)
    awaited = sum(row["awaits_an_indicator"] for row in rows)
    note = ngettext("One row still awaits a measure that would show it.", "%(n)s rows still await a measure that would show them.", awaited)
    yield Table(_("What the plan should change, by term"), columns, lines, note=note % {"n": awaited} if awaited else "")


def _for_whom(row: Told, named: Mapping[str, str]) -> str:
    theme = named.get(row["theme"], "")
    if row["cited"] is None:
        return theme or _("every action")
    number = _("Action %(number)s") % {"number": row["cited"]}
    return f"{number}, {theme}" if theme else number


def _promised(pair: Told) -> Cell:
    return Cell(say(pair)) if say(pair) else Cell(_("nothing promised"), state="missing")


def figures_blocks(content: Told, *, with_before: bool = True) -> Iterator[Block]:
    """One table: what the plan wants of each measure, its latest figure and, of a year, the one a year before."""
    rows = [line for indicator in content["indicators"] for line in _lines(indicator, with_before=with_before)]
    if not rows:
        return
    columns = (
        Column(_("Measure"), share=5),
        Column(_("Code")),
        Column(_("What the plan wants"), share=2),
        Column(better_heading(), share=2),
        Column(_("Latest figure"), "end", share=2),
        *((Column(_("A year before"), "end", share=2),) if with_before else ()),
        Column(_("Days of the latest figure"), share=3),
    )
    yield Heading(2, _("What the figures show"))
    yield Paragraph(_("What we only contribute to is watched and not judged. “No data” and “withheld” are not zero."), "work")
    caption = (
        _("The plan’s measures, at the end of the year and a year before")
        if with_before
        else _("The plan’s measures, each with its latest figure")
    )
    yield Table(caption, columns, tuple(rows))


def _lines(indicator: Told, *, with_before: bool) -> Iterator[tuple[Cell, ...]]:
    """A row for each figure. Those of an indicator that is told in several stand below a row that says what they are figures of."""
    if len(indicator["figures"]) > 1:
        below = [Cell(_("see below"))] * (3 if with_before else 2)
        yield (Cell(say(indicator["title"])), Cell(indicator["code"]), *_wanted(indicator), *below)
    for figure in indicator["figures"]:
        yield _line(indicator, figure, with_before=with_before)


def _wanted(indicator: Told) -> tuple[Cell, Cell]:
    wanted = str(Direction(indicator["direction"]).label) if indicator["direction"] else _("not said")
    return Cell(wanted), Cell(better_word(indicator))


def _line(indicator: Told, figure: Told, *, with_before: bool) -> tuple[Cell, ...]:
    before = next((each for each in indicator.get("before", ()) if each["code"] == figure["code"]), None)
    return (
        Cell(say(figure["title"]) or say(indicator["title"])),
        Cell(figure["code"]),
        *_wanted(indicator),
        _figure(figure),
        *((_figure(before) if before else Cell(_("not reported"), state="missing"),) if with_before else ()),
        Cell(_days(figure)),
    )


def _figure(figure: Told) -> Cell:
    """A count that the quarterly reports tell of, and that nobody sends in, is named as that."""
    if figure["is_in_the_quarterly"] and not figure["from_on"]:
        return Cell(_("in the quarterly reports"), state="missing")
    return cell(dict(figure) | {"is_corrected": False}, figure["unit"])


def _days(figure: Told) -> str:
    if not figure["from_on"]:
        return _("none")
    return span_name(date.fromisoformat(figure["from_on"]), date.fromisoformat(figure["to_on"]))
