"""What papers told the public of each sensitive figure: plans and quarters, every version, withdrawn ones too, since a reader kept them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F

from diogel.analysis.periods import Quarter
from diogel.indicators.models import Observation
from diogel.people.models import Partnership
from diogel.published.models import Publication, Telling

FIGURES = "figures"
"""Where a quarter keeps what became of each figure of its measures; a plan keeps them with its indicators."""
OF_FIGURES = (Publication.Kind.PLAN, Publication.Kind.ANNUAL, Publication.Kind.QUARTER)
Number = int | float | Decimal


@dataclass(frozen=True)
class ToldFigure:
    """A figure as one paper told it: its measure's code, its days, and the numbers that were shown, none where it was withheld."""

    code: str
    from_on: date
    to_on: date
    at: datetime
    is_withheld: bool
    numbers: Mapping[str, Number]


def papers_of_figures(partnership: Partnership) -> list[Publication]:
    """Every version of every plan, year and quarter that was published, the earliest first; of the content only what became of figures."""
    rows = Publication.objects.filter(partnership=partnership.slug, kind__in=OF_FIGURES)
    parts = {"told_indicators": F("content__indicators"), "told_figures": F(f"content__{FIGURES}")}
    return list(rows.defer("content", "certificate").annotate(**parts).order_by("published_at", "pk"))


def told_in(papers: Iterable[Any]) -> list[ToldFigure]:
    """Everything that these papers told of figures, in their order."""
    found: list[ToldFigure] = []
    for paper in papers:
        if paper.kind != Publication.Kind.QUARTER:
            rows = (row for indicator in paper.told_indicators or () for row in (*indicator["figures"], *indicator.get("before", ())))
            found += (_figure(row, paper.published_at) for row in rows if row.get("from_on"))
        elif paper.told_figures is not None:
            found += (_figure(row, paper.published_at) for row in paper.told_figures)
        else:
            found += _of_an_old_quarter(paper.pk, paper.key, paper.published_at)
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
