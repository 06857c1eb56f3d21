"""Pages of places: the partnership's areas with a map and a table, and the boundaries that it draws itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from diogel.people.access import May, may
from diogel.people.desk import desk, fetch
from diogel.people.editing import edit_row, withdraw_row

from .own_area import OwnArea
from .places_forms import PlaceForm
from .places_shown import places_of


@desk()
def places(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Every area that figures are counted for, with code, residents and outline, and the boundaries of one's own."""
    shown = places_of(request.user, partnership)
    return render(request, "places/places.html", {"shown": shown, "may_edit": may(request.user, May.EDIT_MEASURES, partnership)})


@desk(May.EDIT_MEASURES)
def new_place(request: HttpRequest, partnership: Any) -> HttpResponse:
    row = OwnArea(kind=OwnArea.Kind.OWN)
    row.drawn_for = partnership  # type: ignore[attr-defined]
    return edit_row(request, PlaceForm, row, title=_("Add a boundary of our own"), back=_list(partnership))


@desk(May.EDIT_MEASURES)
def edit_place(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = _own(request, partnership, pk)
    hint = _("The outline that stands is kept where no new file is chosen.") if row.boundary else ""
    extra = {"withdraw_url": reverse("places:withdraw", args=[partnership.slug, pk])}
    return edit_row(request, PlaceForm, row, title=_("Correct the boundary"), back=_list(partnership), hint=hint, extra=extra)


@desk(May.EDIT_MEASURES)
def withdraw_place(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = _own(request, partnership, pk)
    title = _("Bring the boundary back") if row.withdrawn_on else _("Withdraw the boundary")
    return withdraw_row(request, row, title=title, back=_list(partnership))


def _list(partnership: Any) -> str:
    return reverse("places:places", args=[partnership.slug])


def _own(request: HttpRequest, partnership: Any, pk: int) -> OwnArea:
    return fetch(OwnArea.objects.of_one_s_own(), request.user, parents__partnerships=partnership, pk=pk)
