"""How a public page begins and ends: which partnership, what lies published of it, and the shell around what is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page, require_safe

from .menu import foot, menu
from .shelf import PARTNERSHIP, Shelf, Told, contents, shelf

View = Callable[..., HttpResponse]


def page(view: View) -> View:
    """A page that anyone may read and any cache may keep, if it asks each time whether it is still so. 404 where nothing is published."""

    @wraps(view)
    def dressed(request: HttpRequest, slug: str, **which: Any) -> HttpResponse:
        found = shelf(slug)
        if found is None:
            raise Http404
        response = view(request, found, **which)
        patch_cache_control(response, public=True, no_cache=True)
        return response

    return require_safe(conditional_page(dressed))


def draw(
    request: HttpRequest,
    shelf: Shelf,
    template: str,
    held: Mapping[int, dict[str, Any]] | None = None,
    *,
    here: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render in the public shell. `held` is what was fetched already; who the partnership is must be in it, or is fetched."""
    about = shelf.newest(PARTNERSHIP)
    assert about is not None
    who = (held or {}).get(about.pk) or contents([about])[about.pk]
    shell = {
        "partnership": {"slug": shelf.slug} | {f"{name}_{half}": who[name][half] for name in ("name", "place") for half in ("cy", "en")},
        "who": who,
        "slug": shelf.slug,
        "is_example": who["is_example"],
        "is_desk": False,
        "home_url": reverse("public:home", kwargs={"slug": shelf.slug}),
        "public_menu": menu(shelf, here),
        "footer_links": foot(shelf),
    }
    return render(request, template, shell | context, status=status)


def fetched(shelf: Shelf, *wanted: Told | None) -> dict[int, dict[str, Any]]:
    """The contents of these and of who the partnership is, in one query."""
    return contents([shelf.newest(PARTNERSHIP), *wanted])


def gone(request: HttpRequest, shelf: Shelf, told: Told) -> HttpResponse:
    """What was withdrawn: when, and why. 410, so that machines forget it too."""
    others = [each for each in shelf.versions(told.kind, told.key) if each.stands]
    return draw(request, shelf, "public/withdrawn.html", told=told, others=[(each, address(shelf, each)) for each in others], status=410)


def address(shelf: Shelf, told: Told) -> str:
    """The permanent address of a version."""
    which = {"slug": shelf.slug, "version": told.version}
    if told.kind == PARTNERSHIP:
        return reverse("public:who_version", kwargs=which)
    name = {"plan": "code", "quarter": "key", "annual": "key", "assessment": "key"}[told.kind]
    return reverse(f"public:{told.kind}_version", kwargs=which | {name: told.key})


def standing(shelf: Shelf, told: Told) -> dict[str, Any]:
    """What a page says of its own version: its number, day and certificate, and what replaced it, if anything did."""
    newest = shelf.newest(told.kind, told.key)
    replaced = newest if newest and newest.version > told.version else None
    return {"told": told, "replaced": replaced, "permanent": address(shelf, told), "current": address(shelf, replaced) if replaced else ""}
