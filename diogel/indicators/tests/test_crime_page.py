"""The page of recorded crime on a small store with a missing month, a partial one, and every kind of question."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import date

import pytest

from diogel.analysis.periods import Month, months_from
from diogel.indicators import views_crime
from diogel.indicators.crime_asked import Asked, Place
from diogel.indicators.crime_found import found
from diogel.indicators.models import Card, Context, Look
from diogel.people.tests.cast import bilingual

from .small_store import GWYNEDD, MON, lay_store

WHERE = "/en/gwynedd-mon/desk/figures/crime/"
FIRST, LAST = Month(2019, 11), Month(2021, 12)
PARTIAL, MISSING, AFTER = Month(2021, 2), Month(2021, 5), Month(2022, 1)
ASB = "Anti-social behaviour"
LEVELS = {("Burglary", GWYNEDD): 30, ("Burglary", MON): 12, (ASB, GWYNEDD): 40, (ASB, MON): 8, ("Robbery", GWYNEDD): 1}


def counts() -> dict[tuple[str, str, Month], int]:
    made = {}
    for (type_, area), level in LEVELS.items():
        for month in months_from(FIRST, AFTER):
            made[area, type_, month] = level // 10 if month == PARTIAL else level
    made[GWYNEDD, "Burglary", Month(2021, 11)] = 60
    made[GWYNEDD, "Robbery", Month(2021, 11)] = 0
    return made


@pytest.fixture(scope="session")
def stores(tmp_path_factory):
    """One synthetic and one real store, loaded once."""
    folder = tmp_path_factory.mktemp("stores")
    months = [month for month in months_from(FIRST, AFTER) if month != MISSING]
    for kind in ("synthetic", "real"):
        lay_store(folder / kind / "crime", counts(), months=months, kind=kind)
    return folder


@pytest.fixture
def store(stores, own_home, monkeypatch):
    """Puts a store of a kind into the test's own home; it is 17 January 2022 there."""

    def put(kind: str = "real") -> None:
        shutil.copytree(stores / kind / "crime", own_home / "crime")
        (stores / "drawings").mkdir(exist_ok=True)
        (own_home / "drawings").symlink_to(stores / "drawings")  # drawn once for all tests
        monkeypatch.setattr(views_crime, "today", lambda: date(2022, 1, 17))

    return put


@pytest.fixture
def ann(cast, client):
    client.force_login(cast.ann)
    return client


def rows_of(answer) -> list[dict[str, str]]:
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO("".join(line for line in text.splitlines(True) if not line.startswith(("#", '"#'))))))


def test_without_a_store_the_page_says_what_to_do(ann, own_home):
    answer = ann.get(WHERE)
    assert answer.status_code == 200
    assert "diogel crime load" in answer.content.decode()


def test_a_store_that_cannot_be_read_is_told_so(ann, own_home):
    (own_home / "crime").mkdir(parents=True)
    (own_home / "crime" / "register.json").write_text("not a register")
    assert "cannot be read just now" in ann.get(WHERE).content.decode()


def test_a_partnership_of_places_nobody_counts_has_an_empty_page(ann, cast, store):
    store()
    cast.gwynedd_mon.areas.clear()
    assert "No recorded crime has been loaded yet" in ann.get(WHERE).content.decode()


def test_months_after_today_are_not_shown(ann, store):
    store()
    asked = ann.get(WHERE).context["asked"]
    assert (asked.first, asked.last) == (FIRST, LAST)


def test_a_missing_month_and_a_partial_one_are_gaps_and_never_zeros(ann, store):
    store()
    answer = ann.get(WHERE, {"area": GWYNEDD, "type": "Burglary"})
    series = dict(zip(answer.context["asked"].months, answer.context["found"].main, strict=True))
    assert (series[PARTIAL], series[MISSING]) == (None, None)
    assert series[Month(2021, 11)] == 60
    page = answer.content.decode()
    assert "No file for: May 2021. That is no data, not zero" in page
    assert "so not counted: February 2021" in page
    assert "no data" in answer.context["figure"]["wide"]
    assert answer.context["figure"]["label"].endswith("Months without data: February 2021, May 2021.")


def test_a_month_with_none_is_zero_and_no_gap(ann, store):
    store()
    answer = ann.get(WHERE, {"area": GWYNEDD, "type": "Robbery"})
    series = dict(zip(answer.context["asked"].months, answer.context["found"].main, strict=True))
    assert series[Month(2021, 11)] == 0


def test_incidents_are_never_added_to_crimes(ann, store):
    store()
    answer = ann.get(WHERE, {"area": GWYNEDD})
    series = dict(zip(answer.context["asked"].months, answer.context["found"].main, strict=True))
    assert series[Month(2021, 10)] == 31
    assert "never added to crime" in answer.content.decode()
    only = ann.get(WHERE, {"area": GWYNEDD, "type": ASB})
    assert only.context["found"].main[0] == 40
    assert "never added" not in only.content.decode()


def test_the_year_is_compared_in_the_same_months_of_both_years(store):
    store()
    place = Place(GWYNEDD, "Gwynedd", "Gwynedd")
    year = found(Asked((place,), ("Burglary", "Robbery"), Month(2021, 7), LAST)).year
    assert len(year.months) == 10
    assert not {PARTIAL, MISSING} & set(year.months)
    burglary = year.by_type["Burglary"]
    assert (burglary.now, burglary.before) == (330, 300)
    assert burglary.percent == pytest.approx(10.0)
    assert burglary.per_thousand == pytest.approx(330 * 1000 / year.residents.number)
    robbery = year.by_type["Robbery"]
    assert (robbery.now, robbery.before, robbery.percent, robbery.per_thousand) == (9, 10, None, None)
    assert year.added.now == 339


def test_a_handful_is_told_in_words_and_has_no_rate(ann, store):
    store()
    page = ann.get(WHERE, {"area": GWYNEDD, "type": ["Burglary", "Robbery"]}).content.decode()
    assert "from 10 to 9" in page
    assert "too few for a rate" in page
    assert "+10%" in page
    assert "Census 2021" in page


def test_on_a_phone_the_year_is_read_a_type_at_a_time_and_nothing_is_cut_off(ann, store):
    store()
    page = ann.get(WHERE, {"area": GWYNEDD, "type": ["Burglary", "Robbery"]}).content.decode()
    stacked = page.partition("dg-table--stack")[2].partition("</table>")[0]
    assert 'data-head="Latest year"' in stacked
    assert stacked.count("<td") == stacked.count("data-head")


def test_a_year_of_four_known_months_is_not_compared_and_the_page_says_why(ann, store):
    store()
    answer = ann.get(WHERE, {"area": GWYNEDD, "to": "2020-02"})
    assert answer.context["year_table"] is None
    page = answer.content.decode()
    assert "Too few months of the year to February 2020 have data" in page
    assert "Rates are of residents" not in page


def test_areas_stand_side_by_side_each_by_its_own_residents(ann, store):
    store()
    answer = ann.get(WHERE, {"type": "Burglary"})
    rows = {row[0]: row[1] for row in answer.context["place_table"]["rows"]}
    assert rows == {"Isle of Anglesey": 120, "Gwynedd": 330}
    assert ann.get(WHERE, {"area": MON, "type": "Burglary"}).context["place_table"] is None


@pytest.mark.parametrize(
    ("asked", "field", "sentence"),
    [
        ({"area": "W06000006"}, "area", "Choose an area of this partnership"),
        ({"type": "Piracy"}, "type", "Choose from the types that are listed"),
        ({"from": "2021-13"}, "from", "Enter a month as year and month"),
        ({"from": "2016-01"}, "from", "Figures can be shown from November 2019 to December 2021"),
        ({"to": "2022-01"}, "to", "Figures can be shown from"),
        ({"from": "2021-06", "to": "2021-01"}, "to", "The last month lies before the first"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_is_refused_at_its_field(ann, store, asked, field, sentence):
    store()
    answer = ann.get(WHERE, asked | {"format": "csv"})
    assert answer.status_code == 422
    assert sentence in str(answer.context["form"].errors[field])
    assert answer["Content-Type"].startswith("text/html")


def test_dai_sees_only_his_own_area(cast, client, store):
    store()
    client.force_login(cast.dai)
    assert client.get(WHERE).status_code == 404
    theirs = "/en/wrexham/desk/figures/crime/"
    assert client.get(theirs, {"area": GWYNEDD}).status_code == 422
    assert [place.code for place in client.get(theirs).context["asked"].places] == ["W06000006"]


def test_the_csv_holds_every_month_in_both_languages(ann, store):
    store()
    answer = ann.get(WHERE, {"area": GWYNEDD, "type": ["Burglary", "Robbery"], "from": "2021-01", "to": "2021-12", "format": "csv"})
    assert answer["Content-Disposition"] == 'attachment; filename="crime-gwynedd-mon-2021-01-2021-12.csv"'
    rows = rows_of(answer)
    assert len(rows) == 12 * 2
    told = {(row["month"], row["type"]): (row["count"], row["state"], row["state_cy"]) for row in rows}
    assert told["2021-11", "Burglary"] == ("60", "counted", told["2021-01", "Burglary"][2])
    assert told["2021-11", "Robbery"][:2] == ("0", "counted")
    assert told["2021-02", "Burglary"][:2] == ("", "partial")
    assert told["2021-05", "Burglary"] == ("", "no_data", "dim data")
    assert rows[0]["type_cy"] == "Byrgleriaeth"
    head = [line for line in answer.content.decode("utf-8-sig").splitlines() if line.startswith(("#", '"#'))]
    assert any("loaded on 17 January 2022" in line for line in head)
    assert any("Open Government Licence" in line for line in head)
    assert any("Gwynedd a Môn" in line for line in head)
    assert any("Gwynedd and Anglesey" in line for line in head)


def test_a_file_of_an_example_says_that_it_is_one(ann, cast, store):
    store("synthetic")
    assert "Example data" not in ann.get(WHERE, {"format": "csv"}).content.decode()
    type(cast.gwynedd_mon).objects.filter(pk=cast.gwynedd_mon.pk).update(is_example=True)
    text = ann.get(WHERE, {"format": "csv"}).content.decode()
    assert "# Example data; not a statement by these bodies" in text
    assert "# Data enghreifftiol; nid datganiad gan y cyrff hyn" in text


def test_an_invented_store_says_so_everywhere(ann, store):
    store("synthetic")
    answer = ann.get(WHERE)
    page = answer.content.decode()
    assert "Synthetic figures, made up by a program" in page
    assert "Synthetic" in answer.context["figure"]["source"]
    assert page.count(answer.context["source"]) >= 5
    assert "North Wales Police" not in page.split("<main")[1]
    file = ann.get(WHERE, {"format": "csv"})
    assert "synthetic-crime" in file["Content-Disposition"]
    lines = file.content.decode("utf-8-sig").splitlines()
    assert sum("Synthetic figures, made up by a program" in line for line in lines) == 1
    assert lines[1].startswith("#") or lines[1].startswith('"#')


def test_a_real_store_names_its_source_and_nothing_invented(ann, store):
    store()
    page = ann.get(WHERE).content.decode().split("<main")[1]
    assert "Recorded by North Wales Police" in page
    assert "ynthetic" not in page


def test_events_stand_beside_the_figures_they_may_have_moved(ann, cast, store):
    store()

    def event(code: str, *, types=(), areas=(), on=date(2021, 6, 1)) -> None:
        row = Context.objects.create(
            partnership=cast.gwynedd_mon, code=code, kind="event", from_on=on, types=list(types), **bilingual(code, code, "title", "source")
        )
        row.areas.set(areas)

    event("everywhere")
    event("before", on=date(2018, 3, 1))
    event("only-robbery", types=["Robbery"])
    event("only-anglesey", areas=[cast.anglesey])
    event("later", on=date(2022, 3, 1))
    answer = ann.get(WHERE, {"area": GWYNEDD, "type": "Burglary"})
    assert [(each["row"].code, each["mark"]) for each in answer.context["events"]] == [("before", ""), ("everywhere", "1")]
    assert ">1</text>" in answer.context["figure"]["wide"]


def test_an_unusual_figure_among_these_leads_to_its_card(ann, cast, store):
    store()
    look = Look.objects.create(partnership=cast.gwynedd_mon, quarter="2021-12", looked_at=3, by_chance=0.1, rate=0.05,
                               made_at="2022-01-10T10:00:00Z", store="x")  # fmt: skip
    card = Card.objects.create(look=look, area=cast.gwynedd, crime_type="Burglary", finding={})
    address = f"/en/gwynedd-mon/desk/unusual/{card.pk}/"
    assert address in ann.get(WHERE, {"area": GWYNEDD}).content.decode()
    assert address not in ann.get(WHERE, {"area": MON}).content.decode()
    assert address not in ann.get(WHERE, {"area": GWYNEDD, "to": "2021-11"}).content.decode()


def test_a_page_that_was_drawn_before_is_drawn_no_more(ann, store, monkeypatch, django_assert_max_num_queries):
    store()
    cold = ann.get(WHERE).content.decode()

    def refuse(*_args):
        raise AssertionError("drawn again")

    monkeypatch.setattr("diogel.published.drawing.draw_svg", refuse)
    with django_assert_max_num_queries(12):
        warm = ann.get(WHERE).content.decode()
    assert warm.count("<svg") == cold.count("<svg") > 14


def test_a_damaged_drawing_is_drawn_anew(ann, store, own_home):
    store()
    (own_home / "drawings").unlink()
    whole = ann.get(WHERE, {"type": "Burglary"}).context["figure"]["wide"]
    for path in (own_home / "drawings").glob("*/*.json"):
        path.write_text("{")
    assert ann.get(WHERE, {"type": "Burglary"}).context["figure"]["wide"] == whole


def test_the_heat_table_shades_a_row_by_its_own_average_and_a_handful_not_at_all(ann, store):
    store()
    heat = ann.get(WHERE, {"area": GWYNEDD}).context["heat"]
    rows = dict(heat.rows)
    assert heat.is_average
    assert len(heat.columns) == 12
    november = heat.columns.index("Nov")
    assert rows["Burglary"][november].shade == 4
    assert rows["Burglary"][0].shade < 2
    assert {cell.shade for cell in rows["Robbery"]} == {None}
    short = ann.get(WHERE, {"area": GWYNEDD, "from": "2021-01"}).context["heat"]
    assert not short.is_average
    assert dict(short.rows)["Burglary"][4].text == ""
