"""The group, the milestones and the money of an action come from a file too, and go out with it; names go out for the inside alone."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from docx import Document

from diogel.analysis.reading.plan_lists import milestone_in, pounds_in
from diogel.analysis.reading.tests.word_files import workbook
from diogel.audit.models import Entry
from diogel.exchange.receiving import receive
from diogel.exchange.taking import chosen_by_default, steps_of, take_over
from diogel.exchange.undoing import undo
from diogel.people.models import Group
from diogel.plan.models import Funding, Milestone, Number, Plan
from diogel.processes.actions.models import Action
from diogel.records.owners import set_owners

HEADS = ["No", "Action", "Oversight group", "Milestones", "Source of funding", "Amount", "Funding end date"]
DESK = "/en/gwynedd-mon/desk/"


@pytest.fixture
def plan(cast):
    plan = Plan.objects.create(
        partnership=cast.gwynedd_mon, code="2022-23", title_en="Plan", from_on=date(2022, 4, 1), to_on=date(2023, 3, 31)
    )
    for n in (1, 2):
        action = Action.objects.create(
            kind="action", reference=f"2022-23/{n}", partnership=cast.gwynedd_mon, status="agreed", opened_on="2022-04-01", title_en="Train"
        )
        Number.objects.create(plan=plan, action=action, number=n)
    return plan


def received(cast, plan, *rows):
    data = workbook({"Plan": [HEADS, *([n, "Train", *row] for n, row in enumerate(rows, 1))]})
    return receive(data, by=cast.ann, partnership=cast.gwynedd_mon, file_name="plan.xlsx", plan=plan, language="en")


def steps(cast, plan, *rows):
    return steps_of(received(cast, plan, *rows), user=cast.ann)[1]


@pytest.mark.parametrize(("line", "told"), [
    ("30 June 2022: Agree the scope", ("Agree the scope", date(2022, 6, 30), None)),
    ("Agree the scope (30 June 2022)", ("Agree the scope", date(2022, 6, 30), None)),
    ("Agree: the scope by end of June 2022", ("Agree: the scope", date(2022, 6, 30), None)),
    ("30 Mehefin 2022: Cytuno (cyrhaeddwyd 3 Mai 2022)", ("Cytuno", date(2022, 6, 30), date(2022, 5, 3))),
    ("Agree the scope", None), ("Summer: agree", None),
])  # fmt: skip
def test_a_milestone_is_read_with_its_day_before_or_after_it(line, told):
    read = milestone_in(line)
    assert (read and (read.title, read.due_on, read.done_on)) == told


def test_sums_are_read_as_people_write_them():
    said = ("£84,000", "84000.50", "84k", "1 250", "about 5", "5%", "99999999999")
    assert [pounds_in(each) for each in said] == [84000, Decimal("84000.50"), 84000, 1250, None, None, None]


@pytest.mark.django_db
def test_group_milestones_and_money_are_shown_taken_over_and_undone(cast, plan):
    group = Group.objects.create(partnership=cast.gwynedd_mon, code="board", level="county", name_en="The Board", name_cy="Y Bwrdd")
    grant = Funding.objects.create(partnership=cast.gwynedd_mon, code="grant", title_en="Housing grant", amount=80000, state="granted")
    rows = (
        ["Y Bwrdd", "30 June 2022: Agree the scope\n• Report (March 2023)", "Housing grant", "£84,000", "31/03/2023"],
        ["Coven", "Some day", "Housing grant; Lottery", "84000; 2,000", "31/03/2023; "],
    )
    first, second = steps(cast, plan, *rows)
    assert [(each.field, each.now, each.file) for each in first.changes] == [
        ("group", "", "The Board"), ("milestones", "", "30 June 2022: Agree the scope\n31 March 2023: Report"), ("money", "", "Housing grant"),
        ("amount", "80,000", "84,000"), ("until", "", "31 March 2023"),
    ]  # fmt: skip
    assert [(each.field, each.text) for each in second.left] == [("group", "Coven"), ("milestones", "Some day")]
    assert "written down as a bid" in " ".join(second.doubts)
    intake = received(cast, plan, *rows)
    intake = take_over(intake, by=cast.ann, keys=chosen_by_default(steps_of(intake, user=cast.ann)[1]))
    one, two = (held.action for held in plan.numbers.all())
    assert (one.group, [row.title_en for row in one.milestones.all()]) == (group, ["Agree the scope", "Report"])
    grant.refresh_from_db()
    assert (grant.amount, grant.to_on, set(grant.actions.all())) == (84000, date(2023, 3, 31), {one, two})
    lottery = Funding.objects.get(title_en="Lottery")
    assert (lottery.state, lottery.amount, list(lottery.actions.all())) == ("bid", 2000, [two])
    assert {step.state for step in steps(cast, plan, *rows)} == {"same"}
    assert undo(intake, by=cast.ann) == []
    grant.refresh_from_db()
    assert (grant.amount, grant.to_on, grant.actions.count()) == (80000, None, 0)
    assert not Milestone.objects.standing().exists()
    assert not Funding.objects.standing().filter(title_en="Lottery").exists()


@pytest.mark.django_db
def test_what_rows_say_of_one_sum_in_two_ways_or_of_no_sum_is_told_and_left(cast, plan):
    first, second = steps(cast, plan, ["", "", "Lottery", "2,000", ""], ["", "", "Lottery", "3,000", "soon"])
    assert [each.field for each in first.changes] == ["money", "amount"]
    assert [(each.field, each.text) for each in second.left] == [("until", "soon"), ("amount", "3,000")]
    lost, many = steps(cast, plan, ["", "", "", "£5", ""], ["", "", "Lottery; Council", "5; 6; 7", "a lot"])
    assert [(each.field, each.text) for each in lost.left] == [("amount", "£5")]
    assert [each.field for each in many.left] == ["amount", "until"]


@pytest.mark.django_db
def test_a_milestone_that_moved_or_was_reached_is_known_again_by_its_words(cast, plan):
    action = plan.numbers.get(number=1).action
    kept = Milestone.objects.create(action=action, title_en="Agree the scope", title_cy="Cytuno", due_on=date(2022, 6, 30))
    (step,) = steps(cast, plan, ["", "31 July 2022: Agree the scope (reached 4 July 2022)", "", "", ""])
    (change,) = step.changes
    assert (change.now, change.file) == ("30 June 2022: Agree the scope", "31 July 2022: Agree the scope (reached 4 July 2022)")
    (told,) = step.put["milestones"]
    assert (told.row, told.words, told.columns) == (kept, {}, {"due_on": date(2022, 7, 31), "done_on": date(2022, 7, 4)})


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "read"), [
    ("plan/2022-23/tracker.xlsx", lambda data: str([list(sheet.values) for sheet in openpyxl.load_workbook(io.BytesIO(data))])),
    ("exchange/plan/2022-23.docx", lambda data: Document(io.BytesIO(data)).element.xml),
])  # fmt: skip
def test_names_go_out_only_where_they_are_asked_for_by_who_may_see_them_and_the_log_tells_it(client, cast, plan, address, read):
    action = plan.numbers.get(number=1).action
    set_owners(action, [cast.bryn.person], by=cast.ann, seen=action.version)
    client.force_login(cast.ann)
    assert "Dychmygol" not in read(client.get(DESK + address).content)
    told = Entry.objects.filter(deed="read").count()
    answer = client.get(f"{DESK}{address}?people=yes")
    assert "Bryn Dychmygol" in read(answer.content)
    assert "Keep it within the partnership" in read(answer.content)
    assert "-internal." in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert Entry.objects.filter(deed="read").count() == told + 1
    client.force_login(cast.carys)
    assert client.get(f"{DESK}{address}?people=yes").status_code == 403
    assert client.get(f"{DESK}{address}").status_code == 200
    with_money = "Source of money" in read(client.get(DESK + address).content)
    assert not with_money
