"""Which areas are compared with one another: the six authorities, and lists that an installation lays into its home, each dated."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from diogel.analysis.periods import Month
from diogel.home import home
from diogel.places import codes

FILE = "area-groups.csv"
COLUMNS = ("code", "name_cy", "name_en", "areas", "valid_from", "valid_to", "source")
MOST = 100_000
"""Letters of a file; a list of areas is a few lines."""


class BadList(ValueError):
    """A list of areas that cannot be used; the message names the line."""


@dataclass(frozen=True, kw_only=True)
class AreaGroup:
    """Areas that stand beside one another, such as those most similar to an area, from a month to a month, with who says so."""

    code: str
    name_cy: str
    name_en: str
    areas: tuple[str, ...]
    valid_from: Month
    valid_to: Month | None
    source: str

    @property
    def counted(self) -> tuple[str, ...]:
        """Those of its areas whose rows this installation can count."""
        return tuple(code for code in self.areas if code in _counted())

    def holds(self, month: Month) -> bool:
        return self.valid_from <= month and (self.valid_to is None or month <= self.valid_to)


def _counted() -> frozenset[str]:
    return frozenset(authority.code for authority in codes.AUTHORITIES)


def the_force() -> AreaGroup:
    """The six authorities of North Wales: the group that needs no list."""
    return AreaGroup(
        code="north-wales", name_cy="Chwe awdurdod Gogledd Cymru", name_en="The six authorities of North Wales",
        areas=tuple(authority.code for authority in codes.AUTHORITIES), valid_from=Month(2010, 12), valid_to=None, source="ONS",
    )  # fmt: skip


def area_groups(month: Month, *, path: Path | None = None) -> tuple[AreaGroup, ...]:
    """The force first, then what the home's file says of that month. BadList, with the line, for a file that cannot be used."""
    where = path or home() / FILE
    if not where.exists():
        return (the_force(),)
    try:
        text = where.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise BadList(f"{FILE} cannot be read as UTF-8") from fault
    return (the_force(), *(one for one in read_groups(text) if one.holds(month) and len(one.counted) > 1))


def read_groups(text: str) -> tuple[AreaGroup, ...]:
    """Groups from the text of a CSV file with COLUMNS, area codes parted by semicolons. BadList for what is not such, or comes twice."""
    if len(text) > MOST:
        raise BadList(f"{FILE} is longer than {MOST:,} letters")
    rows = csv.DictReader(io.StringIO(text))
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise BadList(f"{FILE} has the columns {', '.join(COLUMNS)}, not {', '.join(rows.fieldnames or ('none',))}")
    found: list[AreaGroup] = []
    for line, row in enumerate(rows, start=2):
        try:
            found.append(_group(row))
        except (ValueError, TypeError, AttributeError) as fault:
            raise BadList(f"line {line} of {FILE}: {fault}") from fault
    twice = [one.code for at, one in enumerate(found) if any(one.code == other.code and _overlap(one, other) for other in found[:at])]
    if twice or any(one.code == the_force().code for one in found):
        raise BadList(f"{FILE} defines {(twice or [the_force().code])[0]} twice for one month")
    return tuple(found)


def _group(row: dict[str, str]) -> AreaGroup:
    if None in row:
        raise ValueError("more values than columns; put a name with a comma in quotation marks")
    areas = tuple(dict.fromkeys(part.strip() for part in row["areas"].split(";") if part.strip()))
    if len(areas) < 2:
        raise ValueError("a group has two areas at least")
    plain = {name: row[name].strip() for name in ("code", "name_cy", "name_en", "source")}
    if empty := [name for name, value in plain.items() if not value]:
        raise ValueError(f"{empty[0]} is empty")
    if not plain["code"].replace("-", "").isalnum() or not plain["code"].isascii():
        raise ValueError(f"{plain['code']!r} is no code: letters, digits and hyphens")
    until = row["valid_to"].strip()
    return AreaGroup(**plain, areas=areas, valid_from=Month.parse(row["valid_from"]), valid_to=Month.parse(until) if until else None)


def _overlap(one: AreaGroup, other: AreaGroup) -> bool:
    return (one.valid_to is None or other.valid_from <= one.valid_to) and (other.valid_to is None or one.valid_from <= other.valid_to)
