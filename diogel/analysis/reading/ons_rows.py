"""What a file of places tells, as plain rows; and which of its columns hold the codes and names of which kind of area."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .ons_files import Table, Unreadable

COLUMN = re.compile(r"^(lsoa|ward|wd|ltla|lad|utla|la|csp|pfa)(\d\d)_?(code|cd|name_cy|nmw|name|nm)$")
KINDS = {"ward": "ward", "wd": "ward", "ltla": "authority", "lad": "authority", "utla": "authority", "la": "authority"}
KINDS |= {"csp": "csp", "pfa": "force"}
PARTS = {"code": "code", "cd": "code", "name": "name", "nm": "name", "name_cy": "name_cy", "nmw": "name_cy"}
# From the smallest upwards, and what each lies in where the file holds it.
WITHIN = {
    "lsoa11": ("ward", "authority"),
    "lsoa21": ("ward", "authority"),
    "ward": ("authority",),
    "authority": ("csp", "force"),
    "csp": ("force",),
    "force": (),
}
CODE = re.compile(r"^[EWSN]\d{8}$")


@dataclass(frozen=True)
class AreaRow:
    """An area as one file tells of it. `parents` are (kind, code); `boundary` is a GeoJSON geometry in degrees."""

    kind: str
    code: str
    vintage: int
    name_en: str = ""
    name_cy: str = ""
    parents: tuple[tuple[str, str], ...] = ()
    boundary: dict[str, Any] | None = None


@dataclass(frozen=True)
class PopulationRow:
    """Usual residents of an area in a year, and who says so."""

    kind: str
    code: str
    year: int
    residents: int
    source: str


@dataclass(frozen=True)
class Succession:
    """What became of an LSOA of 2011: U unchanged, M merged, S split, X otherwise."""

    old: str
    new: str
    change: str


@dataclass(frozen=True)
class Reading:
    """What one file holds. `rows` counts its lines or features, `left_out` those outside the nations asked for; `note` says
    what had to be inferred."""

    path: Path
    what: str
    areas: tuple[AreaRow, ...] = ()
    populations: tuple[PopulationRow, ...] = ()
    successions: tuple[Succession, ...] = ()
    rows: int = 0
    left_out: int = 0
    note: str = ""


@dataclass(frozen=True)
class Level:
    """One kind of area in a table: which column holds its code and which its names."""

    kind: str
    vintage: int
    code: str
    name: str | None
    name_cy: str | None


def levels_of(columns: Any) -> list[Level]:
    """The kinds of area whose codes the columns hold, smallest first; of two vintages of one kind, the later."""
    found: dict[tuple[str, int], dict[str, str]] = {}
    for column in columns:
        match = COLUMN.match(column)
        if match:
            short, vintage, part = match[1], 2000 + int(match[2]), PARTS[match[3]]
            kind = f"lsoa{match[2]}" if short == "lsoa" else KINDS[short]
            found.setdefault((kind, vintage), {})[part] = column
    found_levels = [
        Level(kind, vintage, parts["code"], parts.get("name"), parts.get("name_cy"))
        for (kind, vintage), parts in found.items()
        if "code" in parts and kind in WITHIN
    ]
    latest = {level.kind: level for level in sorted(found_levels, key=lambda level: level.vintage)}
    return [latest[kind] for kind in WITHIN if kind in latest]


def rows_by_level(table: Table, levels: list[Level], more: Sequence[str] = ()) -> list[dict[str, str | None]]:
    names = [name for level in levels for name in (level.code, level.name, level.name_cy) if name] + list(more)
    return [dict(zip(names, row, strict=True)) for row in table.rows(names)]


def areas_of(rows: Iterable[dict[str, str | None]], levels: list[Level], nations: tuple[str, ...]) -> tuple[AreaRow, ...]:
    """Each area once, smallest kinds first as they occur, with every parent that any row gives it."""
    present = {level.kind: level for level in levels}
    found: dict[tuple[str, str], AreaRow] = {}
    for row in rows:
        for level in levels:
            code = code_in(row[level.code], nations)
            if not code:
                continue
            above = ((kind, code_in(row[present[kind].code], nations)) for kind in _nearest(level.kind, present))
            parents = tuple((kind, parent) for kind, parent in above if parent)
            held = found.get((level.kind, code))
            merged = tuple(dict.fromkeys((held.parents if held else ()) + parents))
            name, welsh = (str(row.get(column) or "") if column else "" for column in (level.name, level.name_cy))
            found[level.kind, code] = AreaRow(level.kind, code, level.vintage, name, welsh, merged)
    return tuple(found.values())


def _nearest(kind: str, present: dict[str, Level]) -> tuple[str, ...]:
    """What a kind lies in: an LSOA in its ward and its authority, an authority in its partnership or else in its force."""
    above = tuple(each for each in WITHIN[kind] if each in present)
    return above[:1] if kind == "authority" else above


def code_in(value: str | None, nations: tuple[str, ...]) -> str:
    """The code in capitals, nothing where it belongs to a nation not asked for. Unreadable where it is no ONS code at all."""
    if not value:
        return ""
    code = value.upper()
    if not CODE.match(code):
        raise Unreadable.because("no_code", text=value[:40])
    return code if code.startswith(nations) else ""
