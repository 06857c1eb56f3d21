"""Measures that police files count: one type, several together, incidents never among crimes, quarters with what is missing."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from diogel.analysis.periods import Month, months_from
from diogel.indicators.models import Measure, Observation
from diogel.indicators.recorded import recorded, rows_from_store, source_of
from diogel.people.access import Installation
from diogel.people.tests.cast import bilingual
from diogel.people.writing import write

from .figures_cast import make_figure, make_indicator, make_measure
from .small_store import GWYNEDD, copied, lay_store

TODAY = date(2022, 1, 17)
ASB = "Anti-social behaviour"
THEFTS = ["Burglary", "Robbery"]
MISSING = Month(2021, 5)
FIGURES = "/en/gwynedd-mon/desk/figures/"


def counts() -> dict[tuple[str, str, Month], int]:
    made = {}
    for month in months_from(Month(2020, 10), Month(2022, 1)):
        made |= {(GWYNEDD, "Burglary", month): 30, (GWYNEDD, "Robbery", month): 2, (GWYNEDD, ASB, month): 40}
    made[GWYNEDD, "Burglary", Month(2021, 11)] = 60
    return made


@pytest.fixture(scope="session")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("recorded") / "crime"
    lay_store(folder, counts(), months=[month for month in months_from(Month(2020, 10), Month(2022, 1)) if month != MISSING], kind="real")
    return folder


@pytest.fixture
def store(base, own_home, monkeypatch):
    copied(base)(own_home)
    monkeypatch.setattr("diogel.indicators.views.today", lambda: TODAY)


@pytest.fixture
def ann(cast, client):
    client.force_login(cast.ann)
    return client


def thefts(cast, **more) -> Measure:
    return make_measure(cast.gwynedd_mon, "P5d", **({"area": cast.gwynedd, "crime_types": THEFTS} | more))


def test_the_types_of_a_measure_are_counted_together(cast, store):
    measure = thefts(cast)
    found = recorded([measure], TODAY)[measure.pk]
    assert (found.count, found.before) == (3 * 32 + 30, 3 * 32)


def test_quarters_come_from_the_store_newest_first_with_their_rate(cast, store):
    rows = rows_from_store(thefts(cast), TODAY)
    assert [row.from_on.isoformat() for row in rows] == ["2021-10-01", "2021-07-01", "2021-04-01", "2021-01-01", "2020-10-01"]
    assert [row.value for row in rows] == [126, 96, None, 96, 96]
    assert (rows[0].note_en, rows[0].note_cy) == ("1.1 per 1,000 residents", "1.1 fesul 1,000 o breswylwyr")
    assert not Observation.objects.exists(), "what the store can be asked for is not kept a second time"


def test_a_quarter_without_all_its_months_is_missing_and_says_which(cast, store):
    row = rows_from_store(thefts(cast), TODAY)[2]
    assert row.state == "missing"
    assert (row.reason_en, row.reason_cy) == ("No whole file for: May 2021", "Dim ffeil gyfan am: Mai 2021")


def test_a_count_too_small_for_a_rate_gets_none(cast, store):
    assert rows_from_store(thefts(cast, crime_types=["Robbery"]), TODAY)[0].note_en == ""


def test_the_source_names_months_files_and_day(cast, store):
    measure = thefts(cast)
    told = source_of(measure, rows_from_store(measure, TODAY))
    assert "October 2020" in told
    assert "files: 14" in told
    with override("cy"):
        assert "Hydref 2020" in source_of(measure, rows_from_store(measure, TODAY))


def test_a_measure_without_area_or_types_is_not_counted(cast, store):
    assert rows_from_store(thefts(cast, area=None), TODAY) == []
    assert rows_from_store(make_measure(cast.gwynedd_mon, "X", area=cast.gwynedd), TODAY) == []


def test_without_a_store_there_is_nothing(cast, own_home):
    assert rows_from_store(thefts(cast), TODAY) == []


def test_a_store_that_cannot_be_read_leaves_the_page_without_figures(cast, ann, own_home):
    thefts(cast)
    (own_home / "crime").mkdir(parents=True)
    (own_home / "crime" / "register.json").write_text("{")
    assert "no figure has come yet" in ann.get(f"{FIGURES}measure/P5d/").content.decode()


@pytest.mark.parametrize(
    ("types", "sentence"),
    [
        ([ASB, "Burglary"], "never added to crime"),
        (["Burglary", "Piracy"], "Choose from the types"),
        (["Burglary", "Burglary"], "each once"),
        ("Burglary", "Choose from the types"),
    ],
)
def test_types_that_cannot_be_counted_together_are_refused(cast, types, sentence):
    with pytest.raises(ValidationError, match=sentence):
        write(thefts(cast), by=Installation(), crime_types=types)


def test_incidents_alone_and_crimes_alone_are_taken(cast):
    measure = thefts(cast)
    write(measure, by=Installation(), crime_types=[ASB])
    write(measure, by=Installation(), crime_types=THEFTS)
    assert Measure.objects.get().crime_types == THEFTS


def test_only_a_count_is_counted_from_files(cast):
    with pytest.raises(ValidationError, match="the unit is a count"):
        write(thefts(cast), by=Installation(), unit="percent")


def test_the_page_of_a_measure_counts_needs_no_one_to_type_it(ann, cast, store):
    make_indicator(thefts(cast, crime_types=["Burglary"]), better="down")
    page = ann.get(FIGURES)
    assert page.context["owing"] == 0
    assert "counted from police files" in page.content.decode()
    answer = ann.get(f"{FIGURES}measure/P5d/")
    page = answer.content.decode()
    assert "Hate crime reports: 120, October to December 2021" in page
    assert "From 90 to 120 in a year, 33% more" in page
    assert "Residents in 2021: 117,404" in page
    assert "No whole file for: May 2021" in page
    assert answer.context["figure"], "five quarters make a picture"
    assert answer.context["owed"] is None, "files are loaded, nobody owes a figure"
    assert "figure/None" not in page
    Measure.objects.update(area=None)
    assert ann.get(FIGURES).context["owing"] == 1


def test_the_page_leads_to_the_same_types_month_by_month(ann, cast, store):
    thefts(cast)
    page = ann.get(f"{FIGURES}measure/P5d/").content.decode()
    assert "?area=W06000002&amp;type=Burglary&amp;type=Robbery" in page
    assert "Burglary, Robbery" in page


def test_a_figure_that_was_typed_stands_before_what_the_files_say(ann, cast, store):
    make_figure(thefts(cast), value=7)
    page = ann.get(f"{FIGURES}measure/P5d/").content.decode()
    assert "Hate crime reports: 7, October to December 2021" in page
    assert "Residents in 2021" not in page


def test_types_are_chosen_by_form_and_incidents_among_crimes_are_refused_there(ann, cast):
    measure = thefts(cast)
    address = f"{FIGURES}measure/P5d/correct/"
    form = ann.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if form[name].value() not in (None, False)}
    sent |= {"crime_types": ["Burglary", "Vehicle crime"], **bilingual("Dwyn", "Theft", "title")}
    sent.pop("title_state")
    assert ann.post(address, sent).status_code == 302
    measure.refresh_from_db()
    assert measure.crime_types == ["Burglary", "Vehicle crime"]
    again = ann.post(address, sent | {"seen": measure.version, "crime_types": [ASB, "Burglary"]})
    assert again.status_code == 422 or "never added to crime" in again.content.decode()
    assert "never added to crime" in again.content.decode()
    measure.refresh_from_db()
    assert measure.crime_types == ["Burglary", "Vehicle crime"]
