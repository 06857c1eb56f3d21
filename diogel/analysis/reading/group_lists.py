"""Reads lists of similar areas: which areas an area is compared with, from which day on, and who says so."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

COLUMNS = ("area", "member", "listed_on", "source")


@dataclass(frozen=True, kw_only=True)
class GroupList:
    """The areas that one area is compared with, as a source listed them on a day. The area itself is not among them."""

    area: str
    members: tuple[str, ...]
    listed_on: date
    source: str


def read_group_lists(source: Path | str) -> tuple[GroupList, ...]:
    """Read a table of similar areas (UTF-8 CSV, one row a member, with COLUMNS; days as 2024-03-31): a path, or the text itself.

    An area that names itself is left out of its own members. ValueError, with the line, for other columns, days that are
    none, a member that stands twice in one list, or a list from two sources.
    """
    text = source.read_text(encoding="utf-8-sig") if isinstance(source, Path) else source
    rows = csv.DictReader(io.StringIO(text))
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise ValueError(f"a list of similar areas has the columns {', '.join(COLUMNS)}, not {', '.join(rows.fieldnames or ('none',))}")
    lists: dict[tuple[str, date], tuple[str, list[str]]] = {}
    for line, row in enumerate(rows, start=2):
        area, member, day, named = _row(row, line)
        listed_by, members = lists.setdefault((area, day), (named, []))
        if listed_by != named:
            raise ValueError(f"line {line}: the list of {area} of {day} comes from two sources, {listed_by} and {named}")
        if member in members:
            raise ValueError(f"line {line}: {member} stands twice in the list of {area} of {day}")
        members.append(member)
    return tuple(
        GroupList(area=area, members=tuple(one for one in members if one != area), listed_on=day, source=named)
        for (area, day), (named, members) in sorted(lists.items())
    )


def group_list_on(lists: Sequence[GroupList], area: str, day: date) -> GroupList | None:
    """The list of an area that was the newest on a day; None where there was none yet."""
    return max((one for one in lists if one.area == area and one.listed_on <= day), key=lambda one: one.listed_on, default=None)


def _row(row: dict[str, str], line: int) -> tuple[str, str, date, str]:
    values = [str(row.get(name) or "").strip() for name in COLUMNS]
    if None in row or not all(values):
        raise ValueError(f"line {line} of the similar areas needs a value in each of its columns, and no more")
    try:
        return values[0], values[1], date.fromisoformat(values[2]), values[3]
    except ValueError as fault:
        raise ValueError(f"line {line}: {values[2]!r} is not a day. Write it as 2024-03-31.") from fault
