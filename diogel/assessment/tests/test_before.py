"""From one assessment to the next: short names that nobody typed, themes that go on, and beginning with those of last year."""

from datetime import date

import pytest

from diogel.assessment.before import last_of, same_themes, take_over
from diogel.assessment.models import Assessment, Evidence, Theme
from diogel.assessment.reading import read
from diogel.people.tests.cast import bilingual

from .year import BY, agreed, being_scored

pytestmark = pytest.mark.django_db
DESK = "/en/gwynedd-mon/desk/themes"


def next_year(cast) -> Assessment:
    return Assessment.objects.create(
        partnership=cast.gwynedd_mon, code="2023", from_on=date(2022, 1, 1), to_on=date(2022, 12, 31), **bilingual("2023", "2023", "title")
    )


def a_theme(row, code, cy, en) -> Theme:
    return Theme.objects.create(assessment=row, code=code, **bilingual(cy, en, "title"))


def test_a_short_name_that_is_left_empty_is_made_from_the_title(cast, client):
    row = being_scored(cast)
    client.force_login(cast.ann)
    form = {"title_cy": "Troseddau casineb", "title_en": "Hate crime", "order": 3, "decision": "undecided"}
    for _each in range(2):
        assert client.post(f"{DESK}/assessment/{row.pk}/theme/new/", form).status_code == 302
    assert set(row.themes.filter(title_en="Hate crime").values_list("code", flat=True)) == {"hate-crime", "hate-crime-2"}
    form = {"statement_en": "Rose by a tenth", "source_en": "Police", "kind": "document", "marking": "OFFICIAL"}
    assert client.post(f"{DESK}/evidence/new/", form).status_code == 302
    assert Evidence.objects.filter(code="rose-by-a-tenth").exists()
    assert client.post(f"{DESK}/duty/new/", {"title_cy": "Dyletswydd", "law_cy": "Deddf"}).status_code == 302
    assert cast.gwynedd_mon.duties.filter(code="dyletswydd").exists()


def test_a_short_name_that_is_typed_stays_as_it_is(cast, client):
    row = being_scored(cast)
    client.force_login(cast.ann)
    form = {"title_en": "Hate crime", "code": "hate", "order": 3, "decision": "undecided"}
    assert client.post(f"{DESK}/assessment/{row.pk}/theme/new/", form).status_code == 302
    theme = row.themes.get(code="hate")
    again = form | {"code": "", "title_en": "Hate crimes", "seen": theme.version}
    assert client.post(f"{DESK}/assessment/{row.pk}/theme/hate/correct/", again).status_code == 302
    assert row.themes.get(pk=theme.pk).code == "hate"


def test_a_theme_goes_on_from_the_one_of_its_title_where_the_short_name_differs(cast):
    before, now = agreed(cast), next_year(cast)
    Assessment.objects.filter(pk=before.pk).update(status="approved")
    named = a_theme(now, "slavery", "Arall", "Another title")
    titled = a_theme(now, "bwrgleriaeth", "Burglary CY", "House burglary")
    new = a_theme(now, "new", "Newydd", "slavery en")
    found = read(now).last_year
    assert {pk: each["theme"].code for pk, each in found.items()} == {named.pk: "slavery", titled.pk: "burglary"}
    assert found[titled.pk]["score"].risk == 12
    assert [last_of(each) and last_of(each)["theme"].code for each in (named, titled, new)] == ["slavery", "burglary", None]


def test_a_short_name_goes_before_a_title(cast):
    before, now = next_year(cast), agreed(cast)
    old = [a_theme(before, code, title, title) for code, title in (("a", "One"), ("b", "Two"))]
    new = [a_theme(now, code, title, title) for code, title in (("a", "Two"), ("b", "One"))]
    assert same_themes(new, old) == {new[0].pk: old[0], new[1].pk: old[1]}


def test_a_new_assessment_offers_to_begin_with_the_themes_of_the_last(cast, client):
    before = agreed(cast)
    Assessment.objects.filter(pk=before.pk).update(status="approved")
    client.force_login(cast.ann)
    assert "Begin with the themes of: Assessment 2022" in client.get(f"{DESK}/assessment/new/").content.decode()
    form = {"code": "2023", "title_cy": "Asesiad", "title_en": "Assessment"}
    for code, takes in (("2023", {"takes_themes": "on"}), ("2024", {})):
        assert client.post(f"{DESK}/assessment/new/", form | {"code": code} | takes).status_code == 302
    row = Assessment.objects.get(code="2023")
    held = list(row.themes.values_list("code", "title_en", "title_state", "band", "decision"))
    assert held == [(code, f"{code} en", "checked", "", "undecided") for code in ("burglary", "slavery")]
    assert not Assessment.objects.get(code="2024").themes.exists()
    assert "Begin with the themes" not in client.get(f"{DESK}/assessment/{row.pk}/correct/").content.decode()


def test_where_there_was_none_before_nothing_is_offered(cast, client):
    client.force_login(cast.ann)
    assert "Begin with the themes" not in client.get(f"{DESK}/assessment/new/").content.decode()


def test_titles_that_were_checked_stay_so_where_one_may_vouch_for_them(cast):
    before, now = agreed(cast), next_year(cast)
    assert [each.title_state for each in take_over(before, now, by=BY)] == ["checked", "checked"]
