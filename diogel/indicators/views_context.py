"""Pages of dated context: lockdowns, changes of recording, operations, events and faults in the data."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from diogel.people.access import May, may
from diogel.people.desk import desk, fetch
from diogel.people.editing import edit_row, withdraw_row

from .forms import ContextForm
from .models import Context, crime_type_name


@desk()
def events(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Everything dated that may explain a figure, the newest first."""
    rows = Context.objects.visible_to(request.user).filter(partnership=partnership).prefetch_related("areas").order_by("-from_on", "code")
    standing = [row for row in rows if row.withdrawn_on is None]
    context = {
        "rows": [{"row": row, "types": ", ".join(crime_type_name(name) for name in row.types)} for row in standing],
        "gone": [row for row in rows if row.withdrawn_on],
        "may_edit": may(request.user, May.EXPLAIN_FIGURES, partnership),
    }
    return render(request, "indicators/context.html", context)


@desk(May.EXPLAIN_FIGURES)
def new_event(request: HttpRequest, partnership: Any) -> HttpResponse:
    row = Context(partnership=partnership)
    hint = _("Only what is dated, and has a source that a reader can ask. Name no private person.")
    return edit_row(request, ContextForm, row, title=_("Add a dated event"), back=_list(partnership), hint=hint)


@desk(May.EXPLAIN_FIGURES)
def edit_event(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = fetch(Context.objects, request.user, partnership=partnership, pk=pk)
    extra = {"withdraw_url": reverse("indicators:withdraw_context", args=[partnership.slug, pk])}
    return edit_row(request, ContextForm, row, title=_("Correct the event"), back=_list(partnership), extra=extra)


@desk(May.EXPLAIN_FIGURES)
def withdraw_event(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = fetch(Context.objects, request.user, partnership=partnership, pk=pk)
    title = _("Bring the event back") if row.withdrawn_on else _("Withdraw the event")
    return withdraw_row(request, row, title=title, back=_list(partnership))


def _list(partnership: Any) -> str:
    return reverse("indicators:context", args=[partnership.slug])
