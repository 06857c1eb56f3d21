"""The annual report: what was promised beside what was done, told by its allow-list alone, frozen, versioned, in both languages."""

import io
import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from pypdf import PdfReader

from diogel.assessment.models import Theme
from diogel.home import moment, remember
from diogel.indicators.models import Observation
from diogel.people.access import Installation
from diogel.people.tests.cast import bilingual
from diogel.plan.models import Number, Plan
from diogel.processes.actions.models import CarryOver, Update
from diogel.published.blocks import Table
from diogel.published.models import Publication, PublishedFile, Telling
from diogel.publishing import scan, snapshot_readiness
from diogel.publishing.annual_fields import INTERNAL, PUBLIC
from diogel.publishing.annual_pack import draft, draft_names, make
from diogel.publishing.annual_scope import annual_scope, annual_source
from diogel.publishing.annual_years import Year, begun, years_of
from diogel.publishing.documents import rendered
from diogel.publishing.snapshot_fields import allowed
from diogel.publishing.snapshot_readiness import unready
from diogel.publishing.snapshot_scopes import plan_scope
from diogel.publishing.snapshots import NotPublished, publish, withdraw_publication
from diogel.publishing.subjects import papers_of, snapshot_of

from .a_plan import APlan, make_plan
from .a_quarter import make_measure, make_part, observe

pytestmark = pytest.mark.slow

ANNUAL = Publication.Kind.ANNUAL
WHERE = "/en/gwynedd-mon"


@pytest.fixture
def a_plan(cast) -> APlan:
    """Who we are is published; the action was carried on into the plan of the next year, for a reason."""
    made = make_plan(cast)
    publish(Publication.Kind.PARTNERSHIP, cast.gwynedd_mon, by=Installation())
    CarryOver.objects.create(action=made.action, from_plan="2021-22", months=3, **bilingual("Nid oedd lle", "There was no room", "reason"))
    following = Plan.objects.create(
        partnership=cast.gwynedd_mon, code="2022-23", from_on=date(2022, 4, 1), to_on=date(2023, 3, 31), status="in_force", **bilingual("C", "P", "title")
    )  # fmt: skip
    Number.objects.create(plan=following, action=made.action, number=3)
    return made


@pytest.fixture
def year(a_plan) -> Year:
    return years_of(a_plan.plan)[0]


def test_a_plan_has_its_years_and_the_last_may_be_shorter():
    def days(first: date, last: date) -> list[tuple[str, str]]:
        return [(str(year.from_on), str(year.to_on)) for year in years_of(Plan(from_on=first, to_on=last))]

    assert days(date(2018, 4, 1), date(2019, 3, 31)) == [("2018-04-01", "2019-03-31")]
    assert days(date(2020, 2, 29), date(2021, 6, 1)) == [("2020-02-29", "2021-02-27"), ("2021-02-28", "2021-06-01")]
    assert len(days(date(2022, 4, 1), date(2025, 3, 31))) == 3


def test_a_draft_plan_and_a_year_that_has_not_begun_have_no_report(cast, a_plan):
    assert [year.key for year in begun(cast.gwynedd_mon, cast.ann, date(2022, 1, 17))] == ["2022-03"]
    Plan.objects.update(status="draft")
    assert begun(cast.gwynedd_mon, cast.ann, date(2022, 1, 17)) == []


def test_it_tells_the_promise_what_was_done_why_it_goes_on_and_what_comes_next(year):
    content = snapshot_of(year)
    (row,) = content["actions"]
    assert (row["text"]["en"], row["update"]["text"]["en"]) == ("Encourage people", "Sessions were held")
    assert [each["reason"]["en"] for each in row["carry_overs"]] == ["There was no room"]
    assert (row["next_plan"], row["next_number"]) == ("2022-23", 3)
    assert content["outcomes"][0]["short"]["en"] == "Outcome"


def test_the_last_word_is_that_of_the_year_and_not_a_later_one(year, a_plan):
    Update.objects.create(action=a_plan.action, quarter="2022-06", state="filed", status="complete", **bilingual("Wedyn", "Later", "text"))
    Update.objects.create(action=a_plan.action, quarter="2022-03", state="asked")
    (row,) = snapshot_of(year)["actions"]
    assert (row["update"]["quarter"], row["status"]) == ("2021-12", "in_progress")


def test_what_was_told_stands_in_every_paper_with_the_quarter_it_speaks_of(year, settings):
    settings.PLANS_HAVE_PAPERS = True
    told = {"en": "October to December 2021: Sessions were held", "cy": "Hydref i Ragfyr 2021: Cynhaliwyd sesiynau"}
    for language, words in told.items():
        progress = papers_of("plan", snapshot_of(year.plan), version=1, changes={}, marking="")["progress"][language]
        report = papers_of("annual", snapshot_of(year), version=1, changes={}, marking="OFFICIAL")["annual"][language]
        for paper in (progress, report):
            assert words in json.dumps(paper.to_json(), ensure_ascii=False)


def test_a_year_in_which_nothing_was_told_says_so(year, a_plan):
    Update.objects.all().delete()
    row = publish(ANNUAL, year, by=Installation())
    assert "Nothing was told of one action in this year." in json.dumps(row.content["papers"]["annual"]["en"])


def test_a_small_sensitive_figure_is_withheld_now_and_a_year_before(year, a_plan):
    Observation.objects.create(measure=a_plan.sensitive, from_on=date(2020, 10, 1), to_on=date(2020, 12, 31), value=4)
    Observation.objects.create(measure=a_plan.sensitive, from_on=date(2022, 4, 1), to_on=date(2022, 6, 30), value=2)
    (row,) = snapshot_of(year)["indicators"]
    assert [(each["is_withheld"], each["value"], each["to_on"]) for each in row["figures"]] == [(True, None, "2021-12-31")]
    assert [(each["is_withheld"], each["value"], each["to_on"]) for each in row["before"]] == [(True, None, "2020-12-31")]
    scope = annual_scope(year, audience="internal")
    told = allowed("annual", annual_source(year, scope, keeps_back=False), table=scope.fields)
    assert [told["indicators"][0][when][0]["value"] for when in ("figures", "before")] == [3, 4]


def test_a_figure_of_the_year_goes_before_that_of_its_last_quarter(year, a_plan):
    measure = make_measure(a_plan, "G9")
    spans = {9: (date(2021, 4, 1), date(2021, 6, 30)), 3: (date(2022, 1, 1), date(2022, 3, 31)), 27: (year.from_on, year.to_on)}
    spans |= {25: (date(2020, 4, 1), date(2021, 3, 31)), 5: (date(2021, 1, 1), date(2021, 3, 31))}
    for value, span in spans.items():
        observe(measure, value, span=span)
    row = next(each for each in snapshot_of(year)["indicators"] if each["code"] == "G9")
    assert [each["value"] for each in (*row["figures"], *row["before"])] == [27, 25]


def test_a_figure_stands_with_its_code_and_below_what_it_is_a_figure_of(year, a_plan):
    whole = make_measure(a_plan, "G9")
    for code, title in (("G9a", "Schools"), ("G9b", "Pupils")):
        part = make_part(whole, code)
        part.set_pair("title", cy=title, en=title, is_checked=True)
        part.save()
    blocks = papers_of("annual", snapshot_of(year), version=1, changes={}, marking="OFFICIAL")["annual"]["en"].blocks
    table = next(block for block in blocks if isinstance(block, Table) and block.columns[1].title == "Code")
    assert [(row[0].text, row[1].text) for row in table.rows] == [
        ("Hate reports", "G6"), ("Count G9", "G9"), ("Schools", "G9a"), ("Pupils", "G9b"),
    ]  # fmt: skip
    assert [cell.text for cell in table.rows[1][4:]] == ["see below"] * 3


def planted(row):
    if isinstance(row, dict):
        return {name: planted(value) for name, value in row.items()} | {"planted": "SECRET"}
    return [planted(value) for value in row] if isinstance(row, list) else row


@pytest.mark.parametrize("table", [PUBLIC, INTERNAL], ids=["public", "internal"])
def test_a_new_column_anywhere_in_the_source_does_not_get_out(year, table):
    source = annual_source(year, annual_scope(year))
    assert allowed("annual", planted(source), table=table) == allowed("annual", source, table=table)


def test_the_public_is_not_told_how_it_goes_nor_what_stands_in_the_way(year, a_plan):
    Update.objects.update(obstacle_en="Nobody has time", obstacle_cy="Nid oes gan neb amser")
    row = publish(ANNUAL, year, by=Installation())
    assert "Nobody has time" not in json.dumps(row.content)
    assert "amber" not in json.dumps(row.content)
    words = "\n".join(each.text for each in Document(io.BytesIO(draft(year, "annual-2022-03.en.docx"))).paragraphs)
    assert "Nobody has time" in words


@pytest.mark.parametrize(("model", "name"), [(Update, "text"), (Update, "next_step"), (CarryOver, "reason")])
def test_an_unchecked_pair_keeps_both_languages_back_and_says_where_it_is_mended(year, model, name, client, cast):
    model.objects.update(**{f"{name}_state": "stale_cy"})
    with pytest.raises(NotPublished) as caught:
        publish(ANNUAL, year, by=cast.ann)
    assert [(each.field, each.label) for each in caught.value.unready] == [(name, "14")]
    assert not Publication.objects.filter(kind=ANNUAL).exists()
    client.force_login(cast.ann)
    page = client.get(f"{WHERE}/desk/papers/annual/2022-03/").content.decode()
    assert "One sentence keeps this from being published" in page
    assert "/desk/plan/2021-22/action/14/" in page


def test_before_the_year_is_over_it_is_a_draft_and_nothing_else(own_home, year, client, cast, tmp_path):
    remember(today="2022-01-17")
    with pytest.raises(NotPublished, match="not over"):
        publish(ANNUAL, year, by=cast.ann)
    assert "--draft" in make(year, out=tmp_path).why
    client.force_login(cast.bryn)
    page = client.get(f"{WHERE}/desk/papers/annual/2022-03/").content.decode()
    assert "This year is not over" in page
    for name in draft_names("2022-03"):
        answer = client.get(f"{WHERE}/desk/papers/annual/2022-03/draft/{name}")
        assert answer.status_code == 200
        assert answer.content[:4] in (b"%PDF", b"PK\x03\x04")
    assert client.get(f"{WHERE}/desk/papers/annual/2022-03/draft/annual-2022-03.en.html").status_code == 404
    assert client.get(f"{WHERE}/desk/papers/annual/2021-03/").status_code == 404


def test_a_draft_asks_nothing_twice(year, client, cast):
    client.force_login(cast.ann)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"{WHERE}/desk/papers/annual/2022-03/draft/annual-2022-03.en.docx").status_code == 200
    questions = [each["sql"] for each in asked]
    assert len(questions) == len(set(questions)), [each for each in questions if questions.count(each) > 1]


def test_it_is_published_in_both_languages_with_its_files_and_their_certificate(year, cast, client):
    row = publish(ANNUAL, year, by=cast.ann)
    assert sorted(PublishedFile.objects.filter(publication=row).values_list("name", flat=True)) == [
        "annual.cy.docx", "annual.cy.pdf", "annual.en.docx", "annual.en.pdf",
    ]  # fmt: skip
    assert {"annual.cy.html", "annual.cy.pdf"} <= {each["name"] for each in row.certificate["files"]}
    assert Telling.objects.filter(paper=ANNUAL, kind="action", code="14").count() == 1
    page = client.get(f"{WHERE}/year/2022-03/").content.decode()
    assert "The one action we promised is not complete" in page
    assert "There was no room" in page
    assert "It is number 3 of the plan 2022-23." in page
    held = client.get(f"{WHERE}/year/2022-03/v1/annual.en.pdf")
    pdf = PdfReader(io.BytesIO(held.content))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"], "it is tagged"
    assert client.get("/cy/gwynedd-mon/year/").status_code == 200


def test_the_same_year_again_stands_and_a_change_makes_a_version_that_says_what_changed(year, a_plan, cast, client):
    first = publish(ANNUAL, year, by=cast.ann)
    assert publish(ANNUAL, year, by=cast.ann) == first
    a_plan.update.set_pair("text", cy="Cynhaliwyd sesiynau. Daeth llawer.", en="Sessions were held. Many came.", is_checked=True)
    a_plan.update.status = "complete"
    a_plan.update.save()
    second = publish(ANNUAL, year, by=cast.ann)
    assert (second.version, "changes" in first.content) == (2, False)
    said = second.content["changes"]["en"]
    assert any("it was “In progress” and is “Complete” now" in each for each in said), said
    assert any(each.startswith("Action 14. What has happened") and "Many came." in each for each in said), said
    assert "What changed since the version before" in client.get(f"{WHERE}/year/2022-03/").content.decode()
    assert "replaced it on" in client.get(f"{WHERE}/year/2022-03/v1/").content.decode()
    withdraw_publication(second, by=cast.ann, because=("Camgymeriad", "A mistake"))
    assert client.get(f"{WHERE}/year/2022-03/v2/").status_code == 410
    assert client.get(f"{WHERE}/year/2022-03/v2/annual.en.pdf").status_code == 410
    a_plan.update.set_pair("text", cy="Cynhaliwyd sesiynau. Daeth rhai.", en="Sessions were held. Some came.", is_checked=True)
    a_plan.update.save()
    third = publish(ANNUAL, year, by=cast.ann)
    said = " ".join(third.content["changes"]["en"])
    assert "became “Sessions were held. Some came.”" in said, "it is laid beside the first version, which stands"
    assert "Many came" not in said, "what was taken back is not told again by its changes"
    for version in (first, third):
        version.refresh_from_db()
        withdraw_publication(version, by=cast.ann, because=("Camgymeriad", "A mistake"))
    assert "changes" not in publish(ANNUAL, year, by=cast.ann).content, "no version stands with which it could be compared"


def test_the_data_holds_both_languages_and_no_drawn_page(year, cast, client):
    publish(ANNUAL, year, by=cast.ann)
    held = client.get(f"{WHERE}/open-data/year/2022-03/v1/year.json").json()
    assert (held["format"], "papers" in held, held["actions"][0]["title"]["cy"]) == ("diogel-annual/1", False, "Annog pobl")
    table = client.get(f"{WHERE}/open-data/year/2022-03/v1/actions.csv").content.decode("utf-8-sig")
    assert "update_text_cy" in table.splitlines()[0]
    assert "Cynhaliwyd sesiynau" in table
    assert client.get(f"{WHERE}/open-data/year/2022-03/v1/sources.csv").status_code == 404
    assert "year.json" in client.get(f"{WHERE}/open-data/").content.decode()


@pytest.mark.parametrize("words", ["Gofynnwch i Bryn Dychmygol.", "bryn@example.org"])
def test_a_name_or_an_address_in_what_was_done_stops_it(year, a_plan, cast, words):
    a_plan.update.set_pair("text", cy=words, en="All is well.", is_checked=True)
    a_plan.update.save()
    with pytest.raises(NotPublished) as caught:
        publish(ANNUAL, year, by=cast.ann)
    assert {leak.file for leak in caught.value.leaks} == {"annual.cy.html", "annual.cy.docx", "annual.cy.pdf"}


def test_a_withheld_number_that_stands_in_a_finished_file_is_found(year, a_plan, cast):
    """The scan reads the files themselves: a paper that told the number all the same is caught, whatever it was drawn from."""
    from diogel.publishing.annual import paper
    from diogel.publishing.snapshot_scan import known

    scope = annual_scope(year)
    content = allowed("annual", annual_source(year, scope, keeps_back=False), table=PUBLIC)
    told = paper(content, language="en", audience="public", version="1", marking="OFFICIAL")
    found = scan.scan(rendered(told, {}, stem="annual"), known(scope))
    assert found
    assert {leak.file.rpartition(".")[2] for leak in found} == {"html", "docx", "pdf"}


def test_the_pack_holds_both_versions_and_a_certificate_and_is_refused_while_a_pair_waits(year, a_plan, tmp_path, cast):
    made = make(year, out=tmp_path)
    assert len(made.written) == 15
    assert json.loads((tmp_path / "public" / "certificate.json").read_text())["is_clean"] is True
    Update.objects.update(obstacle_state="draft")
    refused = make(year, out=tmp_path / "again")
    assert ([each.field for each in refused.unready], refused.written) == (["obstacle"], ())
    assert not (tmp_path / "again").exists()
    assert make(year, out=tmp_path / "again", is_draft=True).written


def test_what_waits_in_the_plan_is_told_whatever_was_asked_of_its_years_before(year, a_plan):
    """The plan tells more than its year does: its reasons for a band, say. The text of one question is never taken for the other's."""
    Theme.objects.filter(assessment__partnership=a_plan.plan.partnership).update(rationale_cy="Am y tro", rationale_state="draft")
    annual, plan = annual_scope(year), plan_scope(a_plan.plan)
    for first, second in ((annual, plan), (plan, annual)):
        unready(first)
        fields = {(each.kind, each.field) for each in unready(second)}
        assert (("theme", "rationale") in fields) is (second is plan)


def test_what_waits_in_a_year_is_written_as_a_question_once_and_the_board_asks_another(year, monkeypatch):
    def waiting() -> list[list[str]]:
        return [[each.field for each in unready(annual_scope(year, audience=audience))] for audience in ("public", "internal")]

    Update.objects.update(obstacle_state="draft", obstacle_cy="Rhwystr", obstacle_en="Obstacle")
    found = waiting()
    with monkeypatch.context() as patch:
        patch.setattr(snapshot_readiness, "_select", None)  # nothing is written anew
        assert waiting() == found == [[], ["obstacle"]]


def test_a_plan_is_published_with_its_papers_and_says_what_changed(a_plan, cast, client, settings):
    settings.PLANS_HAVE_PAPERS = True
    row = publish(Publication.Kind.PLAN, a_plan.plan, by=cast.ann)
    names = set(PublishedFile.objects.filter(publication=row).values_list("name", flat=True))
    assert names == {f"{stem}.{language}.{form}" for stem in ("whole-plan", "summary", "progress") for language in ("cy", "en") for form in ("docx", "pdf")}  # fmt: skip
    page = client.get(f"{WHERE}/plan/").content.decode()
    assert "The plan as PDF" in page
    assert client.get(f"{WHERE}/plan/2021-22/v1/summary.en.pdf").content[:4] == b"%PDF"
    assert "Encourage people" in client.get(f"{WHERE}/plan/in-short/").content.decode()
    a_plan.action.set_pair("title", cy="Annog pawb", en="Encourage everybody", is_checked=True)
    a_plan.action.save()
    again = publish(Publication.Kind.PLAN, a_plan.plan, by=cast.ann)
    assert any("“Encourage people” became “Encourage everybody”" in each for each in again.content["changes"]["en"])
    assert "Encourage everybody" in client.get(f"{WHERE}/plan/").content.decode()


def test_a_plan_that_was_published_without_papers_has_no_page_in_short(a_plan, cast, client):
    publish(Publication.Kind.PLAN, a_plan.plan, by=cast.ann)
    assert client.get(f"{WHERE}/plan/in-short/").status_code == 404
    assert "Take it with you" not in client.get(f"{WHERE}/plan/").content.decode()


def test_the_figures_of_a_quarter_on_the_front_page_keep_no_report_of_a_year_back(year):
    line = {"subject": {"cy": "Dwyn", "en": "Theft"}, "way": "above", "sentence": {"cy": "Bu 687 ohonynt.", "en": "There were 687."}}
    told = {"kind": "quarter", "key": "2021-12", "version": 1, "content": {"headlines": [line]}}
    Publication.objects.create(partnership="gwynedd-mon", published_at=moment(), **told)
    row = publish(ANNUAL, year, by=Installation())
    assert {"front.cy.html", "front.en.html", "annual.cy.html"} <= {each["name"] for each in row.certificate["files"]}
