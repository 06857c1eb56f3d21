"""The desk's pages that publish: what keeps a plan, the button, the withdrawal; and what the public then reads."""

from __future__ import annotations

import pytest

from diogel.audit.models import Entry
from diogel.people.access import Role
from diogel.people.tests.cast import hold, make_person, make_user
from diogel.published.models import Publication
from diogel.publishing.snapshots import publish, withdraw_publication

from .a_plan import APlan, make_plan

pytestmark = pytest.mark.slow

PAPERS = "/en/gwynedd-mon/desk/papers/"
PLAN = f"{PAPERS}plan/2021-22/"


@pytest.fixture
def a_plan(cast) -> APlan:
    return make_plan(cast)


@pytest.fixture
def ann(client, cast):
    client.force_login(cast.ann)
    return client


@pytest.fixture
def told(cast, a_plan) -> APlan:
    publish("partnership", cast.gwynedd_mon, by=cast.ann)
    publish("plan", a_plan.plan, by=cast.ann)
    return a_plan


def change(row, name: str, cy: str, en: str, *, is_checked: bool) -> None:
    row.set_pair(name, cy=cy, en=en, is_checked=is_checked)
    row.save()


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_list_opens_in_both_languages_with_few_queries(ann, told, language, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        answer = ann.get(PAPERS.replace("/en/", f"/{language}/"))
    assert answer.status_code == 200
    assert (b"2 things are published" in answer.content) == (language == "en")


def test_the_list_names_how_many_sentences_wait(ann, told):
    change(told.action, "text", "Newydd", told.action.text_en, is_checked=False)
    assert b"One sentence keeps something from being published" in ann.get(PAPERS).content


def test_a_plan_says_what_keeps_it_with_the_page_that_mends_it(ann, told, django_assert_max_num_queries):
    change(told.action, "text", "Newydd", told.action.text_en, is_checked=False)
    with django_assert_max_num_queries(12):
        page = ann.get(PLAN).content.decode()
    assert "One sentence keeps this from being published" in page
    assert 'href="/en/gwynedd-mon/desk/plan/2021-22/action/14/correct/"' in page
    assert "English is stale" in page
    assert "Publish again" not in page


def test_a_link_that_mends_leads_to_a_page(ann, told):
    for row, name in ((told.action, "text"), (told.part, "title"), (told.theme, "title"), (told.priority, "summary"), (told.plan, "title")):
        change(row, name, "Newydd", getattr(row, f"{name}_en"), is_checked=False)
    told.sensitive.set_pair("source", cy="Newydd", en=told.sensitive.source_en)
    told.sensitive.save()
    links = {each.url for each in ann.get(PLAN).context["blocking"]}
    assert len(links) == 6
    assert {ann.get(url).status_code for url in links} == {200}


def test_who_only_checks_pairs_is_led_to_the_pair_and_not_to_a_form_that_refuses(client, cast, told):
    for row, name in ((told.action, "text"), (told.part, "title"), (told.theme, "title"), (told.priority, "summary"), (told.plan, "title")):
        change(row, name, "Newydd", getattr(row, f"{name}_en"), is_checked=False)
    iolo = make_user(make_person("Iolo", "Cyfieithydd"))
    hold(iolo, cast.gwynedd_mon, Role.TRANSLATOR)
    client.force_login(iolo)
    links = {each.url for each in client.get(PLAN).context["blocking"]}
    assert f"/en/gwynedd-mon/desk/words/commitment/{told.part.pk}/title/" in links
    assert len(links) == 5
    assert {client.get(url).status_code for url in links} == {200}


def test_the_button_publishes_and_says_so(ann, a_plan, cast):
    answer = ann.post(f"{PAPERS}partnership/about/publish/", follow=True)
    assert b"Version 1 is published in both languages." in answer.content
    assert ann.post(f"{PLAN}publish/", follow=True).status_code == 200
    assert Publication.objects.count() == 2
    answer = ann.post(f"{PLAN}publish/", follow=True)
    assert b"Nothing has changed since version 1" in answer.content
    assert Publication.objects.count() == 2


def test_a_look_never_publishes(ann, a_plan):
    assert ann.get(f"{PLAN}publish/").status_code == 405
    assert not Publication.objects.exists()


def test_a_refusal_is_a_page_that_names_what_is_to_be_mended(ann, told):
    change(told.action, "text", "Newydd", told.action.text_en, is_checked=False)
    answer = ann.post(f"{PLAN}publish/")
    assert answer.status_code == 422
    assert b"Nothing was published" in answer.content
    assert b"correct" in answer.content


@pytest.mark.parametrize(("who", "status"), [("bryn", 403), ("carys", 403), ("dai", 404)])
def test_only_those_who_may_publish_get_the_button(client, told, cast, who, status):
    client.force_login(getattr(cast, who))
    row = Publication.objects.get(kind="plan")
    assert client.post(f"{PLAN}publish/").status_code == status
    assert client.post(f"{PAPERS}version/{row.pk}/withdraw/", {"because_cy": "x", "because_en": "y"}).status_code == status
    if status == 403:
        assert b"Publish again" not in client.get(PLAN).content
    else:
        assert client.get(PLAN).status_code == 404
        assert client.get(f"{PAPERS}version/{row.pk}/certificate/").status_code == 404


def test_strangers_are_asked_to_sign_in(client, told):
    assert client.get(PAPERS).status_code == 302


def test_a_find_of_the_scan_is_shown_blotted_out_and_can_be_answered_for(ann, told):
    make_person("Gwyn", "Llan")
    change(told.action, "text", "Ffair Gwyn Llan.", "The Gwyn Llan fair.", is_checked=True)
    answer = ann.post(f"{PLAN}publish/")
    assert answer.status_code == 422
    assert b"Gwyn Llan" not in answer.content
    keys = [leak.key for leak in answer.context["refused"].leaks]
    assert ann.post(f"{PLAN}publish/", {"finds": keys, "because_cy": "Lle yw hwn", "because_en": ""}).status_code == 422
    assert ann.post(f"{PLAN}publish/", {"finds": keys, "because_cy": "Lle yw hwn", "because_en": "It is a place"}).status_code == 302
    assert Publication.objects.get(kind="plan", version=2).certificate["released"]
    assert Entry.objects.filter(deed="released").count() == len(set(keys))


def test_a_certificate_opens_to_whoever_sees_the_desk(ann, client, told, cast):
    row = Publication.objects.get(kind="plan")
    client.force_login(cast.carys)
    page = client.get(f"{PAPERS}version/{row.pk}/certificate/").content.decode()
    assert "Nothing was found that should stay inside" in page


def test_a_version_is_withdrawn_with_a_reason_in_both_languages(ann, told):
    row = Publication.objects.get(kind="plan")
    address = f"{PAPERS}version/{row.pk}/withdraw/"
    assert ann.post(address, {"because_cy": "Gwall", "because_en": ""}).status_code == 422
    assert ann.post(address, {"because_cy": "Gwall", "because_en": "A fault"}).status_code == 302
    row.refresh_from_db()
    assert row.withdrawn_because_cy == "Gwall"
    assert ann.post(address, {"because_cy": "Gwall", "because_en": "A fault"}).status_code == 422


def test_a_plan_of_which_the_newest_version_was_withdrawn_is_not_called_published(ann, told, cast):
    change(told.action, "title", "Annog pawb", "Encourage everyone", is_checked=True)
    row = publish("plan", told.plan, by=cast.ann)
    assert "This is published" in ann.get(f"{PAPERS}plan/2021-22/").content.decode()
    withdraw_publication(row, by=cast.ann, because=("Roedd gwall", "There was a fault"))
    page = ann.get(f"{PAPERS}plan/2021-22/").content.decode()
    assert "Version 2 was withdrawn, and none stands in its place" in page
    assert "This is published" not in page


def test_what_is_not_there_is_not_found(ann, a_plan):
    for address in ("plan/1999-00/", "partnership/other/", "nothing/about/", "quarter/2021-11/", "version/1/certificate/"):
        assert ann.get(PAPERS + address).status_code == 404


# ------------------------------------------------------------------ what the public reads


def public(client, address: str = "", language: str = "en"):
    return client.get(f"/{language}/gwynedd-mon/{address}")


def test_a_stranger_finds_nothing_before_and_both_languages_after(client, a_plan, cast):
    assert public(client).status_code == public(client, "plan/").status_code == 404
    publish("partnership", cast.gwynedd_mon, by=cast.ann)
    assert public(client).status_code == 200
    assert public(client, "plan/").status_code == 404
    publish("plan", a_plan.plan, by=cast.ann)
    assert b"Encourage people" in public(client, "action/14/").content
    assert b"Annog pobl" in public(client, "action/14/", "cy").content


def test_what_changes_on_the_desk_reaches_the_public_when_it_is_published_again(client, told, cast):
    change(told.action, "title", "Annog pawb", "Encourage everyone", is_checked=True)
    assert b"Encourage people" in public(client, "action/14/").content
    publish("plan", told.plan, by=cast.ann)
    assert b"Encourage everyone" in public(client, "action/14/").content
    assert b"Encourage people" in public(client, "plan/2021-22/v1/").content


def test_a_change_of_one_language_changes_neither(client, told, cast):
    change(told.action, "title", "Annog pawb", told.action.title_en, is_checked=False)
    for language, words in (("cy", b"Annog pobl"), ("en", b"Encourage people")):
        assert words in public(client, "action/14/", language).content


def test_a_withdrawn_plan_says_so_where_it_stood(client, told, cast):
    withdraw_publication(Publication.objects.get(kind="plan"), by=cast.ann, because=("Roedd gwall", "There was a fault"))
    answer = public(client, "plan/")
    assert answer.status_code == 410
    assert b"There was a fault" in answer.content
    assert b"Roedd gwall" in public(client, "plan/2021-22/v1/", "cy").content
    for address in ("", "open-data/"):
        page = public(client, address)
        assert page.status_code == 200
        assert b"The plan that stood here was withdrawn on " in page.content
        assert b"No plan has been published yet" not in page.content


def test_no_public_page_names_anyone_on_file(client, told, cast):
    for language in ("cy", "en"):
        for address in ("", "plan/", "progress/", "outcomes/", "action/14/", "priority/hate/", "theme/hate/", "who-we-are/", "contact/"):
            page = public(client, address, language).content.decode()
            for user in (cast.ann, cast.bryn, cast.carys, cast.dai):
                assert user.person.family not in page
                assert user.email not in page


def test_the_desk_stays_white_outside_for_who_is_signed_in(ann, told):
    page = public(ann).content.decode()
    assert "dg-desk" not in page
    assert "Ann" not in page
