"""Figures over spans of days, told more than once and corrected in between, laid out as one dimension that withholding works on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..disclosure import THRESHOLD
from .fitting import Atom, Fitted, Sum, fitted
from .tables import Dimension, Table
from .withholding import withhold_linked

ATOMS = "atom"


@dataclass(frozen=True, kw_only=True)
class World:
    """Figures that were true together, until one was corrected; and which of them papers of that time showed or withheld."""

    values: Mapping[Sum, int]
    shown: frozenset[Sum] = frozenset()
    hidden: frozenset[Sum] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Decided:
    """`hidden` of what was to be published; `exposed`, what earlier papers told too much of: members and the first and last day."""

    hidden: frozenset[Sum]
    exposed: tuple[Sum, ...]


@dataclass
class _Laid:
    """Cells by a label of their own: which atoms each adds up, and by which name a person would know it."""

    cells: dict[str, frozenset[str]] = field(default_factory=dict)
    names: dict[str, Sum] = field(default_factory=dict)

    def add(self, label: str, atoms: frozenset[str], name: Sum) -> str:
        self.cells[label], self.names[label] = atoms, name
        return label


def withhold_over_time(
    worlds: Sequence[World], *, to_publish: Iterable[Sum], others: Iterable[str] = (), threshold: int = THRESHOLD
) -> Decided:
    """What of `to_publish` must be withheld, so that no small count follows from it and from all that was told before.

    `worlds` oldest first; the last is what is true now and holds every figure to publish. A correction begins a new world.
    The reader is taken to know every number of every world, and that only as much changed between two as had to: an old
    total less an old part is the rest, and a new total less that rest a new part. Small differences that nobody publishes by
    themselves (a year less its three told quarters) are kept from the reader like small figures. `others` are members that
    are no figure of their own and only make up a whole. ValueError for no world, or a figure to publish that has no value.
    """
    wanted = sorted(set(to_publish))
    if not worlds or any(one not in worlds[-1].values for one in wanted):
        raise ValueError("the last world must hold every figure to publish")
    if not wanted:
        return Decided(hidden=frozenset(), exposed=())
    fit = fitted([world.values for world in worlds], others=frozenset(others))
    laid, tables = _Laid(), []
    for at, world in enumerate(worlds):
        if before := sorted(world.shown | world.hidden):
            tables.append(_before(laid, fit, at, before, world))
    now = [laid.add(f"now {at}", fit.names(one, len(worlds) - 1), one) for at, one in enumerate(wanted)]
    known = {*worlds[-1].values, *worlds[-1].shown}
    unsaid = [laid.add(f"unsaid {at}", *each) for at, each in enumerate(_unsaid(fit, len(worlds) - 1, known, threshold))]
    tables += [_table(laid, fit, "now", [*now, *unsaid]), _ground(fit)]
    held = {label: tuple(sorted(atoms)) for label, atoms in laid.cells.items()}
    found = withhold_linked(tables, dimensions=[Dimension(ATOMS, fit.members, held)], threshold=threshold)
    mask = dict(zip([*now, *unsaid], found.masks["now"], strict=True))
    small = {one for one in wanted if 0 < worlds[-1].values[one] < threshold}
    return Decided(
        hidden=frozenset(small | {one for label, one in zip(now, wanted, strict=True) if mask[label]}),
        exposed=tuple(sorted({laid.names[cell.labels[0]] for cell in found.exposed})),
    )


def _before(laid: _Laid, fit: Fitted, at: int, told: Sequence[Sum], world: World) -> Table:
    labels = [laid.add(f"world {at} {number}", fit.names(one, at), one) for number, one in enumerate(told)]
    hidden = np.array([one not in world.shown for one in told])
    held = _table(laid, fit, f"world {at}", labels)
    return Table(held.name, held.labels, held.values, "published_before", hidden)


def _table(laid: _Laid, fit: Fitted, name: str, labels: Sequence[str]) -> Table:
    values = np.array([sum(fit.values[atom] for atom in laid.cells[label]) for label in labels])
    return Table(name, {ATOMS: tuple(labels)}, values)


def _ground(fit: Fitted) -> Table:
    return Table("ground", {ATOMS: fit.members}, np.array([fit.values[atom] for atom in fit.members]), "kept_back")


def _unsaid(fit: Fitted, at: int, known: Iterable[Sum], threshold: int) -> list[tuple[frozenset[str], Sum]]:
    """Small counts that no table need tell: figures that stand elsewhere, differences of two, and what all together leave."""
    cells = {fit.names(one, at): one for one in sorted(known)}
    found = {atoms: one for atoms, one in cells.items() if _is_small(fit, atoms, threshold)}
    for less in cells:
        for more, other in cells.items():
            if less < more and _is_small(fit, more - less, threshold):
                found.setdefault(more - less, _between(fit, more - less, at) or other)
    for atom in _left(fit, list(cells), at):
        if _is_small(fit, frozenset({atom}), threshold):
            found.setdefault(frozenset({atom}), _between(fit, frozenset({atom}), at) or next(iter(cells.values())))
    return sorted(found.items(), key=lambda each: sorted(each[0]))


def _is_small(fit: Fitted, atoms: frozenset[str], threshold: int) -> bool:
    return 0 < sum(fit.values[atom] for atom in atoms) < threshold


def _between(fit: Fitted, atoms: frozenset[str], at: int) -> Sum | None:
    held: list[Atom] = [atom for atom, names in fit.versions.items() if names[at] in atoms]
    if not held:
        return None
    return Sum(tuple(sorted({atom.member for atom in held})), min(atom.from_on for atom in held), max(atom.to_on for atom in held))


def _left(fit: Fitted, cells: Sequence[frozenset[str]], at: int) -> list[str]:
    """Atoms that the sums together leave no choice about: those whose unit vector lies in the row space of the sums."""
    atoms = sorted({names[at] for names in fit.versions.values()})
    rows = np.array([[atom in cell for atom in atoms] for cell in cells], dtype=float)
    sure = np.diag(np.linalg.pinv(rows) @ rows) > 1 - 1e-6
    return [atom for atom, is_sure in zip(atoms, sure, strict=True) if is_sure]
