"""Runs R surveillance over series and settings, and lists where our compatible mode says something else.

`python -m diogel.analysis.farrington.tests.reference` writes `reference.json` anew: the package's own example series and
generated ones, and what R finds in them. It needs Rscript with surveillance (Debian: r-base-core, r-cran-surveillance).
"""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from diogel.analysis.farrington import MONTHLY, WEEKLY, Options, scan

SCRIPT = Path(__file__).with_name("reference.R")
KEPT = Path(__file__).with_name("reference.json")
EPOCH = 719_163
"""The ordinal of 1970-01-01, from which R counts days."""
FIELDS = ("upper", "alarm", "trend", "slope", "p", "phi")


@dataclass(frozen=True, kw_only=True)
class Job:
    """One run: `counts` (S, M), NaN where missing; `days` since 1970 or None; periods `at`, counted from 0."""

    name: str
    counts: np.ndarray
    options: Options
    at: Sequence[int]
    days: Sequence[int] | None = None


@dataclass
class Agreement:
    """How often two runs said the same; `differences` names each place where they did not."""

    bounds: int = 0
    bounds_equal: int = 0
    bounds_far: int = 0
    worst_delta: float = 0.0
    judged: int = 0
    alarms_equal: int = 0
    trends_equal: int = 0
    p_equal: int = 0
    worst_p: float = 0.0
    differences: list[str] | None = None

    def __str__(self) -> str:
        return (
            f"{self.judged} judged: whole bounds equal {self.bounds_equal} of {self.bounds} ({self.bounds_far} off by more than 1), "
            f"delta within {self.worst_delta:.1e}, alarms equal {self.alarms_equal}, trends equal {self.trends_equal}, "
            f"p equal {self.p_equal} and within {self.worst_p:.1e}"
        )


def missing() -> str:
    """Why R cannot be asked here; empty if it can."""
    rscript = shutil.which("Rscript")
    if not rscript:
        return "no Rscript on this machine"
    asked = subprocess.run(
        [rscript, "-e", 'quit(status = !requireNamespace("surveillance", quietly = TRUE))'], capture_output=True, check=False
    )
    return "R has no package surveillance here" if asked.returncode else ""


def run(jobs: Sequence[Job], folder: Path) -> list[dict[str, np.ndarray]]:
    """What R finds for each job: arrays (S, T) of FIELDS, NaN for NA."""
    header = ["job", "counts", "dated", "freq", "b", "w", "noPeriods", "left", "alpha", "trend", "pThresholdTrend", "reweight"]
    header += ["weightsThreshold", "limit", "cases", "over", "range"]
    with (folder / "jobs.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for number, job in enumerate(jobs):
            _write_counts(folder / f"counts{number}.csv", job)
            o = job.options
            writer.writerow([
                number, f"counts{number}", int(job.days is not None), o.per_year, o.years, o.half_window, o.seasons, o.left_out, o.alpha,
                int(o.has_trend), o.trend_p, int(o.reweights), o.outlier, o.limit, o.least_cases, o.over_periods,
                " ".join(str(at + 1) for at in job.at),
            ])  # fmt: skip
    done = subprocess.run(["Rscript", str(SCRIPT), "run", str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return _read_found(folder / "found.csv", jobs)


def _write_counts(path: Path, job: Job) -> None:
    columns = [["NA" if np.isnan(value) else int(value) for value in row] for row in job.counts]
    names = [f"s{number}" for number in range(len(columns))]
    if job.days is not None:
        columns, names = [list(job.days), *columns], ["days", *names]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([names, *zip(*columns, strict=True)])


def _read_found(path: Path, jobs: Sequence[Job]) -> list[dict[str, np.ndarray]]:
    results = [{name: np.full((len(job.counts), len(job.at)), np.nan) for name in FIELDS} for job in jobs]
    places = [{period: column for column, period in enumerate(job.at)} for job in jobs]
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            number = int(row["job"])
            where = int(row["series"]), places[number][int(row["at"])]
            for name in FIELDS:
                results[number][name][where] = float(row[name]) if row[name] not in ("NA", "NaN") else np.nan
    return results


def compare(job: Job, theirs: dict[str, np.ndarray], into: Agreement) -> None:
    """Add this job's agreement."""
    known = ~np.isnan(job.counts)
    days = None if job.days is None else [day + EPOCH for day in job.days]
    ours = scan(np.nan_to_num(job.counts), at=job.at, known=known, days=days, options=job.options)
    into.differences = into.differences if into.differences is not None else []
    told = ours.is_enough & ~np.isnan(ours.upper)
    for place in zip(*np.nonzero(told | ~np.isnan(theirs["upper"])), strict=True):
        into.judged += 1
        mine, their = ours.upper[place], theirs["upper"][place]
        label = f"{job.name}: series {place[0]}, period {job.at[place[1]]}"
        if job.options.limit == "delta":
            apart = abs(mine - their) / max(abs(their), 1e-12)
            into.worst_delta = max(into.worst_delta, apart if np.isfinite(apart) else np.inf)
            _note(into, apart <= 1e-4, f"{label}: bound {mine:.6f}, R {their:.6f}")
        else:
            into.bounds += 1
            into.bounds_equal += int(mine == their)
            into.bounds_far += int(not abs(mine - their) <= 1)
            _note(into, mine == their, f"{label}: bound {mine}, R {their}")
        alarm, trend = bool(theirs["alarm"][place] == 1), bool(theirs["trend"][place] == 1)
        into.alarms_equal += int(bool(ours.is_alarm[place]) == alarm)
        _note(into, bool(ours.is_alarm[place]) == alarm, f"{label}: alarm {ours.is_alarm[place]}, R {alarm}")
        into.trends_equal += int(bool(ours.has_trend[place]) == trend)
        _note(
            into, bool(ours.has_trend[place]) == trend, f"{label}: trend {ours.has_trend[place]} (p {ours.trend_p[place]:.8f}), R {trend}"
        )
        apart = abs(ours.p[place] - theirs["p"][place])
        into.p_equal += int(not apart > 1e-9)
        into.worst_p = max(into.worst_p, apart if np.isfinite(apart) else 0.0)


def _note(into: Agreement, same: Any, words: str) -> None:
    if not same:
        assert into.differences is not None
        into.differences.append(words)


SETTINGS: tuple[dict[str, Any], ...] = (
    {},
    {"seasons": 1, "left_out": 3, "alpha": 0.05},
    {"reweights": False},
    {"trend_p": 1.0, "outlier": 1.0},
    {"has_trend": False},
)


def generated(rng: np.random.Generator, *, series: int, periods: int, per_year: int, missing: float = 0.02) -> np.ndarray:
    """Series of all sizes, some with a trend, spikes and missing periods: from one in five periods to 300 a period."""
    level, dispersion = np.exp(rng.uniform(np.log(0.2), np.log(300), series)), rng.uniform(1.01, 4, series)
    time = np.arange(periods)
    mean = level[:, None] * np.exp(rng.normal(0, 0.06, series)[:, None] * (time - periods + 1) / per_year)
    mean = mean * np.exp(0.25 * np.cos(2 * np.pi * time / per_year))
    counts = rng.poisson(rng.gamma(mean / (dispersion - 1)[:, None], (dispersion - 1)[:, None])).astype(float)
    counts = np.where(rng.random(counts.shape) < 0.02, np.floor(3 * counts + 3), counts)
    gappy = (rng.random(counts.shape) < missing) & (rng.random(series) < 0.3)[:, None]
    return np.where(gappy, np.nan, counts)


def generated_jobs(rng: np.random.Generator, *, monthly: int, weekly: int) -> list[Job]:
    """Jobs over so many monthly and weekly series, each limit with each of SETTINGS."""
    jobs = []
    for name, base, series, periods in (("months", MONTHLY, monthly, 84), ("weeks", WEEKLY, weekly, 290)):
        counts = generated(rng, series=series, periods=periods, per_year=base.per_year)
        jobs += _with_settings(name, counts, base, at=[periods - 1, periods - 9])
    return jobs


def published_jobs(folder: Path) -> list[Job]:
    """Jobs over the example series that come with the package, read from R."""
    subprocess.run(["Rscript", str(SCRIPT), "published", str(folder)], check=True, capture_output=True)
    jobs = []
    for name, base, last, every in (
        ("salmonella_agona", WEEKLY, 311, 6), ("newport", WEEKLY, 772, 40), ("salmonella_in_hospital", WEEKLY, 529, 30),
        ("measles", replace(WEEKLY, years=2), 155, 20), ("rotavirus", MONTHLY, 143, 10),
    ):  # fmt: skip
        with (folder / f"{name}.csv").open(newline="") as file:
            header, *rows = csv.reader(file)
        table = np.array([[np.nan if value == "NA" else float(value) for value in row] for row in rows])
        days = table[:, 0].astype(int).tolist() if header[0] == "days" else None
        counts = table[:, 1 if days else 0 :].T
        jobs += _with_settings(name, counts, base, at=list(range(last, max(base.reach, last - 8 * every), -every))[::-1], days=days)
    return jobs


def _with_settings(name: str, counts: np.ndarray, base: Options, *, at: list[int], days: list[int] | None = None) -> list[Job]:
    return [
        Job(name=f"{name} {limit} {setting}", counts=counts, at=at, days=days, options=replace(base, limit=limit, is_compatible=True, **setting))
        for limit in ("delta", "nbPlugin", "muan")
        for setting in SETTINGS
    ]  # fmt: skip


def kept() -> list[tuple[Job, dict[str, np.ndarray]]]:
    """The jobs and R's answers that are kept beside this file."""
    said = json.loads(KEPT.read_text())
    pairs = []
    for row in said["jobs"]:
        series = said["series"][row["name"].split()[0]]
        counts = np.array([[np.nan if value is None else value for value in line] for line in series["counts"]], dtype=float)
        found = {
            name: np.array([[np.nan if value is None else value for value in line] for line in row[name]], dtype=float) for name in FIELDS
        }
        pairs.append((Job(name=row["name"], counts=counts, at=row["at"], days=series["days"], options=Options(**row["options"])), found))
    return pairs


def keep(jobs: Sequence[Job], found: Sequence[dict[str, np.ndarray]]) -> None:
    """Write `reference.json`: series once, then a line a job."""
    series = {job.name.split()[0]: {"days": job.days, "counts": _plain(job.counts, 0)} for job in jobs}
    lines = [
        json.dumps(
            {"name": job.name, "at": list(job.at), "options": asdict(job.options)} | {name: _plain(answer[name], 9) for name in FIELDS}
        )
        for job, answer in zip(jobs, found, strict=True)
    ]
    made = "R surveillance 1.20, farringtonFlexible; series of its own and generated ones; see reference.py"
    body = ",\n".join(f"{json.dumps(name)}: {json.dumps(one, separators=(',', ':'))}" for name, one in series.items())
    KEPT.write_text(f'{{"made": {json.dumps(made)},\n"series": {{\n{body}\n}},\n"jobs": [\n' + ",\n".join(lines) + "\n]}\n")


def _plain(values: np.ndarray, digits: int) -> list[list[float | int | None]]:
    def one(value: float) -> float | int | None:
        return None if not np.isfinite(value) else int(value) if value == int(value) else float(f"{value:.{digits}g}")

    return [[one(value) for value in line] for line in values.tolist()]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        jobs = published_jobs(Path(folder)) + generated_jobs(np.random.default_rng(2013), monthly=16, weekly=6)
        found = run(jobs, Path(folder))
    keep(jobs, found)
    agreement = Agreement()
    for job, answer in zip(jobs, found, strict=True):
        compare(job, answer, agreement)
    print(agreement)


if __name__ == "__main__":
    main()
