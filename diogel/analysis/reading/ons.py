"""Reads lookups, boundaries and populations as ONS publishes them, told apart by their columns.

Sources: ONS Open Geography Portal (lookups and boundaries: LSOA11CD, WD24NM, LAD24NMW, CHGIND and the like, in either case),
ONS mid-year estimates (ladcode23, population_2011 …), Census 2021 by Nomis ("geography code", "Residence type: Total") and by
"create a custom dataset" ("Lower layer Super Output Areas Code", "Observation"); and the plain form `lsoa11_code`, `mid2020`.
All under the Open Government Licence v3.0. A boundary of one's own, such as a town centre, carries the properties `own_code`,
`name_cy`, `name_en`, `vintage` (a year) and `within` (the code of its local authority).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .ons_files import Features, Table, Unreadable, open_file
from .ons_populations import census, populations
from .ons_rows import AreaRow, Level, PopulationRow, Reading, Succession, areas_of, code_in, levels_of, rows_by_level

__all__ = ["AreaRow", "PopulationRow", "Reading", "Succession", "Unreadable", "read"]

CHANGES = ("chgind", "chngind", "change_code")


def read(path: Path, *, nations: Sequence[str] = ("W",), year: int | None = None) -> Reading:
    """What a file holds, of the nations asked for (first letters of the codes: W Wales, E England). `year` is for population
    tables that do not say their own. Unreadable, in one sentence, where it is none of the kinds known."""
    opened, asked = open_file(path), tuple(nations)
    if isinstance(opened, Features):
        return _boundaries(path, opened, asked)
    levels = levels_of(opened.columns)
    found = (
        _changes(path, opened, levels, asked)
        or populations(path, opened, levels, asked, year)
        or census(path, opened, asked, year)
        or _lookup(path, opened, levels, asked)
    )
    if not found:
        known = ", ".join(sorted(opened.columns)[:6])
        raise Unreadable.because("no_columns", columns=known)
    if not found.rows:
        raise Unreadable.because("no_rows")
    return found


def _changes(path: Path, table: Table, levels: list[Level], nations: tuple[str, ...]) -> Reading | None:
    """The lookup from LSOAs of 2011 to those of 2021."""
    by_kind = {level.kind: level for level in levels}
    if not {"lsoa11", "lsoa21"} <= set(by_kind):
        return None
    told = next((name for name in CHANGES if name in table.columns), None)
    rows = rows_by_level(table, levels, [told] if told else [])
    coded = [(code_in(row[by_kind["lsoa11"].code], nations), code_in(row[by_kind["lsoa21"].code], nations), row) for row in rows]
    inside = [(old, new, row) for old, new, row in coded if old and new]
    pairs = [(old, new) for old, new, _row in inside]
    change = [str(row[told] or "") for _old, _new, row in inside] if told else _derived(pairs)
    successions = tuple(Succession(old, new, what) for (old, new), what in zip(pairs, change, strict=True))
    return Reading(path, "changes", areas_of(rows, levels, nations), (), successions, len(rows), len(rows) - len(inside))


def _derived(pairs: list[tuple[str, str]]) -> list[str]:
    """The change of each pair where the file does not tell it, from how often each side occurs."""
    olds, news = Counter(old for old, _ in pairs), Counter(new for _, new in pairs)
    words = {(False, False): "U", (False, True): "M", (True, False): "S", (True, True): "X"}
    return [words[olds[old] > 1, news[new] > 1] for old, new in pairs]


def _lookup(path: Path, table: Table, levels: list[Level], nations: tuple[str, ...]) -> Reading | None:
    """Which areas lie in which."""
    if len(levels) < 2:
        return None
    rows = rows_by_level(table, levels)
    left_out = sum(1 for row in rows if not code_in(row[levels[0].code], nations))
    return Reading(path, "lookup", areas_of(rows, levels, nations), rows=len(rows), left_out=left_out)


def _boundaries(path: Path, opened: Features, nations: tuple[str, ...]) -> Reading:
    """Outlines with the code of their area, in degrees."""
    if not opened.features:
        raise Unreadable.because("no_feature")
    if "own_code" in opened.features[0][0]:
        own = tuple(_own(properties, geometry) for properties, geometry in opened.features)
        return Reading(path, "boundaries", own, rows=len(own))
    levels = levels_of(opened.features[0][0])
    if not levels:
        raise Unreadable.because("no_known_code")
    found = []
    for properties, geometry in opened.features:
        row = {column: None if value is None else str(value).strip() for column, value in properties.items()}
        if not code_in(row.get(levels[0].code), nations):
            continue
        _check_outline(geometry, str(row[levels[0].code]))
        area = areas_of([row], levels, nations)[0]
        found.append(AreaRow(area.kind, area.code, area.vintage, area.name_en, area.name_cy, area.parents, geometry))
    return Reading(path, "boundaries", tuple(found), rows=len(opened.features), left_out=len(opened.features) - len(found))


def _own(properties: dict[str, Any], geometry: Any) -> AreaRow:
    """A boundary of one's own; it needs a code, a name and the year from which it is drawn so."""
    code, vintage = str(properties.get("own_code") or "").strip(), properties.get("vintage")
    name_cy, name_en = (str(properties.get(name) or "").strip() for name in ("name_cy", "name_en"))
    if not code or not (name_cy or name_en) or not isinstance(vintage, int):
        raise Unreadable.because("own_lacks")
    _check_outline(geometry, code)
    within = str(properties.get("within") or "").strip()
    return AreaRow("own", code, vintage, name_en, name_cy, (("authority", within),) if within else (), geometry)


def _check_outline(geometry: Any, code: str) -> None:
    """Unreadable unless it is an outline in degrees; ONS also publishes metres of the British National Grid."""
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise Unreadable.because("no_polygon", code=code)
    at: Any = geometry.get("coordinates")
    while isinstance(at, list) and at and isinstance(at[0], list):
        at = at[0]
    if not (isinstance(at, list) and len(at) >= 2 and all(isinstance(number, (int, float)) for number in at[:2])):
        raise Unreadable.because("no_coordinates", code=code)
    if not (-180 <= at[0] <= 180 and -90 <= at[1] <= 90):
        raise Unreadable.because("metres")
