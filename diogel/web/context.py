"""What every page knows: its twin, its partnership, who reads it and which day it is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diogel.home import today
from diogel.people.access import ROLE_NAMES, may, person_in, roles_of

from .menu import ENTRIES
from .menu_row import shown


def page(request: HttpRequest) -> dict[str, Any]:
    """Context for the shell of every page."""
    language = (get_language() or "en")[:2]
    other = "en" if language == "cy" else "cy"
    partnership: Any = getattr(request, "partnership", None)
    user = getattr(request, "user", None)
    is_desk = bool(partnership is not None and user and user.is_authenticated)
    return {
        "language": language,
        "other_language": other,
        "twin_url": translate_url(request.get_full_path(), other),
        "partnership": partnership,
        "is_desk": is_desk,
        "is_demo": settings.DEMO,
        "sends_mail": settings.SENDS_MAIL,
        "is_example": bool(getattr(partnership, "is_example", False)),
        "home_date": today(),
        "person_label": _person_label(user, partnership) if is_desk else "",
        **shown(_menu(request, user, partnership) if is_desk else []),
        "home_url": reverse("desk_home", args=[partnership.slug]) if is_desk else reverse("front"),
        "footer_links": _footer(partnership) if is_desk else [],
    }


def _footer(partnership: Any) -> list[dict[str, str]]:
    """Help stands in the same place on every page of the desk."""
    return [
        {"label": _("Public pages"), "url": f"/{get_language()}/{partnership.slug}/"},
    ]


def _person_label(user: Any, partnership: Any) -> str:
    """Who one is here, as this partnership wrote one down: given name and role."""
    person = person_in(user, partnership) or user.person
    roles = [str(ROLE_NAMES[role]) for role in roles_of(user, partnership)]
    return _("%(name)s, %(role)s") % {"name": person.given, "role": sorted(roles)[0]} if roles else person.given


def _menu(request: HttpRequest, user: Any, partnership: Any) -> list[dict[str, Any]]:
    """The desk's menu: only what this reader may open, the page's own place marked."""
    try:
        here = resolve(request.path_info)
    except Resolver404:
        here = None
    place = ":".join(here.namespaces) if here else ""
    return [
        {
            "label": entry.label,
            "view": entry.view,
            "url": reverse(entry.view, kwargs={"slug": partnership.slug}),
            "current": (here.view_name if here else "") in (entry.view, *entry.below) or bool(entry.room and place == entry.room),
        }
        for entry in ENTRIES
        if any(may(user, what, partnership) for what in entry.needs)
    ]
