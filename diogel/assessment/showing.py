"""An assessment's themes as rows of a table and dots of a matrix, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.people.access import May, may

from . import matrix
from .bands import Band
from .forms_scoring import said
from .models import Assessment, Score, Theme
from .reading import Whole
from .waiting import Hindrance

READ_BY_ALL = ("year_theme", "agreeing", "methods", "method", "scorers")
"""Pages on which something is mended that whoever sees the desk may read."""


def missing_shown(assessment: Assessment, found: Iterable[Hindrance], user: Any) -> list[dict[str, Any]]:
    """What is missing, each with the address at which one mends it: nothing for who may not go there."""
    powers = {need: may(user, need, assessment.partnership) for need in (May.SEE_DESK, May.EDIT_ASSESSMENT)}
    slug, shown = assessment.partnership.slug, []
    for each in found:
        goes = powers[May.SEE_DESK if each.view in READ_BY_ALL else May.EDIT_ASSESSMENT]
        shown.append({"it": each, "url": reverse(f"assessment:{each.view}", args=[slug, *each.args]) if goes else ""})
    return shown


def theme_rows(whole: Whole) -> list[dict[str, Any]]:
    """Themes in the order of their scores, numbered as the matrix numbers them."""
    rows = []
    for number, theme in enumerate(whole.in_order(), start=1):
        last = whole.last_year.get(theme.pk)
        rows.append(
            {
                "number": number,
                "theme": theme,
                "score": whole.agreed.get(theme.pk),
                "standing": whole.standing_of(theme),
                "rank": whole.rank_of(theme),
                "last": last,
                "moved": _moved(theme.band, last["band"] if last else ""),
                "gave": len(whole.scored_by.get(theme.pk, ())),
                "asked": len(whole.scorers),
                "evidence": len(whole.evidence[theme.pk]),
            }
        )
    return rows


def _moved(now: str, before: str) -> str:
    """What became of the band since last year, where both are known."""
    order = list(Band.values)
    if now not in order or before not in order:
        return ""
    step = order.index(before) - order.index(now)
    return _("higher than last year") if step > 0 else _("lower than last year") if step < 0 else _("as last year")


def survives(row: dict[str, Any]) -> str:
    """Whether the rank would survive one step either way, in a sentence; nothing where it was not reckoned."""
    standing = row["standing"]
    if standing is None or standing.one_change is None:
        return ""
    if standing.survives:
        return _("The rank stays whatever single value moves by one.")
    high, low = standing.one_change
    return _("If one value moved by one, the rank could lie anywhere from %(high)s to %(low)s.") % {"high": high, "low": low}


def figure(whole: Whole, rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The matrix with its table, as `dg/figure.html` draws it; None where no theme has a score by the assessment's method."""
    method = whole.assessment.method
    scored = [row for row in rows if method and row["score"] and row["score"].method_id == method.pk]
    if not method or not scored:
        return None
    across, up = matrix.axes(method.scale)
    spots = [
        matrix.Spot(number=row["number"], x=row["score"].parts[across], y=row["score"].parts[up] if up else row["score"].risk)
        for row in scored
    ]
    drawn = matrix.picture(method.scale, spots, _axis_words(up))
    highest = scored[0]
    names = {"theme": _title(highest["theme"]), "n": len(scored)}
    return {
        "heading": _("Impact beside likelihood") if up else _("Risk beside the ability to respond"),
        "title": _("%(theme)s stands highest") % names,
        "subtitle": _axis_words(up).up + " · " + _axis_words(up).across,
        "label": ngettext(
            "Matrix of %(n)s theme. The table below says the same in figures.",
            "Matrix of %(n)s themes. The table below says the same in figures.",
            len(scored),
        )
        % names,
        "wide": drawn.wide,
        "narrow": drawn.narrow,
        "table": _table(whole, scored, across, up),
    }


def _axis_words(up: str) -> matrix.Words:
    bands = {band.value: str(band.label) for band in Band}
    if up:
        return matrix.Words(
            across=_("Likelihood"), across_least=_("unlikely"), across_most=_("almost certain"), up=_("Impact"), bands=bands
        )
    return matrix.Words(
        across=_("Ability to respond"),
        across_least=_("services are ready"),
        across_most=_("services are not ready"),
        up=_("Risk"),
        bands=bands,
    )


def _table(whole: Whole, scored: list[dict[str, Any]], across: str, up: str) -> dict[str, Any]:
    words = _axis_words(up)
    columns = [
        {"label": _("Theme")},
        {"label": words.up, "is_number": True},
        {"label": words.across, "is_number": True},
        {"label": _("Risk"), "is_number": True},
        {"label": _("Band")},
        {"label": _("Confidence")},
    ]
    rows = [
        [
            f"{row['number']}. {_title(row['theme'])}",
            row["score"].parts[up] if up else row["score"].risk,
            row["score"].parts[across],
            row["score"].risk,
            Band(row["score"].band).label,
            row["score"].confidence,
        ]
        for row in scored
    ]
    if not up:
        columns.pop(3)
        rows = [[*row[:3], *row[4:]] for row in rows]
    return {"caption": _("Themes on the matrix"), "columns": columns, "rows": rows, "stacks": True}


def part_name(code: str) -> str:
    """What a part of a method is called; of one that somebody made, its short name."""
    names = {
        "harm": _("Harm"),
        "likelihood": _("Likelihood"),
        "position": _("Ability to respond"),
        "impact": _("Impact"),
        "response": _("How ready services are"),
    }
    return names.get(code, code)


def parts_of(score: Score) -> list[tuple[str, int, int]]:
    """(name, value, highest) of each part of a score; of one from before methods were kept, its three totals."""
    highest = {part.code: part.high for part in score.method.scale.parts} if score.method else {"harm": 24, "likelihood": 5, "response": 5}
    return [(part_name(code), value, highest.get(code, value)) for code, value in score.parts.items()]


def dissents_of(theme: Theme, rows: Any) -> list[dict[str, Any]]:
    """Who does not agree, with the factor by name."""
    factors = theme.assessment.method.scale.factors if theme.assessment.method else {}
    return [
        {"row": row, "factor": said(factors[row.factor].name_cy, factors[row.factor].name_en) if row.factor in factors else row.factor}
        for row in rows
    ]


def spread(scores: list[Score]) -> list[dict[str, Any]]:
    """For each factor of the method, what every scorer gave, lowest first, and how far they lie apart."""
    method = scores[0].method if scores else None
    if method is None:
        return []
    rows = []
    for part in method.scale.parts:
        for factor in part.factors:
            given = [score.values[factor.code] for score in scores if factor.code in score.values]
            apart = max(given) - min(given) if given else 0
            rows.append(
                {
                    "code": factor.code,
                    "name": said(factor.name_cy, factor.name_en),
                    "given": [score.values.get(factor.code) for score in scores],
                    "low": min(given, default=None),
                    "high": max(given, default=None),
                    "apart": apart,
                    "middle": sorted(given)[len(given) // 2] if given else None,
                }
            )
    return rows


def _title(theme: Theme) -> str:
    pair = theme.pair("title")
    return pair.say() or pair.en or pair.cy
