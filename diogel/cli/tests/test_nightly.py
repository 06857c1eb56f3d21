"""The verb that works things out by night, and the pages that show it, on a small invented store with one hot corner."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from datetime import date

import pytest

from diogel.analysis.periods import Month, months_from
from diogel.analysis.reading.police_uk import COLUMNS, SYNTHETIC_LABEL
from diogel.cli import main
from diogel.cli.nightly import last_quarter
from diogel.crime import hot_kept, hot_nightly
from diogel.crime.compare_groups import BadList, read_groups
from diogel.crime.hot_found import groups
from diogel.crime.loading import load
from diogel.home import remember
from diogel.people.models import Partnership
from diogel.places import codes

pytestmark = pytest.mark.slow

FIRST, LAST, AFTER = Month(2020, 1), Month(2021, 12), Month(2022, 1)
UNITS = codes.units_of("W06000001") + codes.units_of("W06000002")
HOT = UNITS[:4]
SPOTS, COMPARE = "/en/gwynedd-mon/desk/hot-spots/", "/en/gwynedd-mon/desk/compare/"
GROUPS = ["code", "name_cy", "name_en", "areas", "valid_from", "valid_to", "source"]


def place_of(at: int) -> tuple[str, str]:
    """Units on a chessboard of some three kilometres; the first ones lie together in a corner."""
    row, column = divmod(at, 11)
    return f"{-4.5 + 0.045 * column:.6f}", f"{52.7 + 0.027 * row:.6f}"


def file_of(folder, month: Month):
    path = folder / str(month) / f"{month}-north-wales-street.csv"
    path.parent.mkdir(parents=True)
    order = [HOT[0], HOT[1], *UNITS[4:13], HOT[2], HOT[3], *UNITS[13:]]  # two and two, one above the other
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(COLUMNS)
        everywhere = [*((unit, place_of(at)) for at, unit in enumerate(order))]
        everywhere += [(codes.units_of(one.code)[0], ("-3.200000", "53.200000")) for one in codes.AUTHORITIES if one.code > "W06000002"]
        for unit, place in everywhere:
            for n in range(12 if unit in HOT else 2):
                reference = hashlib.sha256(f"{unit} {month} {n}".encode()).hexdigest()
                where = (*place, "On or near Example Street", unit, codes.name_of(unit)[1])
                rows.writerow((reference, str(month), *["North Wales Police"] * 2, *where, "Burglary", "", SYNTHETIC_LABEL))
    return path


@pytest.fixture(scope="session")
def corner(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corner")
    load(
        [file_of(folder / "given", month) for month in months_from(FIRST, AFTER)],
        today=date(2022, 1, 17),
        kind="synthetic",
        folder=folder / "crime",
    )
    return folder / "crime"


@pytest.fixture
def home(cast, own_home, corner):
    own_home.mkdir(parents=True)
    remember(today="2022-01-17")
    shutil.copytree(corner, own_home / "crime")
    return own_home


@pytest.fixture
def ann(cast, client):
    client.force_login(cast.ann)
    return client


def test_the_hot_corner_is_found_and_told_once_and_again(home, ann, capsys, django_assert_max_num_queries):
    assert main(["nightly", "--only", "hot-spots", "compare", "--partnership", "gwynedd-mon", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["done"]
    assert [each["state"] for each in told] == ["worked_out", "worked_out"]
    folder = hot_kept.current("hot-spots/gwynedd-mon")
    found = hot_nightly.kept_spots(folder, "all-crime")
    assert set(HOT) & {line.code for line in found.called("hot")}
    assert found.months[-1] == "2021-12", "the month that is not over is no part of it"
    assert next(line for line in found.areas if line.code == HOT[0]).lasting == "persistent"
    assert found.rows == sum(line.count for line in found.areas) == 12 * (4 * 12 + 2 * (len(UNITS) - 4))
    with django_assert_max_num_queries(12):
        page = ann.get(SPOTS).content.decode()
    assert "of 112 areas" in page
    assert "Synthetic figures" in page
    assert page.count("<tr data-area=") == len(UNITS)
    assert "Outlines are not loaded" in page
    with django_assert_max_num_queries(12):
        beside = ann.get(COMPARE).content.decode()
    assert "per 1,000 people in the year to December 2021" in beside
    assert "Synthetic figures" in beside
    outlines = ann.get(f"{SPOTS}outlines.json").json()
    assert {each["properties"]["code"] for each in outlines["features"]} == set(UNITS)
    assert main(["nightly", "--only", "hot-spots", "compare", "--partnership", "gwynedd-mon", "--json"]) == 0
    assert {each["state"] for each in json.loads(capsys.readouterr().out)["done"]} == {"unchanged"}
    assert hot_kept.current("hot-spots/gwynedd-mon") == folder


def test_the_next_quarter_is_worked_out_once_for_each_partnership(home, capsys):
    assert main(["nightly", "--only", "outlook", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["done"]
    assert [(each["what"], each["state"]) for each in told] == [("outlook", "worked_out")] * len(told)
    assert {each["partnership"] for each in told} >= {"gwynedd-mon", "wrexham"}
    assert main(["nightly", "--only", "outlook", "--partnership", "wrexham", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["done"][0]["state"] == "unchanged"
    assert main(["nightly", "--only", "outlook", "--partnership", "wrexham", "--again", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["done"][0]["state"] == "worked_out"


def test_the_same_rows_give_the_same_calls(home):
    partnership = Partnership.objects.get(slug="gwynedd-mon")
    seen = []
    for _night in range(2):
        hot_nightly.work_out(partnership, again=True)
        folder = hot_kept.current("hot-spots/gwynedd-mon")
        seen.append([(folder / f"{one.code}.json").read_text() for one in groups()])
    assert seen[0] == seen[1]


def test_what_is_broken_off_leaves_what_stood(home, monkeypatch):
    partnership = Partnership.objects.get(slug="gwynedd-mon")
    hot_nightly.work_out(partnership)
    before = hot_kept.current("hot-spots/gwynedd-mon")

    def stop(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(hot_kept.os, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        hot_nightly.work_out(partnership, again=True)
    assert hot_kept.current("hot-spots/gwynedd-mon") == before
    assert (before / "about.json").exists()
    monkeypatch.undo()


def test_an_empty_home_says_what_to_do_and_the_verb_names_why(cast, own_home, ann, capsys):
    own_home.mkdir(parents=True)
    for address in (SPOTS, COMPARE):
        page = ann.get(address)
        assert page.status_code == 200
        assert "diogel nightly" in page.content.decode()
    assert ann.get(f"{SPOTS}outlines.json").json()["features"] == []
    assert main(["nightly", "--partnership", "gwynedd-mon"]) == 2
    assert "No crime data are loaded yet" in capsys.readouterr().out
    assert main(["nightly", "--partnership", "nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_part_of_the_work_may_fail_and_the_rest_is_done(home, capsys):
    (home / "area-groups.csv").write_text("not,a,list\n")
    assert main(["nightly", "--only", "hot-spots", "compare", "--partnership", "gwynedd-mon"]) == 1
    assert "area-groups.csv has the columns" in capsys.readouterr().out
    assert hot_kept.current("hot-spots/gwynedd-mon")


def test_an_unknown_choice_is_refused_in_words(home, ann):
    main(["nightly", "--only", "hot-spots", "compare", "--partnership", "gwynedd-mon"])
    for address in (f"{SPOTS}?group=none", f"{SPOTS}?map=../../secret", f"{COMPARE}?area=W06000006", f"{COMPARE}?group=x"):
        answer = ann.get(address)
        assert answer.status_code == 422
        assert "Choose one of those that are listed" in answer.content.decode()


def test_people_of_another_partnership_find_nothing(home, cast, client):
    client.force_login(cast.dai)
    for address in (SPOTS, COMPARE, f"{SPOTS}outlines.json"):
        assert client.get(address).status_code == 404
    client.logout()
    assert client.get(SPOTS).status_code == 302


def test_rows_loaded_since_are_told(home, ann):
    main(["nightly", "--only", "hot-spots", "--partnership", "gwynedd-mon"])
    words = "Rows have been loaded since"
    assert words not in ann.get(SPOTS).content.decode()
    register = home / "crime" / "register.json"
    told = json.loads(register.read_text())
    register.write_text(json.dumps(told | {"number": told["number"] + 1}))
    assert words in ann.get(SPOTS).content.decode()


def test_the_last_quarter_is_one_of_which_every_month_is_loaded(home):
    assert str(last_quarter(today=AFTER)) == "2021-12"
    assert str(last_quarter(today=Month(2021, 12))) == "2021-09"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("a,A,A,W06000001,2020-01,,x", "two areas"),
        ("a,A,A,W06000001;W06000002,soon,,x", "line 2"),
        ("a,,A,W06000001;W06000002,2020-01,,x", "name_cy is empty"),
        ("../a,A,A,W06000001;W06000002,2020-01,,x", "no code"),
        ("a,A,A,W06000001;W06000002,2020-01,,x\na,A,A,W06000001;W06000003,2021-01,,x", "twice"),
        ("north-wales,A,A,W06000001;W06000002,2020-01,,x", "twice"),
    ],
)
def test_a_list_of_areas_that_cannot_be_used_is_refused(line, why):
    with pytest.raises(BadList, match=why):
        read_groups(",".join(GROUPS) + "\n" + line)


def test_a_list_of_areas_is_compared_by_itself(home, ann):
    listed = "similar,Tebyg,Most similar,W06000001;W06000006;W99999999,2020-01,,Home Office 2020"
    (home / "area-groups.csv").write_text(",".join(GROUPS) + "\n" + listed + "\n")
    assert main(["nightly", "--only", "compare"]) == 0
    page = ann.get(f"{COMPARE}?beside=similar").content.decode()
    assert "W99999999" in page
    assert "Wrexham" in page
    assert "Flintshire" not in page
