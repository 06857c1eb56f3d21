"""An assessment and a duty are taken back and brought back by those who may, and what hangs on them goes and comes with them."""

from datetime import date

import pytest

from diogel.assessment.models import Assessment, Duty, Theme

pytestmark = pytest.mark.django_db
WHERE = "/en/gwynedd-mon/desk/themes/"


@pytest.fixture
def both_years(cast):
    for year in (2020, 2021):
        held = Assessment.objects.create(partnership=cast.gwynedd_mon, code=str(year), title_en=f"Year {year}", to_on=date(year, 12, 31))
        Theme.objects.create(assessment=held, code="burglary", title_en=f"Burglary in {year}")
    return Assessment.objects.get(code="2021")


def test_an_assessment_that_is_withdrawn_gives_way_to_the_one_before(client, cast, both_years):
    client.force_login(cast.ann)
    door = f"{WHERE}assessment/{both_years.pk}/withdraw/"
    assert door in client.get(f"{WHERE}assessment/{both_years.pk}/correct/").content.decode()
    client.post(door, {"seen": "1"})
    assert "Burglary in 2020" in client.get(WHERE).content.decode()
    assert "Burglary in 2020" in client.get(f"{WHERE}burglary/").content.decode()
    assert [row.title_en for row in Theme.objects.standing()] == ["Burglary in 2020"]
    client.post(door, {"seen": "2"})
    assert "Burglary in 2021" in client.get(f"{WHERE}burglary/").content.decode()


def test_a_duty_is_withdrawn_and_brought_back(client, cast):
    row = Duty.objects.create(partnership=cast.gwynedd_mon, code="s17", title_en="Section 17")
    client.force_login(cast.ann)
    door = f"{WHERE}duty/{row.pk}/withdraw/"
    assert door in client.get(f"{WHERE}duty/{row.pk}/correct/").content.decode()
    client.post(door, {"seen": "1"})
    assert "Section 17" not in client.get(WHERE).content.decode()
    client.post(door, {"seen": "2"})
    assert "Section 17" in client.get(WHERE).content.decode()


def test_who_may_not_edit_the_assessment_withdraws_nothing(client, cast, both_years):
    row = Duty.objects.create(partnership=cast.gwynedd_mon, code="s17", title_en="Section 17")
    doors = [f"{WHERE}duty/{row.pk}/withdraw/", f"{WHERE}assessment/{both_years.pk}/withdraw/"]
    for who, told in ((cast.carys, 403), (cast.dai, 404)):
        client.force_login(who)
        assert [client.post(door, {"seen": "1"}).status_code for door in doors] == [told, told]
    row.refresh_from_db()
    both_years.refresh_from_db()
    assert (row.withdrawn_on, both_years.withdrawn_on) == (None, None)
