"""Public pages of the plan: whole, how it is going, what it should change, and one page for each of its parts."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from diogel.home import today

from . import chain
from .pages import draw, fetched, gone, page, standing
from .plan_pages import Plan
from .shelf import ANNUAL, ASSESSMENT, PLAN, Shelf, Told, kept
from .views_papers import drawn_paper, read_paper
from .words import DECISIONS, PLAN_STATES

_WITH_FILES = ("public/plan.html", "public/progress.html")
MOST_SHAPES = 30
"""More actions than this are counted, not drawn one by one."""


@page
def whole(request: HttpRequest, shelf: Shelf, code: str = "", version: int = 0) -> HttpResponse:
    """The plan in its own groups, with both lists of priorities; a version has its own address for good."""
    told = shelf.version(PLAN, code, version) if version else shelf.newest(PLAN)
    others = [each for each in shelf.keys(PLAN) if each.stands and told and each.key != told.key]
    return _drawn(request, shelf, told, "public/plan.html", here="plan", others=others, links=told == shelf.newest(PLAN))


@page
def summary(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """The plan in short, drawn from its blocks as they were frozen; a plan that was published without them has its whole page only."""
    told = shelf.newest(PLAN)
    if told is None:
        raise Http404
    if not told.stands:
        return gone(request, shelf, told)
    held = fetched(shelf, told)
    papers = held[told.pk].get("papers", {}).get("summary")
    if papers is None:
        raise Http404
    context = drawn_paper(told, read_paper(papers[(get_language() or "en")[:2]]), {}, only="summary")
    return draw(request, shelf, "public/summary.html", held, here="plan", **context, **standing(shelf, told))


@page
def progress(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """How each action stands, and what was last told of it."""
    return _drawn(request, shelf, shelf.newest(PLAN), "public/progress.html", here="progress", links=True, most_shapes=MOST_SHAPES)


@page
def outcomes(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """What the plan should change, by term, and the figures that are to show it."""
    return _drawn(request, shelf, shelf.newest(PLAN), "public/outcomes.html", here="plan", links=True)


@page
def priority(request: HttpRequest, shelf: Shelf, code: str) -> HttpResponse:
    return _part(request, shelf, "priorities", code, "public/priority.html")


@page
def action(request: HttpRequest, shelf: Shelf, number: int) -> HttpResponse:
    return _part(request, shelf, "actions", number, "public/action.html")


@page
def theme(request: HttpRequest, shelf: Shelf, code: str) -> HttpResponse:
    return _part(request, shelf, "themes", code, "public/theme.html")


def _part(request: HttpRequest, shelf: Shelf, rows: str, key: Any, template: str) -> HttpResponse:
    """One row of the current plan with what is joined to it; 404 where the plan has no such row."""

    def joined(plan: Plan) -> dict[str, Any]:
        row = getattr(plan, rows).get(key)
        if row is None:
            raise Http404
        words = {"decision_words": DECISIONS[row["decision"]]} if rows == "themes" else {}
        found = {"priorities": plan.of_priority, "actions": plan.of_action, "themes": plan.of_theme}[rows](row)
        return {"row": row, **found, **words, **_chain(shelf, plan, rows, row, found)}

    return _drawn(request, shelf, shelf.newest(PLAN), template, joined, here="plan", links=True)


def _chain(shelf: Shelf, plan: Plan, rows: str, row: Any, found: dict[str, Any]) -> dict[str, Any]:
    """The thread of a page of the plan, and the reports in which what it shows was told."""
    here = {"priorities": "priority", "actions": "action", "themes": "theme"}[rows]
    links = {name: found.get(name, []) for name in ("themes", "priorities", "actions", "indicators")} | {rows: [row]}
    told = chain.reports(shelf, plan, links)
    return {"thread": chain.thread(shelf.slug, here, row["title"][(get_language() or "en")[:2]], links, told), "reports": told}


def _drawn(
    request: HttpRequest, shelf: Shelf, told: Told | None, template: str, joined: Any = None, *, here: str, **context: Any
) -> HttpResponse:
    if told is None:
        raise Http404
    if not told.stands:
        return gone(request, shelf, told)
    held = fetched(shelf, told)
    plan = Plan(held[told.pk])
    shown: dict[str, Any] = {
        "plan": plan,
        "content": plan.content,
        "state": PLAN_STATES.get(plan.content["status"], ""),
        "has_ended": plan.has_ended(today()),
    }
    more = joined(plan) if joined else {}
    if template in _WITH_FILES:
        language = (get_language() or "en")[:2]
        shown |= {"files": [each for each in kept(told) if each.language == language], "changes": _changes(plan, language)}
        shown |= {
            "years": shelf.keys(ANNUAL),
            "assessments": [each for each in shelf.keys(ASSESSMENT) if each.stands],
            "has_summary": "papers" in plan.content,
        }
    return draw(request, shelf, template, held, here=here, **shown, **context, **more, **standing(shelf, told))


def _changes(plan: Plan, language: str) -> list[str]:
    """What differs from the version before; nothing of the first one."""
    return list(plan.content.get("changes", {}).get(language, ()))
