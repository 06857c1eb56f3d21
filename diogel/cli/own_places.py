"""Finds the boundaries of one's own among the codes that a verb was given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from diogel.cli import Refusal
from diogel.home import home
from diogel.places.codes import UnknownArea, force_of, kind_of

from .ready import ready


@dataclass(frozen=True, kw_only=True)
class OwnPlace:
    """A boundary of one's own: its code, names, outline (GeoJSON, degrees), and the force whose files count the ground."""

    code: str
    name_cy: str
    name_en: str
    boundary: dict[str, Any]
    force: str


def own_places(given: Iterable[str]) -> dict[str, OwnPlace]:
    """Those of the codes `given` that the built-in table does not hold, from the database; UnknownArea where it is not there either.

    The database is opened only where there is such a code. Refusal for a boundary that has no outline yet.
    """
    found: dict[str, OwnPlace] = {}
    for code in given:
        try:
            kind_of(code)
        except UnknownArea:
            if not any(home().glob("*")):
                raise  # an empty home holds no boundary, and stays empty
            own = _own(code)
            if own is None:
                raise
            found[code] = own
    return found


def _own(code: str) -> OwnPlace | None:
    ready()
    from django.utils.translation import gettext as _

    from diogel.places.models import Area

    area = Area.objects.filter(kind=Area.Kind.OWN, code=code, withdrawn_on=None).first()
    if area is None:
        return None
    if not area.boundary:
        raise Refusal(_("%(code)s has no outline yet. Add one on the page of places, then count again.") % {"code": code})
    within = area.parents.filter(kind=Area.Kind.AUTHORITY).values_list("code", flat=True)
    return OwnPlace(code=code, name_cy=area.name_cy, name_en=area.name_en, boundary=area.boundary, force=force_of(within[0]))
