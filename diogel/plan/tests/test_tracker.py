"""The Excel tracker: what stands in it, for whom, and that nothing typed becomes a formula."""

import io
from datetime import date

import openpyxl
import pytest

from diogel.plan.models import Number, Plan, Section
from diogel.processes.actions.models import Action, Update

pytestmark = pytest.mark.django_db

FILE = "/{}/gwynedd-mon/desk/plan/2021-22/tracker.xlsx"


@pytest.fixture
def plan(cast):
    return Plan.objects.create(
        partnership=cast.gwynedd_mon, code="2021-22", title_cy="Cynllun", title_en="Plan", title_state="checked",
        from_on=date(2021, 4, 1), to_on=date(2022, 3, 31), status="in_force",
    )  # fmt: skip


@pytest.fixture
def held(cast, plan):
    section = Section.objects.create(plan=plan, code="s", number=1, title_en="Training", title_cy="Hyfforddiant", title_state="checked")
    action = Action.objects.create(
        kind="action", reference="2021-22/7", partnership=cast.gwynedd_mon, status="in_progress", opened_on=date(2021, 4, 1),
        title_cy="Hyfforddi pawb", title_en="Train everyone", title_state="checked", promised_on=date(2022, 3, 31),
    )  # fmt: skip
    action.bodies.set([cast.police])
    Update.objects.create(
        action=action, quarter="2021-09", state="filed", status="in_progress", rag="green", percent=0, text_cy="Ymlaen", text_en="=1+1",
        filed_on=date(2021, 10, 4), filed_by=cast.bryn.person,
    )  # fmt: skip
    Update.objects.create(action=action, quarter="2021-12", state="late", due_on=date(2022, 1, 14))
    return Number.objects.create(plan=plan, action=action, number=7, section=section)


def book(client, user, language="en"):
    client.force_login(user)
    answer = client.get(FILE.format(language))
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def rows(sheet):
    heads, *held = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in held]


def test_an_action_stands_in_it_with_the_last_that_was_said_of_it(client, cast, held):
    (row,) = rows(book(client, cast.carys)["Actions"])
    assert (row["Number"], row["Heading"], row["Action"]) == (7, "Training", "Train everyone")
    assert row["Promised by"].date() == date(2022, 3, 31)
    assert row["Quarter of the last update"] == "July to September 2021"
    assert row["Per cent"] == 0
    assert row["Next step"] is None
    assert row["Times carried over"] is None


def test_every_update_has_a_row_the_late_one_too(client, cast, held):
    found = {row["Quarter"]: row for row in rows(book(client, cast.carys)["Updates"])}
    assert found["October to December 2021"]["State"] == "Late"
    assert found["October to December 2021"]["Per cent"] is None
    assert found["July to September 2021"]["Filed"].date() == date(2021, 10, 4)


def test_the_other_page_gives_it_in_welsh(client, cast, held):
    found = book(client, cast.carys, "cy")
    assert found.sheetnames[0] == "Camau gweithredu"
    assert "Hyfforddi pawb" in {cell.value for cell in found.worksheets[0][2]}


def test_what_was_typed_is_no_formula(client, cast, held):
    sheet = book(client, cast.carys)["Updates"]
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_signs_that_no_workbook_may_hold_are_left_out_and_the_rest_stays(client, cast, held):
    Update.objects.filter(quarter="2021-09").update(text_en="one\x01\x1b two\nthree " + "x" * 40_000)
    (row,) = [row for row in rows(book(client, cast.carys)["Updates"]) if row["State"] == "Filed"]
    assert row["What was said"].startswith("one two\nthree x")
    assert len(row["What was said"]) == 32_767


def test_no_person_stands_in_it(client, cast, held):
    said = [str(cell.value) for sheet in book(client, cast.ann) for row in sheet.iter_rows() for cell in row]
    assert not [words for words in said if cast.bryn.person.family in words or "@" in words]
    properties = book(client, cast.ann).properties
    assert (properties.creator, properties.lastModifiedBy) == ("Diogel", None)


def test_an_action_that_the_reader_may_not_see_is_not_in_it(client, cast, held):
    Action.objects.update(visibility="case")
    found = book(client, cast.carys)
    assert rows(found["Actions"]) == []
    assert rows(found["Updates"]) == []


def test_an_example_says_that_it_is_one(client, cast, held):
    cast.gwynedd_mon.is_example = True
    cast.gwynedd_mon.save()
    assert "Example data; not a statement by these bodies" in [cell.value for cell in book(client, cast.carys)["About"]["B"]]


def test_it_asks_as_little_for_many_actions(client, cast, plan, held, django_assert_max_num_queries):
    for number in range(8, 40):
        action = Action.objects.create(
            kind="action", reference=f"2021-22/{number}", partnership=cast.gwynedd_mon, status="agreed", opened_on=date(2021, 4, 1),
        )  # fmt: skip
        Number.objects.create(plan=plan, action=action, number=number)
    client.force_login(cast.carys)
    with django_assert_max_num_queries(12):
        client.get(FILE.format("en"))
