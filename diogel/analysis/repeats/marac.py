"""The repeat rate of a MARAC: from two counts, or counted from a file of dated pseudonymous references of which only counts are kept."""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from diogel.analysis.reading.coded import Reason, Refusal
from diogel.analysis.reading.dates import Moment, Order, read_dates
from diogel.analysis.reading.police_uk import Unreadable
from diogel.analysis.reading.sheets import read_columns

SMALL_BASE, LEAST_BASE = 30, 10
"""Cases under which a percentage is flagged, and under which it is not told."""
FEW_REPEATS = 0.28
"""A rate below this may mean missed repeats (SafeLives' rule of thumb). It is a question to ask, not a fault."""


@dataclass(frozen=True, kw_only=True)
class RepeatRate:
    """`rate` is repeats / cases, None where too few cases bear one. It is neither good nor bad by being high or low."""

    cases: int
    repeats: int
    rate: float | None
    base_is_small: bool
    may_miss_repeats: bool


@dataclass(frozen=True, kw_only=True)
class RepeatCount:
    """What is left of a file of referrals: counts alone, no reference and no date of anybody.

    `cases` are the referrals from the first to the last day asked about, `repeats` those within 12 months of the one before,
    `same_day` rows that name a reference again on a day it already has: one referral written twice, counted once. `rows` =
    `counted` + `same_day` + the refused; `counted` are all referrals in the file, `outside` those before or after. `refused`
    are numbers of rows with a reason. `looks_back_whole` is False where the file begins less than 12 months before the first
    day, so that repeats may have been missed.
    """

    rows: int
    counted: int
    outside: int
    same_day: int
    refused: tuple[tuple[int, Reason], ...]
    looks_back_whole: bool
    rate: RepeatRate
    notes: tuple[str, ...] = ()

    @property
    def cases(self) -> int:
        return self.rate.cases

    @property
    def repeats(self) -> int:
        return self.rate.repeats


def repeat_rate(*, cases: int, repeats: int) -> RepeatRate:
    """The rate from two counts of a rolling 12 months. ValueError for what is no count, and for more repeats than cases."""
    for count in (cases, repeats):
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise Refusal.because("no_cases", count=repr(count))
    if repeats > cases:
        raise Refusal.because("too_many_repeats", repeats=repeats, cases=cases)
    rate = repeats / cases if cases >= LEAST_BASE else None
    return RepeatRate(
        cases=cases, repeats=repeats, rate=rate, base_is_small=cases < SMALL_BASE, may_miss_repeats=rate is not None and rate < FEW_REPEATS
    )


def last_day_of_repeat(referred_on: date) -> date:
    """The last day that is within 12 months of a referral: the same date a year later, 28 February for 29 February."""
    year = referred_on.year + 1
    return date(year, referred_on.month, min(referred_on.day, monthrange(year, referred_on.month)[1]))


def is_repeat(*, last_referred_on: date, on: date) -> bool:
    """Whether `on` is a repeat after the last referral: within 12 months of it, both days included. ValueError if it is earlier."""
    if on < last_referred_on:
        raise Refusal.because("before_last_referral", day=on, last=last_referred_on)
    return on <= last_day_of_repeat(last_referred_on)


def count_repeats(
    path: Path, *, reference: str, on: str, last: date, first: date | None = None, order: Order | None = None, sheet: str | None = None
) -> RepeatCount:
    """Count referrals and repeats up to `last` in a CSV or Excel file; `reference` and `on` name its two columns.

    `first` is the first day counted: unless told, the 12 months that end with `last`.

    Each row is one referral; it is a repeat if the same reference was referred within 12 months before, in the file at large.
    References that differ in case or in spaces around them are one. ValueError where `first` is after `last`; Unreadable where
    the file is. Nothing that is raised or returned holds a reference, nor do the frames of what is raised.
    """
    first = first or _year_before(last)
    if first > last:
        raise Refusal.because("days_turned", first=first, last=last)
    try:
        return _counted(path, reference, on, first, last, order, sheet)
    except Unreadable as why:
        code, values = why.code, dict(why.values)
    # Raised anew out here: the frames in there held the references, and a report of a crash prints frames.
    raise Unreadable.because(code, **values)


def _counted(path: Path, reference: str, on: str, first: date, last: date, order: Order | None, sheet: str | None) -> RepeatCount:
    read = read_columns(path, (reference, on), sheet=sheet)
    dates = read_dates(read.columns[on], order=order, numbers=read.numbers)
    refused: list[tuple[int, Reason]] = []
    referred: dict[str, set[date]] = {}
    same_day = 0
    for number, cell, when in zip(read.numbers, read.columns[reference], dates.cells, strict=True):
        name = _one_spelling(cell)
        if reason := read.faults.get(number) or (None if name else Reason.of("row_no_reference")) or _why_not(when):
            refused.append((number, reason))
            continue
        assert isinstance(when, Moment)
        days = referred.setdefault(name, set())
        same_day += when.at.date() in days
        days.add(when.at.date())
    if not referred:
        raise Unreadable.because("no_referrals")
    if sum(" " in name and not any(map(str.isdigit, name)) for name in referred) * 2 > len(referred):
        raise Unreadable.because("references_are_names")
    return _told(list(referred.values()), first, last, len(read.numbers), same_day, refused, (*read.notes, *dates.notes))


def _one_spelling(cell: object) -> str:
    """A reference without what a keyboard or a spreadsheet adds: 1234 is also 1234.0, and " ab-1" is AB-1."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else " ".join(str(cell).split()).casefold()


def _year_before(last: date) -> date:
    """The first of the 12 months that end with `last`."""
    next_day = last + timedelta(days=1)
    return date(next_day.year - 1, next_day.month, min(next_day.day, monthrange(next_day.year - 1, next_day.month)[1]))


def _why_not(when: Moment | Reason | None) -> Reason | None:
    return Reason.of("row_no_date") if when is None else when if isinstance(when, Reason) else None


def _told(
    histories: Sequence[Iterable[date]], first: date, last: date, rows: int, same_day: int, refused: Sequence[tuple[int, Reason]],
    notes: Sequence[str],
) -> RepeatCount:  # fmt: skip
    ordered = [sorted(days) for days in histories]
    cases = repeats = 0
    for days in ordered:
        inside = range(bisect_left(days, first), bisect_left(days, last + timedelta(days=1)))
        cases += len(inside)
        repeats += sum(at > 0 and is_repeat(last_referred_on=days[at - 1], on=days[at]) for at in inside)
    counted = sum(map(len, ordered))
    begins_on = min(days[0] for days in ordered)
    return RepeatCount(
        rows=rows, counted=counted, outside=counted - cases, same_day=same_day, refused=tuple(refused),
        looks_back_whole=last_day_of_repeat(begins_on) < first, rate=repeat_rate(cases=cases, repeats=repeats), notes=tuple(notes),
    )  # fmt: skip
