"""What came of a load, as values: files taken, files put by, months that are partial, and what the store holds after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from diogel.analysis.reading.police_uk import FileKey, Unreadable
from diogel.analysis.reading.police_uk_tally import Tally

from .store import Kind, StoredFile

State = Literal["loaded", "replaced", "unchanged", "given_twice", "left_aside", "refused"]


@dataclass(frozen=True)
class Revision:
    """A month that was in the store already: how many rows it had, and how many rows (compared whole) are new or gone."""

    rows_before: int
    rows_new: int
    rows_gone: int


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A file whose rows are now in the store, with what was found in it."""

    label: str
    name: str
    tally: Tally
    sha256: str
    line_ending: str
    has_bom: bool
    has_welsh_letters: bool
    revision: Revision | None


@dataclass(frozen=True)
class Given:
    """A file that was given and not read into the store: refused, left aside, unchanged or given twice.

    `reason` says why in English; of what is refused, `code` and `values` say the same for a catalogue (see `reading.reasons`).
    Of what was given twice, `reason` is the file that was taken, and `code` "given_twice_differs" where that holds something else.
    """

    label: str
    state: State
    key: FileKey | None
    reason: str
    code: str = ""
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, label: str, key: FileKey | None, fault: Unreadable) -> Given:
        """A file that is refused."""
        return cls(label, "refused", key, str(fault), fault.code, fault.values)


@dataclass(frozen=True)
class Told:
    """A month with far too few rows, and the usual number."""

    key: FileKey
    rows: int
    usual: int


@dataclass(frozen=True, kw_only=True)
class LoadReport:
    """All that a load did. `kind`, `partial` and `files` tell of the whole store as it is after it (of a dry run: as it would be).

    `kind` is None where the store holds nothing. Where only the files of some `forces` were asked for, `passed_over` counts the others.
    """

    kind: Kind | None
    is_dry_run: bool
    has_emptied_synthetic: bool
    taken: tuple[Taken, ...]
    given: tuple[Given, ...]
    partial: tuple[Told, ...]
    no_longer_partial: tuple[FileKey, ...]
    files: tuple[StoredFile, ...]
    forces: tuple[str, ...] = ()
    passed_over: int = 0

    def of(self, state: State) -> tuple[Given, ...]:
        return tuple(given for given in self.given if given.state == state)

    @property
    def exit_status(self) -> int:
        """0: all done, flags included; 1: a file was refused and others stand; 2: nothing was there to load."""
        if not self.taken and not self.of("unchanged"):
            return 2
        return 1 if self.of("refused") else 0


def flags_of(one: Taken) -> list[dict[str, Any]]:
    """What is odd about a file and was kept all the same: `flag`, mostly the number of rows `n`, and `names` with rows each."""
    tally = one.tally
    counted = {
        "outside": sum(tally.outside.values()),
        "without_place": tally.without_place if tally.is_own else 0,
        "without_point": tally.without_point,
        "far_away": tally.far_away,
        "unknown_types": tally.unknown_rows,
        "with_context": tally.with_context - tally.synthetic,
        "inside": 0 if tally.is_own else tally.inside,
        "other_reporters": sum(tally.other_reporters.values()),
    }
    names = {"outside": tally.outside, "unknown_types": tally.unknown_types, "other_reporters": tally.other_reporters}
    found = [{"flag": flag, "n": n} | ({"names": dict(names[flag])} if flag in names else {}) for flag, n in counted.items() if n]
    if tally.vintage == "both":
        found.append({"flag": "both"})
    if one.line_ending == "mixed":
        found.append({"flag": "mixed"})
    return found
