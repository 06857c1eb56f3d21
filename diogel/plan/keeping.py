"""A plan as a list of sentences that can be kept for good and compared with another day's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import override

from diogel.audit.models import Entry
from diogel.home import today
from diogel.people.access import May, require
from diogel.people.writing import note
from diogel.processes.actions.models import SubAction
from diogel.words.pairs import Bilingual

from .models import Lead, Plan
from .models_life import PlanVersion, seal_of

Row = dict[str, Any]


def plan_now(plan: Plan) -> list[Row]:
    """Every sentence of the plan, and its plain facts, as it stands: {"kind", "key", "number", "name", "cy", "en"}. `key` is the row's
    own, so that one is known again under another number. No person and nothing of an update."""
    with transaction.atomic():
        return [row for row in _rows(plan) if row["cy"] or row["en"]]


def _rows(plan: Plan) -> Iterator[Row]:
    yield from _told("plan", plan, plan.code, "title", "introduction", "monitoring")
    yield _fact("plan", plan, plan.code, "days", *_days(plan.from_on, plan.to_on))
    if plan.adopted_on:
        yield _fact("plan", plan, plan.code, "adopted_on", *_day(plan.adopted_on))
    for section in plan.sections.standing():
        yield from _told("section", section, section.number, "title")
    for priority in plan.priorities.standing().prefetch_related(Prefetch("leads", Lead.objects.standing())):
        yield from _told("priority", priority, priority.number, "title", "heading", "summary")
        yield _fact("priority", priority, priority.number, "leads", *_joined(priority.leads.all(), "role"))
    for objective in plan.objectives.standing():
        yield from _told("objective", objective, objective.code, "title", "heading")
    yield from _actions(plan)
    for outcome in plan.outcomes.standing():
        yield from _told("outcome", outcome, outcome.row, "outputs", "short", "medium", "long")
    for principle in plan.principles.standing():
        yield from _told("principle", principle, "", "title", "statement")


def _actions(plan: Plan) -> Iterator[Row]:
    rows = plan.numbers.standing().filter(action__withdrawn_on=None).select_related("action")
    for held in rows.prefetch_related("action__bodies", "action__areas", Prefetch("action__sub_actions", SubAction.objects.standing())):
        action, number = held.action, held.number
        yield _fact("action", action, number, "number", str(number), str(number))
        yield from _told("action", action, number, "title", "text", "regional")
        yield _fact("action", action, number, "bodies", *_joined(action.bodies.all(), "name"))
        yield _fact("action", action, number, "areas", *_joined(action.areas.all(), "name"))
        if action.promised_on:
            yield _fact("action", action, number, "promised_on", *_day(action.promised_on))
        for part in action.sub_actions.all():
            yield _fact("action", action, number, f"part {part.code}", part.title_cy, part.title_en)


def _told(kind: str, row: Any, number: Any, *names: str) -> Iterator[Row]:
    for name in names:
        pair = row.pair(name)
        yield _fact(kind, row, number, name, pair.cy, pair.en)


def _fact(kind: str, row: Any, number: Any, name: str, cy: str, en: str) -> Row:
    return {"kind": kind, "key": row.pk, "number": str(number), "name": name, "cy": cy, "en": en}


def _joined(rows: Any, name: str) -> tuple[str, str]:
    """Names in a list, one a line: no word stands between them that a language could want otherwise."""
    pairs: list[Any] = sorted((each.pair(name) for each in rows if isinstance(each, Bilingual)), key=lambda pair: (pair.en, pair.cy))
    return "\n".join(pair.cy or pair.en for pair in pairs), "\n".join(pair.en or pair.cy for pair in pairs)


def _day(day: date) -> tuple[str, str]:
    halves = []
    for language in ("cy", "en"):
        with override(language):
            halves.append(date_format(day, "j F Y"))
    return halves[0], halves[1]


def _days(first: date, last: date) -> tuple[str, str]:
    begins, ends = _day(first), _day(last)
    return f"{begins[0]} – {ends[0]}", f"{begins[1]} – {ends[1]}"


def keep(
    plan: Plan,
    *,
    by: Any,
    reason: str = "",
    on: date | None = None,
    status: str = "",
    content: list[Row] | None = None,
    needs: May = May.EDIT_PLAN,
) -> PlanVersion:
    """Keep the plan as it stands as its next version; where nothing has changed since the last, that one. `content` and `status` are
    given of a version that was kept on paper. PermissionDenied."""
    require(by, needs, plan.partnership)
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)  # two who keep at once take two numbers
        content, status = plan_now(plan) if content is None else content, status or plan.status
        last = plan.versions.first()
        if last and last.sha256 == seal_of(content) and last.status == status:
            return last
        kept = PlanVersion(plan=plan, number=last.number + 1 if last else 1, status=status, kept_on=on or today())
        kept.kept_by, kept.reason, kept.content = by.reference, reason.strip(), content
        kept.save()
        note(kept, by=by, partnership=plan.partnership, deed="created", detail={"version": kept.number, "sha256": kept.sha256})
    return kept


def plan_today(plan: Plan) -> list[Row]:
    """`plan_now`, kept until anybody writes anything: the pages that compare ask for it often."""
    last = Entry.objects.order_by("-number").values_list("number", flat=True).first()
    key = f"plan-now:{plan.pk}:{last}"
    kept: list[Row] | None = cache.get(key)
    if kept is None:
        kept = plan_now(plan)
        cache.set(key, kept, 24 * 3600)
    return kept
