"""How files get into the store: whole, once, replaced by themselves, flagged, refused one by one, and never half."""

from __future__ import annotations

import gzip
import re
import zipfile
from datetime import date

import pytest

from diogel.analysis.periods import Month
from diogel.analysis.reading.police_uk import SYNTHETIC_LABEL, TYPES, FileKey
from diogel.crime import loading
from diogel.crime.counting import counts, months_loaded, partial_months
from diogel.crime.loading import load
from diogel.crime.report import as_json, as_text
from diogel.crime.store import StoreFault, held, open_rows, read_store

from .street import PLACES, lay, row, rows, text

DAY = date(2025, 6, 1)
JANUARY = "2024-01-north-wales"


@pytest.fixture
def store(tmp_path):
    return tmp_path / "home" / "crime"


@pytest.fixture
def put(tmp_path, store):
    """Loads files laid down in a folder of their own, or whatever is named."""

    def run(*paths, **options):
        return load(paths or [tmp_path / "given"], today=DAY, folder=store, **options)

    return run


@pytest.fixture
def given(tmp_path):
    return tmp_path / "given"


def states(report):
    return {file["name"].rsplit("/", 1)[-1]: file["state"] for file in as_json(report)["files"]}


def total(store, **asked):
    return sum(cell["count"] for cell in counts(folder=store, **asked))


def snapshot(folder):
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.rglob("*") if path.is_file()}


def test_rows_are_stored_whole_with_the_file_they_came_in(put, given, store):
    lay(given, JANUARY, rows("2024-01"))
    lay(given, "2024-01-btp", rows("2024-01", 3, force="btp"), packed=True)
    report = put()
    assert report.exit_status == 0
    with open_rows(read_store(store)) as connection:
        assert dict(connection.execute("SELECT file, count(*) FROM rows GROUP BY 1").fetchall()) == {JANUARY: 40, "2024-01-btp": 3}
    stored = read_store(store).by_key[FileKey(Month(2024, 1), "north-wales")]
    assert (stored.name, stored.rows, stored.inside, stored.loaded_on) == (f"{JANUARY}-street.csv", 40, 40, DAY)


def test_identical_rows_are_kept(put, given, store):
    same = row("2024-01", type_="Anti-social behaviour")
    lay(given, JANUARY, [same] * 15 + rows("2024-01", 4))
    put()
    assert total(store, by=["type"], areas=[PLACES[0][0]]) == 16


def test_line_endings_a_bom_and_welsh_letters_make_no_difference(put, given, store):
    lines = [row("2024-01", n, location="On or near Tŷ Gŵyl Ŷ") for n in range(9)]
    lay(given, JANUARY, text(lines))
    lay(given, "2024-02-north-wales", b"\xef\xbb\xbf" + text([line.replace("2024-01", "2024-02") for line in lines], end="\r\n"))
    files = {file["month"]: file for file in as_json(put())["files"]}
    assert [files[month]["line_ending"] for month in sorted(files)] == ["LF", "CRLF"]
    assert files["2024-02"]["bom"]
    assert files["2024-01"]["welsh_letters"]
    with open_rows(read_store(store)) as connection:
        found = connection.execute("SELECT DISTINCT location, context, count(*) FROM rows GROUP BY ALL").fetchall()
    assert found == [("On or near Tŷ Gŵyl Ŷ", None, 18)]


def test_a_comma_within_quotation_marks_does_not_shift_the_columns(put, given, store):
    name = "Bournemouth, Christchurch and Poole 042C"
    lay(given, "2024-01-btp", [*rows("2024-01", 200, force="btp"), row("2024-01", force="btp", lsoa=("E01020388", name), type_="Robbery")])
    put()
    with open_rows(read_store(store)) as connection:
        assert connection.execute("SELECT lsoa_name, type FROM rows WHERE lsoa = 'E01020388'").fetchall() == [(name, "Robbery")]


def test_codes_of_both_vintages_are_counted_on_one_ground_and_the_vintage_is_told(put, given, store):
    lay(
        given,
        "2020-11-north-wales",
        [row("2020-11", n, lsoa=(code, "x")) for n, code in enumerate(("W01000352", "W01000353", "W01000383"))],
    )
    lay(given, JANUARY, [row("2024-01", n, lsoa=(code, "x")) for n, code in enumerate(("W01001969", "W01001971", "W01001972"))])
    files = {file["month"]: file["vintage"] for file in as_json(put())["files"]}
    assert files == {"2020-11": "2011", "2024-01": "2021"}
    assert counts(folder=store, by=["area", "month"], areas=["W01000353", "W01001972"]) == [
        {"month": "2020-11", "area": "W01001969", "count": 2},
        {"month": "2020-11", "area": "W01000383", "count": 1},
        {"month": "2024-01", "area": "W01001969", "count": 1},
        {"month": "2024-01", "area": "W01000383", "count": 2},
    ]


def test_both_vintages_in_one_file_are_flagged(put, given):
    lay(given, JANUARY, [row("2024-01", n, lsoa=(code, "x")) for n, code in enumerate(("W01000352", "W01001969"))])
    assert {"flag": "both"} in as_json(put())["files"][0]["flags"]


def test_rows_without_a_place_and_rows_elsewhere_are_kept_apart_and_counted(put, given, store):
    elsewhere = ("E01018332", "Cheshire West and Chester 043A")
    lay(given, JANUARY, [*rows("2024-01", 8), row("2024-01", lsoa=("", ""), location="No Location"), row("2024-01", lsoa=elsewhere)])
    report = put()
    file = as_json(report)["files"][0]
    assert (file["rows"], file["inside"], file["outside"], file["without_place"]) == (10, 8, 1, 1)
    assert "Cheshire West and Chester 1" in as_text(report)
    assert total(store) == 8
    assert total(store, areas=["W15000001"]) == 9


def test_an_unknown_crime_type_is_kept_counted_and_flagged(put, given, store):
    lay(given, JANUARY, [*rows("2024-01", 8), row("2024-01", type_="Witchcraft"), row("2024-01", type_="")])
    report = put()
    flag = next(flag for flag in as_json(report)["files"][0]["flags"] if flag["flag"] == "unknown_types")
    assert flag["names"] == {"Witchcraft": 1, "Not given": 1}
    assert report.exit_status == 0
    assert [cell["type"] for cell in counts(folder=store, by=["type"]) if cell["type"] not in TYPES] == ["Not given", "Witchcraft"]
    assert total(store) == 10


def test_rows_that_another_force_reported_are_flagged(put, given):
    lay(given, JANUARY, [*rows("2024-01", 8), row("2024-01", reporter="Cheshire Constabulary")])
    assert {"flag": "other_reporters", "n": 1, "names": {"Cheshire Constabulary": 1}} in as_json(put())["files"][0]["flags"]


def test_the_same_bytes_again_change_nothing_whatever_they_are_wrapped_in(put, given, store):
    plain = lay(given, JANUARY, rows("2024-01"))
    put()
    before = snapshot(store)
    packed = lay(given / "packed", JANUARY, plain.read_bytes(), packed=True)
    for path in (plain, packed):
        report = put(path)
        assert set(states(report).values()) == {"unchanged"}
        assert report.exit_status == 0
        assert "1 file unchanged" in as_text(report)
    assert snapshot(store) == before


def test_a_month_loaded_twice_replaces_itself_and_says_how_much_differs(put, given, store):
    lines = rows("2024-01", 40)
    lay(given, JANUARY, lines)
    lay(given, "2024-02-north-wales", rows("2024-02", 40))
    put()
    solved = [lines[0].replace("Under investigation", "Local resolution"), *lines[1:]]
    if solved[0] == lines[0]:
        solved[0] = lines[0].replace("Stryd Fawr", "Stryd Fach")
    file = as_json(put(lay(given, JANUARY, [*solved, *rows("2024-01", 45)[40:]])))["files"][0]
    assert (file["state"], file["rows_before"], file["rows"], file["rows_more"]) == ("replaced", 40, 45, 5)
    assert (file["rows_new"], file["rows_gone"]) == (6, 1)
    assert total(store) == 85
    with open_rows(read_store(store)) as connection:
        assert connection.execute("SELECT count(*) FROM rows").fetchone() == (85,)
    fewer = put(lay(given, JANUARY, lines[:30]))
    assert "15 fewer" in as_text(fewer)
    assert total(store) == 70


def test_a_month_in_new_bytes_but_with_the_same_rows_is_told_so(put, given):
    lay(given, JANUARY, text(rows("2024-01")))
    put()
    lay(given, JANUARY, text(rows("2024-01")[::-1], end="\r\n"))
    assert "the same 40 rows in another form" in as_text(put())


def test_a_file_given_twice_in_one_call_is_taken_once_the_last_one(put, given, store):
    lay(given / "a", JANUARY, rows("2024-01", 10))
    lay(given / "b", JANUARY, rows("2024-01", 12))
    report = put(given / "a", given / "b")
    assert [(item.state, item.label.endswith(f"a/{JANUARY}-street.csv")) for item in report.given] == [("given_twice", True)]
    assert total(store) == 12
    assert report.exit_status == 0
    assert "given twice in one call, and the two do not hold the same" in as_text(report)
    assert as_json(report)["files"][-1]["code"] == "given_twice_differs"
    lay(given / "c", JANUARY, rows("2024-01", 12), packed=True)
    same = put(given / "b", given / "c")
    assert "given twice in one call; " in as_text(same)
    assert [item.code for item in same.of("given_twice")] == [""]


def test_a_plain_file_with_the_name_of_a_packed_one_is_read_as_it_is(put, given, store):
    path = lay(given, JANUARY, rows("2024-01", 9))
    path.rename(path.with_name(f"{path.name}.gz"))
    assert put().exit_status == 0
    assert total(store) == 9


def test_files_whose_codes_tell_no_year_are_counted_beside_those_that_do(put, given):
    lay(given, "2020-11-north-wales", [row("2020-11", n, lsoa=("W01000352", "x")) for n in range(4)])
    lay(given, "2020-11-btp", rows("2020-11", 1, force="btp"))
    told = as_text(put())
    assert "LSOA codes of 2011: files 1, 2020-11 to 2020-11." in told
    assert "Files in which no LSOA code known here tells 2011 from 2021: 1, 2020-11 to 2020-11." in told


def test_where_the_last_of_two_is_broken_the_one_before_it_is_taken(put, given, store):
    lay(given / "a", JANUARY, rows("2024-01", 10))
    lay(given / "b", JANUARY, b"<html>")
    report = put(given / "a", given / "b")
    assert (report.exit_status, total(store)) == (1, 10)
    assert [item.state for item in report.given] == ["refused"]


def test_an_archive_as_downloaded_is_read_and_its_other_files_named(put, tmp_path, store):
    path = tmp_path / "2024-02.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for month in ("2024-01", "2024-02"):
            for force in ("north-wales", "cheshire"):
                archive.writestr(f"{month}/{month}-{force}-street.csv", text(rows(month, 10, force=force)))
                archive.writestr(f"{month}/{month}-{force}-outcomes.csv", "Crime ID,Month\n")
    report = put(path)
    assert (len(report.taken), len(report.of("left_aside")), report.exit_status) == (4, 4, 0)
    assert "2024-01/2024-01-cheshire-outcomes.csv" in as_text(report)
    assert total(store) == 20
    assert total(store, all_forces=True) == 40


BROKEN = {
    "truncated gzip": (gzip.compress(text(rows("2024-01", 900)))[:4000], "cut short"),
    "a web page": (b"<!DOCTYPE html><html>not found</html>", "web page"),
    "wrong columns": (b"a,b,c\n1,2,3\n", "columns"),
    "binary": (b"\x00\x01\x02" * 400, "binary"),
    "empty": (b"", "empty"),
    "header only": (text([]), "no row"),
    "a monster cell": (text([*rows("2024-01", 3), row("2024-01", location="x" * 1_000_000)]), "longer than"),
    "another month inside": (text([*rows("2024-01", 30), *rows("2024-02", 2)]), "2 of its 32 rows are of another month"),
    "another month throughout": (text(rows("2023-12")), "40 of its 40 rows"),
    "cut in the middle of a row": (text(rows("2024-01"))[:-100], "Line 41"),
    "a short row": (text([*rows("2024-01", 3), "a,b,c"]), "Line 5 has 3 columns where 12 belong"),
    "a word for a coordinate": (text([row("2024-01").replace("53.1", "north")]), "where a coordinate belongs"),
    "a quotation mark left open": (
        text([*rows("2024-01", 3), row("2024-01").replace("Gwynedd", '"Gwynedd'), *rows("2024-01", 3)]),
        "quotation mark",
    ),
    "a quotation mark closed rows later": (
        text([row("2024-01", location='"On or near'), *rows("2024-01", 3), row("2024-01", location='x"')]),
        "quotation mark|columns",
    ),
    "another kind of table": (text([row("2024-01", type_=f"Type {n}") for n in range(30)]), "crime type"),
    "letters of another alphabet": (text(rows("2024-01")).replace(b"Stryd", b"Str\xffd"), "UTF-8"),
    "rows marked as invented": (text(rows("2024-01", context=SYNTHETIC_LABEL)), "marked as invented"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_by_name_and_the_others_load(put, given, store, name):
    content, reason = BROKEN[name]
    broken = lay(given, JANUARY, content)
    lay(given, "2024-02-north-wales", rows("2024-02", 7))
    report = put()
    [refused] = report.of("refused")
    assert refused.label == str(broken)
    assert report.exit_status == 1
    assert f"Refused: {broken}." in as_text(report)
    assert total(store) == 7
    assert re.search(reason, refused.reason)
    with open_rows(read_store(store)) as connection:
        assert connection.execute("SELECT count(*) FROM rows").fetchone() == (7,)


def test_all_broken_files_at_once_leave_the_whole_one(put, given, store):
    for number, (content, _) in enumerate(BROKEN.values()):
        lay(given, f"2024-01-{'abcdefghijklmnopqrstuvwxyz'[number]}", content)
    lay(given, "2024-01-north-wales", rows("2024-01", 7))
    report = put()
    assert len(report.of("refused")) == len(BROKEN)
    assert (len(report.taken), total(store)) == (1, 7)


def test_where_every_file_is_broken_nothing_is_done(put, given, store):
    lay(given, JANUARY, b"<html>")
    report = put()
    assert report.exit_status == 2
    assert "Nothing was loaded" in as_text(report)
    assert read_store(store).kind is None
    assert as_json(report)["kind"] is None


def test_a_broken_file_does_not_take_away_the_good_month_it_would_replace(put, given, store):
    lay(given, JANUARY, rows("2024-01", 10))
    put()
    lay(given, JANUARY, b"")
    assert put().exit_status == 2
    assert total(store) == 10


def test_a_month_with_far_too_few_rows_is_flagged_whatever_the_order(put, given, store):
    paths = [lay(given, f"2024-{month:02d}-north-wales", rows(f"2024-{month:02d}", 10 if month == 2 else 60)) for month in (1, 2, 3, 4)]
    report = put(paths[1])
    assert not report.partial
    for path in (paths[0], paths[2], paths[3]):
        report = put(path)
    assert [str(told.key) for told in report.partial] == ["2024-02-north-wales"]
    assert "2024-02-north-wales is partial: 10 rows, usually about 60" in as_text(report)
    assert "less than 50% of the median" in as_text(report)
    assert partial_months(folder=store) == (Month(2024, 2),)
    assert report.exit_status == 0
    whole = put(lay(given, "2024-02-north-wales", rows("2024-02", 58)))
    assert not whole.partial
    assert "2024-02-north-wales is no longer taken for partial" in as_text(whole)


def test_a_dry_run_tells_the_same_and_changes_nothing(put, given, store):
    lay(given, JANUARY, rows("2024-01"))
    report = put(is_dry_run=True)
    assert [file["rows"] for file in as_json(report)["files"]] == [40]
    assert as_json(report)["store"]["rows"] == 40
    assert "dry run" in as_text(report)
    assert not store.parent.exists()
    put()
    before = snapshot(store)
    lay(given, JANUARY, rows("2024-01", 44))
    assert as_json(put(is_dry_run=True))["files"][0]["rows_more"] == 4
    assert snapshot(store) == before


def test_a_load_that_dies_before_the_end_leaves_the_store_as_it_was(put, given, store, monkeypatch):
    lay(given, JANUARY, rows("2024-01"))
    put()
    lay(given, JANUARY, rows("2024-01", 44))
    monkeypatch.setattr(loading, "write_register", lambda store: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(StoreFault, match="as it was before"):
        put()
    assert total(store) == 40
    monkeypatch.undo()
    assert put().exit_status == 0
    assert total(store) == 44
    assert len(list((store / "rows").iterdir())) == 1
    assert not list(store.glob(".new-*"))


def test_what_a_killed_load_left_behind_is_cleared_away(put, given, store):
    (store / ".new-dead").mkdir(parents=True)
    (store / ".new-dead" / "half.parquet").write_text("x")
    lay(given, JANUARY, rows("2024-01"))
    put()
    assert sorted(path.name for path in store.iterdir()) == [".lock", "counts-000001.npz", "register.json", "rows"]


def test_two_loads_at_once_do_not_mix(put, given, store):
    lay(given, JANUARY, rows("2024-01"))
    with held(store), pytest.raises(StoreFault, match="Another load"):
        put()


def test_invented_rows_never_enter_a_real_store(put, given, store):
    lay(given, JANUARY, rows("2024-01"))
    put()
    lay(given, "2024-02-north-wales", rows("2024-02", context=SYNTHETIC_LABEL))
    with pytest.raises(StoreFault, match="real rows"):
        put(kind="synthetic")
    assert months_loaded(folder=store) == (Month(2024, 1),)


def test_the_first_real_load_empties_an_invented_store_and_says_so(put, given, store):
    lay(given, "2018-04-north-wales", rows("2018-04", context=SYNTHETIC_LABEL))
    assert put(kind="synthetic").exit_status == 0
    assert read_store(store).kind == "synthetic"
    real = lay(given / "real", JANUARY, rows("2024-01", 9))
    would = as_text(put(real, is_dry_run=True))
    assert "invented rows. They would go" in would
    assert "They are gone" not in would
    report = put(real)
    assert report.has_emptied_synthetic
    assert "invented rows. They are gone" in as_text(report)
    assert (read_store(store).kind, total(store)) == ("real", 9)
    assert months_loaded(folder=store) == (Month(2024, 1),)
    assert not put(real).has_emptied_synthetic


def test_a_real_load_of_nothing_but_broken_files_empties_nothing(put, given, store):
    lay(given, "2018-04-north-wales", rows("2018-04", context=SYNTHETIC_LABEL))
    put(kind="synthetic")
    report = put(lay(given / "real", JANUARY, b""))
    assert report.exit_status == 2
    assert (read_store(store).kind, total(store)) == ("synthetic", 40)
    assert as_json(report)["kind"] == "synthetic"
    assert "The store now holds invented rows: 1 file, 2018-04 to 2018-04, 40 rows." in as_text(report)
    nowhere = put(given / "nowhere")
    assert "The store now holds invented rows" in as_text(nowhere)
    assert "real rows" not in as_text(nowhere)


def test_rows_without_the_mark_are_not_taken_for_invented(put, given):
    lay(given, JANUARY, rows("2024-01"))
    assert "not marked as invented" in put(kind="synthetic").of("refused")[0].reason


def test_folders_with_odd_names_are_no_wildcards(put, tmp_path, store):
    lay(tmp_path / "it's [my] * data?", JANUARY, rows("2024-01"))
    put(tmp_path / "it's [my] * data?")
    assert total(store) == 40


def test_many_files_are_read_in_several_statements(put, given, store, monkeypatch):
    monkeypatch.setattr("diogel.crime.intake.CHUNK", 6000)
    heard = []
    for month in range(1, 8):
        lay(given, f"2024-{month:02d}-north-wales", rows(f"2024-{month:02d}"), packed=month % 2 == 0)
    put(told=lambda done, of: heard.append((done, of)))
    assert total(store) == 280
    assert len(read_store(store).batches) > 2
    assert heard[-1] == (7, 7)
    put(lay(given / "again", "2024-03-north-wales", rows("2024-03", 50)))
    assert total(store) == 290
    with open_rows(read_store(store)) as connection:
        assert connection.execute("SELECT count(*), count(DISTINCT file) FROM rows").fetchone() == (290, 7)
