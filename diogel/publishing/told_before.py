"""What papers told the public of each sensitive figure: plans and quarters, every version, withdrawn ones too, since a reader kept them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from diogel.analysis.periods import Quarter
from diogel.indicators.models import Observation
from diogel.people.models import Partnership
from diogel.published.models import Publication, Telling

FIGURES = "figures"
"""Where a quarter keeps what became of each figure of its measures; a plan keeps them with its indicators."""
Number = int | float | Decimal
Spans = tuple[tuple[str, Quarter], tuple[str, Quarter]]


@dataclass(frozen=True)
class ToldFigure:
    """A figure as one paper told it: its measure's code, its days, and the numbers that were shown, none where it was withheld."""

    code: str
    from_on: date
    to_on: date
    at: datetime
    is_withheld: bool
    numbers: Mapping[str, Number]


def told_figures(partnership: Partnership) -> list[ToldFigure]:
    """Everything that was told of figures, the earliest first."""
    rows = Publication.objects.filter(partnership=partnership.slug, kind__in=(Publication.Kind.PLAN, Publication.Kind.QUARTER))
    held = rows.order_by("published_at", "pk").values_list(
        "pk", "kind", "key", "published_at", "content__indicators", f"content__{FIGURES}"
    )
    found: list[ToldFigure] = []
    for pk, kind, key, at, indicators, figures in held:
        if kind == Publication.Kind.PLAN:
            found += (_figure(row, at) for indicator in indicators or () for row in indicator["figures"] if row.get("from_on"))
        elif figures is not None:
            found += (_figure(row, at) for row in figures)
        else:
            found += _of_an_old_quarter(pk, key, at)
    return found


def figures_of_quarter(quarter: Quarter, measures: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What is frozen with a quarter's paper: for each figure of its table what was shown of it, or that it was withheld."""
    found = []
    for row in measures:
        for name, of in (("now", quarter), ("before", quarter - 4)):
            if (figure := row[name]) and (figure.get("is_withheld") or figure.get("value") is not None or figure.get("part") is not None):
                days = {"from_on": of.first_day.isoformat(), "to_on": of.last_day.isoformat()}
                shown = {key: figure[key] for key in ("is_withheld", "value", "part", "whole", "base")}
                found.append({"code": row["code"]} | days | shown)
    return found


def _figure(row: Mapping[str, Any], at: datetime) -> ToldFigure:
    numbers = {name: row[name] for name in ("value", "part", "whole", "base") if row.get(name) is not None}
    days = date.fromisoformat(row["from_on"]), date.fromisoformat(row["to_on"])
    return ToldFigure(row["code"], *days, at, bool(row["is_withheld"]), numbers)


def _of_an_old_quarter(pk: int, key: str, at: datetime) -> Iterator[ToldFigure]:
    """A quarter frozen before papers kept what became of each figure: it withheld counts of 1 to 4 by themselves, and told the others."""
    codes = Telling.objects.filter(publication=pk, kind=Telling.Kind.MEASURE).values_list("row", flat=True)
    quarter = Quarter.parse(key)
    for of in (quarter, quarter - 4):
        rows = Observation.objects.filter(measure__in=list(codes), from_on=of.first_day, to_on=of.last_day, wave=None, withdrawn_on=None)
        for row in rows.select_related("measure"):
            named = {"value": row.value, "part": row.numerator, "whole": row.denominator, "base": row.base}
            numbers: dict[str, Number] = {name: number for name, number in named.items() if number is not None}
            is_small = any(0 < number < 5 for name, number in numbers.items() if name in ("value", "part"))
            yield ToldFigure(row.measure.code, row.from_on, row.to_on, at, is_small, {} if is_small else numbers)
