"""Welsh and English side by side make pairs: in two columns, in two tables, in two files; one alone leaves the other half missing."""

import pytest

from diogel.analysis.reading.office import read_office
from diogel.analysis.reading.plan_languages import without_language
from diogel.analysis.reading.plan_tables import proposals
from diogel.analysis.reading.tests.word_files import one_table, workbook
from diogel.exchange.models import Intake
from diogel.exchange.receiving import receive
from diogel.exchange.steps import lacking
from diogel.exchange.taking import chosen_by_default, steps_of, take_over
from diogel.exchange.undoing import undo
from diogel.people.writing import write

NEW = {"code": "2022-23", "title": "Plan 2022-23", "from_on": "2022-04-01", "to_on": "2023-03-31"}
ENGLISH = "We will train the staff of the councils and of the police."
WELSH = "Bydd pawb sydd yn y cyngor ac yn yr heddlu yn cael ei hyfforddi."
SIDE_BY_SIDE = [
    ["No", "Action (English)", "Gweithred (Cymraeg)", "What it says (English)", "Beth mae’n ei ddweud (Cymraeg)", "Lead body"],
    ["1", "Train", "Hyfforddi", ENGLISH, WELSH, "North Wales Police"],
    ["2", "Review", "", "We will review the groups that are led by the police.", "", "Gwynedd Council"],
]


def received(cast, data, plan=None, **options):
    return receive(
        data, by=cast.ann, partnership=cast.gwynedd_mon, file_name="plan.docx", plan=plan, new_plan=None if plan else NEW, **options
    )


def taken(cast, data, plan=None, **options):
    intake = received(cast, data, plan, **options)
    return take_over(intake, by=cast.ann, keys=chosen_by_default(steps_of(intake, user=cast.ann)[1]))


def fields(data):
    (mapping,) = proposals(read_office(data))
    return [name for _at, name in mapping.fields]


@pytest.mark.parametrize(("head", "told"), [
    ("Action (English)", ("action", "en")), ("Gweithred (Cymraeg)", ("gweithred", "cy")), ("Action in Welsh", ("action", "cy")),
    ("Teitl yn Gymraeg", ("teitl", "cy")), ("Welsh title", ("title", "cy")), ("Cymraeg", ("", "cy")), ("Action", ("action", "")),
])  # fmt: skip
def test_a_head_may_name_the_language_of_its_column(head, told):
    assert without_language(head) == told


def test_two_columns_of_one_sentence_are_known_by_their_heads_or_by_what_they_speak():
    assert fields(one_table(SIDE_BY_SIDE)) == ["number", "title_en", "title_cy", "text_en", "text_cy", "body"]
    unnamed = [["No", "Action", "Cam gweithredu", "Lead body"], ["1", ENGLISH, WELSH, "Police"], ["2", ENGLISH, WELSH, "Police"]]
    assert fields(one_table(unnamed))[1:3] == ["title_en", "title_cy"]
    long = [unnamed[0], *([number, f"{ENGLISH} {ENGLISH} {ENGLISH}", f"{WELSH} {WELSH}", "Police"] for number in "12")]
    assert fields(one_table(long))[1:3] == ["text_en", "text_cy"]
    bare = [["No", "English", "Cymraeg", "Lead body"], ["1", "Train", "Hyfforddi", "Police"]]
    assert fields(one_table(bare))[1:3] == ["title_en", "title_cy"]


def test_a_column_of_the_welsh_government_is_no_column_in_welsh():
    data = one_table([["No", "Action", "Welsh Government priority", "Lead body"], ["1", "Train", "Safety", "Police"]])
    assert not any(name.endswith(("_cy", "_en")) for name in fields(data))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "cy"])
def test_two_columns_make_pairs_that_wait_to_be_checked_whichever_language_the_file_is_read_in(cast, language):
    intake = received(cast, one_table(SIDE_BY_SIDE), language=language)
    steps = steps_of(intake, user=cast.ann)[1]
    assert [(each.field, each.language, each.file) for each in steps[0].changes[:4]] == [
        (name, half, words[half])
        for half in (language, "cy" if language == "en" else "en")
        for name, words in (("title", {"en": "Train", "cy": "Hyfforddi"}), ("text", {"en": ENGLISH, "cy": WELSH}))
    ]
    assert lacking(steps) == {"cy": 1, "en": 0}
    plan = take_over(intake, by=cast.ann, keys=chosen_by_default(steps)).plan
    first, second = (held.action for held in plan.numbers.all())
    assert (first.title_cy, first.title_en, first.title_state) == ("Hyfforddi", "Train", "draft")
    assert (first.text_cy, first.text_en, first.text_state) == (WELSH, ENGLISH, "draft")
    assert (second.title_en, second.title_cy, second.title_state) == ("Review", "", "missing")
    again = steps_of(received(cast, one_table(SIDE_BY_SIDE), plan, language=language), user=cast.ann)[1]
    assert [step.state for step in again] == ["same", "same"]


@pytest.mark.django_db
def test_two_tables_one_in_each_language_are_joined_by_number_and_told_where_they_differ(cast):
    plan_rows = {
        "English": [["No", "Action", "Lead body", "By when"], [1, ENGLISH, "North Wales Police", "31/03/2023"],
                    [2, "We will review the groups that are led by the police.", "Gwynedd Council", "31/03/2023"]],
        "Cymraeg": [["Rhif", "Cam gweithredu", "Corff arweiniol", "Erbyn pryd"], [1, WELSH, "Heddlu Gogledd Cymru", "31 Mawrth 2023"],
                    [2, "Bydd y grwpiau sydd gan yr heddlu yn cael eu hadolygu.", "Heddlu Gogledd Cymru", "30 Mehefin 2023"],
                    [3, "Bydd y cyngor yn dechrau ar y gwaith gyda’r heddlu.", "Cyngor Gwynedd", ""]],
    }  # fmt: skip
    intake = received(cast, workbook(plan_rows), language="en")
    first, second, third = steps_of(intake, user=cast.ann)[1]
    assert [step.mark for step in (first, second, third)] == ["1", "2", "3"]
    assert not any("differ" in doubt for doubt in first.doubts)
    assert sum("differ" in doubt for doubt in second.doubts) == 2
    plan = take_over(intake, by=cast.ann, keys=[step.key for step in (first, second, third)]).plan
    one, two, three = (held.action for held in plan.numbers.all())
    assert (one.title_en, one.title_cy, one.title_state) == (ENGLISH, WELSH, "draft")
    assert [body.code for body in two.bodies.all()] == ["gwynedd-council"]
    assert (three.title_en, three.title_state) == ("", "missing")
    assert three.title_cy.startswith("Bydd y cyngor")


@pytest.mark.django_db
def test_commitments_headings_and_outcomes_have_both_halves(cast):
    heads = ["No", "Heading (English)", "Pennawd (Cymraeg)", "Action (English)", "Gweithred (Cymraeg)", "Lead body"]
    rows = [["6", "Training", "Hyfforddiant", "Train", "Hyfforddi", "North Wales Police"], ["6a", "", "", "The staff", "Y staff", ""]]
    outcomes = [
        ["Theme", "Action", "Short term (English)", "Tymor byr (Cymraeg)"], ["Cross-cutting", "6", "The staff know", "Mae’r staff yn gwybod"],
    ]  # fmt: skip
    intake = taken(cast, workbook({"Plan": [heads, *rows], "Outcomes": outcomes}), language="en")
    held = intake.plan.numbers.select_related("section").get()
    assert (held.section.title_cy, held.section.title_en, held.section.title_state) == ("Hyfforddiant", "Training", "draft")
    part = held.action.sub_actions.get()
    assert (part.code, part.title_cy, part.title_en) == ("6a", "Y staff", "The staff")
    outcome = intake.plan.outcomes.get()
    assert (outcome.short_cy, outcome.short_en, outcome.short_state) == ("Mae’r staff yn gwybod", "The staff know", "draft")
    assert undo(intake, by=cast.ann) == []


@pytest.mark.django_db
def test_a_second_file_in_welsh_fills_the_headings_of_the_first_and_makes_none_of_its_own(cast):
    english = [["No", "Heading", "Action"], [1, "Training", "Train"], [2, "Training", "Review"], [3, "Pilots", "Begin"]]
    welsh = [
        ["Rhif", "Pennawd", "Cam gweithredu"], [1, "Hyfforddiant", "Hyfforddi"], [2, "Hyfforddiant", "Adolygu"], [3, "Peilotau", "Dechrau"],
    ]  # fmt: skip
    plan = taken(cast, workbook({"Plan": english}), language="en").plan
    intake = taken(cast, workbook({"Cynllun": welsh}), plan, language="cy")
    assert [(row.title_cy, row.title_en) for row in plan.sections.all()] == [("Hyfforddiant", "Training"), ("Peilotau", "Pilots")]
    assert {held.section.title_en for held in plan.numbers.all()} == {"Training", "Pilots"}
    assert undo(intake, by=cast.ann) == []
    assert {row.title_cy for row in plan.sections.all()} == {""}


@pytest.mark.django_db
def test_a_half_that_changes_leaves_its_checked_twin_stale(cast):
    plan = taken(cast, one_table(SIDE_BY_SIDE), language="en").plan
    action = plan.numbers.get(number=1).action
    write(action, by=cast.ann, seen=action.version, pairs={"title": ("Hyfforddi", "Train")}, checked=["title"])
    changed = [SIDE_BY_SIDE[0], ["1", "Train", "Hyfforddi pawb", ENGLISH, WELSH, "North Wales Police"]]
    taken(cast, one_table(changed), plan, language="en")
    action.refresh_from_db()
    assert (action.title_cy, action.title_state) == ("Hyfforddi pawb", "stale_en")


@pytest.mark.django_db
def test_the_preview_says_which_half_stays_missing_and_a_person_says_which_language_a_table_is_in(client, cast):
    client.force_login(cast.ann)
    intake = received(cast, one_table([["No", "Action", "Lead body"], ["1", ENGLISH, "North Wales Police"]]), language="en")
    page = f"/en/gwynedd-mon/desk/exchange/{intake.pk}/"
    assert "one new row in English only" in client.get(page).content.decode()
    assert "un rhes newydd yn Saesneg yn unig" in client.get(page.replace("/en/", "/cy/")).content.decode()
    client.post(f"{page}columns/", {"language": "en", "language-1": "cy"})
    intake = Intake.objects.get()
    assert intake.mappings[0][-1] == "cy"
    assert "one new row in Welsh only" in client.get(page).content.decode()


@pytest.mark.django_db
def test_milestones_and_names_of_money_have_both_halves_and_what_only_the_second_tells_is_left(cast):
    heads = ["No", "Action", "Milestones (English)", "Cerrig milltir (Cymraeg)", "Funding (English)", "Cyllid (Cymraeg)", "Amount"]
    row = [
        "1", "Train", "30 June 2022: Agree the scope\n30 September 2022: Begin",
        "30 Medi 2022: Dechrau\n30 Mehefin 2022: Cytuno ar y cwmpas\n1 Rhagfyr 2022: Gorffen", "Harbour fund", "Cronfa’r harbwr", "£500",
    ]  # fmt: skip
    data = workbook({"Plan": [heads, row]})
    intake = received(cast, data, language="en")
    (step,) = steps_of(intake, user=cast.ann)[1]
    assert [(each.field, each.language, each.is_other) for each in step.changes if each.field in ("milestones", "money")] == [
        ("milestones", "en", False), ("milestones", "cy", True), ("money", "en", False), ("money", "cy", True),
    ]  # fmt: skip
    assert [each.field for each in step.left] == ["milestones"]
    assert "Gorffen" in step.left[0].text
    intake = take_over(intake, by=cast.ann, keys=[step.key])
    action = intake.plan.numbers.get().action
    assert [(each.title_en, each.title_cy) for each in action.milestones.order_by("due_on")] == [
        ("Agree the scope", "Cytuno ar y cwmpas"), ("Begin", "Dechrau"),
    ]  # fmt: skip
    money = action.fundings.get()
    assert (money.title_en, money.title_cy, money.amount) == ("Harbour fund", "Cronfa’r harbwr", 500)
    assert [each.state for each in steps_of(received(cast, data, intake.plan, language="en"), user=cast.ann)[1]] == ["same"]
    assert undo(intake, by=cast.ann) == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_second_table_names_the_money_that_the_first_made_in_its_own_language(cast, language):
    english = [["No", "Action", "Milestones", "Funding"], [1, ENGLISH, "30 June 2022: Agree the scope", "Harbour fund"]]
    welsh = [["Rhif", "Cam gweithredu", "Cerrig milltir", "Cyllid"], [1, WELSH, "30 Mehefin 2022: Cytuno ar y cwmpas", "Cronfa’r harbwr"]]
    plan = taken(cast, workbook({"English": english}), language="en").plan
    intake = taken(cast, workbook({"English": english, "Cymraeg": welsh}), plan, language=language)
    action = plan.numbers.get().action
    assert [(each.title_en, each.title_cy) for each in action.milestones.all()] == [("Agree the scope", "Cytuno ar y cwmpas")]
    assert [(each.title_en, each.title_cy) for each in action.fundings.all()] == [("Harbour fund", "Cronfa’r harbwr")]
    assert undo(intake, by=cast.ann) == []
    assert [each.title_cy for each in action.fundings.all()] == [""]


@pytest.mark.django_db
def test_two_columns_that_name_not_as_many_sources_of_money_are_told_and_the_first_is_taken(cast):
    heads = ["No", "Action", "Funding (English)", "Cyllid (Cymraeg)"]
    intake = received(cast, workbook({"Plan": [heads, ["1", "Train", "Harbour fund\nQuay fund", "Cronfa’r harbwr"]]}), language="en")
    (step,) = steps_of(intake, user=cast.ann)[1]
    assert [(each.field, each.text) for each in step.left] == [("money", "Cronfa’r harbwr")]
    plan = take_over(intake, by=cast.ann, keys=[step.key]).plan
    assert {each.title_en for each in plan.numbers.get().action.fundings.all()} == {"Harbour fund", "Quay fund"}
