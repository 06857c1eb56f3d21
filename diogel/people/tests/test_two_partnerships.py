"""The same somebody in two partnerships: one account, and neither partnership learns anything of the other."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from diogel.people import enrolment
from diogel.people.access import Installation, May, Role, may, person_in
from diogel.people.models import Person, User
from diogel.people.versions import version_of

EAST = "/en/wrexham/desk/people/"
KEPT = ("Dychmygol", "01286", "Secret post")


def enrol_in_wrexham(cast, email="bryn@example.org", *, signs_in=True, **more):
    values = {"given": "B", "family": "Dau", "role": Role.MEMBER} | more
    person = enrolment.enrol(by=cast.dai, partnership=cast.wrexham, email=email, **values)
    if signs_in:
        enrolment.open_account(by=cast.dai, person=person, partnership=cast.wrexham)
    return person


def fresh(user):
    return User.objects.get(pk=user.pk)


@pytest.fixture
def bryn(cast):
    """Bryn with everything that Gwynedd knows of him."""
    Person.objects.filter(pk=cast.bryn.person_id).update(phone="01286 000000", post_en="Secret post")
    return cast.bryn


def typed_by(client, email):
    """Dai adds somebody by the form, with an account, and reads every page on which they stand; as one text without what he typed
    and without numbers of rows."""
    typed = {"given": "B", "family": "Dau", "email": email, "language": "cy", "role": "member", "signs_in": "on"}
    added = client.post(EAST + "who/add/", typed)
    person = Person.objects.get(email=email, holdings__partnership__slug="wrexham")
    at = EAST + f"who/{person.pk}/"
    seen = [added, client.get(EAST + "who/"), client.get(at), client.get(at + "edit/"), client.get(at + "account/")]
    same = client.post(at + "edit/", typed | {"phone": "01978 000000", "seen": version_of(person)})
    texts = [f"{each.status_code} {each.content.decode()}" for each in [*seen, same, client.post(at + "account/", {"do": "close"})]]
    plain = "\n".join(texts).replace(email, "")
    return re.sub(r'value="[A-Za-z0-9]{64}"|\d+', "", plain)


def test_an_address_known_elsewhere_is_answered_like_one_that_nobody_has(cast, bryn):
    client = Client()
    client.force_login(cast.dai)
    known = typed_by(client, "bryn@example.org")
    enrolment.end_role(by=cast.dai, holding=Person.objects.get(family="Dau").holdings.get(), on=cast_day(-1))
    unknown = typed_by(client, "nobody@example.org")
    assert known == unknown
    assert not any(word in known for word in KEPT)


def cast_day(days):
    from datetime import date, timedelta

    return date.today() + timedelta(days=days)


def test_one_account_opens_both_and_each_shows_what_it_wrote_down(cast, bryn):
    here = enrol_in_wrexham(cast)
    user = fresh(bryn)
    assert may(user, May.SEE_DESK, cast.wrexham)
    assert may(user, May.UPDATE_OWN_ACTIONS, cast.gwynedd_mon)
    assert not may(user, May.UPDATE_OWN_ACTIONS, cast.wrexham)
    assert (person_in(user, cast.gwynedd_mon), person_in(user, cast.wrexham)) == (bryn.person, here)
    assert User.objects.filter(email__iexact="bryn@example.org").count() == 1
    assert user.check_password("a long enough password"), "the password they have stays"


def test_who_is_enrolled_without_an_account_is_not_let_in_by_the_one_they_have_elsewhere(cast, bryn):
    enrol_in_wrexham(cast, signs_in=False)
    assert not may(fresh(bryn), May.SEE_DESK, cast.wrexham)


def test_what_they_do_in_one_is_told_there_under_the_name_written_there(cast, bryn):
    here = enrol_in_wrexham(cast, role=Role.ANALYST)
    client = Client()
    client.force_login(fresh(bryn))
    assert "B, analyst" in client.get("/en/wrexham/desk/").content.decode()
    client.get(EAST + f"who/{here.pk}/")
    client.force_login(cast.dai)
    page = client.get("/en/wrexham/desk/log/").content.decode()
    assert "B Dau" in page
    assert "Dychmygol" not in page


def test_wrexham_shuts_them_out_of_wrexham_alone_and_lets_them_in_again(cast, bryn):
    here = enrol_in_wrexham(cast)
    enrolment.close_account(by=cast.dai, person=here, partnership=cast.wrexham)
    assert not may(fresh(bryn), May.SEE_DESK, cast.wrexham)
    assert may(fresh(bryn), May.SEE_DESK, cast.gwynedd_mon)
    enrolment.open_account(by=cast.dai, person=Person.objects.get(pk=here.pk), partnership=cast.wrexham)
    assert may(fresh(bryn), May.SEE_DESK, cast.wrexham)


def test_gwynedd_which_opened_the_account_first_shuts_them_out_of_gwynedd_alone(cast, bryn):
    here = enrol_in_wrexham(cast)
    enrolment.close_account(by=cast.ann, person=bryn.person, partnership=cast.gwynedd_mon)
    assert not may(fresh(bryn), May.SEE_DESK, cast.gwynedd_mon)
    assert may(fresh(bryn), May.SEE_DESK, cast.wrexham)
    assert enrolment.account_of(Person.objects.get(pk=bryn.person_id)) is None
    enrolment.close_account(by=cast.dai, person=Person.objects.get(pk=here.pk), partnership=cast.wrexham)
    assert not fresh(bryn).is_active


def test_an_account_closed_by_gwynedd_opens_wrexham_alone_and_with_a_new_password(cast, bryn):
    enrolment.close_account(by=cast.ann, person=bryn.person, partnership=cast.gwynedd_mon)
    enrol_in_wrexham(cast)
    user = fresh(bryn)
    assert not may(user, May.SEE_DESK, cast.gwynedd_mon)
    assert may(user, May.SEE_DESK, cast.wrexham)
    assert not user.has_usable_password()
    from diogel.people.who import names_beside

    assert names_beside({user.reference}, cast.gwynedd_mon) == {user.reference: "Bryn Dychmygol"}, "what he did there keeps his name"


def test_wrexham_cannot_take_over_what_gwynedd_opens_by_changing_the_address(cast):
    """Dai writes somebody down first, so that the account is his person's; later Gwynedd enrols the same address."""
    made = enrol_in_wrexham(cast, "nia@example.org", given="Nia")
    there = enrolment.enrol(by=cast.ann, partnership=cast.gwynedd_mon, given="Nia", family="D", role="analyst", email="nia@example.org")
    enrolment.open_account(by=cast.ann, person=there, partnership=cast.gwynedd_mon)
    enrolment.correct_person(by=cast.dai, person=Person.objects.get(pk=made.pk), partnership=cast.wrexham, email="dai2@example.org")
    mine, theirs = User.objects.get(email="dai2@example.org"), User.objects.get(email="nia@example.org")
    assert may(mine, May.SEE_DESK, cast.wrexham)
    assert not may(mine, May.SEE_DESK, cast.gwynedd_mon)
    assert may(theirs, May.SIGN_FIGURES, cast.gwynedd_mon)
    assert not may(theirs, May.SEE_DESK, cast.wrexham)


def test_an_account_made_beforehand_keeps_no_password_that_its_maker_knows(cast):
    """Dai makes a person whose password he knows, and gives them the address of somebody whom Gwynedd will enrol."""
    known = "a quite long password"
    made = enrolment.enrol(
        by=Installation(), partnership=cast.wrexham, given="X", family="Y", email="x@example.org", role="member", password=known
    )
    enrolment.correct_person(by=cast.dai, person=made, partnership=cast.wrexham, email="nia@example.org")
    there = enrolment.enrol(by=cast.ann, partnership=cast.gwynedd_mon, given="Nia", family="D", role="analyst", email="nia@example.org")
    enrolment.open_account(by=cast.ann, person=there, partnership=cast.gwynedd_mon)
    user = User.objects.get(email="nia@example.org")
    assert may(user, May.SIGN_FIGURES, cast.gwynedd_mon)
    assert not user.check_password(known)


def test_an_address_that_signs_in_elsewhere_is_given_to_somebody_here_without_a_word(cast, bryn):
    here = enrol_in_wrexham(cast, "other@example.org")
    enrolment.correct_person(by=cast.dai, person=here, partnership=cast.wrexham, email="bryn@example.org")
    assert may(fresh(bryn), May.SEE_DESK, cast.wrexham)
    assert may(fresh(bryn), May.SEE_DESK, cast.gwynedd_mon)
    assert not User.objects.filter(email="other@example.org", is_active=True, person__isnull=False).exists()


def test_nobody_gives_a_role_to_a_person_whom_another_partnership_wrote_down(cast):
    with pytest.raises(PermissionDenied):
        enrolment.give_role(by=cast.dai, person=cast.bryn.person, partnership=cast.wrexham, role="member")


def test_nobody_changes_their_own_roles_through_what_they_are_elsewhere(cast):
    """Ann is a member in Wrexham too; whoever she is there, she is not let to shut herself out or give herself a role."""
    here = enrol_in_wrexham(cast, "ann@example.org", role=Role.CO_ORDINATOR)
    ann = fresh(cast.ann)
    for act in (
        lambda: enrolment.give_role(by=ann, person=here, partnership=cast.wrexham, role="chair"),
        lambda: enrolment.close_account(by=ann, person=here, partnership=cast.wrexham),
    ):
        with pytest.raises(Exception, match="Nobody changes their own"):
            act()
