"""What was taken back is listed for those who could see it, and brought back by those who could take it back."""

from datetime import date

import pytest

from diogel.assessment.models import Theme
from diogel.indicators.models import Card, Look
from diogel.people.models import Group
from diogel.people.tests.cast import bilingual
from diogel.people.writing import withdraw
from diogel.processes.tensions.models import Tension
from diogel.web.withdrawn import how_many, withdrawn

from .words_cast import make_action, make_theme, make_translator

pytestmark = pytest.mark.django_db
WHERE = "/en/gwynedd-mon/desk/withdrawn/"


@pytest.fixture
def theme(cast):
    row = make_theme(cast.gwynedd_mon)
    withdraw(row, by=cast.ann, seen=1, reason="Said twice")
    return row


def test_nothing_withdrawn_is_said_so(cast, client):
    client.force_login(cast.ann)
    assert "Nothing is withdrawn" in client.get(WHERE).content.decode()


def test_a_row_is_listed_with_who_withdrew_it_when_and_why(cast, client, theme):
    client.force_login(cast.ann)
    page = client.get(WHERE).content.decode()
    for said in ("One row is withdrawn, and kept", "Burglary", "Ann Enghraifft", "Said twice"):
        assert said in page


def test_who_may_not_see_people_or_the_log_reads_neither_name_nor_reason(cast, client, theme):
    client.force_login(cast.carys)
    page = client.get(WHERE).content.decode()
    assert "Burglary" in page
    assert "Ann Enghraifft" not in page
    assert "Said twice" not in page
    assert "Bring it back" not in page


def test_one_button_brings_it_back_where_it_stood(cast, client, theme):
    client.force_login(cast.ann)
    door = f"{WHERE}theme/{theme.pk}/"
    assert f'action="{door}"' in client.get(WHERE).content.decode()
    assert client.post(door, {"seen": "2"}).url == WHERE
    assert Theme.objects.standing().filter(pk=theme.pk).exists()
    assert client.get(door).status_code == 404, "what stands is withdrawn where it stands"
    assert client.post(door, {"seen": "3"}).status_code == 404


def test_a_row_changed_meanwhile_is_looked_at_again(cast, client, theme):
    client.force_login(cast.ann)
    assert client.post(f"{WHERE}theme/{theme.pk}/", {"seen": "1"}).status_code == 409
    theme.refresh_from_db()
    assert theme.withdrawn_on


def test_who_may_not_edit_the_kind_brings_nothing_back(cast, client, theme):
    for who, told in ((cast.carys, 403), (cast.bryn, 403), (make_translator(cast), 403), (cast.dai, 404)):
        client.force_login(who)
        assert client.post(f"{WHERE}theme/{theme.pk}/", {"seen": "2"}).status_code == told
    theme.refresh_from_db()
    assert theme.withdrawn_on


def test_rows_of_another_partnership_are_not_there(cast, client):
    row = make_theme(cast.wrexham)
    withdraw(row, by=cast.dai, seen=1)
    client.force_login(cast.ann)
    assert "Nothing is withdrawn" in client.get(WHERE).content.decode()
    assert client.post(f"{WHERE}theme/{row.pk}/", {"seen": "2"}).status_code == 404


def test_tensions_and_actions_kept_to_a_few_are_listed_for_nobody_else(cast, client):
    told = {"kind": "tension", "reference": "T1", "status": "received", "opened_on": date(2022, 1, 1), "received_at": "2022-01-01T00:00Z"}
    Tension.objects.create(partnership=cast.gwynedd_mon, type="online", place="Y Bala", text="Si", withdrawn_on=date(2022, 1, 2), **told)
    action = make_action(cast, visibility="case")
    action.numbers.update(withdrawn_on=date(2022, 1, 2))
    assert [each.key for each in withdrawn(cast.carys, cast.gwynedd_mon)] == []
    assert [each.key for each in withdrawn(cast.ann, cast.gwynedd_mon)] == ["tension"]


def test_a_card_that_a_look_took_back_is_listed_without_a_button(cast, client):
    look = Look.objects.create(
        partnership=cast.gwynedd_mon,
        quarter="2021-12",
        looked_at=1,
        by_chance=0,
        rate=0.1,
        made_at="2022-01-01T00:00Z",
        store="0",
        series=[],
    )
    card = Card.objects.create(look=look, area=cast.gwynedd, crime_type="Shoplifting", finding={}, withdrawn_on=date(2022, 1, 2))
    client.force_login(cast.ann)
    assert "Shoplifting" in client.get(WHERE).content.decode()
    assert client.post(f"{WHERE}card/{card.pk}/", {"seen": "1"}).status_code == 404


@pytest.mark.parametrize(("page", "kind"), [("themes/", "theme"), ("plan/", "group")])
def test_a_list_leads_quietly_to_what_was_withdrawn_from_it(cast, client, theme, page, kind):
    client.force_login(cast.carys)
    linked = f'href="{WHERE}#assessment">One withdrawn row</a>' in client.get(f"/en/gwynedd-mon/desk/{page}", follow=True).content.decode()
    assert linked == (kind == "theme")
    assert how_many(cast.carys, cast.gwynedd_mon, "assessment") == 1
    assert how_many(cast.carys, cast.gwynedd_mon, "plan") == 0


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_list_takes_few_questions(cast, client, language, django_assert_max_num_queries):
    for number in range(20):
        withdraw(make_theme(cast.gwynedd_mon, f"t{number}"), by=cast.ann, seen=1, reason="Said twice")
    withdraw(
        Group.objects.create(partnership=cast.gwynedd_mon, code="g", level="local", **bilingual("G", "G", "name")), by=cast.ann, seen=1
    )
    client.force_login(cast.ann)
    with django_assert_max_num_queries(12):
        assert client.get(f"/{language}/gwynedd-mon/desk/withdrawn/").status_code == 200
