"""The words desk: what waits stands in the order of what matters, and whoever reads both languages mends it and vouches for it there."""

import pytest
from django.db import IntegrityError, transaction

from diogel.audit.models import Entry
from diogel.indicators.models import Card, Look
from diogel.people.access import ROLES, May, Role
from diogel.people.models import Body, Group, GroupMember, Membership, Owned, Partnership
from diogel.people.tests.cast import bilingual, hold, make_person, make_user
from diogel.people.writing import withdraw, write
from diogel.plan.models import Plan
from diogel.web.row_kinds import KINDS
from diogel.web.words_list import BILINGUAL, MOST, unchecked

from .words_cast import WHERE, make_action, make_theme, make_translator

pytestmark = pytest.mark.django_db


@pytest.fixture
def iolo(cast, client):
    user = make_translator(cast)
    client.force_login(user)
    client.user = user
    return client


def waiting(user, partnership):
    return [(each.key, each.name, each.state) for each in unchecked(user, partnership)]


def test_every_bilingual_kind_of_row_is_on_the_desk():
    from django.apps import apps

    from diogel.places.models import Area
    from diogel.words.pairs import Bilingual

    held = {model for model in apps.get_models() if issubclass(model, Bilingual) and model.pairs}
    assert {kind.model for kind in BILINGUAL.values()} == held - {Area}, "names of areas are public data, loaded and not written"
    assert all(len(kind.model.pairs) <= MOST for kind in BILINGUAL.values())
    assert all(str(kind.label(name)) for kind in BILINGUAL.values() for name in kind.model.pairs)


def test_the_title_counts_what_waits(cast, iolo):
    assert "Every sentence is checked in both languages" in iolo.get(WHERE).content.decode()
    make_theme(cast.gwynedd_mon)
    assert "One sentence is not checked in both languages" in iolo.get(WHERE).content.decode()
    make_action(cast)
    page = iolo.get(WHERE).content.decode()
    assert "2 sentences are not checked in both languages" in page
    assert "one of them holds up a paper" in page or "2 of them hold up a paper" in page


def test_what_is_stale_comes_first_then_what_is_missing_then_drafts(cast, iolo):
    make_theme(cast.gwynedd_mon, "a")
    make_theme(cast.gwynedd_mon, "b", title_cy="", title_state="missing")
    make_theme(cast.gwynedd_mon, "c", title_state="stale_cy")
    make_theme(cast.gwynedd_mon, "d", title_state="checked")
    assert [state for _key, _name, state in waiting(iolo.user, cast.gwynedd_mon)] == ["stale", "missing", "draft"]


def test_a_title_in_the_plan_in_force_is_said_to_hold_up_its_papers(cast, iolo):
    make_action(cast)
    page = iolo.get(WHERE).content.decode()
    assert "Holds up the public pages" in page
    assert "Holds up the quarter’s pack" in page
    Plan.objects.update(status="draft")
    assert "Holds up" not in iolo.get(WHERE).content.decode().replace("hold up a paper", "")


def test_the_list_is_narrowed_by_words_state_and_kind(cast, iolo):
    make_theme(cast.gwynedd_mon)
    make_action(cast)
    for asked, shown, hidden in (("q=BURGL", "Burglary", "Train all"), ("state=missing", "Train all", "Burglary"), ("kind=theme", "Burglary", "Train all")):  # fmt: skip
        page = iolo.get(f"{WHERE}?{asked}").content.decode()
        assert f">{shown}</a>" in page
        assert f">{hidden}</a>" not in page
        assert "Shown: 1 of 2" in page
    assert "No sentence that waits is of this kind" in iolo.get(f"{WHERE}?q=nowhere").content.decode()
    assert ">Burglary</a>" in iolo.get(f"{WHERE}?state=lost&kind=%00&page=900").content.decode()


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_desk_takes_few_questions_however_much_waits(cast, iolo, language, django_assert_max_num_queries):
    for number in range(60):
        make_theme(cast.gwynedd_mon, f"t{number}", title_cy="")
    make_action(cast)
    with django_assert_max_num_queries(12):
        page = iolo.get(f"/{language}/gwynedd-mon/desk/words/").content.decode()
    assert "page=2" in page


def test_a_translator_mends_and_vouches_and_the_log_tells(cast, iolo):
    row = make_theme(cast.gwynedd_mon, title_cy="", title_state="missing")
    door = f"{WHERE}theme/{row.pk}/title/"
    assert door in iolo.get(WHERE).content.decode()
    assert "The Welsh is missing" in iolo.get(door).content.decode()
    answer = iolo.post(door, {"title_cy": "Byrgleriaeth", "title_en": "Burglary", "both_checked": "on", "seen": "1"})
    assert answer.url == WHERE
    row.refresh_from_db()
    assert (row.title_cy, row.title_state, row.version) == ("Byrgleriaeth", "checked", 2)
    entry = Entry.objects.first()
    assert (entry.by, entry.subject, entry.deed) == (iolo.user.reference, f"assessment.theme:{row.pk}", "changed")
    page = iolo.get(WHERE).content.decode()
    assert "Both halves are checked." in page
    assert "Every sentence is checked in both languages" in page


def test_a_half_alone_is_never_vouched_for(cast, iolo):
    row = make_theme(cast.gwynedd_mon)
    answer = iolo.post(f"{WHERE}theme/{row.pk}/title/", {"title_cy": "", "title_en": "Burglary", "both_checked": "on", "seen": "1"})
    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.title_state == "draft"
    row.title_state, row.title_cy = "checked", ""
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_nothing_but_the_words_is_taken_from_the_form(cast, iolo):
    row = make_theme(cast.gwynedd_mon, rationale_en="Because")
    said = {"title_cy": "A", "title_en": "B", "rationale_en": "Other", "band": "high", "decision": "priority", "withdrawn_on": "2022-01-01"}
    iolo.post(f"{WHERE}theme/{row.pk}/title/", {**said, "seen": "1"})
    row.refresh_from_db()
    assert (row.title_en, row.rationale_en, row.band, row.decision, row.withdrawn_on) == ("B", "Because", "", "undecided", None)


def test_a_stale_save_shows_both_texts_and_loses_neither(cast, iolo):
    row = make_theme(cast.gwynedd_mon)
    write(row, by=cast.ann, seen=1, pairs={"title": ("Lladrad o dai", "Burglary")})
    answer = iolo.post(
        f"{WHERE}theme/{row.pk}/title/", {"title_cy": "Bwrgleriaeth", "title_en": "Burglary", "both_checked": "on", "seen": "1"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Lladrad o dai" in page
    assert "Bwrgleriaeth" in page
    row.refresh_from_db()
    assert row.title_cy == "Lladrad o dai"


def test_what_changed_since_the_last_check_is_shown_and_can_be_undone(cast, iolo):
    row = make_theme(cast.gwynedd_mon)
    write(row, by=cast.ann, seen=1, pairs={"title": ("Byrgleriaeth", "Burglary")}, checked=("title",))
    write(row, by=cast.ann, seen=2, pairs={"title": ("Byrgleriaeth", "Burglary of homes")})
    door = f"{WHERE}theme/{row.pk}/title/"
    page = iolo.get(door).content.decode()
    assert "The English was changed, and the Welsh has not followed" in page
    assert "What changed since both were checked on" in page
    assert "Burglary<ins> of homes</ins>" in page
    answer = iolo.post(f"{door}undo/", {"seen": "3"})
    assert answer.url == door
    row.refresh_from_db()
    assert (row.title_en, row.title_state, row.version) == ("Burglary", "checked", 4)
    assert Entry.objects.first().detail == {"title_en": ["Burglary of homes", "Burglary"], "title_state": ["stale_cy", "checked"]}
    iolo.post(f"{door}undo/", {"seen": "4"})
    row.refresh_from_db()
    assert (row.title_en, row.title_state) == ("Burglary of homes", "stale_cy")


@pytest.mark.parametrize("seen", ["1", "", "x", "99999999999999999999"])
def test_an_undo_of_what_someone_has_changed_since_does_nothing(cast, iolo, seen):
    row = make_theme(cast.gwynedd_mon)
    write(row, by=cast.ann, seen=1, pairs={"title": ("Byrgleriaeth", "Burglary")}, checked=("title",))
    iolo.post(f"{WHERE}theme/{row.pk}/title/undo/", {"seen": seen})
    row.refresh_from_db()
    assert (row.title_state, row.version) == ("checked", 2)


def test_a_pair_of_which_the_log_tells_nothing_is_not_undone(cast, iolo):
    row = make_theme(cast.gwynedd_mon)
    page = iolo.get(f"{WHERE}theme/{row.pk}/title/").content.decode()
    assert "The log tells of no earlier check." in page
    assert "Undo the last change" not in page
    iolo.post(f"{WHERE}theme/{row.pk}/title/undo/", {"seen": "1"})
    row.refresh_from_db()
    assert row.version == 1


def test_a_pair_leads_to_where_it_stands(cast, iolo):
    row, action = make_theme(cast.gwynedd_mon), make_action(cast)
    theirs = f'href="/en/gwynedd-mon/desk/themes/assessment/{row.assessment_id}/theme/burglary/"'
    assert theirs in iolo.get(f"{WHERE}theme/{row.pk}/title/").content.decode()
    page = iolo.get(f"{WHERE}action/{action.pk}/title/").content.decode()
    assert 'href="/en/gwynedd-mon/desk/plan/2021-22/action/1/"' in page
    assert "dg-pair" in iolo.get("/en/gwynedd-mon/desk/plan/2021-22/").content.decode()


@pytest.mark.parametrize("role", Role)
def test_the_desk_opens_to_who_checks_pairs_and_to_nobody_else(cast, client, role):
    row = make_theme(cast.gwynedd_mon)
    user = make_user(make_person("Rhywun", "Arall"))
    hold(user, cast.gwynedd_mon, role)
    client.force_login(user)
    opens = May.CHECK_PAIRS in ROLES[role][1]
    door = f"{WHERE}theme/{row.pk}/title/"
    said = {"title_cy": "A", "title_en": "B", "seen": "1"}
    assert [client.get(WHERE).status_code, client.get(door).status_code] == [200 if opens else 403] * 2
    assert client.post(door, said).status_code == (302 if opens else 403)
    assert client.post(f"{door}undo/", {"seen": "2"}).status_code == (302 if opens else 403)
    assert (f'href="{WHERE}"' in client.get("/en/gwynedd-mon/desk/").content.decode()) == opens


def test_words_of_another_partnership_are_not_there(cast, iolo):
    row = make_theme(cast.wrexham)
    assert waiting(iolo.user, cast.gwynedd_mon) == []
    assert iolo.get(f"{WHERE}theme/{row.pk}/title/").status_code == 404
    assert iolo.post(f"{WHERE}theme/{row.pk}/title/", {"title_cy": "A", "title_en": "B", "seen": "1"}).status_code == 404
    assert iolo.get("/en/wrexham/desk/words/").status_code == 404


@pytest.mark.parametrize(("visibility", "is_seated"), [("group", False), ("case", True)])
def test_an_action_that_is_kept_to_a_few_stays_unseen_with_all_that_hangs_on_it(cast, iolo, visibility, is_seated):
    group = Group.objects.create(partnership=cast.gwynedd_mon, code="few", level="local", **bilingual("Grŵp", "Group", "name"))
    if is_seated:
        GroupMember.objects.create(group=group, person=iolo.user.person)
    action = make_action(cast, visibility=visibility, group=group)
    update = action.updates.create(quarter="2021-12", text_en="Told to a few", state="filed")
    part = action.sub_actions.create(code="1a", title_en="A part")
    over = action.carry_overs.create(from_plan="2020-21", reason_en="No money")
    assert waiting(iolo.user, cast.gwynedd_mon) == []
    for door in (
        f"action/{action.pk}/title/",
        f"update/{update.pk}/text/",
        f"commitment/{part.pk}/title/",
        f"carry-over/{over.pk}/reason/",
    ):
        assert iolo.get(WHERE + door).status_code == 404
        assert iolo.post(WHERE + door, {"seen": "1"}).status_code == 404


def test_who_sits_in_the_group_mends_the_words_of_its_actions(cast, iolo):
    group = Group.objects.create(partnership=cast.gwynedd_mon, code="few", level="local", **bilingual("Grŵp", "Group", "name"))
    GroupMember.objects.create(group=group, person=iolo.user.person)
    action = make_action(cast, visibility="group", group=group)
    assert waiting(iolo.user, cast.gwynedd_mon) == [("action", "title", "missing")]
    said = {"title_cy": "Hyfforddi pawb", "title_en": "Train all", "both_checked": "on", "seen": "1"}
    assert iolo.post(f"{WHERE}action/{action.pk}/title/", said).status_code == 302


def test_what_was_withdrawn_waits_for_nobody(cast, iolo):
    row, other = make_theme(cast.gwynedd_mon), make_theme(cast.wrexham)
    withdraw(row, by=cast.ann, seen=1)
    assert waiting(iolo.user, cast.gwynedd_mon) == []
    assert iolo.get(f"{WHERE}theme/{row.pk}/title/").status_code == 404
    withdraw(other.assessment, by=cast.dai, seen=1)
    assert waiting(cast.dai, cast.wrexham) == []


def test_signed_words_are_read_and_not_written(cast, iolo):
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
    words = bilingual("Am fod", "Because", "explanation") | {"further_cy": "Gwylio", "further_en": "Watch", "further_state": "draft"}
    card = Card.objects.create(
        look=look, area=cast.gwynedd, crime_type="Shoplifting", finding={}, cause="real", signed_on="2022-01-02", **words
    )
    door = f"{WHERE}card/{card.pk}/further/"
    page = iolo.get(door)
    assert page.status_code == 200
    assert "Somebody has signed these words" in page.content.decode()
    for who in (iolo.user, cast.ann):
        iolo.force_login(who)
        assert iolo.post(door, {"further_cy": "A", "further_en": "B", "seen": "1"}).status_code == 403


def test_a_shared_body_is_vouched_for_only_by_who_may_wherever_it_stands(cast, iolo):
    Body.objects.filter(pk=cast.police.pk).update(short_state="draft")
    door = f"{WHERE}body/{cast.police.pk}/short/"
    assert "This stands in another partnership too" in iolo.get(door).content.decode()
    said = {"short_cy": "Heddlu", "short_en": "Police", "both_checked": "on"}
    assert iolo.post(door, said).status_code == 403
    hold(iolo.user, cast.wrexham, Role.TRANSLATOR)
    seen = iolo.get(door).context["form"]["seen"].value()
    assert iolo.post(door, said | {"seen": str(seen - 1)}).status_code == 409
    assert iolo.post(door, said | {"seen": str(seen)}).url == WHERE
    cast.police.refresh_from_db()
    assert (cast.police.short_en, cast.police.short_state) == ("Police", "checked")
    assert Entry.objects.first().detail["short_en"] == ["North Wales Police", "Police"]


def test_a_document_of_a_group_and_the_partnership_itself_are_vouched_for(cast, iolo):
    group = Group.objects.create(partnership=cast.gwynedd_mon, code="board", level="local", **bilingual("Bwrdd", "Board", "name"))
    owned = Owned.objects.create(group=group, title_cy="Cylch", title_en="Terms", title_state="draft")
    Partnership.objects.filter(pk=cast.gwynedd_mon.pk).update(about_cy="Ni", about_en="We", about_state="stale_en")
    doors = {f"document/{owned.pk}/title/": "title", f"partnership/{cast.gwynedd_mon.pk}/about/": "about"}
    for door, name in doors.items():
        seen = iolo.get(WHERE + door).context["form"]["seen"].value()
        said = {f"{name}_cy": "Cy", f"{name}_en": "En", "both_checked": "on", "seen": str(seen)}
        assert iolo.post(WHERE + door, said).status_code == 302
    assert waiting(iolo.user, cast.gwynedd_mon) == []


NO_PAIRS = ["theme/1/nothing/", "nothing/1/title/", "theme/0/title/", "number/1/title/", "tension/1/title/"]


@pytest.mark.parametrize("door", [*NO_PAIRS, "theme/99999999999999999999/title/"])
def test_what_is_no_pair_is_not_there(cast, iolo, door):
    make_theme(cast.gwynedd_mon)
    assert iolo.get(WHERE + door).status_code == 404


def test_an_empty_pair_is_no_sentence(cast, iolo):
    row = make_theme(cast.gwynedd_mon, title_state="checked")
    assert waiting(iolo.user, cast.gwynedd_mon) == []
    assert iolo.get(f"{WHERE}theme/{row.pk}/rationale/").status_code == 404


def test_every_kind_says_where_its_rows_stand(cast):
    assert set(KINDS) >= set(BILINGUAL)
    Membership.objects.all().delete()
    body = KINDS["body"].where(cast.police, "gwynedd-mon")
    assert body == "/en/gwynedd-mon/desk/people/bodies/"


def test_the_next_steps_of_a_translator_lead_to_the_words(cast, iolo):
    assert "Open the words" not in iolo.get("/en/gwynedd-mon/desk/").content.decode()
    make_theme(cast.gwynedd_mon)
    page = iolo.get("/en/gwynedd-mon/desk/").content.decode()
    assert "One sentence is not checked in both languages" in page
    assert f'href="{WHERE}"' in page
