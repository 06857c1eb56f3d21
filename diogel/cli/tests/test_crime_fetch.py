"""The verb fetches, loads and reports; its exit status tells all, part and nothing apart."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from diogel.cli import main
from diogel.crime import counting
from diogel.crime.downloading import Manners
from diogel.crime.store import read_store
from diogel.crime.tests.archive_server import archive, serve

SPAN = ["--force", "north-wales", "--from", "2021-04", "--to", "2021-05"]


@pytest.fixture
def site():
    server, listening = serve()
    yield server
    server.ended.set()
    listening.shutdown()
    listening.server_close()


@pytest.fixture
def run(site, own_home, capsys):
    """Run the verb against the server; answers exit status, what it printed, and what it complained of."""

    def once(*words: str, span: list[str] = SPAN) -> tuple[int, str, str]:
        status = main(["crime", "fetch", *span, "--from-address", site.address, *words])
        return status, *capsys.readouterr()

    return once


def test_the_months_are_fetched_and_loaded_and_the_archive_is_gone(site, run, own_home):
    site.put("2021-05", archive(["2021-04", "2021-05"]))
    status, out, err = run()
    assert (status, err) == (0, "")
    assert "2021-05.zip: 0.0 MB." in out
    assert "Read 2 files with 4 rows." in out
    assert counting.counts(areas=["W06000002"], by=["month"]) == [{"month": "2021-04", "count": 2}, {"month": "2021-05", "count": 2}]
    assert read_store().kind == "real"
    assert list((own_home / "downloads").iterdir()) == []


def test_an_archive_that_is_kept_is_not_brought_twice(site, run, own_home):
    site.put("2021-05", archive(["2021-04", "2021-05"]))
    run("--keep")
    assert (own_home / "downloads" / "2021-05.zip").exists()
    status, out, _ = run("--keep")
    assert status == 0
    assert "unchanged since it was kept" in out
    assert site.answered == [200, 304]


def test_downloading_only_loads_nothing(site, run, tmp_path):
    site.put("2021-05", archive(["2021-04", "2021-05"]))
    status, out, _ = run("--download-only", "--into", str(tmp_path / "there"), "--json")
    told = json.loads(out)
    assert (status, told["load"], told["missing"]) == (0, None, [])
    assert told["files"] == ["2021-04-north-wales-street.csv", "2021-05-north-wales-street.csv"]
    assert (tmp_path / "there" / "2021-05.zip").exists()
    assert read_store().kind is None


def test_a_month_that_is_not_there_is_named_and_the_other_is_loaded(site, run):
    site.put("2021-05", archive(["2021-05"]))
    status, out, _ = run()
    assert status == 1
    assert "street files of north-wales for 2021-04" in out
    assert "Read 1 file" in out
    status, out, _ = run("--json")
    told = json.loads(out)
    assert (status, told["missing"], told["load"]["files"][0]["state"]) == (1, ["2021-04"], "unchanged")


def test_an_archive_that_is_not_there_is_named_and_the_other_is_loaded(site, run, monkeypatch):
    monkeypatch.setattr("diogel.crime.fetching.Manners", lambda: Manners(pause=0))
    site.put("2021-05", archive(["2021-05"]))
    status, out, _ = run("--json", span=["--force", "north-wales", "--from", "2018-05", "--to", "2021-05"])
    told = json.loads(out)
    assert status == 1
    assert [fault["name"] for fault in told["faults"]] == ["2018-05.zip"]
    assert told["load"]["store"]["files"] == 1


def test_where_the_newest_archive_is_not_published_yet_the_months_before_it_still_come(site, run, monkeypatch):
    monkeypatch.setattr("diogel.crime.fetching.Manners", lambda: Manners(pause=0))
    site.put("2021-04", archive(["2021-03", "2021-04"]))
    status, out, _ = run(span=["--force", "north-wales", "--from", "2021-03", "--to", "2021-05"])
    assert status == 1
    assert "Not fetched: 2021-05.zip." in out
    assert "The newest archive that could be had is 2021-04.zip." in out
    assert "street files of north-wales for 2021-05. Nothing is known" in out
    assert "Read 2 files with 4 rows." in out


def test_where_nothing_comes_nothing_is_done(site, run, monkeypatch):
    monkeypatch.setattr("diogel.crime.fetching.Manners", lambda: Manners(pause=0))
    status, out, _ = run()
    assert status == 2
    assert "Not fetched: 2021-05.zip." in out
    assert read_store().kind is None


def test_a_file_that_the_loader_refuses_is_named_and_the_other_is_loaded(site, run, own_home):
    content = io.BytesIO(archive(["2021-04"]))
    with zipfile.ZipFile(content, "a") as held:
        held.writestr("2021-05/2021-05-north-wales-street.csv", "<html><p>Back soon</p></html>\n")
    site.put("2021-05", content.getvalue())
    status, out, _ = run()
    assert status == 1
    assert "Refused: " in out
    assert "2021-05-north-wales-street.csv" in out
    assert counting.counts(by=["month"]) == [{"month": "2021-04", "count": 2}]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--force", "north-wales", "--from", "2021-05", "--to", "2021-04"], "2021-04 lies before 2021-05"),
        (["--force", "north-wales", "--from", "May", "--to", "2021-04"], "'May' is not a month"),
        (["--force", "../x", "--from", "2021-04", "--to", "2021-05"], "is not the name of a force"),
    ],
)
def test_wrong_usage_is_told_in_one_sentence_and_asks_nobody(site, run, words, said):
    status, out, err = run(span=words)
    assert (status, out) == (2, "")
    assert said in err
    assert site.asked == []


def test_the_address_is_a_setting(site, own_home, monkeypatch, capsys):
    monkeypatch.setenv("DIOGEL_POLICE_UK", site.address)
    site.put("2021-05", archive(["2021-04", "2021-05"]))
    assert main(["crime", "fetch", *SPAN, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["archives"][0]["address"] == f"{site.address}/data/archive/2021-05.zip"


def test_a_folder_that_cannot_be_written_is_said(site, run, tmp_path):
    (tmp_path / "file").write_text("")
    status, _, err = run("--into", str(tmp_path / "file" / "there"))
    assert status == 2
    assert "cannot be written" in err


@pytest.mark.slow
def test_the_first_real_months_empty_an_invented_store_and_say_so(site, run):
    main(["example", "crime", "--json"])
    site.put("2021-05", archive(["2021-04", "2021-05"]))
    status, out, _ = run()
    assert status == 0
    assert "The store held invented rows. They are gone" in out
    assert read_store().kind == "real"
