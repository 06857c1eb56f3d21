"""`diogel analyse steps`: a planted step is found, dated and measured; a quiet series has none."""

from __future__ import annotations

import json

import numpy as np
import pytest

from diogel.cli import main


@pytest.fixture
def asked(tmp_path, capsys):
    def ask(rows, *words):
        path = tmp_path / "given.csv"
        path.write_text("\n".join(["place,month,count", *(",".join(map(str, row)) for row in rows)]) + "\n", encoding="utf-8")
        status = main(["analyse", "steps", str(path), "--trials", "199", *words, "--json"])
        out, err = capsys.readouterr()
        return status, json.loads(out) if out else None, err

    return ask


def rows(place, counts):
    return [(place, f"{2018 + at // 12}-{at % 12 + 1:02d}", count) for at, count in enumerate(counts)]


def test_a_planted_step_is_dated_and_measured_and_a_quiet_series_has_none(asked, tmp_path):
    rng = np.random.default_rng(3)
    stepped = [*rng.poisson(40, 30), *rng.poisson(70, 18)]
    status, found, _ = asked(
        [*rows("quiet", rng.poisson(40, 48)), *rows("stepped", stepped)], "--svg", str(tmp_path / "s.svg"), "--language", "cy"
    )
    assert status == 0
    told = {row["place"]: row for row in found["rows"]}
    assert told["quiet"]["since"] is None
    assert "2020-06" <= told["stepped"]["since"] <= "2020-08"
    assert told["stepped"]["low"] < 70 / 40 < told["stepped"]["high"]
    assert (found["looked_at"], found["with_a_step"]) == (2, 1)
    assert "newid lefel" in (tmp_path / "s.svg").read_text(encoding="utf-8")


def test_the_same_seed_gives_the_same_answer(asked):
    given = rows("a", np.random.default_rng(4).poisson(20, 36))
    assert asked(given, "--seed", "5") == asked(given, "--seed", "5")


def test_a_short_series_is_not_asked(asked):
    status, found, err = asked(rows("a", [5, 6, 7, 8]), "--no-season")
    assert status == 0
    assert (found["looked_at"], found["rows"][0]["series_p"]) == (0, None)
    assert "Too short to ask: 1 of 1 series." in err
