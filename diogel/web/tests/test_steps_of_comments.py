"""Comments that wait for an answer are a step of whoever may answer them, and of nobody else."""

from datetime import date

import pytest

from diogel.home import today
from diogel.people.access import Anyone
from diogel.people.tests.cast import bilingual
from diogel.plan import consulting
from diogel.plan.models import Answer, Comment, Consultation, Plan
from diogel.web.steps import comments, late_and_next
from diogel.web.steps_read import Reader

pytestmark = pytest.mark.django_db
DAY = date(2022, 2, 1)


@pytest.fixture
def held(cast):
    plan = Plan.objects.create(partnership=cast.gwynedd_mon, code="2022-23", from_on=date(2022, 4, 1), to_on=date(2023, 3, 31))
    row = Consultation.objects.create(
        plan=plan, opens_on=date(2022, 1, 1), closes_on=date(2022, 1, 31), **bilingual("Eich barn", "Your view", "title")
    )
    for _one in range(2):
        consulting.send(row, by=Anyone(), text="Words", language="en", on=date(2022, 1, 9))
    return row


def told(who, cast):
    return [(step.sentence, step.due_on, step.url) for step in comments(Reader(who, cast.gwynedd_mon, DAY))]


def test_it_counts_what_waits_and_leads_to_where_it_is_answered(cast, held):
    url = f"/en/gwynedd-mon/desk/plan/2022-23/consultations/{held.pk}/"
    assert told(cast.ann, cast) == [("2 comments wait for an answer: Your view", date(2022, 1, 31), url)]
    assert [step.button for step in late_and_next(cast.ann, cast.gwynedd_mon, DAY) if step.url == url] == ["Answer the comments"]
    Answer.objects.create(comment=Comment.objects.get(number=1), verdict="accepted", answered_on=today())
    assert told(cast.ann, cast)[0][0] == "One comment waits for an answer: Your view"
    Comment.objects.filter(number=2).update(withdrawn_on=today())
    assert told(cast.ann, cast) == []


def test_it_is_nobodys_step_who_may_not_answer(cast, held):
    assert told(cast.bryn, cast) == told(cast.carys, cast) == told(cast.dai, cast) == []


def test_a_consultation_or_plan_that_was_withdrawn_asks_for_nothing(cast, held):
    Plan.objects.update(withdrawn_on=today())
    assert told(cast.ann, cast) == []
    Plan.objects.update(withdrawn_on=None)
    Consultation.objects.update(withdrawn_on=today())
    assert told(cast.ann, cast) == []
