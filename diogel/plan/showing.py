"""A plan as plain values in both languages: what is printed, exported and frozen into snapshots."""

from __future__ import annotations

from typing import Any

from diogel.words.pairs import Bilingual

from .models import Plan


def both(row: Bilingual, name: str) -> dict[str, str]:
    """A pair as plain values, with its state."""
    pair = row.pair(name)
    return {"cy": pair.cy, "en": pair.en, "state": pair.state}


def plan_whole(plan: Plan) -> dict[str, Any]:
    """Everything that stands in the plan and has not been withdrawn. No person: those lie elsewhere."""
    partnership = plan.partnership
    return {
        "partnership": {"slug": partnership.slug, "name": both(partnership, "name"), "place": both(partnership, "place")},
        "plan": {
            "code": plan.code,
            "title": both(plan, "title"),
            "from": plan.from_on.isoformat(),
            "to": plan.to_on.isoformat(),
            "adopted": plan.adopted_on.isoformat() if plan.adopted_on else None,
            "status": plan.status,
            "introduction": both(plan, "introduction"),
            "monitoring": both(plan, "monitoring"),
        },
        "vision": both(partnership, "vision"),
        "members": _members(plan),
        "boards": _boards(plan),
        "groups": _groups(plan),
        "themes": _themes(plan),
        "duties": [{"code": duty.code, "title": both(duty, "title"), "law": both(duty, "law")} for duty in partnership.duties.standing()],
        "claims": [_claim(claim) for claim in partnership.claims.all()],
        "priorities": _priorities(plan),
        "objectives": _objectives(plan),
        "actions": _actions(plan),
        "outcomes": [_outcome(row) for row in plan.outcomes.standing().select_related("theme", "duty") if row.cited is not None],
        "rows_without_action": [_outcome(row) for row in plan.outcomes.standing().select_related("theme", "duty") if row.cited is None],
        "indicators": _indicators(plan),
        "sources": _sources(plan),
        "principles": [
            {"kind": row.kind, "code": row.code, "title": both(row, "title"), "statement": both(row, "statement")}
            for row in plan.principles.standing()
        ],
    }


def _members(plan: Plan) -> list[dict[str, Any]]:
    rows = plan.partnership.memberships.filter(is_member=True).select_related("body")
    return [
        {
            "code": row.body.code,
            "name": both(row.body, "name"),
            "standing": row.standing,
            "from": row.body.from_on.isoformat() if row.body.from_on else None,
            "to": row.body.to_on.isoformat() if row.body.to_on else None,
        }
        for row in rows
    ]


def _boards(plan: Plan) -> list[dict[str, Any]]:
    rows = plan.partnership.groups.standing().select_related("parent").prefetch_related("owns")
    return [
        {
            "code": row.code,
            "name": both(row, "name"),
            "level": row.level,
            "parent": row.parent.code if row.parent else None,
            "chair_role": both(row, "chair_role"),
            "terms": both(row, "terms"),
            "owns": [both(owned, "title") for owned in row.owns.all()],
        }
        for row in rows
    ]


def _groups(plan: Plan) -> list[dict[str, Any]]:
    """The headings under which actions stand, the empty one included."""
    rows = plan.sections.standing().prefetch_related("numbers")
    return [
        {
            "code": row.code,
            "number": row.number,
            "title": both(row, "title"),
            "actions": [n.number for n in row.numbers.all() if not n.withdrawn_on],
        }
        for row in rows
    ]


def _themes(plan: Plan) -> list[dict[str, Any]]:
    assessment = plan.partnership.assessments.foremost().first()
    rows = assessment.themes.standing() if assessment else []
    return [
        {
            "code": row.code,
            "title": both(row, "title"),
            "highlighted_as": both(row, "highlighted_as"),
            "band": row.band or None,
            "band_as_published": row.band_as_published,
            "decision": row.decision,
            "decision_reason": both(row, "decision_reason"),
        }
        for row in rows
    ]


def _claim(claim: Any) -> dict[str, Any]:
    value = None if claim.value is None else float(claim.value)
    return {"code": claim.code, "statement": both(claim, "statement"), "value": value, "unit": claim.unit, "source": both(claim, "source")}


def _priorities(plan: Plan) -> list[dict[str, Any]]:
    rows = plan.priorities.standing().prefetch_related("themes", "leads__body")
    return [
        {
            "code": row.code,
            "number": row.number,
            "list": row.listed,
            "title": both(row, "title"),
            "heading": both(row, "heading"),
            "summary": both(row, "summary"),
            "themes": [theme.code for theme in row.themes.all()],
            "leads": [{"body": lead.body.code, "role": both(lead, "role")} for lead in row.leads.all() if not lead.withdrawn_on],
        }
        for row in rows
    ]


def _objectives(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "code": row.code,
            "priority": row.priority.code,
            "title": both(row, "title"),
            "heading": both(row, "heading"),
            "direction": row.direction or None,
        }
        for row in plan.objectives.standing().select_related("priority")
    ]


def _actions(plan: Plan) -> list[dict[str, Any]]:
    rows = (
        plan.numbers.standing()
        .select_related("action__group", "section")
        .prefetch_related("action__bodies", "action__areas", "action__sub_actions", "themes", "duties", "priorities")
    )
    return [
        {
            "number": row.number,
            "code": row.action.reference,
            "group": row.section.code if row.section else None,
            "title": both(row.action, "title"),
            "text": both(row.action, "text"),
            "regional": both(row.action, "regional"),
            "bodies": [body.code for body in row.action.bodies.all()],
            "areas": [area.code for area in row.action.areas.all()],
            "oversight": row.action.group.code if row.action.group else None,
            "themes": [theme.code for theme in row.themes.all()],
            "duties": [duty.code for duty in row.duties.all() if not duty.withdrawn_on],
            "priorities": [priority.code for priority in row.priorities.all()],
            "cross_cutting": row.is_cross_cutting,
            "parts": [{"code": part.code, "title": both(part, "title")} for part in row.action.sub_actions.all() if not part.withdrawn_on],
        }
        for row in rows
    ]


def _outcome(row: Any) -> dict[str, Any]:
    return {
        "row": row.row,
        "theme": row.theme.code if row.theme else None,
        "band": row.theme.band if row.theme else None,
        "duty": row.duty.code if row.duty and not row.duty.withdrawn_on else None,
        "number": row.cited,
        "outputs": both(row, "outputs"),
        "short": both(row, "short"),
        "medium": both(row, "medium"),
        "long": both(row, "long"),
        "awaits_an_indicator": row.awaits_an_indicator,
    }


def _indicators(plan: Plan) -> list[dict[str, Any]]:
    rows = plan.reports.standing().select_related("indicator__measure", "priority").prefetch_related("objectives")
    return [
        {
            "code": row.indicator.code,
            "title": both(row.indicator, "title"),
            "direction": row.indicator.direction,
            "accountability": row.indicator.accountability,
            "better": row.indicator.better,
            "unit": row.indicator.measure.unit,
            "priority": row.priority.code if row.priority else None,
            "objectives": [objective.code for objective in row.objectives.all()],
            "sensitive": row.indicator.measure.is_sensitive,
        }
        for row in rows
    ]


def _sources(plan: Plan) -> list[dict[str, Any]]:
    rows = plan.sources.standing().prefetch_related("states__priorities")
    return [
        {
            "code": row.code,
            "title": both(row, "title"),
            "dated": row.dated,
            "states": [
                {"title": both(each, "title"), "priorities": [p.code for p in each.priorities.all() if not p.withdrawn_on]}
                for each in row.states.all()
                if not each.withdrawn_on
            ],
        }
        for row in rows
    ]
