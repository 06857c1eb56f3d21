"""Which indicator shows which objective: a grid for each priority, and what is left with nothing on the other side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .models import Objective, Priority, Report


@dataclass(frozen=True)
class Row:
    """One objective, and for each indicator of its grid whether it shows this objective."""

    objective: Objective
    shown: tuple[bool, ...]

    @property
    def is_covered(self) -> bool:
        return any(self.shown)


@dataclass(frozen=True)
class Grid:
    """The objectives of one priority against the indicators reported under it, and any other that shows one of them."""

    priority: Priority
    reports: tuple[Report, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Coverage:
    """All grids of a plan; `bare` are objectives that no indicator shows, `loose` indicators that show no objective."""

    grids: tuple[Grid, ...]
    bare: tuple[Objective, ...]
    loose: tuple[Report, ...]
    objectives: int


def coverage(priorities: Iterable[Priority], objectives: Iterable[Objective], reports: Iterable[Report]) -> Coverage:
    """`reports` come with their `objectives` fetched; a priority without objectives has no grid."""
    objectives, reports = tuple(objectives), tuple(reports)
    shows = {report.pk: {each.pk for each in report.objectives.all()} for report in reports}
    covered = set().union(*shows.values())
    return Coverage(
        tuple(_grids(priorities, objectives, reports, shows)),
        tuple(each for each in objectives if each.pk not in covered),
        tuple(report for report in reports if not shows[report.pk]),
        len(objectives),
    )


def _grids(
    priorities: Iterable[Priority], objectives: tuple[Objective, ...], reports: tuple[Report, ...], shows: dict[int, set[int]]
) -> Iterator[Grid]:
    for priority in priorities:
        own = [each for each in objectives if each.priority_id == priority.pk]
        if own:
            keys = {each.pk for each in own}
            across = tuple(report for report in reports if report.priority_id == priority.pk or shows[report.pk] & keys)
            rows = (Row(each, tuple(each.pk in shows[report.pk] for report in across)) for each in own)
            yield Grid(priority, across, tuple(rows))
