"""Answers the cards of an example's quarter as its data file does, through the same functions that the desk uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from diogel.analysis.periods import Quarter
from diogel.indicators import cards
from diogel.indicators.models import Card
from diogel.people.models import Holding, Person

from .putting import BY, pairs
from .reading import read

PAIRS = ("explanation", "evidence", "further")


@dataclass(frozen=True)
class Answered:
    """What became of an example's answers: how many cards were answered now or before, and which answers found no card."""

    answered: int
    without_card: tuple[str, ...]


def answer_cards(slug: str, quarter: Quarter) -> Answered:
    """Answer each card of `quarter` that the example's data answer and nobody has answered yet; doing it again changes nothing.

    Pairs of an example count as checked: they are demo data. An answer whose card was not found is named, not made up.
    """
    data = read(slug)
    roles = {table["code"]: table["role"] for table in data.get("people", [])}
    answered, without = 0, []
    for table in data.get("answers", []):
        if table["quarter"] != str(quarter):
            continue
        card = _card(slug, table)
        if card is None:
            without.append(f"{table['area']} {table['type']}")
            continue
        if not card.is_answered:
            _answer(card, table, roles)
        answered += 1
    return Answered(answered, tuple(without))


def _card(slug: str, table: dict[str, Any]) -> Card | None:
    rows = Card.objects.standing().filter(look__partnership__slug=slug, look__quarter=table["quarter"])
    return rows.filter(area__code=table["area"], crime_type=table["type"]).select_related("look__partnership", "area").first()


def _answer(card: Card, table: dict[str, Any], roles: dict[str, str]) -> None:
    texts = pairs(table, *PAIRS)
    who = table["explained_by"]
    cards.answer(
        card, by=BY, seen=card.version, cause=table["cause"], confidence=table.get("confidence", ""), pairs=texts, checked=tuple(texts),
        ruled_out=table.get("ruled_out", []), person=_person(card, who, roles), role=roles[who], on=table["explained_on"],
    )  # fmt: skip
    if code := table.get("looking_by"):
        person = _person(card, code, roles)
        cards.hand_to(card, by=BY, seen=card.version, role=roles[code], until=table["looking_until"], person=person)
    if code := table.get("signed_by"):
        person = _person(card, code, roles)
        cards.sign(card, by=BY, seen=card.version, person=person, role=roles[code], on=table["signed_on"])


def _person(card: Card, code: str, roles: dict[str, str]) -> Person | None:
    """The invented person of this code, where they were made: outside a demo home only their role is kept."""
    held = Holding.objects.filter(partnership=card.partnership, role=roles[code], person__email__startswith=f"{code}@")
    row = held.select_related("person").first()
    return row.person if row else None
