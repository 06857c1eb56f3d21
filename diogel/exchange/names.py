"""Names as plans write them: organised and organized, “and” and its sign, a short form in brackets are one name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from diogel.analysis.reading.plan_values import plain

_WITH_Z = re.compile(r"(?<=[a-z]{2})([iy])z(?=(?:e[drs]?|ers|ing|ations?)\b)")
_AND = re.compile(r"\s*&\s*|\s(?:and|a|ac)(?=\s)")
_SHORT = re.compile(r"^(?P<long>.*\S)\s*\((?P<short>[^()\s]{2,12})\)\s*$", re.DOTALL)


def folded(text: str) -> str:
    """A name as it is compared where its own spelling is not known."""
    said = _WITH_Z.sub(r"\1s", plain(text).replace(" / ", "/"))
    return " ".join(_AND.sub(" & ", said).split())


def keys_of(text: str) -> Iterator[str]:
    """What a name may be known by, the surest first: as it stands, folded, and of “Long name (LN)” each of the two."""
    yield plain(text)
    yield folded(text)
    if hit := _SHORT.match(text):
        yield folded(hit.group("long"))
        if hit.group("short").upper() == hit.group("short"):
            yield folded(hit.group("short"))


def known_by(rows: Iterable[tuple[Any, Iterable[str]]]) -> dict[str, Any]:
    """Rows by what each is called. A key that is one's whole name is no other's short form, and what may mean two rows means neither;
    of rows that are called alike the last one is kept."""
    told = [(row, [name for name in names if plain(name)]) for row, names in rows]
    found = {key: row for row, names in told for name in names for key in (folded(name), plain(name))}
    whole = set(found)
    meant: dict[str, set[frozenset[str]]] = {}
    for row, names in told:
        called = frozenset(map(plain, names))
        for key in {key for name in names for key in keys_of(name)} - whole:
            meant.setdefault(key, set()).add(called)
            found[key] = row
    return {key: row for key, row in found.items() if len(meant.get(key, ())) <= 1}


def find(known: Mapping[str, Any], text: str) -> Any:
    """The row that a text names, or None."""
    return next((known[key] for key in keys_of(text) if key in known), None)
