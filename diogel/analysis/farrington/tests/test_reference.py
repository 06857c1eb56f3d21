"""The compatible mode says what R surveillance says: on kept answers always, on fresh ones where R is installed."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from diogel.analysis.farrington.tests.reference import Agreement, compare, generated_jobs, kept, missing, published_jobs, run


def agreed(agreement: Agreement) -> None:
    told = f"{agreement}\n" + "\n".join(agreement.differences or [])
    assert agreement.bounds_equal >= 0.995 * agreement.bounds, told
    assert agreement.bounds_far == 0, told
    assert agreement.worst_delta <= 1e-4, told
    assert agreement.alarms_equal >= 0.995 * agreement.judged, told
    assert agreement.trends_equal >= 0.995 * agreement.judged, told
    assert agreement.worst_p < 1e-6, told


def test_bounds_alarms_and_trends_are_those_that_r_gave():
    agreement = Agreement()
    for job, answer in kept():
        compare(job, answer, agreement)
    assert agreement.judged > 1300
    assert not agreement.differences
    agreed(agreement)


@pytest.mark.parametrize("limit", ["delta", "nbPlugin", "muan"])
def test_the_proper_mode_differs_from_r(limit: str):
    """Or the comparison above could not fail."""
    agreement = Agreement()
    for job, answer in kept():
        if job.options.limit == limit and job.name.startswith("rotavirus"):
            compare(replace(job, options=replace(job.options, is_compatible=False)), answer, agreement)
    assert agreement.differences


@pytest.mark.slow
@pytest.mark.skipif(bool(missing()), reason=missing() or "R is here")
def test_r_asked_today_says_the_same(tmp_path: Path):
    jobs = published_jobs(tmp_path)[::4] + generated_jobs(np.random.default_rng(), monthly=12, weekly=5)
    agreement = Agreement()
    for job, answer in zip(jobs, run(jobs, tmp_path), strict=True):
        compare(job, answer, agreement)
    assert agreement.judged > 300
    agreed(agreement)
