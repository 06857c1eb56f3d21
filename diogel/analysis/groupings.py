"""Types of crime taken together under a name, as dated tables that anybody may edit: anti-social behaviour is never among them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from .counts import Cube
from .periods import Month

INCIDENTS = "Anti-social behaviour"
"""Incidents, not crimes: it stands alone."""
COLUMNS = ("code", "name_cy", "name_en", "types", "valid_from", "valid_to", "source")
OURS = Path(__file__).with_name("groupings.csv")


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """One definition of a group of types, valid from a month to a month (None: until further notice), with its source."""

    code: str
    name_cy: str
    name_en: str
    types: tuple[str, ...]
    valid_from: Month
    valid_to: Month | None
    source: str

    def __post_init__(self) -> None:
        for name in ("code", "name_cy", "name_en", "source"):
            if not getattr(self, name).strip():
                raise ValueError(f"grouping {self.code or '?'} has no {name}")
        if not self.types or len(set(self.types)) != len(self.types):
            raise ValueError(f"{self.code} needs types, each once")
        if INCIDENTS in self.types and len(self.types) > 1:
            raise ValueError(f"{self.code} adds anti-social behaviour to crimes: incidents are told by themselves")
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError(f"{self.code} ends in {self.valid_to}, before it begins in {self.valid_from}")

    def holds(self, month: Month) -> bool:
        """Whether the definition is valid in a month."""
        return self.valid_from <= month and (self.valid_to is None or month <= self.valid_to)


@dataclass(frozen=True, kw_only=True)
class Grouped:
    """A cube with the one type `code`. `breaks` are months from which on other types were added up: no comparison crosses them."""

    cube: Cube
    breaks: tuple[Month, ...]
    undefined: tuple[Month, ...]


def read_groupings(source: Path | str) -> tuple[Grouping, ...]:
    """Read a table of groupings (UTF-8 CSV with COLUMNS; types parted by semicolons): a path, or the text itself.

    ValueError, with the line, for columns or values that are not such, and for two definitions of a code valid in one month.
    """
    text = source.read_text(encoding="utf-8-sig") if isinstance(source, Path) else source
    rows = csv.DictReader(io.StringIO(text))
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise ValueError(f"a table of groupings has the columns {', '.join(COLUMNS)}, not {', '.join(rows.fieldnames or ('none',))}")
    found = []
    for line, row in enumerate(rows, start=2):
        try:
            found.append(_grouping(row))
        except (ValueError, TypeError, AttributeError) as fault:
            raise ValueError(f"line {line} of the groupings: {fault}") from fault
    _check_overlaps(found)
    return tuple(found)


def grouped(cube: Cube, groupings: Sequence[Grouping], code: str) -> Grouped:
    """Add up the types of a grouping, month by month as it was then defined; months without a definition are not known.

    KeyError where no grouping bears the code, or the cube lacks one of its types: a sum without it would be too small.
    """
    own = sorted((one for one in groupings if one.code == code), key=lambda one: one.valid_from)
    if not own:
        raise KeyError(f"there is no grouping {code}")
    _check_overlaps(own)
    values = np.zeros((len(cube.areas), 1, len(cube.months)), dtype=np.int64)
    known, defined = np.zeros_like(cube.known), np.zeros(len(cube.months), dtype=bool)
    for one in own:
        within = np.array([one.holds(month) for month in cube.months], dtype=bool)
        if within.any():
            rows = [cube.type_at(type_) for type_ in one.types]
            values[:, 0, within] = cube.values[:, rows][:, :, within].sum(axis=1)
            known[:, within] = cube.known[:, within]
            defined |= within
    breaks = [later.valid_from for earlier, later in pairwise(own) if set(earlier.types) != set(later.types)]
    return Grouped(
        cube=Cube(cube.areas, (code,), cube.months, values, known),
        breaks=tuple(month for month in breaks if cube.months and cube.months[0] < month <= cube.months[-1]),
        undefined=tuple(month for month, is_defined in zip(cube.months, defined, strict=True) if not is_defined),
    )


def _grouping(row: dict[str, str]) -> Grouping:
    if None in row:
        raise ValueError("more values than columns; put a name with a comma in quotation marks")
    return Grouping(
        code=row["code"].strip(),
        name_cy=row["name_cy"].strip(),
        name_en=row["name_en"].strip(),
        types=tuple(part.strip() for part in row["types"].split(";") if part.strip()),
        valid_from=Month.parse(row["valid_from"]),
        valid_to=Month.parse(row["valid_to"]) if row["valid_to"].strip() else None,
        source=row["source"].strip(),
    )


def _check_overlaps(groupings: Sequence[Grouping]) -> None:
    in_order = sorted(groupings, key=lambda one: (one.code, one.valid_from))
    for earlier, later in pairwise(in_order):
        if earlier.code == later.code and (earlier.valid_to is None or earlier.valid_to >= later.valid_from):
            raise ValueError(f"{later.code} is defined twice for {later.valid_from}: end the earlier definition before")
