"""Public pages that belong to no single thing: the first page, who we are, and how we work."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from diogel.home import today

from .pages import draw, fetched, gone, page, standing
from .plan_pages import Plan
from .shelf import PARTNERSHIP, PLAN, QUARTER, Shelf, headlines
from .words import STANDINGS, working_on


@page
def home(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """What we work on, where help is, whether it is getting better, how the actions stand."""
    about, told, quarter = shelf.newest(PARTNERSHIP), shelf.newest(PLAN), shelf.newest(QUARTER)
    assert about is not None
    if not about.stands:
        return gone(request, shelf, about)
    withdrawn = told if told and not told.stands else None
    told, quarter = (each if each and each.stands else None for each in (told, quarter))
    held = fetched(shelf, told)
    plan = Plan(held[told.pk]) if told else None
    context: dict[str, Any] = {
        "told": told,
        "plan": plan,
        "withdrawn": withdrawn,
        "heading": working_on(len(plan.first)) if plan and plan.covers(today()) else "",
        "has_ended": bool(plan and plan.has_ended(today())),
        "quarter": quarter,
        "headlines": headlines(quarter) if quarter else [],
    }
    return draw(request, shelf, "public/home.html", held, here="home", **context)


@page
def who(request: HttpRequest, shelf: Shelf, version: int = 0) -> HttpResponse:
    """Who the partnership is: what it says of itself, its areas, its members now and before."""
    newest = shelf.newest(PARTNERSHIP)
    assert newest is not None
    told = shelf.version(PARTNERSHIP, newest.key, version) if version else newest
    if told is None:
        raise Http404
    if not told.stands:
        return gone(request, shelf, told)
    held = fetched(shelf, told)
    members = [row | {"standing_words": STANDINGS[row["standing"]]} for row in held[told.pk]["members"]]
    context: dict[str, Any] = {
        "content": held[told.pk],
        "members": [row for row in members if row["is_current"]],
        "earlier": [row for row in members if not row["is_current"]],
    }
    return draw(request, shelf, "public/who.html", held, here="who", **context, **standing(shelf, told))


@page
def contact(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """Where help is, whom to ask, and how to report a tension."""
    return draw(request, shelf, "public/contact.html", here="contact")


@page
def accessibility(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    return draw(request, shelf, "public/accessibility.html")


@page
def privacy(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    return draw(request, shelf, "public/privacy.html")


@page
def counting(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    return draw(request, shelf, "public/counting.html")
