"""What may leave: a table of field names for each kind of row. What is not named here cannot get out, whatever a row comes to hold."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from diogel.analysis.reading.police_uk import CRIME_TYPES
from diogel.words.pairs import Pair

from .one_language import ALWAYS_BOTH, RULE, is_ready

_CODE = re.compile(r"[\w./-]{0,60}")


class As(enum.Enum):
    """How a field leaves. Free text leaves as a checked pair and in no other way: a code has no spaces."""

    TITLE = "a pair that must be there, and checked"
    PAIR = "a pair that must be checked if it holds anything"
    SAID = "a pair that goes out once it is checked, and is left out until then"
    CODE = "a code of the system's own"
    CODES = "codes of the system's own"
    NUMBER = "a number"
    NUMBERS = "numbers"
    DAY = "a day"
    FLAG = "yes or no"
    TYPE = "a type of recorded crime, by its name in the police files"


@dataclass(frozen=True)
class Rows:
    """A list of rows of another kind."""

    kind: str


@dataclass(frozen=True)
class One:
    """One row of another kind, or none."""

    kind: str


Fields = Mapping[str, Mapping[str, As | Rows | One]]

ALLOWED: dict[str, dict[str, As | Rows | One]] = {
    "who": {"slug": As.CODE, "name": As.TITLE, "place": As.TITLE, "is_example": As.FLAG},
    "partnership": {
        "slug": As.CODE,
        "name": As.TITLE,
        "place": As.TITLE,
        "is_example": As.FLAG,
        "about": As.PAIR,
        "vision": As.PAIR,
        "areas": Rows("area"),
        "members": Rows("member"),
    },
    "member": {"body": One("body"), "standing": As.CODE, "is_current": As.FLAG, "to_on": As.DAY, "successors": Rows("body")},
    RULE: {"language": As.CODE, "reason": As.TITLE},
    "body": {"code": As.CODE, "name": As.TITLE, "short": As.PAIR},
    "area": {"code": As.CODE, "name": As.TITLE},
    "plan": {
        "partnership": One("who"),
        "code": As.CODE,
        "title": As.TITLE,
        "introduction": As.PAIR,
        "monitoring": As.PAIR,
        "from_on": As.DAY,
        "to_on": As.DAY,
        "adopted_on": As.DAY,
        "status": As.CODE,
        "sections": Rows("section"),
        "priorities": Rows("priority"),
        "objectives": Rows("objective"),
        "actions": Rows("action"),
        "themes": Rows("theme"),
        "duties": Rows("duty"),
        "outcomes": Rows("outcome"),
        "indicators": Rows("indicator"),
        "sources": Rows("source"),
        "principles": Rows("principle"),
    },
    "section": {"code": As.CODE, "number": As.NUMBER, "title": As.TITLE, "actions": As.NUMBERS},
    "priority": {
        "code": As.CODE,
        "number": As.NUMBER,
        "listed": As.CODE,
        "title": As.TITLE,
        "heading": As.PAIR,
        "summary": As.PAIR,
        "leads": Rows("lead"),
        "themes": As.CODES,
        "objectives": As.CODES,
        "actions": As.NUMBERS,
        "indicators": As.CODES,
    },
    "lead": {"role": As.TITLE, "body": One("body")},
    "objective": {"code": As.CODE, "priority": As.CODE, "title": As.TITLE, "heading": As.PAIR, "direction": As.CODE},
    "action": {
        "number": As.NUMBER,
        "section": As.CODE,
        "title": As.TITLE,
        "text": As.PAIR,
        "regional": As.PAIR,
        "status": As.CODE,
        "started_on": As.DAY,
        "promised_on": As.DAY,
        "is_cross_cutting": As.FLAG,
        "bodies": Rows("body"),
        "areas": Rows("area"),
        "parts": Rows("part"),
        "carried": One("carried"),
        "told": One("update"),
        "themes": As.CODES,
        "duties": As.CODES,
        "priorities": As.CODES,
        "indicators": As.CODES,
    },
    "part": {"code": As.CODE, "title": As.TITLE, "status": As.CODE, "body": One("body")},
    "carried": {"times": As.NUMBER, "months": As.NUMBER, "same_reason": As.FLAG},
    "update": {"quarter": As.CODE, "text": As.SAID},
    "theme": {
        "code": As.CODE,
        "title": As.TITLE,
        "highlighted_as": As.PAIR,
        "band": As.CODE,
        "rationale": As.PAIR,
        "decision": As.CODE,
        "decision_reason": As.PAIR,
    },
    "duty": {"code": As.CODE, "title": As.TITLE, "law": As.PAIR},
    "outcome": {
        "row": As.NUMBER,
        "theme": As.CODE,
        "duty": As.CODE,
        "cited": As.NUMBER,
        "outputs": As.PAIR,
        "short": As.PAIR,
        "medium": As.PAIR,
        "long": As.PAIR,
        "awaits_an_indicator": As.FLAG,
    },
    "indicator": {
        "code": As.CODE,
        "title": As.TITLE,
        "why": As.PAIR,
        "direction": As.CODE,
        "accountability": As.CODE,
        "better": As.CODE,
        "priority": As.CODE,
        "objectives": As.CODES,
        "figures": Rows("figure"),
    },
    "figure": {
        "code": As.CODE,
        "title": As.TITLE,
        "source": As.PAIR,
        "unit": As.CODE,
        "from_on": As.DAY,
        "to_on": As.DAY,
        "state": As.CODE,
        "is_withheld": As.FLAG,
        "is_in_the_quarterly": As.FLAG,
        "value": As.NUMBER,
        "part": As.NUMBER,
        "whole": As.NUMBER,
        "base": As.NUMBER,
        "base_state": As.CODE,
        "text": As.PAIR,
        "reason": As.PAIR,
        "note": As.PAIR,
    },
    "source": {"code": As.CODE, "title": As.TITLE, "owner": As.PAIR, "states": Rows("stated")},
    "stated": {"title": As.TITLE, "priorities": As.CODES},
    "principle": {"kind": As.CODE, "code": As.CODE, "title": As.TITLE, "statement": As.PAIR},
}


class NotAllowed(ValueError):
    """Something reached the snapshot in another form than its table allows; nothing is published."""

    def __init__(self, kind: str, name: str, how: As) -> None:
        super().__init__(f"{name} of a {kind} may leave as {how.value}, and is not that")
        self.kind, self.name = kind, name


def pairs_of(kind: str, table: Fields = ALLOWED) -> Iterator[tuple[str, As]]:
    """(name, how it leaves) of each pair that a row of `kind` may tell by `table`."""
    for name, how in table[kind].items():
        if how in (As.TITLE, As.PAIR, As.SAID):
            yield name, how  # type: ignore[misc]


def allowed(kind: str, row: Mapping[str, Any], *, table: Fields = ALLOWED, is_draft: bool = False, only: str = "") -> dict[str, Any]:
    """The fields of `row` that may leave by `table`, as plain JSON values. NotAllowed where one does not look as the table says.

    A draft, which is never published, takes pairs along as they stand, checked or not. Of a document in one language, `only`, the
    half in that language leaves and the other stays empty.
    """
    return {name: _value(kind, name, how, row.get(name), table, is_draft, only) for name, how in table[kind].items()}


def _value(kind: str, name: str, how: As | Rows | One, value: Any, table: Fields, is_draft: bool, only: str) -> Any:
    if isinstance(how, Rows):
        return [allowed(how.kind, row, table=table, is_draft=is_draft, only=only) for row in value or ()]
    if isinstance(how, One):
        return None if value is None else allowed(how.kind, value, table=table, is_draft=is_draft, only=only)
    try:
        if how in (As.TITLE, As.PAIR, As.SAID):
            halves = _words(how, value, is_draft, "" if kind in ALWAYS_BOTH else only)  # type: ignore[arg-type]
            return halves if not only or kind in ALWAYS_BOTH else {"cy": "", "en": ""} | {only: halves[only]}
        return _PLAIN[how](value)
    except (AttributeError, TypeError, ValueError) as wrong:
        raise NotAllowed(kind, name, how) from wrong


def _words(how: As, value: Pair | None, is_draft: bool, only: str) -> dict[str, str]:
    """Both halves of a pair; of one that may not leave ValueError or, where the rest goes out without it, nothing."""
    ready = value is not None and (is_ready(value, only) if only else value.is_checked)
    if value is not None and (ready or is_draft):
        return {"cy": value.cy, "en": value.en}
    if (how is As.TITLE and not is_draft) or (how is As.PAIR and value is not None and not value.is_empty):
        raise ValueError("not checked")
    return {"cy": "", "en": ""}


def _code(value: Any) -> str:
    text = "" if value is None else str(value)
    if not _CODE.fullmatch(text):
        raise ValueError("not a code")
    return text


def _number(value: Any) -> int | float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise TypeError("not a number")
    return int(value) if value == int(value) else float(value)


def _type(value: Any) -> str:
    if value not in CRIME_TYPES:
        raise ValueError("not a type of recorded crime")
    return str(value)


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


_PLAIN: dict[As, Any] = {
    As.CODE: _code,
    As.CODES: lambda values: [_code(value) for value in values or ()],
    As.NUMBER: _number,
    As.NUMBERS: lambda values: [_number(value) for value in values or ()],
    As.DAY: _day,
    As.FLAG: bool,
    As.TYPE: _type,
}
