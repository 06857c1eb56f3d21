"""Commitments under a number: their words, the body that leads each and its status come in; what else stands in their rows is told."""

import pytest
from django.urls import reverse

from diogel.analysis.reading.office import read_office
from diogel.analysis.reading.plan_found import found_in
from diogel.analysis.reading.plan_tables import proposals
from diogel.analysis.reading.tests.word_files import one_table, workbook
from diogel.exchange.receiving import receive
from diogel.exchange.taking import chosen_by_default, steps_of, take_over
from diogel.exchange.tests.read_again import DAY, differences
from diogel.exchange.undoing import undo
from diogel.exchange.word_plan import plan_document
from diogel.people.writing import write

NEW = {"code": "2022-23", "title": "Plan 2022-23", "from_on": "2022-04-01", "to_on": "2023-03-31"}
HEADS = ["No", "Action", "Lead organisation", "Due", "Theme", "Status", "What has happened"]
FIVE = ["5", "Alcohol plan", "Gwynedd Council", "30 June 2023", "", "In progress", ""]


def received(cast, *rows, plan=None):
    return receive(
        workbook({"Plan": [HEADS, *rows]}), by=cast.ann, partnership=cast.gwynedd_mon, file_name="plan.xlsx", plan=plan,
        new_plan=None if plan else NEW, language="en",
    )  # fmt: skip


def taken(cast, *rows, plan=None):
    intake = received(cast, *rows, plan=plan)
    return take_over(intake, by=cast.ann, keys=chosen_by_default(steps_of(intake, user=cast.ann)[1]))


def parts_of(plan):
    rows = plan.numbers.get(number=5).action.sub_actions.standing()
    return [(part.code, part.title_en, part.body.code if part.body else "", part.status) for part in rows]


def found(rows):
    reading = read_office(one_table(rows))
    return found_in(reading, proposals(reading))


@pytest.mark.django_db
def test_the_row_of_a_commitment_keeps_its_body_and_status_and_everything_else_of_it_is_in_the_list_of_what_found_no_place(cast, client):
    row = ["5a", "Task group", "North Wales Police", "1 May 2023", "Domestic abuse", "Blocked", "It said so"]
    intake = received(cast, FIVE, row)
    client.force_login(cast.ann)
    page = client.get(reverse("exchange:intake", args=["gwynedd-mon", intake.pk])).content.decode()
    assert all(text in page for text in ("1 May 2023", "Domestic abuse", "It said so", "3 cells found no place"))
    steps = steps_of(intake, user=cast.ann)[1]
    plan = take_over(intake, by=cast.ann, keys=chosen_by_default(steps)).plan
    intake.refresh_from_db()
    assert parts_of(plan) == [("5a", "Task group", "north-wales-police", "blocked")]
    assert [each["text"] for each in intake.left] == ["1 May 2023", "Domestic abuse", "It said so"]


@pytest.mark.django_db
def test_a_body_or_status_that_cannot_be_told_is_left_and_one_that_changed_is_put_back_by_undoing(cast):
    plan = taken(cast, FIVE, ["5a", "Task group", "North Wales Police", "", "", "Agreed", ""]).plan
    second = taken(cast, FIVE, ["5a", "Task group", "Gwynedd Council", "", "", "Complete", ""], plan=plan)
    assert parts_of(plan) == [("5a", "Task group", "gwynedd-council", "complete")]
    undo(second, by=cast.ann)
    assert parts_of(plan) == [("5a", "Task group", "north-wales-police", "agreed")]
    both = steps_of(
        received(cast, FIVE, ["5a", "Task group", "North Wales Police; Gwynedd Council", "", "", "perhaps", ""], plan=plan), user=cast.ann
    )[1]
    assert [(each.field, each.text) for each in both[0].left] == [("body", "North Wales Police; Gwynedd Council"), ("status", "perhaps")]
    assert both[0].state == "same"


@pytest.mark.django_db
def test_commitments_go_out_with_their_body_and_status_and_come_in_without_a_difference(cast):
    plan = taken(cast, FIVE, ["5a", "Task group", "North Wales Police", "", "", "Blocked", ""]).plan
    data = plan_document(plan, cast.ann, language="en", on=DAY)
    cells = [cell.text for line in read_office(data).tables[0].lines for cell in line.cells if line.cells[0].text == "5a"]
    assert [cells[0], cells[1], cells[3], cells[9]] == ["5a", "Task group", "North Wales Police", "Blocked"]
    assert differences(data, plan, cast.ann, "en")[0] == []


@pytest.mark.django_db
def test_a_commitment_has_a_status_on_its_form_and_beside_its_words(cast, client):
    plan = taken(cast, FIVE, ["5a", "Task group", "", "", "", "", ""]).plan
    part = plan.numbers.get(number=5).action.sub_actions.get()
    client.force_login(cast.ann)
    form = client.get(reverse("plan:correct", args=["gwynedd-mon", plan.code, "commitment", part.pk])).content.decode()
    assert 'name="status"' in form
    write(part, by=cast.ann, seen=part.version, status="on_hold")
    assert "On hold" in client.get(reverse("plan:action", args=["gwynedd-mon", plan.code, 5])).content.decode()


def test_a_title_and_a_text_are_both_kept_as_the_words_of_a_commitment():
    heads = ["No", "Action", "What it says", "Lead officer"]
    told = found([heads, ["2", "Train", "Train all of them.", ""], ["2a", "Book rooms", "Rooms for forty.", "A Name"]])
    assert told.of("actions")[0].parts == (("2a", "Book rooms. Rooms for forty."),)
    assert told.of("actions")[0].beside_parts == (("2a", "person", "A Name"),)


def test_names_and_bands_in_rows_that_go_on_with_the_one_above_are_told():
    told = found([["No", "Action", "Lead officer"], ["3", "Pilot it", ""], ["", "• first of all", "B Name"], ["", "and more", "C Name"]])
    (row,) = told.of("actions")
    assert row.beside_parts == (("3a", "person", "B Name"),)
    assert [(each.text, each.why) for each in told.unplaced] == [("C Name", "goes_on_above")]
    heads = ["Theme", "Risk score", "Project", "Outputs", "Outcomes"]
    told = found([heads, ["Hate crime", "High", "No 3", "One", "In the short term, two"], ["", "Low", "", "More", ""]])
    assert [(each.text, each.why) for each in told.unplaced] == [("Low", "goes_on_above")]


@pytest.mark.django_db
def test_bullets_that_end_the_text_of_an_action_are_its_commitments_unless_the_plan_has_that_very_text(cast):
    text = "Parts of the plan will help:\n• Review the link\n• Find premises"
    rows = [["No", "Action", "What it says"], ["5", "Help", text], ["6", "Train", f"{text}\nThen report."]]

    def read(plan=None):
        return receive(
            one_table(rows), by=cast.ann, partnership=cast.gwynedd_mon, file_name="a.docx", plan=plan, new_plan=NEW, language="en"
        )

    intake = read()
    help_, train = steps_of(intake, user=cast.ann)[1]
    assert "Lines read as commitments under this number: 2." in help_.doubts
    assert any("which stay text" in doubt for doubt in train.doubts)
    plan = take_over(intake, by=cast.ann, keys=chosen_by_default([help_, train])).plan
    assert parts_of(plan) == [("5a", "Review the link", "", "agreed"), ("5b", "Find premises", "", "agreed")]
    action = plan.numbers.get(number=5).action
    assert action.text_en == "Parts of the plan will help:"
    bare = found([["No", "What will be done", "Lead"], ["5", text, "Police"]]).of("actions")[0]
    assert bare.values["title"] == "Parts of the plan will help:"
    assert {step.state for step in steps_of(read(plan), user=cast.ann)[1]} == {"same"}
    write(action, by=cast.ann, seen=action.version, pairs={"text": ("", text)})
    assert {step.state for step in steps_of(read(plan), user=cast.ann)[1]} == {"same"}
