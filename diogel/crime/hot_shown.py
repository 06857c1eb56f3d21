"""Lays kept hot spots out for their page: the drawing, the table beside it, points, oddities, in the language of the page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from diogel.analysis.hotspots.captions import Method
from diogel.analysis.hotspots.map import SHADES
from diogel.words.quarters import month_said

from . import hot_words as words
from .hot_drawn import Shading, shading
from .hot_found import LEAST_ROWS, AreaLine, HotSpots
from .hot_kept import About, text

FIRST_SHOWN = 20
DASH = "\N{EN DASH}"


@dataclass(frozen=True)
class Line:
    """A row of the table: the area with its name in the page's language, its rate with limits as text, its call and how lasting in words, and its class on the map."""

    area: AreaLine
    name: str
    rate: str
    limits: str
    call: str
    lasting: str
    months: str
    shade: int
    is_marked: bool


@dataclass(frozen=True)
class Key:
    """One class of the legend: its number, its shade, and the values it holds."""

    number: int
    shade: int
    fill: str
    values: str


@dataclass(frozen=True)
class Table:
    """The lines that stand open, those one click away, and what heads them."""

    first: tuple[Line, ...]
    more: tuple[Line, ...]
    residents: str


def figure(folder: Path, about: About, found: HotSpots, kind: str, where: str) -> dict[str, Any]:
    """The drawing as `dg/figure.html` takes it."""
    said = words.words_of(kind, found, where)
    name = f"{found.group}.{kind}.{(get_language() or 'en')[:2]}"
    return {
        "title": words.kind_names()[kind],
        "subtitle": said.unit,
        "label": f"{said.title}. {said.description}",
        "wide": mark_safe(text(folder, f"{name}.wide.svg")),
        "narrow": mark_safe(text(folder, f"{name}.narrow.svg")),
        "source": f"{words.caption_said(kind, is_rough=about.is_rough)} {words.source_said(about)}.",
    }


def table(found: HotSpots, kind: str) -> Table:
    """All areas: those that stand out first, then by their rows."""
    shaded = shading("lasting" if kind == "lasting" else "areas", found)
    calls, lasting = words.calls(), words.lasting_words()
    lines = [
        _line(area, shaded.number[at], calls, lasting, is_marked=area.lasting == "persistent" if kind == "lasting" else area.call == "hot")
        for at, area in enumerate(found.areas)
    ]
    ordered = sorted(lines, key=lambda line: (line.area.call != "hot", line.area.call != "cold", -line.area.count, line.area.code))
    cut = max(FIRST_SHOWN, len(found.called("hot")) + len(found.called("cold")))
    return Table(tuple(ordered[:cut]), tuple(ordered[cut:]), _residents(found))


def legend(found: HotSpots, kind: str) -> tuple[Key, ...]:
    """The classes of the map that can be moved about in; the drawn one carries its own."""
    shaded: Shading = shading("lasting" if kind == "lasting" else "areas", found)
    return tuple(
        Key(at + 1, at, SHADES[at], f"{low:,.0f}" if low == high else f"{low:,.0f}{DASH}{high:,.0f}")
        for at, (low, high) in enumerate(shaded.ranges)
    )


def _line(area: AreaLine, shade: int, calls: dict[str, str], lasting: dict[str, str], *, is_marked: bool) -> Line:
    months = _("%(hot)s of %(known)s") % {"hot": area.hot_months, "known": area.known_months} if area.known_months else ""
    limits = f"{area.rate_low:.1f} {DASH} {area.rate_high:.1f}"
    return Line(
        area, words.area_name(area.name), f"{area.rate:.1f}", limits, calls[area.call], lasting[area.lasting], months, shade, is_marked
    )


def _residents(found: HotSpots) -> str:
    """Who the rates are of, and when they were counted; each year and source once."""
    held = sorted({(line.residents_year, line.residents_source) for line in found.areas})
    return "; ".join(_("residents of %(year)s: %(source)s") % {"year": year, "source": source} for year, source in held)


def how_lasting_said(found: HotSpots) -> str:
    return _(
        "Hot in a month means among the highest twentieth of that month’s areas, with at least %(n)s rows; known months since %(first)s."
    ) % {
        "n": LEAST_ROWS,
        "first": month_said(found.lasting_first),
    }


def lasting_counts(found: HotSpots) -> list[tuple[str, int]]:
    """How many areas are of each kind of lasting, those that were never hot left out."""
    held = Counter(line.lasting for line in found.areas)
    return [(word, held[kind]) for kind, word in words.lasting_words().items() if held[kind] and kind != "never"]


def few_said(found: HotSpots) -> str:
    """How few points hold half: a sentence without its full stop."""
    told = {"few": f"{found.few:,}", "among": f"{found.among:,}", "rows": f"{found.placed:,}"}
    return ngettext(
        "%(few)s of %(among)s points with a row holds half of the %(rows)s rows",
        "%(few)s of %(among)s points with a row hold half of the %(rows)s rows",
        found.few,
    ) % told  # fmt: skip


def few_table(found: HotSpots) -> dict[str, Any]:
    return {
        "caption": few_said(found),
        "hides_caption": True,
        "stacks": True,
        "columns": [
            {"label": _("Near")},
            {"label": _("Area")},
            {"label": _("Rows"), "is_number": True},
            {"label": _("This and those above, of all"), "is_number": True},
        ],
        "rows": [
            [place.near or _("no name given"), words.area_name(place.area), place.count, f"{100 * place.share:.0f}%"]
            for place in found.places
        ],
    }


def piled_table(found: HotSpots) -> dict[str, Any]:
    return {
        "caption": _("Points with far more rows than the next"),
        "hides_caption": True,
        "stacks": True,
        "columns": [
            {"label": _("Type")},
            {"label": _("Near")},
            {"label": _("Area")},
            {"label": _("Rows"), "is_number": True},
            {"label": _("At the next point"), "is_number": True},
            {"label": _("Of the type’s rows"), "is_number": True},
        ],
        "rows": [
            [
                words.type_name(one.type),
                one.near or _("no name given"),
                words.area_name(one.area),
                one.count,
                one.next_count,
                f"{100 * one.share:.0f}%",
            ]
            for one in found.piled
        ],
    }


def own_table(about: About, group: str) -> dict[str, Any] | None:
    """Rows inside boundaries of one's own; None where there are none."""
    if not about.own:
        return None
    return {
        "caption": _("Rows inside boundaries of our own"),
        "hides_caption": True,
        "columns": [{"label": _("Boundary")}, {"label": _("Rows"), "is_number": True}],
        "rows": [[words.in_language(one["name_cy"], one["name_en"]) or one["code"], one["rows"].get(group, 0)] for one in about.own],
    }


def captions() -> dict[str, str]:
    """What must stand under the tables."""
    areas = words.captioned(Method.AREAS)
    return {
        "areas": areas,
        "few": words.captioned(Method.FEW_PLACES),
        "piled": words.captioned(Method.PILED),
        "lasting": words.captioned(Method.LASTING),
    }
