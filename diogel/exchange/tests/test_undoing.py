"""An import that is undone takes its plan along, unless somebody put something into it since: then it stays, and the page says why."""

from datetime import date

import pytest

from diogel.analysis.periods import Quarter
from diogel.analysis.reading.tests.word_files import workbook
from diogel.analysis.reading.tests.word_measures import plan_file
from diogel.exchange.receiving import receive
from diogel.exchange.taking import chosen_by_default, steps_of, take_over
from diogel.exchange.undoing import undo
from diogel.indicators.models import Indicator, Measure, Observation
from diogel.people.writing import write
from diogel.plan.models import Objective, Priority, Source
from diogel.processes.actions.progress import file_update, update_for

pytestmark = pytest.mark.django_db
NEW = {"code": "2022-23", "title": "Plan 2022-23", "from_on": "2022-04-01", "to_on": "2023-03-31"}
ROWS = [["No", "Heading", "Action"], [1, "Training", "Train"], [2, "Pilots", "Review"]]


def taken(cast, data):
    intake = receive(data, by=cast.ann, partnership=cast.gwynedd_mon, file_name="plan.docx", new_plan=NEW)
    return take_over(intake, by=cast.ann, keys=chosen_by_default(steps_of(intake, user=cast.ann)[1]))


def standing(plan):
    plan.refresh_from_db()
    return plan.withdrawn_on is None


@pytest.mark.parametrize("data", [workbook({"Plan": ROWS}), plan_file()])
def test_a_plan_into_which_nothing_else_was_put_goes_with_the_import_that_made_it(cast, data):
    intake = taken(cast, data)
    assert undo(intake, by=cast.ann) == []
    assert not standing(intake.plan)
    assert not any(
        getattr(intake.plan, name).standing().exists() for name in ("sections", "numbers", "priorities", "objectives", "reports")
    )


def test_a_plan_into_which_something_was_put_stays_and_the_page_says_why(cast, client):
    intake = taken(cast, plan_file())
    write(Source(plan=intake.plan), by=cast.ann, code="county", pairs={"title": ("", "Plan of the county")})
    client.force_login(cast.ann)
    page = f"/en/gwynedd-mon/desk/exchange/{intake.pk}/"
    assert "The plan that it made goes too" in client.get(f"{page}undo/").content.decode()
    told = client.post(f"{page}undo/", follow=True).content.decode()
    assert "The plan that this file made stays" in told
    assert "left as" not in told
    assert standing(intake.plan)
    assert not intake.plan.priorities.standing().exists()
    assert "Mae’r cynllun a wnaed gan y ffeil hon yn aros" in client.get(page.replace("/en/", "/cy/")).content.decode()


def test_what_holds_something_new_stays_and_is_counted(cast):
    intake = taken(cast, plan_file())
    priority = intake.plan.priorities.get(number=1)
    write(Objective(plan=intake.plan), by=cast.ann, code="1.9", priority=priority, pairs={"title": ("", "Paint the quay")})
    assert undo(intake, by=cast.ann) == [f"plan.priority:{priority.pk}"]
    assert standing(intake.plan)
    assert [row.number for row in Priority.objects.standing()] == [1]


def test_an_action_on_which_somebody_reported_stays_with_its_number_and_its_heading(cast):
    intake = taken(cast, workbook({"Plan": ROWS}))
    action = intake.plan.numbers.get(number=2).action
    update = update_for(action, Quarter.parse("2022-06"))
    file_update(update, by=cast.ann, seen=None, pairs={"text": ("", "Begun.")}, status="in_progress", filed_on=date(2022, 7, 1))
    assert undo(intake, by=cast.ann) == [f"actions.action:{action.pk}"]
    assert [held.number for held in intake.plan.numbers.standing()] == [2]
    assert [row.title_en for row in intake.plan.sections.standing()] == ["Pilots"]


def test_a_measure_with_a_figure_stays_and_is_reported_no_more(cast):
    intake = taken(cast, plan_file())
    measure = Measure.objects.get()
    write(Observation(measure=measure), by=cast.ann, from_on=date(2022, 4, 1), to_on=date(2022, 6, 30), value=4)
    assert undo(intake, by=cast.ann) == [f"indicators.measure:{measure.pk}"]
    assert not standing(intake.plan)
    assert not Indicator.objects.standing().exists()
