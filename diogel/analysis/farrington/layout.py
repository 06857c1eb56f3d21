"""Which past periods stand in a baseline, and into which bin of the year each falls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from .options import Options

Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The baseline of the periods `at` (T,): each reads the periods `at` + `offsets` (N,), which fall into `bins` (N,),
    counted from 0. The period judged belongs to the last bin."""

    at: Ints
    offsets: Ints
    bins: Ints

    @property
    def membership(self) -> NDArray[np.float64]:
        """(N, bins), 1 where a period falls into a bin."""
        return (self.bins[:, None] == np.arange(self.bins.max() + 1)).astype(float)


def layouts(at: Ints, *, options: Options, days: Ints | None) -> list[Layout]:
    """The layouts of all these periods, those that are alike together.

    Without `days` every year has the same number of periods, and one layout serves all. With `days` (M,), the ordinal of each
    period's first day, anniversaries are those of the calendar: years of 52 and of 53 weeks differ.
    """
    found: dict[tuple[bytes, bytes], tuple[list[int], Ints, Ints]] = {}
    for period in at.tolist():
        offsets, bins = _baseline(_anniversaries(period, options=options, days=days), options=options)
        found.setdefault((offsets.tobytes(), bins.tobytes()), ([], offsets, bins))[0].append(period)
    return [Layout(at=np.array(periods), offsets=offsets, bins=bins) for periods, offsets, bins in found.values()]


def _anniversaries(period: int, *, options: Options, days: Ints | None) -> Ints:
    """How far before `period` its anniversaries lie, 0 first, in periods; (years + 1,)."""
    if days is None:
        return np.arange(options.years + 1) * options.per_year
    today = date.fromordinal(int(days[period]))
    wanted = np.array([_years_before(today, years).toordinal() for years in range(options.years + 1)])
    after = np.clip(np.searchsorted(days, wanted), 1, len(days) - 1)
    before_is_nearer = wanted - days[after - 1] <= days[after] - wanted
    return period - np.where(before_is_nearer & (days[after] != wanted), after - 1, after)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February counts on as 1 March
        return date(day.year - years, 3, 1)


def _baseline(back: Ints, *, options: Options) -> tuple[Ints, Ints]:
    """Offsets and bins, in order of time."""
    window, seasons = options.half_window, options.seasons
    bin_of: dict[int, int] = {}
    for later, earlier in zip(back[:-1].tolist(), back[1:].tolist(), strict=True):
        bin_of |= dict.fromkeys(range(-earlier - window, -earlier + window + 1), seasons - 1)
        if seasons > 1:
            between = range(-earlier + window + 1, -later - window)
            bin_of |= dict(zip(between, np.repeat(np.arange(seasons - 1), _lengths(len(between), seasons - 1)).tolist(), strict=True))
    bin_of |= dict.fromkeys(range(-window, 1), seasons - 1)
    kept = sorted(offset for offset in bin_of if offset < -options.left_out)
    if not any(bin_of[offset] == seasons - 1 for offset in kept):
        raise ValueError("nothing of this time of year is left to teach: leave out fewer periods")
    return np.array(kept), np.array([bin_of[offset] for offset in kept])


def _lengths(periods: int, parts: int) -> Ints:
    """So many periods in so many parts, as equal as can be, the longer ones first."""
    return periods // parts + (np.arange(parts) < periods % parts)
