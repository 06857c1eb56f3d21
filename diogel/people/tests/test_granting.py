"""Who gives and ends which role: every role as the giver, every role as the gift, and the ways around it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from diogel.people import enrolment
from diogel.people.access import GRANTS, ROLES, Installation, May, Role, may, require_grant
from diogel.people.models import Holding, Person, User
from diogel.people.versions import version_of

from .cast import hold, make_person, make_user

WHERE = "/en/gwynedd-mon/desk/people/"
BEYOND = (Role.ADMINISTRATOR, Role.CASE_ROLE)
YESTERDAY = date.today() - timedelta(days=1)


def someone(cast, role, given="Nia"):
    user = make_user(make_person(given, "Dychmygus"))
    hold(user, cast.gwynedd_mon, role)
    return user


def test_the_table_holds_the_roles_that_edit_people_and_no_other():
    assert set(GRANTS) == {role for role, (_sentence, powers) in ROLES.items() if May.EDIT_PEOPLE in powers}


def test_nobody_may_give_themselves_more_by_way_of_another():
    """A role that could be given by who holds less than it opens is given by nobody who could use it: the co-ordinator reads
    reports and not who made them, the administrator reads neither."""
    assert not GRANTS[Role.CO_ORDINATOR] & set(BEYOND)
    assert May.SEE_TENSIONS not in ROLES[Role.ADMINISTRATOR][1]


@pytest.mark.parametrize("giver", Role)
def test_each_role_gives_what_the_table_says_and_nothing_else(cast, giver):
    user = someone(cast, giver)
    given = set()
    for gift in Role:
        person = make_person(gift.value, "Newydd")
        try:
            enrolment.give_role(by=user, person=person, partnership=cast.gwynedd_mon, role=gift)
            given.add(gift)
        except PermissionDenied:
            assert not person.holdings.exists()
    assert given == GRANTS.get(giver, frozenset())


@pytest.mark.parametrize("ender", Role)
def test_each_role_ends_what_it_gives_and_nothing_else(cast, ender):
    user = someone(cast, ender)
    ended = set()
    for held in Role:
        other = someone(cast, held, given=held.value)
        holding = other.person.holdings.get()
        try:
            enrolment.end_role(by=user, holding=holding, on=YESTERDAY)
            ended.add(held)
        except PermissionDenied:
            assert Holding.objects.get(pk=holding.pk).to_on is None
    assert ended == GRANTS.get(ender, frozenset())


def test_a_role_in_one_partnership_gives_none_in_the_next(cast):
    with pytest.raises(PermissionDenied):
        require_grant(cast.dai, Role.MEMBER, cast.gwynedd_mon)


@pytest.mark.parametrize("role", BEYOND)
def test_ann_is_not_offered_what_she_may_not_give_and_sending_it_gives_nothing(cast, client, role):
    client.force_login(cast.ann)
    at = WHERE + f"who/{cast.bryn.person_id}/roles/add/"
    assert f'value="{role.value}"' not in client.get(at).content.decode()
    assert client.post(at, {"role": role.value}).status_code == 422
    typed = {"given": "Nia", "family": "D", "email": "nia@example.org", "language": "cy", "role": role.value}
    assert client.post(WHERE + "who/add/", typed).status_code == 422
    assert not Holding.objects.filter(role=role.value).exists()
    assert not Person.objects.filter(given="Nia").exists()


@pytest.mark.parametrize("role", BEYOND)
def test_ann_sees_no_button_that_ends_what_she_could_not_give(cast, client, role):
    holding = someone(cast, role).person.holdings.get()
    client.force_login(cast.ann)
    at = WHERE + f"who/{holding.person_id}/"
    assert "/end/" not in client.get(at).content.decode()
    end = at + f"roles/{holding.pk}/end/"
    assert client.get(end).status_code == 403
    assert client.post(end, {"to_on": str(YESTERDAY), "seen": version_of(holding)}).status_code == 403


@pytest.mark.parametrize("role", BEYOND)
def test_ann_does_not_become_somebody_by_changing_their_address(cast, role):
    """An account goes with its person's address, and whoever reads its mail sets the password."""
    other = someone(cast, role)
    with pytest.raises(PermissionDenied):
        enrolment.correct_person(by=cast.ann, person=other.person, partnership=cast.gwynedd_mon, email="ann+1@example.org")
    fresh = Person.objects.get(pk=other.person_id)
    enrolment.correct_person(by=cast.ann, person=fresh, partnership=cast.gwynedd_mon, phone="01248 000000")
    assert User.objects.get(pk=other.pk).email == "nia@example.org"
    assert Person.objects.get(pk=other.person_id).phone == "01248 000000"


def test_nor_by_opening_the_account_of_who_is_to_hold_it_from_tomorrow(cast):
    person = make_person("Nia", "Dychmygus")
    Holding.objects.create(person=person, partnership=cast.gwynedd_mon, role=Role.CASE_ROLE.value, from_on=date.today() + timedelta(days=1))
    with pytest.raises(PermissionDenied):
        enrolment.open_account(by=cast.ann, person=person, partnership=cast.gwynedd_mon)
    with pytest.raises(PermissionDenied):
        enrolment.correct_person(by=cast.ann, person=person, partnership=cast.gwynedd_mon, email="ann+1@example.org")


def test_the_last_co_ordinator_is_removed_by_nobody(cast):
    admin = someone(cast, Role.ADMINISTRATOR)
    for by in (admin, Installation()):
        with pytest.raises(ValidationError, match="last co-ordinator"):
            enrolment.end_role(by=by, holding=cast.ann.person.holdings.get(), on=YESTERDAY)
        with pytest.raises(ValidationError, match="last co-ordinator"):
            enrolment.close_account(by=by, person=cast.ann.person, partnership=cast.gwynedd_mon)
        with pytest.raises(ValidationError, match="last co-ordinator"):
            enrolment.correct_person(by=by, person=Person.objects.get(pk=cast.ann.person_id), partnership=cast.gwynedd_mon, email="")
    assert may(User.objects.get(pk=cast.ann.pk), May.EDIT_PLAN, cast.gwynedd_mon)


def test_the_last_co_ordinator_leaves_once_another_can_sign_in(cast):
    admin = someone(cast, Role.ADMINISTRATOR)
    mine = cast.ann.person.holdings.get()
    next_one = make_person("Eira", "Dychmygus")
    enrolment.give_role(by=admin, person=next_one, partnership=cast.gwynedd_mon, role=Role.CO_ORDINATOR)
    with pytest.raises(ValidationError, match="sign in"):
        enrolment.end_role(by=admin, holding=mine, on=YESTERDAY)
    enrolment.open_account(by=admin, person=next_one, partnership=cast.gwynedd_mon)
    enrolment.end_role(by=admin, holding=mine, on=YESTERDAY)
    assert not may(User.objects.get(pk=cast.ann.pk), May.SEE_DESK, cast.gwynedd_mon)


def test_one_whose_own_role_ends_that_day_is_nobody_to_leave_it_to(cast):
    other = someone(cast, Role.CO_ORDINATOR)
    Holding.objects.filter(person=other.person).update(to_on=date.today())
    with pytest.raises(ValidationError, match="last co-ordinator"):
        enrolment.end_role(by=Installation(), holding=cast.ann.person.holdings.get(), on=date.today())


def test_a_role_that_has_ended_is_not_brought_back_by_moving_its_last_day(cast, client):
    holding = cast.bryn.person.holdings.get()
    Holding.objects.filter(pk=holding.pk).update(to_on=YESTERDAY)
    holding.refresh_from_db()
    client.force_login(cast.ann)
    at = WHERE + f"who/{cast.bryn.person_id}/roles/{holding.pk}/end/"
    answer = client.post(at, {"to_on": "2999-01-01", "seen": version_of(holding)})
    assert answer.status_code in (404, 422)
    assert Holding.objects.get(pk=holding.pk).to_on == YESTERDAY
