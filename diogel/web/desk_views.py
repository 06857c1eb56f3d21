"""Pages inside the desk that look across rooms: the next steps, and the log."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from diogel.audit.models import Entry
from diogel.people.access import May
from diogel.people.desk import desk


@desk()
def home(request: HttpRequest, partnership: Any) -> HttpResponse:
    """A few dated next steps with buttons, none that the reader cannot take."""
    return render(request, "desk_home.html", {})


@desk(May.SEE_AUDIT)
def audit_log(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Who did what in this partnership, and who read what is sensitive; newest first."""
    entries = Paginator(Entry.objects.filter(partnership=partnership.slug), 50)
    return render(request, "audit_log.html", {"entries": entries.get_page(request.GET.get("page"))})
