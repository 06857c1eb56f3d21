"""What may stand in the assessment document and in its public summary: two allow-lists, neither of which knows a person."""

from __future__ import annotations

from typing import Any

from .snapshot_fields import ALLOWED, As, Fields, One, Rows

_SECTION: dict[str, Any] = {"about": As.CODE, "text": As.TITLE, "is_kept_inside": As.FLAG}
_THEME: dict[str, Any] = {
    "code": As.CODE,
    "number": As.NUMBER,
    "title": As.TITLE,
    "band": As.CODE,
    "rationale": As.PAIR,
    "decision": As.CODE,
    "decision_reason": As.PAIR,
    "last_band": As.CODE,
    "evidence": Rows("evidence"),
}
_ASSESSMENT: dict[str, Any] = {
    "partnership": One("who"),
    "code": As.CODE,
    "status": As.CODE,
    "title": As.TITLE,
    "period": As.PAIR,
    "scale": As.PAIR,
    "from_on": As.DAY,
    "to_on": As.DAY,
    "approved_on": As.DAY,
    "day": As.DAY,
    "sections": Rows("section"),
    "themes": Rows("theme"),
}
_EVIDENCE: dict[str, Any] = {"statement": As.TITLE, "source": As.TITLE, "dated": As.CODE, "kind": As.CODE, "marking": As.CODE}

PUBLIC: Fields = {"who": ALLOWED["who"], "assessment": _ASSESSMENT, "section": _SECTION, "theme": _THEME, "evidence": _EVIDENCE}

INTERNAL: Fields = {
    "who": ALLOWED["who"],
    "body": {"name": As.TITLE},
    "assessment": _ASSESSMENT | {"source": As.PAIR, "commission": As.PAIR, "method": One("method"), "requests": Rows("request")},
    "section": _SECTION,
    "evidence": _EVIDENCE,
    "theme": _THEME
    | {
        "score": One("score"),
        "last_risk": As.NUMBER,
        "rank": As.NUMBER,
        "rank_from": As.NUMBER,
        "rank_to": As.NUMBER,
        "given": As.NUMBERS,
        "dissents": Rows("dissent"),
    },
    "score": {
        "risk": As.NUMBER,
        "highest": As.NUMBER,
        "position": As.NUMBER,
        "confidence": As.CODE,
        "parts": Rows("part"),
        "reason": As.PAIR,
    },
    "part": {"code": As.CODE, "value": As.NUMBER, "highest": As.NUMBER},
    "dissent": {"body": One("body"), "factor": As.TITLE, "value": As.NUMBER, "said_on": As.DAY, "reason": As.PAIR},
    "method": {"name": As.TITLE, "from_on": As.DAY, "bands": Rows("least")},
    "least": {"code": As.CODE, "at_least": As.NUMBER},
    "request": {"body": One("body"), "what": As.TITLE, "due_on": As.DAY, "came_on": As.DAY, "missing_because": As.PAIR},
}
