"""`pack quarter` as it is typed: what each exit status means, what goes to which stream, and that refusals are named."""

from __future__ import annotations

import json

import pytest

from diogel.cli import main
from diogel.home import remember
from diogel.published.tests.pictures import drawings
from diogel.publishing import packing
from diogel.publishing.tests.a_quarter import AQuarter, make_card, make_quarter

pytestmark = pytest.mark.slow

ASKED = ("pack", "quarter", "--partnership", "gwynedd-mon", "--quarter-ending", "2021-12")


@pytest.fixture
def quarter(cast, own_home, monkeypatch) -> AQuarter:
    """A quarter that is ready, on 17 January 2022; its charts have tests of their own."""
    remember(today="2022-01-17")
    monkeypatch.setattr(packing, "draw", lambda chart, language: drawings(language)["months"])
    return make_quarter(cast)


def files(folder) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_ready_quarter_is_packed_and_a_later_refusal_leaves_it(quarter, tmp_path, capsys):
    out = tmp_path / "pack"
    assert main([*ASKED, "--out", str(out)]) == 0
    told = capsys.readouterr()
    assert told.out == f"15 files written to {out}\n"
    assert told.err == ""
    whole = files(out)
    assert len(whole) == 15
    make_card(quarter.cast, quarter.look, type_="Robbery")
    assert main([*ASKED, "--out", str(out)]) == 1
    told = capsys.readouterr()
    assert "This unusual figure is not answered: Robbery: Gwynedd." in told.err
    assert "Nothing was written." in told.err
    assert told.out == ""
    assert files(out) == whole


@pytest.mark.parametrize("verb", [ASKED, ("pack", "annual"), ("assessment", "build")], ids=lambda verb: " ".join(verb[:2]))
@pytest.mark.parametrize("below", ["", "deeper/still"])
def test_a_file_where_the_folder_should_be_is_refused_in_a_sentence(tmp_path, capsys, verb, below):
    held = tmp_path / "pack"
    held.write_text("mine")
    with pytest.raises(SystemExit) as stopped:
        main([*verb, "--out", str(held / below)])
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert f"{held} is a file. What is built is several files: name a folder for them." in said
    assert "Traceback" not in said
    assert held.read_text() == "mine"


def test_json_names_what_refuses_it_in_both_languages(quarter, tmp_path, capsys):
    quarter.told.update.text_state = "stale_cy"
    quarter.told.update.save()
    assert main([*ASKED, "--out", str(tmp_path / "pack"), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["files"], told["leaks"]) == ([], [])
    (why,) = told["refused"]
    assert why["subject"] == "update 14 text"
    assert "The Welsh is stale" in why["en"]
    assert "Mae’r Gymraeg wedi dyddio" in why["cy"]
    assert not (tmp_path / "pack").exists()


def test_a_draft_is_written_though_something_waits(quarter, tmp_path, capsys):
    make_card(quarter.cast, quarter.look, type_="Robbery")
    assert main([*ASKED, "--out", str(tmp_path / "pack"), "--draft"]) == 0
    assert "Draft: do not quote" in (tmp_path / "pack" / "public" / "quarterly.en.html").read_text()


def test_what_came_of_it_is_told_as_json(quarter, tmp_path, capsys):
    out = tmp_path / "pack"
    assert main([*ASKED, "--out", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["folder"] == str(out)
    assert "public/certificate.json" in told["files"]
    assert (told["refused"], told["leaks"]) == ([], [])


def test_a_find_is_named_with_its_key_and_a_release_lets_it_pass(quarter, tmp_path, capsys):
    quarter.told.update.text_cy = quarter.told.update.text_en = "Bryn Dychmygol."
    quarter.told.update.save()
    assert main([*ASKED, "--out", str(tmp_path / "pack"), "--json"]) == 1
    leaks = json.loads(capsys.readouterr().out)["leaks"]
    assert {leak["kind"] for leak in leaks} == {"name"}
    by, reason = {"cy": "cydlynydd", "en": "co-ordinator"}, {"cy": "enw tŷ", "en": "the name of a house"}
    (tmp_path / "releases.json").write_text(json.dumps([{"key": leak["key"], "by": by, "reason": reason} for leak in leaks]))
    assert main([*ASKED, "--out", str(tmp_path / "pack"), "--releases", str(tmp_path / "releases.json")]) == 0
    certificate = json.loads((tmp_path / "pack" / "public" / "certificate.json").read_text())
    assert {each["reason"]["cy"] for each in certificate["released"]} == {"enw tŷ"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--quarter-ending", "2021-11"), "No quarter ends in 2021-11."),
        (("--quarter-ending", "December"), "'December' is not a month. Write it as 2021-04."),
        (("--partnership", "powys"), "There is no partnership 'powys' in this home. Those there are: gwynedd-mon, wrexham."),
        (("--releases", "/nowhere.json"), "/nowhere.json does not hold releases"),
    ],
)
def test_wrong_words_cost_exit_status_2_and_nothing_is_done(quarter, tmp_path, capsys, wrong, said):
    assert main([*ASKED, "--out", str(tmp_path / "pack"), *wrong]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "pack").exists()


def test_a_release_without_a_reason_in_both_languages_is_no_release(quarter, tmp_path, capsys):
    held = [{"key": "x", "by": {"cy": "cydlynydd", "en": "co-ordinator"}, "reason": {"cy": "", "en": "a house"}}]
    (tmp_path / "releases.json").write_text(json.dumps(held))
    assert main([*ASKED, "--out", str(tmp_path / "pack"), "--releases", str(tmp_path / "releases.json")]) == 2
    assert "a reason, in Welsh and in English" in capsys.readouterr().err


def test_a_release_that_names_somebody_is_refused_for_the_certificate_is_public(quarter, tmp_path, capsys):
    held = [{"key": "x", "by": {"cy": "cydlynydd", "en": "co-ordinator"}, "reason": {"cy": "tŷ Bryn Dychmygol", "en": "a house"}}]
    (tmp_path / "releases.json").write_text(json.dumps(held))
    assert main([*ASKED, "--out", str(tmp_path / "pack"), "--releases", str(tmp_path / "releases.json")]) == 2
    assert "names somebody on file" in capsys.readouterr().err


def test_a_partnership_with_nothing_but_its_name_still_gets_a_pack(cast, own_home, tmp_path):
    remember(today="2022-01-17")
    asked = ("pack", "quarter", "--partnership", "wrexham", "--quarter-ending", "2021-12")
    assert main([*asked, "--out", str(tmp_path / "pack")]) == 0
    page = (tmp_path / "pack" / "public" / "quarterly.en.html").read_text()
    assert "No plan was in force in this quarter." in page
    assert "No files of recorded crime are loaded. That is no data, not zero." in page
    assert "Dim data yw hynny, nid sero." in (tmp_path / "pack" / "internal" / "quarterly.cy.html").read_text()


@pytest.mark.usefixtures("db", "own_home")
def test_real_files_of_wrexham_say_that_their_history_is_short(shared_data, tmp_path, capsys):
    assert main(["example", "load", "wrexham"]) == 0
    assert main(["crime", "load", str(shared_data / "police-uk")]) == 0
    asked = ("pack", "quarter", "--partnership", "wrexham", "--quarter-ending", "2025-03", "--draft")
    assert main([*asked, "--out", str(tmp_path / "pack")]) == 0
    for name in ("public/quarterly.en.html", "internal/quarterly.en.html"):
        page = (tmp_path / "pack" / name).read_text()
        assert "The history is short:" in page
        assert "Months without a file, which are no data and not zero:" in page
        assert "No plan was in force in this quarter." in page
        assert "ynthetic" not in page
    assert "Byr yw’r hanes" in (tmp_path / "pack" / "public" / "quarterly.cy.html").read_text()
