"""The progress of each action in the paper: what is late, blocked or carried over stands first, then the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from diogel.processes.actions.process import STATUSES
from diogel.published.blocks import Block, Cell, Column, Heading, Table

from .observations import days_late
from .quarterly_words import day_said, say

SHAPES = {
    "proposed": "todo",
    "agreed": "todo",
    "not_started": "todo",
    "in_progress": "half",
    "on_hold": "hold",
    "blocked": "block",
    "complete": "done",
    "carried_forward": "carry",
    "superseded": "no",
    "withdrawn": "no",
}
STUCK = frozenset({"blocked", "on_hold"})
Told = Mapping[str, Any]


def progress_blocks(content: Told) -> list[Block]:
    """Two tables; the one that has nothing in it is left out."""
    rows = content["actions"]
    if not rows:
        return []
    first, rest = [row for row in rows if needs_a_look(row)], [row for row in rows if not needs_a_look(row)]
    blocks: list[Block] = [Heading(2, _("Progress of each action"))]
    if first:
        blocks.append(_table(_("Late, stopped or carried over"), first, with_carry=True))
    if rest:
        blocks.append(_table(_("Every other action") if first else _("Every action"), rest, with_carry=False))
    return blocks


def needs_a_look(row: Told) -> bool:
    """Late, stopped, or carried over from an earlier plan and not complete."""
    return bool(row["days_late"] or row["status"] in STUCK or (row["carried"] and row["status"] != "complete"))


def _table(caption: str, rows: list[Told], *, with_carry: bool) -> Table:
    columns = (
        Column(pgettext("number of an action", "No"), "end"),
        Column(_("Action and who leads"), share=4),
        Column(_("Status"), share=2),
        *((Column(_("Carried over"), share=2),) if with_carry else ()),
        Column(_("What was said"), share=5),
    )
    return Table(caption=caption, columns=columns, rows=tuple(_row(row, with_carry=with_carry) for row in rows))


def _row(row: Told, *, with_carry: bool) -> tuple[Cell, ...]:
    lead = "; ".join(say(body["name"]) for body in row["bodies"])
    title = say(row["title"])
    return (
        Cell(str(row["number"]), numeric=True),
        Cell(_("%(title)s (%(lead)s)") % {"title": title, "lead": lead} if lead else title),
        _status(row),
        *((_carried(row["carried"]),) if with_carry else ()),
        Cell(_said(row)),
    )


def _status(row: Told) -> Cell:
    if row["is_filed"]:
        return Cell(status_word(row["status"]), mark=SHAPES.get(row["status"], "todo"))
    if row["days_late"]:
        return Cell(days_late(row["days_late"]), state="late")
    return Cell(_("not due yet") if row["due_on"] else _("not asked"), state="missing")


def status_word(status: str) -> str:
    """The word for a status code, as the plan page says it."""
    return str(STATUSES.get(status, status))


def _carried(carried: Told | None) -> Cell:
    if carried is None:
        return Cell(_("not carried over"))
    return Cell(carried_words(carried), mark="carry", times=carried["times"])


def carried_words(carried: Told) -> str:
    """How often, for how long in all, and whether for the same reason: labels beside numbers, as the plan's pages say them."""
    times = carried["times"]
    # Twice is a word in both languages: were one of them to write a 2, the tables of the two would not hold the same numbers.
    several = ngettext("carried over once", "carried over %(times)s times", times) % {"times": times}
    said = [_("carried over twice") if times == 2 else several]
    if carried["months"]:
        said.append(ngettext("%(months)s month", "%(months)s months", carried["months"]) % {"months": carried["months"]})
    if carried["same_reason"]:
        said.append(_("for the same reason"))
    return ", ".join(said)


def _said(row: Told) -> str:
    """The update's own words and what stands in the way; or why there are none."""
    if not row["is_filed"]:
        if row["due_on"] is None:
            return _("No update was asked for.")
        words = _("The update was due on %(day)s and has not come.") if row["days_late"] else _("The update is due on %(day)s.")
        return words % {"day": day_said(row["due_on"])}
    said = [say(row[name]) for name in ("text", "obstacle") if row.get(name)]
    return " ".join(sentence for sentence in said if sentence) or _("Nothing was said.")
