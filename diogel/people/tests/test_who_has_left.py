"""Whose roles have ended: their name stands beside what they did, and nothing else of them is shown."""

from datetime import date, timedelta

import pytest

from diogel.audit import log
from diogel.people.models import Group, GroupMember, Holding, Person

WHERE = "/en/gwynedd-mon/desk/people/"
YESTERDAY = date.today() - timedelta(days=1)
CONTACTS = ("bryn@example.org", "01286 000000", "Secret post", "North Wales Police")


@pytest.fixture
def left(cast):
    """Bryn, who left yesterday; he sat in a group, and the log knows what he did."""
    log.record(by=cast.bryn.reference, deed="changed", subject="plan.plan:1", partnership="gwynedd-mon")
    Person.objects.filter(pk=cast.bryn.person_id).update(phone="01286 000000", post_en="Secret post")
    group = Group.objects.create(partnership=cast.gwynedd_mon, code="g", level="local", name_en="A board")
    GroupMember.objects.create(group=group, person=cast.bryn.person)
    Holding.objects.filter(person=cast.bryn.person).update(to_on=YESTERDAY, from_on=date(2020, 1, 1))
    return cast.bryn


def page(client, where):
    return client.get(WHERE + where).content.decode()


@pytest.mark.parametrize("reader", ["ann", "carys"])
def test_who_has_left_stands_in_no_list(cast, client, left, reader):
    client.force_login(getattr(cast, reader))
    group = Group.objects.get()
    for where in ("who/", f"groups/{group.pk}/", f"groups/{group.pk}/seats/"):
        assert not any(word in page(client, where) for word in ("Dychmygol", *CONTACTS[:3])), where


def test_their_page_is_not_there_for_who_only_reads_who_is_who(cast, client, left):
    Holding.objects.filter(person=cast.carys.person).update(role="member")
    client.force_login(cast.carys)
    assert client.get(WHERE + f"who/{left.person_id}/").status_code == 404
    assert client.get(WHERE + f"who/{cast.ann.person_id}/").status_code == 200


def test_who_may_change_people_sees_the_name_and_the_roles_and_no_contact(cast, client, left):
    client.force_login(cast.ann)
    text = page(client, f"who/{left.person_id}/")
    assert "Bryn Dychmygol" in text
    assert "partner officer" in text
    assert not any(word in text for word in CONTACTS)
    for closed in ("edit/", "account/"):
        assert client.get(WHERE + f"who/{left.person_id}/{closed}").status_code == 404
        assert client.post(WHERE + f"who/{left.person_id}/{closed}", {"do": "open"}).status_code == 404


def test_the_name_stands_beside_what_they_did(cast, client, left):
    client.force_login(cast.ann)
    assert "Bryn Dychmygol" in client.get("/en/gwynedd-mon/desk/log/").content.decode()


def test_a_role_given_again_brings_them_back_whole(cast, client, left):
    client.force_login(cast.ann)
    assert client.post(WHERE + f"who/{left.person_id}/roles/add/", {"role": "member"}).status_code == 302
    assert all(word in page(client, f"who/{left.person_id}/") for word in CONTACTS[:3])
    assert "Dychmygol" in page(client, "who/")


def test_a_seat_left_behind_goes_when_the_seats_are_next_saved(cast, client, left):
    client.force_login(cast.ann)
    group = Group.objects.get()
    client.post(WHERE + f"groups/{group.pk}/seats/", {"person": [str(cast.carys.person_id)]})
    assert [seat.person for seat in group.members.all()] == [cast.carys.person]


def test_who_is_to_come_tomorrow_is_there_already(cast, client, left):
    Holding.objects.create(person=left.person, partnership=cast.gwynedd_mon, role="member", from_on=date.today() + timedelta(days=1))
    client.force_login(cast.ann)
    assert client.get(WHERE + f"who/{left.person_id}/edit/").status_code == 200


def test_a_role_of_theirs_elsewhere_brings_nothing_back_here(cast, client, left):
    Holding.objects.create(person=left.person, partnership=cast.wrexham, role="member")
    client.force_login(cast.ann)
    assert client.get(WHERE + f"who/{left.person_id}/edit/").status_code == 404
