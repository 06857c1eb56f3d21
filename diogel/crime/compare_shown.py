"""Lays a kept comparison out for its page: rates with limits, places with their caution, small pictures of each area's past."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diogel.words.quarters import month_said

from .compare_found import Compared, RateLine
from .hot_kept import About, text
from .hot_words import in_language, source_said

DASH = "\N{EN DASH}"
LEAST_PERCENT = 0.5
"""A change that rounds to nought per cent gets no sign."""


def finding(found: Compared, area: str, where: str) -> str:
    """The title of the page: one sentence without its full stop."""
    line = next((one for one in found.lines if one.code == area), None)
    told = {"place": where, "what": in_language(found.name_cy, found.name_en), "month": month_said(found.ending)}
    if line is None:
        return _("%(what)s, %(place)s: not among the areas compared, year to %(month)s") % told
    numbers = {"rate": f"{line.rate:.1f}", "force": f"{found.force.get('rate', 0):.1f}"}
    if not found.force:
        return _("%(what)s, %(place)s: %(rate)s per 1,000 people in the year to %(month)s") % (told | numbers)
    words = _("%(what)s, %(place)s: %(rate)s per 1,000 people in the year to %(month)s, %(force)s in the whole force area")
    return words % (told | numbers)


def figure(folder: Path, about: About, found: Compared) -> dict[str, Any]:
    """All areas' rates with their exact limits, as `dg/figure.html` takes it."""
    name = f"{found.areas}.{found.group}.{(get_language() or 'en')[:2]}"
    what = in_language(found.name_cy, found.name_en)
    told = {"what": what, "month": month_said(found.ending)}
    rule = _("Dotted line: the whole force area, %(rate)s.") % {"rate": f"{found.force['rate']:.1f}"} if found.force else ""
    rates = "; ".join(f"{in_language(line.name_cy, line.name_en)} {line.rate:.1f}" for line in found.lines)
    return {
        "title": in_language(found.areas_cy, found.areas_en),
        "subtitle": _("%(what)s per 1,000 people, year to %(month)s, with 95%% limits") % told,
        "label": f"{rates}. {rule}",
        "wide": mark_safe(text(folder, f"{name}.wide.svg")),
        "narrow": mark_safe(text(folder, f"{name}.narrow.svg")),
        "source": f"{rule} {source_said(about)}.".strip(),
    }


def table(found: Compared, area: str) -> dict[str, Any]:
    """One row an area, the highest rate first; the area that the page is about stands out by weight."""
    columns = [
        (_("Area"), False), (_("Rows"), True), (_("Per 1,000 people"), True), (_("95% limits"), True), (_("Rank"), True),
        (_("Rank may be"), True), (_("Beside all others"), True), (_("Year before"), True), (_("Change"), True),
    ]  # fmt: skip
    return {
        "caption": _("%(what)s, year to %(month)s")
        % {"what": in_language(found.name_cy, found.name_en), "month": month_said(found.ending)},
        "note": _residents(found),
        "stacks": True,
        "columns": [{"label": label, "is_number": is_number} for label, is_number in columns],
        "rows": [{"cells": _cells(line), "is_total": line.code == area} for line in found.lines],
    }


def _cells(line: RateLine) -> list[Any]:
    may_be = str(line.place_low) if line.place_low == line.place_high else f"{line.place_low} {DASH} {line.place_high}"
    ratio = _("no value")
    if line.ratio is not None:
        high = f"{line.ratio_high:.2f}" if line.ratio_high is not None else ""
        ratio = f"{line.ratio:.2f} ({line.ratio_low:.2f} {DASH} {high})"
    return [
        in_language(line.name_cy, line.name_en), line.count, f"{line.rate:.1f}", f"{line.low:.1f} {DASH} {line.high:.1f}",
        line.place, may_be, ratio, line.year_earlier if line.year_earlier is not None else _("no data"), _change(line.percent),
    ]  # fmt: skip


def _change(percent: float | None) -> str:
    if percent is None:
        return _("too few, or no data")
    sign = "" if abs(percent) < LEAST_PERCENT else "+" if percent > 0 else "\N{MINUS SIGN}"
    return f"{sign}{abs(percent):.0f}%"


def _residents(found: Compared) -> str:
    held = sorted({(line.residents_year, line.residents_source) for line in found.lines})
    return "; ".join(_("residents of %(year)s: %(source)s") % {"year": year, "source": source} for year, source in held)


def panels(folder: Path, found: Compared, area: str) -> list[dict[str, Any]]:
    """A small picture an area, that of the page first; each with its own scale from zero."""
    language = (get_language() or "en")[:2]
    lines = sorted(found.lines, key=lambda line: (line.code != area, line.place))
    return [_panel(folder, found, line, language) for line in lines]


def _panel(folder: Path, found: Compared, line: RateLine, language: str) -> dict[str, Any]:
    seen = [(month, value) for month, value in zip(found.months, found.series[line.code], strict=True) if value is not None]
    told = {"place": in_language(line.name_cy, line.name_en), "first": f"{seen[0][1]:.1f}", "last": f"{seen[-1][1]:.1f}"} if seen else {}
    told |= {"from": month_said(seen[0][0]), "to": month_said(seen[-1][0])} if seen else {}
    return {
        "title": in_language(line.name_cy, line.name_en),
        "subtitle": f"{month_said(seen[-1][0])}: {seen[-1][1]:.1f}" if seen else _("no data"),
        "label": _("%(place)s, rolling 12 months per 1,000 people: %(first)s in the year to %(from)s, %(last)s in the year to %(to)s.")
        % told
        if seen
        else _("no data"),
        "wide": mark_safe(text(folder, f"{found.group}.{line.code}.{language}.svg")),
    }


def notes(found: Compared) -> list[str]:
    """What must be said beside the figures: whole sentences without a full stop."""
    said = []
    if found.in_the_way:
        months = ", ".join(month_said(month) for month in found.in_the_way)
        words = _(
            "No year to %(newest)s can be told: it would need %(months)s, missing or incomplete. The latest whole year ends in %(month)s"
        )
        said.append(words % {"newest": month_said(found.newest), "months": months, "month": month_said(found.ending)})
    said.append(_("A rolling year over a month without data is not drawn: the line stops there and begins again twelve months later"))
    said.append(_("Ranks are counted from the highest rate. Areas whose rates cannot be told apart share the ranks that they may have"))
    said.append(_("Rates are of residents. Visitors, and students whose home is elsewhere, are not among them"))
    if found.left_out:
        said.append(_("In this list, but not counted here: %(areas)s") % {"areas": ", ".join(found.left_out)})
    return said
