"""Publications written by hand, as the public room finds them: it knows nothing of how they are made."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from diogel.published.models import Publication

SLUG = "gwynedd-mon"


def pair(cy: str, en: str) -> dict[str, str]:
    return {"cy": cy, "en": en}


EMPTY = pair("", "")
NAMES = {
    "slug": SLUG,
    "name": pair("Partneriaeth Diogelwch Cymunedol", "Community Safety Partnership"),
    "place": pair("Gwynedd a Môn", "Gwynedd and Anglesey"),
}


def body(code: str, cy: str, en: str) -> dict[str, Any]:
    return {"code": code, "name": pair(cy, en), "short": EMPTY}


POLICE = body("police", "Heddlu Gogledd Cymru", "North Wales Police")


def partnership(**changed: Any) -> dict[str, Any]:
    members = [
        {"body": POLICE, "standing": "responsible", "is_current": True, "to_on": None, "successors": []},
        {
            "body": body("nps", "Gwasanaeth Prawf Cenedlaethol", "National Probation Service"),
            "standing": "responsible",
            "is_current": False,
            "to_on": "2021-06-25",
            "successors": [body("probation", "Gwasanaeth Prawf", "Probation Service")],
        },
    ]
    areas = [{"code": "W06000002", "name": pair("Gwynedd", "Gwynedd")}]
    said = {"about": pair("Rydym yn gweithio gyda’n gilydd.", "We work together."), "vision": EMPTY}
    return NAMES | said | {"is_example": False, "areas": areas, "members": members} | changed


def action(number: int, status: str, **changed: Any) -> dict[str, Any]:
    plain = {
        "number": number,
        "section": "pilots",
        "title": pair(f"Cam {number}", f"Action number {number}"),
        "text": pair("Yr hyn a wneir.", "What will be done."),
        "regional": EMPTY,
        "status": status,
        "started_on": "2021-04-01",
        "promised_on": "2022-03-31",
        "is_cross_cutting": False,
        "bodies": [POLICE],
        "areas": [],
        "parts": [{"code": f"{number}a", "title": pair("Rhan", "Part"), "status": "agreed", "body": POLICE}],
        "carried": None,
        "told": {"quarter": "2021-12", "text": pair("Cynhaliwyd sesiynau.", "Sessions were held.")},
        "themes": ["hate"],
        "duties": ["prevent"],
        "priorities": ["hate"],
        "indicators": ["G6"],
    }
    return plain | changed


def figure(code: str, **changed: Any) -> dict[str, Any]:
    plain = {
        "code": code,
        "title": pair(f"Mesur {code}", f"Measure {code}"),
        "source": pair("Yr heddlu", "The police"),
        "unit": "count",
        "from_on": "2021-10-01",
        "to_on": "2021-12-31",
        "state": "final",
        "is_withheld": False,
        "is_in_the_quarterly": False,
        "value": 79,
        "part": None,
        "whole": None,
        "base": None,
        "base_state": "none",
        "text": EMPTY,
        "reason": EMPTY,
        "note": EMPTY,
    }
    return plain | changed


FIGURES = [
    figure("G6a"),
    figure("G6b", value=None, is_withheld=True),
    figure("G6c", value=None, state="missing", reason=pair("Ni ddaeth.", "It has not come.")),
    figure("G6d", value=0),
    figure("G6e", value=None, part=7, whole=24, state="provisional"),
    figure("G6f", value=None, part=262, whole=640),
]


def plan(**changed: Any) -> dict[str, Any]:
    theme = {
        "code": "hate",
        "title": pair("Casineb", "Hate"),
        "highlighted_as": EMPTY,
        "band": "medium_high",
        "rationale": pair("Dyna pam.", "That is why."),
        "decision": "priority",
        "decision_reason": EMPTY,
    }
    priority = {
        "code": "hate",
        "number": 1,
        "listed": "highlighted",
        "title": pair("Troseddau casineb", "Hate crime"),
        "heading": EMPTY,
        "summary": pair("Crynodeb.", "Summary."),
        "leads": [{"role": pair("Arolygydd", "Inspector"), "body": POLICE}],
        "themes": ["hate"],
        "objectives": ["1.1"],
        "actions": [1],
        "indicators": ["G6"],
    }
    indicator = {
        "code": "G6",
        "title": pair("Adroddiadau", "Reports"),
        "why": EMPTY,
        "direction": "increase",
        "accountability": "contributory",
        "better": "up",
        "priority": "hate",
        "objectives": ["1.1"],
        "figures": FIGURES,
    }
    outcome = {"row": 1, "theme": "hate", "duty": "", "cited": 1, "outputs": pair("Sesiynau", "Sessions"), "awaits_an_indicator": False}
    outcome |= {"short": pair("Cyn hir", "Before long"), "medium": EMPTY, "long": EMPTY}
    return {
        "partnership": NAMES | {"is_example": False},
        "code": "2021-22",
        "title": pair("Cynllun 2021–22", "Plan 2021–22"),
        "introduction": EMPTY,
        "monitoring": EMPTY,
        "from_on": "2021-04-01",
        "to_on": "2022-03-31",
        "adopted_on": None,
        "status": "in_force",
        "sections": [
            {"code": "pilots", "number": 1, "title": pair("Peilotau", "Pilots"), "actions": [1, 2]},
            {"code": "empty", "number": 2, "title": pair("Pennawd gwag", "Empty heading"), "actions": []},
        ],
        "priorities": [priority, priority | {"code": "always", "listed": "standing", "title": pair("Bob amser", "Always"), "themes": []}],
        "objectives": [{"code": "1.1", "priority": "hate", "title": pair("Codi", "Raise"), "heading": EMPTY, "direction": "increase"}],
        "actions": [action(1, "complete"), action(2, "blocked", carried={"times": 2, "months": 22, "same_reason": True}, told=None)],
        "themes": [theme],
        "duties": [{"code": "prevent", "title": pair("Prevent", "Prevent"), "law": pair("Deddf 2015", "2015 Act")}],
        "outcomes": [outcome, outcome | {"row": 2, "cited": None}],
        "indicators": [indicator],
        "sources": [],
        "principles": [],
    } | changed


def tell(kind: str, key: str, content: dict[str, Any], version: int = 1, **changed: Any) -> Publication:
    at = datetime(2022, 1, 10 + version, 9, tzinfo=UTC)
    values = {"published_at": at, "published_by": "user:1", "certificate": {"is_clean": True}} | changed
    return Publication.objects.create(partnership=SLUG, kind=kind, key=key, version=version, content=content, **values)


def tell_all(**changed: Any) -> None:
    """Who we are, and a plan."""
    tell("partnership", "about", partnership(**changed))
    tell("plan", "2021-22", plan(partnership=NAMES | {"is_example": changed.get("is_example", False)}))
