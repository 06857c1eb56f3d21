"""The pages of an assessment: what is missing first, within twelve questions, the matrix with its table, forms that work without script."""

import itertools
from datetime import date

import pytest
from lxml import etree, html

from diogel.analysis.risk_methods import read_methods
from diogel.assessment import matrix, scoring
from diogel.assessment.models import Assessment, Evidence, Method, Score, Scorer, StatutorySection, Theme

from .year import BY, DAY, agreed, being_scored, give

pytestmark = pytest.mark.django_db


def where(row: Assessment, rest: str = "") -> str:
    return f"/en/gwynedd-mon/desk/themes/assessment/{row.pk}/{rest}"


def test_the_page_says_first_what_is_missing_and_leads_to_where_it_is_mended(cast, client):
    row = agreed(cast)
    client.force_login(cast.ann)
    page = client.get(where(row)).content.decode()
    assert "8 things are missing before the next step" in page
    assert page.index("What is missing") < page.index("Themes by risk") < page.index("The six sections")
    assert where(row, "section/levels/correct/") in page
    client.force_login(cast.carys)
    assert where(row, "section/levels/correct/") not in client.get(where(row)).content.decode()


def test_the_page_asks_at_most_twelve_questions_with_last_year_beside_it(cast, client, django_assert_max_num_queries):
    row = agreed(cast)
    before = Assessment.objects.create(partnership=cast.gwynedd_mon, code="2021", to_on=date(2020, 12, 31), status="published")
    Theme.objects.create(assessment=before, code="burglary", band="low", title_en="Burglary")
    client.force_login(cast.ann)
    with django_assert_max_num_queries(12):
        page = client.get(where(row)).content.decode()
    assert "higher than last year" in page


def test_scrutiny_reads_that_four_were_asked_and_not_who(cast, client):
    row = agreed(cast)
    client.force_login(cast.carys)
    theme = where(row, "theme/burglary/")
    told = "".join(client.get(page).content.decode() for page in (where(row), theme, f"{theme}scores/"))
    assert "People asked to score: 2" in told
    assert "Dychmygol" not in told
    assert ">Bryn<" not in told
    assert client.get(where(row, "scorers/")).status_code == 403


def test_a_scorer_gives_a_score_on_a_form_of_words_and_finds_it_again(cast, client):
    row = being_scored(cast)
    client.force_login(cast.bryn)
    address = where(row, "theme/burglary/score/")
    page = html.fromstring(client.get(address).content)
    assert len(page.xpath("//input[@name='factor_impact']")) == 4
    assert "4: Very serious" in page.text_content()
    assert client.post(address, {"factor_impact": "4"}).status_code == 422
    form = {"factor_impact": "4", "factor_likelihood": "2", "confidence": "C", "reason_cy": "Rheswm"}
    assert client.post(address, form).status_code == 302
    score = Score.objects.get()
    assert (score.scored_by, score.risk, score.band, score.confidence) == (cast.bryn.person, 8, "medium_high", "C")
    again = html.fromstring(client.get(address).content)
    assert again.xpath("//input[@name='factor_impact'][@checked]/@value") == ["4"]
    client.force_login(cast.ann)
    assert html.fromstring(client.get(address).content).xpath("//input[@name='factor_impact'][@checked]") == []


def test_a_value_off_the_scale_is_refused(cast, client):
    row = being_scored(cast)
    client.force_login(cast.bryn)
    form = {"factor_impact": "5", "factor_likelihood": "2", "confidence": "C", "reason_cy": "Rheswm"}
    assert client.post(where(row, "theme/burglary/score/"), form).status_code == 422
    assert not Score.objects.exists()


def test_opening_and_agreeing_go_by_pages(cast, client):
    row = being_scored(cast)
    theme = row.themes.get(code="burglary")
    give(theme, cast.bryn, impact=2)
    client.force_login(cast.ann)
    address = where(row, "theme/burglary/")
    assert client.get(f"{address}agree/").status_code == 403
    assert client.post(f"{address}scores/", {"seen": theme.version}).status_code == 422
    assert client.post(f"{address}scores/", {"seen": 99, "reason": "The panel met"}).status_code == 409
    assert client.post(f"{address}scores/", {"seen": theme.version, "reason": "The panel met"}).status_code == 302
    page = html.fromstring(client.get(f"{address}agree/").content)
    assert page.xpath("//input[@name='factor_impact'][@checked]/@value") == ["2"]
    form = {"factor_impact": "3", "factor_likelihood": "3", "confidence": "B", "reason_en": "Agreed so"}
    assert client.post(f"{address}agree/", form).status_code == 302
    assert Theme.objects.get(pk=theme.pk).band == "medium_high"
    client.force_login(cast.bryn)
    assert client.post(f"{address}agree/", form).status_code == 403
    assert client.post(f"{address}scores/", {"seen": 1}).status_code == 403


def test_a_method_is_chosen_copied_and_changed_in_both_languages(cast, client):
    row = being_scored(cast)
    client.force_login(cast.ann)
    client.post(where(row, "method/"), {"method": "harm-and-likelihood"})
    row.refresh_from_db()
    method = row.method
    assert method.code == "harm-and-likelihood"
    factor = f"/en/gwynedd-mon/desk/themes/method/{method.pk}/factor/trend/"
    page = client.get(factor)
    assert page.status_code == 200
    form = {name: page.context["form"][name].value() for name in page.context["form"].fields} | {
        "anchor_0_cy": "Yn lleihau",
        "anchor_0_en": "Going down",
    }
    assert client.post(factor, form).status_code == 302
    method.refresh_from_db()
    assert method.scale.factors["trend"].anchors[0] == ("Yn lleihau", "Going down")
    assert client.post(where(row, "method/"), {"method": "no-such"}).status_code == 404
    other = Method.objects.create(partnership=cast.wrexham, code="x", from_on=DAY, table=method.table)
    assert client.post(where(row, "method/"), {"method": str(other.pk)}).status_code == 404


def test_a_method_is_not_exchanged_once_themes_were_scored_by_it(cast, client):
    row = being_scored(cast)
    give(row.themes.first(), cast.bryn)
    client.force_login(cast.ann)
    client.post(where(row, "method/"), {"method": "harm-and-likelihood"})
    row.refresh_from_db()
    assert row.method.code == "four-by-four"


def test_somebody_is_asked_let_off_and_asked_again(cast, client):
    row = being_scored(cast)
    client.force_login(cast.ann)
    asked = row.scorers.get(person=cast.bryn.person)
    client.post(f"/en/gwynedd-mon/desk/themes/scorer/{asked.pk}/withdraw/", {"seen": asked.version})
    assert row.scorers.standing().count() == 1
    assert client.post(where(row, "scorers/new/"), {"person": str(cast.bryn.person.pk)}).status_code == 302
    assert Scorer.objects.standing().filter(assessment=row).count() == 2
    assert client.post(where(row, "scorers/new/"), {"person": str(cast.dai.person.pk)}).status_code == 422


def test_what_was_asked_for_is_late_until_it_came_or_is_said_why(cast, client):
    row = being_scored(cast)
    client.force_login(cast.ann)
    days = {f"{name}_{part}": value for name in ("asked_on", "due_on") for part, value in (("day", 1), ("month", 1), ("year", 2022))}
    form = {"body": cast.police.pk, "what_en": "Figures", "what_cy": "Ffigurau", **days}
    assert client.post(where(row, "request/new/"), form).status_code == 302
    page = client.get(where(row)).content.decode()
    assert "North Wales Police" in page
    assert "late" in page
    assert client.post(where(row, "request/new/"), form | {"due_on_year": 2021}).status_code == 422


def test_a_section_is_written_with_its_evidence(cast, client):
    row = being_scored(cast)
    client.force_login(cast.ann)
    address = where(row, "section/levels/")
    evidence = row.themes.first().evidence.first()
    form = {"text_cy": "Lefelau", "text_en": "Levels", "both_checked": "on", "evidence": [str(evidence.pk)]}
    assert client.post(f"{address}correct/", form).status_code == 302
    held = StatutorySection.objects.get()
    assert (held.about, held.text_state, list(held.evidence.all())) == ("levels", "checked", [evidence])
    assert "Levels" in client.get(address).content.decode()
    assert client.get(where(row, "section/nonsense/")).status_code == 404


def spots(*places: tuple[int, int]) -> list[matrix.Spot]:
    return [matrix.Spot(number=number, x=x, y=y) for number, (x, y) in enumerate(places, start=1)]


@pytest.mark.parametrize("method", read_methods(), ids=lambda one: one.code)
def test_the_matrix_draws_every_theme_inside_its_frame(method):
    words = matrix.Words(across="A < B", across_least="least", across_most="most", up="Up", bands={"high": "High"})
    x, y = matrix.axes(method)
    limits = {part.code: (part.low, part.high) for part in method.parts}
    top = limits[y][1] if y else method.highest
    drawn = matrix.picture(method, spots((limits[x][0], 0), (limits[x][1], top), (limits[x][1], top), (limits[x][0], top)), words)
    for svg in (drawn.wide, drawn.narrow):
        root = etree.fromstring(svg)
        _zero, _none, width, high = (float(each) for each in root.get("viewBox").split())
        dots = root.findall("{http://www.w3.org/2000/svg}circle")
        assert len(dots) == 4
        assert all(0 <= float(dot.get("cx")) <= width and 0 <= float(dot.get("cy")) <= high for dot in dots)
        assert "style" not in svg


def test_themes_that_share_a_place_stand_side_by_side():
    method = next(one for one in read_methods() if one.code == "harm-and-likelihood")
    words = matrix.Words(across="a", across_least="b", across_most="c", up="d", bands={})
    root = etree.fromstring(matrix.picture(method, spots((9, 60), (9, 60), (9, 60)), words).wide)
    places = [float(dot.get("cx")) for dot in root.findall("{http://www.w3.org/2000/svg}circle")]
    assert all(later - earlier >= 2 * matrix.SIZE for earlier, later in itertools.pairwise(places))


def test_last_years_score_stands_beside(cast, client):
    row = agreed(cast)
    older = Assessment.objects.create(partnership=cast.gwynedd_mon, code="2021", to_on=date(2020, 12, 31), status="published")
    Theme.objects.create(assessment=older, code="burglary", band="low", band_as_published="Low", title_en="Burglary then")
    client.force_login(cast.ann)
    page = client.get(where(row)).content.decode()
    assert "higher than last year" in page
    assert scoring.built_in().keys() >= {"four-by-four"}
    assert BY.reference not in page


def test_a_date_of_evidence_that_there_is_not_is_refused_where_it_is_typed(cast, client):
    being_scored(cast)
    client.force_login(cast.ann)
    form = {"code": "new", "kind": "document", "marking": "OFFICIAL"}
    form |= {f"{name}_{half}": "x" for name in ("statement", "source") for half in ("cy", "en")}
    for said, status in (("2022-13-45", 422), ("2022-13", 422), ("2021-22", 302)):
        assert client.post("/en/gwynedd-mon/desk/themes/evidence/new/", form | {"dated": said}).status_code == status
    assert Evidence.objects.get(code="new").dated == "2021-22"


def test_a_bad_date_that_is_kept_stops_no_page(cast, client):
    row = being_scored(cast)
    Evidence.objects.update(dated="2022-13-45")
    client.force_login(cast.ann)
    assert client.get(f"/en/gwynedd-mon/desk/themes/{row.themes.first().code}/").status_code == 200


def test_equal_risks_share_a_rank_and_the_chart_is_called_what_it_shows(cast, client):
    row = agreed(cast)
    client.force_login(cast.ann)
    page = client.get(where(row)).content.decode()
    assert 'data-head="Rank">1</td>' in page
    assert "Impact beside likelihood" in page
    assert "Risk beside the ability to respond" not in page
    risks = {theme.pk: theme.scores.get(is_agreed=True).risk for theme in row.themes.all()}
    Score.objects.filter(is_agreed=True).update(risk=max(risks.values()))
    page = client.get(where(row)).content.decode()
    assert page.count('data-head="Rank">1=</td>') == 2
