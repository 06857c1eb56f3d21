"""A plan is taken over from a file in one deed: into a new plan, into one that stands, and back again."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from diogel.analysis.reading.tests.word_files import gwynedd_plan, one_table, workbook, wrexham_plan
from diogel.assessment.models import Assessment, Duty, Theme
from diogel.audit.models import Entry
from diogel.exchange.comparing import absent
from diogel.exchange.receiving import receive
from diogel.exchange.taking import chosen_by_default, steps_of, take_over
from diogel.exchange.undoing import undo
from diogel.people.tests.cast import bilingual
from diogel.people.writing import write
from diogel.plan.models import Number, Plan
from diogel.processes.actions.models import Action

pytestmark = pytest.mark.django_db
NEW = {"code": "2022-23", "title": "Plan 2022-23", "from_on": "2022-04-01", "to_on": "2023-03-31"}
HEADS = ["No", "Action", "What it says", "Lead body", "Contact", "Area", "By when", "Status"]


def row(number, title="Train", text="Train everyone who works there.", body="North Wales Police", contact="", area="", due="", status=""):
    return [number, title, text, body, contact, area, due, status]


def sheet(*rows):
    return workbook({"Plan": [HEADS, *rows]})


def received(cast, data, plan=None, **options):
    return receive(
        data, by=cast.ann, partnership=cast.gwynedd_mon, file_name="plan.docx", plan=plan, new_plan=None if plan else NEW, **options
    )


def taken(cast, data, plan=None, **options):
    intake = received(cast, data, plan, **options)
    _known, steps, _left = steps_of(intake, user=cast.ann)
    return take_over(intake, by=cast.ann, keys=chosen_by_default(steps))


def steps(cast, data, plan=None, **options):
    return steps_of(received(cast, data, plan, **options), user=cast.ann)[1]


@pytest.fixture
def themes(cast):
    assessment = Assessment.objects.create(partnership=cast.gwynedd_mon, code="2022", **bilingual("Asesiad", "Assessment", "title"))
    titles = ("Domestic abuse", "Organised drug supply", "Child sexual exploitation and abuse", "Modern slavery", "Missing persons")
    Duty.objects.create(partnership=cast.gwynedd_mon, code="prevent", **bilingual("Prevent", "Prevent duty", "title"))
    rows = [(title[:5].lower(), f"Thema {title[0]}", title) for title in titles]
    return [Theme.objects.create(assessment=assessment, code=code, band="high", **bilingual(cy, en, "title")) for code, cy, en in rows]


def test_a_whole_plan_in_the_layout_of_gwynedd_and_anglesey_becomes_a_draft_and_then_nothing_differs(cast, themes):
    intake = taken(cast, gwynedd_plan())
    plan = intake.plan
    assert (plan.status, plan.code, plan.title_en, plan.from_on) == ("draft", "2022-23", "Plan 2022-23", date(2022, 4, 1))
    assert [number.number for number in plan.numbers.all()] == list(range(1, 18))
    assert [section.title_en[:7] for section in plan.sections.all()] == ["OUR TRA", "ENSURIN", "LOOKING", "PILOTIN"]
    six = plan.numbers.get(number=6)
    assert [part.code for part in six.action.sub_actions.all()] == ["6a", "6b", "6c"]
    assert (six.action.text_state, six.action.text_cy) == ("missing", "")
    assert plan.outcomes.get(theme=themes[1]).cited == 12
    assert not Action.objects.filter(text_en__contains="Names and contacts").exists()
    assert intake.counts["new"] == 17 + 7
    assert "Medium - High" in [each["text"] for each in intake.left]
    assert [(step.mark, step.changes) for step in steps(cast, gwynedd_plan(), plan) if step.state != "same"] == []


def test_a_row_of_the_appendix_whose_theme_is_unknown_waits_until_a_person_says_whom_it_serves(cast, client, themes):
    heads = ["Theme", "Statutory duty", "Project", "Inputs and outputs", "Outcome in the short term"]
    data = workbook({"Appendix": [heads, ["Illegal drugs", "", "", "A review", "Less harm"], ["Illegal drugs", "", "", "Two", "More"]]})
    intake = received(cast, data)
    shown = steps_of(intake, user=cast.ann)[1]
    assert ([step.state for step in shown], chosen_by_default(shown)) == (["asked", "asked"], [])
    with pytest.raises(ValidationError, match="which theme or duty"):
        take_over(intake, by=cast.ann, keys=["1.2"])
    client.force_login(cast.ann)
    address = f"/en/gwynedd-mon/desk/exchange/{intake.pk}/"
    assert f'<option value="theme {themes[1].pk}">Organised drug supply</option>' in client.get(address).content.decode()
    sent = {"take": ["1.2", "1.3"], "whom-1.2": f"theme {themes[1].pk}", "whom-1.3": "whole"}
    assert client.post(address, sent | {f"print-{step.key}": "" for step in shown}).status_code == 302
    plan = Plan.objects.get()
    assert [(row.theme, row.outputs_en) for row in plan.outcomes.all()] == [(themes[1], "A review"), (None, "Two")]
    again = received(cast, data, plan)
    assert [step.state for step in steps_of(again, user=cast.ann)[1]] == ["asked", "same"]
    assert [step.state for step in steps_of(again, user=cast.ann, choices={"1.2": f"theme {themes[1].pk}"})[1]] == ["same", "new"]


def test_the_layout_of_wrexham_gives_priorities_and_objectives(cast):
    plan = taken(cast, wrexham_plan()).plan
    assert [(row.number, row.title_en) for row in plan.priorities.all()] == [
        (1, "Reduce violence against women, domestic abuse and sexual violence"),
        (2, "Tackle anti-social behaviour"),
    ]
    assert [row.code for row in plan.objectives.all()] == ["1.1", "1.2", "2.1"]


def test_a_changed_file_changes_only_what_it_says_otherwise_and_undoing_it_puts_that_back(cast):
    plan = taken(cast, sheet(row(1), row(2, "Review", due="31/03/2023"))).plan
    first = plan.numbers.get(number=1).action
    write(first, by=cast.ann, seen=first.version, pairs={"title": ("Hyfforddi", "Train")}, checked=["title"])
    changed = sheet(row(1, "Train all"), row(2, "Review", due="30/06/2023", status="In progress"), row(3, "Pilot", body="Gwynedd Council"))
    shown = steps(cast, changed, plan)
    assert [(step.mark, step.state, [each.field for each in step.changes]) for step in shown] == [
        ("1", "changed", ["title"]), ("2", "changed", ["due", "status"]), ("3", "new", ["title", "text", "body"]),
    ]  # fmt: skip
    intake = taken(cast, changed, plan)
    first.refresh_from_db()
    assert (first.title_en, first.title_cy, first.title_state) == ("Train all", "Hyfforddi", "stale_cy")
    second = plan.numbers.get(number=2).action
    assert (second.promised_on, second.status) == (date(2023, 6, 30), "in_progress")
    assert undo(intake, by=cast.ann) == []
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.title_en, first.title_state) == ("Train", "checked")
    assert (second.promised_on, second.status) == (date(2023, 3, 31), "agreed")
    assert Number.objects.get(plan=plan, number=3).withdrawn_on


def test_undoing_leaves_what_somebody_changed_since(cast):
    intake = taken(cast, sheet(row(1), row(2)))
    action = intake.plan.numbers.get(number=1).action
    write(action, by=cast.ann, seen=action.version, promised_on=date(2023, 1, 1))
    assert undo(intake, by=cast.ann) == [f"actions.action:{action.pk}"]
    action.refresh_from_db()
    assert action.withdrawn_on is None
    intake.plan.refresh_from_db()
    assert intake.plan.withdrawn_on is None
    assert [held.number for held in intake.plan.numbers.standing()] == [1]


def test_what_was_undone_can_be_taken_over_again_and_comes_back(cast):
    plan = taken(cast, sheet(row(1))).plan
    undo(taken(cast, sheet(row(1), row(2)), plan), by=cast.ann)
    taken(cast, sheet(row(1), row(2)), plan)
    assert [number.number for number in plan.numbers.standing() if not number.action.withdrawn_on] == [1, 2]


def test_a_number_borne_twice_waits_for_a_person_who_gives_one_of_them_another(cast):
    intake = received(cast, sheet(row(1), row(1, "Review", "Review it."), row("", "Begin", "Begin it.", "Gwynedd Council")))
    shown = steps_of(intake, user=cast.ann)[1]
    assert [step.state for step in shown] == ["held", "held", "held"]
    assert "stands in more than one row" in shown[0].doubts[-1]
    with pytest.raises(ValidationError, match="no number of its own"):
        take_over(intake, by=cast.ann, keys=[step.key for step in shown])
    numbers = {shown[1].key: 2, shown[2].key: 3}
    take_over(intake, by=cast.ann, keys=[step.key for step in shown], numbers=numbers)
    intake.refresh_from_db()
    assert [held.number for held in intake.plan.numbers.all()] == [1, 2, 3]


def test_names_of_people_propose_a_body_and_stand_nowhere_in_the_plan(cast):
    intake = taken(cast, sheet(row(1, body="", contact="Bryn Dychmygol"), row(2, body="", contact="Nia Anhysbys, 01248 000000")))
    police, nobody = (held.action for held in intake.plan.numbers.all())
    assert [body.code for body in police.bodies.all()] == ["north-wales-police"]
    assert list(nobody.bodies.all()) == []
    assert "Nia Anhysbys" in [each["text"] for each in intake.left]
    told = str([entry.detail for entry in Entry.objects.all()]) + str(list(Action.objects.values()))
    assert "Dychmygol" not in told
    assert "Anhysbys" not in told


def test_values_that_are_not_understood_are_told_and_left(cast):
    intake = received(cast, sheet(row(1, body="Ministry of Magic", area="Narnia", due="when ready", status="perhaps")))
    (step,) = steps_of(intake, user=cast.ann)[1]
    assert [each.field for each in step.left] == ["body", "area", "due", "status"]
    take_over(intake, by=cast.ann, keys=[step.key])
    intake.refresh_from_db()
    assert {"Ministry of Magic", "Narnia", "when ready", "perhaps"} <= {each["text"] for each in intake.left}


def test_a_file_in_welsh_fills_the_other_half(cast):
    plan = taken(cast, sheet(row(1))).plan
    welsh = workbook(
        {
            "Cynllun": [
                ["Rhif", "Cam gweithredu", "Beth mae’n ei ddweud"],
                [1, "Hyfforddi", "Bydd pawb sydd yn y cyngor ac yn yr heddlu yn cael ei hyfforddi."],
            ]
        }
    )
    intake = taken(cast, welsh, plan)
    assert intake.language == "cy"
    action = plan.numbers.get().action
    assert (action.title_cy, action.title_en, action.title_state) == ("Hyfforddi", "Train", "draft")


def test_rows_that_are_not_ticked_are_kept_in_the_list_of_what_was_left(cast):
    intake = received(cast, sheet(row(1), row(2, "Review", "Review every group.")))
    take_over(intake, by=cast.ann, keys=["1.2"])
    intake.refresh_from_db()
    assert intake.plan.numbers.count() == 1
    assert "Review every group." in [each["text"] for each in intake.left]


def test_a_plan_that_moved_while_somebody_looked_is_not_written_over(cast):
    plan = taken(cast, sheet(row(1))).plan
    intake = received(cast, sheet(row(1, "Train all")), plan)
    (step,) = steps_of(intake, user=cast.ann)[1]
    action = plan.numbers.get().action
    write(action, by=cast.ann, seen=action.version, pairs={"title": ("", "Train nobody")})
    with pytest.raises(ValidationError, match="was changed while you looked"):
        take_over(intake, by=cast.ann, keys=[step.key], prints={step.key: step.print})
    action.refresh_from_db()
    assert action.title_en == "Train nobody"


def test_nobody_takes_over_who_may_not_edit_the_plan_or_twice_or_into_a_closed_plan(cast):
    intake = received(cast, sheet(row(1)))
    for user in (cast.bryn, cast.carys, cast.dai):
        with pytest.raises(PermissionDenied):
            receive(sheet(row(1)), by=user, partnership=cast.gwynedd_mon, file_name="a", new_plan=NEW)
        with pytest.raises(PermissionDenied):
            take_over(intake, by=user, keys=["1.2"])
    take_over(intake, by=cast.ann, keys=["1.2"])
    with pytest.raises(PermissionDenied):
        undo(intake, by=cast.dai)
    with pytest.raises(ValidationError, match="already"):
        take_over(intake, by=cast.ann, keys=["1.2"])
    plan = Plan.objects.get()
    write(plan, by=cast.ann, seen=plan.version, status="closed")
    with pytest.raises(ValidationError, match="closed"):
        taken(cast, sheet(row(1, "Train all")), plan)


def test_what_the_file_does_not_speak_of_is_named_and_stays(cast):
    plan = taken(cast, sheet(row(1), row(2))).plan
    known, shown, _left = steps_of(received(cast, sheet(row(1)), plan), user=cast.ann)
    assert [held.number for held in absent(known, shown)] == [2]
    taken(cast, sheet(row(1)), plan)
    assert plan.numbers.standing().count() == 2


def test_last_years_choice_of_columns_is_known_again_for_the_same_heads(cast):
    from diogel.exchange.receiving import choose, mappings_of

    data = one_table([["No", "Spring", "Summer"], ["1", "Train", "Police"]])
    intake = received(cast, data)
    mapping = mappings_of(intake)[0]
    chosen = type(mapping)(1, "actions", 1, ((0, "number"), (1, "title"), (2, "body")))
    choose(intake, [chosen], by=cast.ann)
    assert mappings_of(received(cast, data))[0].fields == chosen.fields
    assert mappings_of(receive(data, by=cast.dai, partnership=cast.wrexham, file_name="a", new_plan=NEW))[0].fields != chosen.fields


def test_updates_of_a_tracker_go_to_their_quarter_or_wait_for_one(cast):
    heads = ["No", "Action", "RAG", "Per cent", "Progress", "Quarter"]
    plan = taken(cast, sheet(row(1))).plan
    told = workbook({"Tracker": [heads, [1, "Train", "Green", 40, "Forty were trained.", "Q3 2021/22"]]})
    taken(cast, told, plan)
    update = plan.numbers.get().action.updates.get()
    assert (update.quarter, update.rag, update.percent, update.text_en, update.state) == (
        "2021-12",
        "green",
        40,
        "Forty were trained.",
        "filed",
    )
    bare = workbook({"Tracker": [heads[:5], [1, "Train", "Red", 40, "Fifty were trained."]]})
    (step,) = steps(cast, bare, plan)
    assert [each.field for each in step.left] == ["rag", "percent", "said"]
    assert steps(cast, bare, plan, quarter="2021-12")[0].state == "changed"


def test_a_row_without_any_words_becomes_no_action_and_one_with_a_text_gets_its_title_from_it(cast, client):
    data = workbook(
        {
            "Plan": [
                HEADS[:4],
                [1, "Train", "", ""],
                [2, "", "Review every group. Then say so.", ""],
                [4, '="Formula"&"s"', "", "North Wales Police"],
            ]
        }
    )
    intake = received(cast, data)
    shown = steps_of(intake, user=cast.ann)[1]
    assert [(step.mark, step.title, step.state) for step in shown] == [
        ("1", "Train", "new"), ("2", "Review every group", "new"), ("4", "", "untitled"),
    ]  # fmt: skip
    with pytest.raises(ValidationError, match="has no title"):
        take_over(intake, by=cast.ann, keys=[step.key for step in shown])
    client.force_login(cast.ann)
    assert "Has no title: 4" in client.get(f"/en/gwynedd-mon/desk/exchange/{intake.pk}/").content.decode()
    take_over(intake, by=cast.ann, keys=chosen_by_default(shown))
    assert not Action.objects.filter(title_en="").exists()
    intake.refresh_from_db()
    assert "North Wales Police" in [each["text"] for each in intake.left]
