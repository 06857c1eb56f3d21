"""Whoever checks pairs mends the words of a row and vouches for them, and nothing else in it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from diogel.assessment.models import Assessment, Theme
from diogel.audit.models import Entry
from diogel.people.access import ROLES, May, Role, may_write
from diogel.people.models import Group, GroupMember
from diogel.people.tests.cast import hold, make_person, make_user
from diogel.people.versions import StaleSave
from diogel.people.writing import withdraw, write
from diogel.processes.actions.models import Action, SubAction, Update

pytestmark = pytest.mark.django_db

HALVES = {"title": ("Byrgleriaeth", "Burglary")}


@pytest.fixture
def translator(cast):
    user = make_user(make_person("Iolo", "Cyfieithydd"))
    hold(user, cast.gwynedd_mon, Role.TRANSLATOR)
    return user


def make_theme(partnership, **columns):
    assessment = Assessment.objects.create(partnership=partnership, code="2021")
    return Theme.objects.create(
        assessment=assessment, code="burglary", title_cy="Lladrad", title_en="Burglary", title_state="draft", **columns
    )


def make_action(cast, visibility, group=None):
    row = {"kind": "action", "reference": visibility, "status": "agreed", "opened_on": date(2021, 4, 1)}
    return Action.objects.create(partnership=cast.gwynedd_mon, visibility=visibility, group=group, title_cy="A", title_en="B", **row)


def test_a_translator_mends_a_half_and_vouches_for_both(cast, translator):
    row = write(make_theme(cast.gwynedd_mon), by=translator, seen=1, pairs=HALVES, checked=("title",))
    row.refresh_from_db()
    assert (row.title_cy, row.title_state, row.version) == ("Byrgleriaeth", "checked", 2)
    entry = Entry.objects.first()
    assert entry.by == translator.reference
    assert entry.detail == {"title_cy": ["Lladrad", "Byrgleriaeth"], "title_state": ["draft", "checked"]}


def test_a_translator_changes_nothing_else_in_the_row(cast, translator):
    row = make_theme(cast.gwynedd_mon)
    for more in ({"band": "high"}, {"withdrawn_on": date(2022, 1, 1)}):
        with pytest.raises(PermissionDenied):
            write(row, by=translator, seen=1, pairs=HALVES, **more)
    with pytest.raises(PermissionDenied):
        write(row, by=translator, seen=1, pairs=HALVES, many={"evidence": []})
    with pytest.raises(PermissionDenied):
        withdraw(row, by=translator, seen=1)
    row.refresh_from_db()
    assert (row.band, row.title_cy, row.version) == ("", "Lladrad", 1)


def test_what_was_set_on_the_row_by_hand_is_not_written_with_its_words(cast, translator):
    row = make_theme(cast.gwynedd_mon)
    row.band = "high"
    write(row, by=translator, seen=1, pairs=HALVES)
    row.refresh_from_db()
    assert (row.band, row.title_cy) == ("", "Byrgleriaeth")


def test_a_translator_makes_no_row(cast, translator):
    assessment = Assessment.objects.create(partnership=cast.gwynedd_mon, code="2021")
    with pytest.raises(PermissionDenied):
        write(Theme(assessment=assessment, code="new"), by=translator, pairs=HALVES)


def test_a_translator_of_one_partnership_mends_no_words_of_another(cast, translator):
    with pytest.raises(PermissionDenied):
        write(make_theme(cast.wrexham), by=translator, seen=1, pairs=HALVES)


def test_a_stale_mending_is_refused(cast, translator):
    row = make_theme(cast.gwynedd_mon)
    write(Theme.objects.get(pk=row.pk), by=cast.ann, seen=1, pairs={"title": ("Arall", "Other")})
    with pytest.raises(StaleSave):
        write(row, by=translator, seen=1, pairs=HALVES)


@pytest.mark.parametrize("role", Role)
def test_only_who_checks_pairs_or_edits_the_kind_may_mend_its_words(cast, role):
    user = make_user(make_person("Rhywun", "Arall"))
    hold(user, cast.gwynedd_mon, role)
    powers = ROLES[role][1]
    row = make_theme(cast.gwynedd_mon)
    assert may_write(user, row, cast.gwynedd_mon, only_words=True) == bool(powers & {May.CHECK_PAIRS, May.EDIT_ASSESSMENT})
    assert may_write(user, row, cast.gwynedd_mon) == (May.EDIT_ASSESSMENT in powers)


def test_nobody_vouches_who_may_not_check_pairs(cast):
    analyst = make_user(make_person("Elliw", "Ffigur"))
    hold(analyst, cast.gwynedd_mon, Role.ANALYST)
    row = make_theme(cast.gwynedd_mon)
    with pytest.raises(PermissionDenied, match="CHECK_PAIRS"):
        write(row, by=analyst, seen=1, pairs=HALVES, checked=("title",))
    assert write(row, by=analyst, seen=1, pairs=HALVES).title_state == "stale_en"


SEEN = [("partnership", False, True), ("group", False, False), ("group", True, True), ("case", True, False)]


@pytest.mark.parametrize(("visibility", "is_seated", "opens"), SEEN)
def test_what_hangs_on_an_action_is_seen_and_mended_by_who_sees_the_action(cast, translator, visibility, is_seated, opens):
    group = Group.objects.create(partnership=cast.gwynedd_mon, code="few", level="local")
    if is_seated:
        GroupMember.objects.create(group=group, person=translator.person)
    action = make_action(cast, visibility, group)
    rows = [
        action,
        SubAction.objects.create(action=action, code="6a", title_cy="A", title_en="B"),
        Update.objects.create(action=action, quarter="2021-12", text_cy="A", text_en="B"),
    ]
    for row in rows:
        assert type(row).objects.visible_to(translator).filter(pk=row.pk).exists() == opens, row
        assert may_write(translator, row, cast.gwynedd_mon, only_words=True) == opens, row
