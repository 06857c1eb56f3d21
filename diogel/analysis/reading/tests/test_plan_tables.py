"""Which table holds what, however its columns are called; and what each row says, with every cell in a row or among the unplaced."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diogel.analysis.reading.office import read_office
from diogel.analysis.reading.plan_found import found_in
from diogel.analysis.reading.plan_objectives import listed
from diogel.analysis.reading.plan_phrases import first_words
from diogel.analysis.reading.plan_tables import key_of, proposals
from diogel.analysis.reading.plan_values import day_in, number_before, number_in, plain, quarter_in, rag_in, status_in
from diogel.analysis.reading.tables import Cell, Line, Reading, Table

from .word_files import GROUPS, gwynedd_plan, one_table, workbook, wrexham_plan


def found(data):
    reading = listed(read_office(data))
    return found_in(reading, proposals(reading))


def codes(row):
    return {note.code for note in row.doubts}


@pytest.fixture(scope="module")
def gwynedd():
    return found(gwynedd_plan())


def test_the_work_plan_of_gwynedd_and_anglesey_is_read_by_its_areas_of_work(gwynedd):
    actions = gwynedd.of("actions")
    assert [row.number for row in actions] == list(range(1, 18))
    assert [(row.values["heading"], row.values["text"]) for row in actions] == [
        (title, text) for title, held in GROUPS for _number, text in held
    ]
    assert [code for code, _words in actions[5].parts] == ["6a", "6b", "6c"]
    assert "read_as_parts" in codes(actions[5])
    assert all("contact" not in row.values for row in actions)


def test_its_appendix_is_read_with_themes_and_duties_apart(gwynedd):
    first, prevent, channel, cse, slavery, abuse, missing = gwynedd.of("outcomes")
    assert (first.values["theme"], first.number, first.values["band"]) == ("Organised drug supply", 12, "High")
    assert first.values["medium"].startswith("In the short to medium term")
    assert (prevent.values["duty"], prevent.values.get("theme"), prevent.number) == ("Prevent duty", None, 4)
    assert codes(prevent) == {"no_term"}
    assert (channel.values["duty"], channel.number) == ("Prevent duty", 9)
    assert codes(channel) == {"taken_from_above", "no_term"}
    assert channel.values["long"].startswith("Ultimately")
    assert (cse.number, slavery.number, missing.number) == (9, None, None)
    assert {"short", "long"} <= set(abuse.values)


def test_nothing_of_it_is_lost(gwynedd):
    kept = {plain(each.text) for each in gwynedd.unplaced}
    assert plain("Names and contacts do not appear on this public version") in kept
    assert plain("What needs doing this year") in kept
    assert {each.why for each in gwynedd.unplaced} == {"column_not_placed", "outside_tables", "same_in_all"}


@pytest.mark.parametrize("style", ["Normal", "List Bullet", ""])
def test_the_numbered_objectives_of_wrexham_are_read_under_their_priority_and_lead_as_paragraphs_bullets_or_tables(style):
    told = found(wrexham_plan(style))
    rows = told.of("objectives")
    assert told.of("actions") == []
    assert [(row.values["number"], row.values["text"]) for row in rows] == [
        ("1.1", "Contribute to the work programme of the regional board"),
        ("1.2", "Increase awareness across Wrexham"),
        ("2.1", "Prevent anti-social behaviour in the town centre"),
    ]
    assert rows[0].values["lead"] == "WCBC Head of Safeguarding"
    assert rows[2].values["heading"] == "Priority 2: Tackle anti-social behaviour"


HEADS = [
    ("No", "Action", "Lead agency", "By when", "Status", "RAG"),
    ("Rhif", "Cam gweithredu", "Corff arweiniol", "Erbyn pryd", "Statws", "CAG"),
    ("Ref.", "Title of the action", "Led by", "Deadline for completion", "STATUS", "RAG rating"),
    ("Cyf", "Teitl", "Arweinydd", "Dyddiad cau", "Statws", "Statws CAG"),
    ("", "", "", "", "", ""),
]


@pytest.mark.parametrize("heads", HEADS)
def test_columns_are_known_by_their_words_in_either_language_or_by_what_their_cells_look_like(heads):
    rows = [heads]
    rows += [
        (
            str(n),
            f"Train the staff of every council in our area, in groups of no more than {n}0 people",
            "Police",
            "31/03/2022",
            "Ongoing",
            "Green",
        )
        for n in (1, 2, 3)
    ]
    data = workbook({"Sheet": [("Action plan 2021-22",), *rows]}) if any(heads) else workbook({"Sheet": rows[1:]})
    first = found(data).of("actions")[0]
    assert first.number == 1
    assert (first.values.get("title") or first.values["text"]).startswith("Train")
    assert (first.values["due"], first.values["status"], first.values["rag"]) == ("31/03/2022", "Ongoing", "Green")
    assert first.values.get("body") == ("Police" if any(heads) else None)


def test_a_table_of_something_else_is_left_whole_among_the_unplaced():
    told = found(one_table([["Member", "Telephone"], ["Council", "01248"]]))
    assert told.rows == []
    assert [each.text for each in told.unplaced] == ["Member", "Telephone", "Council", "01248"]


def test_a_table_broken_over_pages_goes_on_and_its_heads_are_read_once():
    head = [Cell("No"), Cell("Action"), Cell("Lead")]

    def line(number, *words):
        return Line(number, tuple(Cell(word) for word in words))

    first = Table(
        1, "table", (Line(1, tuple(head)), line(2, "1", "Train", "Police"), Line(3, tuple(head)), line(4, "2", "Review", "Police"))
    )
    bare = Table(2, "table", (line(1, "3", "Pilot", "Council"),))
    again = Table(3, "table", (Line(1, tuple(head)), line(2, "4", "Evaluate", "Council")))
    reading = Reading("word", (first, bare, again))
    told = found_in(reading, proposals(reading))
    assert [row.number for row in told.of("actions")] == [1, 2, 3, 4]
    assert told.unplaced == []


def test_a_number_that_two_rows_bear_is_told_at_both():
    rows = found(
        one_table(
            [
                ["No", "Action", "Lead"],
                ["1", "Train", "Police"],
                ["1", "Review", "Police"],
                ["", "Begin", "Council"],
                ["1.2", "End", "Council"],
            ]
        )
    ).of("actions")
    assert [codes(row) for row in rows] == [{"number_twice"}, {"number_twice"}, {"no_number"}, {"number_not_whole"}]


def test_heads_make_a_key_that_other_files_share():
    reading = read_office(one_table([["No.", "ACTION", "Lead"], ["1", "Train", "Police"]]))
    assert key_of(reading.tables[0], 1) == "no|action|lead"
    assert key_of(reading.tables[0], 0) == ""


@pytest.mark.parametrize(("said", "day"), [
    ("31/03/2022", date(2022, 3, 31)), ("31.3.22", date(2022, 3, 31)), ("2022-03-31", date(2022, 3, 31)), ("31st March 2022", date(2022, 3, 31)),
    ("erbyn diwedd mis Mawrth 2022", date(2022, 3, 31)), ("By end of Sept 2021", date(2021, 9, 30)), ("02/2022", date(2022, 2, 28)),
    ("soon", None), ("31/02/2022", None), ("13/13/2022", None),
])  # fmt: skip
def test_days_are_read_as_people_write_them(said, day):
    told = day_in(said, is_end=True)
    assert (told and told[0]) == day


def test_other_values_are_read_in_both_languages():
    assert [number_in(said) for said in ("No 12", "12.", "Rhif 12", "6a", "1.1", "0", "2021-22")] == [
        (12, ""), (12, ""), (12, ""), (6, "a"), None, None, None,
    ]  # fmt: skip
    assert number_before("7. We will") == (7, "We will")
    assert number_before("3 primary schools") is None
    assert number_before("1.1 Contribute") is None
    assert [status_in(said) for said in ("Complete", "Cwblhawyd", "Wedi’i oedi", "perhaps")] == ["complete", "complete", "on_hold", None]
    assert [rag_in(said) for said in ("R", "ambr", "GWYRDD", "grey", "blue")] == ["red", "amber", "green", "grey", None]
    assert quarter_in("Hydref i Ragfyr 2021") == quarter_in("October to December 2021") == quarter_in("Q3 2021/22") == "2021-12"
    assert quarter_in("Q4 2021/22") == "2022-03"


def test_a_table_of_actions_numbered_as_objectives_are_stays_one_of_actions():
    told = found(
        one_table([["Ref", "Objective", "Lead agency", "By when"], ["1.1", "Train", "Police", "May 2022"], ["1.2", "Review", "Police", ""]])
    )
    assert [row.kind for row in told.rows] == ["actions", "actions"]


def test_a_letter_without_its_action_above_waits_for_a_number_and_says_why():
    rows = found(one_table([["No", "Action", "Lead"], ["1", "Train", "Police"], ["2a", "Review", "Police"], ["12A", "End", "Council"]])).of(
        "actions"
    )
    assert [(row.number, row.values["title"], codes(row)) for row in rows] == [
        (1, "Train", set()), (None, "Review", {"letter_alone"}), (None, "End", {"letter_alone"}),
    ]  # fmt: skip
    heads = ["Theme", "Project", "Inputs and outputs", "Outcome in the short term"]
    (row,) = found(one_table([heads, ["Hate crime", "No 6a", "Sessions", "Fewer of them"]])).of("outcomes")
    assert (row.number, codes(row)) == (6, {"letter_left"})


def test_a_number_before_the_text_counts_where_the_column_of_numbers_holds_words():
    told = found(
        one_table(
            [["No", "Action", "Lead"], ["This year", "5. The board will meet.", "Police"], ["6", "Review", "Police"], ["1.2", "7. End", ""]]
        )
    )
    assert [(row.number, row.values["title"]) for row in told.of("actions")] == [
        (5, "The board will meet."),
        (6, "Review"),
        (None, "7. End"),
    ]
    assert [(each.text, each.why) for each in told.unplaced] == [("This year", "not_understood")]
    assert first_words("5. The board will meet. Then it ends.") == "5. The board will meet"


@pytest.mark.parametrize(("heads", "total"), [
    (("Ref.", "What we will do", "Who", "By when", "RAG", "% done", "Latest position"), "Total"),
    (("Rhif", "Cam gweithredu", "Pwy", "Erbyn pryd", "CAG", "% wedi’i wneud", "Y sefyllfa ddiweddaraf"), "Cyfanswm"),
])  # fmt: skip
def test_the_heads_of_a_tracker_are_known_and_its_row_of_sums_is_no_part_of_an_action(heads, total):
    told = found(
        workbook(
            {
                "Tracker": [
                    heads,
                    (1, "Hold an amnesty", "NWP", "June 2022", "Amber", 0.4, "Bins ordered"),
                    (None, total, None, None, None, 0.4, None),
                ]
            }
        )
    )
    (row,) = told.of("actions")
    assert (row.values.get("title") or row.values["text"], row.values["percent"], row.values["said"]) == (
        "Hold an amnesty",
        "0.4",
        "Bins ordered",
    )
    assert [(each.text, each.why) for each in told.unplaced] == [(total, "sum_of_rows"), ("0.4", "sum_of_rows")]


WORDS = st.text("ab1. •–\nNo", max_size=12)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.builds(Cell, WORDS, st.just(1), st.booleans()), min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from(HEADS),
)
def test_every_word_of_every_table_is_in_a_row_or_among_the_unplaced(rows, heads):
    lines = [Line(1, tuple(Cell(head) for head in heads[:3])), *(Line(at, tuple(row)) for at, row in enumerate(rows, 2))]
    reading = Reading("word", (Table(1, "table", tuple(lines)),))
    told = found_in(reading, proposals(reading))
    kept = " ".join([*(each.text for each in told.unplaced), *(str(row.number) for row in told.rows)])
    kept += " ".join(value for row in told.rows for value in [*row.values.values(), *(words for part in row.parts for words in part)])
    kept += " ".join(str(note) for row in told.rows for note in row.doubts) + " ".join(heads)
    for row in rows:
        for cell in row:
            for word in plain(cell.text).replace("•", " ").split() if cell.is_own else ():
                assert word.strip("0123456789abcno") == "" or word in plain(kept)
