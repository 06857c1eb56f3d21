"""Which street files are found in what a person names, which are left aside, and which names are refused."""

from __future__ import annotations

import zipfile

import duckdb
import pytest

from diogel.analysis.periods import Month
from diogel.analysis.reading.police_uk import FileKey, Unreadable, key_of, kind_left_aside
from diogel.analysis.reading.police_uk_rows import connect
from diogel.analysis.reading.police_uk_sources import Archives, find

GOOD = "2024-01/2024-01-north-wales-street.csv"


@pytest.fixture
def archive(tmp_path):
    """Makes a zip archive of names and contents."""

    def make(contents, name="2024-03.zip"):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            for inner, data in contents.items():
                made.writestr(inner, data)
        return path

    return make


def test_month_and_force_are_read_from_the_name():
    for name in (
        "2024-01-north-wales-street.csv",
        "2024-01-north-wales-street.csv.gz",
        "2024-01-North-Wales-Street.CSV",
        "2024-01-north-wales-street (1).csv",
    ):
        assert key_of(name) == FileKey(Month(2024, 1), "north-wales")
    assert str(FileKey.parse("2024-01-dyfed-powys")) == "2024-01-dyfed-powys"


@pytest.mark.parametrize("name", ["north-wales.csv", "2024-1-btp-street.csv", "2024-01-street.csv", "2024-01-north-wales-streets.csv"])
def test_a_name_that_says_neither_month_nor_force_is_refused(name):
    with pytest.raises(Unreadable, match="month and force"):
        key_of(name)


def test_a_month_that_is_none_is_refused():
    with pytest.raises(Unreadable, match="2024-13"):
        key_of("2024-13-north-wales-street.csv")


def test_folders_are_walked_by_name_and_hidden_files_passed_over(tmp_path):
    for name in ("2024-02/2024-02-btp-street.csv", GOOD, ".hidden/2024-01-kent-street.csv", "._2024-01-kent-street.csv", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = find([tmp_path])
    assert [str(source.key) for source in found.sources] == ["2024-01-north-wales", "2024-02-btp"]
    assert not found.refused


def test_a_file_named_by_itself_and_by_its_folder_is_found_once(tmp_path):
    path = tmp_path / "2024-01-north-wales-street.csv"
    path.write_text("x")
    (tmp_path / "2024-02-north-wales-street.csv").symlink_to(path)
    assert len(find([path, tmp_path, path]).sources) == 1


def test_other_kinds_of_police_files_are_left_aside_by_name(archive):
    outcomes, searches = GOOD.replace("street", "outcomes"), GOOD.replace("street", "stop-and-search")
    found = find([archive({GOOD: "x", outcomes: "x", searches: "x"})])
    assert [source.name for source in found.sources] == ["2024-01-north-wales-street.csv"]
    assert [said.reason for said in found.left_aside] == ["outcomes", "stop-and-search"]
    assert found.left_aside[0].label.endswith(outcomes)
    assert kind_left_aside("2024-01-north-wales-street.csv") is None


def test_members_are_read_whatever_folder_they_lie_in(archive):
    path = archive({GOOD: "rows", "a/b/2024-02-btp-street.csv": "more", "__MACOSX/2024-01/._2024-01-north-wales-street.csv": "x"})
    found = find([path])
    with Archives() as archives:
        assert [source.read(archives) for source in found.sources] == [(b"rows", True), (b"more", True)]
    assert not found.refused


@pytest.mark.parametrize(
    "name", ["../../2024-01-north-wales-street.csv", "/etc/2024-01-north-wales-street.csv", "C:/2024-01-btp-street.csv"]
)
def test_a_name_that_points_outside_the_archive_is_refused(archive, name):
    found = find([archive({name: "x", GOOD: "x"})])
    assert len(found.sources) == 1
    assert "outside the archive" in found.refused[0].reason


def test_a_member_that_unpacks_to_far_too_much_is_refused_before_it_is_read(archive):
    found = find([archive({GOOD: b"\0" * 50_000_000})])
    assert not found.sources
    assert "far more" in found.refused[0].reason


def test_a_member_that_lies_about_its_length_is_stopped_while_it_is_read(archive):
    path = archive({GOOD: b"\0" * 5_000_000})
    small, packed = (100).to_bytes(4, "little"), (5_000_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(packed, small))
    found = find([path])
    with Archives() as archives, pytest.raises(Unreadable):
        found.sources[0].read(archives)


def test_a_damaged_member_is_refused_and_its_neighbour_read(archive):
    path = archive({GOOD: "first " * 500, "2024-02-btp-street.csv": "second"})
    data = bytearray(path.read_bytes())
    data[80:90] = b"\xff" * 10
    path.write_bytes(bytes(data))
    first, second = find([path]).sources
    with Archives() as archives:
        with pytest.raises(Unreadable, match="inside the archive"):
            first.read(archives)
        assert second.read(archives)[0] == b"second"


@pytest.mark.parametrize("data", [b"", b"<html>no such archive</html>", b"PK\x03\x04 and then nothing"])
def test_what_is_no_archive_is_refused_by_name(tmp_path, data):
    path = tmp_path / "2024-03.zip"
    path.write_bytes(data)
    found = find([path])
    assert [said.label for said in found.refused] == [str(path)]
    assert "not a whole zip archive" in found.refused[0].reason


def test_an_archive_cut_short_is_refused(archive):
    path = archive({GOOD: "x" * 1000})
    path.write_bytes(path.read_bytes()[:-40])
    assert "not a whole zip archive" in find([path]).refused[0].reason


def test_what_is_not_there_or_holds_nothing_is_said(tmp_path, archive):
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("x")
    found = find([tmp_path / "nowhere.csv", tmp_path / "empty", tmp_path / "notes.txt", archive({"readme.txt": "x"})])
    reasons = [said.reason for said in found.refused]
    for reason, start in zip(reasons, ("There is no such", "This folder holds no", "It is none of", "This archive holds no"), strict=True):
        assert reason.startswith(start)


def test_the_reader_asks_no_network_whatever_a_name_says():
    with connect() as connection, pytest.raises(duckdb.Error, match="httpfs"):
        connection.execute("SELECT * FROM read_csv('http://127.0.0.1:9/2024-01-north-wales-street.csv')")
    with connect() as connection:
        settings = connection.execute("SELECT value FROM duckdb_settings() WHERE name LIKE 'auto%known_extensions'").fetchall()
    assert settings == [("false",), ("false",)]
