"""A quarter's facts as plain rows, all that the papers might tell: what of it leaves is decided by the allow-lists alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import override

from diogel.crime import counting
from diogel.indicators.account import said_of
from diogel.indicators.drawn import place_name
from diogel.indicators.models import Card
from diogel.indicators.shown_in_list import made_up_sentence
from diogel.places.models import Area
from diogel.words.pairs import Pair, PairState

from .one_language import RULE
from .quarterly_facts import Facts, Progress
from .quarterly_measured import measures
from .snapshot_sources import everything

Row = dict[str, Any]
ABOUT = "about"
"""The key under which a row says which it is, for whoever must mend it. No allow-list knows it."""


@dataclass(frozen=True)
class About:
    """Which row: its kind, how it is told from its neighbours, and what its page is found by."""

    kind: str
    label: str
    which: Any = None


def source(facts: Facts, *, keeps_back: bool) -> Row:
    """Everything of the quarter. `keeps_back` blanks small sensitive counts and what would reveal them, and counts them."""
    told = measures(facts, keeps_back=keeps_back)
    return {
        RULE: everything(facts.rule) | {ABOUT: About(RULE, facts.rule.document, facts.rule.pk)} if facts.rule else None,
        "partnership": everything(facts.partnership) | {ABOUT: About("who", facts.partnership.slug)},
        "quarter": facts.quarter,
        "day": facts.day,
        "is_over": counting.is_over(facts.quarter),
        "is_synthetic": is_synthetic(facts),
        "plan": everything(facts.plan) | {ABOUT: About("plan", facts.plan.code)} if facts.plan else None,
        "look": _look(facts) if facts.look else None,
        "areas": [_area(facts, area) for area in facts.areas],
        "cards": [_card(card) for card in facts.cards],
        "actions": [_action(facts, each) for each in facts.progress],
        "measures": [_labelled(facts, row) for row in told],
        "events": [everything(event) | {ABOUT: About("event", event.code, event.pk)} for event in facts.context],
        "left_out": facts.left_out,
        "crime": _crime(facts) if facts.crime else None,
        "withheld": sum(bool(row[column] and row[column].get("is_withheld")) for row in told for column in ("now", "before")),
    }


def is_synthetic(facts: Facts) -> bool:
    """Whether the recorded figures of this quarter are invented ones."""
    return bool(facts.look.is_synthetic if facts.look else facts.crime and facts.crime.kind == "synthetic")


def _look(facts: Facts) -> Row:
    look = facts.look
    assert look is not None
    series = [row | {"before": facts.before.get((row["area"], row["type"]))} for row in look.series]
    return {"looked_at": look.looked_at, "could_not_say": look.could_not_say, "by_chance": look.by_chance, "series": series}


def _area(facts: Facts, area: Area) -> Row:
    held = facts.residents.get(area.code)
    residents = {"number": held.residents, "year": held.year, "is_census": "Census" in held.source} if held else None
    return everything(area) | {"residents": residents, ABOUT: About("area", area.code)}


def _crime(facts: Facts) -> Row:
    source, gaps = facts.crime, facts.gaps
    assert source is not None
    ends = {"first": source.first, "last": source.last, "files": source.files, "loaded_on": source.loaded_on}
    return ends | {"missing": gaps.missing, "partial": gaps.partial}


def drawing_key(card: Card) -> str:
    return f"card-{card.pk}"


def _card(card: Card) -> Row:
    """A card with its answer. What is not signed yet explains nothing: its words stay on the desk."""
    row = everything(card) if card.is_signed else {}
    return row | {
        ABOUT: About("card", f"{card.area.code} {card.crime_type}", card.pk),
        "key": drawing_key(card),
        "area": everything(card.area) | {ABOUT: About("area", card.area.code)},
        "type": card.crime_type,
        "finding": card.finding,
        "is_signed": card.is_signed,
        "is_answered": card.is_answered,
        "cause": card.cause if card.is_signed else Card.Cause.NOT_KNOWN,
        "looking_role": card.looking_role,
        "looking_until": card.looking_until,
        "in_figures": Pair(said_of(card, "cy")[0], said_of(card, "en")[0], PairState.CHECKED),
        "made_up": _both(lambda: made_up_sentence(card)),
        "places": [
            place | {"name": Pair(place_name(place, "cy"), place_name(place, "en"), PairState.CHECKED)}  # type: ignore[arg-type]
            for place in card.places
        ],
    }


def _both(sentence: Callable[[], str]) -> Pair:
    """Our own words in both languages."""
    said = []
    for language in ("cy", "en"):
        with override(language):
            said.append(str(sentence()))
    return Pair(said[0], said[1], PairState.CHECKED)


def _action(facts: Facts, each: Progress) -> Row:
    held, update = each.held, each.update
    label = str(held.number)
    told = {"text": update.pair("text"), "obstacle": update.pair("obstacle")} if update and each.is_filed else {}
    over = each.carried
    return {
        ABOUT: About("action", label, (held.plan_id, held.number)),
        "number": held.number,
        "title": held.action.pair("title"),
        "bodies": _bodies(held.action.bodies.all()),
        "status": update.status if update and each.is_filed else "",
        "is_filed": each.is_filed,
        "due_on": update.due_on if update else None,
        "days_late": each.days_late(facts.day),
        "carried": {"times": over.times, "months": over.months, "same_reason": over.same_reason} if over else None,
        **told,
    }


def _bodies(bodies: Iterable[Any]) -> list[Row]:
    return [everything(body) | {ABOUT: About("body", body.code, body.pk)} for body in bodies]


def _labelled(facts: Facts, row: Row) -> Row:
    """A measure's row, with what its figures are found by."""
    keys = {"now": row.pop("now_pk", None), "before": row.pop("before_pk", None)}
    figures = {name: row[name] | {ABOUT: About("observation", row["code"], keys[name])} for name in keys if row[name]}
    return row | {ABOUT: About("measure", row["code"])} | figures
