"""Asks the figures themselves about an unusual one: what makes it up, who else moved, what was recorded, whether the data are whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from diogel.analysis import anomalies, steps
from diogel.analysis.counts import Cube
from diogel.analysis.explain import Doubts, Event, Explanation, Parts, StepSeen, explain, figure_of, shape_of
from diogel.analysis.findings import Finding
from diogel.analysis.periods import Month, Quarter
from diogel.analysis.revisions import Revisions, doubts_of
from diogel.crime import counting
from diogel.crime.compare_groups import BadList, area_groups, the_force
from diogel.places import codes

from .made_of import Figure, parts_by_place, parts_by_street
from .models import Context

RECORDING = Context.Kind.RECORDING
NEAR = 3
"""Months by which a dated step may lie off the month since which a look calls the level unusual."""
Together = dict[tuple[str, str], Finding]


@dataclass(frozen=True)
class Beside:
    """What stands beside the unusual figures of a look: findings of all authorities of the forces; of the rest of an area's force
    as one, and of the areas most similar to it as one, both by the area's own code and the type."""

    around: Sequence[Finding] = ()
    force: Together = field(default_factory=dict)
    group: Together = field(default_factory=dict)


def explained(
    finding: Finding, *, beside: Beside, context: Iterable[Context], revisions: Revisions | None = None, seed: int = 0
) -> Explanation:
    """What is to be said of one unusual finding.

    `context` are the standing events with their areas; `revisions` what changed since the counts were first told. `seed` starts
    the drawing of series that a level's step is tested against.
    """
    events = [_event(row) for row in context]
    step = dated_step(finding, seed=seed)
    shape = shape_of(finding, step=step)
    months, observed, expected, _low, _high = figure_of(finding, shape)
    parts: list[Parts] = []
    if observed is not None and expected is not None:
        figure = Figure(finding.area, finding.type, months, observed, expected, finding.excluded)
        parts = [each for each in (parts_by_place(figure), parts_by_street(figure)) if each is not None]
    return explain(
        finding,
        parts=parts,
        neighbours=[each for each in beside.around if each.type == finding.type and each.area != finding.area],
        force=beside.force.get((finding.area, finding.type)),
        group=beside.group.get((finding.area, finding.type)),
        events=events,
        step=step,
        doubts=_doubts(finding, months, context, revisions),
    )


def together(groups: Mapping[str, Sequence[str]], quarter: Quarter, left_out: Mapping[tuple[str, str], Sequence[Month]]) -> Together:
    """Several areas counted as one, each group under the code of the area that it is compared with: by that code and the type.

    `left_out` are the months by (area, type) that teach nothing; of a group those that none of its members learns from.
    """
    groups = {area: members for area, members in groups.items() if members}
    if not groups:
        return {}
    cube = counting.cube(areas=sorted({member for members in groups.values() for member in members}), last=quarter.ending)
    rows = [[cube.area_at(member) for member in members] for members in groups.values()]
    whole = Cube(
        tuple(groups),
        cube.types,
        cube.months,
        np.stack([cube.values[row].sum(axis=0) for row in rows]),
        np.stack([cube.known[row].all(axis=0) for row in rows]),
    )
    excluded = {}
    for area, members in groups.items():
        for type_ in cube.types:
            if months := set.intersection(*(set(left_out.get((member, type_), ())) for member in members)):
                excluded[area, type_] = tuple(sorted(months))
    look = anomalies.look(cube=whole, quarter=quarter, excluded=excluded)
    return {(each.area, each.type): each for each in look.findings}


def similar_areas(areas: Iterable[str], month: Month) -> dict[str, list[str]]:
    """The members of the list of similar areas that each of these stands in, without itself, as the home's file gives it for the
    month; none where the list names an area whose rows are not counted here: half a group says nothing of the whole."""
    try:
        groups = [one for one in area_groups(month) if one.code != the_force().code and set(one.counted) == set(one.areas)]
    except BadList:
        return {}
    found = {area: next((one for one in groups if area in one.areas), None) for area in areas}
    return {area: sorted(set(one.areas) - {area}) for area, one in found.items() if one}


def dated_step(finding: Finding, *, seed: int = 0) -> StepSeen | None:
    """When a new level most likely began, measured on what was expected; None where the level is not what is unusual, or the
    step that is found does not agree with the month since which it is."""
    if finding.kind != "level" or finding.since is None:
        return None
    points = [one for one in finding.monthly if one.month <= finding.quarter.ending]
    known = np.array([one.observed is not None and bool(one.expected) for one in points])
    counts = np.array([one.observed or 0 for one in points])
    usual = np.array([one.expected or 1.0 for one in points])
    (found,) = steps.find(
        counts[None, :], rng=np.random.default_rng(seed), known=known[None, :], exposure=(usual / usual[known].mean())[None, :]
    )
    sign = 1 if finding.direction == "higher" else -1
    for at, step in enumerate(found.steps):
        began = points[step.at].month
        before, after = found.levels[at], found.levels[at + 1]
        # The look tries two stretches only, of three and of six months before the quarter: the true month lies near, not on it.
        if abs(began.since(finding.since)) <= NEAR and sign * (after - before) > 0:
            return StepSeen(since=began, first=points[step.earliest].month, last=points[step.latest].month, before=before, after=after)
    return None


def _event(row: Context) -> Event:
    pair = row.pair("title")
    return Event(
        title=(pair.cy or pair.en, pair.en or pair.cy),
        kind=row.kind,
        first=Month.of(row.from_on),
        last=Month.of(row.to_on) if row.to_on else None,
        areas=tuple(sorted(each.code for each in row.areas.all())),
        types=tuple(row.types),
    )


def _doubts(finding: Finding, months: Sequence[Month], context: Iterable[Any], revisions: Revisions | None) -> Doubts:
    """Months between the figure's first and last that came in part; those in which a rule of recording began to change, or rows moved
    from one type to another between two vintages; and what the figure was before it was revised."""
    span = range(months[0].index, months[-1].index + 1)
    partial = tuple(month for month in counting.partial_months(force=codes.force_of(finding.area)) if month.index in span)
    changed = {
        Month.of(row.from_on)
        for row in context
        if row.kind == RECORDING and _bears_on(row, finding) and Month.of(row.from_on).index in span
    }
    told = Doubts()
    if revisions and finding.area in revisions.areas and finding.type in revisions.types:
        told = doubts_of(revisions, area=finding.area, type_=finding.type, months=months)
    return Doubts(partial=partial, was=told.was, recoded=tuple(sorted(changed | set(told.recoded))))


def _bears_on(row: Context, finding: Finding) -> bool:
    areas = {each.code for each in row.areas.all()}
    return (not areas or finding.area in areas) and (not row.types or finding.type in row.types)
