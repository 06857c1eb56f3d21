"""An assessment moves by its table, waits for what is missing, and obeys who may."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from diogel.assessment.life import LIFE, in_the_way, move
from diogel.assessment.models import Assessment, DataRequest, StatutorySection, Theme
from diogel.audit.models import Entry
from diogel.people.access import ROLES, May, Role
from diogel.people.tests.cast import bilingual, hold, make_person, make_user
from diogel.people.versions import StaleSave
from diogel.records.workflow import MoveRefused

from .year import DAY, agreed, being_scored, commissioned, written

pytestmark = pytest.mark.django_db


def codes(row: Assessment, to_status: str) -> list[tuple[str, str]]:
    return [(each.code, each.subject) for each in in_the_way(row, to_status)]


def test_every_status_is_reached_from_the_first():
    assert LIFE.unreachable() == set()


def test_each_move_tells_when_by_whom_and_into_which_status(cast):
    row = commissioned(cast)
    made = move(row, "gathering", by=cast.ann, seen=1, on=DAY)
    row.refresh_from_db()
    assert (row.status, row.commissioned_on, row.version) == ("gathering", DAY, 2)
    assert (made.from_status, made.to_status, made.on, made.by) == ("commissioned", "gathering", DAY, cast.ann.reference)
    assert Entry.objects.filter(subject=f"assessment.assessment:{row.pk}", deed="moved").count() == 1


def test_a_move_that_the_table_does_not_know_is_refused(cast):
    row = commissioned(cast)
    with pytest.raises(MoveRefused, match="from where the assessment stands"):
        move(row, "published", by=cast.ann, seen=1)


def test_going_back_asks_why(cast):
    row = being_scored(cast)
    with pytest.raises(MoveRefused, match="needs a reason"):
        move(row, "gathering", by=cast.ann, seen=row.version)
    assert move(row, "gathering", by=cast.ann, seen=row.version, reason="Figures came late").reason == "Figures came late"


def test_a_stale_move_does_nothing(cast):
    row = commissioned(cast)
    with pytest.raises(StaleSave):
        move(row, "gathering", by=cast.ann, seen=7)
    row.refresh_from_db()
    assert row.status == "commissioned"


def test_without_a_commission_nothing_is_gathered(cast):
    row = commissioned(cast)
    Assessment.objects.filter(pk=row.pk).update(commission_cy="", commission_en="", commission_state="missing")
    row.refresh_from_db()
    assert codes(row, "gathering") == [("no-commission", "")]


def test_scoring_waits_for_a_method_two_scorers_and_evidence(cast):
    row = being_scored(cast)
    row.status, row.method = "gathering", None
    row.save()
    row.scorers.last().delete()
    row.themes.get(code="burglary").evidence.clear()
    assert codes(row, "scoring") == [("no-evidence", "burglary"), ("no-method", ""), ("too-few-scorers", "")]


def test_the_scoring_is_not_closed_while_a_theme_has_neither_score_nor_published_band(cast):
    row = being_scored(cast)
    Theme.objects.filter(code="slavery").update(band="high", band_as_published="High")
    assert codes(row, "agreed") == [("no-score", "burglary")]


def test_approval_names_each_section_that_is_empty_or_not_checked(cast):
    row = agreed(cast)
    written(row)
    StatutorySection.objects.filter(about="levels").update(text_cy="", text_en="", text_state="missing")
    StatutorySection.objects.filter(about="people").update(text_state="stale_en")
    StatutorySection.objects.filter(about="plan").delete()
    assert codes(row, "approved") == [("empty-section", "levels"), ("unchecked-section", "people"), ("empty-section", "plan")]
    with pytest.raises(MoveRefused, match="Levels and patterns"):
        move(row, "approved", by=cast.ann, seen=row.version)
    row.refresh_from_db()
    assert row.status == "agreed"


@pytest.mark.parametrize("about", StatutorySection.About.values)
def test_any_one_empty_section_blocks_approval(cast, about):
    row = agreed(cast)
    written(row)
    row.sections.filter(about=about).delete()
    assert codes(row, "approved") == [("empty-section", about)]


def test_a_theme_without_a_decision_or_without_its_reason_blocks_approval(cast):
    row = agreed(cast)
    written(row)
    Theme.objects.filter(code="burglary").update(decision="undecided")
    Theme.objects.filter(code="slavery").update(decision_reason_state="draft")
    assert codes(row, "approved") == [("undecided", "burglary"), ("no-reason", "slavery")]


def test_words_that_nobody_checked_block_approval_wherever_the_document_tells_them(cast):
    row = agreed(cast)
    written(row)
    Theme.objects.filter(code="burglary").update(title_state="stale_cy")
    Assessment.objects.filter(pk=row.pk).update(title_state="draft")
    row.refresh_from_db()
    assert codes(row, "approved") == [("unchecked-words", ""), ("unchecked-words", "burglary")]


def test_what_a_body_did_not_send_blocks_approval_until_it_is_said_why(cast):
    row = agreed(cast)
    written(row)
    asked = DataRequest.objects.create(
        assessment=row, body=cast.police, asked_on=DAY, due_on=date(2022, 1, 9), **bilingual("Ffigurau", "Figures", "what")
    )
    assert codes(row, "approved") == [("unanswered-request", str(asked.pk))]
    DataRequest.objects.filter(pk=asked.pk).update(**bilingual("Dim system", "No system", "missing_because"))
    assert codes(row, "approved") == []


def test_a_whole_assessment_is_approved_and_counts_from_then_on(cast):
    row = agreed(cast)
    written(row)
    older = Assessment.objects.create(partnership=cast.gwynedd_mon, code="2021", to_on=date(2020, 12, 31), status="published")
    assert Assessment.objects.foremost().first() == older
    move(row, "approved", by=cast.ann, seen=row.version)
    assert Assessment.objects.foremost().first() == row
    assert row.before().get() == older


@pytest.mark.parametrize("role", list(Role))
def test_only_who_may_approve_approves(cast, role):
    row = agreed(cast)
    written(row)
    user = make_user(make_person(f"X{role.value}", "Y"))
    hold(user, cast.gwynedd_mon, role)
    if May.APPROVE_ASSESSMENT in ROLES[role][1]:
        assert move(row, "approved", by=user, seen=row.version).to_status == "approved"
    else:
        with pytest.raises(PermissionDenied):
            move(row, "approved", by=user, seen=row.version)


def test_the_chair_approves_and_writes_nothing(cast, client):
    chair = make_user(make_person("Goronwy", "Y"))
    hold(chair, cast.gwynedd_mon, Role.CHAIR)
    row = agreed(cast)
    written(row)
    client.force_login(chair)
    where = f"/en/gwynedd-mon/desk/themes/assessment/{row.pk}/"
    assert client.get(f"{where}section/levels/correct/").status_code == 403
    assert client.post(f"{where}move/approved/", {"seen": row.version}).status_code == 302
    row.refresh_from_db()
    assert row.status == "approved"


def test_a_refused_move_is_told_on_its_page_and_changes_nothing(cast, client):
    row = agreed(cast)
    client.force_login(cast.ann)
    where = f"/en/gwynedd-mon/desk/themes/assessment/{row.pk}/move/approved/"
    assert "This section is empty: Why it has changed" in client.get(where).content.decode()
    answer = client.post(where, {"seen": row.version})
    row.refresh_from_db()
    assert (answer.status_code, row.status) == (422, "agreed")
    client.force_login(cast.dai)
    assert client.post(where, {"seen": row.version}).status_code == 404
