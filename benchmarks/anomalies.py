"""Unusual counts beside R surveillance's farringtonFlexible (bars: 200 and 400 times), Poisson regression beside statsmodels (100 times).

Ours runs in its compatible mode, which must give R's own bounds; each side's time is a series, one period judged. R runs where the
machine has it (Debian: r-cran-surveillance), on fewer series than ours, its start-up not counted; elsewhere its recorded figure is
printed. On a busy machine processor time says more than wall time: the run fails where both are under the bar.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import peers

peers.enter("statsmodels")

import numpy as np  # noqa: E402
import statsmodels.api as sm  # noqa: E402

from diogel.analysis.farrington import MONTHLY, WEEKLY, Options, Scan, scan  # noqa: E402
from diogel.analysis.poisson import regress  # noqa: E402
from diogel.analysis.regression import trend_and_season  # noqa: E402

RECORDED = "recorded, not run: R 40 ms a series, 68 ms at 1,000 small areas"


class Case(NamedTuple):
    name: str
    options: Options
    periods: int
    least: float
    most: float
    series: int
    by_r: int
    bar: float


CASES = (
    Case("months", MONTHLY, 66, 5, 300, 4000, 150, 200),
    Case("weeks", WEEKLY, 270, 5, 300, 2000, 80, 200),
    Case("1,000 small areas, months", MONTHLY, 66, 1, 15, 1000, 1000, 400),
)


def main() -> int:
    rscript = peers.rscript("surveillance")
    met = [unusual_counts(case, rscript) for case in CASES]
    met.append(poisson_regression())
    return 0 if all(met) else 1


def drawn(case: Case) -> np.ndarray:
    rng = np.random.default_rng(2013)
    level = np.exp(rng.uniform(np.log(case.least), np.log(case.most), (case.series, 1)))
    time_ = np.arange(case.periods) - case.periods + 1
    yearly = rng.normal(0, 0.05, (case.series, 1))
    mean = level * np.exp(yearly * time_ / case.options.per_year + 0.2 * np.cos(2 * np.pi * time_ / case.options.per_year))
    return rng.poisson(rng.gamma(mean * 2, 0.5))


def unusual_counts(case: Case, rscript: str | None) -> bool:
    counts = drawn(case)
    options = replace(case.options, is_compatible=True)
    last = [case.periods - 1]
    runs = [clocked(lambda: scan(counts, at=last, options=options), len(counts)) for _ in range(4)][1:]
    wall, cpu = (min(run[at] for run in runs) for at in (0, 1))
    proper = min(clocked(lambda: scan(counts, at=last, options=case.options), len(counts))[1] for _ in range(3))
    ours = f"{case.name}: ours {1e3 * wall:.3f} ms a series (processor {1e3 * cpu:.3f}; by the proper dispersion {1e3 * proper:.3f})"
    if rscript is None:
        print(f"{ours}; {RECORDED}; bar {case.bar:.0f} times")
        return True
    found = scan(counts[: case.by_r], at=[case.periods - 1], options=options)
    theirs, their_cpu, agreement = by_r(rscript, case, counts[: case.by_r], found)
    ratio, of_cpu = theirs / wall, their_cpu / cpu
    print(f"{ours}; R {1e3 * theirs:.1f} ms ({1e3 * their_cpu:.1f}) on {case.by_r} of {case.series}")
    print(f"  {ratio:.0f} times as fast (processor time {of_cpu:.0f} times), bar {case.bar:.0f}; {agreement}")
    return max(ratio, of_cpu) >= case.bar


def by_r(rscript: str, case: Case, counts: np.ndarray, ours: Scan) -> tuple[float, float, str]:
    """R's wall and processor seconds a series, and how far it agrees with ours."""
    o = case.options
    with tempfile.TemporaryDirectory() as scratch:
        asked, answered = Path(scratch) / "counts.csv", Path(scratch) / "found.csv"
        with asked.open("w", newline="") as file:
            csv.writer(file).writerows([[f"s{number}" for number in range(len(counts))], *counts.T.tolist()])
        words = [asked, answered, o.per_year, o.years, o.half_window, o.seasons, o.left_out, o.limit]
        script = Path(__file__).with_suffix(".R")
        done = subprocess.run([rscript, script, *map(str, words)], capture_output=True, text=True, check=True)
        with answered.open(newline="") as file:
            rows = list(csv.DictReader(file))
    wall, cpu = (float(word) / len(counts) for word in done.stdout.split()[-2:])
    mine = np.where(ours.is_enough, ours.upper, np.nan)[:, 0]
    theirs = np.array([np.nan if row["upper"] == "NA" else float(row["upper"]) for row in rows])
    same = np.mean((mine == theirs) | (np.isnan(mine) & np.isnan(theirs)))
    alarms = np.mean(ours.is_alarm[:, 0] == np.array([row["alarm"] == "1" for row in rows]))
    trends = np.mean(ours.has_trend[:, 0] == np.array([row["trend"] == "1" for row in rows]))
    return wall, cpu, f"bounds equal {same:.2%}, alarms {alarms:.2%}, trends {trends:.2%}"


def poisson_regression() -> bool:
    """Level, trend and two waves over 60 months, coefficients and standard errors."""
    series, months, by_peer = 3000, 60, 150
    index = np.arange(24_000, 24_000 + months)
    terms = trend_and_season(index, now=int(index[-1]))
    counts = np.random.default_rng(7).poisson(30 * np.exp(0.2 * np.cos(index * np.pi / 6)), (series, months))

    def ours() -> np.ndarray:
        found = regress(counts, terms=terms)
        return np.concatenate([found.coefficients, found.errors(quasi=False)], axis=1)

    def theirs() -> np.ndarray:
        fits = [sm.GLM(row, terms, family=sm.families.Poisson()).fit() for row in counts[:by_peer]]
        return np.array([np.concatenate([one.params, one.bse]) for one in fits])

    apart = np.abs(ours()[:by_peer] - theirs()).max()
    runs = [(*clocked(ours, series), *clocked(theirs, by_peer)) for _ in range(4)]
    mine, my_cpu, their, their_cpu = (min(side) for side in zip(*runs, strict=True))
    print(
        f"Poisson regression: ours {1e3 * mine:.4f} ms (processor {1e3 * my_cpu:.4f}), statsmodels {1e3 * their:.2f} ms "
        f"({1e3 * their_cpu:.2f}) on {by_peer} of {series}: {their / mine:.0f} times as fast (processor time {their_cpu / my_cpu:.0f}), "
        f"bar 100; coefficients and errors within {apart:.1e}"
    )
    return max(their / mine, their_cpu / my_cpu) >= 100


def clocked(work: Callable[[], object], series: int) -> tuple[float, float]:
    """Wall and processor seconds a series."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - wall) / series, (time.process_time() - cpu) / series


if __name__ == "__main__":
    sys.exit(main())
