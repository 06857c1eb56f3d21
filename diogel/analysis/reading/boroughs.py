"""Reads monthly recorded crime by London borough, as the Metropolitan Police publish it, into one labelled cube a vintage."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from ..counts import Cube
from ..periods import Month, months_from
from .ons_files import Features, Unreadable, open_file

Level = Literal["category", "subcategory"]
COLUMNS = ("month", "borough", "category", "subcategory", "count")
BETWEEN = ": "
"""Stands between category and sub-category where both name a type: some sub-categories go by the same name."""
FRAUD = "FRAUD AND FORGERY"
"""Went to a national centre in 2013 and left a few stray counts behind: no series to learn from."""

_COUNT = re.compile(r"^\d{1,9}$")
_Key = tuple[Month, str, str, str]


@dataclass(frozen=True)
class Boroughs:
    """One vintage of the table. `cube` is boroughs x types x months; a type is a category, or category and sub-category.

    `lines` were read. `absent` cells of a sub-category had no line where their category had one: noughts, which some vintages
    leave out. A borough's month is known where every category that the file ever has for the borough has a line in it: where
    one comes and goes, as `FRAUD` does, leave it out, or it takes the month of all others with it.
    """

    path: Path
    level: Level
    cube: Cube
    lines: int
    absent: int

    @property
    def gaps(self) -> tuple[tuple[str, Month], ...]:
        """Borough and month of what did not come, in order."""
        unknown = np.argwhere(~self.cube.known)
        return tuple((self.cube.areas[area], self.cube.months[month]) for area, month in unknown)


def read(path: Path, *, level: Level = "category", without: Collection[str] = ()) -> Boroughs:
    """Every count of a table with the columns month, borough, category, subcategory and count, one line a cell.

    `without` are categories that are left out. Unreadable, in one sentence that names the line, for a file that is no such table,
    a month or count that is none (below nought, a fraction, a word), a cell given twice and a name written in two ways; ValueError
    for a category left out that the file does not have. Source: MPS Borough Level Crime, London Datastore, Open Government Licence.
    """
    if level not in ("category", "subcategory"):
        raise ValueError(f"types are told by category or subcategory, not by {level!r}")
    opened = open_file(path)
    if isinstance(opened, Features):
        raise Unreadable.because("outlines_no_boroughs")
    missing = [name for name in COLUMNS if name not in opened.columns]
    if missing:
        raise Unreadable.because("no_borough_columns", columns=", ".join(missing))
    cells = _cells(opened.rows(list(COLUMNS)))
    if unknown := sorted(set(without) - {key[2] for key in cells}):
        raise ValueError(f"{path.name} has no category {unknown[0]} that could be left out")
    kept = {key: count for key, count in cells.items() if key[2] not in without}
    if not kept:
        raise Unreadable.because("heading_alone")
    cube, absent = _cube(kept, level)
    return Boroughs(path, level, cube, len(cells), absent)


def _cells(rows: Iterable[Sequence[str | None]]) -> dict[_Key, int]:
    """Month, borough, category and sub-category to count, each once."""
    found: dict[_Key, int] = {}
    months: dict[str, Month] = {}
    for line, row in enumerate(rows, 2):
        month, borough, category, subcategory, count = (value or "" for value in row)
        for name, value in zip(COLUMNS[1:4], (borough, category, subcategory), strict=True):
            if not value:
                raise Unreadable.because("borough_cell_blank", line=line, column=name)
        if not _COUNT.match(count):
            raise Unreadable.because("borough_count", line=line, text=count[:40])
        if month not in months:
            months[month] = _month(month, line)
        key = months[month], borough, category, subcategory
        if key in found:
            raise Unreadable.because("borough_twice", line=line, cell=", ".join((borough, category, subcategory, month)))
        found[key] = int(count)
    for at in (1, 2, 3):
        _refuse_two_spellings({str(key[at]) for key in found})
    return found


def _month(text: str, line: int) -> Month:
    try:
        return Month.parse(text)
    except ValueError:
        raise Unreadable.because("borough_month", line=line, text=text[:40]) from None


def _refuse_two_spellings(names: set[str]) -> None:
    seen: dict[str, str] = {}
    for name in sorted(names):
        other = seen.setdefault(" ".join(name.casefold().split()), name)
        if other != name:
            raise Unreadable.because("two_spellings", one=other, other=name)


def _cube(cells: dict[_Key, int], level: Level) -> tuple[Cube, int]:
    """The cube, and how many cells of sub-categories have no line though their category has one."""
    areas = tuple(sorted({key[1] for key in cells}))
    kinds = sorted({(category, subcategory if level == "subcategory" else "") for _, _, category, subcategory in cells})
    categories = sorted({category for category, _ in kinds})
    months = tuple(months_from(min(key[0] for key in cells), max(key[0] for key in cells)))
    area_at, kind_at, category_at = ({name: at for at, name in enumerate(names)} for names in (areas, kinds, categories))
    values = np.zeros((len(areas), len(kinds), len(months)), dtype=np.int64)
    has_line = np.zeros(values.shape, dtype=np.bool_)
    came = np.zeros((len(areas), len(categories), len(months)), dtype=np.bool_)
    for (month, borough, category, subcategory), count in cells.items():
        area, at = area_at[borough], month.since(months[0])
        kind = kind_at[category, subcategory if level == "subcategory" else ""]
        values[area, kind, at] += count
        has_line[area, kind, at] = came[area, category_at[category], at] = True
    known = np.asarray((came | ~came.any(axis=2, keepdims=True)).all(axis=1) & came.any(axis=1), dtype=np.bool_)
    of_category = came[:, [category_at[category] for category, _ in kinds]]
    absent = int((of_category & ~has_line).sum())
    types = tuple(category if level == "category" else category + BETWEEN + subcategory for category, subcategory in kinds)
    return Cube(areas, types, months, np.where(known[:, None], values, 0), known), absent
