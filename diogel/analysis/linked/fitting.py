"""The finest counts behind figures over overlapping spans, in every world, with as little changed between two worlds as can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from scipy import optimize, sparse

DAY = timedelta(days=1)
NO_SUM, CHANGE, OTHERS = 1e4, 1.0, 1e-3
"""What it costs that a figure is not the sum of its parts, that a finest count changed, and that a whole holds what no part does."""


@dataclass(frozen=True, order=True)
class Sum:
    """A figure by what it adds up: members, each over the same span of days, both ends included."""

    members: tuple[str, ...]
    from_on: date
    to_on: date

    def __post_init__(self) -> None:
        if not self.members or self.to_on < self.from_on or len(set(self.members)) != len(self.members):
            raise ValueError("a sum holds members, each once, over a span that does not end before it begins")


@dataclass(frozen=True, order=True)
class Atom:
    """One member over the days between two cuts: no figure begins or ends within it."""

    member: str
    from_on: date
    to_on: date


@dataclass(frozen=True)
class Fitted:
    """`versions` gives each atom its name in every world, a new one where it changed; `values` the count by that name."""

    versions: Mapping[Atom, tuple[str, ...]]
    values: Mapping[str, int]

    @property
    def members(self) -> tuple[str, ...]:
        return tuple(self.values)

    def names(self, figure: Sum, world: int) -> frozenset[str]:
        """What a figure adds up in a world, by name."""
        return frozenset(names[world] for atom, names in self.versions.items() if _is_in(atom, figure))


def fitted(worlds: Sequence[Mapping[Sum, int]], *, others: frozenset[str]) -> Fitted:
    """Whole counts from zero up whose sums are the figures of every world, by an integer program (HiGHS).

    Figures that contradict one another are met as nearly as can be. Whatever the figures leave open is settled somehow:
    a reader cannot tell either. RuntimeError where the program ends without an answer, which a sum of slacks rules out.
    """
    atoms = _atoms([figure for world in worlds for figure in world])
    counts = _solved(worlds, atoms, others)
    versions: dict[Atom, tuple[str, ...]] = {}
    values: dict[str, int] = {}
    for number, (atom, along) in enumerate(zip(atoms, counts.T, strict=True)):
        names, version = [], 0
        for at, count in enumerate(along):
            version += bool(at and count != along[at - 1])
            names.append(f"{number}.{version}")
            values[names[-1]] = int(count)
        versions[atom] = tuple(names)
    return Fitted(versions, values)


def _is_in(atom: Atom, figure: Sum) -> bool:
    return atom.member in figure.members and figure.from_on <= atom.from_on and atom.to_on <= figure.to_on


def _atoms(figures: Sequence[Sum]) -> list[Atom]:
    cuts = sorted({figure.from_on for figure in figures} | {figure.to_on + DAY for figure in figures})
    members = sorted({member for figure in figures for member in figure.members})
    pieces = [(first, after - DAY) for first, after in pairwise(cuts)]
    every = [Atom(member, *piece) for member in members for piece in pieces]
    return [atom for atom in every if any(_is_in(atom, figure) for figure in figures)]


def _solved(worlds: Sequence[Mapping[Sum, int]], atoms: Sequence[Atom], others: frozenset[str]) -> np.ndarray:
    """Counts int (worlds, atoms). Unknowns: the counts; for each figure what it lacks and has too much; what changed."""
    figures = [(at, figure, value) for at, world in enumerate(worlds) for figure, value in world.items()]
    counts, changes = len(worlds) * len(atoms), (len(worlds) - 1) * len(atoms)
    adds = sparse.lil_matrix((len(figures), counts))
    for row, (at, figure, _value) in enumerate(figures):
        for column, atom in enumerate(atoms):
            if _is_in(atom, figure):
                adds[row, at * len(atoms) + column] = 1
    unit = sparse.identity(len(figures))
    sums = sparse.hstack([adds, unit, -unit, sparse.csr_matrix((len(figures), changes))])
    told = np.array([value for _at, _figure, value in figures], dtype=float)
    limits = [optimize.LinearConstraint(sums.tocsr(), told, told)]
    if changes:
        step = sparse.hstack([sparse.identity(changes), sparse.csr_matrix((changes, len(atoms)))])
        later = sparse.hstack([sparse.csr_matrix((changes, len(atoms))), sparse.identity(changes)])
        none = sparse.csr_matrix((changes, 2 * len(figures)))
        for sign in (1, -1):
            moved = sparse.hstack([sign * (later - step), none, -sparse.identity(changes)])
            limits.append(optimize.LinearConstraint(moved.tocsr(), -np.inf, 0.0))
    price = [OTHERS if atom.member in others else 0.0 for atom in atoms] * len(worlds)
    done = optimize.milp(
        c=np.array([*price, *([NO_SUM] * (2 * len(figures))), *([CHANGE] * changes)]),
        constraints=limits,
        integrality=np.array([1] * counts + [0] * (2 * len(figures) + changes)),
    )
    if done.x is None:
        raise RuntimeError(f"no counts were found behind the figures: {done.message}")
    return np.rint(done.x[:counts]).astype(np.int64).reshape(len(worlds), len(atoms))
