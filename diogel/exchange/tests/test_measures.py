"""Measures below their priorities, as one of the two plans lists them, and the directions that words state: read, shown, asked, taken."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from docx import Document

from diogel.analysis.reading.tests.word_files import one_table, saved, workbook
from diogel.analysis.reading.tests.word_measures import ENGLISH, WELSH, plan_file
from diogel.audit.models import Entry
from diogel.exchange.comparing_measures import absent_measures
from diogel.exchange.receiving import receive
from diogel.exchange.taking import chosen_by_default, steps_of, take_over
from diogel.exchange.undoing import undo
from diogel.indicators.models import Indicator, Measure
from diogel.people import access
from diogel.people.access import May, Role
from diogel.plan.models import Plan, Report

pytestmark = pytest.mark.django_db
NEW = {"code": "2022-23", "title": "Plan 2022-23", "from_on": "2022-04-01", "to_on": "2023-03-31"}
ANSWERS = {"all accountability": "shared", "all unit": "count"}


def received(cast, data, plan=None, **options):
    return receive(
        data, by=cast.ann, partnership=cast.gwynedd_mon, file_name="plan.docx", plan=plan, new_plan=None if plan else NEW, **options
    )


def measures(cast, data, plan=None, choices=None, **options):
    steps = steps_of(received(cast, data, plan, **options), user=cast.ann, choices=choices)[1]
    return [step for step in steps if step.kind == "measures"]


def answered(steps, **own):
    """What somebody says of every measure that asks for its direction: watch only."""
    return ANSWERS | {f"{step.key} direction": "monitor" for step in steps} | own


def taken(cast, data, plan=None, **options):
    intake = received(cast, data, plan, **options)
    choices = answered(steps_of(intake, user=cast.ann)[1])
    steps = steps_of(intake, user=cast.ann, choices=choices)[1]
    return take_over(intake, by=cast.ann, keys=chosen_by_default(steps), choices=choices)


def said(step):
    return {change.field: (change.now, change.file) for change in step.changes}


def test_each_line_below_a_heading_of_measures_is_a_measure_and_says_what_it_states(cast):
    shown = measures(cast, plan_file())
    assert [step.title for step in shown] == [
        "The number of boats that report a theft", "An increase in the number of traders who join the watch",
        "How the watch has learned from each theft", "Monitor the number of mooring checks",
        "Decrease the percentage of sailors who wait for a berth", "Settle a baseline for wet days",
    ]  # fmt: skip
    stated = [tuple(said(step).get(name, ("", ""))[1] for name in ("direction", "accountability", "unit")) for step in shown]
    assert stated == [
        ("", "", "count"), ("increase", "", "count"), ("", "", ""), ("watch only", "we contribute", "count"), ("decrease", "", "per cent"),
        ("set a baseline", "", ""),
    ]  # fmt: skip
    assert [step.state for step in shown] == ["asked", "asked", "asked", "new", "asked", "asked"]
    assert shown[2].doubts == ("The file does not say: What the plan wants of it; Who answers for it; Unit.",)
    assert said(shown[4])["heading"] == ("", "Bring help nearer to young sailors")


def test_an_objective_has_the_direction_that_its_words_state_and_none_where_they_state_two(cast):
    shown = [step for step in steps_of(received(cast, plan_file()), user=cast.ann)[1] if step.kind == "objectives"]
    assert [said(step).get("direction", ("", ""))[1] for step in shown] == ["decrease", "", "", "increase"]
    assert "more than one direction" in shown[2].doubts[0]
    plan = taken(cast, plan_file()).plan
    assert [row.direction for row in plan.objectives.order_by("code")] == ["decrease", "", "", "increase"]


def test_nothing_is_taken_over_of_which_something_is_still_to_be_said(cast):
    intake = received(cast, plan_file())
    keys = [step.key for step in steps_of(intake, user=cast.ann)[1]]
    with pytest.raises(ValidationError, match="still to be said of a measure"):
        take_over(intake, by=cast.ann, keys=keys)
    assert not Measure.objects.filter(title_en__contains="boats").exists()
    take_over(intake, by=cast.ann, keys=chosen_by_default(steps_of(intake, user=cast.ann)[1]))
    assert [row.title_en for row in Indicator.objects.all()] == ["Monitor the number of mooring checks"]
    intake.refresh_from_db()
    assert "How the watch has learned from each theft" in [each["text"] for each in intake.left]


def test_measures_are_taken_over_with_their_log_and_then_nothing_differs_and_undoing_withdraws_them(cast):
    intake = taken(cast, plan_file())
    plan = intake.plan
    told = [(row.priority.number, row.indicator.code, row.indicator.direction, row.indicator.accountability) for row in plan.reports.all()]
    assert told == [
        (1, "P1a", "monitor", "shared"), (1, "P1b", "increase", "shared"), (1, "P1c", "monitor", "shared"),
        (1, "P1d", "monitor", "contributory"), (2, "P2a", "decrease", "shared"), (2, "P2b", "set_baseline", "shared"),
    ]  # fmt: skip
    first = plan.reports.first().indicator
    assert (first.title_state, first.better, first.measure.unit, first.measure.title_en) == ("missing", "neither", "count", first.title_en)
    subjects = {entry.subject.partition(":")[0] for entry in Entry.objects.filter(deed="created")}
    assert {"plan.report", "indicators.indicator", "indicators.measure"} <= subjects
    again = steps_of(received(cast, plan_file(), plan), user=cast.ann)[1]
    assert {step.state for step in again} == {"same"}
    assert undo(intake, by=cast.ann) == []
    for model in (Measure, Indicator, Report):
        assert not model.objects.standing().exists()


def test_what_changed_is_shown_old_beside_new_and_what_the_file_does_not_name_is_told(cast):
    plan = taken(cast, plan_file()).plan
    changed = plan_file(change=lambda text: text.replace("1.1 Reduce", "1.1 Monitor"))
    shown = [step for step in steps_of(received(cast, changed, plan), user=cast.ann)[1] if step.state != "same"]
    assert [(step.mark, said(step)["direction"]) for step in shown] == [("1.1", ("decrease", "watch only"))]
    intro = plan_file([(*ENGLISH[0][:5], (ENGLISH[0][5][1], "An increase in each of these numbers of ours:", *ENGLISH[0][5][3:4]))])
    intake = received(cast, intro, plan)
    known, steps, _left = steps_of(intake, user=cast.ann)
    last = [step for step in steps if step.kind == "measures"][-1]
    assert (last.mark, last.state, said(last)) == ("P1c", "changed", {"direction": ("watch only", "increase")})
    assert [row.indicator.code for row in absent_measures(known, steps)] == ["P1b", "P1d", "P2a", "P2b"]
    take_over(intake, by=cast.ann, keys=[last.key])
    assert plan.reports.get(indicator__code="P1c").indicator.direction == "increase"
    assert undo(intake.__class__.objects.get(pk=intake.pk), by=cast.ann) == []
    assert plan.reports.get(indicator__code="P1c").indicator.direction == "monitor"


def test_the_welsh_file_asks_which_measure_a_line_is_and_fills_its_other_half(cast):
    plan = taken(cast, plan_file()).plan
    intake = received(cast, plan_file(WELSH), plan)
    assert intake.language == "cy"
    shown = [step for step in steps_of(intake, user=cast.ann)[1] if step.kind == "measures"]
    assert [step.state for step in shown] == ["asked"] * 3
    assert shown[1].asks[0].name == "which"
    assert said(shown[1])["direction"][1] == "increase"
    assert said(shown[2])["accountability"][1] == "we contribute"
    offered = {label: sent for sent, label in shown[0].asks[0].choices}
    assert "Settle a baseline for wet days" not in offered
    own = {f"{step.key} which": list(offered.values())[at] for at, step in zip((0, 1, 3), shown, strict=True)}
    steps = [step for step in steps_of(intake, user=cast.ann, choices=own)[1] if step.kind == "measures"]
    assert [(step.mark, step.state, [each.field for each in step.changes]) for step in steps] == [
        (code, "changed", ["measure"]) for code in ("P1a", "P1b", "P1d")
    ]
    take_over(intake, by=cast.ann, keys=[step.key for step in steps], choices=own)
    row = plan.reports.get(indicator__code="P1a").indicator
    assert (row.title_cy, row.title_en, row.title_state) == (
        "Nifer y cychod sy’n adrodd am ladrad", "The number of boats that report a theft", "draft",
    )  # fmt: skip
    twice = {f"{step.key} which": next(iter(offered.values())) for step in shown}
    assert {step.state for step in steps_of(received(cast, plan_file(WELSH), plan), user=cast.ann, choices=twice)[1]
            if step.kind == "measures"} == {"same"}  # fmt: skip


def test_a_measure_on_file_is_reported_and_not_made_again_and_what_another_plan_wants_of_it_stays(cast):
    before = taken(cast, plan_file()).plan
    intake = receive(
        plan_file(change=lambda text: text.replace("Walk the quay", "Row by the quay")), by=cast.ann, partnership=cast.gwynedd_mon,
        file_name="b.docx", new_plan=NEW | {"code": "2023-24", "from_on": "2023-04-01", "to_on": "2024-03-31"},
    )  # fmt: skip
    steps = steps_of(intake, user=cast.ann)[1]
    assert [step.state for step in steps if step.kind == "measures"] == ["new"] * 6
    assert "The measure “P1a” on file has this title" in steps[-6].doubts[0]
    after = take_over(intake, by=cast.ann, keys=chosen_by_default(steps)).plan
    assert Measure.objects.count() == Indicator.objects.count() == 6
    table = one_table([["Measure", "Priority", "Direction", "Who answers for it"],
                       ["The number of boats that report a theft", "Priority 1: Quays", "Reduce", "ours alone"]])  # fmt: skip
    third = NEW | {"code": "2024-25", "from_on": "2024-04-01", "to_on": "2025-03-31"}
    intake = receive(table, by=cast.ann, partnership=cast.gwynedd_mon, file_name="c.docx", new_plan=third)
    plan = take_over(intake, by=cast.ann, keys=chosen_by_default(steps_of(intake, user=cast.ann)[1])).plan
    row = plan.reports.get().indicator
    assert (row.direction, row.accountability, row.measure.code, Measure.objects.count()) == ("decrease", "sole", "P1a", 6)
    assert {held.reports.get(indicator__measure__code="P1a").indicator.direction for held in (before, after)} == {"monitor"}
    assert undo(intake, by=cast.ann) == []
    assert Measure.objects.standing().count() == 6


def test_damaged_words_are_taken_as_they_are_and_told_and_what_finds_no_place_is_told_with_why(cast):
    damaged = plan_file(
        change=lambda text: text.replace("traders who join the watch.", "tra\ufffdders who join the").replace("mooring", "mo\toring"),
        after=("The harbour master keeps a book of tides.", "Nobody has read it.", "• A line long after"),
    )
    intake = received(cast, damaged)
    _known, steps, unplaced = steps_of(intake, user=cast.ann)
    by_title = {step.title: " ".join(step.doubts) for step in steps if step.kind == "measures"}
    assert "a mark for a letter that was lost" in by_title["An increase in the number of tra\ufffdders who join the"]
    assert "seems to break off" in by_title["An increase in the number of tra\ufffdders who join the"]
    assert "seems to be split" in by_title["Monitor the number of mo\toring checks"]
    why = {each.text: each.why for each in unplaced}
    assert why["The harbour master keeps a book of tides."] == "among_measures"
    assert "A line long after" not in str(by_title)
    alone = Document()
    for text, style in (("Measures", "Normal"), ("Boats counted", "List Bullet"), ("Oars counted", "List Bullet")):
        alone.add_paragraph(text, style=style)
    _known, steps, unplaced = steps_of(received(cast, saved(alone)), user=cast.ann)
    assert (steps, [each.why for each in unplaced[1:]]) == ([], ["no_priority_above"] * 2)


def test_a_note_from_the_foot_of_a_page_does_not_end_the_list(cast):
    lines = ("• The number of oars kept", "² Oars are those of the council.", "³ Others are not.", "• The number of ropes kept")
    first, second = measures(cast, plan_file([(*ENGLISH[0][:5], lines)]))
    assert ("asked", second.title) == (first.state, "The number of ropes kept")
    assert "stand between it and the measures above" in second.doubts[0]


def test_lines_without_bullets_and_measures_listed_twice_are_told(cast):
    bare = (*ENGLISH[0][:5], ("The number of oars kept", "The number of oars kept", "The depth of the berths"))
    first, second, third = measures(cast, plan_file([bare]))
    assert "without a bullet" in first.doubts[0]
    assert (second.state, [each.text for each in second.left]) == ("placeless", ["The number of oars kept"])
    intake = received(cast, plan_file([bare]))
    with pytest.raises(ValidationError, match="finds no place"):
        take_over(intake, by=cast.ann, keys=[second.key])
    assert third.state == "asked"
    table = workbook({"Measures": [["Measure", "Priority", "Direction"], ["Oars", "Nobody’s", "sideways"]]})
    (row,) = measures(cast, table)
    assert row.state == "placeless"
    assert [each.text for each in row.left] == ["sideways", "Oars"]


def test_only_who_may_define_measures_takes_them_over(cast, monkeypatch):
    role = access.ROLES[Role.CO_ORDINATOR]
    monkeypatch.setitem(access.ROLES, Role.CO_ORDINATOR, (role[0], role[1] - {May.EDIT_MEASURES}))
    intake = received(cast, plan_file())
    steps = steps_of(intake, user=cast.ann, choices=ANSWERS)[1]
    assert {step.state for step in steps if step.kind == "measures"} == {"placeless"}
    assert {step.kind for step in steps if step.key in chosen_by_default(steps)} == {"objectives"}
    monkeypatch.undo()
    done = taken(cast, plan_file())
    monkeypatch.setitem(access.ROLES, Role.CO_ORDINATOR, (role[0], role[1] - {May.EDIT_MEASURES}))
    with pytest.raises(PermissionDenied):
        undo(done, by=cast.ann)
    assert Measure.objects.standing().count() == 6


def test_on_the_page_one_answer_serves_all_and_what_a_row_would_change_is_shown_first(cast, client, django_assert_max_num_queries):
    client.force_login(cast.ann)
    intake = received(cast, plan_file())
    page = f"/en/gwynedd-mon/desk/exchange/{intake.pk}/"
    with django_assert_max_num_queries(12):
        shown = client.get(page).content.decode()
    assert "To be answered: 5" in shown
    assert "2 new objectives do not say in which direction they should go" in shown
    assert 'name="accountability-all"' in shown
    assert "Nid yw 2 amcan newydd yn dweud i ba gyfeiriad y dylent fynd" in client.get(page.replace("/en/", "/cy/")).content.decode()
    steps = steps_of(intake, user=cast.ann)[1]
    ticks = {"take": chosen_by_default(steps)}
    sent = ticks | {"accountability-all": "shared", "unit-all": "count"} | {f"direction-{step.key}": "monitor" for step in steps}
    look = client.post(page, sent | {f"print-{step.key}": "" for step in steps} | {"look": "yes"}).content.decode()
    assert look.count(" checked>") == len(steps)
    keys = [step.key for step in steps]
    assert client.post(page, sent | {"take": keys}).status_code == 302
    plan = Plan.objects.get()
    assert plan.reports.count() == 6
    again = received(cast, plan_file(WELSH), plan)
    page = f"/en/gwynedd-mon/desk/exchange/{again.pk}/"
    with django_assert_max_num_queries(12):
        assert "In the plan and not in the file" in client.get(page).content.decode()
    (line, *_rest) = (step for step in steps_of(again, user=cast.ann)[1] if step.kind == "measures")
    sent = {"take": [line.key], f"which-{line.key}": line.asks[0].choices[0][0], f"print-{line.key}": "0"}
    refused = client.post(page, sent)
    assert refused.status_code == 422
    assert "would change in measures on file was not shown yet" in refused.content.decode()
