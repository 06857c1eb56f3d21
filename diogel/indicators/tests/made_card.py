"""A card made by hand, for tests of what becomes of cards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils import timezone

from diogel.analysis.explain import Around, Doubts, Event, Explanation, Part, Parts
from diogel.analysis.periods import Month, Quarter
from diogel.indicators import cards
from diogel.indicators.account import as_values
from diogel.indicators.drawn import drawings
from diogel.indicators.models import Card, Look
from diogel.people.access import Installation, Role
from diogel.people.tests.cast import Cast, hold, make_person, make_user
from diogel.places.codes import units_of

PAIRS = {
    "explanation": ("Ymgyrch i roi gwybod.", "A campaign to report."),
    "evidence": ("Gostyngodd wedyn.", "It fell afterwards."),
    "further": ("", ""),
}
ANSWER = {"cause": "recording", "confidence": "high", "pairs": PAIRS}


def make_finding(**changes: Any) -> dict[str, Any]:
    """A spike in Gwynedd's shoplifting, with one month of no data."""
    monthly = [{"month": f"2021-{month:02d}", "observed": 30 + month, "expected": 34.0, "low": 20, "high": 52} for month in range(1, 13)]
    monthly[1]["observed"] = None
    monthly[10]["observed"] = 96
    return {
        "area": "W06000002",
        "type": "Shoplifting",
        "quarter": "2021-12",
        "verdict": "unusual",
        "method": "regression",
        "observed": 178,
        "expected": 102.0,
        "low": 70,
        "high": 140,
        "direction": "higher",
        "kind": "months",
        "months": ["2021-11"],
        "since": None,
        "history_months": 44,
        "missing": [],
        "told": {"first": "2021-11", "last": "2021-11", "observed": 96, "expected": 34.0, "low": 20, "high": 52},
        "p": 0.0005,
        "q": 0.01,
        "one_in": 2000,
        "monthly": monthly,
        "excluded": [],
        "events": [],
        "neighbours": [{"area": "W06000003", "way": "within"}, {"area": "W06000004", "way": "unknown"}],
    } | changes


def make_places() -> list[dict[str, Any]]:
    rows = [("W01000062", "Gwynedd 001A", 50, 10, 1), ("W01000108", "Gwynedd 012D", 4, 9, 1), ("", "", 42, 15, 70)]
    return [
        {
            "code": code,
            "name": name,
            "name_cy": name,
            "observed": observed,
            "expected": expected,
            "difference": observed - expected,
            "places": places,
        }
        for code, name, observed, expected, places in rows
    ]


def make_account(**changes: Any) -> dict[str, Any]:
    """What the figures say of that spike: one place makes up most of it, the neighbours stayed where they were, a campaign ran."""
    others = [unit for unit in units_of("W06000002") if unit not in ("W01000062", "W01000108")][:70]
    rest = [Part(code=code, observed=int(at < 42), expected=int(at < 15)) for at, code in enumerate(others)]
    held = [Part(code="W01000062", observed=50, expected=10), *rest, Part(code="W01000108", observed=4, expected=9)]
    month = Month(2021, 11)
    told = Explanation(
        area="W06000002", type="Shoplifting", quarter=Quarter.parse("2021-12"), shape="spike_over", way="higher", months=(month,),
        observed=96, expected=34, low=20, high=52, step=None,
        parts=(Parts(by="place", parts=tuple(held), gathering="one", halves=1),),
        around=Around(neighbours={"W06000003": "within", "W06000004": "unknown"}, force="within"),
        events=(Event(title=("Ymgyrch", "A campaign"), kind="operation", first=month, last=month),), doubts=Doubts(),
        not_it=("season", "trend", "data", "neighbours", "force", "proved_by_time"),
    )  # fmt: skip
    return as_values(replace(told, **changes))


def make_look(cast: Cast, *, quarter: str = "2021-12", **changes: Any) -> Look:
    columns: dict[str, Any] = {"looked_at": 28, "by_chance": 0.1, "rate": 0.1, "made_at": timezone.now(), "store": "0" * 64}
    return Look.objects.create(partnership=cast.gwynedd_mon, quarter=quarter, **(columns | {"series": [make_finding()]} | changes))


def make_card(cast: Cast, look: Look | None = None, *, is_drawn: bool = False, **changes: Any) -> Card:
    """An open card, without drawings unless a page is to show it."""
    finding, places = make_finding(**changes), make_places()
    return Card.objects.create(
        look=look or make_look(cast),
        area=cast.gwynedd,
        crime_type=finding["type"],
        finding=finding,
        account=make_account(type=finding["type"]),
        places=places,
        drawings=drawings(finding, places) if is_drawn else {},
    )


def analyst(cast: Cast) -> Any:
    """Elliw, an analyst in Gwynedd and Anglesey: explains and signs, but vouches for no pair."""
    user = make_user(make_person("Elliw", "Ffug", cast.police))
    hold(user, cast.gwynedd_mon, Role.ANALYST)
    return user


def signed(card: Card, by: Any, *, explained_by: Any = None) -> Card:
    """Explained by an analyst elsewhere, or by a user, and signed by another."""
    elsewhere = {} if explained_by else {"role": Role.ANALYST.value}
    cards.answer(card, by=explained_by or Installation(), seen=card.version, **(ANSWER | {"checked": tuple(PAIRS)}), **elsewhere)
    return cards.sign(card, by=by, seen=card.version)
