"""What the page of places shows: a partnership's areas with codes and residents, its own boundaries, and a map of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.analysis.outline_map import Shape, outline_map
from diogel.places.models import Area, Population

from .own_area import OwnArea

WIDE, NARROW = 640, 300
ABOVE = ("csp", "force")


@dataclass(frozen=True)
class Line:
    """One published area: its row, and how many small areas of 2011 and of 2021 it is made of (0: not told)."""

    area: Area
    small_2011: int = 0
    small_2021: int = 0


@dataclass(frozen=True)
class Places:
    """Everything on the page. `figure` is None where nothing has an outline; `lacks_outlines` where a published area has none."""

    lines: tuple[Line, ...]
    own: tuple[OwnArea, ...]
    gone: tuple[OwnArea, ...]
    residents: tuple[Population, ...]
    figure: dict[str, Any] | None
    lacks_outlines: bool


def places_of(user: Any, partnership: Any) -> Places:
    """The partnership's authorities, what they lie in, and the boundaries drawn inside them."""
    authorities = list(partnership.areas.filter(kind=Area.Kind.AUTHORITY).order_by("code"))
    above = list(Area.objects.filter(children__in=authorities, kind="csp").distinct().defer("boundary").order_by("code"))
    above += list(Area.objects.filter(children__in=above, kind="force").distinct().defer("boundary").order_by("code"))
    drawn = OwnArea.objects.visible_to(user).of_one_s_own().filter(parents__in=authorities).distinct().order_by("code")
    every = list(drawn.prefetch_related("parents"))
    own = tuple(each for each in every if each.withdrawn_on is None)
    small = _small(authorities)
    return Places(
        lines=tuple(Line(each, small.get((each.pk, "lsoa11"), 0), small.get((each.pk, "lsoa21"), 0)) for each in [*authorities, *above]),
        own=own,
        gone=tuple(each for each in every if each.withdrawn_on),
        residents=tuple(
            Population.objects.filter(area__in=[*authorities, *above]).select_related("area").order_by("area__kind", "area__code", "-year")
        ),
        figure=_figure(authorities, own, partnership),
        lacks_outlines=not all(each.boundary for each in authorities),
    )


def _small(authorities: Iterable[Area]) -> dict[tuple[int, str], int]:
    """How many small areas of each kind an authority is made of, by its key and their kind."""
    rows = Area.objects.filter(parents__in=authorities, kind__in=["lsoa11", "lsoa21"]).order_by()
    return {(row["parents"], row["kind"]): row["n"] for row in rows.values("parents", "kind").annotate(n=Count("pk", distinct=True))}


def _figure(authorities: Sequence[Area], own: Sequence[OwnArea], partnership: Any) -> dict[str, Any] | None:
    """The map as `dg/figure.html` takes it; None where no area has an outline."""
    outlined = [each for each in authorities if each.boundary]
    inside = [each for each in own if each.boundary]
    if not outlined and not inside:
        return None
    shapes = [Shape(geometry=each.boundary or {}, label=named(each)) for each in outlined]
    shapes += [Shape(geometry=each.boundary or {}, label=named(each), is_own=True) for each in inside]
    told = {"place": partnership.pair("place").say(), "names": ", ".join(named(each) for each in [*outlined, *inside])}
    return {
        "title": _map_title(len(inside)) % {"n": len(inside)},
        "subtitle": _("Outlines made simpler for drawing; the table below names each area"),
        "label": _("Map of %(place)s. It shows: %(names)s.") % told,
        "wide": outline_map(shapes, width=WIDE),
        "narrow": outline_map(shapes, width=NARROW),
        "source": licence() if outlined else "",
    }


def licence() -> str:
    """What the licence of the published outlines asks to be said."""
    return _(
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
        "Contains OS data © Crown copyright and database right"
    )


def _map_title(count: int) -> str:
    if not count:
        return _("Where figures are counted")
    return ngettext(
        "Where figures are counted, and %(n)s boundary of our own", "Where figures are counted, and %(n)s boundaries of our own", count
    )


def named(area: Area) -> str:
    """The name in the language of the page, or in the other where it has only that."""
    pair = area.pair("name")
    return pair.say() or pair.en or pair.cy
