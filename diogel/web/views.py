"""The pages that belong to no room: the front door, the front page, the way in, and what is said when something fails."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from diogel.people.access import May, partnerships_where
from diogel.people.models import Partnership
from diogel.published.models import Publication


def front_door(request: HttpRequest) -> HttpResponse:
    """Welsh or English: asked before anything else, unless the reader has been here."""
    chosen = request.COOKIES.get("django_language")
    if chosen in ("cy", "en"):
        return redirect(f"/{chosen}/")
    return render(request, "front_door.html")


def front(request: HttpRequest) -> HttpResponse:
    """The partnerships that this installation publishes, and the way in."""
    rows = Publication.objects.standing().filter(kind=Publication.Kind.PARTNERSHIP).order_by("partnership", "-version")
    seen: dict[str, Publication] = {}
    for row in rows:
        seen.setdefault(row.partnership, row)
    return render(request, "front.html", {"partnerships": list(seen.values())})


def after_sign_in(request: HttpRequest) -> HttpResponse:
    """To the desk of one's partnership; to a choice where there are several; to the front page where there is none."""
    places = Partnership.objects.filter(pk__in=partnerships_where(request.user, May.SEE_DESK))
    if len(places) == 1:
        return redirect("desk_home", slug=places[0].slug)
    return render(request, "choose_partnership.html", {"partnerships": places})


def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /cy/accounts/\nDisallow: /en/accounts/\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Drawn without the request: what every page knows may be what failed."""
    return HttpResponse(render_to_string("500.html"), status=500)
