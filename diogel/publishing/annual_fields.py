"""What an annual report may tell: one allow-list for the public, and what the board reads besides."""

from __future__ import annotations

from .one_language import RULE
from .snapshot_fields import ALLOWED, As, Fields, One, Rows

PUBLIC: Fields = {
    **{kind: ALLOWED[kind] for kind in ("who", "body", "section", "part", "carried", "outcome", "objective", "figure", RULE)},
    "annual": {
        RULE: One(RULE),
        "partnership": One("who"),
        "plan": One("plan"),
        "year": As.CODE,
        "from_on": As.DAY,
        "to_on": As.DAY,
        "sections": Rows("section"),
        "priorities": Rows("priority"),
        "objectives": Rows("objective"),
        "themes": Rows("theme"),
        "actions": Rows("action"),
        "outcomes": Rows("outcome"),
        "indicators": Rows("indicator"),
    },
    "plan": {"code": As.CODE, "title": As.TITLE, "status": As.CODE},
    "priority": {"code": As.CODE, "number": As.NUMBER, "listed": As.CODE, "title": As.TITLE},
    "theme": {"code": As.CODE, "title": As.TITLE, "band": As.CODE},
    "action": {
        "number": As.NUMBER,
        "section": As.CODE,
        "title": As.TITLE,
        "text": As.PAIR,
        "status": As.CODE,
        "promised_on": As.DAY,
        "bodies": Rows("body"),
        "parts": Rows("part"),
        "update": One("update"),
        "carried": One("carried"),
        "carry_overs": Rows("carry_over"),
        "next_plan": As.CODE,
        "next_number": As.NUMBER,
        "themes": As.CODES,
    },
    "update": {"quarter": As.CODE, "status": As.CODE, "percent": As.NUMBER, "text": As.PAIR, "next_step": As.PAIR, "next_on": As.DAY},
    "carry_over": {"from_plan": As.CODE, "months": As.NUMBER, "reason": As.PAIR},
    "indicator": {
        "code": As.CODE,
        "title": As.TITLE,
        "direction": As.CODE,
        "accountability": As.CODE,
        "better": As.CODE,
        "priority": As.CODE,
        "objectives": As.CODES,
        "figures": Rows("figure"),
        "before": Rows("figure"),
    },
}
INTERNAL: Fields = {**PUBLIC, "update": {**PUBLIC["update"], "rag": As.CODE, "obstacle": As.PAIR}}
"""What the board reads besides: how an action goes, and what stands in the way."""
