"""The look holds: each component has its classes, forms wear GOV.UK's, the sheet keeps its budget, no page carries inline style."""

from __future__ import annotations

import gzip
import re
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.utils import translation

from diogel.analysis.periods import Month, Quarter
from diogel.web.forms_renderer import GovukRenderer
from diogel.web.templatetags import dg
from diogel.words.pairs import Pair

WEB = Path(__file__).resolve().parent.parent
DIOGEL = WEB.parent
TODAY = date(2026, 10, 23)


def draw(source: str, **context: object) -> str:
    with translation.override("en"):
        return Template("{% load dg govuk %}" + source).render(Context(context))


def include(name: str, **context: object) -> str:
    with translation.override("en"):
        return render_to_string(f"dg/{name}.html", context)


def templates() -> list[Path]:
    return sorted(path for path in DIOGEL.rglob("templates/**/*.html"))


class Update(forms.Form):
    """One field of each kind that the pages use."""

    default_renderer = GovukRenderer
    met = forms.IntegerField(label="Met", help_text="A count, never names.")
    comment = forms.CharField(label="Comment", widget=forms.Textarea, max_length=200)
    cause = forms.ChoiceField(label="Cause", widget=forms.RadioSelect, choices=[("a", "Reporting"), ("b", "Real")])
    places = forms.MultipleChoiceField(label="Places", widget=forms.CheckboxSelectMultiple, choices=[("g", "Gwynedd")], required=False)
    status = forms.ChoiceField(label="Status", choices=[("x", "On hold")])
    by_on = forms.DateField(label="By when", widget=forms.SelectDateWidget)
    both = forms.BooleanField(label="Both languages agree")
    paper = forms.FileField(label="Paper", required=False)
    secret = forms.CharField(label="Secret", widget=forms.PasswordInput(attrs={"placeholder": "Secret"}), required=False)


WRONG = {"met": "some", "comment": "x" * 201, "by_on_day": "31", "by_on_month": "2", "by_on_year": "2026", "status": "x"}


@pytest.fixture
def wrong() -> str:
    with translation.override("en"):
        return str(Update(WRONG))


@pytest.mark.parametrize(
    ("source", "classes"),
    [
        ('{% mark "late" "9 days late" %}', ["dg-mark dg-mark--late", "#dg-late", "9 days late"]),
        ('{% action_status "in_progress" %}', ["dg-mark", "#dg-half", "In progress"]),
        ('{% rag "amber" %}', ["dg-mark--amber", "#dg-rag-amber", "not finished, or no effect yet"]),
        ('{% band "medium_high" %}', ["dg-band", "Medium-high"]),
        ("{% carry 3 22 True %}", ["dg-carry", "carried over 3 times, 22 months, for the same reason"]),
        ("{% missing %}", ["dg-missing", "no data"]),
        ("{% withheld %}", ["dg-withheld", "withheld"]),
        ('{% say_way "below" "Fewer than usual, and fewer is better" %}', ["dg-say", "#dg-down", "fewer is better"]),
        ("{% sprite %}", ["dg-sprite", 'id="dg-done"', 'id="dg-rag-grey"', 'id="dg-logo"', "dg-cut"]),
    ],
)
def test_each_mark_is_a_word_with_a_shape(source, classes):
    drawn = draw(source)
    for each in classes:
        assert each in drawn


@pytest.mark.parametrize(
    ("name", "context", "classes"),
    [
        ("thread", {"knots": [{"kind": "theme", "value": "Fraud", "here": True}, {"kind": "action", "value": "none", "gap": True}]},
         ["dg-thread", 'class="is-here" aria-current="step"', 'class="is-gap"', "<span>Action</span>"]),
        ("next", {"today": TODAY, "steps": [{"due_on": date(2026, 10, 14), "sentence": "S.", "button": "Chase", "url": "/x"}]},
         ["dg-next", "9 days late", 'class="govuk-button"', 'href="/x"']),
        ("figure", {"figure": {"title": "T", "label": "L", "wide": "<svg></svg>", "narrow": "<svg></svg>", "table": {"columns": [], "rows": []}}},
         ["dg-fig", "dg-draw--wide", "dg-draw--narrow", 'role="img" aria-label="L"', "<details"]),
        ("quote", {"pair": Pair("Cy", "En", "checked"), "state": True}, ["dg-quote", "En", "is-checked"]),
        ("odd", {"rows": [{"count": None, "mark": {"shape": "eye", "word": "W"}}]}, ["dg-odd", "dg-missing"]),
        ("not", {"items": [{"claim": "C", "reason": "R"}, {"claim": "D", "is_possible": True}]}, ["dg-not", "#dg-no", "#dg-ask", "ruled out:"]),
        ("time", {"steps": [{"title": "T", "state": "paused", "days": "312 days"}]}, ["dg-time", 'class="is-paused"', "312 days"]),
        ("dl", {"rows": [("a", "b")]}, ["dg-dl", "<dt>a</dt><dd>b</dd>"]),
        ("facts", {"rows": [("a", "b")]}, ["dg-facts"]),
        ("units", {"actions": [{"number": 4, "status": "complete"}]}, ["dg-units", 'class="is-done"', "dg-key", ": 1"]),
        ("private", {"sentence": "Five people.", "readers_url": "/r"}, ["dg-private", 'role="region"', "/r"]),
        ("example", {"is_example": True, "is_demo": True, "home_date": TODAY},
         ["dg-example", "nid datganiad gan y cyrff hyn", "not a statement by these bodies", "23 October 2026"]),
        ("plan", {"shows_findings": True, "groups": [{"title": "G", "rows": [
            {"number": 6, "title": "A", "url": "/a", "status": "on_hold", "findings": [{"headline": "H", "url": "/m", "mend": "Mend"}]}]}]},
         ["dg-plan", 'class="group"', "note has", "Mend", "On hold"]),
        ("help", {}, ["dg-help", "0808 80 10 800"]),
        ("empty", {"sentence": "Nothing is due."}, ["dg-empty"]),
        ("header", {"is_desk": True, "twin_url": "/cy/x", "partnership": {"name_cy": "PDC", "name_en": "CSP", "marking": "OFFICIAL"}},
         ["govuk-generic-header", "dg-header--desk", "dg-twins", '<span lang="cy"><b>PDC', "dg-marking", "govuk-language-navigation", 'href="/cy/x"']),
        ("menu", {"menu": [{"label": "Plan", "url": "/p", "current": True}]}, ["govuk-service-navigation", 'aria-current="page"', "dg-nav"]),
        ("footer", {"footer_links": [{"label": "L", "url": "/l"}]}, ["dg-foot", "call 999"]),
    ],
)  # fmt: skip
def test_each_component_draws_its_classes(name, context, classes):
    drawn = include(name, **context)
    for each in classes:
        assert each in drawn


def test_every_include_is_told_of_in_the_page_for_developers():
    told = (DIOGEL.parent / "docs" / "look.md").read_text(encoding="utf-8")
    for path in sorted((WEB / "templates" / "dg").glob("*.html")):
        assert f"`{path.stem}" in told, f"docs/look.md does not tell of {path.name}"


@pytest.mark.parametrize(
    ("pair", "tiles", "words"),
    [
        (Pair("C", "E", "checked"), ("is-checked", "is-checked"), "checked"),
        (Pair("C", "E", "stale_cy"), ("is-stale", "is-checked"), "the Welsh is stale"),
        (Pair("C", "E", "stale_en"), ("is-checked", "is-stale"), "the English is stale"),
        (Pair("C", "", "missing"), ("is-draft", "is-missing"), "the English is missing"),
        (Pair("", "E", "missing"), ("is-missing", "is-draft"), "the Welsh is missing"),
        (Pair("", "", "missing"), ("is-missing", "is-missing"), "both languages are missing"),
        (Pair("C", "E", "draft"), ("is-draft", "is-draft"), "in draft"),
    ],
)
def test_a_pair_shows_both_halves_and_says_the_worse(pair, tiles, words):
    drawn = draw("{% pair_state pair %}", pair=pair)
    assert tuple(re.findall(r'<span class="(is-\w+)">', drawn)) == tiles
    assert f"<span>{words}</span>" in drawn


def test_dates_and_numbers_are_said_in_the_language_of_the_page():
    with translation.override("cy"):
        assert dg.day(date(2026, 10, 28)) == "28 Hydref 2026"
        assert dg.short_day(date(2026, 10, 28)) == "Mer 28 Hyd"
        assert dg.long_day(date(2026, 7, 10)) == "Dydd Gwener 10 Gorffennaf 2026"
        assert dg.month_name(Month(2021, 12)) == "Rhagfyr 2021"
        assert dg.quarter_name(Quarter.parse("2021-12")) == "Hydref i Ragfyr 2021"
        assert [dg.as_dated(given) for given in ("2021-04-01", "2021-04", "2021", "haf 2021")] == [
            "1 Ebrill 2021",
            "Ebrill 2021",
            "2021",
            "haf 2021",
        ]
        assert dg.marking("OFFICIAL") == "SWYDDOGOL"
        assert "yn hwyr" in Template("{% load dg %}{% when on today %}").render(Context({"on": date(2026, 10, 21), "today": TODAY}))
    with translation.override("en"):
        assert dg.day(date(2026, 10, 28)) == "28 October 2026"
        assert dg.month_name("2021-12") == "December 2021"
    assert dg.number(12345) == "12,345"
    assert dg.number(-3) == "\N{MINUS SIGN}3"
    assert dg.number(1.256, 1) == "1.3"
    assert dg.difference(4) == "+4"


def test_zero_is_a_zero_and_missing_is_not():
    assert dg.number(0) == "0"
    assert "dg-missing" in dg.number(None)
    row = dg.cells(["Apr", 0, None], [{"label": "Month"}, {"label": "a", "is_number": True}, {"label": "b", "is_number": True}])
    assert row[1]["shown"] == "0"
    assert "dg-missing" in row[2]["shown"]


def test_controls_wear_the_classes_of_govuk(wrong):
    for each in (
        'class="govuk-input govuk-input--error"', 'class="govuk-textarea govuk-textarea--error"', "govuk-radios__input", "govuk-radios__label",
        "govuk-checkboxes__input", 'class="govuk-select"', "govuk-date-input__input", 'class="govuk-file-upload"', "govuk-form-group--error",
        "govuk-fieldset__legend", 'class="govuk-label" for="id_met"', "govuk-error-message", "govuk-hint",
    ):  # fmt: skip
        assert each in wrong


def test_hint_and_error_are_named_by_their_control(wrong):
    met = re.search(r'<input[^>]*name="met"[^>]*>', wrong)[0]
    described = re.search(r'aria-describedby="([^"]+)"', met)[1].split()
    assert described == ["id_met_helptext", "id_met_error"]
    for each in described:
        assert f'id="{each}"' in wrong
    assert 'aria-describedby="id_cause_error"' in re.search(r"<fieldset[^>]*>", wrong)[0]


def test_a_number_is_typed_as_text_and_kept_as_it_was_typed(wrong):
    met = re.search(r'<input[^>]*name="met"[^>]*>', wrong)[0]
    assert 'type="text"' in met
    assert 'inputmode="numeric"' in met
    assert 'value="some"' in met


def test_the_limit_of_a_long_text_is_said_and_never_cuts(wrong):
    area = re.search(r'<textarea[^>]*name="comment"[^>]*>', wrong)[0]
    assert "maxlength" not in area
    assert "id_comment_limit" in area
    assert "You can write up to 200 characters" in wrong


def test_a_date_is_three_boxes_day_first_and_keeps_what_was_typed(wrong):
    boxes = re.findall(r'name="by_on_(\w+)"[^>]*value="(\w+)"', wrong)
    assert boxes == [("day", "31"), ("month", "2"), ("year", "2026")]


def test_the_browser_says_nothing_in_a_language_of_its_own(wrong):
    assert not re.search(r"<(input|select|textarea)[^>]* required", wrong)
    assert "placeholder" not in wrong


def test_a_date_typed_in_three_boxes_is_read_back():
    for language in ("cy", "en"):
        with translation.override(language):
            form = Update({"by_on_day": "5", "by_on_month": "1", "by_on_year": "2026"})
            form.full_clean()
            assert form.cleaned_data["by_on"] == date(2026, 1, 5)


def test_each_line_of_the_error_summary_leads_to_a_control(wrong):
    with translation.override("en"):
        summary = render_to_string("dg/errors.html", {"form": Update(WRONG)})
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert targets == ["id_met", "id_comment", "id_cause_0", "id_by_on_day", "id_both"]
    for each in targets:
        assert f'id="{each}"' in wrong, f"nothing on the page is called {each}"
    assert "Cause: This field is required." in summary


def test_the_site_dresses_its_forms():
    """Django ignores the overrides silently where its own forms app, or another renderer, comes first."""

    class Plain(forms.Form):
        name = forms.CharField()

    assert 'class="govuk-input"' in str(Plain())
    assert str(WEB) in get_template("django/forms/field.html").origin.name
    assert str(WEB) in get_template("account/login.html").origin.name


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.relative_to(DIOGEL).as_posix())
def test_no_template_carries_style_or_script(path):
    if path.parts[-2:] == ("publishing", "paper.html"):
        return  # a paper is one file on somebody's disk, so it carries its style; no page of the site does
    text = path.read_text(encoding="utf-8")
    for banned in (r"\sstyle=", r"<style", r"<script(?![^>]*\ssrc=)", r"\son[a-z]+=\"", r"javascript:", r"(src|href)=\"(https?:)?//"):
        assert not re.search(banned, text), f"{banned} in {path.name}"


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "413", "429", "500"])
def test_an_error_is_said_in_both_languages_and_needs_nothing(code):
    drawn = get_template(f"{code}.html").render()
    assert '<section lang="cy"><h1' in drawn
    assert '<section lang="en"><h1' in drawn
    assert "/static/diogel/diogel.css" in drawn


def sheet(name: str = "diogel") -> str:
    path = WEB / "static" / "diogel" / f"{name}.css"
    if not path.exists():
        pytest.skip("the sheet is not compiled: run tools/assets.py")
    return path.read_text(encoding="utf-8")


def test_the_sheet_keeps_its_budget():
    theirs, ours = sheet().split("/*! Diogel", 1)
    assert len(gzip.compress(theirs.encode())) <= 16 * 1024
    assert len(gzip.compress(ours.encode())) <= 9 * 1024


def test_the_sheet_asks_nobody_else_for_anything():
    assert set(re.findall(r"url\(\"?([^\")]+)", sheet())) <= {"sans.woff2", "serif.woff2"}


def test_every_class_of_ours_in_a_template_is_in_the_sheet():
    styled = set(re.findall(r"\.(dg-[\w-]+)", sheet() + sheet("map")))
    bare = {"dg-public"}  # the voice of a page is told by what it is not
    for path in templates():
        if path.name == "paper.html":
            continue
        for names in re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8")):
            used = set(re.findall(r"(?<![\w-])dg-[\w-]+(?![\w-]*\{)", names))
            assert used <= styled | bare, f"{path.relative_to(DIOGEL)} wears {sorted(used - styled - bare)}"
