"""Tables that are told together, as one lattice of cells: what each label adds up, and what each cell holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..periods import Month, months_from

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Stage = Literal["to_publish", "published_before", "kept_back"]

WHOLE = "whole"
"""The label of a dimension that a table does not name: all its members together."""
MOST_CELLS = 2_000_000


@dataclass(frozen=True)
class Dimension:
    """One way to cut: `members` do not overlap; `groups` are labels for sums of members, and may overlap and nest."""

    name: str
    members: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.members or len(set(self.members)) != len(self.members):
            raise ValueError(f"{self.name}: members must be there, and each only once")
        for label, held in self.groups.items():
            if label in self.members:
                raise ValueError(f"{self.name}: {label} is both a member and a group")
            if not held or set(held) - set(self.members) or len(set(held)) != len(held):
                raise ValueError(f"{self.name}: group {label} must hold members, each once")

    def holds(self, label: str) -> tuple[bool, ...]:
        """Which members a label adds up. KeyError for a label that the dimension does not know."""
        if label == WHOLE and WHOLE not in self.groups and WHOLE not in self.members:
            return (True,) * len(self.members)
        if label not in self.groups and label not in self.members:
            raise KeyError(f"{self.name} has neither a member nor a group {label}")
        held = set(self.groups.get(label, (label,)))
        return tuple(member in held for member in self.members)


@dataclass(frozen=True)
class Table:
    """Counts under labels. `labels` gives, for each dimension in the order of the axes of `values`, the labels along it.

    A dimension that is not named is summed over whole. `stage`: a table `to_publish` may be masked; `published_before`
    stands as it was told, with `hidden` what it did not tell; `kept_back` is never told and only says what the rest adds up.
    """

    name: str
    labels: Mapping[str, Sequence[str]]
    values: NDArray[np.int64]
    stage: Stage = "to_publish"
    hidden: Bools | None = None

    def __post_init__(self) -> None:
        shape = tuple(len(labels) for labels in self.labels.values())
        values = np.asarray(self.values)
        if values.shape != shape or not values.size:
            raise ValueError(f"{self.name}: values have shape {values.shape}, labels say {shape}")
        if not np.issubdtype(values.dtype, np.number) or (values < 0).any() or (values != np.floor(values)).any():
            raise ValueError(f"{self.name}: only counts can be withheld, whole numbers from zero up, with missing ones left out")
        if self.hidden is not None and self.hidden.shape != shape:
            raise ValueError(f"{self.name}: its mask has shape {self.hidden.shape}, labels say {shape}")
        if any(len(set(labels)) != len(labels) for labels in self.labels.values()):
            raise ValueError(f"{self.name}: a label stands twice along one axis")


@dataclass(frozen=True)
class Lattice:
    """Every cell that any table tells, and every finest one, in one array with an axis a dimension.

    `holds[k]` is bool (labels, members) of dimension k; labels that add up the same members are one label. `values` int64
    has one axis of labels a dimension, like the masks: `to_publish`, `shown_before`, `hidden_before`. `places` gives for
    each table the index of its cells in the lattice.
    """

    dimensions: tuple[Dimension, ...]
    holds: tuple[Bools, ...]
    finest: Ints
    values: Ints
    to_publish: Bools
    shown_before: Bools
    hidden_before: Bools
    places: Mapping[str, tuple[Ints, ...]]

    @cached_property
    def published(self) -> Bools:
        return self.to_publish | self.shown_before | self.hidden_before

    @cached_property
    def members_at(self) -> tuple[Ints, ...]:
        """For each dimension the label that holds exactly each member."""
        return tuple(np.array([int(np.flatnonzero(h[:, m] & (h.sum(axis=1) == 1))[0]) for m in range(h.shape[1])]) for h in self.holds)

    @cached_property
    def is_finest(self) -> Bools:
        found = np.zeros(self.values.shape, dtype=np.bool_)
        found[np.ix_(*self.members_at)] = True
        return found

    def mask_of(self, table: Table, mask: Bools) -> Bools:
        """A mask over the lattice as one of the shape of a table, its axes in the table's own order."""
        whole = mask[np.ix_(*self.places[table.name])]
        order = [dimension.name for dimension in self.dimensions]
        named = [name for name in order if name in table.labels]
        kept = whole.reshape([len(table.labels[name]) for name in named])
        return kept.transpose([named.index(name) for name in table.labels])


def lattice(tables: Sequence[Table], dimensions: Sequence[Dimension]) -> Lattice:
    """Lay all tables into one lattice. ValueError where they disagree, or where no table holds the finest cells."""
    order = _checked(tables, dimensions)
    finest = _finest(tables, dimensions, order)
    numbers = [_numbered(dimension, tables) for dimension in dimensions]
    shape = tuple(max(number.values()) + 1 for number in numbers)
    if np.prod(shape) > MOST_CELLS:
        raise ValueError(f"{np.prod(shape):,} cells are more than {MOST_CELLS:,}: take fewer areas, types or periods at a time")
    holds = tuple(_holds(dimension, number) for dimension, number in zip(dimensions, numbers, strict=True))
    values = finest
    for axis, held in enumerate(holds):
        values = np.moveaxis(np.tensordot(held.astype(np.int64), values, axes=(1, axis)), 0, axis)
    masks = {stage: np.zeros(shape, dtype=np.bool_) for stage in ("to_publish", "shown", "hidden")}
    places = {}
    for table in tables:
        at = tuple(
            np.array([number[dimension.holds(label)] for label in table.labels.get(dimension.name, (WHOLE,))])
            for dimension, number in zip(dimensions, numbers, strict=True)
        )
        places[table.name] = at
        _compare(table, values[np.ix_(*at)], order)
        _mark(table, np.ix_(*at), masks, order)
    masks["hidden"] &= ~masks["shown"]
    return Lattice(tuple(dimensions), holds, finest, values, masks["to_publish"], masks["shown"], masks["hidden"], places)


def periods(first: Month, last: Month, *, quarters: bool = True, rolling: bool = True, year_to_date_from: int = 4) -> Dimension:
    """Months as members, with quarters, rolling 12 months and the financial year to date as groups.

    Labels: `2021-04`, `quarter 2021-06`, `12 months 2022-03`, `to date 2021-08`. Only periods that lie wholly inside are there.
    `year_to_date_from` is the month in which the year begins; 0 leaves the year to date out.
    """
    months = tuple(months_from(first, last))
    groups: dict[str, tuple[str, ...]] = {}
    for at, month in enumerate(months):
        if quarters and month.month % 3 == 0 and at >= 2:
            groups[f"quarter {month}"] = tuple(map(str, months[at - 2 : at + 1]))
        if rolling and at >= 11:
            groups[f"12 months {month}"] = tuple(map(str, months[at - 11 : at + 1]))
        back = (month.month - year_to_date_from) % 12
        if year_to_date_from and at >= back:
            groups[f"to date {month}"] = tuple(map(str, months[at - back : at + 1]))
    return Dimension("period", tuple(map(str, months)), groups)


def _checked(tables: Sequence[Table], dimensions: Sequence[Dimension]) -> list[str]:
    order = [dimension.name for dimension in dimensions]
    if not tables or len(set(order)) != len(order):
        raise ValueError("linked withholding needs tables, and dimensions of different names")
    if len({table.name for table in tables}) != len(tables):
        raise ValueError("two tables bear one name")
    for table in tables:
        if strange := set(table.labels) - set(order):
            raise ValueError(f"{table.name} is cut by {sorted(strange)[0]}, which is no dimension given")
    return order


def _arranged(table: Table, array: Ints | Bools, order: Sequence[str]) -> Ints:
    """An array of the table with its axes in the order of the dimensions, of length 1 where the table does not name one."""
    named = list(table.labels)
    turned = np.asarray(array).astype(np.int64).transpose([named.index(name) for name in order if name in named])
    return turned.reshape([len(table.labels[name]) if name in named else 1 for name in order])


def _finest(tables: Sequence[Table], dimensions: Sequence[Dimension], order: Sequence[str]) -> Ints:
    for table in tables:
        if all(set(dimension.members) <= set(table.labels.get(dimension.name, ())) for dimension in dimensions):
            at = [[list(table.labels[dimension.name]).index(member) for member in dimension.members] for dimension in dimensions]
            return _arranged(table, table.values, order)[np.ix_(*at)]
    raise ValueError("one table must hold the finest counts of every dimension; give it as kept_back where it is not told itself")


def _numbered(dimension: Dimension, tables: Sequence[Table]) -> dict[tuple[bool, ...], int]:
    """A number for each different set of members that a label in use adds up, members first."""
    used = [label for table in tables for label in table.labels.get(dimension.name, (WHOLE,))]
    sets = [dimension.holds(label) for label in (*dimension.members, *used)]
    return {held: number for number, held in enumerate(dict.fromkeys(sets))}


def _holds(dimension: Dimension, number: Mapping[tuple[bool, ...], int]) -> Bools:
    found = np.zeros((len(number), len(dimension.members)), dtype=np.bool_)
    for held, at in number.items():
        found[at] = held
    return found


def _compare(table: Table, sums: Ints, order: Sequence[str]) -> None:
    """A figure that is not the sum of its parts breaks every promise; only what was told before may have been revised since."""
    given = _arranged(table, table.values, order)
    if table.stage != "published_before" and (given != sums).any():
        at = tuple(int(i) for i in np.argwhere(given != sums)[0])
        named = [table.labels[name][i] for name, i in zip(order, at, strict=True) if name in table.labels]
        raise ValueError(f"{table.name}, {', '.join(named)}: the table says {given[at]}, its parts add up to {sums[at]}")


def _mark(table: Table, at: tuple[Ints, ...], masks: Mapping[str, Bools], order: Sequence[str]) -> None:
    if table.stage == "to_publish":
        masks["to_publish"][at] = True
    elif table.stage == "published_before":
        hidden = np.zeros(np.asarray(table.values).shape, dtype=np.bool_) if table.hidden is None else table.hidden
        arranged = _arranged(table, hidden, order).astype(bool)
        masks["shown"][at] |= ~arranged
        masks["hidden"][at] |= arranged
