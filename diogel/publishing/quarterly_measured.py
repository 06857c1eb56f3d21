"""The measures of a quarter as plain rows: this quarter and a year before, late told from missing, small sensitive counts kept back."""

from __future__ import annotations

from typing import Any

from diogel.indicators.models import Measure, Observation

from .quarterly_facts import Facts, Measured
from .snapshot_figures import figures

Row = dict[str, Any]
LATE = "late"


def measures(facts: Facts, *, keeps_back: bool) -> list[Row]:
    """One row a measure, in the order of the plan; `now` and `before` are None where no figure was due."""
    families: dict[int, list[Measured]] = {}
    for each in facts.measured:
        families.setdefault(each.whole.pk, []).append(each)
    told: dict[str, Row] = {}
    for family in families.values():
        now, before = (_column(facts, family, years_ago, keeps_back) for years_ago in (0, 1))
        for each, this, that in zip(family, now, before, strict=True):
            told[each.code] = _row(each) | {"now": _or_late(each, this, facts), "before": that}
    return [told[each.code] for each in facts.measured]


def _row(each: Measured) -> Row:
    indicator = each.indicator
    return {
        "code": each.code,
        "title": each.measure.pair("title"),
        "source": each.measure.pair("source"),
        "unit": each.measure.unit,
        "better": indicator.better if indicator else "",
        "accountability": indicator.accountability if indicator else "",
        "now_pk": each.now.pk if each.now else None,
        "before_pk": each.before.pk if each.before else None,
    }


def _column(facts: Facts, family: list[Measured], years_ago: int, keeps_back: bool) -> list[Row | None]:
    """One column of a family of figures."""
    held: dict[int, Observation] = {each.measure.pk: row for each in family if (row := each.before if years_ago else each.now)}
    rows = figures([each.measure for each in family], held, masks=facts.masks if keeps_back else None)
    return [_figure(row, held.get(each.measure.pk)) for each, row in zip(family, rows, strict=True)]


def _figure(row: Row, observation: Observation | None) -> Row | None:
    return row | {"is_corrected": bool(observation.was)} if observation else None


def _or_late(each: Measured, figure: Row | None, facts: Facts) -> Row | None:
    """What came; else that it is late; else what the police files say, where the measure is a count of them."""
    if figure is not None:
        return figure
    if each.owed:
        return {"state": LATE, "days_late": each.owed.days_late}
    return _recorded(each.measure, facts)


def _recorded(measure: Measure, facts: Facts) -> Row | None:
    if facts.look is None or not measure.crime_types or measure.is_sensitive or measure.unit != Measure.Unit.COUNT:
        return None
    areas = {measure.area.code} if measure.area else {area.code for area in facts.areas}
    counts = [row["observed"] for row in facts.look.series if row["type"] in measure.crime_types and row["area"] in areas]
    if not counts or None in counts:
        return None
    return {"state": Observation.State.FINAL, "value": sum(counts)}
