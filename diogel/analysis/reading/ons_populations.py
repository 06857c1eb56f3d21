"""Reads tables of residents: a column a year, one total, or a census table as Nomis and ONS give it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from .ons_files import Table, Unreadable
from .ons_reasons import YEAR_FROM_NAME
from .ons_rows import Level, PopulationRow, Reading, areas_of, code_in, rows_by_level

YEAR_COLUMN = re.compile(r"^(mid|census|population)_?((?:19|20)\d\d)(?:_residents)?$")
YEAR_IN_NAME = re.compile(r"(?:mid|census|ts\d{3})[-_ ]?((?:19|20)\d\d)", re.IGNORECASE)
WHOLE_NUMBER = re.compile(r"^(\d{1,10})(?:\.0+)?$")
KIND_OF_CODE = {"01": "lsoa21", "05": "ward", "06": "authority", "07": "authority", "08": "authority", "09": "authority"}
MID_YEAR, CENSUS = "Mid-{year} population estimates (ONS)", "Census {year}, usual residents (ONS)"


def populations(path: Path, table: Table, levels: list[Level], nations: tuple[str, ...], year: int | None) -> Reading | None:
    """A table with a column a year (`mid2020`, `census2021_residents`, `population_2011`), or with one total and no year."""
    named = {name: (match[1], int(match[2])) for name in table.columns if (match := YEAR_COLUMN.match(name))}
    level, note = levels[0] if levels else _old_style(table.columns), ""
    if level is None:
        return None
    if not named and "total_population" in table.columns:
        told, note = _year_told(path, year)
        named = {"total_population": ("census" if "census" in path.name.lower() else "mid", told)}
    if not named:
        return None
    sums: dict[tuple[str, str], int] = {}
    rows = rows_by_level(table, [level], list(named))
    left_out = 0
    for row in rows:
        code = code_in(row[level.code], nations)
        left_out += not code
        for column in named if code else ():
            if row[column] is not None:
                sums[code, column] = sums.get((code, column), 0) + _count(row[column])
    told_by = {"census": CENSUS}
    found = tuple(
        PopulationRow(level.kind, code, named[column][1], residents, told_by.get(named[column][0], MID_YEAR).format(year=named[column][1]))
        for (code, column), residents in sums.items()
    )
    areas = areas_of(rows, [level], nations) if level.name else ()
    return Reading(path, "populations", areas, found, (), len(rows), left_out, note)


def _old_style(columns: Any) -> Level | None:
    """`ladcode23`, `laname23`: the mid-year estimates by age and sex."""
    for column in columns:
        match = re.match(r"^ladcode(\d\d)$", column)
        if match:
            name = f"laname{match[1]}"
            return Level("authority", 2000 + int(match[1]), column, name if name in columns else None, None)
    return None


def _year_told(path: Path, year: int | None) -> tuple[int, str]:
    if year:
        return year, ""
    match = YEAR_IN_NAME.search(path.name)
    if not match:
        raise Unreadable.because("no_year")
    return int(match[1]), YEAR_FROM_NAME


def census(path: Path, table: Table, nations: tuple[str, ...], year: int | None) -> Reading | None:
    """Census 2021 from Nomis (a column of totals) or as a custom dataset (a line a category)."""
    columns = table.columns
    total = next((name for name in columns if name.startswith("residence type: total")), None)
    if "geography code" in columns and total:
        return _census_rows(path, table.rows(["geography code", total, "date" if "date" in columns else total]), nations, year)
    code = next((name for name in columns if name.endswith(("output areas code", "authorities code"))), None)
    if code and "observation" in columns:
        if not any(name.startswith("residence type") for name in columns):
            raise Unreadable.because("not_residents")
        rows = [(row[0], row[1], None) for row in table.rows([code, "observation"])]
        return _census_rows(path, rows, nations, year)
    return None


def _census_rows(path: Path, rows: list[Any], nations: tuple[str, ...], year: int | None) -> Reading:
    dates = {row[2] for row in rows if row[2] and re.fullmatch(r"(19|20)\d\d", row[2])}
    told, note = (int(min(dates)), "") if len(dates) == 1 else _year_told(path, year)
    sums: dict[str, int] = {}
    left_out = 0
    for raw, residents, _date in rows:
        code = code_in(raw, nations)
        left_out += not code
        if code:
            sums[code] = sums.get(code, 0) + _count(residents)
    kinds = {code: KIND_OF_CODE.get(code[1:3], "") for code in sums}
    if not all(kinds.values()):
        raise Unreadable.because("unkept_kind")
    populations = tuple(PopulationRow(kinds[code], code, told, number, CENSUS.format(year=told)) for code, number in sums.items())
    return Reading(path, "populations", (), populations, (), len(rows), left_out, note)


def _count(value: str | None) -> int:
    """A whole number of people, written `1234`, `1,234` or `1234.0`."""
    match = WHOLE_NUMBER.match((value or "").replace(",", ""))
    if not match:
        raise Unreadable.because("no_number", text=str(value)[:40])
    return int(match[1])
