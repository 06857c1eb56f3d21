"""The golden thread: whole from evidence to paper, with its gaps named; on one page of A4; and followed from any sentence."""

import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from pypdf import PdfReader

from diogel.assessment.models import Assessment, Evidence, Theme
from diogel.people.access import Installation
from diogel.people.tests.cast import bilingual
from diogel.plan.models import Number, Outcome
from diogel.published.models import Publication, Telling
from diogel.publishing.snapshots import publish
from diogel.publishing.tests.a_plan import make_plan
from diogel.web import thread_paper
from diogel.web.thread_find import told, written
from diogel.web.thread_from import FROM
from diogel.web.thread_sheet import paper_name, sheet

pytestmark = pytest.mark.django_db
WHERE = "/en/gwynedd-mon/desk/thread/"


@pytest.fixture
def plan(cast):
    return make_plan(cast)


@pytest.fixture
def ann(cast, client):
    client.force_login(cast.ann)
    return client


def test_the_thread_walks_from_the_evidence_to_the_paper_and_names_its_gaps(cast, plan, ann):
    with CaptureQueriesContext(connection) as asked:
        page = ann.get(f"{WHERE}hate/").content.decode()
    assert len(asked) <= 12, [query["sql"][:90] for query in asked]
    assert "Hate: the thread has 2 gaps" in page
    for words in (
        "Encourage people",
        "Sessions were held",
        "Raise",
        "Outcome",
        "Oct",
        "no evidence yet",
        "no unusual figure",
        "told nowhere yet",
    ):
        assert words in page, words


def test_a_link_that_comes_closes_its_gap(cast, plan, ann):
    row = Evidence.objects.create(partnership=cast.gwynedd_mon, code="e1", **bilingual("Tystiolaeth", "Reports rose", "statement"))
    row.themes.set([plan.theme])
    publish(Publication.Kind.PARTNERSHIP, cast.gwynedd_mon, by=cast.ann)
    publish(Publication.Kind.PLAN, plan.plan, by=cast.ann)
    page = ann.get(f"{WHERE}hate/").content.decode()
    assert "Reports rose" in page
    assert "Plan 2021-22, version 1" in page
    assert "no evidence yet" not in page


def test_an_outcome_row_without_words_is_named_by_its_number_once(cast, plan, ann):
    row = Outcome.objects.get()
    words = bilingual("", "", *row.pairs) | {f"{name}_state": "missing" for name in row.pairs}
    Outcome.objects.filter(pk=row.pk).update(row=73, **words)
    for where in (f"{WHERE}hate/", "/en/gwynedd-mon/desk/plan/2021-22/action/14/"):
        page = ann.get(where).content.decode()
        assert ">73<" in page, where
        assert ">a row without words of its own<" in page, where
        assert page.count(">73<") == 1, where
    Outcome.objects.filter(pk=row.pk).update(medium_en="Fewer are hurt")
    assert ">Fewer are hurt<" in ann.get(f"{WHERE}hate/").content.decode()


def test_the_list_says_how_many_links_each_theme_has(cast, plan, ann):
    page = ann.get(WHERE).content.decode()
    assert "Every theme is answered in the plan" in page
    Theme.objects.create(assessment=plan.theme.assessment, code="alone", **bilingual("Unig", "Alone", "title"))
    assert "One theme has no action in the plan" in ann.get(WHERE).content.decode()


def test_the_list_counts_by_the_chain_that_the_page_of_a_theme_walks(cast, plan, ann):
    held = Number.objects.get()
    held.themes.clear()  # the action serves the theme by its priority alone
    Outcome.objects.create(plan=plan.plan, row=2, cited=held.number, **bilingual("Ail", "Second", "outputs"))
    Theme.objects.create(assessment=plan.theme.assessment, code="alone", **bilingual("Unig", "Alone", "title"))
    with CaptureQueriesContext(connection) as asked:
        page = ann.get(WHERE).content.decode()
    assert len(asked) <= 12
    hate, alone = (row.partition("</tr>")[0] for row in page.partition("<tbody>")[2].split("<tr>")[1:])
    assert re.findall(r'class="n" data-head="(\w+)">(\d+|<)', hate) == [
        ("Evidence", "<"), ("Priorities", "1"), ("Actions", "1"), ("Outcomes", "2"),
    ]  # fmt: skip
    assert [count for _head, count in re.findall(r'class="n" data-head="(\w+)">(\d+|<)', alone)] == ["<"] * 4
    assert "One theme has no action in the plan" in page


def test_having_no_unusual_figure_is_no_gap(cast, plan, ann):
    drawn = sheet(plan.theme, cast.ann, date(2022, 1, 17))
    assert [part.kind for part in drawn.parts if part.is_gap] == ["evidence", "paper"]
    for language, gap in (("en", "a gap"), ("cy", "bwlch")):
        with override(language):
            made = thread_paper.paper(drawn, finding="Hate", address="/", day=date(2022, 1, 17), most=9, letters=200)
        table = made.blocks[-1]
        assert [row[2].text for row in table.rows].count(gap) == 2
    page = ann.get(f"{WHERE}hate/").content.decode()
    assert 'dg-missing">no unusual figure' not in page


def test_the_themes_are_those_of_the_assessment_that_counts_and_not_of_one_being_made(cast, plan, ann):
    year = plan.theme.assessment
    Assessment.objects.filter(pk=year.pk).update(status="published")
    coming = Assessment.objects.create(
        partnership=cast.gwynedd_mon, code="next", status="scoring", to_on=date(2030, 3, 31), **bilingual("Y nesaf", "Next", "title")
    )
    Theme.objects.create(assessment=coming, code="hate", **bilingual("Casineb", "Hate to come", "title"))
    page = ann.get(WHERE).content.decode()
    assert "Hate to come" not in page
    assert "Every theme is answered in the plan" in page
    assert "Hate: the thread has" in ann.get(f"{WHERE}hate/").content.decode()


@pytest.mark.parametrize("language", ["cy", "en"])
def test_its_sheet_is_one_tagged_page(cast, plan, ann, language):
    answer = ann.get(f"/{language}/gwynedd-mon/desk/thread/hate/sheet.pdf")
    pdf = PdfReader(io.BytesIO(answer.content))
    assert len(pdf.pages) == 1
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"].startswith(language)


def test_what_does_not_fit_is_counted_with_where_it_stands(cast, plan, ann, monkeypatch):
    for at in range(40):
        row = Evidence.objects.create(
            partnership=cast.gwynedd_mon, code=f"e{at}", **bilingual("T " * 60, "Reports rose " * 12, "statement")
        )
        row.themes.set([plan.theme])
    monkeypatch.setattr(thread_paper, "FEWER", ((40, 200), (3, 80)))
    pdf = PdfReader(io.BytesIO(ann.get(f"{WHERE}hate/sheet.pdf").content))
    text = " ".join(pdf.pages[0].extract_text().split())
    assert len(pdf.pages) == 1
    assert "37 more stand at the address below." in text
    assert "/en/gwynedd-mon/desk/thread/hate/" in text.replace(" ", "")


def test_a_sentence_is_followed_back_to_its_row_and_forward_to_its_paper(cast, plan, ann, client):
    publish(Publication.Kind.PARTNERSHIP, cast.gwynedd_mon, by=cast.ann)
    publish(Publication.Kind.PLAN, plan.plan, by=cast.ann)
    page = ann.get(f"{WHERE}find/?q=sessions were").content.decode()
    assert "Update" in page
    assert "2021-22, version 1" in page
    assert [each.kind for each in told("Cynhaliwyd", cast.gwynedd_mon)] == ["plan"]
    assert {each.where.split(" · ")[0] for each in written("Annog", Installation(), cast.gwynedd_mon)} == {"Action"}
    assert "These words stand nowhere" in ann.get(f"{WHERE}find/?q=nowhere at all").content.decode()
    client.force_login(cast.carys)
    assert "/desk/words/" not in client.get(f"{WHERE}find/?q=sessions were").content.decode()


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_an_apostrophe_is_found_however_it_was_typed(cast, plan, ann, apostrophe):
    type(plan.update).objects.update(text_cy="Mae’r gwaith ar droed", text_en="Gwynedd's service is under way")
    publish(Publication.Kind.PARTNERSHIP, cast.gwynedd_mon, by=cast.ann)
    publish(Publication.Kind.PLAN, plan.plan, by=cast.ann)
    for words in (f"mae{apostrophe}r gwaith", f"Gwynedd{apostrophe}s service"):
        assert [each.kind for each in written(words, cast.ann, cast.gwynedd_mon)] == ["update"], words
        assert [each.kind for each in told(words, cast.gwynedd_mon)] == ["plan"], words


def test_three_letters_are_looked_for_and_fewer_are_said_to_be_too_few(cast, plan, ann):
    type(plan.update).objects.update(text_cy="Gweler NPS", text_en="See NPS")
    page = ann.get(f"{WHERE}find/?q=NPS").content.decode()
    assert "Where these words stand" in page
    page = ann.get(f"{WHERE}find/?q=NP").content.decode()
    assert "Write at least three letters" in page
    assert "nowhere" not in page
    assert "in no row" not in page


def test_what_a_few_may_see_is_in_no_thread_and_found_by_nobody_else(cast, plan, ann):
    type(plan.action).objects.update(visibility="case")
    page = ann.get(f"{WHERE}hate/").content.decode()
    assert "Encourage people" not in page
    assert "Sessions were held" not in page
    assert written("Encourage", cast.ann, cast.gwynedd_mon) == []


def test_another_partnership_finds_nothing(cast, plan, client):
    client.force_login(cast.dai)
    assert client.get(f"{WHERE}hate/").status_code == 404
    assert client.get("/en/wrexham/desk/thread/hate/").status_code == 404
    assert written("Encourage", cast.dai, cast.wrexham) == []


@pytest.mark.parametrize("kind", ["objective", "outcome", "figure", "update", "commitment", "carry-over", "evidence"])
def test_the_chain_is_followed_from_a_row_that_has_no_page_of_its_own(cast, plan, ann, kind):
    evidence = Evidence.objects.create(partnership=cast.gwynedd_mon, code="e1", **bilingual("Tystiolaeth", "Reports rose", "statement"))
    evidence.themes.set([plan.theme])
    row = FROM[kind].objects.get()
    with CaptureQueriesContext(connection) as asked:
        page = ann.get(f"{WHERE}from/{kind}/{row.pk}/").content.decode()
    assert len(asked) <= 12
    assert "Hate" in page, "its theme, or what reports it"
    assert "told nowhere yet" in page
    assert ann.get(f"{WHERE}from/{kind}/{row.pk + 99}/").status_code == 404
    assert ann.get(f"{WHERE}from/person/{row.pk}/").status_code == 404


def test_the_summary_of_an_assessment_is_called_so_where_it_told_of_a_theme(plan, ann):
    paper = {"partnership": "gwynedd-mon", "key": "2022", "version": 2}
    told_at = timezone.now()
    row = Publication.objects.create(kind="assessment", content={}, published_at=told_at, **paper)
    told_of = {"kind": "theme", "row": plan.theme.pk, "code": plan.theme.code}
    Telling.objects.create(paper="assessment", audience="public", publication=row, told_at=told_at, **paper, **told_of)
    assert "Summary of the assessment 2022, version 2" in ann.get(f"{WHERE}hate/").content.decode()
    page = ann.get("/en/gwynedd-mon/desk/themes/hate/").content.decode()
    assert "Summary of the assessment · 2022" in page
    assert "The published plan" not in page


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ("Quarter ending in December 2021, version 3", "Year ending in June 2022, version 1")),
        ("cy", ("Chwarter sy’n dod i ben ym mis: Rhagfyr 2021, fersiwn 3", "Blwyddyn sy’n dod i ben ym mis: Mehefin 2022, fersiwn 1")),
    ],
)
def test_a_paper_of_a_span_is_called_by_its_month_as_one_says_it(language, names):
    with override(language):
        assert (paper_name("quarter", "2021-12", 3), paper_name("annual", "2022-06", 1)) == names
