"""Which cards the desk lists and in what order: unanswered first, then the oddest, then the largest; narrowed by what was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .models import Card, crime_type_name

STATES = ("unexplained", "looked_at", "signed", "withdrawn")


@dataclass(frozen=True)
class Asked:
    """What a reader asked to see; an empty one asks for all."""

    state: str = ""
    type: str = ""
    area: str = ""

    @classmethod
    def of(cls, given: Mapping[str, Any], held: Sequence[Card]) -> Asked:
        """From an address: what no card has is not asked for."""
        known = {"state": set(STATES), "type": {card.crime_type for card in held}, "area": {card.area.code for card in held}}
        return cls(**{name: value for name in known if (value := given.get(name, "")) in known[name]})

    @property
    def is_all(self) -> bool:
        return self == Asked()

    def lets(self, card: Card) -> bool:
        return self.state in ("", state_of(card)) and self.type in ("", card.crime_type) and self.area in ("", card.area.code)


def state_of(card: Card) -> str:
    if card.withdrawn_on:
        return "withdrawn"
    return "signed" if card.is_signed else "looked_at" if card.is_answered else "unexplained"


def listed(held: Sequence[Card], asked: Asked) -> dict[str, list[Card]]:
    """Cards by state, each list in order of what matters: the oddest first, of equally odd ones the largest difference."""
    wanted = sorted((card for card in held if asked.lets(card)), key=_matters)
    return {state: [card for card in wanted if state_of(card) == state] for state in STATES}


def _matters(card: Card) -> tuple[Any, ...]:
    told = card.finding["told"]
    return -card.finding["one_in"], -abs(told["observed"] - told["expected"]), card.area.code, card.crime_type


def choices(held: Sequence[Card]) -> dict[str, list[tuple[str, str]]]:
    """What each filter offers; none where there is nothing to choose between."""
    words = {
        "unexplained": _("Unexplained"),
        "looked_at": _("Being looked at"),
        "signed": _("Explained and signed"),
        "withdrawn": _("No longer unusual"),
    }
    offered = {
        "state": [(state, words[state]) for state in STATES if any(state_of(card) == state for card in held)],
        "type": sorted({(card.crime_type, crime_type_name(card.crime_type)) for card in held}, key=lambda each: each[1]),
        "area": sorted({(card.area.code, card.area.pair("name").say()) for card in held}, key=lambda each: each[1]),
    }
    return {name: rows for name, rows in offered.items() if len(rows) > 1}
