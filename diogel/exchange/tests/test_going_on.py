"""A file with next year's plan carries last year's actions on: the same record under a new number, and a person says where it is not sure."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from diogel.analysis.reading.tests.word_files import one_table, workbook
from diogel.assessment.models import Assessment, Theme
from diogel.exchange.models import Intake
from diogel.exchange.receiving import receive
from diogel.exchange.taking import chosen_by_default, steps_of, take_over
from diogel.exchange.undoing import undo
from diogel.people.models import Group
from diogel.people.tests.cast import bilingual
from diogel.people.writing import write
from diogel.plan.carrying import between
from diogel.plan.models import Number, Plan, Section
from diogel.processes.actions.models import Action

pytestmark = pytest.mark.django_db
NEW = {"code": "2022-23", "title": "Plan 2022-23", "from_on": "2022-04-01", "to_on": "2023-03-31"}
HEADS = ["No", "Action", "What it says", "By when"]
TITLES = (
    (1, "Hyfforddi’r staff", "Train the staff"),
    (2, "Adolygu pob grŵp", "Review every group"),
    (3, "Goleuo’r maes parcio", "Light the car park"),
)
DESK = "/gwynedd-mon/desk/exchange/"


def make_plan(partnership, code="2021-22", status="in_force", titles=TITLES):
    year = int(code[:4])
    plan = Plan.objects.create(
        partnership=partnership, code=code, status=status, from_on=date(year, 4, 1), to_on=date(year + 1, 3, 31),
        **bilingual(f"Cynllun {code}", f"Plan of {code}", "title"),
    )  # fmt: skip
    for number, cy, en in titles:
        action = Action.objects.create(
            kind="action", reference=f"{code}/{number}", partnership=partnership, status="in_progress", opened_on=date(year, 4, 1),
            promised_on=date(year + 1, 3, 31), **bilingual(cy, en, "title"), **bilingual("Fel o’r blaen.", "As before.", "text"),
        )  # fmt: skip
        Number.objects.create(plan=plan, action=action, number=number)
    return plan


@pytest.fixture
def before(cast):
    return make_plan(cast.gwynedd_mon)


@pytest.fixture
def following(cast, before):
    return make_plan(cast.gwynedd_mon, "2022-23", "draft", ())


def row(number, title, text="As before.", due=""):
    return [number, title, text, due]


def received(cast, *rows, plan=None, language="en"):
    data = workbook({"Plan": [HEADS, *rows]})
    new = None if plan else NEW
    return receive(data, by=cast.ann, partnership=cast.gwynedd_mon, file_name="next.xlsx", plan=plan, new_plan=new, language=language)


def steps(cast, intake, **said):
    return steps_of(intake, user=cast.ann, **said)[1]


def taken(cast, *rows, plan=None, **said):
    intake = received(cast, *rows, plan=plan)
    return take_over(intake, by=cast.ann, keys=chosen_by_default(steps(cast, intake, **said)), **said)


def action(plan, number):
    return plan.numbers.get(number=number).action


def test_a_row_of_the_same_title_is_the_same_record_under_its_new_number_with_what_the_file_says_otherwise(cast, before):
    intake = received(cast, row(7, "train the STAFF!", "Train all of them.", "31/03/2023"), row(8, "Open an office", "Open it."))
    first, second = steps(cast, intake)
    assert [(first.state, first.goes_on.held), (second.state, second.goes_on)] == [("goes_on", before.numbers.get(number=1)), ("new", None)]
    assert [(each.field, each.now, each.file) for each in first.changes] == [
        ("title", "Train the staff", "train the STAFF!"), ("text", "As before.", "Train all of them."), ("due", "31 March 2022", "31 March 2023"),
    ]  # fmt: skip
    done = take_over(intake, by=cast.ann, keys=[first.key, second.key])
    held = done.plan.numbers.get(number=7)
    assert held.action == action(before, 1)
    assert (held.action.text_en, held.action.text_cy, held.action.promised_on) == (
        "Train all of them.",
        "Fel o’r blaen.",
        date(2023, 3, 31),
    )
    assert (Action.objects.count(), done.counts) == (4, {"new": 1, "changed": 0, "goes_on": 1, "same": 0})
    assert [each.number for each in between(cast.ann, cast.gwynedd_mon).open] == [2, 3]
    again = received(cast, row(7, "train the STAFF!", "Train all of them.", "31/03/2023"), plan=done.plan)
    assert [step.state for step in steps(cast, again)] == ["same"]


def test_the_title_counts_in_either_language_but_not_of_what_rests_or_stands_in_the_new_plan_already(cast, before, following):
    intake = received(cast, row(1, "Hyfforddi’r staff", "Fel o’r blaen."), plan=following, language="cy")
    assert [(step.state, step.changes) for step in steps(cast, intake)] == [("goes_on", ())]
    Number.objects.create(plan=following, action=action(before, 1), number=9)
    assert [step.state for step in steps(cast, intake)] == ["new"]
    Action.objects.filter(pk=action(before, 2).pk).update(status="complete")
    assert [step.state for step in steps(cast, received(cast, row(2, "Review every group"), plan=following))] == ["new"]


def test_what_it_serves_comes_along_and_only_what_the_file_says_otherwise_is_a_change(cast, before, following):
    old, now = (
        Assessment.objects.create(partnership=cast.gwynedd_mon, code=f"a{n}", status="approved", to_on=date(n, 9, 1)) for n in (2020, 2021)
    )
    was, theme, drugs = (
        Theme.objects.create(assessment=assessment, code=code, **bilingual(cy, en, "title"))
        for assessment, code, cy, en in (
            (old, "abuse", "Cam-drin", "Abuse"),
            (now, "abuse", "Cam-drin", "Abuse"),
            (now, "drugs", "Cyffuriau", "Drugs"),
        )
    )
    sections = [Section.objects.create(plan=plan, code="a", number=1, **bilingual("Un", "One", "title")) for plan in (before, following)]
    held = before.numbers.get(number=1)
    write(held, by=cast.ann, seen=held.version, many={"themes": [was]}, section=sections[0])
    data = workbook(
        {"Plan": [["No", "Action", "Heading", "Themes"], [1, "Train the staff", "One", "Abuse"], [2, "Review every group", "One", "Drugs"]]}
    )
    intake = receive(data, by=cast.ann, partnership=cast.gwynedd_mon, file_name="a.xlsx", plan=following, language="en")
    first, second = steps(cast, intake)
    assert (first.state, first.changes) == ("goes_on", ())
    assert "theme" in [each.field for each in second.changes]
    take_over(intake, by=cast.ann, keys=[first.key, second.key])
    one, two = following.numbers.all()
    assert (list(one.themes.all()), one.section, list(two.themes.all())) == ([theme], sections[1], [drugs])


def test_a_title_that_is_only_alike_waits_for_a_person_and_is_never_taken_by_itself(cast, before, following):
    intake = received(cast, row(1, "Train all the staff"), plan=following)
    (step,) = steps(cast, intake)
    assert (step.state, chosen_by_default([step])) == ("asked", [])
    assert "reads nearly as action 1 of “Plan of 2021-22”" in step.doubts[-1]
    with pytest.raises(ValidationError, match="Nobody has said yet"):
        take_over(intake, by=cast.ann, keys=[step.key])
    assert steps(cast, intake, choices={step.key: "new"})[0].state == "new"
    (chosen,) = steps(cast, intake, choices={step.key: "1"})
    assert [(each.field, each.now) for each in chosen.changes] == [("title", "Train the staff")]
    take_over(intake, by=cast.ann, keys=[step.key], choices={step.key: "1"})
    assert action(following, 1) == action(before, 1)


def test_what_is_like_two_open_actions_or_like_one_that_has_its_own_row_is_new(cast, before, following):
    make = received(cast, row(1, "Train the staff"), row(5, "Train the staff again"), plan=following)
    assert [step.state for step in steps(cast, make)] == ["goes_on", "new"]
    Action.objects.filter(pk=action(before, 2).pk).update(title_en="Train the cooks")
    assert [step.state for step in steps(cast, received(cast, row(5, "Train the drivers"), plan=following))] == ["new"]


@pytest.mark.parametrize("titles", [("Train the staff", "Train the staff"), ("Train the new staff", "Train the old staff")])
def test_of_two_rows_that_claim_one_action_neither_is_taken_until_a_person_says_which(cast, before, following, titles):
    intake = received(cast, *(row(number, title) for number, title in enumerate(titles, 1)), plan=following)
    first, second = shown = steps(cast, intake)
    assert [step.state for step in shown] == ["asked", "asked"]
    assert all("Another row of the file claims action 1" in step.doubts[-1] for step in shown)
    both = {first.key: "1", second.key: "1"}
    assert [step.state for step in steps(cast, intake, choices=both)] == ["asked", "asked"]
    take_over(intake, by=cast.ann, keys=[first.key, second.key], choices={first.key: "new", second.key: "1"})
    assert (action(following, 1).reference, action(following, 2)) == ("2022-23/1", action(before, 1))


def test_two_open_actions_of_one_title_are_told_and_one_is_proposed(cast, before, following):
    Action.objects.filter(pk=action(before, 2).pk).update(title_en="Train the staff")
    (step,) = steps(cast, received(cast, row(2, "Train the staff"), plan=following))
    assert (step.state, step.goes_on.held.number) == ("asked", 2)
    assert "several open actions of this title" in step.doubts[-1]


def test_an_action_that_the_importer_may_not_see_is_neither_matched_nor_told_of(client, cast, before, following):
    group = Group.objects.create(partnership=cast.gwynedd_mon, code="g", **bilingual("Grŵp", "Group", "name"))
    Action.objects.filter(pk=action(before, 1).pk).update(visibility="group", group=group)
    intake = received(cast, row(1, "Train the staff"), row(2, "Train all the staff"), plan=following)
    assert [(step.state, step.goes_on, step.doubts) for step in steps(cast, intake)] == [("new", None, ())] * 2
    client.force_login(cast.ann)
    assert "2021-22" not in client.get(f"/en{DESK}{intake.pk}/").content.decode().partition("<main")[2]


def test_nothing_of_another_partnership_goes_on_and_nobody_of_another_takes_it_over(cast):
    make_plan(cast.wrexham)
    intake = received(cast, row(1, "Train the staff"))
    (step,) = steps(cast, intake)
    assert (step.state, step.goes_on) == ("new", None)
    for user in (cast.dai, cast.bryn):
        with pytest.raises(PermissionDenied):
            take_over(intake, by=user, keys=[step.key])


def test_undoing_takes_the_number_away_and_restores_the_words_but_leaves_the_action(cast, before):
    intake = taken(cast, row(7, "Train the staff", "Train all of them."), row(8, "Open an office"))
    assert undo(intake, by=cast.ann) == []
    kept = action(before, 1)
    assert (kept.withdrawn_on, kept.text_en, kept.text_state) == (None, "As before.", "checked")
    assert intake.plan.numbers.get(number=7).withdrawn_on
    assert Action.objects.get(reference="2022-23/8").withdrawn_on
    assert [each.number for each in between(cast.ann, cast.gwynedd_mon).open] == [1, 2, 3]


def test_what_was_undone_goes_on_again_or_begins_anew_under_the_same_number(cast, before, following):
    file = row(7, "Train the staff", "Train all of them.")
    undo(taken(cast, file, plan=following), by=cast.ann)
    key = steps(cast, received(cast, file, plan=following))[0].key
    anew = taken(cast, file, plan=following, choices={key: "new"})
    other = action(following, 7)
    assert (other.reference, action(before, 1).text_en) == ("2022-23/7", "As before.")
    undo(anew, by=cast.ann)
    assert (action(following, 7), following.numbers.standing().count()) == (action(before, 1), 0)
    on = taken(cast, row(5, "Train the staff", "Train all of them."), plan=following)
    assert (action(following, 5), following.numbers.count()) == (action(before, 1), 1)
    undo(on, by=cast.ann)
    assert following.numbers.get().withdrawn_on
    assert following.numbers.get().number == 7


def test_a_new_action_that_was_undone_gives_its_number_to_the_one_that_goes_on(cast, before, following):
    file = row(7, "Train the staff")
    key = steps(cast, received(cast, file, plan=following))[0].key
    undo(taken(cast, file, plan=following, choices={key: "new"}), by=cast.ann)
    anew = action(following, 7)
    on = taken(cast, file, plan=following)
    assert action(following, 7) == action(before, 1)
    undo(on, by=cast.ann)
    assert action(following, 7) == anew
    anew.refresh_from_db()
    assert anew.withdrawn_on


def test_the_same_file_is_not_taken_over_twice_and_a_moved_plan_is_not_written_over(cast, before, following):
    intake = received(cast, row(1, "Train the staff", "Train all."), plan=following)
    (step,) = steps(cast, intake)
    held = action(before, 1)
    write(held, by=cast.ann, seen=held.version, pairs={"text": ("", "Train nobody.")})
    with pytest.raises(ValidationError, match="was changed while you looked"):
        take_over(intake, by=cast.ann, keys=[step.key], prints={step.key: step.print})
    take_over(intake, by=cast.ann, keys=[step.key])
    with pytest.raises(ValidationError, match="already"):
        take_over(intake, by=cast.ann, keys=[step.key])
    assert following.numbers.count() == 1


FOUND = (("1", "Train the staff"), ("2", "Review each group"), ("", "Open an office"))
SAID = [
    ("en", "Goes on from action 1 of “Plan of 2021-22”", "A new action", "Going on: 1. To be answered: 1", "was not shown yet", "2 going on"),
    ("cy", "Yn parhau o gam gweithredu 1 yn “Cynllun 2021-22”", "Cam gweithredu newydd", "Yn parhau: 1. I’w hateb: 1", "Ni ddangoswyd eto", "2 yn parhau"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "on", "anew", "heading", "unseen", "done"), SAID)
def test_the_page_says_from_what_a_row_goes_on_and_asks_where_it_is_not_sure(
    client, cast, before, following, language, on, anew, heading, unseen, done
):
    client.force_login(cast.ann)
    data = one_table([["No", "Action", "Lead body"], *([n, title, "North Wales Police"] for n, title in FOUND)])
    desk = f"/{language}{DESK}"
    page = client.post(desk, {"file": SimpleUploadedFile("next.docx", data), "plan": following.pk, "language": "en"}).url
    shown = client.get(page).content.decode()
    assert all(said in shown for said in (on, anew, heading))
    assert 'id="goes-1.2-on" value="1" checked' in shown
    assert 'id="goes-1.3-on" value="2">' in shown
    sent = {"take": ["1.2", "1.3", "1.4"], "goes-1.2": "1", "goes-1.3": "2", "number-1.4": "9"}
    prints = {f"print-1.{line}": shown.partition(f'name="print-1.{line}" value="')[2][:8] for line in (2, 3, 4)}
    refused = client.post(page, sent | prints)
    assert (refused.status_code, unseen in refused.content.decode()) == (422, True)
    looked = client.post(page, sent | prints | {"look": "yes"}).content.decode()
    assert 'name="number-1.4" id="number-1.4" value="9"' in looked
    assert "<del>Review every group</del>" in looked
    prints = {f"print-1.{line}": looked.partition(f'name="print-1.{line}" value="')[2][:8] for line in (2, 3, 4)}
    assert client.post(page, sent | prints).url == page
    assert done in client.get(page).content.decode()
    assert [action(following, n) for n in (1, 2)] == [action(before, n) for n in (1, 2)]
    assert client.get(f"{page}undo/").status_code == 200


def test_that_a_row_is_new_may_be_said_and_taken_at_once(client, cast, before, following):
    intake = received(cast, row(1, "Train the staff"), plan=following)
    client.force_login(cast.ann)
    page = f"/en{DESK}{intake.pk}/"
    shown = client.get(page).content.decode().partition('name="print-1.2" value="')[2][:8]
    assert client.post(page, {"take": ["1.2"], "goes-1.2": "new", "print-1.2": shown}).status_code == 302
    assert action(following, 1) != action(before, 1)


def test_the_preview_asks_few_questions_however_much_goes_on(client, cast, before, following, django_assert_max_num_queries):
    for number in range(4, 24):
        held = Action.objects.create(
            kind="action", reference=f"2021-22/{number}", partnership=cast.gwynedd_mon, status="agreed", opened_on=before.from_on,
            **bilingual(f"Gwaith {number}", f"Work {number}", "title"),
        )  # fmt: skip
        Number.objects.create(plan=before, action=held, number=number)
    rows = [["No", "Action", "Lead body", "Themes"], *[[n, f"Work {n}", "North Wales Police", "Abuse"] for n in range(4, 24)]]
    data = workbook({"Plan": rows})
    receive(data, by=cast.ann, partnership=cast.gwynedd_mon, file_name="a.xlsx", plan=following, language="en")
    client.force_login(cast.ann)
    page = f"/en{DESK}{Intake.objects.get().pk}/"
    with django_assert_max_num_queries(14):
        assert "Going on: 20" in client.get(page).content.decode()
