"""Fetching is resumable, polite and checked: shown against a server that stalls, truncates, errs and changes its mind."""

from __future__ import annotations

import json
import time
import zipfile
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from diogel.analysis.periods import Month
from diogel.crime.downloading import USER_AGENT, Manners, Unfetched, download
from diogel.crime.fetching import archives_for, fetch, street_files
from diogel.crime.tests.archive_server import archive, serve, street_file

QUICK = Manners(tries=4, stall=0.3, back_off=0.01, pause=0.02, longest_wait=5)
MAY = Month(2021, 5)


@pytest.fixture
def site():
    server, listening = serve()
    yield server
    server.ended.set()
    listening.shutdown()
    listening.server_close()


@pytest.fixture
def naps():
    return []


@pytest.fixture
def bring(site, tmp_path, naps):
    """Download the archive of 2021-05 into an empty folder; naps are noted instead of taken."""

    def once(month: str = "2021-05", **changes) -> object:
        options = {"manners": QUICK, "sleep": naps.append} | changes
        return download(f"{site.address}/data/archive/{month}.zip", tmp_path / f"{month}.zip", **options)

    return once


def left_over(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_archive_comes_whole_with_one_request_that_names_us(site, bring):
    site.put("2021-05", archive(["2021-05"]))
    had = bring()
    assert had.path.read_bytes() == site.files["/data/archive/2021-05.zip"]
    assert (had.size, had.resumed_at, had.is_unchanged) == (had.path.stat().st_size, 0, False)
    [(path, headers)] = site.asked
    assert path == "/data/archive/2021-05.zip"
    assert headers["User-Agent"] == USER_AGENT
    assert USER_AGENT.startswith("Diogel/")
    assert "Range" not in headers


def test_a_truncated_download_goes_on_where_it_stopped(site, bring, naps):
    site.put("2021-05", archive(["2021-05"], padding=400_000))
    site.moods = ["truncate"]
    had = bring()
    whole = site.files["/data/archive/2021-05.zip"]
    assert had.path.read_bytes() == whole
    assert had.resumed_at == len(whole) // 2
    assert site.answered == [200, 206]
    assert site.asked[1][1]["Range"] == f"bytes={len(whole) // 2}-"
    assert site.asked[1][1]["If-Range"] == '"one"'
    assert naps == [QUICK.back_off]


def test_a_later_run_goes_on_where_an_earlier_one_gave_up(site, bring, tmp_path):
    site.put("2021-05", archive(["2021-05"], padding=400_000))
    site.moods = ["truncate"]
    with pytest.raises(Unfetched, match="goes on where it stopped"):
        bring(manners=Manners(tries=1))
    assert left_over(tmp_path) == ["2021-05.zip.note", "2021-05.zip.part"]
    assert bring().resumed_at > 0


def test_a_run_that_ended_between_the_last_byte_and_the_check_asks_for_nothing(site, bring, tmp_path):
    site.put("2021-05", archive(["2021-05"]))
    bring()
    (tmp_path / "2021-05.zip").rename(tmp_path / "2021-05.zip.part")
    had = bring()
    assert len(site.asked) == 1
    assert zipfile.is_zipfile(had.path)


@pytest.mark.parametrize("mood", ["stall", "silent"])
def test_a_stalled_line_is_given_up_and_tried_again(site, bring, mood):
    site.put("2021-05", archive(["2021-05"], padding=400_000))
    site.moods = [mood]
    began = time.monotonic()
    assert bring().path.exists()
    assert 0.25 < time.monotonic() - began < 3
    assert len(site.asked) == 2


def test_a_line_that_only_drips_is_given_up_too(site, bring):
    site.put("2021-05", archive(["2021-05"], padding=4_000))
    site.moods = ["drip"]
    began = time.monotonic()
    assert bring().resumed_at > 0
    assert time.monotonic() - began < 3


def test_a_server_that_is_busy_is_left_alone_for_as_long_as_it_asks(site, bring, naps):
    site.put("2021-05", archive(["2021-05"]))
    site.moods = ["status|503|Retry-After=2", "status|429|Retry-After=1"]
    bring()
    assert naps == [2, 1]


def test_a_date_in_retry_after_is_understood(site, bring, naps):
    site.put("2021-05", archive(["2021-05"]))
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=4), usegmt=True)
    site.moods = [f"status|503|Retry-After={soon}"]
    bring()
    assert 2 < naps[0] <= 4


def test_a_server_that_asks_for_a_long_wait_is_not_tried_again(site, bring, naps):
    site.moods = ["status|503|Retry-After=3600"]
    with pytest.raises(Unfetched, match="asks to wait 3600 seconds"):
        bring()
    assert len(site.asked) == 1
    assert naps == []


def test_tries_are_bounded_and_back_off_doubles(site, bring, naps):
    site.moods = ["status|500"] * 9
    with pytest.raises(Unfetched, match=r"could not be had in 4 tries\. The last failure: the server answered 500"):
        bring()
    assert len(site.asked) == 4
    assert naps == [0.01, 0.02, 0.04]


def test_a_server_that_ignores_ranges_is_read_from_the_start(site, bring):
    site.put("2021-05", archive(["2021-05"], padding=400_000))
    site.moods = ["truncate", "ignore range"]
    had = bring()
    assert had.path.read_bytes() == site.files["/data/archive/2021-05.zip"]
    assert had.resumed_at == 0
    assert site.answered == [200, 200]


def test_a_server_that_sends_another_stretch_than_asked_for_is_not_believed(site, bring):
    site.put("2021-05", archive(["2021-05"], padding=400_000))
    site.moods = ["truncate", "wrong range"]
    had = bring()
    assert had.path.read_bytes() == site.files["/data/archive/2021-05.zip"]
    assert site.answered == [200, 206, 200]


def test_without_a_tag_or_a_date_a_part_is_not_gone_on_from(site, bring):
    site.put("2021-05", archive(["2021-05"], padding=400_000))
    site.moods = ["no validator"]
    had = bring()
    assert had.path.read_bytes() == site.files["/data/archive/2021-05.zip"]
    assert "Range" not in site.asked[1][1]


def test_a_file_that_changes_between_tries_is_never_mixed(site, bring, tmp_path):
    site.put("2021-05", archive(["2021-05"], padding=400_000))
    site.moods = ["truncate"]
    with pytest.raises(Unfetched):
        bring(manners=Manners(tries=1))
    site.put("2021-05", archive(["2021-04", "2021-05"], padding=500_000), etag='"two"')
    had = bring()
    assert had.path.read_bytes() == site.files["/data/archive/2021-05.zip"]
    assert (had.resumed_at, site.answered) == (0, [200, 200])
    assert json.loads((tmp_path / "2021-05.zip.note").read_text())["etag"] == '"two"'


def test_a_part_longer_than_the_file_is_dropped(site, bring, tmp_path):
    site.put("2021-05", archive(["2021-05"], padding=400_000))
    site.moods = ["truncate"]
    with pytest.raises(Unfetched):
        bring(manners=Manners(tries=1))
    with (tmp_path / "2021-05.zip.part").open("ab") as part:
        part.write(b"x" * 900_000)
    assert bring().path.read_bytes() == site.files["/data/archive/2021-05.zip"]
    assert site.answered == [200, 416, 200]


def test_an_archive_that_is_kept_is_brought_again_only_if_it_changed(site, bring):
    site.put("2021-05", archive(["2021-05"]))
    assert not bring().is_unchanged
    assert bring().is_unchanged
    site.put("2021-05", archive(["2021-04", "2021-05"]), etag='"two"')
    had = bring()
    assert not had.is_unchanged
    assert had.path.read_bytes() == site.files["/data/archive/2021-05.zip"]
    assert site.answered == [200, 304, 200]


@pytest.mark.parametrize("mood", ["html", "html in disguise"])
def test_a_web_page_instead_of_an_archive_is_refused_at_once(site, bring, tmp_path, mood):
    site.put("2021-05", archive(["2021-05"]))
    site.moods = [mood]
    with pytest.raises(Unfetched, match="web page"):
        bring()
    assert len(site.asked) == 1
    assert left_over(tmp_path) == []


def test_an_answer_without_a_length_is_refused(site, bring):
    site.put("2021-05", archive(["2021-05"]))
    site.moods = ["no length"]
    with pytest.raises(Unfetched, match="does not say how long it is"):
        bring()


def test_a_file_that_is_no_zip_is_tried_again_and_then_refused(site, bring, tmp_path):
    site.put("2021-05", b"PK\x03\x04" + b"nonsense" * 400)
    with pytest.raises(Unfetched, match="not a whole zip archive"):
        bring()
    assert len(site.asked) == QUICK.tries
    assert left_over(tmp_path) == []


def test_a_month_that_is_not_there_is_refused_at_once(site, bring):
    with pytest.raises(Unfetched, match="refused with 404"):
        bring("2030-01")
    assert len(site.asked) == 1


def test_a_full_disk_is_said_before_the_first_byte(site, bring, monkeypatch, tmp_path):
    site.put("2021-05", archive(["2021-05"]))
    monkeypatch.setattr("diogel.crime.downloading.shutil.disk_usage", lambda _: type("Usage", (), {"free": 10}))
    with pytest.raises(Unfetched, match="has no room for"):
        bring()
    assert left_over(tmp_path) == []


def test_a_redirect_on_the_same_host_is_followed(site, bring):
    site.put("2021-05", archive(["2021-05"]))
    site.moods = ["status|302|Location=/data/archive/2021-05.zip"]
    assert bring().path.exists()


def test_a_redirect_to_another_host_is_not_followed_unless_that_host_was_named(site, bring):
    elsewhere, listening = serve()
    try:
        elsewhere.put("2021-05", archive(["2021-05"]))
        onward = f"status|302|Location={elsewhere.address}/data/archive/2021-05.zip"
        site.moods = [onward]
        with pytest.raises(Unfetched, match="hands on to another host"):
            bring()
        assert elsewhere.asked == []
        site.moods = [onward]
        assert bring(others=frozenset({elsewhere.address.removeprefix("http://")})).path.exists()
    finally:
        listening.shutdown()
        listening.server_close()


def test_a_circle_of_redirects_ends(site, bring):
    site.moods = ["status|302|Location=/data/archive/2021-05.zip"] * 20
    with pytest.raises(Unfetched, match="without an end"):
        bring()
    assert len(site.asked) == 5


def test_a_host_that_does_not_answer_is_said(tmp_path):
    with pytest.raises(Unfetched, match=r"127\.0\.0\.1 could not be reached"):
        download("http://127.0.0.1:9/x.zip", tmp_path / "x.zip", manners=QUICK, sleep=lambda _: None)


def test_no_proxy_of_the_environment_is_asked(site, bring, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    site.put("2021-05", archive(["2021-05"]))
    assert bring().path.exists()


@pytest.mark.parametrize(
    ("first", "last", "asked"),
    [
        ("2021-05", "2021-05", [("2021-05", "2021-05", "2021-05")]),
        ("2018-06", "2021-05", [("2021-05", "2018-06", "2021-05")]),
        ("2018-05", "2021-05", [("2018-05", "2018-05", "2018-05"), ("2021-05", "2018-06", "2021-05")]),
        ("2011-02", "2012-03", [("2013-12", "2011-02", "2012-03")]),
        ("2011-02", "2016-12", [("2013-12", "2011-02", "2013-12"), ("2016-12", "2014-01", "2016-12")]),
    ],
)
def test_the_fewest_archives_that_cover_the_months_are_asked_for(first, last, asked):
    found = archives_for(Month.parse(first), Month.parse(last))
    assert [(str(one.month), str(one.wanted[0]), str(one.wanted[-1])) for one in found] == asked


def test_months_the_wrong_way_round_are_refused():
    with pytest.raises(ValueError, match="2021-04 lies before 2021-05"):
        archives_for(MAY, Month(2021, 4))


def get(site, tmp_path, **changes):
    options = {"force": "north-wales", "first": Month(2021, 4), "last": MAY, "address": site.address, "manners": QUICK}
    return fetch(archives=tmp_path / "archives", rows=tmp_path / "rows", **(options | changes))


def test_only_the_street_files_of_the_force_and_months_are_taken_out(site, tmp_path):
    site.put("2021-05", archive(["2021-03", "2021-04", "2021-05"]))
    got = get(site, tmp_path)
    laid = sorted(str(path.relative_to(tmp_path / "rows")) for path in (tmp_path / "rows").rglob("*") if path.is_file())
    assert laid == ["2021-04/2021-04-north-wales-street.csv", "2021-05/2021-05-north-wales-street.csv"]
    assert [str(path.relative_to(tmp_path / "rows")) for path in got.files] == laid
    assert got.files[0].read_text(encoding="utf-8") == street_file("2021-04")
    assert (got.missing, got.faults) == ((), ())


def test_a_long_span_is_brought_one_archive_at_a_time_with_a_pause_and_progress(site, tmp_path, naps):
    site.put("2018-05", archive(["2018-05"]))
    site.put("2021-05", archive(["2018-06", "2021-05"]))
    heard = []
    got = get(
        site, tmp_path, first=Month(2018, 5), sleep=naps.append, told=lambda one, held, size: heard.append((str(one.month), held, size))
    )
    assert [download.path.name for download in got.downloads] == ["2018-05.zip", "2021-05.zip"]
    assert naps == [QUICK.pause]
    assert heard[-1] == ("2021-05", got.downloads[1].size, got.downloads[1].size)
    assert len(got.files) == 3
    assert len(got.missing) == 34


def test_an_archive_that_cannot_be_had_is_named_and_the_others_still_come(site, tmp_path):
    site.put("2021-05", archive(["2021-05"]))
    got = get(site, tmp_path, first=Month(2018, 5))
    assert [path.name for path in got.files] == ["2021-05-north-wales-street.csv"]
    assert [fault.name for fault in got.faults] == ["2018-05.zip"]
    assert "404" in got.faults[0].reason


@pytest.mark.parametrize("mood", [None, "html"])
def test_where_the_newest_archive_is_not_there_the_one_before_it_is_taken(site, tmp_path, naps, mood):
    site.put("2021-03", archive(["2021-01", "2021-02", "2021-03"]))
    if mood:
        site.put("2021-05", archive(["2021-05"]))
        site.moods = [mood]
    got = get(site, tmp_path, first=Month(2021, 1), sleep=naps.append)
    assert [path.rsplit("/", 1)[-1] for path, _ in site.asked] == ["2021-05.zip", "2021-04.zip", "2021-03.zip"]
    assert [path.name[:7] for path in got.files] == ["2021-01", "2021-02", "2021-03"]
    assert [fault.name for fault in got.faults] == ["2021-05.zip", "2021-04.zip"]
    assert (got.instead, got.missing) == ("2021-03.zip", (Month(2021, 4), MAY))
    assert naps == [QUICK.pause, QUICK.pause]


def test_no_archive_is_asked_for_further_back_than_the_months_that_come_out_late(site, tmp_path):
    site.put("2020-12", archive(["2020-12"]))
    got = get(site, tmp_path, first=Month(2020, 1))
    assert [fault.name for fault in got.faults] == [f"2021-{month:02d}.zip" for month in (5, 4, 3, 2, 1)]
    assert (got.files, got.instead) == ((), "")


def test_an_archive_that_breaks_off_is_worth_asking_for_again_and_none_is_taken_in_its_place(site, tmp_path):
    site.put("2021-05", archive(["2021-05"], padding=400_000))
    site.put("2021-04", archive(["2021-04"]))
    site.moods = ["truncate"]
    got = get(site, tmp_path, manners=Manners(tries=1))
    assert [fault.code for fault in got.faults] == ["too_many_tries"]
    assert (got.files, got.instead) == ((), "")


def test_before_the_oldest_archive_there_is_none_to_fall_back_on(site, tmp_path):
    got = get(site, tmp_path, first=Month(2013, 1), last=Month(2013, 12))
    assert [fault.name for fault in got.faults] == ["2013-12.zip"]


def test_a_month_or_force_that_an_archive_does_not_hold_is_named(site, tmp_path):
    site.put("2021-05", archive(["2021-05"], forces=("cheshire",)))
    got = get(site, tmp_path)
    assert (got.files, got.missing) == ((), (Month(2021, 4), MAY))


def test_a_member_that_is_damaged_is_refused_by_name_and_its_archive_forgotten(site, tmp_path):
    whole = bytearray(archive(["2021-04", "2021-05"], forces=("north-wales",)))
    name = b"2021-04/2021-04-north-wales-street.csv"
    whole[whole.index(name) + len(name) + 20] ^= 0xFF
    site.put("2021-05", bytes(whole))
    got = get(site, tmp_path)
    assert [path.name for path in got.files] == ["2021-05-north-wales-street.csv"]
    assert [fault.name for fault in got.faults] == ["2021-05.zip: 2021-04-north-wales-street.csv"]
    assert left_over(tmp_path / "archives") == []
    assert not (tmp_path / "rows/2021-04/2021-04-north-wales-street.csv").exists()


def test_a_member_cannot_choose_where_it_is_written(tmp_path):
    with zipfile.ZipFile(tmp_path / "2021-05.zip", "w") as held:
        held.writestr("../../../2021-05-north-wales-street.csv", street_file("2021-05"))
    got = street_files(tmp_path / "2021-05.zip", force="north-wales", months=[MAY], into=tmp_path / "rows")
    assert got.files == (tmp_path / "rows/2021-05/2021-05-north-wales-street.csv",)


def test_a_member_that_claims_to_be_enormous_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("diogel.crime.fetching.LARGEST_MEMBER", 50)
    (tmp_path / "2021-05.zip").write_bytes(archive(["2021-05"]))
    got = street_files(tmp_path / "2021-05.zip", force="north-wales", months=[MAY], into=tmp_path / "rows")
    assert "far more than a month" in got.faults[0].reason


@pytest.mark.parametrize("force", ["../etc", "North Wales", "", "north-wales-"])
def test_a_force_that_cannot_be_one_is_refused(site, tmp_path, force):
    with pytest.raises(ValueError, match="is not the name of a force"):
        get(site, tmp_path, force=force)


@pytest.mark.parametrize("address", ["data.police.uk", "ftp://data.police.uk", "http://", "http://host:port", "https://a?b"])
def test_an_address_that_cannot_be_one_is_refused(site, tmp_path, address):
    with pytest.raises(ValueError, match="is not an address to fetch from"):
        get(site, tmp_path, address=address)


def test_a_fetch_follows_a_site_to_the_store_it_is_known_to_use(site, tmp_path, monkeypatch):
    store, listening = serve()
    try:
        store.put("2021-05", archive(["2021-05"]))
        known = {site.address.removeprefix("http://"): frozenset({store.address.removeprefix("http://")})}
        monkeypatch.setattr("diogel.crime.fetching.HANDS_ON_TO", known)
        site.moods = [f"status|302|Location={store.address}/data/archive/2021-05.zip"]
        assert len(get(site, tmp_path).files) == 1
    finally:
        listening.shutdown()
        listening.server_close()
