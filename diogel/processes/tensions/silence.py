"""Is it quiet, or has reporting stopped? How long since the last report, held against the gaps of the past year."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import mean, median

LOOKED_BACK = 365  # days
FEWEST_GAPS = 5
# A gap this long or longer would come by chance less than once in twenty, were reports as frequent as before.
CHANCE = 0.05


@dataclass(frozen=True)
class Silence:
    """Days since the last report (None: there never was one), the usual gap in days (None: too few reports to say), and
    whether a gap this long is unusual."""

    days: int | None
    usual_gap: int | None
    is_unusual: bool


def silence(received_on: Iterable[date], *, today: date) -> Silence:
    """Judge the present gap by those between the days on which reports came in the past year.

    The usual gap is the median of the gaps, in whole days, at least one. The present one is unusual where reports that come
    at random at the year's mean rate would leave so long a gap with a chance under 0.05: exp(-days / mean gap), the survival
    function of exponential waiting times. Several reports on a day count as one. With fewer than five gaps nothing is said.
    """
    days = sorted({day for day in received_on if day <= today})
    if not days:
        return Silence(None, None, False)
    since = (today - days[-1]).days
    recent = [day for day in days if day >= days[-1] - timedelta(days=LOOKED_BACK)]
    gaps = [(later - earlier).days for earlier, later in pairwise(recent)]
    if len(gaps) < FEWEST_GAPS:
        return Silence(since, None, False)
    return Silence(since, max(1, round(median(gaps))), math.exp(-since / mean(gaps)) < CHANCE)
