"""The figures of a few measures for a page about something else: a small chart of each, and its latest figures as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from diogel.indicators.chart_of_figures import figure_of
from diogel.indicators.figures import Said, said
from diogel.indicators.models import Measure, Observation

LATEST = 4
"""Figures that stand in the table; the others are on the measure's own page."""


@dataclass(frozen=True)
class Panel:
    """One measure: its narrow chart, or None where too little has come to draw, and its latest figures, newest first."""

    measure: Measure
    figure: dict[str, Any] | None
    lines: tuple[Said, ...]


def measured(partnership: Any, codes: Iterable[str], user: Any) -> list[Panel]:
    """A panel a measure that has figures, in the order of its code; one question for all of them."""
    wanted = list(codes)
    if not wanted:
        return []
    standing: Any = Observation.objects.standing()
    rows = standing.visible_to(user).filter(measure__partnership=partnership, measure__code__in=wanted)
    found: dict[int, list[Observation]] = {}
    for row in rows.select_related("measure", "wave").order_by("measure__code", "-to_on", "-from_on"):
        found.setdefault(row.measure_id, []).append(row)
    return [_panel(held) for held in found.values()]


def _panel(rows: list[Observation]) -> Panel:
    measure = rows[0].measure
    drawn = figure_of(measure, rows)
    return Panel(measure, drawn and drawn | {"wide": drawn["narrow"], "narrow": ""}, tuple(said(row, measure) for row in rows[:LATEST]))
