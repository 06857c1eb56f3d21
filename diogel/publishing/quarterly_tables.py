"""The tables of a quarter's paper: recorded figures, the plan's measures, the progress of each action."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from diogel.processes.actions.process import STATUSES
from diogel.published.blocks import Cell, Column, Table

from .observations import told
from .quarterly_facts import Facts, Progress

STATUS_SHAPES = {
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


def progress_table(facts: Facts) -> Table:
    """Every action of the plan in force: who leads, how it stands, how often it was carried over."""
    columns = (
        Column(pgettext("number of an action", "No"), "end"),
        Column(_("Action and who leads"), share=4),
        Column(_("Status"), share=2),
        Column(_("What was said"), share=5),
    )
    rows = tuple(_progress_row(each, facts) for each in facts.progress)
    return Table(
        caption=_("Progress of each action"),
        columns=columns,
        rows=rows,
        note=_("Late means that the update was asked for and has not come."),
    )


def _progress_row(each: Progress, facts: Facts) -> tuple[Cell, ...]:
    action = each.held.action
    lead = "; ".join(body.pair("name").say() for body in action.bodies.all())
    title = action.pair("title").say()
    return (
        Cell(str(each.held.number), numeric=True),
        Cell(_("%(title)s (%(lead)s)") % {"title": title, "lead": lead} if lead else title),
        _status_cell(each, facts),
        Cell(_said(each)),
    )


def _status_cell(each: Progress, facts: Facts) -> Cell:
    if not each.is_filed:
        days = each.days_late(facts.day)
        return Cell(ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days} if days else _("not yet filed"), state="late")
    status = each.update.status if each.update else ""
    return Cell(status_word(status), mark=STATUS_SHAPES.get(status, "todo"))


def status_word(status: str) -> str:
    """The word for a status code, as the plan page says it."""
    return str(STATUSES.get(status, status))


def _said(each: Progress) -> str:
    """The update's own words, then how often the action was carried over."""
    told_of = []
    if each.is_filed and each.update:
        told_of.append(each.update.pair("text").say())
        if each.update.obstacle_en or each.update.obstacle_cy:
            told_of.append(each.update.pair("obstacle").say())
    if each.carried:
        told_of.append(carried_sentence(each.carried))
    return " ".join(sentence for sentence in told_of if sentence)


def carried_sentence(carried: Any) -> str:
    """Carried over how often, for how long, and whether for the same reason: whole sentences."""
    times = ngettext("Carried over once, %(months)s months in all.", "Carried over %(n)s times, %(months)s months in all.", carried.times)
    same = " " + _("The same reason was given twice.") if carried.same_reason else ""
    return times % {"n": carried.times, "months": carried.months} + same


def measures_table(facts: Facts, *, is_public: bool) -> Table:
    """The plan's measures: this quarter, the same quarter a year before, which way is good, whose it is."""
    columns = (
        Column(_("Measure"), share=5),
        Column(_("This quarter"), "end", share=2),
        Column(_("A year before"), "end", share=2),
        Column(_("Which way is good"), share=2),
        Column(_("Whose"), share=2),
        Column(_("Source"), share=3),
    )
    rows = []
    for each in facts.measured:
        rows.append(
            (
                Cell(_("%(code)s: %(title)s") % {"code": each.code, "title": each.measure.pair("title").say()}),
                told(each.now, each.measure, is_public=is_public),
                told(each.before, each.measure, is_public=is_public),
                Cell(better_word(each.indicator)),
                Cell(str(each.indicator.get_accountability_display())),
                Cell(each.measure.pair("source").say() or _("not told")),
            )
        )
    return Table(caption=_("The plan’s measures"), columns=columns, rows=tuple(rows), note=_measures_note(facts, is_public=is_public))


def better_word(indicator: Any) -> str:
    """Which way is good, in words; of what we only contribute to, neither is said to be."""
    if indicator.accountability == "contributory":
        return _("watched, not judged")
    return str(indicator.get_better_display())


def _measures_note(facts: Facts, *, is_public: bool) -> str:
    reasons = {
        each.now.pair("reason").say()
        for each in facts.measured
        if each.now and each.now.state == "missing" and each.now.pair("reason").say()
    }
    note = [_("No data means that no figure came; it is not zero.")]
    note += sorted(reasons)
    if is_public:
        note.append(_("Withheld: counts of 1 to 4 in sensitive subjects, and whatever would reveal them."))
    return " ".join(note)
