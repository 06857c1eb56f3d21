"""The page of everything that was taken back, and the page that brings one row back."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diogel.people.desk import desk
from diogel.people.editing import withdraw_row

from .withdrawn import KEPT, withdrawn

ROOMS = {
    "plan": gettext_lazy("Plan"),
    "assessment": gettext_lazy("Themes"),
    "indicators": gettext_lazy("Figures"),
    "tensions": gettext_lazy("Tensions"),
    "people": gettext_lazy("People and groups"),
    "publishing": gettext_lazy("Papers"),
}


@desk()
def withdrawn_rows(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Room by room: what was withdrawn, when and by whom, with a button for those who may bring it back."""
    rows = withdrawn(request.user, partnership)
    order = list(ROOMS)
    by_room = groupby(sorted(rows, key=lambda each: order.index(each.kind.room)), key=lambda each: each.kind.room)
    context = {
        "count": len(rows),
        "rooms": [{"room": room, "title": ROOMS[room], "rows": list(found)} for room, found in by_room],
        "sees_reasons": any(each.reason for each in rows),
        "sees_people": any(each.by for each in rows),
        "may_any": any(each.may_come_back for each in rows),
    }
    return render(request, "withdrawn.html", context)


@desk()
def bring_back(request: HttpRequest, partnership: Any, kind: str, pk: int) -> HttpResponse:
    """Asks once, and brings the row back. What stands is not withdrawn here: that is done where it stands."""
    known = KEPT.get(kind)
    if known is None or not known.comes_back:
        raise Http404
    row: Any = get_object_or_404(known.rows(request.user, partnership).filter(withdrawn_on__isnull=False), pk=pk)
    return withdraw_row(request, row, title=_("Bring this back"), back=reverse("withdrawn", args=[partnership.slug]))
