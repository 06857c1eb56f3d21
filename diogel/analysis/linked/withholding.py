"""Which cells of linked tables must not be shown, each small one with a witness: another table that would look the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..disclosure import THRESHOLD
from .tables import Bools, Dimension, Lattice, Table, lattice

Floats = NDArray[np.float64]
At = tuple[int, ...]

NEVER = 1e8
"""What it costs to change what cannot be withheld any more: a zero, or what was published before."""
NOTHING = 0.01
"""Prices are whole numbers and more; below this only rounding is left."""


@dataclass(frozen=True)
class Cell:
    """A cell by the label it bears in a table."""

    table: str
    labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """`masks` bool by table to publish, True where withheld; `primary` the small ones among them.

    `exposed` are small cells that no mask can protect any more, because of what was published before or is in it: whoever
    publishes must be told. `width`: each other small cell could be larger by this much for all a reader can know.
    """

    masks: Mapping[str, Bools]
    primary: Mapping[str, Bools]
    exposed: tuple[Cell, ...]
    width: int

    @property
    def count(self) -> int:
        return sum(int(mask.sum()) for mask in self.masks.values())


def withhold_linked(
    tables: Sequence[Table], *, dimensions: Sequence[Dimension], threshold: int = THRESHOLD, width: int | None = None
) -> Withheld:
    """Withhold counts of 1 to `threshold` - 1 in all tables at once, and whatever else would let them be worked out.

    The reader is taken to hold every table, those published before too, to know which labels add up which members, and that
    no zero is withheld. For each small cell there then is another set of whole counts from zero up that agrees with all that
    is shown, in which it is larger by `width` (default `threshold` - 1, so that nobody can tell it is below the threshold).

    ValueError for tables that disagree, hold anything but counts, or lack their finest cells; KeyError for unknown labels.
    """
    width = max(threshold - 1, 1) if width is None else width
    if width < 1 or threshold < 1:
        raise ValueError("threshold and width are whole numbers above zero")
    ground = lattice(tables, dimensions)
    search = _Search(ground, width=width)
    small = (ground.values > 0) & (ground.values < threshold)
    primary = small & (ground.to_publish | ground.hidden_before) & ~ground.shown_before
    search.hide(primary)
    exposed = [tuple(at) for at in np.argwhere(small & ground.shown_before)]
    finest_first = sorted(map(tuple, np.argwhere(primary)), key=lambda at: (not ground.is_finest[at], at))
    exposed += [at for at in finest_first if not search.protect(at)]
    search.show_again(primary)
    told = [table for table in tables if table.stage == "to_publish"]
    return Withheld(
        masks={table.name: ground.mask_of(table, search.hidden & ground.to_publish & ~ground.shown_before) for table in told},
        primary={table.name: ground.mask_of(table, primary & ground.to_publish) for table in told},
        exposed=tuple(named(ground, tables, at) for at in exposed),
        width=width,
    )


class _Search:
    """Looks for the cheapest move by which a cell could be larger while everything shown stays as it is.

    A move adds `width` to one finest cell, and, in each dimension that has a partner member, takes it away again at the
    partner: 1, 2, 4 or more corners of a box with alternate signs. A sum that holds both ends of a side does not change.
    The costs of all boxes at once are one product of matrices a dimension.
    """

    def __init__(self, ground: Lattice, *, width: int) -> None:
        self.ground = ground
        self.width = width
        published = ground.published
        self.fixed = (published & (ground.values == 0)) | ground.shown_before
        # A withheld figure must stay 1 or more, a finest count that is not told at all must not fall below 0.
        self.too_low = (published & (ground.values < width + 1)) | (ground.is_finest & (ground.values < width))
        self.hidden = ground.hidden_before & ~ground.shown_before
        self.cost = self._prices()
        self.witness: dict[At, tuple[At, At]] = {}

    def _prices(self) -> Floats:
        """What it costs the reader not to be told a cell: sums more than parts, and a little more the larger it is."""
        sums = np.zeros(self.ground.values.shape)
        for axis, holds in enumerate(self.ground.holds):
            along = np.array([1] * sums.ndim)
            along[axis] = len(holds)
            sums = sums + (holds.sum(axis=1) > 1).astype(float).reshape(along)
        price = 1.0 + 2.0 * sums + self.ground.values / max(int(self.ground.values.max()), 1)
        return np.where(self.ground.to_publish & ~self.hidden, price, 0.0)

    def hide(self, mask: Bools) -> None:
        self.hidden |= mask
        self.cost[mask] = 0.0

    def protect(self, cell: At) -> bool:
        """Withhold what the cheapest move asks for; False where there is none."""
        price, move = self._cheapest(cell)
        if move is None or price >= NEVER:
            return False
        self.witness[cell] = move
        self.hide(self._touched(move) & self.ground.to_publish)
        return True

    def show_again(self, primary: Bools) -> None:
        """Show what turned out not to be needed, the dearest first: each cell withheld is something not told."""
        uses = {cell: self._touched(move) for cell, move in self.witness.items()}
        prices = self._all_prices()
        secondary = np.argwhere(self.hidden & self.ground.to_publish & ~primary & ~self.ground.hidden_before)
        for at in sorted(map(tuple, secondary), key=lambda one: (-prices[one], one)):
            self.hidden[at], self.cost[at] = False, NEVER
            moves = self._without([cell for cell, touched in uses.items() if touched[at]])
            if moves is None:
                self.hidden[at], self.cost[at] = True, 0.0
            else:
                self.witness |= moves
                uses |= {cell: self._touched(move) for cell, move in moves.items()}

    def _all_prices(self) -> Floats:
        hidden, self.hidden = self.hidden, np.zeros_like(self.hidden)
        prices = self._prices()
        self.hidden = hidden
        return prices

    def _without(self, cells: Sequence[At]) -> dict[At, tuple[At, At]] | None:
        """For each cell another move that withholds nothing more; None where one has none."""
        moves = {}
        for cell in cells:
            price, move = self._cheapest(cell, most=0.0)
            if move is None or price > 0:
                return None
            moves[cell] = move
        return moves

    def _cheapest(self, cell: At, *, most: float = NEVER) -> tuple[float, tuple[At, At] | None]:
        best: tuple[float, tuple[At, At] | None] = (NEVER, None)
        for start in self._starts(cell):
            prices = self._boxes(start)
            for axis, label in enumerate(cell):
                # A partner inside the cell itself would cancel the change there.
                inside = np.flatnonzero(self.ground.holds[axis][label])
                barred = inside[inside != start[axis]]
                prices[(slice(None),) * axis + (barred,)] = NEVER
            found = int(prices.argmin())
            if (price := float(prices.flat[found])) < best[0]:
                partners = tuple(int(i) for i in np.unravel_index(found, prices.shape))
                best = (price, (start, partners))
            if best[0] <= 0 or best[0] <= most < NEVER:
                break
        return best

    def _starts(self, cell: At) -> Iterator[At]:
        """The finest cells within a cell that hold anything: a small cell has no more of them than it counts."""
        members = [np.flatnonzero(holds[label]) for holds, label in zip(self.ground.holds, cell, strict=True)]
        if all(len(one) == 1 for one in members):
            yield tuple(int(one[0]) for one in members)
            return
        for at in np.argwhere(self.ground.finest[np.ix_(*members)]):
            yield tuple(int(one[i]) for one, i in zip(members, at, strict=True))

    def _boxes(self, start: At) -> Floats:
        """What each box from `start` costs, of shape (members of each dimension); the start's own place is "no partner"."""
        rising = np.where(self.fixed, NEVER, self.cost)
        falling = np.where(self.fixed | self.too_low, NEVER, self.cost)
        # Where a label falls instead of rising, the two change places: their sum and difference each go through on their own.
        both, apart = rising + falling, rising - falling
        for axis, (at, holds) in enumerate(zip(start, self.ground.holds, strict=True)):
            changed, signed = _sides(holds, at)
            both, apart = _along(changed, both, axis), _along(signed, apart, axis)
        prices = (both + apart) / 2
        prices[prices < NOTHING] = 0.0
        return prices

    def _touched(self, move: tuple[At, At]) -> Bools:
        """Every cell of the lattice that a move changes."""
        start, partners = move
        touched = np.ones((1,) * len(start), dtype=np.bool_)
        for axis, (at, partner, holds) in enumerate(zip(start, partners, self.ground.holds, strict=True)):
            changed = holds[:, at] if at == partner else holds[:, at] != holds[:, partner]
            shape = [1] * len(start)
            shape[axis] = len(changed)
            touched = touched & changed.reshape(shape)
        return touched


def _sides(holds: Bools, at: int) -> tuple[Floats, Floats]:
    """For each partner member: which labels change, and with which sign; float (members, labels) each."""
    own = holds[:, at].astype(float)[None, :]
    others = holds.T.astype(float)
    others[at] = 0.0
    return np.abs(own - others), own - others


def _along(matrix: Floats, tensor: Floats, axis: int) -> Floats:
    """The product of a matrix with one axis of a tensor."""
    moved = np.swapaxes(tensor, 0, axis)
    done = matrix @ moved.reshape(len(moved), -1)
    return np.swapaxes(done.reshape(-1, *moved.shape[1:]), 0, axis)


def named(ground: Lattice, tables: Sequence[Table], at: At) -> Cell:
    """The first place where a reader finds a cell."""
    for table in tables:
        where = ground.places[table.name]
        if table.stage != "kept_back" and all(label in along for label, along in zip(at, where, strict=True)):
            names = [dimension.name for dimension in ground.dimensions]
            labels = [
                list(table.labels[name])[int(np.flatnonzero(along == label)[0])]
                for name, label, along in zip(names, at, where, strict=True)
                if name in table.labels
            ]
            return Cell(table.name, tuple(labels))
    raise LookupError("a cell that no table tells")
