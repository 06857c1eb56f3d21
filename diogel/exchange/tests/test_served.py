"""Who leads in person, and what an action serves: matched with what is on file, told where nothing matches, never made by a file."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from diogel.analysis.reading.tests.word_files import workbook
from diogel.assessment.models import Assessment, Duty, Theme
from diogel.audit.models import Entry
from diogel.exchange.receiving import receive
from diogel.exchange.taking import chosen_by_default, steps_of, take_over
from diogel.exchange.undoing import undo
from diogel.people.access import Role
from diogel.people.models import Person
from diogel.people.tests.cast import bilingual
from diogel.people.writing import write
from diogel.plan.models import Number, Plan
from diogel.processes.actions.models import Action
from diogel.records.owners import owners_of, set_owners

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast):
    plan = Plan.objects.create(partnership=cast.gwynedd_mon, code="2022-23", title_en="Plan", from_on="2022-04-01", to_on="2023-03-31")
    action = Action.objects.create(
        kind="action", reference="2022-23/1", partnership=cast.gwynedd_mon, status="agreed", opened_on="2022-04-01", title_en="Train"
    )
    Number.objects.create(plan=plan, action=action, number=1)
    plan.refresh_from_db()
    return plan


def an_assessment(cast, code, status="approved", to_on=None, title="Domestic abuse"):
    row = Assessment.objects.create(partnership=cast.gwynedd_mon, code=code, status=status, to_on=to_on)
    names = bilingual("Cam-drin", title, "title") | bilingual("Trais yn y cartref", "Violence at home", "highlighted_as")
    return Theme.objects.create(assessment=row, code="domestic-abuse", **names)


def received(cast, plan, heads, *rows):
    data = workbook({"Plan": [["No", "Action", *heads], *([n, "Train", *row] for n, row in enumerate(rows, 1))]})
    return receive(data, by=cast.ann, partnership=cast.gwynedd_mon, file_name="plan.xlsx", plan=plan, language="en")


def step(cast, plan, heads, *row):
    return steps_of(received(cast, plan, heads, row), user=cast.ann)[1][0]


def taken(cast, plan, heads, *row):
    intake = received(cast, plan, heads, row)
    return take_over(intake, by=cast.ann, keys=chosen_by_default(steps_of(intake, user=cast.ann)[1]))


def action_of(plan):
    return plan.numbers.get(number=1).action


def test_a_lead_person_on_file_answers_for_the_action_and_the_log_tells_a_key(cast, plan):
    intake = taken(cast, plan, ["Lead officer"], "bryn dychmygol; Ann Enghraifft")
    assert owners_of(action_of(plan)) == [cast.bryn.person, cast.ann.person]
    assert {body.code for body in action_of(plan).bodies.all()} == {"north-wales-police", "gwynedd-council"}
    told = str(list(Entry.objects.values())) + str([entry.detail for entry in Entry.objects.all()])
    assert "ychmygol" not in told
    assert Entry.objects.filter(sealed_detail__has_key="owners").count() == 1
    assert intake.left == []
    assert step(cast, plan, ["Lead officer"], "Ann Enghraifft; Bryn Dychmygol").state == "same"
    assert undo(intake, by=cast.ann) == []
    assert owners_of(action_of(plan)) == []


def test_a_person_who_is_not_on_file_is_told_and_never_made(cast, plan):
    people = Person.objects.count()
    shown = step(cast, plan, ["Lead person"], "Bryn Dychmygol, Nia Anhysbys")
    assert [(each.field, each.now, each.file) for each in shown.changes if each.field == "person"] == [("person", "", "Bryn Dychmygol")]
    assert [each.text for each in shown.left] == ["Nia Anhysbys"]
    assert "Nobody called “Nia Anhysbys” is on file here" in " ".join(shown.doubts)
    intake = taken(cast, plan, ["Lead person"], "Bryn Dychmygol, Nia Anhysbys")
    assert [each["text"] for each in intake.left] == ["Nia Anhysbys"]
    assert Person.objects.count() == people
    assert owners_of(action_of(plan)) == [cast.bryn.person]


def test_of_two_people_called_alike_neither_is_taken_and_nobody_of_another_partnership_is_known(cast, plan):
    twin = Person.objects.create(given="Bryn", family="Dychmygol", email="twin@example.org")
    twin.holdings.create(partnership=cast.gwynedd_mon, role=Role.MEMBER.value)
    shown = step(cast, plan, ["Lead person"], "Bryn Dychmygol")
    assert "Several people called “Bryn Dychmygol” are on file here" in " ".join(shown.doubts)
    assert "owners" not in shown.put
    assert [each.text for each in step(cast, plan, ["Lead person"], "Dai Sampl").left] == ["Dai Sampl"]


def test_who_may_not_edit_an_action_names_nobody_for_it_and_no_stranger_is_named(cast, plan):
    action = action_of(plan)
    with pytest.raises(PermissionDenied):
        set_owners(action, [cast.bryn.person], by=cast.bryn, seen=action.version)
    with pytest.raises(ValidationError, match="never written down here"):
        set_owners(action, [cast.dai.person], by=cast.ann, seen=action.version)
    assert owners_of(action_of(plan)) == []


@pytest.mark.parametrize("said", ["Cam-drin", "domestic abuse", "Violence at home", "Trais yn y cartref", "domestic-abuse"])
def test_a_theme_is_known_by_its_title_its_other_name_or_its_code_in_either_language(cast, plan, said):
    theme = an_assessment(cast, "2021")
    assert step(cast, plan, ["Themes"], said).put["themes"] == [theme]


def test_themes_and_duties_stand_in_a_column_each_and_what_is_unknown_is_told(cast, plan):
    theme = an_assessment(cast, "2021")
    prevent, drugs = (
        Duty.objects.create(partnership=cast.gwynedd_mon, code=code, **bilingual(cy, en, "title"))
        for code, cy, en in (("prevent", "Dyletswydd Prevent", "Prevent duty"), ("drugs", "Cyffuriau ac alcohol", "Drugs and alcohol"))
    )
    heads = ["Themes", "Statutory duties"]
    shown = step(cast, plan, heads, "Domestic abuse; Witchcraft", "prevent; Drugs and alcohol, Tithes")
    assert [(each.field, each.file) for each in shown.changes] == [("theme", "Domestic abuse"), ("duty", "Drugs and alcohol; Prevent duty")]
    assert [(each.field, each.text) for each in shown.left] == [("theme", "Witchcraft"), ("duty", "Tithes")]
    intake = taken(cast, plan, heads, "Domestic abuse", "prevent; Drugs and alcohol")
    held = plan.numbers.get()
    assert (list(held.themes.all()), set(held.duties.all())) == ([theme], {prevent, drugs})
    assert step(cast, plan, ["Themes"], "Cam-drin").state == "same"  # a file that is silent of duties takes none away
    assert undo(intake, by=cast.ann) == []
    assert (held.themes.count(), held.duties.count()) == (0, 0)


def test_themes_are_those_of_the_assessment_that_the_plan_names_or_that_was_made_before_it(cast, plan):
    old, own, coming = (an_assessment(cast, str(year), to_on=date(year, 12, 31)) for year in (2020, 2021, 2022))
    being_made = an_assessment(cast, "draft", status="scoring", to_on=date(2021, 11, 30))
    assert step(cast, plan, ["Themes"], "Domestic abuse").put["themes"] == [own]
    number = plan.numbers.get()
    write(number, by=cast.ann, seen=number.version, many={"themes": [old]})
    assert step(cast, plan, ["Themes"], "Domestic abuse").state == "same"
    data = workbook({"Plan": [["No", "Action", "Themes"], [1, "Train", "Domestic abuse"]]})
    new = {"code": "2023-24", "title": "Next", "from_on": "2023-04-01", "to_on": "2024-03-31"}
    intake = receive(data, by=cast.ann, partnership=cast.gwynedd_mon, file_name="next.xlsx", new_plan=new, language="en")
    assert steps_of(intake, user=cast.ann)[1][0].put["themes"] == [coming]
    assert being_made.assessment.status == "scoring"


def test_a_lead_person_is_chosen_and_corrected_on_the_form_of_the_action_too(client, cast, plan):
    client.force_login(cast.ann)
    page = "/en/gwynedd-mon/desk/plan/2022-23/action/1/correct/"
    assert "Bryn Dychmygol" in client.get(page).content.decode()
    assert "Dai Sampl" not in client.get(page).content.decode()
    action = action_of(plan)
    sent = {"title_en": "Train", "number": "1", "seen": action.version, "owners": [cast.bryn.person.pk]}
    assert client.post(page, sent).status_code == 302
    assert owners_of(action_of(plan)) == [cast.bryn.person]
    assert client.post(page, sent | {"seen": action_of(plan).version, "owners": [cast.dai.person.pk]}).status_code == 422
    assert owners_of(action_of(plan)) == [cast.bryn.person]


def test_a_preview_that_names_somebody_on_file_is_told_to_the_log(client, cast, plan):
    client.force_login(cast.ann)
    named, unnamed = (received(cast, plan, ["Lead officer"], [name]).pk for name in ("Bryn Dychmygol", "Nia Anhysbys"))
    for pk, is_told in ((named, True), (unnamed, False)):
        before = Entry.objects.filter(deed="read").count()
        assert client.get(f"/en/gwynedd-mon/desk/exchange/{pk}/").status_code == 200
        assert Entry.objects.filter(deed="read").count() - before == is_told


HEADS = ["Theme", "Statutory areas of responsibility", "Project", "Inputs and outputs", "Outcome in the short term"]


def with_appendix(cast, plan, *rows, actions=((1, "Train"),)):
    data = workbook({"Plan": [["No", "Action"], *actions], "Appendix": [HEADS, *rows]})
    return receive(data, by=cast.ann, partnership=cast.gwynedd_mon, file_name="plan.xlsx", plan=plan, language="en")


def all_taken(cast, intake):
    return take_over(intake, by=cast.ann, keys=chosen_by_default(steps_of(intake, user=cast.ann)[1]))


def test_a_row_of_the_appendix_says_that_its_action_serves_its_theme_and_its_duty(cast, plan):
    theme = an_assessment(cast, "2021")
    duty = Duty.objects.create(partnership=cast.gwynedd_mon, code="prevent", **bilingual("Prevent", "Prevent duty", "title"))
    rows = [
        ["Domestic abuse", "Prevent duty", "No 1", "A package", "Staff are trained"],
        ["Domestic abuse", "", "No 2", "Guides", "They help"],
    ]
    intake = with_appendix(cast, plan, *rows, ["Domestic abuse", "", "No 9", "", "Nobody does it"], actions=((1, "Train"), (2, "Review")))
    shown = steps_of(intake, user=cast.ann)[1]
    assert [(each.field, each.file) for step in shown[2:] for each in step.changes if each.field == "serving"] == [
        ("serving", "1. Train"), ("serving", "2. Review"),
    ]  # fmt: skip
    assert "The plan has no action 9." in shown[4].doubts
    all_taken(cast, intake)
    first, second = plan.numbers.all()
    assert ([*first.themes.all()], [*first.duties.all()]) == ([theme], [duty])
    assert ([*second.themes.all()], [*second.duties.all()]) == ([theme], [])
    undo(intake, by=cast.ann)
    assert [*first.themes.all(), *first.duties.all()] == []


def test_what_a_person_took_from_an_action_since_is_not_put_back_by_the_same_appendix(cast, plan):
    an_assessment(cast, "2021")
    row = ["Domestic abuse", "", "No 1", "A package", "Staff are trained"]
    all_taken(cast, with_appendix(cast, plan, row))
    number = plan.numbers.get()
    write(number, by=cast.ann, seen=number.version, many={"themes": []})
    assert {step.state for step in steps_of(with_appendix(cast, plan, row), user=cast.ann)[1]} == {"same"}
