"""The pages of the people room, asked for as a browser does: refusals as often as successes."""

from datetime import date

import pytest

from diogel.audit.models import Entry
from diogel.people.access import Installation, Role
from diogel.people.bodies import add_body, succeed
from diogel.people.models import Body, Group, Holding, Membership, Owned, Person, User
from diogel.people.versions import version_of

from .cast import bilingual, hold, make_person, make_user

WHERE = "/en/gwynedd-mon/desk/people/"


def make_group(cast, code="board", **more):
    return Group.objects.create(
        partnership=cast.gwynedd_mon, code=code, level="local", **bilingual(f"Bwrdd {code}", f"Board {code}", "name"), **more
    )


def typed_group(**more):
    words = {"name_cy": "Bwrdd", "name_en": "Board", "chair_role_cy": "", "chair_role_en": "", "purpose_cy": "", "purpose_en": ""}
    return words | {"terms_cy": "", "terms_en": "", "level": "local", "order": "0"} | more


PAGES = ["", "bodies/", "who/"]
FORMS = ["groups/add/", "bodies/add/", "bodies/join/", "who/add/", "partnership/"]


@pytest.mark.parametrize("page", [*PAGES, *FORMS])
def test_a_stranger_is_asked_to_sign_in(cast, client, page):
    answer = client.get(WHERE + page)
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


@pytest.mark.parametrize("page", [*PAGES, *FORMS])
def test_dai_of_the_next_partnership_finds_nothing(cast, client, page):
    client.force_login(cast.dai)
    assert client.get(WHERE + page).status_code == 404


@pytest.mark.parametrize("page", FORMS)
@pytest.mark.parametrize("who", ["bryn", "carys"])
def test_who_may_not_edit_is_told_so(cast, client, page, who):
    client.force_login(getattr(cast, who))
    assert client.get(WHERE + page).status_code == 403


@pytest.mark.parametrize("page", [*PAGES, *FORMS])
@pytest.mark.parametrize("language", ["cy", "en"])
def test_ann_opens_every_page_in_both_languages(cast, client, page, language):
    make_group(cast)
    client.force_login(cast.ann)
    assert client.get(f"/{language}/gwynedd-mon/desk/people/{page}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_list_asks_few_questions_however_long_it_is(cast, client, page, django_assert_max_num_queries):
    top = make_group(cast)
    for number in range(6):
        group = make_group(cast, f"g{number}", parent=top)
        Owned.objects.create(group=group, title_en="A plan")
        make = make_person(f"P{number}", "Person", cast.council)
        Holding.objects.create(person=make, partnership=cast.gwynedd_mon, role="member")
        body = Body.objects.create(code=f"b{number}", kind="other", name_en=f"Body {number}")
        Membership.objects.create(partnership=cast.gwynedd_mon, body=body, standing="invited")
    client.force_login(cast.bryn)
    client.get(WHERE + page)  # the log of a new installation makes its head once
    with django_assert_max_num_queries(12):
        client.get(WHERE + page)


def test_a_page_of_its_own_asks_few_questions_too(cast, client, django_assert_max_num_queries):
    group = make_group(cast, parent=make_group(cast, "top"))
    Owned.objects.create(group=group, title_en="A plan")
    make_group(cast, "below", parent=group)
    group.members.create(person=cast.bryn.person)
    client.force_login(cast.ann)
    for page in (f"groups/{group.pk}/", f"groups/{group.pk}/seats/", f"who/{cast.bryn.person_id}/"):
        client.get(WHERE + page)  # the log of a new installation makes its head once
        with django_assert_max_num_queries(12):
            client.get(WHERE + page)


def test_contacts_are_read_once_and_the_reading_is_recorded(cast, client):
    client.force_login(cast.bryn)
    page = client.get(WHERE + "who/").content.decode()
    assert "ann@example.org" in page
    reads = Entry.objects.filter(deed="read")
    assert [(entry.by, entry.subject) for entry in reads] == [(cast.bryn.reference, "people.who:gwynedd-mon")]


def test_carys_reads_roles_and_bodies_but_no_name(cast, client):
    client.force_login(cast.carys)
    page = client.get(WHERE + "who/").content.decode()
    assert "co-ordinator" in page
    assert not any(word in page for word in ("Enghraifft", "Dychmygol", "@example.org", "Bryn"))
    assert not Entry.objects.filter(deed="read").exists()
    assert client.get(WHERE + f"who/{cast.bryn.person_id}/").status_code == 403


def test_only_those_who_hold_a_role_here_are_shown(cast, client):
    client.force_login(cast.ann)
    page = client.get(WHERE + "who/").content.decode()
    assert "Dychmygol" in page
    assert "Sampl" not in page
    assert client.get(WHERE + f"who/{cast.dai.person_id}/").status_code == 404


def test_a_group_without_terms_is_the_finding_of_the_page(cast, client):
    make_group(cast)
    client.force_login(cast.carys)
    assert '<h1 class="dg-h1">1 group has no terms of reference</h1>' in client.get(WHERE).content.decode()


def test_the_tree_shows_who_answers_to_whom_and_the_table_says_the_same(cast, client):
    top = make_group(cast, "top")
    make_group(cast, "below", parent=top)
    client.force_login(cast.carys)
    page = client.get(WHERE).content.decode()
    assert page.count("dg-tree") == 2
    assert page.index("Board top") < page.index("Board below")
    assert '<th scope="row">Board below</th><td>local</td><td>Board top</td>' in page


def test_two_groups_that_answer_to_each_other_are_both_drawn(cast, client):
    one, other = make_group(cast, "one"), make_group(cast, "other")
    Group.objects.filter(pk=one.pk).update(parent=other)
    Group.objects.filter(pk=other.pk).update(parent=one)
    client.force_login(cast.carys)
    page = client.get(WHERE).content.decode()
    assert "Board one" in page
    assert "Board other" in page


def test_ann_adds_a_group_under_another_and_may_not_make_a_ring(cast, client):
    top = make_group(cast, "top")
    client.force_login(cast.ann)
    answer = client.post(WHERE + "groups/add/", typed_group(parent=top.pk))
    added = Group.objects.get(code="board")
    assert answer["Location"] == f"{WHERE}groups/{added.pk}/"
    assert added.parent == top
    ring = client.post(WHERE + f"groups/{top.pk}/edit/", typed_group(parent=added.pk, seen="1"))
    assert ring.status_code == 422


def test_a_group_needs_a_name_in_one_language_and_keeps_what_was_typed(cast, client):
    client.force_login(cast.ann)
    answer = client.post(WHERE + "groups/add/", typed_group(name_cy="", name_en="", purpose_en="To meet"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "govuk-error-summary" in page
    assert "To meet" in page
    assert not Group.objects.exists()


def test_a_stale_save_shows_both_texts_and_saves_only_when_asked_again(cast, client):
    group = make_group(cast)
    client.force_login(cast.ann)
    where = WHERE + f"groups/{group.pk}/edit/"
    seen = client.get(where).context["form"]["seen"].value()
    client.post(where, typed_group(name_en="Their name", level="county", seen=seen))
    stale = client.post(where, typed_group(name_en="My name", seen=seen))
    page = stale.content.decode()
    assert stale.status_code == 409
    assert "Their name" in page
    assert "My name" in page
    assert "county" in page
    assert Group.objects.get().name_en == "Their name"
    again = client.post(where, typed_group(name_en="My name", seen=stale.context["form"]["seen"].value()))
    assert again.status_code == 302
    assert Group.objects.get().name_en == "My name"


def test_a_persons_stale_details_show_both_texts_too(cast, client):
    client.force_login(cast.ann)
    where = WHERE + f"who/{cast.bryn.person_id}/edit/"
    typed = {
        "given": "Bryn",
        "family": "Dychmygol",
        "email": "bryn@example.org",
        "post_cy": "",
        "post_en": "",
        "language": "cy",
        "body": "",
    }
    seen = client.get(where).context["form"]["seen"].value()
    assert client.post(where, typed | {"phone": "01248 111111", "seen": seen}).status_code == 302
    stale = client.post(where, typed | {"phone": "01248 222222", "seen": seen})
    assert stale.status_code == 409
    assert "01248 111111" in stale.content.decode()
    assert Person.objects.get(pk=cast.bryn.person_id).phone == "01248 111111"


def test_a_withdrawn_group_leaves_the_tree_and_comes_back(cast, client):
    group = make_group(cast)
    client.force_login(cast.ann)
    where = WHERE + f"groups/{group.pk}/withdraw/"
    assert client.post(where, {"seen": "1", "reason": "entered twice"}).status_code == 302
    assert "Board board" not in client.get(WHERE).content.decode()
    assert client.post(where, {"seen": "1"}).status_code == 409
    assert client.post(where, {"seen": "2"}).status_code == 302
    assert "Board board" in client.get(WHERE).content.decode()


def test_a_document_is_added_corrected_and_taken_off(cast, client):
    group = make_group(cast)
    client.force_login(cast.ann)
    where = WHERE + f"groups/{group.pk}/documents/"
    client.post(where + "add/", {"title_cy": "Strategaeth", "title_en": "Strategy", "both_checked": "on"})
    document = Owned.objects.get()
    assert document.title_state == "checked"
    client.post(where + f"{document.pk}/", {"title_cy": "Strategaeth", "title_en": "New strategy", "seen": version_of(document)})
    assert Owned.objects.get().title_state == "stale_cy"
    assert client.get(where + f"{document.pk}/remove/").status_code == 200
    assert Owned.objects.exists()
    client.post(where + f"{document.pk}/remove/")
    assert not Owned.objects.exists()


def test_what_a_body_became_is_told_with_its_day(cast, client):
    old = add_body(
        by=Installation(), partnership=cast.gwynedd_mon, code="old", name=("Hen", "Old Body"), kind="other", to_on=date(2021, 6, 25)
    )
    new = add_body(by=Installation(), partnership=cast.gwynedd_mon, code="new", name=("Newydd", "New Body"), kind="other")
    succeed(by=Installation(), partnership=cast.gwynedd_mon, body=old, successors=[new])
    client.force_login(cast.carys)
    page = client.get(WHERE + "bodies/").content.decode()
    assert "Became: New Body, on 26 June 2021" in page
    assert "Formerly: Old Body" in page
    assert page.index("No longer") < page.index("Became: New Body")


def test_ann_adds_a_body_and_changes_its_standing(cast, client):
    client.force_login(cast.ann)
    typed = {"name_cy": "Elusen", "name_en": "Charity", "short_cy": "", "short_en": "", "kind": "voluntary", "standing": "invited"}
    assert client.post(WHERE + "bodies/add/", typed).status_code == 302
    held = Membership.objects.get(body__code="charity")
    assert (held.standing, held.is_member) == ("invited", True)
    client.post(
        WHERE + f"bodies/{held.pk}/standing/",
        {"standing": "co-operating", "is_member": "on", "from_on": "2020-01-01", "seen": version_of(held)},
    )
    held.refresh_from_db()
    assert (held.standing, held.from_on) == ("co-operating", date(2020, 1, 1))


def test_a_body_shared_with_another_partnership_is_not_renamed_from_here(cast, client):
    client.force_login(cast.ann)
    held = Membership.objects.get(body=cast.police, partnership=cast.gwynedd_mon)
    typed = {"name_cy": "X", "name_en": "X", "short_cy": "", "short_en": "", "kind": "police", "seen": version_of(cast.police)}
    answer = client.post(WHERE + f"bodies/{held.pk}/", typed)
    assert answer.status_code == 422
    assert "another partnership" in answer.content.decode()
    cast.police.refresh_from_db()
    assert cast.police.name_en == "North Wales Police"


def test_a_body_known_elsewhere_joins(cast, client):
    theirs = Body.objects.create(code="theirs", kind="other", **bilingual("Corff", "Their body", "name"))
    Membership.objects.create(partnership=cast.wrexham, body=theirs, standing="invited")
    client.force_login(cast.ann)
    client.post(WHERE + "bodies/join/", {"body": theirs.pk, "standing": "co-operating", "is_member": "on"})
    assert Membership.objects.filter(partnership=cast.gwynedd_mon, body=theirs, standing="co-operating").exists()


def test_ann_adds_a_person_who_sets_their_own_password(cast, client, mailoutbox):
    client.force_login(cast.ann)
    typed = {"given": "Nia", "family": "Dychmygus", "email": "nia@example.org", "language": "cy", "role": "analyst", "signs_in": "on"}
    assert client.post(WHERE + "who/add/", typed).status_code == 302
    assert not User.objects.get(email="nia@example.org").has_usable_password()
    client.logout()
    client.post("/en/accounts/password/reset/", {"email": "nia@example.org"})
    assert [mail.to for mail in mailoutbox] == [["nia@example.org"]]
    assert "/accounts/password/reset/key/" in mailoutbox[0].body


def test_a_role_is_given_and_ended_and_the_person_leaves_the_page(cast, client):
    client.force_login(cast.ann)
    at = WHERE + f"who/{cast.bryn.person_id}/"
    assert client.post(at + "roles/add/", {"role": "analyst"}).status_code == 302
    for holding in cast.bryn.person.holdings.all():
        assert client.post(at + f"roles/{holding.pk}/end/", {"to_on": "2020-01-01", "seen": version_of(holding)}).status_code == 302
    assert "Dychmygol" not in client.get(WHERE + "who/").content.decode()
    assert client.get(at).status_code == 200


def test_ann_cannot_change_her_own_roles_or_account(cast, client):
    client.force_login(cast.ann)
    at = WHERE + f"who/{cast.ann.person_id}/"
    page = client.get(at).content.decode()
    assert "roles/add" not in page
    assert client.post(at + "roles/add/", {"role": "case_role"}).status_code == 422
    assert client.post(at + "account/", {"do": "close"}).status_code == 422
    assert User.objects.get(pk=cast.ann.pk).is_active


def test_an_account_is_closed_and_opened_again(cast, client):
    client.force_login(cast.ann)
    at = WHERE + f"who/{cast.bryn.person_id}/account/"
    client.post(at, {"do": "close"})
    assert not User.objects.get(pk=cast.bryn.pk).is_active
    client.post(at, {"do": "open"})
    assert User.objects.get(pk=cast.bryn.pk).is_active


def test_a_seat_in_a_group_is_ticked_and_unticked(cast, client):
    group = make_group(cast)
    client.force_login(cast.ann)
    at = WHERE + f"groups/{group.pk}/seats/"
    client.post(at, {"person": [cast.bryn.person_id, cast.dai.person_id]})
    assert [member.person_id for member in group.members.all()] == [cast.bryn.person_id]
    client.force_login(cast.bryn)
    assert "Dychmygol" in client.get(at).content.decode()
    assert client.post(at, {}).status_code == 403
    client.force_login(cast.carys)
    assert client.get(at).status_code == 403
    client.force_login(cast.ann)
    client.post(at, {})
    assert not group.members.exists()


def test_the_administrator_edits_the_partnership_and_the_analyst_does_not(cast, client):
    nia = make_user(make_person("Nia", "Dychmygus"))
    hold(nia, cast.gwynedd_mon, Role.ADMINISTRATOR)
    client.force_login(nia)
    typed = {"name_cy": "Enw", "name_en": "Name", "place_cy": "Lle", "place_en": "Place", "about_cy": "", "about_en": ""}
    typed |= {"vision_cy": "", "vision_en": "", "language": "en", "marking": "OFFICIAL", "areas": [cast.gwynedd.pk], "seen": "1"}
    assert client.post(WHERE + "partnership/", typed).status_code == 302
    cast.gwynedd_mon.refresh_from_db()
    assert cast.gwynedd_mon.name_en == "Name"
    assert list(cast.gwynedd_mon.areas.all()) == [cast.gwynedd]
    Holding.objects.filter(person=nia.person).update(role="analyst")
    assert client.get(WHERE + "partnership/").status_code == 403


def test_no_address_of_this_room_tells_a_name(cast, client):
    client.force_login(cast.ann)
    page = client.get(WHERE + "who/").content.decode()
    links = [part.split('"')[0] for part in page.split('href="')[1:] if not part.startswith("mailto:")]
    assert links
    assert not any(name in link.lower() for link in links for name in ("ann", "bryn", "dychmygol", "enghraifft"))


def test_a_form_that_lost_its_version_overwrites_nothing(cast, client):
    client.force_login(cast.ann)
    group = make_group(cast)
    answer = client.post(WHERE + f"groups/{group.pk}/edit/", {"name_cy": "Arall", "name_en": "Other", "level": "local", "order": "0"})
    assert answer.status_code == 422
    group.refresh_from_db()
    assert group.name_en != "Other"


@pytest.mark.parametrize("seen", ["", "abc", "-1", "9" * 40, "\N{SUPERSCRIPT TWO}", "0"])
def test_a_row_is_not_withdrawn_by_a_form_that_names_no_version_of_it(cast, client, seen):
    client.force_login(cast.ann)
    group = make_group(cast)
    assert client.post(WHERE + f"groups/{group.pk}/withdraw/", {"seen": seen}).status_code == 409
    group.refresh_from_db()
    assert group.withdrawn_on is None


@pytest.mark.parametrize("page", ["who/{}/", "who/{}/edit/", "groups/{}/", "bodies/{}/"])
def test_a_number_greater_than_any_key_leads_nowhere(cast, client, page):
    client.force_login(cast.ann)
    assert client.get(WHERE + page.format(2**63)).status_code == 404


def test_pages_of_the_desk_are_kept_by_nobody(cast, client):
    client.force_login(cast.ann)
    for page in ("", "who/", f"who/{cast.bryn.person_id}/"):
        assert client.get(WHERE + page).headers["Cache-Control"] == "private, no-store"
