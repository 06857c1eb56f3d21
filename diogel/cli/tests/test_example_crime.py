"""The verb fills an empty or invented store with the demo's rows, says that they are invented, and never touches real ones."""

from __future__ import annotations

import json
from datetime import date

import pytest

from diogel.analysis.periods import Month
from diogel.cli import main
from diogel.crime import counting
from diogel.crime.loading import load
from diogel.crime.store import read_store
from diogel.crime.tests.archive_server import street_file
from diogel.examples.synthetic import DEMO_EVENTS, DEMO_SEED, synthetic_cube

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_home")]


def test_the_store_then_holds_the_demos_cube_with_its_partial_month(capsys):
    assert main(["example", "crime"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("These rows are invented")
    assert "2021-02-north-wales is partial" in told
    made, stored = synthetic_cube(seed=DEMO_SEED, events=DEMO_EVENTS), counting.cube()
    assert (stored.areas, stored.types, stored.months) == (made.areas, made.types, made.months)
    assert (stored.values == made.values).all()
    assert (stored.known == made.known).all()
    assert read_store().kind == "synthetic"


def test_a_second_run_changes_nothing_and_another_seed_replaces_every_month(capsys):
    assert main(["example", "crime", "--json"]) == 0
    assert main(["example", "crime", "--json"]) == 0
    _, again = capsys.readouterr().out.splitlines()
    assert {file["state"] for file in json.loads(again)["files"]} == {"unchanged"}
    assert main(["example", "crime", "--seed", "7", "--json"]) == 0
    other = json.loads(capsys.readouterr().out)
    assert (other["seed"], other["kind"]) == (7, "synthetic")
    assert {file["state"] for file in other["files"]} == {"replaced"}
    assert (counting.cube().values == synthetic_cube(seed=7, events=DEMO_EVENTS).values).all()


def test_a_store_of_real_rows_is_left_as_it_is(tmp_path, capsys):
    real = tmp_path / "2021-05-north-wales-street.csv"
    real.write_text(street_file("2021-05"), encoding="utf-8")
    load([real], today=date(2022, 1, 17))
    assert main(["example", "crime"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert counting.cube().months == (Month(2021, 5),)
    assert read_store().kind == "real"


def test_the_months_are_kept_where_asked(tmp_path):
    assert main(["example", "crime", "--keep", str(tmp_path / "months")]) == 0
    assert len(list((tmp_path / "months").glob("*/*-north-wales-street.csv"))) == 48


def test_a_folder_that_cannot_be_written_is_said(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert main(["example", "crime", "--keep", str(tmp_path / "file" / "months")]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert read_store().kind is None


@pytest.mark.parametrize("seed", ["-1", "x", "1.5"])
def test_a_seed_that_is_no_number_is_refused(seed):
    with pytest.raises(SystemExit, match="2"):
        main(["example", "crime", f"--seed={seed}"])
