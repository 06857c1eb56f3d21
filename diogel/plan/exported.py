"""What stands beside an action in files that go out: what it serves, who oversees it, milestones, money and, for the inside, persons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from diogel.analysis.reading.plan_lists import pounds
from diogel.people.access import Installation, May, may, require
from diogel.processes.actions.models import CarryOver
from diogel.records.owners import owners_of

from .models import Number, Plan

NOTHING = "–"
"""Stands in a list where one of several sums has no amount or no end, so that lines of three columns belong together."""


def for_export(plan: Plan, user: Any, *, with_people: bool, also: tuple[str, ...]) -> list[Number]:
    """The standing actions of a plan that `user` may see, with all that files tell of them, and what `also` names. PermissionDenied where persons are asked
    for by somebody who may not see who is who."""
    beside = ["action__milestones", *also]
    if may(user, May.SEE_FUNDING, plan.partnership):
        beside.append("action__fundings")
    if with_people:
        require(user, May.SEE_PEOPLE, plan.partnership)
        beside.append("action__parts__person")
    seen = plan.numbers.standing() if isinstance(user, Installation) else plan.numbers.standing().visible_to(user)
    rows = seen.filter(action__withdrawn_on=None).select_related("action__group", "section").annotate(times_carried=_carried())
    return list(rows.prefetch_related("themes", "duties", "action__bodies", "action__areas", *beside))


def _carried() -> Any:
    """Of a number: how often its action was carried over."""
    held = CarryOver.objects.filter(action=OuterRef("action")).order_by().values("action").annotate(n=Count("pk"))
    return Subquery(held.values("n"), output_field=IntegerField())


def served(number: Number) -> tuple[str, str]:
    """Themes and duties, apart, in the language of the page; that it serves the whole stands before its themes."""
    themes, duties = (_names([row for row in rows.all() if not row.withdrawn_on], "title") for rows in (number.themes, number.duties))
    return "; ".join(filter(None, (_("Cross-cutting") if number.is_cross_cutting else "", themes))), duties


def more_columns(*, with_money: bool, with_people: bool) -> Sequence[tuple[str, int]]:
    """Heads and widths of what `told_more` tells, in its order."""
    columns = [(_("Group that oversees it"), 22), (_("Milestones"), 40)]
    columns += [(_("Source of money"), 26), (_("Amount, £"), 12), (_("Money until"), 16)] if with_money else []
    return [*columns, (_("Lead persons"), 24)] if with_people else columns


def told_more(number: Number, *, with_money: bool, with_people: bool) -> dict[str, str]:
    """Words by field, in the language of the page: a milestone a line; of each sum a line in each of three columns."""
    action = number.action
    told = {"group": _names([action.group] if action.group else [], "name"), "milestones": "\n".join(_milestones(action))}
    if with_money:
        told |= _money([row for row in action.fundings.all() if not row.withdrawn_on])
    if with_people:
        told["person"] = "; ".join(f"{person.given} {person.family}" for person in owners_of(action))
    return told


def _milestones(action: Any) -> list[str]:
    """Those that have words in the language of the page."""
    rows = [row for row in action.milestones.all() if not row.withdrawn_on and row.pair("title").say()]
    return [milestone_said(row.pair("title").say(), row.due_on, row.done_on) for row in rows]


def milestone_said(title: str, due_on: Any, done_on: Any) -> str:
    """A milestone as a line, which an import reads again."""
    values = {"day": day_said(due_on), "title": title, "done": day_said(done_on)}
    return _("%(day)s: %(title)s (reached %(done)s)") % values if done_on else _("%(day)s: %(title)s") % values


def _money(rows: list[Any]) -> dict[str, str]:
    told = [
        (_names([row], "title"), "" if row.amount is None else pounds(row.amount), day_said(row.to_on))
        for row in sorted(rows, key=lambda row: row.code)
    ]
    lines = [[line or (NOTHING if len(told) > 1 else "") for line in each] for each in told]
    return {name: "\n".join(each[at] for each in lines) for at, name in enumerate(("money", "amount", "until"))}


def day_said(day: Any) -> str:
    return date_format(day, "j F Y") if day else ""


def _names(rows: Iterable[Any], name: str) -> str:
    pairs = (row.pair(name) for row in rows)
    return "; ".join(str(pair.say() or pair.en or pair.cy) for pair in pairs)
