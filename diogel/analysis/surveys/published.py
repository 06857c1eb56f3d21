"""Figures that somebody published as rounded per cents: they stay what they are, and nothing is worked back from them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .bases import Question

PublishedNote = Literal["base_not_published", "rounded", "several_answers", "not_all_published"]
HALF = Decimal("0.5")


@dataclass(frozen=True)
class About:
    """Rounded figures added up: `percent`, and between which values the true one lies; say *about* with it."""

    percent: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, kw_only=True)
class Published:
    """Per cents as printed, None where the source names an option without its figure. `base` is None where it is not published.

    The number of all who took part is not a question's base: how many of them answered this one is not known from it.
    `step` is the unit of the printed figures: 1 for whole per cents, 0.1 for tenths.
    """

    question: Question
    percents: Mapping[str, Decimal | None]
    source: str
    base: int | None = None
    step: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        if strange := set(self.percents) - set(self.question.options):
            raise ValueError(f"{self.question.code} has no option {sorted(strange)[0]!r}")
        if any(figure is not None and not 0 <= figure <= 100 for figure in self.percents.values()):
            raise ValueError(f"{self.question.code}: a per cent lies between 0 and 100")
        if not self.source.strip():
            raise ValueError(f"{self.question.code}: a published figure needs its source")
        if self.base is not None and self.base <= 0:
            raise ValueError(f"{self.question.code}: a base is above zero, or not published")

    @property
    def is_complete(self) -> bool:
        return all(self.percents.get(option) is not None for option in self.question.options)

    @property
    def total(self) -> Decimal:
        return sum((figure for figure in self.percents.values() if figure is not None), Decimal(0))

    @property
    def notes(self) -> tuple[PublishedNote, ...]:
        """What must be said beside the figures. ValueError where rounding alone cannot explain that they pass 100."""
        notes: list[PublishedNote] = [] if self.base is not None else ["base_not_published"]
        if self.question.kind == "several":
            notes.append("several_answers")
        elif self.total > 100 + HALF * self.step * len(self.percents) * 2:
            # Twice the half step: some sources round every figure up.
            raise ValueError(f"{self.question.code}: {self.total} per cent is more than rounding explains. Could several be chosen?")
        elif self.is_complete and self.total != 100:
            notes.append("rounded")
        return (*notes, *(() if self.is_complete else ("not_all_published",)))  # type: ignore[arg-type]

    def figure(self, option: str) -> Decimal | None:
        """As printed; None where it is not published. KeyError for an option that the question does not have."""
        if option not in self.question.options:
            raise KeyError(f"{self.question.code} has no option {option!r}")
        return self.percents.get(option)

    def count(self, option: str) -> int:
        """Always a ValueError: a rounded share tells no count, and without its base not even about how many."""
        raise ValueError(f"{self.question.code}: the source gives a rounded share of {option!r}, not a count, and none is worked back")

    def about(self, options: Collection[str]) -> About:
        """Options together, *about*: 27 and 44 are about 71. Each figure may be half a step off, so together more.

        ValueError where several could be chosen, or where one of the figures is not published.
        """
        if self.question.kind != "one" or len(set(options)) != len(options) or not options:
            raise ValueError(f"{self.question.code}: only different answers to a question that takes one can be added")
        figures = [self.figure(option) for option in options]
        known = [figure for figure in figures if figure is not None]
        if len(known) < len(figures):
            raise ValueError(f"{self.question.code}: one of these figures is not published")
        total, slack = sum(known, Decimal(0)), HALF * self.step * len(known)
        return About(total, max(total - slack, Decimal(0)), min(total + slack, Decimal(100)))
