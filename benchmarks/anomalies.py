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
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import peers

peers.enter("statsmodels")

import numpy as np  # noqa: E402
import statsmodels.api as sm  # noqa: E402

from diogel.analysis.farrington import MONTHLY, WEEKLY, Options, Scan, scan  # noqa: E402
from diogel.analysis.regression import HALF_AN_EVENT, fit, trend_and_season  # noqa: E402

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
    runs = [timed(counts, options) for _ in range(4)][1:]
    wall, cpu = (min(run[at] for run in runs) for at in (0, 1))
    proper = min(timed(counts, case.options)[1] for _ in range(3))
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


def timed(counts: np.ndarray, options: Options) -> tuple[float, float]:
    """Wall and processor seconds a series."""
    wall, cpu = time.perf_counter(), time.process_time()
    scan(counts, at=[counts.shape[1] - 1], options=options)
    return (time.perf_counter() - wall) / len(counts), (time.process_time() - cpu) / len(counts)


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
    """Level, trend and two waves over 60 months; ours fits twice (the second for outliers, none here), statsmodels once."""
    series, months = 3000, 60
    index = np.arange(24_000, 24_000 + months)
    terms, exposure = trend_and_season(index, now=int(index[-1])), np.ones(months)
    counts = np.random.default_rng(7).poisson(30 * np.exp(0.2 * np.cos(index * np.pi / 6)), (series, months)).astype(float)
    free = np.full(terms.shape[1], np.inf)
    shared = counts + HALF_AN_EVENT / months  # ours spreads half an event over each series: the peer is given the same
    answers: dict[str, np.ndarray] = {}

    def ours() -> None:
        used = np.ones(counts.shape, dtype=bool)
        answers["ours"] = fit(counts=counts, used=used, terms=terms, exposure=exposure, prior_sd=free, outlier=np.inf).coefficients

    def theirs() -> None:
        some = shared[: series // 20]
        answers["theirs"] = np.array([sm.GLM(row, terms, family=sm.families.Poisson()).fit().params for row in some])

    taken = peers.turns(ours, theirs)
    mine, their = taken.ours / series, taken.theirs / (series // 20)
    apart = np.abs(answers["ours"][: series // 20] - answers["theirs"]).max()
    print(
        f"Poisson regression: ours {1e3 * mine:.4f} ms, statsmodels {1e3 * their:.2f} ms on {series // 20} of {series}: "
        f"{their / mine:.0f} times as fast, bar 100; coefficients within {apart:.1e}"
    )
    return their / mine >= 100


if __name__ == "__main__":
    sys.exit(main())
