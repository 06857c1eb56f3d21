"""Pages of the bodies that stand in a partnership: their standing, their dates, what they were and became."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.home import today

from . import forms
from .access import May, may
from .desk import desk, fetch
from .editing import edit_row
from .models import Body, Membership
from .views import here
from .who import BodyRow, bodies_of


@desk()
def bodies(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Bodies by their standing today, and those that are no more."""
    standing, gone = bodies_of(partnership, request.user, on=today())
    context = {
        "title": _bodies_title(standing),
        "kinds": _by_standing(standing),
        "gone": gone,
        "may_edit": may(request.user, May.EDIT_PEOPLE, partnership),
    }
    return render(request, "people/bodies.html", context)


def _bodies_title(rows: list[BodyRow]) -> str:
    answering = sum(1 for row in rows if row.membership.standing == Membership.Standing.RESPONSIBLE)
    if not answering:
        return _("No body is a responsible authority here yet")
    said = ngettext("%(n)s body is a responsible authority here today", "%(n)s bodies are responsible authorities here today", answering)
    return said % {"n": answering}


def _by_standing(rows: list[BodyRow]) -> list[tuple[Any, list[BodyRow]]]:
    """(heading, rows) for each standing that somebody has, in the order of the choices."""
    headings = {
        Membership.Standing.RESPONSIBLE: _("Responsible authorities"),
        Membership.Standing.CO_OPERATING: _("Co-operating bodies"),
        Membership.Standing.INVITED: _("Invited to take part"),
        Membership.Standing.NONE: _("Not members, but named in the work"),
    }
    grouped = [(heading, [row for row in rows if row.membership.standing == standing]) for standing, heading in headings.items()]
    return [(heading, found) for heading, found in grouped if found]


@desk(May.EDIT_PEOPLE)
def body_add(request: HttpRequest, partnership: Any) -> HttpResponse:
    hint = _("Look first whether it is known here already: then it only joins.")
    return edit_row(request, forms.NewBodyForm, Body(), title=_("Add a body"), back=here("bodies", partnership), hint=hint)


@desk(May.EDIT_PEOPLE)
def body_join(request: HttpRequest, partnership: Any) -> HttpResponse:
    row = Membership(partnership=partnership)
    return edit_row(request, forms.JoinForm, row, title=_("Let a known body join"), back=here("bodies", partnership))


@desk(May.EDIT_PEOPLE)
def body_edit(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """The body's own names and dates, reached through its standing here."""
    row = fetch(Membership.objects.select_related("body"), request.user, pk=pk, partnership=partnership)
    return edit_row(request, forms.BodyForm, row.body, title=_("Correct a body"), back=here("bodies", partnership))


@desk(May.EDIT_PEOPLE)
def standing_edit(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = fetch(Membership.objects, request.user, pk=pk, partnership=partnership)
    return edit_row(request, forms.MembershipForm, row, title=_("Change a body’s standing"), back=here("bodies", partnership))
