"""Tables of answers: counts first, shares of those who answered, small bases kept back, and what must be said beside them."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from ..disclosure import withhold_series
from .bases import Answer, Bases, Question, Survey, bases, chosen
from .shares import Interval, percent, wilson
from .weighting import effective_base

FEWEST = 10
"""Nothing is told of fewer answers than this."""
FEW = 30
"""Fewer answers than this are flagged."""

Note = Literal["rounded", "several_answers", "chose_to_respond", "few_answers", "kept_back", "weighted"]
"""`rounded`: whole per cents add up to other than 100. `several_answers`: shares are of respondents and may pass 100 together.
`chose_to_respond`: nobody was drawn at random, so there is no interval. `kept_back`: the base is too small, or another
group's would follow from it."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One option. `share` is unrounded, weighted where the table is; `percent` is it in whole per cent, a half going up."""

    option: str
    count: int
    share: float
    percent: int
    interval: Interval | None


@dataclass(frozen=True, kw_only=True)
class Tabulation:
    """Answers to one question. `lines` stand in the question's order, or largest first where several could be chosen.

    There are none where the table is kept back. `effective` is the base that intervals are reckoned with.
    """

    question: Question
    survey: Survey
    bases: Bases | None
    lines: tuple[Line, ...]
    effective: float
    notes: tuple[Note, ...]

    def line(self, option: str) -> Line:
        """KeyError where the option is not there, or nothing is told."""
        for line in self.lines:
            if line.option == option:
                return line
        raise KeyError(f"nothing is told of {option!r} in {self.question.code}")


def tabulate(
    question: Question, answers: Sequence[Answer], *, survey: Survey, weights: Sequence[float] | None = None, level: float = 0.95
) -> Tabulation:
    """The table of one question from each respondent's answer. `weights`: one a respondent, above zero.

    ValueError for options that the question does not have, two answers where one is taken, or weights that are none.
    """
    said = [chosen(question, answer) for answer in answers]
    heavy = np.ones(len(answers)) if weights is None else _checked(weights, len(answers))
    here = [at for at, options in enumerate(said) if options is not None]
    counts = {option: sum(option in (said[at] or ()) for at in here) for option in question.options}
    masses = {option: float(sum(heavy[at] for at in here if option in (said[at] or ()))) for option in question.options}
    whole = float(heavy[here].sum())
    shares = {option: mass / whole if whole else 0.0 for option, mass in masses.items()}
    effective = effective_base(heavy[here]) if here and weights is not None else float(len(here))
    return _table(question, survey, bases(question, answers), counts, shares if weights is not None else None, effective, level)


def tabulated(question: Question, counts: Mapping[str, int], *, survey: Survey, bases: Bases, level: float = 0.95) -> Tabulation:
    """The same from counts. ValueError where they cannot be counts of that base."""
    if set(counts) != set(question.options):
        raise ValueError(f"{question.code} needs a count for each of its options, and for no other")
    if any(count < 0 or count != int(count) or count > bases.answered for count in counts.values()):
        raise ValueError(f"{question.code}: each count is a whole number from zero to the {bases.answered} who answered")
    whole = {option: int(counts[option]) for option in question.options}
    if question.kind == "one" and sum(whole.values()) != bases.answered:
        raise ValueError(f"{question.code}: {sum(whole.values())} answers from {bases.answered} people who each gave one")
    if question.kind == "several" and sum(whole.values()) < bases.answered:
        raise ValueError(f"{question.code}: {sum(whole.values())} ticks from {bases.answered} people who each made one at least")
    return _table(question, survey, bases, whole, None, float(bases.answered), level)


def together(table: Tabulation, options: Collection[str], *, level: float = 0.95) -> Line:
    """Several options as one, such as very and fairly safe: from counts (and weighted sums), never from rounded per cents.

    ValueError where several could be chosen: one person may stand behind two ticks, so that counts do not add up.
    """
    if table.question.kind != "one":
        raise ValueError(f"{table.question.code} took several answers: their counts overlap and cannot be added")
    if len(set(options)) != len(options) or not options:
        raise ValueError("each option counts once")
    lines = [table.line(option) for option in options]
    count = sum(line.count for line in lines)
    share = min(1.0, sum(line.share for line in lines))
    base = table.bases.answered if table.bases else 0
    is_weighted = "weighted" in table.notes
    return _line(" + ".join(options), count, base, share if is_weighted else None, table.effective, table.survey, level)


def by_group(
    question: Question, answers: Sequence[Answer], groups: Sequence[Hashable], *, survey: Survey, level: float = 0.95
) -> dict[Hashable, Tabulation]:
    """A table for each group of respondents; those of fewer answers than FEWEST are kept back, and others that would tell them.

    Whoever knows the whole table can subtract the groups that are told: so a second group goes with a small one.
    """
    if len(groups) != len(answers):
        raise ValueError(f"{len(answers)} answers need as many groups, not {len(groups)}")
    own = {name: [answer for answer, group in zip(answers, groups, strict=True) if group == name] for name in dict.fromkeys(groups)}
    answered = [bases(question, said).answered for said in own.values()]
    mask = withhold_series(answered, threshold=FEWEST)[:-1] if answered else np.zeros(0, dtype=bool)
    tables = {name: tabulate(question, said, survey=survey, level=level) for name, said in own.items()}
    return {name: _kept_back(tables[name]) if is_hidden else tables[name] for name, is_hidden in zip(own, mask, strict=True)}


def _table(
    question: Question,
    survey: Survey,
    base: Bases,
    counts: Mapping[str, int],
    shares: Mapping[str, float] | None,
    effective: float,
    level: float,
) -> Tabulation:
    table = Tabulation(question=question, survey=survey, bases=base, lines=(), effective=effective, notes=())
    if base.answered < FEWEST:
        return _kept_back(table)
    lines = [
        _line(option, counts[option], base.answered, shares[option] if shares else None, effective, survey, level)
        for option in question.options
    ]
    notes: list[Note] = ["weighted"] if shares else []
    if survey.sampling != "probability":
        notes.append("chose_to_respond")
    if question.kind == "several":
        notes.append("several_answers")
        lines.sort(key=lambda line: (-line.share, question.options.index(line.option)))
    elif sum(line.percent for line in lines) != 100:
        notes.append("rounded")
    if base.answered < FEW:
        notes.append("few_answers")
    return replace(table, lines=tuple(lines), notes=tuple(notes))


def _line(option: str, count: int, base: int, share: float | None, effective: float, survey: Survey, level: float) -> Line:
    told = count / base if share is None else share
    return Line(
        option=option,
        count=count,
        share=told,
        percent=percent(count, base) if share is None else int(np.floor(100 * told + 0.5)),
        interval=wilson(min(told, 1.0), effective, level=level) if survey.sampling == "probability" else None,
    )


def _kept_back(table: Tabulation) -> Tabulation:
    """A table that tells nothing, not even how many answered."""
    return replace(table, bases=None, lines=(), effective=0.0, notes=("kept_back",))


def _checked(weights: Sequence[float], count: int) -> np.ndarray:
    heavy = np.asarray(weights, dtype=float)
    if heavy.shape != (count,) or not np.isfinite(heavy).all() or (heavy <= 0).any():
        raise ValueError(f"{count} respondents need as many weights, each above zero")
    return heavy
