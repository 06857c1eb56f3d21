"""Rows as plain values, everything they hold: what of it may leave is decided by the allow-list alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from diogel.indicators.models import Measure
from diogel.people.models import Membership
from diogel.plan.models import Number
from diogel.processes.actions.models import Update
from diogel.processes.actions.progress import carried

from .ledger import masks_for
from .snapshot_figures import figures
from .snapshot_scopes import Scope

Row = dict[str, Any]


def everything(row: Any) -> Row:
    """All columns and all pairs of a row, whether they may be told or not."""
    columns = {field.name: field.value_from_object(row) for field in row._meta.concrete_fields}
    return columns | {name: row.pair(name) for name in row.pairs}


def partnership_source(scope: Scope, *, day: date) -> Row:
    """The partnership with its areas and members; a member is current if both it and its membership hold on `day`."""
    rows = scope.partnership.memberships.filter(is_member=True).select_related("body").prefetch_related("body__successors")
    return everything(scope.rows["partnership"].get()) | {
        "areas": [everything(area) for area in scope.rows["area"]],
        "members": [_member(row, day) for row in rows],
    }


def _member(row: Membership, day: date) -> Row:
    ends = [end for end in (row.to_on, row.body.to_on) if end]
    begins = [begin for begin in (row.from_on, row.body.from_on) if begin]
    return {
        "body": everything(row.body),
        "standing": row.standing,
        "is_current": all(begin <= day for begin in begins) and all(end >= day for end in ends),
        "to_on": min(ends, default=None),
        "successors": [everything(body) for body in row.body.successors.all()],
    }


def plan_source(scope: Scope) -> Row:
    """The plan whole, as it stands."""
    rows = scope.rows
    plan = rows["plan"].select_related("partnership").get()
    numbers = list(numbers_of(scope))
    updates = {row.action_id: row for row in rows["update"]}
    sections = [everything(row) | {"actions": [held.number for held in numbers if held.section_id == row.pk]} for row in rows["section"]]
    return everything(plan) | {
        "partnership": everything(plan.partnership),
        "sections": sections,
        "priorities": _priorities(scope, numbers),
        "objectives": [everything(row) | {"priority": row.priority.code} for row in rows["objective"].select_related("priority")],
        "actions": [action_row(held, updates.get(held.action_id)) for held in numbers],
        "themes": [everything(row) for row in rows["theme"]],
        "duties": [everything(row) for row in rows["duty"]],
        "outcomes": [outcome_row(row) for row in rows["outcome"].select_related("theme", "duty")],
        "indicators": _indicators(scope),
        "sources": _sources(scope),
        "principles": [everything(row) for row in rows["principle"]],
    }


def numbers_of(scope: Scope) -> Iterable[Number]:
    """The numbers of a plan with everything that `action_row` asks of them."""
    rows = scope.rows["number"].select_related("action", "section")
    of_action = ("action__bodies", "action__areas", "action__carry_overs", "action__sub_actions__body")
    return rows.prefetch_related(*of_action, "themes", "duties", "priorities", "indicators")


def action_row(held: Number, told: Update | None) -> Row:
    """An action under its number, with what hangs on it; `told` is what was last said of it."""
    action, over = held.action, carried(held.action)
    parts = [part for part in action.sub_actions.all() if not part.withdrawn_on]
    return everything(action) | {
        "number": held.number,
        "section": held.section.code if held.section else "",
        "is_cross_cutting": held.is_cross_cutting,
        "bodies": [everything(body) for body in action.bodies.all()],
        "areas": [everything(area) for area in action.areas.all()],
        "parts": [everything(part) | {"body": everything(part.body) if part.body else None} for part in parts],
        "carried": {"times": over.times, "months": over.months, "same_reason": over.same_reason} if over else None,
        "told": everything(told) if told else None,
        "themes": _codes(held.themes.all()),
        "duties": _codes(duty for duty in held.duties.all() if not duty.withdrawn_on),
        "priorities": _codes(held.priorities.all()),
        "indicators": _codes(held.indicators.all()),
    }


def _priorities(scope: Scope, numbers: list[Number]) -> list[Row]:
    rows = scope.rows["priority"].prefetch_related("themes", "leads__body", "objectives", "reports__indicator")
    return [
        everything(row)
        | {
            "leads": [everything(lead) | {"body": everything(lead.body)} for lead in row.leads.all() if not lead.withdrawn_on],
            "themes": _codes(theme for theme in row.themes.all() if not theme.withdrawn_on),
            "objectives": _codes(each for each in row.objectives.all() if not each.withdrawn_on),
            "actions": [held.number for held in numbers if row in held.priorities.all()],
            "indicators": _codes(each.indicator for each in row.reports.all() if not each.withdrawn_on),
        }
        for row in rows
    ]


def outcome_row(row: Any) -> Row:
    """A row of the outcome table, its theme and duty by their codes."""
    return everything(row) | {
        "theme": row.theme.code if row.theme else "",
        "duty": row.duty.code if row.duty and not row.duty.withdrawn_on else "",
    }


def _indicators(scope: Scope) -> list[Row]:
    measures = {row.pk: row for row in scope.rows["measure"]}
    newest = {row.measure_id: row for row in scope.rows["observation"].select_related("measure")}
    masks = masks_for(scope.partnership, newest.values())
    return [row | {"figures": figures(told, newest, masks=masks)} for row, told in indicator_rows(scope, measures)]


def indicator_rows(scope: Scope, measures: Mapping[int, Measure]) -> Iterator[tuple[Row, list[Measure]]]:
    """Each indicator of the plan in its place, with the measures in which it is reported."""
    assert scope.plan is not None
    reports = scope.plan.reports.standing().select_related("indicator__measure", "priority").prefetch_related("objectives")
    for report in reports:
        if not report.indicator.withdrawn_on:
            place = {
                "priority": report.priority.code if report.priority else "",
                "objectives": _codes(each for each in report.objectives.all() if not each.withdrawn_on),
            }
            told = [measures[pk] for pk in scope.parts.get(report.indicator.measure_id, ()) if pk in measures]
            yield everything(report.indicator) | place, told


def _sources(scope: Scope) -> list[Row]:
    return [
        everything(row)
        | {
            "states": [
                everything(stated) | {"priorities": _codes(each for each in stated.priorities.all() if not each.withdrawn_on)}
                for stated in row.states.all()
                if not stated.withdrawn_on
            ]
        }
        for row in scope.rows["source"].prefetch_related("states__priorities")
    ]


def _codes(rows: Iterable[Any]) -> list[str]:
    return [row.code for row in rows]
