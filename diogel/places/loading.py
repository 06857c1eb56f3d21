"""Puts areas, what they lie in, their outlines and their populations into the database; twice is as good as once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from diogel.analysis.reading.ons import AreaRow, PopulationRow, Reading, Succession
from diogel.words.pairs import PairState, state_after

from . import codes
from .models import Area, Population

Key = tuple[str, str]
BATCH = 500
WRITTEN = ["vintage", "name_cy", "name_en", "name_state", "boundary"]


class NoSuchArea(LookupError):
    """An area that another one is said to lie in, and that is not here."""


@dataclass(frozen=True)
class Stored:
    """How many rows were made, changed, or stood so already; `unknown` counts residents of areas that are not here."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    links: int = 0
    populations: int = 0
    unknown: int = 0


def store(reading: Reading) -> Stored:
    """Write what one file holds, whole or not at all. Areas are public reference rows, so they are written in bulk."""
    with transaction.atomic():
        told = _store_areas(reading.areas)
        keys = {(row.kind, row.code) for row in reading.areas} | {parent for row in reading.areas for parent in row.parents}
        keys |= {(row.kind, row.code) for row in reading.populations}
        keys |= {key for each in reading.successions for key in (("lsoa11", each.old), ("lsoa21", each.new))}
        found = _keys(keys)
        links = _link(found, [((row.kind, row.code), parent) for row in reading.areas for parent in row.parents])
        links += _succeed(found, reading.successions)
        populations, unknown = _populate(found, reading.populations)
        return replace(told, links=links, populations=populations, unknown=unknown)


def load_builtin(*, by: Any) -> Stored:
    """The six authorities of North Wales with their codes, LSOAs of both vintages, and populations, from `codes.py`.

    Quick and safe to call again. Only the installation itself loads places: PermissionError for anyone else.
    """
    if getattr(by, "reference", "") != "installation":
        raise PermissionError("only the installation itself loads places")
    with transaction.atomic():
        return store(builtin())


def builtin() -> Reading:
    """The built-in table as a reading, like that of a file."""
    areas: dict[Key, AreaRow] = {}
    for one in codes.AUTHORITIES:
        for kind, code, parents in (
            ("force", one.force, ()),
            ("csp", one.csp, (("force", one.force),)),
            ("authority", one.code, (("csp", one.csp),)),
        ):
            cy, en = codes.name_of(code)
            areas[kind, code] = AreaRow(kind, code, 2021, en, cy, parents)
    for change in codes.changes():
        parents = (("authority", change.authority),)
        # LSOAs are published under one name, which serves in both languages.
        areas["lsoa11", change.lsoa11] = AreaRow("lsoa11", change.lsoa11, 2011, change.lsoa11_name, change.lsoa11_name, parents)
        areas["lsoa21", change.lsoa21] = AreaRow("lsoa21", change.lsoa21, 2021, change.lsoa21_name, change.lsoa21_name, parents)
    successions = tuple(Succession(change.lsoa11, change.lsoa21, change.change) for change in codes.changes())
    return Reading(codes.DATA, "changes", tuple(areas.values()), tuple(_builtin_populations(areas)), successions, len(areas))


def _builtin_populations(areas: Iterable[Key]) -> Iterable[PopulationRow]:
    for kind, code in areas:
        if kind == "lsoa11":
            continue
        for year in (2020, 2021):
            told = codes.population(code, year) if kind in ("csp", "force") else codes.own_population(code, year)
            if told:
                yield PopulationRow(kind, code, year, told.residents, told.source)


def put_own_area(
    *,
    code: str,
    name_cy: str,
    name_en: str,
    parent: str,
    vintage: int | None = None,
    boundary: dict[str, Any] | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    successor: str = "",
) -> Area:
    """A boundary of one's own, such as a town centre, within the local authority whose code is `parent`; made or corrected.
    Where the town became a city, `successor` is the code of the new one, which must be here. NoSuchArea where one is not."""
    found = _keys({("authority", parent), ("own", successor)})
    for key in (("authority", parent), *([("own", successor)] if successor else [])):
        if key not in found:
            raise NoSuchArea(_("There is no area %(other)s for %(code)s to lie in or to become.") % {"other": key[1], "code": code})
    area = Area.objects.filter(kind=Area.Kind.OWN, code=code).first() or Area(kind=Area.Kind.OWN, code=code)
    area.vintage = vintage or area.vintage or (valid_from.year if valid_from else 2021)
    area.name_cy, area.name_en = name_cy, name_en
    area.name_state = PairState.CHECKED if name_cy and name_en else PairState.MISSING
    area.boundary = boundary or area.boundary
    area.valid_from, area.valid_to = valid_from, valid_to
    area.successor_id = found.get(("own", successor))
    with transaction.atomic():
        area.full_clean(validate_unique=not area.pk)
        area.save()
        area.parents.set([found["authority", parent]])
    return area


def _keys(keys: Iterable[Key]) -> dict[Key, int]:
    """The database's own keys of areas by (kind, code)."""
    kinds = {kind for kind, _ in keys}
    wanted = set(keys)
    rows = Area.objects.filter(kind__in=kinds).values_list("kind", "code", "pk")
    return {(kind, code): pk for kind, code, pk in rows if (kind, code) in wanted}


def _store_areas(rows: Iterable[AreaRow]) -> Stored:
    """Make and change areas. What is empty is filled in by any file; a name or outline that stands is replaced by one of a later
    vintage only, so that files give the same whatever their order."""
    told = {(row.kind, row.code): row for row in rows}
    standing = {(area.kind, area.code): area for area in Area.objects.filter(kind__in={kind for kind, _ in told})}
    created, changed = [], []
    for key, row in told.items():
        area = standing.get(key)
        if area is None:
            created.append(_fill(Area(kind=row.kind, code=row.code, vintage=row.vintage), row))
            continue
        before = [getattr(area, name) for name in WRITTEN]
        if [getattr(_fill(area, row), name) for name in WRITTEN] != before:
            changed.append(area)
    Area.objects.bulk_create(created, batch_size=BATCH)
    Area.objects.bulk_create(changed, batch_size=BATCH, update_conflicts=True, unique_fields=["code", "kind"], update_fields=WRITTEN)
    return Stored(created=len(created), changed=len(changed), unchanged=len(told) - len(created) - len(changed))


def _fill(area: Area, row: AreaRow) -> Area:
    """Write into `area` what `row` tells of it."""
    is_later, was = row.vintage > area.vintage, area.pair("name")
    cy, en = _newer(was.cy, row.name_cy, is_later), _newer(was.en, row.name_en, is_later)
    if area.kind in (Area.Kind.LSOA11, Area.Kind.LSOA21) and not row.name_cy:
        cy = en
    if (cy, en) != (was.cy, was.en):
        # Names that ONS publishes in both languages are official in both.
        is_official = bool(cy and en and (cy == en or (row.name_cy and row.name_en)))
        area.name_state = PairState.CHECKED if is_official else state_after(was if area.pk else None, cy, en)
    area.name_cy, area.name_en = cy, en
    area.boundary = _newer(area.boundary, row.boundary, is_later)
    area.vintage = max(area.vintage, row.vintage)
    return area


def _newer(stands: Any, told: Any, is_later: bool) -> Any:
    return told if told and (is_later or not stands) else stands


def _link(found: dict[Key, int], pairs: list[tuple[Key, Key]]) -> int:
    """Let each area lie in its parent; how many such links are new. NoSuchArea where a parent is not here."""
    missing = next((parent for _, parent in pairs if parent not in found), None)
    if missing:
        raise NoSuchArea(_("An area is said to lie in %(code)s, which is not here.") % {"code": missing[1]})
    link = Area.parents.through
    wanted = {(found[child], found[parent]) for child, parent in pairs}
    kinds = {child[0] for child, _ in pairs}
    standing = set(link.objects.filter(from_area__kind__in=kinds).values_list("from_area_id", "to_area_id"))
    new = [link(from_area_id=child, to_area_id=parent) for child, parent in sorted(wanted - standing)]
    link.objects.bulk_create(new, batch_size=BATCH)
    return len(new)


def _succeed(found: dict[Key, int], successions: Iterable[Succession]) -> int:
    """An LSOA of 2011 that stayed or was merged is followed by the one of 2021; one that was split holds its parts."""
    split = [(("lsoa21", each.new), ("lsoa11", each.old)) for each in successions if each.change == "S"]
    new = _link(found, split) if split else 0
    followed = {found["lsoa11", each.old]: found["lsoa21", each.new] for each in successions if each.change in ("U", "M")}
    standing = dict(Area.objects.filter(kind="lsoa11", successor__isnull=False).values_list("pk", "successor_id")) if followed else {}
    differing = [Area(pk=old, successor_id=new_pk) for old, new_pk in followed.items() if standing.get(old) != new_pk]
    Area.objects.bulk_update(differing, ["successor"], batch_size=BATCH)
    return new


def _populate(found: dict[Key, int], rows: Iterable[PopulationRow]) -> tuple[int, int]:
    """Write residents of the areas that are here; what another source says of the same year stands beside it, unless it
    says the same. (rows written, rows of areas that are not here)."""
    rows = list(rows)
    here = [(found[row.kind, row.code], row) for row in rows if (row.kind, row.code) in found]
    standing: dict[tuple[int, int], dict[str, int]] = {}
    years = {row.year for _, row in here}
    held = Population.objects.filter(year__in=years, area__kind__in={row.kind for _, row in here})
    for area, year, source, residents in held.values_list("area_id", "year", "source", "residents"):
        standing.setdefault((area, year), {})[source] = residents
    new = [
        Population(area_id=area, year=row.year, residents=row.residents, source=row.source)
        for area, row in here
        if row.residents not in standing.get((area, row.year), {}).values()
    ]
    Population.objects.bulk_create(
        new, batch_size=BATCH, update_conflicts=True, unique_fields=["area", "year", "source"], update_fields=["residents"]
    )
    return len(new), len(rows) - len(here)
