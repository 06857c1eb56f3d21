"""Draws where the places lie that make up the difference of a card, where the outlines of all its small areas were loaded."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.db.models import Count, Max, QuerySet, Subquery
from django.utils.translation import gettext as _

from diogel.analysis.explain import Parts
from diogel.analysis.hotspots.map import Marked, Words, draw_areas
from diogel.analysis.hotspots.outlines import outlines
from diogel.crime.hot_ground import loaded_outlines
from diogel.places import codes
from diogel.places.models import Area

from . import sentences
from .account import account_of, parts_by
from .kept_drawings import Drawn, kept
from .models import Card
from .places_shown import licence
from .shown_in_list import language

WIDE, NARROW = 640, 320


def with_outlines(cards: QuerySet) -> QuerySet:
    """The cards with how many outlines of small areas are loaded and of which vintage: asked with the card, not after it."""
    loaded = Area.objects.filter(kind__in=["lsoa11", "lsoa21"], boundary__isnull=False).order_by().values("boundary__isnull")
    counts = {
        "outlines_loaded": loaded.annotate(n=Count("pk")).values("n"),
        "outlines_newest": loaded.annotate(n=Max("vintage")).values("n"),
    }
    return cards.annotate(**{name: Subquery(asked) for name, asked in counts.items()})


def map_of(card: Any) -> dict[str, Any] | None:
    """The map of a card read `with_outlines`, as `dg/figure.html` takes it; None where the figures were not asked, or a small area has no outline: then the table
    stands alone. It is drawn once for each state of the outlines and kept."""
    told = account_of(card)
    parts = parts_by(told, "place") if told else None
    if told is None or parts is None or not parts.difference:
        return None
    units = codes.units_of(told.area)
    if not card.outlines_loaded:
        return None
    words = _words(card, parts)
    key = (
        "card map",
        told.area,
        card.outlines_loaded,
        card.outlines_newest,
        words,
        tuple((part.code, part.difference) for part in parts.parts),
    )
    drawn = kept(key, lambda: _drawn(units, parts, words))
    if drawn is None:
        return None
    return {
        "title": _("Where the places lie that make up the difference"),
        "subtitle": words.title,
        "label": words.description,
        "wide": drawn.wide,
        "narrow": drawn.narrow,
        "source": licence(),
    }


def _words(card: Card, parts: Parts) -> Words:
    when = sentences.when_phrase(sentences.told_months(card.finding), language())
    rises = parts.difference > 0
    values = {"title": card.title, "when": when}
    title = _("%(title)s, %(when)s, by small area") % values
    return Words(
        title=title,
        description=_("Map of small areas. %(title)s. The table above names those furthest from what was expected.") % {"title": title},
        unit=_("Recorded above the expected number") if rises else _("Recorded below the expected number"),
        missing=_("no figure"),
        caption=_("Where an area is 0, nothing or the opposite was added. Points are moved by the police, so the areas are approximate."),
    )


def _drawn(units: tuple[str, ...], parts: Parts, words: Words) -> Drawn | None:
    found = loaded_outlines(units)
    if len(found) < len(units):
        return None
    ground = outlines([(unit, found[unit]) for unit in units])
    sign = 1 if parts.difference > 0 else -1
    towards = {part.code: max(0, sign * part.difference) for part in parts.parts}
    values = np.array([towards.get(unit, 0) for unit in ground.areas], dtype=np.float64)
    few = frozenset(part.code for part in parts.parts[: parts.halves]) if parts.gathering in ("one", "few") else frozenset()
    marked = Marked(_("makes up half of the difference"), few) if few else None
    wide, narrow = (
        draw_areas(ground, values, name=f"card-{name}", words=words, marked=marked, width=width)
        for name, width in (("wide", WIDE), ("narrow", NARROW))
    )
    return Drawn(wide, narrow)
