"""Public pages of the quarterly reports, and the certificate of anything that was published."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import translate_url
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from diogel.published.blocks import Paper, Picture
from diogel.published.shown import contents, shown

from .data_tables import tables_of
from .pages import address, draw, fetched, gone, page, standing
from .shelf import ANNUAL, ASSESSMENT, PLAN, QUARTER, Shelf, Told, certificate, kept, kept_file

_QUARTER, _YEAR = re.compile(r"\d{4}-(03|06|09|12)"), re.compile(r"\d{4}-\d\d")
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@page
def better(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """Is it getting better? The latest quarter that was told answers."""
    told = shelf.newest(QUARTER)
    if told is None:
        raise Http404
    return redirect("public:quarter", slug=shelf.slug, key=told.key)


@page
def quarters(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """Every quarter that was told, the latest first."""
    return draw(request, shelf, "public/quarters.html", here="better", quarters=shelf.keys(QUARTER))


@page
def quarter(request: HttpRequest, shelf: Shelf, key: str, version: int = 0) -> HttpResponse:
    """One quarter's paper, drawn from its blocks as they were frozen."""
    told = shelf.version(QUARTER, key, version) if version else shelf.newest(QUARTER, key)
    if told is None or not _QUARTER.fullmatch(key):
        raise Http404
    if not told.stands:
        return gone(request, shelf, told)
    held = fetched(shelf, told)
    language = (get_language() or "en")[:2]
    content = held[told.pk]
    if not is_told_in(content, language):
        return in_the_other(request, shelf, told, held, here="better")
    paper = read_paper(content["paper"][language])
    drawn = content.get("drawings", {}).get(language, {})
    pictures = {name: Picture(picture["wide"], picture["narrow"]) for name, picture in drawn.items()}
    more = {"more": len(shelf.keys(QUARTER)) > 1}
    return draw(
        request, shelf, "public/quarter.html", held, here="better", **drawn_paper(told, paper, pictures), **more, **standing(shelf, told)
    )


def drawn_paper(told: Told, paper: Paper, pictures: Mapping[str, Picture], *, only: str = "") -> dict[str, Any]:
    """What a page of a paper shows: its blocks, what it holds, and its files in this language; `only` those of one of several papers."""
    blocks = shown(paper, pictures)
    files = [each for each in reversed(kept(told)) if each.language == paper.language and only in ("", each.paper)]
    return {"paper": paper, "blocks": blocks, "sections": contents(blocks), "files": files}


@page
def years(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """Every annual report, the latest first."""
    rows = shelf.keys(ANNUAL)
    held = fetched(shelf, *(each for each in rows if each.stands))
    language = (get_language() or "en")[:2]
    named = [{"told": each, "paper": _named(held[each.pk], language) if each.pk in held else None} for each in rows]
    return draw(request, shelf, "public/years.html", held, here="progress", years=named)


def _named(content: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """The report of one year in this language, or in the only one that it has."""
    papers = content["papers"]["annual"]
    return papers.get(language) or next(iter(papers.values()))  # type: ignore[no-any-return]


def is_told_in(content: Mapping[str, Any], language: str) -> bool:
    """Whether a paper was published in this language, as nearly all are in both."""
    return "one_language" not in content or content["one_language"]["language"] == language


def in_the_other(request: HttpRequest, shelf: Shelf, told: Told, held: Mapping[int, dict[str, Any]], *, here: str) -> HttpResponse:
    """The page of a paper in the language that it does not have: that it is in the other only, why, and the way to it."""
    rule = held[told.pk]["one_language"]
    context = {"rule": rule, "there": translate_url(request.get_full_path(), rule["language"])}
    return draw(request, shelf, "public/one_language.html", dict(held), here=here, **context, **standing(shelf, told))


@page
def annual(request: HttpRequest, shelf: Shelf, key: str, version: int = 0) -> HttpResponse:
    """What was said and what was done in one year, drawn from its blocks as they were frozen."""
    told = shelf.version(ANNUAL, key, version) if version else shelf.newest(ANNUAL, key)
    if told is None or not _YEAR.fullmatch(key):
        raise Http404
    if not told.stands:
        return gone(request, shelf, told)
    held = fetched(shelf, told)
    language = (get_language() or "en")[:2]
    if not is_told_in(held[told.pk], language):
        return in_the_other(request, shelf, told, held, here="progress")
    paper = read_paper(held[told.pk]["papers"]["annual"][language])
    context = drawn_paper(told, paper, {}) | {"more": len(shelf.keys(ANNUAL)) > 1, "tables": tables_of(ANNUAL, held[told.pk])}
    return draw(request, shelf, "public/annual.html", held, here="progress", **context, **standing(shelf, told))


@page
def assessment(request: HttpRequest, shelf: Shelf, key: str, version: int = 0) -> HttpResponse:
    """The summary of a year's assessment, drawn from its blocks as they were frozen."""
    told = shelf.version(ASSESSMENT, key, version) if version else shelf.newest(ASSESSMENT, key)
    if told is None:
        raise Http404
    if not told.stands:
        return gone(request, shelf, told)
    held = fetched(shelf, told)
    paper = read_paper(held[told.pk]["papers"]["assessment"][(get_language() or "en")[:2]])
    context = drawn_paper(told, paper, {}) | {"tables": tables_of(ASSESSMENT, held[told.pk])}
    return draw(request, shelf, "public/assessment.html", held, here="plan", **context, **standing(shelf, told))


@page
def assessment_file(request: HttpRequest, shelf: Shelf, key: str, version: int, name: str) -> HttpResponse:
    """The summary of an assessment to take away."""
    return _file(request, shelf, ASSESSMENT, key, version, name)


@page
def plan_file(request: HttpRequest, shelf: Shelf, code: str, version: int, name: str) -> HttpResponse:
    """The plan, its summary or its progress to take away."""
    return _file(request, shelf, PLAN, code, version, name)


@page
def annual_file(request: HttpRequest, shelf: Shelf, key: str, version: int, name: str) -> HttpResponse:
    """The annual report to take away."""
    return _file(request, shelf, ANNUAL, key, version, name)


@page
def quarter_file(request: HttpRequest, shelf: Shelf, key: str, version: int, name: str) -> HttpResponse:
    """The quarter's paper to take away."""
    return _file(request, shelf, QUARTER, key, version, name)


def _file(request: HttpRequest, shelf: Shelf, kind: str, key: str, version: int, name: str) -> HttpResponse:
    """A paper as it was scanned and certified. What replaced its version is named in a header, for a file says nothing."""
    told = shelf.version(kind, key, version)
    if told is None or (content := kept_file(told, name)) is None:
        raise Http404
    if not told.stands:
        return gone(request, shelf, told)
    called = content_disposition_header(as_attachment=True, filename=f"{shelf.slug}-{key}-v{version}-{name}")
    response = HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]], headers={"Content-Disposition": called or "attachment"})
    newest = shelf.newest(kind, key)
    if newest and newest.version > version:
        response["Link"] = f'<{request.build_absolute_uri(address(shelf, newest))}>; rel="successor-version"'
    return response


@page
def certificate_page(request: HttpRequest, shelf: Shelf, kind: str, key: str, version: int) -> HttpResponse:
    """What the scan looked for before this version was published."""
    told, held = _certified(shelf, kind, key, version)
    papers = held.get("paper", {})
    language = (get_language() or "en")[:2]
    if language not in papers:
        raise Http404
    paper = read_paper(papers[language])
    return draw(request, shelf, "public/certificate.html", told=told, paper=paper, blocks=shown(paper, {}))


@page
def certificate_json(request: HttpRequest, shelf: Shelf, kind: str, key: str, version: int) -> HttpResponse:
    _told, held = _certified(shelf, kind, key, version)
    plain = {name: value for name, value in held.items() if name != "paper"}
    return JsonResponse(plain, json_dumps_params={"ensure_ascii": False, "indent": 2})


def _certified(shelf: Shelf, kind: str, key: str, version: int) -> tuple[Told, dict[str, Any]]:
    told = shelf.version(kind, key, version)
    if told is None:
        raise Http404
    return told, certificate(told)


def read_paper(held: dict[str, Any]) -> Paper:
    """A stored paper. Its own day came back as a date with the other dates; a paper reads it from its text."""
    data_on = held["data_on"]
    return Paper.from_json(held | {"data_on": data_on if isinstance(data_on, str) else data_on.isoformat()})
