"""The menu and the foot of every public page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from .shelf import PLAN, QUARTER, Shelf


def menu(shelf: Shelf, here: str) -> list[dict[str, object]]:
    """Label, address and whether one stands there; only what has been published is in it."""
    places = [(_("Home"), "home", True)]
    places += [(_("Is it getting better?"), "better", bool(shelf.newest(QUARTER)))]
    places += [(_("Our plan"), "plan", bool(shelf.newest(PLAN))), (_("How it is going"), "progress", bool(shelf.newest(PLAN)))]
    places += [(_("Who we are"), "who", True), (_("Contact and help"), "contact", True)]
    return [
        {"label": label, "url": reverse(f"public:{view}", kwargs={"slug": shelf.slug}), "current": view == here}
        for label, view, is_there in places
        if is_there
    ]


def foot(shelf: Shelf) -> list[dict[str, str]]:
    """Help stands at the same place on every page."""
    places = [
        (_("Accessibility"), "accessibility"),
        (_("Privacy"), "privacy"),
        (_("How we count"), "counting"),
        (_("Open data"), "open_data"),
        (_("Contact and help"), "contact"),
    ]
    return [{"label": label, "url": reverse(f"public:{view}", kwargs={"slug": shelf.slug})} for label, view in places]
