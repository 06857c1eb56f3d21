"""`crime load` and `crime counts` as they are typed: exit status, what goes to which stream, and JSON that can be read."""

from __future__ import annotations

import json
import zipfile

import pytest

from diogel.analysis.cube_store import open_cube
from diogel.cli import main
from diogel.crime.every_place import cube_of_all
from diogel.crime.tests.street import lay, row, rows, text
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


def test_a_load_leaves_every_small_area_counted(given, own_home):
    assert main(["crime", "load", str(given)]) == 0
    assert open_cube(own_home / "crime" / "cube").values().sum() == 80


def test_a_load_stands_where_the_engine_that_is_set_cannot_count(given, own_home, monkeypatch, capsys):
    monkeypatch.setenv("DIOGEL_SPARK", "localhost:7077")
    assert main(["crime", "load", str(given)]) == 0
    told = capsys.readouterr()
    assert "Read 3 files with 84 rows." in told.out
    assert told.err.startswith("Spark at localhost:7077 cannot count the rows:")
    monkeypatch.delenv("DIOGEL_SPARK")
    assert cube_of_all().values().sum() == 80


def test_counts_as_csv_leave_a_partial_month_empty_for_the_analysis(tmp_path, capsys):
    for month, number in (("2024-01", 40), ("2024-02", 8), ("2024-03", 44), ("2024-04", 41)):
        lay(tmp_path / "given", f"{month}-north-wales", rows(month, number))
    assert main(["crime", "load", str(tmp_path / "given")]) == 0
    capsys.readouterr()
    assert main(["crime", "counts", "--by", "month", "--csv"]) == 0
    assert capsys.readouterr().out.splitlines() == ["month,count", "2024-01,40", "2024-02,", "2024-03,44", "2024-04,41"]
    assert main(["crime", "counts", "--area", "W06000006", "--from", "2024-01", "--to", "2024-01", "--by", "area", "--csv"]) == 0
    assert capsys.readouterr().out.splitlines() == ["area,count", "W06000006,10"]


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


def test_a_load_stopped_in_the_middle_of_a_query_is_told_as_stopped(given, own_home, capsys, monkeypatch):
    def interrupted(*_args, **_options):
        raise RuntimeError("Query interrupted")  # what DuckDB makes of Ctrl+C while it works

    monkeypatch.setattr("diogel.crime.intake.write_rows", interrupted)
    assert main(["crime", "load", str(given)]) == 2
    assert capsys.readouterr().err == "Stopped. Nothing more was written.\n"
    monkeypatch.undo()
    assert not list((own_home / "crime").glob(".new-*"))


@pytest.mark.parametrize("home", ["file", "file/home"])
@pytest.mark.parametrize("words", [["crime", "load", "given"], ["crime", "counts"], ["start"]])
def test_a_home_that_is_a_file_is_refused_in_a_sentence(tmp_path, monkeypatch, capsys, home, words):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DIOGEL_HOME", str(tmp_path / home))
    assert main(words) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"{tmp_path / 'file'} is a file, so it cannot be the home or hold it.")
    assert "Traceback" not in told


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


@pytest.fixture
def national(tmp_path):
    """An archive as it is downloaded for every force, with files of three kinds, and one whose name says nothing."""
    path = tmp_path / "2024-02.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for force, number in (("north-wales", 40), ("cheshire", 12), ("btp", 3)):
            archive.writestr(f"2024-02/2024-02-{force}-street.csv", text(rows("2024-02", number, force=force)))
            archive.writestr(f"2024-02/2024-02-{force}-outcomes.csv", "x")
        archive.writestr("2024-02/2024-02-kent-street.csv", "<html>")
        archive.writestr("2024-02/readme.csv", "x")
    return path


def test_only_the_forces_asked_for_are_read_and_the_others_counted(national, capsys):
    assert main(["crime", "load", str(national), "--force", "north-wales", "btp", "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert {file["name"].rsplit("/", 1)[-1]: file["state"] for file in report["files"]} == {
        "2024-02-btp-street.csv": "loaded",
        "2024-02-north-wales-street.csv": "loaded",
        "2024-02-btp-outcomes.csv": "left_aside",
        "2024-02-north-wales-outcomes.csv": "left_aside",
        "readme.csv": "refused",
    }
    assert (report["forces"], report["passed_over"]) == (["north-wales", "btp"], 3)


def test_a_dry_run_passes_over_the_same_files_and_says_how_many(national, own_home, capsys):
    assert main(["crime", "load", str(national), "--dry-run", "--force", "north-wales"]) == 1
    out = capsys.readouterr().out
    assert "Only files of these forces were asked for: north-wales. Files of other forces passed over: 5." in out
    assert "The store would then hold real rows: 1 file" in out
    assert not own_home.exists()


def test_where_nothing_is_of_the_force_nothing_is_done_and_a_force_that_is_none_is_told(national, capsys):
    assert main(["crime", "load", str(national), "--force", "gwent"]) == 2
    assert "passed over: 7." in capsys.readouterr().out
    assert main(["crime", "load", str(national), "--force", "northwales"]) == 2
    assert "no files of a force northwales" in capsys.readouterr().err


def test_the_report_speaks_welsh_where_it_is_asked_to_and_where_the_terminal_does(given, capsys, monkeypatch):
    lay(given, "2024-04-north-wales", b"<html>")
    assert main(["crime", "load", str(given), "--language", "cy"]) == 1
    out = capsys.readouterr().out
    assert "Darllenwyd. Ffeiliau: 3; rhesi: 84." in out
    assert "Tudalen we neu XML ydyw, nid ffeil CSV." in out
    for word in ("Read ", "rows", "files", "It is"):
        assert word not in out.replace(str(given), "")
    monkeypatch.setenv("LANG", "cy_GB.UTF-8")
    assert main(["crime", "counts", "--by", "area,type"]) == 0
    told = capsys.readouterr()
    assert "Byrgleriaeth" in told.out
    assert "Ynys Môn" in told.out
    assert "Ni lwythwyd ffeil ar gyfer 2024-02" in told.err
    assert main(["crime", "counts", "--language", "en", "--by", "type"]) == 0
    assert "Burglary" in capsys.readouterr().out


def test_the_json_is_the_same_in_both_languages_and_names_a_reason_by_its_code(given, capsys):
    lay(given, "2024-04-north-wales", b"<html>")
    main(["crime", "load", str(given), "--dry-run", "--json", "--language", "cy"])
    welsh = json.loads(capsys.readouterr().out)
    main(["crime", "load", str(given), "--dry-run", "--json", "--language", "en"])
    assert welsh == json.loads(capsys.readouterr().out)
    (refused,) = [file for file in welsh["files"] if file["state"] == "refused"]
    assert (refused["code"], refused["reason"]) == ("web_page", "It is a web page or XML, not a CSV file.")
