"""An assessment as plain values in both languages, for whoever reads it by program: no person in it, and no score that is not agreed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override

from .life import in_the_way, next_of
from .models import Assessment
from .reading import read


def told(assessment: Assessment) -> dict[str, Any]:
    """Its themes by risk, its sections' states, and what the next step waits for as objects of `code`, `subject` and a message."""
    whole = read(assessment)
    to_status = next_of(assessment)
    said = []
    for language in ("cy", "en"):
        with override(language):
            said.append([(each.code, each.subject, each.sentence) for each in in_the_way(assessment, to_status, whole=whole)])
    return {
        "code": assessment.code,
        "title": _both(assessment, "title"),
        "status": assessment.status,
        "next": to_status,
        "method": {"name": _both(assessment.method, "name"), "from_on": str(assessment.method.from_on)} if assessment.method else None,
        "sections": {about: row.text_state for about, row in whole.sections.items()},
        "themes": [_theme(whole, theme, number) for number, theme in enumerate(whole.in_order(), start=1)],
        "missing": [
            {"code": code, "subject": subject, "message_cy": cy, "message_en": en}
            for (code, subject, cy), (_code, _subject, en) in zip(*said, strict=True)
        ],
    }


def _theme(whole: Any, theme: Any, number: int) -> dict[str, Any]:
    score, standing, last = whole.agreed.get(theme.pk), whole.standing_of(theme), whole.last_year.get(theme.pk)
    return {
        "number": number,
        "code": theme.code,
        "title": _both(theme, "title"),
        "band": theme.band or None,
        "risk": score.risk if score else None,
        "position": score.position if score else None,
        "confidence": score.confidence if score else None,
        "rank": standing.rank if standing else None,
        "rank_if_one_value_moves": list(standing.one_change) if standing and standing.one_change else None,
        "last_band": last["band"] or None if last else None,
        "decision": theme.decision,
        "decision_reason": _both(theme, "decision_reason"),
    }


def _both(row: Any, name: str) -> dict[str, str]:
    pair = row.pair(name)
    return {"cy": pair.cy, "en": pair.en}
