"""How to reach somebody who has left goes when it is asked for, or a year after by itself; the name stays."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from diogel.people import enrolment, leaving
from diogel.people.access import Installation, May, may
from diogel.people.models import Holding, Person, User

TODAY = date.today()
WHERE = "/en/gwynedd-mon/desk/people/who/"


def ended(person, days):
    Holding.objects.filter(person=person).update(from_on="2000-01-01", to_on=TODAY - timedelta(days=days))
    Person.objects.filter(pk=person.pk).update(phone="01286 000000", post_en="Secret post")
    return Person.objects.get(pk=person.pk)


def reachable(person):
    row = Person.objects.get(pk=person.pk)
    return [row.email, row.phone, row.post_cy, row.post_en]


def test_a_co_ordinator_erases_the_contacts_of_who_has_left(cast, client):
    bryn = ended(cast.bryn.person, 1)
    client.force_login(cast.ann)
    assert "contacts/" in client.get(f"{WHERE}{bryn.pk}/").content.decode()
    assert client.get(f"{WHERE}{bryn.pk}/contacts/").status_code == 200
    assert client.post(f"{WHERE}{bryn.pk}/contacts/").status_code == 302
    assert reachable(bryn) == ["", "", "", ""]
    assert Person.objects.get(pk=bryn.pk).family == "Dychmygol"
    user = User.objects.get(pk=cast.bryn.pk)
    assert "bryn" not in user.email
    assert not user.is_active


def test_while_a_role_lasts_nothing_is_erased(cast, client):
    client.force_login(cast.ann)
    assert client.post(f"{WHERE}{cast.bryn.person_id}/contacts/").status_code == 403
    assert reachable(cast.bryn.person)[0] == "bryn@example.org"


def test_who_may_not_change_people_erases_nobody(cast, client):
    bryn = ended(cast.bryn.person, 1)
    for who in (cast.carys, cast.dai):
        client.force_login(who)
        assert client.post(f"{WHERE}{bryn.pk}/contacts/").status_code in (403, 404)
        with pytest.raises(PermissionDenied):
            leaving.erase_contacts(by=who, person=bryn, partnership=cast.gwynedd_mon, on=TODAY)
    assert reachable(bryn)[0] == "bryn@example.org"


@pytest.mark.parametrize(("days", "goes"), [(leaving.KEPT_FOR, False), (leaving.KEPT_FOR + 1, True), (30, False)])
def test_a_year_after_the_last_role_they_go_by_themselves(cast, days, goes):
    bryn = ended(cast.bryn.person, days)
    gone = list(leaving.erase_those_long_gone(by=Installation(), on=TODAY))
    assert (gone == [bryn]) is goes
    assert (reachable(bryn) == ["", "", "", ""]) is goes
    assert list(leaving.erase_those_long_gone(by=Installation(), on=TODAY)) == []


def test_a_dry_run_erases_nothing(cast):
    bryn = ended(cast.bryn.person, 999)
    assert list(leaving.erase_those_long_gone(by=Installation(), on=TODAY, is_dry=True)) == [bryn]
    assert reachable(bryn)[0] == "bryn@example.org"


def test_the_account_stays_for_the_partnership_where_they_still_work(cast):
    here = enrolment.enrol(by=cast.dai, partnership=cast.wrexham, given="B", family="Dau", role="member", email="bryn@example.org")
    enrolment.open_account(by=cast.dai, person=here, partnership=cast.wrexham)
    ended(cast.bryn.person, 999)
    list(leaving.erase_those_long_gone(by=Installation(), on=TODAY))
    user = User.objects.get(pk=cast.bryn.pk)
    assert (user.email, user.is_active) == ("bryn@example.org", True)
    assert may(user, May.SEE_DESK, cast.wrexham)
    assert reachable(here)[0] == "bryn@example.org"
