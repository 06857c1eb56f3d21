"""Coming in, holding roles and leaving: who may do it to whom, and what the log hears."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from diogel.audit.models import Entry
from diogel.people import enrolment
from diogel.people.access import Installation, May, Role, may
from diogel.people.models import Body, Group, Holding, Membership, Person, User
from diogel.people.versions import StaleSave, version_of

BY = Installation()
PASSWORD = "a quite long password"


def enrol_nia(cast, by=BY, **more):
    values = {"given": "Nia", "family": "Dychmygus", "email": "Nia@example.org", "role": Role.ANALYST} | more
    return enrolment.enrol(by=by, partnership=cast.gwynedd_mon, **values)


def test_who_is_enrolled_may_do_what_their_role_says(cast):
    person = enrol_nia(cast, password=PASSWORD)
    assert may(person.user, May.SIGN_FIGURES, cast.gwynedd_mon)
    assert not may(person.user, May.SEE_DESK, cast.wrexham)
    assert person.user.check_password(PASSWORD)


def test_the_log_hears_of_people_without_their_names(cast):
    enrolment.correct_person(by=BY, person=enrol_nia(cast), partnership=cast.gwynedd_mon, phone="01286 000000")
    told = json.dumps(list(Entry.objects.values("by", "subject", "sealed_detail", "words__text")))
    assert "phone" in told
    assert not any(word in told for word in ("Nia", "Dychmygus", "nia@", "01286"))


def test_someone_known_here_by_their_address_gets_the_role_and_is_not_made_twice(cast):
    first = enrol_nia(cast)
    again = enrol_nia(cast, given="N", email="nia@EXAMPLE.org", role="member")
    assert again == first
    assert again.given == "Nia"
    assert sorted(holding.role for holding in first.holdings.all()) == ["analyst", "member"]


def test_nobody_takes_the_address_of_another_who_is_known_here(cast):
    enrol_nia(cast)
    with pytest.raises(ValidationError, match="known by this address"):
        enrolment.correct_person(by=cast.ann, person=cast.bryn.person, partnership=cast.gwynedd_mon, email="NIA@example.org")


def test_a_role_given_twice_is_held_once(cast):
    person = enrol_nia(cast)
    enrol_nia(cast)
    assert Holding.objects.filter(person=person).count() == 1


@pytest.mark.parametrize("who", ["bryn", "carys", "dai"])
def test_those_who_may_not_edit_people_enrol_nobody(cast, who):
    with pytest.raises(PermissionDenied):
        enrol_nia(cast, by=getattr(cast, who))
    assert not Person.objects.filter(given="Nia").exists()


def test_nobody_gives_themselves_a_role(cast):
    with pytest.raises(ValidationError):
        enrolment.give_role(by=cast.ann, person=cast.ann.person, partnership=cast.gwynedd_mon, role=Role.CASE_ROLE)
    assert not may(cast.ann, May.SEE_REPORTERS, cast.gwynedd_mon)


def test_nobody_ends_their_own_role_so_that_someone_always_remains(cast):
    with pytest.raises(ValidationError):
        enrolment.end_role(by=cast.ann, holding=cast.ann.person.holdings.get(), on=date.today())


def test_a_role_that_ended_yesterday_opens_nothing(cast):
    enrolment.end_role(by=cast.ann, holding=cast.bryn.person.holdings.get(), on=date.today() - timedelta(days=1))
    assert not may(User.objects.get(pk=cast.bryn.pk), May.SEE_DESK, cast.gwynedd_mon)


def test_a_persons_stale_details_are_refused(cast):
    person = cast.bryn.person
    seen = version_of(person)
    Person.objects.filter(pk=person.pk).update(phone="01248 111111")
    with pytest.raises(StaleSave):
        enrolment.correct_person(by=cast.ann, person=person, partnership=cast.gwynedd_mon, seen=seen, phone="01248 222222")
    assert Person.objects.get(pk=person.pk).phone == "01248 111111"


def test_an_account_needs_an_address_and_a_long_password(cast):
    without = enrol_nia(cast, email="")
    with pytest.raises(ValidationError, match="e-mail"):
        enrolment.open_account(by=BY, person=without, partnership=cast.gwynedd_mon)
    with pytest.raises(ValidationError):
        enrol_nia(cast, email="other@example.org", password="short")
    assert not Person.objects.filter(email="other@example.org").exists()


def test_a_closed_account_may_nothing_and_its_person_stays(cast):
    enrolment.close_account(by=cast.ann, person=cast.bryn.person, partnership=cast.gwynedd_mon)
    assert not may(User.objects.get(pk=cast.bryn.pk), May.SEE_DESK, cast.gwynedd_mon)
    assert Person.objects.filter(pk=cast.bryn.person_id).exists()


def test_a_new_address_takes_the_account_along_and_ends_its_password(cast):
    enrolment.correct_person(by=cast.ann, person=cast.bryn.person, partnership=cast.gwynedd_mon, email="B.Dychmygol@example.org")
    user = User.objects.get(pk=cast.bryn.pk)
    assert user.email == "b.dychmygol@example.org"
    assert not user.has_usable_password()


def test_who_has_an_account_does_not_move_it_to_another_address_themselves(cast):
    with pytest.raises(ValidationError):
        enrolment.correct_person(by=cast.ann, person=cast.ann.person, partnership=cast.gwynedd_mon, email="other@example.org")
    assert User.objects.get(pk=cast.ann.pk).email == Person.objects.get(pk=cast.ann.person_id).email == "ann@example.org"


def test_an_account_without_an_address_is_closed(cast):
    enrolment.correct_person(by=cast.ann, person=cast.bryn.person, partnership=cast.gwynedd_mon, email="")
    assert not User.objects.get(pk=cast.bryn.pk).is_active


def add_probation(cast, by=BY, **more):
    values = {"code": "probation", "name": ("Gwasanaeth Prawf", "Probation Service"), "kind": "probation", "standing": "responsible"} | more
    return enrolment.add_body(by=by, partnership=cast.gwynedd_mon, is_member=True, **values)


def test_a_body_added_twice_stands_once_and_is_not_written_again(cast):
    body = add_probation(cast)
    entries = Entry.objects.count()
    assert add_probation(cast) == body
    assert Membership.objects.filter(body=body).count() == 1
    assert Entry.objects.count() == entries


def test_a_body_of_two_partnerships_is_corrected_only_by_those_who_may_in_both(cast):
    with pytest.raises(PermissionDenied):
        add_probation(cast, by=cast.ann, code=cast.police.code, name=("Arall", "Other"), kind="police")
    cast.police.refresh_from_db()
    assert cast.police.name_en == "North Wales Police"


def test_what_a_body_became_is_a_link(cast):
    old, new = add_probation(cast, code="old", to_on=date(2021, 6, 25)), add_probation(cast)
    enrolment.succeed(by=cast.ann, partnership=cast.gwynedd_mon, body=old, successors=[new])
    assert [body.code for body in new.predecessors.all()] == ["old"]


def test_a_code_is_made_from_the_name_and_never_taken_twice(cast):
    codes = [add_probation(cast, code="", name=("Elusen", "A Charity")).code for _ in range(2)]
    assert codes == ["a-charity", "a-charity-2"]
    assert Body.objects.filter(code__startswith="a-charity").count() == 2


def test_a_document_is_owned_once_and_its_title_outlives_it_in_the_log(cast):
    group = Group.objects.create(partnership=cast.gwynedd_mon, code="board", level="local")
    owned = enrolment.own_document(by=cast.ann, group=group, title=("Strategaeth", "Strategy"))
    assert enrolment.own_document(by=cast.ann, group=group, title=("Strategaeth", "Strategy")) == owned
    assert owned.title_state == "draft"
    enrolment.disown_document(by=cast.ann, document=owned)
    assert group.owns.count() == 0
    assert Entry.objects.get(deed="withdrawn").detail["title"] == ["Strategaeth", "Strategy"]
    with pytest.raises(PermissionDenied):
        enrolment.own_document(by=cast.dai, group=group, title=("x", "y"))


def test_a_seat_is_given_and_taken_away(cast):
    group = Group.objects.create(partnership=cast.gwynedd_mon, code="board", level="local")
    member = enrolment.seat(by=cast.ann, group=group, person=cast.bryn.person)
    assert enrolment.seat(by=cast.ann, group=group, person=cast.bryn.person) == member
    enrolment.unseat(by=cast.ann, member=member)
    assert not group.members.exists()
    with pytest.raises(PermissionDenied):
        enrolment.seat(by=cast.bryn, group=group, person=cast.bryn.person)
