"""Pages of measures as a browser asks for them: refusals as often as successes."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from diogel.audit.models import Entry
from diogel.indicators.models import Context, Indicator, Measure, Observation, Wave
from diogel.people.access import Role
from diogel.people.tests.cast import bilingual, hold

from .figures_cast import make_figure, make_indicator, make_measure, make_wave, typed

WHERE = "/en/gwynedd-mon/desk/figures/"
DEFINING = ["measure/new/", "measure/G6/correct/", "measure/G6/indicator/new/", "survey/new/"]
RECORDING = ["measure/G6/figure/new/"]
PAGES = ["", "crime/", "context/", "measure/G6/", "survey/2016-17/"]


@pytest.fixture
def g6(cast):
    measure = make_measure(cast.gwynedd_mon)
    make_indicator(measure)
    make_wave(cast.gwynedd_mon)
    return measure


@pytest.fixture
def ann(cast, client):
    client.force_login(cast.ann)
    return client


@pytest.mark.parametrize("page", [*PAGES, *DEFINING, *RECORDING, "context/new/"])
def test_a_stranger_is_asked_to_sign_in(g6, client, page):
    answer = client.get(WHERE + page)
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


@pytest.mark.parametrize("page", [*PAGES, *DEFINING, *RECORDING, "context/new/"])
def test_dai_of_the_next_partnership_finds_nothing(g6, cast, client, page):
    client.force_login(cast.dai)
    assert client.get(WHERE + page).status_code == 404


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["cy", "en"])
def test_carys_sees_every_page_in_both_languages(g6, cast, client, page, language):
    make_figure(g6, value=63)
    client.force_login(cast.carys)
    answer = client.get(f"/{language}/gwynedd-mon/desk/figures/{page}")
    assert answer.status_code == 200
    assert "/correct/" not in answer.content.decode()


@pytest.mark.parametrize("page", [*DEFINING, *RECORDING, "context/new/"])
@pytest.mark.parametrize("who", ["bryn", "carys"])
def test_who_may_only_read_is_told_so(g6, cast, client, page, who):
    client.force_login(getattr(cast, who))
    assert client.get(WHERE + page).status_code == 403


def test_a_priority_lead_records_figures_and_defines_none(g6, cast, client):
    hold(cast.bryn, cast.gwynedd_mon, Role.PRIORITY_LEAD)
    client.force_login(cast.bryn)
    assert client.get(WHERE + "measure/G6/figure/new/").status_code == 200
    assert client.get(WHERE + "measure/G6/correct/").status_code == 403


def test_a_measure_of_another_partnership_is_not_there(g6, cast, client):
    theirs = make_measure(cast.wrexham, "P2c")
    figure = make_figure(theirs, value=1)
    event = Context.objects.create(
        partnership=cast.wrexham, code="x", kind="event", from_on=date(2021, 1, 1), **bilingual("Gŵyl", "Festival", "title", "source")
    )
    client.force_login(cast.ann)
    for page in ("measure/P2c/", "measure/P2c/correct/", f"figure/{figure.pk}/correct/", f"figure/{figure.pk}/withdraw/",
                 f"context/{event.pk}/correct/"):  # fmt: skip
        assert client.get(WHERE + page).status_code == 404


def test_ann_adds_a_measure_reports_it_and_records_a_figure(cast, ann):
    words = {"title_cy": "Hyfforddiant", "title_en": "Training", "definition_cy": "Pobl", "definition_en": "People",
             "source_cy": "Cofnodion", "source_en": "Records"}  # fmt: skip
    answer = ann.post(WHERE + "measure/new/", words | {"code": "G1", "unit": "count", "both_checked": "on"})
    assert answer["Location"] == WHERE + "measure/G1/"
    measure = Measure.objects.get(code="G1")
    assert measure.title_state == "checked"
    told = {
        "title_cy": "Staff",
        "title_en": "Staff",
        "code": "G1",
        "direction": "increase",
        "accountability": "shared",
        "better": "up",
        "order": "1",
    }
    assert ann.post(WHERE + "measure/G1/indicator/new/", told).status_code == 302
    assert Indicator.objects.get(measure=measure).better == "up"
    assert ann.post(WHERE + "measure/G1/figure/new/", typed(value="1,262")).status_code == 302
    assert Observation.objects.get(measure=measure).value == 1262
    assert "Training: 1,262, October to December 2021" in ann.get(WHERE + "measure/G1/").content.decode()
    assert Entry.objects.filter(deed="created", by=cast.ann.reference).count() == 3


def test_a_code_is_not_given_twice(g6, ann):
    words = {f"{name}_{half}": "x" for name in ("title", "definition", "source") for half in ("cy", "en")}
    answer = ann.post(WHERE + "measure/new/", words | {"code": "G6", "unit": "count"})
    assert answer.status_code == 422
    assert "There is already a measure of this code" in answer.content.decode()


def test_a_withdrawn_measure_leaves_the_list_and_can_be_brought_back(g6, ann):
    assert "G6" in ann.get(WHERE).content.decode()
    ann.post(WHERE + "measure/G6/withdraw/", {"seen": "1", "reason": "no longer asked for"})
    assert 'measure/G6/"' not in ann.get(WHERE).content.decode()
    ann.post(WHERE + "measure/G6/withdraw/", {"seen": "2"})
    assert 'measure/G6/"' in ann.get(WHERE).content.decode()


def test_a_correction_keeps_the_earlier_figure_one_click_away(g6, ann):
    row = make_figure(g6, value=60)
    address = f"{WHERE}figure/{row.pk}/correct/"
    assert ann.post(address, typed(value="63", seen="1")).status_code == 302
    assert ann.post(address, typed(value="65", seen="2")).status_code == 302
    row.refresh_from_db()
    assert [was["value"] for was in row.was] == ["63", "60"]
    page = ann.get(WHERE + "measure/G6/").content.decode()
    assert "<sup>c</sup>" in page
    assert page.index("<summary>corrected") < page.index("<p>63 ·") < page.index("<p>60 ·")


def test_what_is_saved_unchanged_is_no_correction(g6, ann):
    row = make_figure(g6, value=60, state="provisional")
    ann.post(f"{WHERE}figure/{row.pk}/correct/", typed(value="60", seen="1", state="final", note_en="Checked with the source"))
    row.refresh_from_db()
    assert (row.state, row.was) == ("final", [])


def test_a_figure_that_came_late_is_not_called_corrected(g6, ann):
    row = make_figure(g6, state="missing", reason_en="Asked for, not come")
    ann.post(f"{WHERE}figure/{row.pk}/correct/", typed(value="60", seen="1"))
    page = ann.get(WHERE + "measure/G6/").content.decode()
    assert "<sup>c</sup>" not in page
    assert "<p>no data ·" in page


def test_a_stale_save_shows_both_figures_and_only_what_differs(g6, ann):
    row = make_figure(g6, value=60)
    ann.post(f"{WHERE}figure/{row.pk}/correct/", typed(value="63", seen="1"))
    answer = ann.post(f"{WHERE}figure/{row.pk}/correct/", typed(value="70", seen="1"))
    assert answer.status_code == 409
    differing = answer.context["differing"]
    assert [(each["theirs"], each["yours"]) for each in differing] == [("63", "70")]
    row.refresh_from_db()
    assert row.value == 63


@pytest.mark.parametrize(
    ("unit", "given", "field", "sentence"),
    [
        ("count", {"value": "some"}, "value", "Enter a whole number, such as 0 or 34"),
        ("count", {"value": "3,5"}, "value", "Enter a whole number, such as 0 or 34"),
        ("count", {"value": "3.5"}, "value", "Enter a whole number, such as 0 or 34"),
        ("count", {"value": "-1"}, "value", "Enter a number of 0 or more"),
        ("count", {}, "value", "if nobody counted, mark the figure as missing"),
        ("count", {"state": "missing"}, "reason_cy", "Say why there is no figure"),
        ("count", {"state": "missing", "value": "0", "reason_en": "why"}, "value", "Missing means that there is no figure"),
        ("ratio", {"numerator": "36", "denominator": "34"}, "numerator", "36 were counted but only 34 in all. Check both figures, or tell us why below"),
        ("ratio", {"numerator": "36"}, "denominator", "Enter the whole as well"),
        ("percent", {"value": "101"}, "value", "A share lies between 0 and 100"),
        ("percent", {}, "numerator", "Enter the part and the whole"),
        ("yes_no", {}, "value", "Choose yes or no"),
        ("narrative", {}, "text_cy", "Say in words what happened"),
    ],
)  # fmt: skip
def test_a_figure_that_contradicts_itself_is_refused_at_its_field(g6, ann, unit, given, field, sentence):
    Measure.objects.filter(pk=g6.pk).update(unit=unit)
    answer = ann.post(WHERE + "measure/G6/figure/new/", typed(**given))
    assert answer.status_code == 422
    assert sentence in str(answer.context["form"].errors[field])
    assert not Observation.objects.exists()


def test_a_part_over_its_whole_is_taken_where_a_note_tells_why(g6, ann):
    Measure.objects.filter(pk=g6.pk).update(unit="ratio")
    given = typed(numerator="36", denominator="34", note_en="Two began in the quarter before")
    assert ann.post(WHERE + "measure/G6/figure/new/", given).status_code == 302


def test_the_same_days_are_not_recorded_twice(g6, ann):
    make_figure(g6, value=60)
    answer = ann.post(WHERE + "measure/G6/figure/new/", typed(value="61"))
    assert answer.status_code == 422
    assert "There is already a figure for these days" in str(answer.context["form"].errors["from_on"])


def test_zero_missing_and_late_look_different(g6, cast, ann, monkeypatch):
    monkeypatch.setattr("diogel.indicators.views.today", lambda: date(2022, 1, 17))
    make_figure(g6, value=0)
    empty, late = make_measure(cast.gwynedd_mon, "G7"), make_measure(cast.gwynedd_mon, "G8")
    make_figure(empty, state="missing", reason_cy="Ni ddaeth", reason_en="It has not come")
    for first, last, value in ((date(2021, 4, 1), date(2021, 6, 30), 5), (date(2021, 7, 1), date(2021, 9, 30), 6)):
        Observation.objects.create(measure=late, from_on=first, to_on=last, value=value)
    page = ann.get(WHERE).content.decode()
    rows = {code: page.split(f"<b>{code}</b>")[1].split("</tr>")[0] for code in ("G6", "G7", "G8")}
    assert re.search(r">0</span>\s*</td>", rows["G6"])
    assert "dg-missing" not in rows["G6"]
    assert "dg-missing" in rows["G7"]
    assert "It has not come" in rows["G7"]
    assert "3 days late" in rows["G8"]
    assert "dg-missing" not in rows["G8"]


def test_a_contributory_indicator_gets_no_arrow(cast, ann):
    ours, theirs = make_measure(cast.gwynedd_mon, "A"), make_measure(cast.gwynedd_mon, "B")
    make_indicator(ours)
    make_indicator(theirs, accountability="contributory")
    for measure in (ours, theirs):
        make_figure(measure, "2020-10", value=50)
        make_figure(measure, "2021-10", value=63)
    page = ann.get(WHERE + "measure/A/").content.decode()
    assert "From 50 to 63 in a year, 26% more" in page
    assert 'class="dg-say"' in page
    assert "Higher than a year before, and more is better" in page
    page = ann.get(WHERE + "measure/B/").content.decode()
    assert "From 50 to 63 in a year" in page
    assert 'class="dg-say"' not in page
    assert "dg-mark--" not in page.split("<main")[1]


def test_a_handful_gets_no_percentage_and_no_arrow(g6, ann):
    make_figure(g6, "2020-10", value=4)
    make_figure(g6, "2021-10", value=7)
    page = ann.get(WHERE + "measure/G6/").content.decode().split("<main")[1]
    assert "From 4 to 7 in a year" in page
    assert "%" not in page.split("<aside>")[0]
    assert 'class="dg-say"' not in page


def test_a_share_stands_with_its_part_and_whole_and_under_thirty_without_a_percentage(cast, ann):
    measure = make_measure(cast.gwynedd_mon, "G1", unit="percent")
    make_figure(measure, "2021-10", numerator=262, denominator=640)
    make_figure(measure, "2021-07", numerator=19, denominator=28)
    page = ann.get(WHERE + "measure/G1/").content.decode()
    assert "41% (262 of 640)" in page
    assert "19 of 28<" in page


def test_a_survey_tells_who_answered_and_claims_no_margin(cast, ann):
    wave = make_wave(cast.gwynedd_mon)
    days = {"from_on": date(2016, 11, 1), "to_on": date(2017, 3, 31), "wave": wave}
    question = bilingual("Faint o ofn?", "How much fear?", "definition")
    for code, value in (("higher", 45), ("average", 45), ("lower", 11)):
        measure = make_measure(cast.gwynedd_mon, f"survey-{code}", unit="percent", **question, **bilingual(code, code, "title"))
        Observation.objects.create(measure=measure, value=value, base_state="not_published", **days)
    page = ann.get(WHERE + "survey/2016-17/").content.decode()
    assert "1,284 people answered" in page
    assert "people who chose to respond" in page
    assert "there is no margin of error" in page
    assert page.count("base not published") == 3
    assert "The shares add up to 101 because each was rounded" in page
    assert "±" not in page


def test_a_share_of_fewer_than_ten_answers_is_withheld(cast, ann):
    wave = make_wave(cast.gwynedd_mon, sampling="probability")
    measure = make_measure(cast.gwynedd_mon, "survey-few", unit="percent")
    Observation.objects.create(
        measure=measure, wave=wave, from_on=date(2016, 11, 1), to_on=date(2017, 3, 31), value=50, base=8, base_state="given"
    )
    for page in ("survey/2016-17/", "measure/survey-few/"):
        text = ann.get(WHERE + page).content.decode()
        assert "dg-withheld" in text
        assert "50%" not in text
    assert "margin of error" not in ann.get(WHERE + "survey/2016-17/").content.decode()


def test_ann_adds_a_round_of_a_survey_and_corrects_it(cast, ann):
    told = {"title_cy": "Arolwg", "title_en": "Survey", "modes_cy": "Ar-lein", "modes_en": "Online", "code": "2022", "responses": "80",
            "sampling": "self_selected", "first_month": "2022-03", "last_month": "2022-01"}  # fmt: skip
    assert ann.post(WHERE + "survey/new/", told).status_code == 422
    assert ann.post(WHERE + "survey/new/", told | {"last_month": "2022-13"}).status_code == 422
    assert ann.post(WHERE + "survey/new/", told | {"last_month": "2022-04"})["Location"] == WHERE + "survey/2022/"
    page = ann.get(WHERE + "survey/2022/correct/")
    seen = page.context["form"]["seen"].value()
    ann.post(WHERE + "survey/2022/correct/", told | {"last_month": "2022-05", "seen": seen})
    assert Wave.objects.get(code="2022").last_month == "2022-05"


def test_ann_adds_corrects_and_withdraws_a_dated_event(cast, ann):
    told = {"title_cy": "Cyfnod clo", "title_en": "Lockdown", "source_cy": "Rheoliadau", "source_en": "Regulations", "kind": "policy",
            "from_on_day": "23", "from_on_month": "3", "from_on_year": "2020", "types": ["Burglary", "Robbery"],
            "areas": [str(cast.gwynedd.pk)]}  # fmt: skip
    assert ann.post(WHERE + "context/new/", told)["Location"] == WHERE + "context/"
    assert ann.post(WHERE + "context/new/", told).status_code == 302
    first, second = Context.objects.order_by("pk")
    assert (first.code, second.code) == ("lockdown", "lockdown-2")
    assert first.types == ["Burglary", "Robbery"]
    assert "Burglary, Robbery" in ann.get(WHERE + "context/").content.decode()
    wrong = told | {"to_on_day": "1", "to_on_month": "1", "to_on_year": "2020", "seen": "1"}
    assert ann.post(f"{WHERE}context/{first.pk}/correct/", wrong).status_code == 422
    assert ann.post(f"{WHERE}context/{first.pk}/correct/", told | {"types": ["Drugs"], "seen": "1"}).status_code == 302
    assert ann.post(f"{WHERE}context/{first.pk}/correct/", told | {"seen": "1"}).status_code == 409
    ann.post(f"{WHERE}context/{second.pk}/withdraw/", {"seen": "1"})
    assert len(ann.get(WHERE + "context/").context["rows"]) == 1


def test_a_list_of_sixty_measures_is_read_in_few_queries(cast, ann, django_assert_max_num_queries):
    for number in range(60):
        measure = make_measure(cast.gwynedd_mon, f"M{number}", body=cast.police)
        make_indicator(measure)
        for quarter in ("2020-10", "2021-07", "2021-10"):
            make_figure(measure, quarter, value=number)
    with django_assert_max_num_queries(12):
        page = ann.get(WHERE)
    assert len(page.context["indicators"]) == 60
    with django_assert_max_num_queries(12):
        ann.get(WHERE + "measure/M7/")


def test_an_indicator_of_several_figures_shows_each_below_it(cast, ann):
    whole, part = make_measure(cast.gwynedd_mon, "G3"), make_measure(cast.gwynedd_mon, "G3a")
    make_measure(cast.gwynedd_mon, "G31")
    make_indicator(whole)
    make_figure(part, state="missing", reason_en="Asked for, not come")
    page = ann.get(WHERE)
    assert [[each.measure.code for each in line.parts] for line in page.context["indicators"]] == [["G3a"]]
    assert [line.measure.code for line in page.context["measures"]] == ["G31"]
    assert page.context["owing"] == 1
    assert "measure/G3a/" in ann.get(WHERE + "measure/G3/").content.decode()


def test_what_has_come_to_a_rest_owes_nothing(g6, ann, monkeypatch):
    monkeypatch.setattr("diogel.indicators.views.today", lambda: date(2024, 1, 17))
    make_figure(g6, "2021-07", value=5)
    make_figure(g6, "2021-10", value=6)
    page = ann.get(WHERE)
    assert page.context["owing"] == 0
    assert "Nothing has come since" in page.content.decode()


def test_three_quarters_in_a_row_are_drawn_and_a_gap_is_named(g6, ann):
    make_figure(g6, "2020-10", value=63)
    make_figure(g6, "2021-07", value=71)
    page = ann.get(WHERE + "measure/G6/")
    assert page.context["figure"] is None
    make_figure(g6, "2021-10", value=86)
    page = ann.get(WHERE + "measure/G6/")
    figure = page.context["figure"]
    assert "no data" in figure["wide"]
    assert figure["wide"] != figure["narrow"]
    assert figure["label"] == "Hate crime reports. Lowest 63, highest 86, latest 86. Periods without a figure: 2."


def test_the_loader_is_held_to_the_same_rules(g6, cast):
    from django.core.exceptions import ValidationError

    from diogel.people.access import Installation
    from diogel.people.writing import write

    row = Observation(measure=g6, from_on=date(2021, 1, 1), to_on=date(2021, 3, 31))
    with pytest.raises(ValidationError, match="Say why there is no figure"):
        write(row, by=Installation(), state="missing")
    assert write(row, by=Installation(), state="final", value=Decimal(0)).pk


def test_a_round_that_is_withdrawn_takes_its_figures_along_and_brings_them_back(cast, ann):
    wave = make_wave(cast.gwynedd_mon)
    measure = make_measure(cast.gwynedd_mon, "survey-1", unit="percent")
    make_indicator(measure)
    row = Observation.objects.create(measure=measure, wave=wave, from_on=date(2016, 11, 1), to_on=date(2017, 3, 31), value=77)
    assert "survey/2016-17/withdraw/" in ann.get(WHERE + "survey/2016-17/correct/").content.decode()
    ann.post(WHERE + "survey/2016-17/withdraw/", {"seen": "1"})
    assert "Safety survey" not in ann.get(WHERE).content.decode()
    assert "77%" not in ann.get(WHERE + "measure/survey-1/").content.decode()
    assert not Observation.objects.standing().filter(pk=row.pk).exists()
    ann.post(WHERE + "survey/2016-17/withdraw/", {"seen": "2"})
    assert "Safety survey" in ann.get(WHERE).content.decode()
    assert "77%" in ann.get(WHERE + "measure/survey-1/").content.decode()
    row.refresh_from_db()
    assert (row.version, row.withdrawn_on) == (1, None)


def test_who_may_not_define_measures_withdraws_no_round(cast, client, g6):
    for who in (cast.bryn, cast.carys):
        client.force_login(who)
        assert client.post(WHERE + "survey/2016-17/withdraw/", {"seen": "1"}).status_code == 403
    client.force_login(cast.dai)
    assert client.post(WHERE + "survey/2016-17/withdraw/", {"seen": "1"}).status_code == 404
    assert Wave.objects.get().withdrawn_on is None
