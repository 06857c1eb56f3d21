"""Works out and keeps the hot spots of a partnership; safe to do again, and to be broken off."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from diogel.analysis.counts import Cube
from diogel.analysis.periods import Month
from diogel.analysis.polygons import inside
from diogel.home import today
from diogel.places import codes
from diogel.places.models import Area

from . import counting
from .hot_drawn import maps_of, outlines_as_json
from .hot_found import AreaLine, HotSpots, PiledLine, PlaceLine, groups, hot_spots, last_known
from .hot_ground import Ground, NoGround, ground_of, loaded_outlines
from .hot_kept import About, current, keep, read
from .hot_kept import about as told_of
from .hot_rows import Spot, middles_of, spots_of
from .store import read_store

Told = Callable[[int, int], None]


class NothingToWorkOut(Exception):
    """Why a partnership has no hot spots to work out, in one sentence for the person who asked."""


def name_of_set(partnership: Any) -> str:
    return f"hot-spots/{partnership.slug}"


def work_out(partnership: Any, *, told: Told = lambda done, of: None, again: bool = False) -> bool:
    """Work out every group and keep it; False where nothing has changed since the last time, unless `again`.

    NothingToWorkOut without rows, months or areas; StoreFault as the store says.
    """
    cube, authorities, own = _counted(partnership)
    months = last_known(cube)
    if not months:
        raise NothingToWorkOut(_("No month is known whole in every area, so there is nothing to compare."))
    mark = _print(authorities, own, cube, months)
    where = current(name_of_set(partnership))
    if where and told_of(where).print == mark and not again:
        return False
    force = codes.force_of(authorities[0].code)
    source = counting.source(force=force, first=min(months), last=max(months))
    if source is None:
        raise NothingToWorkOut(_("No crime data are loaded yet, so there is nothing to work out."))
    store = read_store()
    spots = spots_of(cube.areas, months, force=force)
    try:
        ground = ground_of(cube.areas, authorities, middles_of(spots))
    except NoGround:
        raise NothingToWorkOut(_("Too few areas have an outline or points of their own to be compared with those around them.")) from None
    made = About(
        print=mark, store=store.number, is_synthetic=source.kind == "synthetic", is_rough=ground.is_rough, files=source.files,
        loaded_on=source.loaded_on.isoformat(), last=str(max(months)), made_on=today().isoformat(),
        groups=tuple(one.code for one in groups()), lacks=ground.lacks, own=tuple(_inside(area, spots) for area in own),
    )  # fmt: skip
    keep(name_of_set(partnership), made, _files(partnership, cube, ground, spots, months, own, told))
    return True


def _counted(partnership: Any) -> tuple[Cube, list[Area], list[Area]]:
    """Counts of all units of the partnership until last month, its authorities, and the boundaries drawn inside them."""
    known = {authority.code for authority in codes.AUTHORITIES}
    authorities = [area for area in partnership.areas.filter(kind=Area.Kind.AUTHORITY).order_by("code") if area.code in known]
    if not authorities:
        raise NothingToWorkOut(_("None of the partnership’s areas is one that police figures are known for."))
    drawn = Area.objects.filter(kind=Area.Kind.OWN, parents__in=authorities, withdrawn_on=None, boundary__isnull=False)
    units = [unit for area in authorities for unit in codes.units_of(area.code)]
    loaded = counting.months_loaded(force=codes.force_of(authorities[0].code))
    if not loaded or loaded[0] >= Month.of(today()):
        raise NothingToWorkOut(_("No crime data are loaded yet, so there is nothing to work out."))
    last = max(month for month in loaded if month < Month.of(today()))
    return counting.cube(areas=units, first=loaded[0], last=last), authorities, list(drawn.distinct().order_by("code"))


def _files(
    partnership: Any, cube: Cube, ground: Ground, spots: tuple[Spot, ...], months: tuple[Month, ...], own: list[Area], told: Told
) -> dict[str, str]:
    """Every file of the set by its name. `told` hears how many groups are done, of how many."""
    places = {"cy": partnership.place_cy or partnership.place_en, "en": partnership.place_en or partnership.place_cy}
    files = {"outlines.json": outlines_as_json(ground, [_drawn_own(area) for area in own])}
    for done, group in enumerate(groups(), start=1):
        found = hot_spots(group, cube, ground, spots, months)
        files[f"{group.code}.json"] = json.dumps(asdict(found), ensure_ascii=False)
        files |= dict(maps_of(found, spots, ground, places))
        told(done, len(groups()))
    return files


def _inside(area: Area, spots: tuple[Spot, ...]) -> dict[str, Any]:
    """Rows of each group whose published point lies in a boundary of one's own."""
    there = [spot for spot in spots if spot.has_place]
    lies = inside(area.boundary or {}, [spot.longitude or 0.0 for spot in there], [spot.latitude or 0.0 for spot in there])
    rows = {
        group.code: sum(spot.rows for spot, is_in in zip(there, lies.tolist(), strict=True) if is_in and spot.type in group.types)
        for group in groups()
    }
    return {"code": area.code, "name_cy": area.name_cy, "name_en": area.name_en, "rows": rows}


def _drawn_own(area: Area) -> dict[str, Any]:
    names = {"name_cy": area.name_cy or area.name_en, "name_en": area.name_en or area.name_cy}
    return {"type": "Feature", "properties": {"own": area.code, **names}, "geometry": area.boundary}


def _print(authorities: list[Area], own: list[Area], cube: Cube, months: tuple[Month, ...]) -> str:
    """A digest of counts, months, outlines and code: all that decides what is found, and nothing that changes by itself."""
    digest = hashlib.sha256(_code().encode())
    digest.update(cube.values.tobytes() + cube.known.tobytes())
    outlines = loaded_outlines(cube.areas)
    drawn = [[area.code, area.name_cy, area.name_en, area.boundary] for area in [*authorities, *own]]
    files = sorted((str(file.key), file.sha256) for file in read_store().files)
    digest.update(repr((cube.areas, [str(month) for month in (*cube.months, *months)], files, drawn, sorted(outlines.items()))).encode())
    return digest.hexdigest()


@cache
def _code() -> str:
    """A print of everything that reckons, draws and says, catalogue included: a new version of Diogel works everything out anew."""
    from django.conf import settings

    here = Path(__file__).resolve().parent
    sources = [*sorted(here.glob("hot_*.py")), *sorted((here.parent / "analysis" / "hotspots").glob("*.py"))]
    sources += [path for folder in settings.LOCALE_PATHS for path in sorted(Path(folder).rglob("*.mo"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


@lru_cache(maxsize=64)
def kept_spots(folder: Path, group: str) -> HotSpots:
    """One group of a kept set, as it was worked out."""
    values: dict[str, Any] = dict(read(folder, f"{group}.json"))
    values["areas"] = tuple(AreaLine(**line) for line in values["areas"])
    values["places"] = tuple(PlaceLine(**line) for line in values["places"])
    values["piled"] = tuple(PiledLine(**line) for line in values["piled"])
    whole: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return HotSpots(**whole)
