"""What can be taken away is what the pages hold."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client

from diogel.public.data_tables import OF_KIND, flat
from diogel.public.shelf import PLAN

from .told import pair, plan, tell, tell_all

pytestmark = pytest.mark.django_db
ROOT = "/en/gwynedd-mon/open-data/plan/2021-22/v1/"


def rows(client: Client, table: str) -> list[dict[str, str]]:
    answer = client.get(f"{ROOT}{table}.csv")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_json_is_the_snapshot_as_it_was_frozen(client):
    tell_all()
    told = client.get(f"{ROOT}plan.json").json()
    assert told["format"] == "diogel-plan/1"
    assert told["version"] == 1
    assert {name: told[name] for name in plan()} == plan()


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_json_is_the_same_from_either_language(client, language):
    tell_all()
    assert client.get(ROOT.replace("/en/", f"/{language}/") + "plan.json").content == client.get(f"{ROOT}plan.json").content


def test_the_actions_of_the_csv_are_those_of_the_page(client):
    tell_all()
    told = rows(client, "actions")
    page = client.get("/en/gwynedd-mon/plan/").content.decode()
    assert [row["number"] for row in told] == ["1", "2"]
    for row in told:
        assert row["title_en"] in page
        assert row["bodies_en"] == "North Wales Police"
    assert told[0]["told_text_cy"] == "Cynhaliwyd sesiynau."
    assert told[0]["parts_en"] == "1a Part"
    assert told[1]["carried_times"] == "2"


def test_withheld_and_missing_are_words_in_the_csv(client):
    tell_all()
    states = {row["figure_code"]: (row["figure_state"], row["figure_value"]) for row in rows(client, "indicators")}
    assert states["G6a"] == ("final", "79")
    assert states["G6b"] == ("withheld", "")
    assert states["G6c"] == ("missing", "")
    assert states["G6d"] == ("final", "0")


def test_every_table_comes_out_with_a_line_for_each_row(client):
    tell_all()
    for table in OF_KIND[PLAN]:
        expected = sum(len(row["figures"]) for row in plan()["indicators"]) if table == "indicators" else len(plan()[table])
        assert len(rows(client, table)) == expected


@pytest.mark.parametrize("address", ["people.csv", "sections.csv", "../v2/plan.json"])
def test_there_is_no_other_table(client, address):
    tell_all()
    assert client.get(ROOT + address).status_code == 404


def test_an_export_of_an_example_says_so(client):
    tell_all(is_example=True)
    assert client.get(f"{ROOT}plan.json").json()["notice"]["en"] == "Example data; not a statement by these bodies"
    assert {row["notice_cy"] for row in rows(client, "actions")} == {"Data enghreifftiol; nid datganiad gan y cyrff hyn"}


def test_text_that_a_spreadsheet_would_run_is_marked_as_text():
    assert flat({"title": pair("=1+1", "@SUM(A1)"), "value": -3}) == {"title_cy": "'=1+1", "title_en": "'@SUM(A1)", "value": -3}


@pytest.mark.parametrize("text", ["  =x", "\n=x", "\tx", "\r@x", "\uff1dx", "+x", "-x", "\n"])
def test_what_a_spreadsheet_passes_over_does_not_hide_a_formula(text):
    assert flat({"title": pair(text, "5 - 3 = 2")}) == {"title_cy": f"'{text}", "title_en": "5 - 3 = 2"}


def test_open_data_lists_only_tables_that_hold_something(client):
    tell_all()
    tell("plan", "2020-21", plan(code="2020-21", actions=[], outcomes=[]))
    page = client.get("/en/gwynedd-mon/open-data/").content.decode()
    assert "2021-22/v1/actions.csv" in page
    assert "2020-21/v1/actions.csv" not in page
    assert "2020-21/v1/objectives.csv" in page
