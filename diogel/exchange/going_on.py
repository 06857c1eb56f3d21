"""Holds the rows of a file against what the plan before still has open: which of them is an action that goes on, and not a new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from diogel.analysis.reading.plan_found import Row
from diogel.analysis.reading.plan_values import plain
from diogel.plan.carrying import Served
from diogel.plan.comparing import is_alike
from diogel.plan.models import Number

from .known import Known
from .steps import NEW, GoesOn, both_halves

Titles = dict[str, str]


class Rows(list[Any]):
    """Rows that were looked up already, asked for as those of a relation are."""

    def all(self) -> Rows:
        return self


class Ahead:
    """An action of the plan before as it would stand in this one once it is carried over: what a row that goes on is compared with."""

    withdrawn_on = None

    def __init__(self, held: Number, served: Served) -> None:
        self._held, self._served = held, served
        self.action, self.is_cross_cutting = held.action, held.is_cross_cutting

    @property
    def section(self) -> Any:
        return self._served.section(self._held)

    @property
    def themes(self) -> Rows:
        return Rows(self._served.themes(self._held))

    @property
    def duties(self) -> Rows:
        return Rows(self._served.duties(self._held))


Held = Number | Ahead


def is_gone(held: Number) -> bool:
    """Whether a number, or its action, was taken out."""
    return bool(held.withdrawn_on or held.action.withdrawn_on)


def standing_for(number: int | None, known: Known, claim: GoesOn | None) -> Held | None:
    """What a row is compared with: the action that bears its number, or that with which it goes on."""
    held = known.numbers.get(number) if number else None
    if claim:
        return Ahead(claim.held, known.served) if claim.goes_on else None
    return held if held and not is_gone(held) else None


def claims(
    rows: list[Row], numbers: list[int | None], known: Known, language: str, choices: Mapping[str, str]
) -> dict[str, GoesOn]:  # fmt: skip
    """By its place, the action with which each row of a free number may go on. An equal title claims it; a title that is alike claims
    what no equal one does, where it is like one only. `choices` are what a person said: the action's number in the plan before, or NEW.
    What goes on is told to `known`, which then asks for all that hangs on it at once."""
    free = [row for row, number in zip(rows, numbers, strict=True) if number and numbers.count(number) == 1 and known.is_free(number)]
    if not free or not known.opened or known.before is None:
        return {}
    bearing = {row.key: number for row, number in zip(rows, numbers, strict=True)}
    called = {held.pk: _plain({half: getattr(held.action, f"title_{half}") for half in ("cy", "en")}) for held in known.opened}
    titles = {row.key: _plain({half: words.get("title", "") for half, words in both_halves(row, language).items()}) for row in free}
    equal = {key: [held for held in known.opened if _is_equal(said, called[held.pk])] for key, said in titles.items()}
    spoken_for = {held.pk for found in equal.values() for held in found}
    claimed: dict[str, tuple[Number, int]] = {}
    for key, said in titles.items():
        if found := equal[key]:
            claimed[key] = next((held for held in found if held.number == bearing[key]), found[0]), len(found)
        else:
            near = [held for held in known.opened if held.pk not in spoken_for and _is_near(said, called[held.pk])]
            if len(near) == 1:
                claimed[key] = near[0], 0
    made = _told(claimed, choices)
    known.going_on = [each.held for each in made.values() if each.goes_on]
    return made


def _told(claimed: dict[str, tuple[Number, int]], choices: Mapping[str, str]) -> dict[str, GoesOn]:
    """A claim by an equal title that nobody shares holds unless a person says otherwise; every other waits for a person. Of several who
    say it of one action none goes on."""
    claiming = Counter(held.pk for held, _equal in claimed.values())
    made = {}
    for key, (held, equal) in claimed.items():
        is_shared = claiming[held.pk] > 1
        is_sure = equal == 1 and not is_shared
        said = choices.get(key, "")
        said = said if said in (NEW, str(held.number)) else str(held.number) if is_sure else ""
        made[key] = GoesOn(held, is_sure=is_sure, is_equal=equal > 0, is_shared=is_shared, chosen=said)
    wanted = Counter(each.held.pk for each in made.values() if each.goes_on)
    return {key: each.unsaid() if each.goes_on and wanted[each.held.pk] > 1 else each for key, each in made.items()}


def _plain(titles: Titles) -> Titles:
    return {half: plain(words) for half, words in titles.items()}


def _is_equal(said: Titles, called: Titles) -> bool:
    return any(words and words == called[half] for half, words in said.items())


def _is_near(said: Titles, called: Titles) -> bool:
    return any(words and called[half] and is_alike(called[half], words) for half, words in said.items())
