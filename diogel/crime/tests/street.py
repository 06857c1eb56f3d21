"""Makes small street files for tests, whole and broken."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Sequence
from pathlib import Path

from diogel.analysis.reading.police_uk import COLUMNS, REPORTERS, TYPES

HEADER = ",".join(COLUMNS)
REPORTER = {force: name for name, force in REPORTERS.items()}
PLACES = (
    ("W01000050", "Gwynedd 003A"),
    ("W01000003", "Isle of Anglesey 001A"),
    ("W01000147", "Conwy 001C"),
    ("W01000352", "Wrexham 010A"),
)
"""LSOA codes and names; the last is of 2011 only."""


def row(
    month: str,
    number: int = 0,
    *,
    force: str = "north-wales",
    lsoa: tuple[str, str] = PLACES[0],
    type_: str = "Burglary",
    location: str = "On or near Stryd Fawr",
    context: str = "",
    reporter: str | None = None,
) -> str:
    """One row. Anti-social behaviour has no Crime ID; a row without an LSOA code has no coordinates."""
    name = reporter or REPORTER.get(force, force)
    identity = "" if type_ == "Anti-social behaviour" else hashlib.sha256(f"{month}{number}{force}".encode()).hexdigest()
    point = "-4.100000,53.100000" if lsoa[0] else ","
    outcome = "" if type_ == "Anti-social behaviour" else "Under investigation"
    district = f'"{lsoa[1]}"' if "," in lsoa[1] else lsoa[1]
    return f"{identity},{month},{name},{name},{point},{location},{lsoa[0]},{district},{type_},{outcome},{context}"


def rows(month: str, number: int = 40, *, force: str = "north-wales", context: str = "") -> list[str]:
    """So many rows, spread evenly over PLACES and all types."""
    return [row(month, n, force=force, lsoa=PLACES[n % len(PLACES)], type_=TYPES[n % len(TYPES)], context=context) for n in range(number)]


def text(lines: Sequence[str], *, end: str = "\n") -> bytes:
    return end.join([HEADER, *lines, ""]).encode()


def lay(folder: Path, key: str, content: bytes | Sequence[str], *, packed: bool = False) -> Path:
    """Write `KEY-street.csv` (or .gz) into the folder; `content` is bytes, or rows to go under the header."""
    data = content if isinstance(content, bytes) else text(content)
    path = folder / f"{key}-street.csv{'.gz' if packed else ''}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(data) if packed else data)
    return path
