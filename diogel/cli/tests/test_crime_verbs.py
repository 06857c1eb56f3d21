"""`crime load` and `crime counts` as they are typed: exit status, what goes to which stream, and JSON that can be read."""

from __future__ import annotations

import json

import pytest

from diogel.cli import main
from diogel.crime.tests.street import lay, row, rows
from diogel.people.access import Installation
from diogel.places.loading import load_builtin, put_own_area
from diogel.places.models import Area

pytestmark = pytest.mark.usefixtures("own_home")


@pytest.fixture
def given(tmp_path):
    lay(tmp_path / "given", "2024-01-north-wales", [*rows("2024-01"), row("2024-01", lsoa=("", ""))])
    lay(tmp_path / "given", "2024-03-north-wales", rows("2024-03"))
    lay(tmp_path / "given", "2024-03-btp", rows("2024-03", 3, force="btp"))
    return tmp_path / "given"


def test_a_load_prints_its_report_and_the_counts_follow(given, capsys):
    assert main(["crime", "load", str(given)]) == 0
    told = capsys.readouterr()
    assert "Read 3 files with 84 rows." in told.out
    assert "The store now holds real rows: 3 files, 2024-01 to 2024-03, 84 rows." in told.out
    assert told.err == ""
    assert main(["crime", "counts", "--by", "month", "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == [{"month": "2024-01", "count": 40}, {"month": "2024-03", "count": 40}]
    assert "No file was loaded for 2024-02: nothing is known" in told.err
    assert "(btp 3) are not counted; --all-forces adds them" in told.err


def test_json_goes_alone_to_stdout(given, capsys):
    assert main(["crime", "load", str(given), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert {file["state"] for file in report["files"]} == {"loaded"}
    assert report["store"] == {
        "files": 3, "first": "2024-01", "last": "2024-03", "rows": 84, "inside": 83, "outside": 0, "without_place": 1,
    }  # fmt: skip


def test_one_refused_file_makes_it_a_part_and_all_of_them_nothing(given, capsys):
    broken = lay(given, "2024-04-north-wales", b"<html>")
    assert main(["crime", "load", str(given)]) == 1
    assert f"Refused: {broken}. It is a web page or XML, not a CSV file." in capsys.readouterr().out
    assert main(["crime", "load", str(broken)]) == 2
    assert main(["crime", "load", str(given / "nowhere")]) == 2
    assert "There is no such file." in capsys.readouterr().out


def test_a_dry_run_leaves_no_trace(given, own_home, capsys):
    assert main(["crime", "load", "--dry-run", str(given)]) == 0
    assert "dry run" in capsys.readouterr().out
    assert not own_home.exists()


def test_counts_take_areas_months_and_keys(given, capsys):
    main(["crime", "load", str(given)])
    capsys.readouterr()
    asked = ["--area", "W14000006", "--area", "W01000353", "--from", "2024-02", "--to", "2024-12", "--by", "area,month", "--all-forces"]
    assert main(["crime", "counts", *asked, "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == [
        {"month": "2024-03", "area": "W14000006", "count": 10},
        {"month": "2024-03", "area": "W01001969", "count": 10},
    ]
    assert "W01000353 is counted as W01001969" in told.err


def test_counts_are_a_table_where_no_json_is_asked_for(given, capsys):
    main(["crime", "load", str(given)])
    capsys.readouterr()
    assert main(["crime", "counts", "--by", "area", "--area", "W15000001"]) == 0
    head, line = capsys.readouterr().out.splitlines()
    assert head.split() == ["Area", "Name", "Count"]
    assert line.split() == ["W15000001", "North", "Wales", "81"]


@pytest.mark.parametrize(
    "wrong",
    [["--area", "E09000001"], ["--by", "colour"], ["--from", "2024-1"], ["--from", "2024-03", "--to", "2024-01"]],
)
def test_a_wrong_question_costs_status_two_and_a_sentence(wrong, capsys):
    try:
        status = main(["crime", "counts", "--json", *wrong])
    except SystemExit as exit_:
        status = exit_.code
    told = capsys.readouterr()
    assert status == 2
    assert told.out == ""
    assert wrong[1] in told.err
    assert "Traceback" not in told.err


def test_counts_in_an_empty_home_are_an_empty_list_and_a_hint(own_home, capsys):
    assert main(["crime", "counts", "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == []
    assert "No crime data are loaded yet" in told.err


def test_a_register_that_cannot_be_read_is_said_in_a_sentence(given, own_home, capsys):
    main(["crime", "load", str(given)])
    (own_home / "crime" / "register.json").write_text("{", encoding="utf-8")
    capsys.readouterr()
    for words in (["crime", "counts"], ["crime", "load", str(given)]):
        assert main(words) == 2
        assert "register of the crime store" in capsys.readouterr().err


TOWN = {"type": "Polygon", "coordinates": [[[-4.2, 53.0], [-4.0, 53.0], [-4.0, 53.2], [-4.2, 53.2], [-4.2, 53.0]]]}


@pytest.fixture
def town(given, db):
    load_builtin(by=Installation())
    assert main(["crime", "load", str(given)]) == 0
    return put_own_area(code="bangor", name_cy="Bangor", name_en="Bangor city", parent="W06000002", boundary=TOWN)


def test_a_boundary_of_ones_own_is_counted_by_its_points_and_said_to_be_rough(town, capsys):
    capsys.readouterr()
    assert main(["crime", "counts", "--area", "bangor", "--by", "month", "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == [{"month": "2024-01", "count": 40}, {"month": "2024-03", "count": 40}]
    assert "rough at the edge" in told.err


def test_a_boundary_stands_beside_other_areas_by_area_only(town, capsys):
    capsys.readouterr()
    both = ["crime", "counts", "--area", "bangor", "--area", "W06000002", "--from", "2024-03"]
    assert main([*both, "--by", "month,area", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"month": "2024-03", "area": "bangor", "count": 40},
        {"month": "2024-03", "area": "W06000002", "count": 10},
    ]
    assert main([*both, "--by", "month"]) == 2
    assert "counted twice" in capsys.readouterr().err
    assert main(["crime", "counts", "--area", "bangor", "--zeros"]) == 2


def test_a_boundary_without_an_outline_or_withdrawn_cannot_be_counted(town, capsys):
    Area.objects.filter(code="bangor").update(boundary=None)
    assert main(["crime", "counts", "--area", "bangor"]) == 2
    assert "has no outline yet" in capsys.readouterr().err
    Area.objects.filter(code="bangor").update(boundary=TOWN, withdrawn_on="2024-05-01")
    assert main(["crime", "counts", "--area", "bangor"]) == 2
    assert "is not an area known here" in capsys.readouterr().err
