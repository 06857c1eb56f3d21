"""Looks through a quarter's recorded figures and keeps a card for each that is unusual."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from diogel.analysis import anomalies
from diogel.analysis.findings import Finding
from diogel.analysis.findings import Look as Reckoned
from diogel.analysis.periods import Month, Quarter, months_from
from diogel.crime import counting
from diogel.crime.store import read_store
from diogel.home import today
from diogel.people.access import May, require
from diogel.people.models import Partnership
from diogel.people.writing import note, withdraw, write
from diogel.places import codes

from .drawn import drawings, marks
from .found import FindingData, Place, Was
from .made_of import places_that_make
from .models import Card, Context, Look
from .reckoned import finding_of, months_told, neighbour_of, series_of

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
    places: list[Place]
    drawings: dict[str, Any] | None = None

    @property
    def key(self) -> tuple[int, str]:
        return self.area.pk, self.type


def look(partnership: Partnership, quarter: Quarter, *, by: Any, draw: Draw = drawings) -> Look:
    """Look at every area of `partnership` and all types in `quarter`; write the look and a card for each unusual figure.

    Looking again renews what was found and keeps what was answered. A signed card whose figure was revised is reopened; a
    card whose figure is no longer unusual is withdrawn, never deleted; both are told in the log and in `changes` of the
    look that is returned. `draw` makes the charts of what is new, once. CannotLook where there is nothing to look at, or the quarter was looked at in figures of the
    other kind; PermissionDenied without LOOK_FOR_UNUSUAL.
    """
    require(by, May.LOOK_FOR_UNUSUAL, partnership)
    kind = counting.kind_of_store()
    if kind is None:
        raise CannotLook(_("No crime data are loaded yet, so there is nothing to look at."))
    areas = {area.code: area for area in partnership.areas.order_by("code")}
    excluded = excluded_months(partnership)
    reckoned, around = _reckoned(tuple(areas), quarter, excluded)
    old = Look.objects.filter(partnership=partnership, quarter=str(quarter)).first()
    gives_way = old is not None and old.is_synthetic != (kind == "synthetic")
    if old is not None and gives_way and not old.is_synthetic:
        raise CannotLook(_("This quarter was looked at in real figures. Invented ones never take their place."))
    held = {} if old is None or gives_way else _held(old)
    context = list(Context.objects.standing().filter(partnership=partnership).prefetch_related("areas"))
    found = _drawn([_found(areas[each.area], each, excluded, around, context) for each in reckoned.unusual], held, draw)
    with transaction.atomic():
        if old is not None and gives_way:
            _empty(old, by)
            old = None
        row = _write_look(old or Look(partnership=partnership, quarter=str(quarter)), reckoned, is_synthetic=kind == "synthetic", by=by)
        row.changes = _write_cards(row, found, held, by)  # type: ignore[attr-defined]
    return row


def _write_look(row: Look, reckoned: Reckoned, *, is_synthetic: bool, by: Any) -> Look:
    return write(
        row,
        by=by,
        looked_at=reckoned.looked_at,
        could_not_say=len(reckoned.findings) - reckoned.looked_at,
        by_chance=round(reckoned.unusual_by_chance, 2),
        rate=reckoned.rate,
        made_at=_now(),
        store=fingerprint(reckoned.quarter),
        is_synthetic=is_synthetic,
        series=[series_of(each) for each in reckoned.findings],
    )


def excluded_months(partnership: Partnership) -> tuple[Month, ...]:
    """Months that lie, even in part, in a recorded event which no baseline may learn from."""
    rows = Context.objects.standing().filter(partnership=partnership, is_excluded_from_baseline=True)
    return tuple(sorted({month for row in rows for month in months_from(Month.of(row.from_on), Month.of(row.to_on or today()))}))


def fingerprint(quarter: Quarter) -> str:
    """Tells apart two states of the rows that a look at `quarter` reads."""
    store = read_store()
    files = sorted(f"{file.key} {file.sha256}" for file in store.files if file.key.month <= quarter.ending)
    return hashlib.sha256("\n".join([str(store.kind), *files]).encode()).hexdigest()


def quarters() -> tuple[Quarter, ...]:
    """Quarters of which the store holds any month, the latest first."""
    return tuple(sorted({Quarter(month + (-month.month) % 3) for month in counting.months_loaded()}, reverse=True))


def _now() -> datetime:
    """This moment, on the home's own day."""
    return datetime.combine(today(), timezone.localtime().time(), tzinfo=timezone.get_current_timezone())


def _reckoned(areas: Sequence[str], quarter: Quarter, excluded: Sequence[Month]) -> tuple[Reckoned, list[Finding]]:
    """The look at the partnership's own areas, and what is to be said of all areas of their forces, in the order of codes."""
    if not areas:
        raise CannotLook(_("No area is recorded for this partnership, so there is nothing to look at."))
    try:
        forces = {codes.force_of(area) for area in areas}
        cube = counting.cube(areas=areas, last=quarter.ending)
    except codes.UnknownArea as fault:
        raise CannotLook(str(fault)) from fault
    if quarter not in quarters():
        raise CannotLook(_("No file of this quarter is loaded yet, so there is nothing to look at."))
    own = anomalies.look(cube=cube, quarter=quarter, rate=RATE, excluded=excluded)
    around = [one.code for one in codes.AUTHORITIES if one.force_slug in forces and one.code not in areas]
    if not around:
        return own, list(own.findings)
    beside = anomalies.look(cube=counting.cube(areas=around, last=quarter.ending), quarter=quarter, rate=RATE, excluded=excluded)
    return own, sorted([*own.findings, *beside.findings], key=lambda each: each.area)


def _found(area: Any, finding: Finding, excluded: Sequence[Month], around: Sequence[Finding], context: Sequence[Context]) -> _Found:
    """An unusual series as a card keeps it: its figure, how the neighbours stood, what happened, and the places that make it up."""
    data = finding_of(finding, excluded=excluded)
    data["neighbours"] = [neighbour_of(each, data["told"]) for each in around if each.type == finding.type and each.area != finding.area]
    data["events"] = marks((event for event in context if concerns(event, area.pk, finding.type)), data)
    expected = data["told"]["expected"]
    return _Found(
        area, finding.type, data, places_that_make(area.code, finding.type, months_told(data), expected=expected, excluded=excluded)
    )


def _held(look_row: Look) -> dict[tuple[int, str], Card]:
    """The cards of an earlier look, withdrawn ones too, by area and type."""
    return {(card.area_id, card.crime_type): card for card in look_row.cards.select_related("area", "look__partnership")}


def _drawn(found: Sequence[_Found], held: Mapping[tuple[int, str], Card], draw: Draw) -> list[_Found]:
    """What was found with its charts, drawn only where no card holds just this; before anything is locked for writing."""
    drawn = []
    for each in found:
        card = held.get(each.key)
        is_held = card is not None and not card.withdrawn_on and _plain(card.finding) == each.finding and card.places == each.places
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
    before = card.finding
    changed = _figure(before) != _figure(each.finding)
    lifts = changed and card.is_signed
    if changed:
        each.finding["was"] = Was(observed=before["told"]["observed"], expected=before["told"]["expected"], on=str(today()))
    elif before.get("was"):
        each.finding["was"] = before["was"]
    signature = {"signed_by": None, "signed_role": "", "signed_on": None} if lifts else {}
    _fill(card, each, by, withdrawn_on=None, **signature)
    if lifts:
        detail = {"reason": "the figure was revised", "was": before["told"]["observed"], "is": each.finding["told"]["observed"]}
        note(card, by=by, partnership=card.partnership, deed="reopened", detail=detail)
    return lifts


def _fill(card: Card, each: _Found, by: Any, **columns: Any) -> Card:
    seen = card.version if card.pk else None
    return write(card, by=by, seen=seen, finding=each.finding, places=each.places, drawings=each.drawings, **columns)


def concerns(event: Context, area_id: int, type_: str) -> bool:
    """Whether a recorded event bears on this area and type; an event that names none bears on all."""
    areas = {area.pk for area in event.areas.all()}
    return (not areas or area_id in areas) and (not event.types or type_ in event.types)


def _figure(finding: Any) -> tuple[Any, ...]:
    """What a signature stands for: the counts told of, and which way and when they are odd. Expectations may drift a little."""
    return finding["observed"], finding["told"]["observed"], finding["direction"], finding["kind"], finding["months"], finding["since"]


def _plain(finding: Any) -> Any:
    return {name: value for name, value in finding.items() if name != "was"}


def _empty(old: Look, by: Any) -> None:
    """Take away a look at invented figures with its cards: a quarter never mixes them with real ones."""
    detail = {"quarter": old.quarter, "cards": old.cards.count(), "reason": "invented figures gave way to real ones"}
    note(old, by=by, partnership=old.partnership, deed="emptied", detail=detail)
    old.delete()
