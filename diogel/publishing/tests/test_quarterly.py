"""The paper says first what changed; it pretends nothing, judges nothing that is not ours, and says the same in both languages."""

from __future__ import annotations

import re
from datetime import date

import pytest

from diogel.analysis.periods import Quarter
from diogel.indicators.models import Card
from diogel.processes.actions.models import CarryOver
from diogel.published.blocks import Agenda, Cell, Definitions, Figure, Heading, Paragraph, Table
from diogel.publishing.packing import papers
from diogel.publishing.quarterly_facts import gather
from diogel.publishing.quarterly_words import first_sentence, months_said

from .a_quarter import DAY, facts_of, make_card, make_measure, observe, told, words

VERSIONS = [(audience, language) for audience in ("internal", "public") for language in ("cy", "en")]


def headings(paper) -> list[str]:
    return [block.text for block in paper.blocks if isinstance(block, Heading)]


def tables(paper) -> list[Table]:
    return [each for block in paper.blocks for each in (block, getattr(block, "table", None)) if isinstance(each, Table)]


def row(paper, begins: str) -> list[Cell]:
    """The cells of the row whose first or second cell begins so."""
    rows = (cells for table in tables(paper) for cells in table.rows)
    return list(next(cells for cells in rows if any(cell.text.startswith(begins) for cell in cells[:2])))


def section(paper, heading: str) -> list:
    """The blocks between this heading and the next of its level."""
    at = next(k for k, block in enumerate(paper.blocks) if isinstance(block, Heading) and block.text == heading)
    rest = paper.blocks[at + 1 :]
    end = next((k for k, block in enumerate(rest) if isinstance(block, Heading)), len(rest))
    return list(rest[:end])


def test_it_begins_with_what_changed_and_what_it_means(quarter):
    paper = told(quarter)
    assert paper.title == "Two recorded figures were unusual this quarter, and not all are explained yet"
    assert headings(paper)[:2] == ["What changed, and what it means", "What we ask of you"]
    first, second = section(paper, "What changed, and what it means")[:2]
    assert first.text == (
        "Shoplifting in Gwynedd stood above the expected range in November 2021. Fewer is better. "
        "A campaign brought the reports. Cause: change in reporting or recording."
    )
    assert "This figure is not explained yet. It is being looked at: analyst, by 4 February 2022." in second.text


def test_the_title_says_when_all_is_explained_and_when_nothing_was_unusual(quarter):
    quarter.looking.delete()
    assert told(quarter).title == "One recorded figure was unusual this quarter, and it is explained"
    quarter.signed.delete()
    assert told(quarter).title == "No recorded figure was unusual this quarter"
    assert "Figures looked at: 6. None needs an explanation." in words(told(quarter))


@pytest.mark.parametrize(("audience", "language"), VERSIONS)
def test_every_card_has_its_chart_with_a_description_its_table_and_whether_up_is_good(quarter, audience, language):
    paper = told(quarter, audience=audience, language=language)
    good = {"cy": "Uwch na’r disgwyl. Mae llai yn well.", "en": "Higher than expected. Fewer is better."}[language]
    missing = {"cy": "Dim data: Chwefror 2021.", "en": "No data: February 2021."}[language]
    for card in (quarter.signed, quarter.looking):
        (figure,) = [block for block in paper.figures() if block.drawing == f"card-{card.pk}"]
        at = paper.blocks.index(figure)
        said = [block for block in paper.blocks[:at] if isinstance(block, (Paragraph, Heading))]
        heads = [k for k, block in enumerate(said) if isinstance(block, Heading)]
        assert good in [block.text for block in said[heads[-1] :]]
        assert "96" in figure.title
        assert figure.description.endswith(missing)
        assert len(figure.table.rows) == 12
        assert figure.table.rows[1][1].state == "missing"


def test_a_signed_card_tells_its_cause_and_who_signed_by_role(quarter):
    facts = section(told(quarter), "Shoplifting in Gwynedd stood above the expected range in November 2021")
    (definitions,) = [block for block in facts if isinstance(block, Definitions)]
    said = {item.term: item.text for item in definitions.items}
    assert said["Cause"] == "Change in reporting or recording"
    assert said["Evidence"] == "The campaign brought 40."
    assert said["Signed"] == "Analyst, 13 January 2022"


def test_a_card_that_is_looked_at_says_that_its_cause_is_not_known(quarter):
    facts = section(told(quarter), "Vehicle crime in Gwynedd stood above the expected range in November 2021")
    (definitions,) = [block for block in facts if isinstance(block, Definitions)]
    said = {item.term: item.text for item in definitions.items}
    assert said["Cause"] == "Not known yet"
    assert said["Being looked at"] == "Analyst, by 4 February 2022"
    assert "Signed" not in said


def test_a_card_nobody_answered_says_so_in_a_draft(quarter):
    make_card(quarter.cast, quarter.look, type_="Robbery")
    assert "This figure is not explained, and nobody is named who looks into it." in words(told(quarter, is_draft=True))


def test_a_revised_figure_says_what_it_was(quarter):
    quarter.signed.finding["was"] = {"observed": 90, "expected": 34.0, "on": "2022-01-12"}
    quarter.signed.save()
    assert "on 12 January 2022 the figure changed from 90 to 96" in words(told(quarter))


# ---- what is asked


def test_the_board_is_asked_to_decide_on_what_was_carried_over_often_then_for_what_is_late(quarter):
    CarryOver.objects.create(action=quarter.told.action, from_plan="2019-20", months=12, reason_en="The pandemic")
    late = make_measure(quarter.told, "L1")
    observe(late, 10, span=(date(2021, 4, 1), date(2021, 6, 30)))
    observe(late, 11, span=(date(2021, 7, 1), date(2021, 9, 30)))
    (agenda,) = [block for block in told(quarter).blocks if isinstance(block, Agenda)]
    assert [(ask.number, ask.wanted) for ask in agenda.asks] == [("1", "for decision"), ("2", "for action"), ("3", "to note")]
    assert agenda.asks[0].mark.word == "carried over twice, 22 months, for the same reason"
    assert agenda.asks[0].mark.times == 2
    assert agenda.asks[1].sentence == "Ask for the figure L1: Count L1"
    assert agenda.asks[2].mark.word == "analyst, by 4 February 2022"


def test_the_public_is_asked_for_nothing(quarter):
    assert not [block for block in told(quarter, audience="public").blocks if isinstance(block, Agenda)]


# ---- the plan


@pytest.mark.parametrize(("audience", "language"), VERSIONS)
def test_where_no_plan_is_in_force_the_first_page_says_so_and_no_progress_is_told(quarter, audience, language):
    after = gather(quarter.cast.gwynedd_mon, Quarter.parse("2022-06"), day=date(2022, 7, 17))
    paper = papers(after, is_draft=False, version="1").papers[audience, language]
    said = {"cy": "Nid oedd cynllun mewn grym yn y chwarter hwn.", "en": "No plan was in force in this quarter."}[language]
    assert any(notice.kind == "caution" and notice.text.startswith(said) for notice in paper.notices)
    assert not {"Progress of each action", "Cynnydd pob cam gweithredu", "The plan’s measures", "Mesurau’r cynllun"} & set(headings(paper))
    for of_the_plan in ("Annog pobl", "Encourage people", "Sessions were held", "Cynhaliwyd sesiynau", "2021-22"):
        assert of_the_plan not in words(paper)


def test_the_plan_in_force_is_named(quarter):
    assert "The plan in force is Plan." in words(told(quarter))


def test_an_action_shows_its_status_and_how_often_it_was_carried_over(quarter):
    number, action, status, carried, said = row(told(quarter), "14")
    assert (number.text, action.text) == ("14", "Encourage people (North Wales Police)")
    assert (status.text, status.mark) == ("In progress", "half")
    assert (carried.text, carried.mark, carried.times) == ("carried over once, 10 months", "carry", 1)
    assert said.text == "Sessions were held Sessions were held"


def test_a_late_update_is_late_and_not_blank(quarter):
    update = quarter.told.update
    update.state, update.due_on, update.filed_on, update.filed_by = "asked", date(2022, 1, 14), None, None
    update.save()
    _number, _action, status, _carried, said = row(told(quarter), "14")
    assert (status.text, status.state) == ("3 days late", "late")
    assert said.text == "The update was due on 14 January 2022 and has not come."


def test_an_update_nobody_asked_for_is_not_late(quarter):
    quarter.told.update.delete()
    status = row(told(quarter), "14")[2]
    assert (status.text, status.state) == ("not asked", "missing")


# ---- figures


def test_what_we_only_contribute_to_gets_no_judgement(quarter):
    cells = row(told(quarter), "G6")
    assert [cell.text for cell in cells] == [
        "G6: Hate reports",
        "3",
        "not reported",
        "watched, not judged",
        "we contribute",
        "Hate reports",
    ]
    assert not any(cell.mark for cell in cells)


def test_missing_late_provisional_and_zero_are_told_apart(quarter):
    observe(make_measure(quarter.told, "M0"), 0)
    observe(make_measure(quarter.told, "MP"), 12, state="provisional")
    observe(make_measure(quarter.told, "MX"), state="missing", reason_cy="Ni ddaeth.", reason_en="It did not come.", reason_state="checked")
    make_measure(quarter.told, "MN")
    paper = told(quarter)
    assert {code: (row(paper, code)[1].text, row(paper, code)[1].state) for code in ("M0", "MP", "MX", "MN")} == {
        "M0": ("0", "zero"),
        "MP": ("12", "provisional"),
        "MX": ("no data", "missing"),
        "MN": ("not reported", "missing"),
    }
    before = words(section(paper, "Before you quote this"))
    assert "No data for these: MX. It did not come." in before
    assert "Provisional, and may change: MP." in before


def test_a_recorded_figure_stands_with_its_rate_and_a_zero_is_not_missing(quarter):
    paper = told(quarter)
    assert [row(paper, "Public order")[k].text for k in (1, 4, 5)] == ["no data", "cannot be said", "months are missing"]
    assert (row(paper, "Burglary")[1].text, row(paper, "Burglary")[1].state) == ("0", "zero")
    assert row(paper, "Drugs")[-1].text == "neither"
    assert row(paper, "Drugs")[3].text == "no rate", "no residents are known here, so a rate would have no base"
    assert "No count of residents is known, so no rate is given." in words(paper)


def test_a_rate_has_its_base_with_year_and_source(quarter):
    quarter.cast.gwynedd.populations.create(year=2021, residents=117404, source="Census 2021, usual residents (ONS)")
    paper = told(quarter)
    assert row(paper, "Drugs")[3].text == "0.49"
    assert "Residents at the 2021 census (ONS): 117,404." in words(paper)


def test_an_open_police_count_is_told_in_public_however_small(quarter):
    assert row(told(quarter, audience="public"), "Robbery")[1].text == "3"


def test_a_short_history_is_said(quarter):
    for series in quarter.look.series:
        series |= {"method": "same_months", "history_months": 6, "earlier_years": 1}
    quarter.look.save()
    for language, said in (("en", "The history is short: 6 of these figures"), ("cy", "Byr yw’r hanes")):
        assert said in words(told(quarter, audience="public", language=language))
    compared = "Earlier years of which these three months are whole, and with which they are compared: "
    assert f"{compared}1." in words(told(quarter)), "six months of history, of which only three are these"
    quarter.look.series[0]["earlier_years"] = 3
    quarter.look.save()
    assert f"{compared}1 to 3, figure by figure." in words(told(quarter))
    assert "Figures of which nothing can be said, because their history is too short or months are missing: 1." in words(told(quarter))


def test_without_any_look_the_paper_says_that_nothing_was_looked_through(quarter):
    Card.objects.all().delete()
    quarter.look.delete()
    paper = told(quarter)
    assert paper.title == "No recorded figures were looked through this quarter"
    assert "No files of recorded crime are loaded. That is no data, not zero." in words(paper)


# ---- withheld


@pytest.mark.parametrize(
    ("language", "word", "said"),
    [
        ("en", "withheld", "Figures withheld from this paper: 1. They are counts of 1 to 4 in sensitive subjects"),
        ("cy", "wedi’i ddal yn ôl", "Ffigurau a ddaliwyd yn ôl o’r papur hwn: 1. Cyfrifon o 1 i 4 mewn pynciau sensitif"),
    ],
)
def test_what_is_withheld_is_said_with_its_number_and_reason(quarter, language, word, said):
    public = told(quarter, audience="public", language=language)
    assert (row(public, "G6")[1].text, row(public, "G6")[1].state) == (word, "withheld")
    assert said in words(public)
    inside = told(quarter, language=language)
    assert row(inside, "G6")[1].text == "3"


def test_the_internal_version_says_how_much_the_public_one_keeps_back(quarter):
    said = words(told(quarter))
    assert "Nothing is withheld from this version" in said
    assert "Withheld from the public one: 1." in said


# ---- what stands on every paper


def test_a_draft_says_so_in_its_notice_and_its_kicker(quarter):
    draft, final = told(quarter, is_draft=True), told(quarter)
    assert (draft.is_draft, final.is_draft) == (True, False)
    assert draft.kicker == "Draft of the quarterly report · October to December 2021"
    assert final.kicker == "Quarterly report · October to December 2021"


@pytest.mark.parametrize(("audience", "language"), VERSIONS)
def test_invented_figures_are_called_so_on_every_paper(quarter, audience, language):
    quarter.look.is_synthetic = True
    quarter.look.save()
    paper = told(quarter, audience=audience, language=language)
    word = {"cy": "ynthetig", "en": "ynthetic"}[language]
    assert any(word in notice.text for notice in paper.notices)
    assert word in paper.foot
    assert all(word in figure.source for figure in paper.figures() if not figure.drawing.endswith("places"))


@pytest.mark.parametrize(
    ("language", "line"),
    [("cy", "Data enghreifftiol; nid datganiad gan y cyrff hyn"), ("en", "Example data; not a statement by these bodies")],
)
def test_an_example_says_that_it_is_one(quarter, language, line):
    quarter.cast.gwynedd_mon.is_example = True
    assert [notice.text for notice in told(quarter, language=language).notices if notice.kind == "example"] == [line]


def test_the_marking_is_shown_and_the_public_version_says_that_it_is_public(quarter):
    assert [told(quarter, language=language).marking for language in ("cy", "en")] == ["SWYDDOGOL", "OFFICIAL"]
    assert [told(quarter, audience="public", language=language).marking for language in ("cy", "en")] == ["CYHOEDDUS", "PUBLIC"]


def test_a_quarter_that_is_still_running_says_so(quarter):
    running = papers(gather(quarter.cast.gwynedd_mon, Quarter.parse("2022-03"), day=DAY), is_draft=False, version="1")
    assert any("This quarter is not over." in notice.text for notice in running.papers["public", "en"].notices)


def test_the_foot_tells_version_and_day(quarter):
    assert told(quarter).foot == "Quarterly report, internal version 1. Figures to 31 December 2021."


# ---- two languages


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_both_languages_say_the_same_numbers_in_the_same_places(quarter, audience):
    cy, en = (told(quarter, audience=audience, language=language) for language in ("cy", "en"))
    assert [type(block) for block in cy.blocks] == [type(block) for block in en.blocks]
    assert numbers(cy) == numbers(en)
    for ours, theirs in zip(tables(cy), tables(en), strict=True):
        shapes = [[(cell.state, cell.mark, cell.numeric) for cell in cells] for cells in ours.rows]
        assert shapes == [[(cell.state, cell.mark, cell.numeric) for cell in cells] for cells in theirs.rows]


def numbers(paper) -> list[str]:
    """The figures in tables, in order; words for numbers aside."""
    return [found for table in tables(paper) for cells in table.rows for cell in cells for found in re.findall(r"\d[\d,.]*", cell.text)]


def test_no_english_sentence_of_ours_stands_in_a_welsh_paper(quarter):
    said = words(told(quarter, language="cy"))
    for english in (" the ", " was ", " of ", "quarter", "expected"):
        assert english not in said.lower(), english


def test_a_draft_tells_the_other_half_where_one_is_missing_and_marks_its_language(quarter):
    Card.objects.filter(pk=quarter.signed.pk).update(explanation_state="missing")
    paper = papers(_without_welsh(quarter), is_draft=True, version="1").papers["internal", "cy"]
    (found,) = [block for block in paper.blocks if isinstance(block, Paragraph) and block.language == "en"]
    assert found.text == "A campaign brought the reports. It has ended."


def _without_welsh(quarter):
    """The facts with a signed card whose Welsh went missing: no row may be saved so, but a draft must not break on one."""
    facts = facts_of(quarter)
    for card in facts.cards:
        if card.is_signed:
            card.explanation_cy = ""
    return facts


def test_figures_stand_in_a_figure_block(quarter):
    assert [type(block) for block in told(quarter).blocks].count(Figure) == 4


# ---- words


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One thing. Another.", "One thing."),
        ("It rose by 3.5 points. Then fell.", "It rose by 3.5 points."),
        ("No full stop", "No full stop"),
        ("Ŵyl fawr oedd hi. Ŵyn wedyn.", "Ŵyl fawr oedd hi."),
        ("Why? Nobody knows.", "Why?"),
        ("", ""),
    ],
)
def test_a_first_sentence_ends_at_its_full_stop(text, first):
    assert first_sentence(text) == first


def test_months_that_follow_one_another_are_one_stretch():
    assert months_said(["2021-02", "2020-03", "2020-04", "2020-12", "2021-01"]) == "March 2020 – April 2020; December 2020 – February 2021"
    assert months_said([]) == ""


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_what_the_figures_say_is_told_in_one_sentence_and_no_small_area_in_public(quarter, audience):
    said = {language: words(told(quarter, audience=audience, language=language)) for language in ("cy", "en")}
    assert (
        "Shoplifting, Gwynedd, November 2021: 96 recorded, against an expected 34 (range 20–52); it was a rise in one month" in said["en"]
    )
    assert "Dwyn o siopau, Gwynedd, Tachwedd 2021: cofnodwyd 96 lle disgwylid tua 34" in said["cy"]
    for one in said.values():
        assert ("Gwynedd 001A" in one) == (audience == "internal")
        assert "+40" not in one or audience == "internal"
