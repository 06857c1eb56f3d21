"""The rows of the plan page: each action with who leads, what it serves and how it stands."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.processes.actions.progress import carried

from .models import Number, Plan


def plan_groups(plan: Plan, user: Any, day: date, *, year: int | None = None) -> list[dict[str, Any]]:
    """Every heading of the plan with the rows that `user` may see, the empty ones too; what stands under none comes last. Of a longer
    plan one `year`, and what belongs to all of them."""
    rows = (
        plan.numbers.standing()
        .visible_to(user)
        .select_related("action__lead_body", "section")
        .prefetch_related("themes", "duties", "action__bodies", "action__updates", "action__carry_overs")
    )
    drawn = [_row(plan, held, day) for held in rows if not held.action.withdrawn_on and (not year or held.year in (None, year))]
    groups = [
        {
            "title": section.pair("title").say() or section.title_en,
            "pk": section.pk,
            "rows": [row for row in drawn if row["section"] == section.pk],
        }
        for section in plan.sections.standing()
    ]
    loose = [row for row in drawn if row["section"] is None]
    return [*groups, {"title": "" if not groups else _("Under no heading"), "pk": None, "rows": loose}] if loose else groups


def serves(held: Number) -> str:
    """Themes and duties, in the language of the page."""
    if held.is_cross_cutting:
        return _("Cross-cutting")
    served: list[Any] = [*held.themes.all(), *held.duties.all()]
    names = [row.pair("title").say() or row.pair("title").en for row in served if not row.withdrawn_on]
    return "; ".join(names)


def _row(plan: Plan, held: Number, day: date) -> dict[str, Any]:
    action = held.action
    latest = next((each for each in action.updates.all() if each.is_asked), None)
    awaited = latest if latest and latest.state != "filed" else None
    return {
        "section": held.section_id,
        "number": held.number,
        "title": action.pair("title").say() or action.title_en,
        "pair": action.pair("title"),
        "url": reverse("plan:action", args=[plan.partnership.slug, plan.code, held.number]),
        "lead": "; ".join(body.pair("name").say() or body.name_en for body in action.bodies.all()),
        "serves": serves(held),
        "status": action.status,
        "status_note": "",
        "late": _late(awaited.due_on, day) if awaited and awaited.due_on else "",
        "carry": carried(action),
        "next_on": (awaited.due_on if awaited else None) or (latest.next_on if latest else None),
        "findings": [],
    }


def _late(due: date, day: date) -> str:
    days = (day - due).days
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days} if days > 0 else ""
