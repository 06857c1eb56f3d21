"""`diogel analyse anomalies --method farrington`, by month and by week, with its settings."""

from __future__ import annotations

import json
from datetime import date, timedelta

import numpy as np
import pytest

from diogel.analysis.farrington import MONTHLY, scan
from diogel.cli import main


@pytest.fixture
def asked(tmp_path, capsys):
    def ask(rows, *words, head="month,count"):
        path = tmp_path / "given.csv"
        path.write_text("\n".join([head, *(",".join(map(str, row)) for row in rows)]) + "\n", encoding="utf-8")
        status = main(["analyse", "anomalies", str(path), "--method", "farrington", *words, "--json"])
        out, err = capsys.readouterr()
        return status, json.loads(out) if out else None, err

    return ask


def months(counts):
    return [(f"{2015 + at // 12}-{at % 12 + 1:02d}", count) for at, count in enumerate(counts)]


def test_a_spike_is_an_alarm_and_says_what_the_library_says(asked):
    counts = np.random.default_rng(5).poisson(30, 80)
    counts[-1] = 70
    status, found, _ = asked(months(counts), "--last", "3")
    assert status == 0
    assert [row["alarm"] for row in found["rows"]] == [True, False, False]
    days = [((date(2015 + (at + 1) // 12, (at + 1) % 12 + 1, 1)) - date(2015 + at // 12, at % 12 + 1, 1)).days for at in range(80)]
    own = scan(counts, at=[79], exposure=np.array(days) / (365.25 / 12), options=MONTHLY)
    assert found["rows"][0]["upper"] == own.upper[0, 0]
    assert (found["rows"][0]["month"], found["looked_at"]) == ("2021-08", 3)


def test_settings_change_the_bound(asked):
    rows = months(np.random.default_rng(6).poisson(30, 80))
    uppers = [
        asked(rows, "--last", "1", *words)[1]["rows"][0]["upper"]
        for words in ([], ["--alpha", "0.2"], ["--limit", "muan"], ["--years", "3", "--no-trend"], ["--compatible", "--limit", "delta"])
    ]
    assert uppers[1] < uppers[0] < uppers[2]
    assert len(set(uppers)) == 5


def test_weeks_are_read_by_number_or_by_monday(asked):
    mondays = [date(2015, 1, 5) + timedelta(weeks=at) for at in range(300)]
    counts = [*[8] * 299, 40]
    by_day = asked([(day, count) for day, count in zip(mondays, counts, strict=True)], "--weeks", "--last", "2", head="week,count")[1]
    numbered = [(f"{day.isocalendar()[0]}-W{day.isocalendar()[1]:02d}", count) for day, count in zip(mondays, counts, strict=True)]
    by_number = asked(numbered, "--weeks", "--last", "2", head="week,count")[1]
    assert by_day == by_number
    assert [(row["week"], row["alarm"]) for row in by_day["rows"]] == [("2020-W40", True), ("2020-W39", False)]


def test_an_empty_month_is_not_judged_and_does_not_teach(asked):
    counts = [20] * 80
    rows = months(counts)
    rows[-1] = (rows[-1][0], "")
    _, found, _ = asked(rows, "--last", "1")
    assert (found["rows"][0]["observed"], found["rows"][0]["p"], found["looked_at"]) == (None, None, 0)


@pytest.mark.parametrize(
    ("rows", "words", "why"),
    [
        (months([5] * 20), [], "no period has the"),
        ([*months([5] * 80), ("2015-01", 5)], [], "stands on two lines"),
        (months([5] * 80), ["--seasons", "12"], "no room for 12 seasons"),
    ],
)
def test_what_cannot_be_judged_is_refused(asked, rows, words, why):
    status, _, err = asked(rows, *words)
    assert status == 2
    assert why in err


def test_a_tuesday_is_no_week(asked):
    assert "is no Monday" in asked([("2021-02-02", 5)], "--weeks", head="week,count")[2]
