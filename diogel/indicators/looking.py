"""Looks through a quarter's recorded figures and keeps a card for each that is unusual."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from diogel.analysis import anomalies
from diogel.analysis.findings import Finding
from diogel.analysis.findings import Look as Reckoned
from diogel.analysis.periods import Month, Quarter, months_from
from diogel.analysis.reading.police_uk import TYPES
from diogel.analysis.revisions import Revisions
from diogel.crime import counting
from diogel.crime.store import read_store
from diogel.home import moment, today
from diogel.people.access import May, require
from diogel.people.models import Partnership
from diogel.people.writing import note, withdraw, write
from diogel.places import codes

from . import vintage
from .account import as_values, parts_by
from .cards import figure_of, is_beyond_bound, lifted
from .drawn import drawings, marks
from .explained import Beside, explained, similar_areas, together
from .found import FindingData, Place, Was
from .made_of import places_of
from .models import Card, Context, Look
from .reckoned import finding_of, neighbour_of, series_of

Draw = Callable[[FindingData, Sequence[Place]], dict[str, Any]]

RATE = 0.10
"""Of the figures that get a card, this share is expected to be chance, at most."""


class CannotLook(Exception):
    """Why a quarter was not looked through, in one sentence for the person who asked."""


@dataclass(frozen=True)
class Changes:
    """What one look did to the cards of its quarter: their keys."""

    made: tuple[int, ...] = ()
    renewed: tuple[int, ...] = ()
    reopened: tuple[int, ...] = ()
    withdrawn: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Found:
    """One unusual series, ready to be written. `drawings` is None where the card already holds what was found."""

    area: Any
    type: str
    finding: FindingData
    account: dict[str, Any]
    places: list[Place]
    drawings: dict[str, Any] | None = None

    @property
    def key(self) -> tuple[int, str]:
        return self.area.pk, self.type


def look(partnership: Partnership, quarter: Quarter, *, by: Any, draw: Draw = drawings) -> Look:
    """Look at every area of `partnership` and all types in `quarter`; write the look and a card for each unusual figure.

    Looking again renews what was found and keeps what was answered. A signed card whose figure moved beyond the bound of `cards` is
    reopened; a
    card whose figure is no longer unusual is withdrawn, never deleted; both are told in the log and in `changes` of the
    look that is returned. `draw` makes the charts of what is new, once. CannotLook where there is nothing to look at, the quarter
    is not over, or it was looked at in figures of the other kind; PermissionDenied without LOOK_FOR_UNUSUAL.
    """
    require(by, May.LOOK_FOR_UNUSUAL, partnership)
    kind = counting.kind_of_store()
    if kind is None:
        raise CannotLook(_("No crime data are loaded yet, so there is nothing to look at."))
    if not counting.is_over(quarter):
        raise CannotLook(_("This quarter has not ended yet, so it cannot be looked through."))
    areas = {area.code: area for area in partnership.areas.order_by("code")}
    context = list(Context.objects.standing().filter(partnership=partnership).prefetch_related("areas"))
    reckoned, beside = _reckoned(tuple(areas), quarter, context)
    old = Look.objects.filter(partnership=partnership, quarter=str(quarter)).first()
    gives_way = old is not None and old.is_synthetic != (kind == "synthetic")
    if old is not None and gives_way and not old.is_synthetic:
        raise CannotLook(_("This quarter was looked at in real figures. Invented ones never take their place."))
    held = {} if old is None or gives_way else _held(old)
    now = vintage.counted(tuple(areas), quarter)
    told = {} if old is None or gives_way else old.vintage
    revisions = vintage.revised_since(told, now)
    found = _drawn([_found(areas[each.area], each, beside, context, revisions) for each in reckoned.unusual], held, draw)
    with transaction.atomic():
        if old is not None and gives_way:
            _empty(old, by)
            old = None
        row = old or Look(partnership=partnership, quarter=str(quarter))
        kept = vintage.first_told(told, now)
        row = _write_look(row, reckoned, vintage=kept, is_synthetic=kind == "synthetic", by=by)
        row.changes = _write_cards(row, found, held, by)  # type: ignore[attr-defined]
    return row


def _write_look(row: Look, reckoned: Reckoned, *, by: Any, **columns: Any) -> Look:
    return write(
        row,
        by=by,
        looked_at=reckoned.looked_at,
        could_not_say=len(reckoned.findings) - reckoned.looked_at,
        by_chance=round(reckoned.unusual_by_chance, 2),
        rate=reckoned.rate,
        made_at=moment(),
        store=fingerprint(reckoned.quarter),
        series=[series_of(each) for each in reckoned.findings],
        **columns,
    )


def excluded_months(partnership: Partnership) -> tuple[Month, ...]:
    """Months that lie, even in part, in a recorded event from which no series of the partnership learns what is usual."""
    rows = Context.objects.standing().filter(partnership=partnership, is_excluded_from_baseline=True).prefetch_related("areas")
    own = {area.code for area in partnership.areas.all()}
    everywhere = [row for row in rows if not row.types and all(_touches(row, area) for area in own)]
    return tuple(sorted({month for row in everywhere for month in _months(row)}))


def left_out(context: Iterable[Context], areas: Iterable[str]) -> dict[tuple[str, str], tuple[Month, ...]]:
    """By area and type, the months that no baseline of that series may learn from; series without any are not in it.

    `context` are standing events with their areas; one that names no area or no type bears on all of them, those of the
    neighbours too.
    """
    found: dict[tuple[str, str], set[Month]] = {}
    areas = tuple(areas)
    for event in context:
        if event.is_excluded_from_baseline:
            for series in product((area for area in areas if _touches(event, area)), event.types or TYPES):
                found.setdefault(series, set()).update(_months(event))
    return {series: tuple(sorted(months)) for series, months in found.items()}


def _months(event: Context) -> Iterable[Month]:
    return months_from(Month.of(event.from_on), Month.of(event.to_on or today()))


def _touches(event: Context, area: str) -> bool:
    """Whether a recorded event bears on an area; one that names none bears on all."""
    named = {each.code for each in event.areas.all()}
    return not named or area in named


def fingerprint(quarter: Quarter) -> str:
    """Tells apart two states of the rows that a look at `quarter` reads."""
    store = read_store()
    files = sorted(f"{file.key} {file.sha256}" for file in store.files if file.key.month <= quarter.ending)
    return hashlib.sha256("\n".join([str(store.kind), *files]).encode()).hexdigest()


def revised_quarters(partnership: Partnership) -> tuple[Quarter, ...]:
    """Quarters that were looked through in rows that have changed since, the earliest first."""
    held = Look.objects.filter(partnership=partnership).values_list("quarter", "store")
    found = {Quarter.parse(quarter): store for quarter, store in held}
    return tuple(sorted(quarter for quarter, store in found.items() if quarter in quarters() and fingerprint(quarter) != store))


def quarters() -> tuple[Quarter, ...]:
    """Quarters that are over and of which the store holds any month, the latest first."""
    held = {Quarter(month + (-month.month) % 3) for month in counting.months_loaded()}
    return tuple(sorted(filter(counting.is_over, held), reverse=True))


def _reckoned(areas: Sequence[str], quarter: Quarter, context: Sequence[Context]) -> tuple[Reckoned, Beside]:
    """The look at the partnership's own areas, and what stands beside the figures that are unusual."""
    if not areas:
        raise CannotLook(_("No area is recorded for this partnership, so there is nothing to look at."))
    try:
        forces = {area: codes.force_of(area) for area in areas}
        cube = counting.cube(areas=areas, last=quarter.ending)
    except codes.UnknownArea as fault:
        raise CannotLook(str(fault)) from fault
    if quarter not in quarters():
        raise CannotLook(_("No file of this quarter is loaded yet, so there is nothing to look at."))
    own = anomalies.look(cube=cube, quarter=quarter, rate=RATE, excluded=left_out(context, areas))
    inside = [one for one in codes.AUTHORITIES if one.force_slug in forces.values()]
    around = [one.code for one in inside if one.code not in areas]
    odd = sorted({each.area for each in own.unusual})
    others = {area: [one.code for one in inside if one.force_slug == forces[area] and one.code != area] for area in odd}
    everywhere = left_out(context, [one.code for one in codes.AUTHORITIES])
    rest, group = (together(each, quarter, everywhere) for each in (others, similar_areas(odd, quarter.ending)))
    if not around:
        return own, Beside(own.findings, rest, group)
    nearby = counting.cube(areas=around, last=quarter.ending)
    look = anomalies.look(cube=nearby, quarter=quarter, rate=RATE, excluded=left_out(context, around))
    return own, Beside(sorted([*own.findings, *look.findings], key=lambda each: each.area), rest, group)


def _found(area: Any, finding: Finding, beside: Beside, context: Sequence[Context], revisions: Revisions | None) -> _Found:
    """An unusual series as a card keeps it: its figure, how the neighbours stood, what happened, what the figures say of it and of
    themselves, and the places that make it up."""
    data = finding_of(finding)
    data["neighbours"] = [
        neighbour_of(each, data["told"]) for each in beside.around if each.type == finding.type and each.area != finding.area
    ]
    data["events"] = marks((event for event in context if concerns(event, area.pk, finding.type)), data)
    told = explained(finding, beside=beside, context=context, revisions=revisions)
    return _Found(area, finding.type, data, as_values(told), places_of(parts_by(told, "place")))


def _held(look_row: Look) -> dict[tuple[int, str], Card]:
    """The cards of an earlier look, withdrawn ones too, by area and type."""
    return {(card.area_id, card.crime_type): card for card in look_row.cards.select_related("area", "look__partnership")}


def _drawn(found: Sequence[_Found], held: Mapping[tuple[int, str], Card], draw: Draw) -> list[_Found]:
    """What was found with its charts, drawn only where no card holds just this; before anything is locked for writing."""
    drawn = []
    for each in found:
        card = held.get(each.key)
        holds = (each.finding, each.account, each.places)
        is_held = card is not None and not card.withdrawn_on and (_plain(card.finding), card.account, card.places) == holds
        drawn.append(each if is_held else replace(each, drawings=draw(each.finding, each.places)))
    return drawn


def _write_cards(row: Look, found: Sequence[_Found], held: Mapping[tuple[int, str], Card], by: Any) -> Changes:
    """Make, renew, reopen and withdraw the cards of a look, so that they say what was found."""
    made: list[int] = []
    renewed: list[int] = []
    reopened: list[int] = []
    withdrawn: list[int] = []
    for each in found:
        card = held.get(each.key)
        if card is None:
            made.append(_fill(Card(look=row, area=each.area, crime_type=each.type), each, by).pk)
        elif each.drawings is not None:
            (reopened if _renew(card, each, by) else renewed).append(card.pk)
    for key in held.keys() - {each.key for each in found}:
        if not held[key].withdrawn_on:
            withdraw(held[key], by=by, seen=held[key].version, reason="no longer unusual in the data as they now are")
            withdrawn.append(held[key].pk)
    return Changes(tuple(made), tuple(renewed), tuple(reopened), tuple(sorted(withdrawn)))


def _renew(card: Card, each: _Found, by: Any) -> bool:
    """Write what is now found over what was; answers stay. True where a signature was lifted because the figure changed."""
    before, now = card.finding, figure_of(each.finding)
    signed = card.signed_figure or figure_of(before)
    lifts = card.is_signed and (is_beyond_bound(signed, now) or card.withdrawn_on is not None)
    if figure_of(before) != now:
        each.finding["was"] = Was(observed=before["told"]["observed"], expected=before["told"]["expected"], on=str(today()))
    elif before.get("was"):
        each.finding["was"] = before["was"]
    _fill(card, each, by, withdrawn_on=None, **(lifted(card, why="revised") if lifts else {}))
    if lifts:
        changed = sorted(name for name in now if signed[name] != now[name])
        detail = {"reason": "the figure was revised", "was": signed["told"], "is": now["told"], "changed": changed}
        note(card, by=by, partnership=card.partnership, deed="reopened", detail=detail)
    return lifts


def _fill(card: Card, each: _Found, by: Any, **columns: Any) -> Card:
    seen = card.version if card.pk else None
    return write(card, by=by, seen=seen, finding=each.finding, account=each.account, places=each.places, drawings=each.drawings, **columns)


def concerns(event: Context, area_id: int, type_: str) -> bool:
    """Whether a recorded event bears on this area and type; an event that names none bears on all."""
    areas = {area.pk for area in event.areas.all()}
    return (not areas or area_id in areas) and (not event.types or type_ in event.types)


def _plain(finding: Any) -> Any:
    return {name: value for name, value in finding.items() if name != "was"}


def _empty(old: Look, by: Any) -> None:
    """Take away a look at invented figures with its cards: a quarter never mixes them with real ones."""
    detail = {"quarter": old.quarter, "cards": old.cards.count(), "reason": "invented figures gave way to real ones"}
    note(old, by=by, partnership=old.partnership, deed="emptied", detail=detail)
    old.delete()
