"""The independent scan: reads finished files as a stranger would and names everything that must not leave the house.

It knows nothing of how the files were made and trusts none of their structure for what it clears: what it cannot place it reports.
A false alarm is released by a named officer, with a reason that the certificate keeps.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from diogel.published.blocks import Pair

from .scan_counts import Subjects, Withheld, revealed, small_numbers, table_numbers
from .scan_html import read_html
from .scan_names import People, Person
from .scan_pdf import read_pdf
from .scan_reading import Piece, Reading
from .scan_word import read_word

__all__ = ["KINDS", "Known", "Leak", "Person", "Release", "Withheld", "read", "released", "scan"]

# Every kind of leak, in the order the certificate tells what was looked for.
KINDS = (
    "name", "title", "e-mail", "phone", "small", "withheld shown", "worked out", "hidden", "comment", "tracked", "author", "metadata",
    "embedded", "script", "untagged", "language", "missing twin", "twins differ", "formats differ", "unreadable",
)  # fmt: skip
OF_TWINS = frozenset({"missing twin", "twins differ"})
"""Those of which only a document in both languages can have one."""
_READERS = {"html": read_html, "docx": read_word, "pdf": read_pdf}
_NAMED = re.compile(r"(?P<stem>.+)\.(?P<language>cy|en)\.(?P<format>html|docx|pdf)")
_AROUND = 28


@dataclass(frozen=True)
class Known:
    """What the scan is told to look for. `sensitive` are titles of subjects as (Welsh, English); `only` is the language of a document
    that is in one alone."""

    people: tuple[Person, ...] = ()
    public_contacts: tuple[str, ...] = ()
    sensitive: tuple[tuple[str, str], ...] = ()
    withheld: tuple[Withheld, ...] = ()
    only: str = ""


@dataclass(frozen=True)
class Leak:
    """Something found: in which file, where, of which kind; `excerpt` shows its surroundings with every find blotted out.

    `key` identifies the find itself, so that a release covers this one and no other. It stays inside: it is never published.
    """

    file: str
    where: str
    kind: str
    excerpt: str
    key: str


@dataclass(frozen=True)
class Release:
    """A find declared harmless: by whom (a role or reference, never a name) and why, in both languages as the certificate is."""

    key: str
    by: Pair
    reason: Pair

    def __post_init__(self) -> None:
        if not all(text.strip() for text in (self.by.cy, self.by.en, self.reason.cy, self.reason.en)):
            raise ValueError("A release needs an officer's role and a reason, in Welsh and in English")


def scan(files: Mapping[str, bytes], known: Known) -> tuple[Leak, ...]:
    """Every leak in the finished files, by name of file (`quarterly.cy.pdf`). No leak means that publication may go on."""
    people, subjects = People(known.people, known.public_contacts), Subjects(known.sensitive)
    leaks: list[Leak] = []
    readings: dict[str, Reading] = {}
    for name in sorted(files):
        leaks += _in_name(name, people, subjects)
        try:
            readings[name] = read(name, files[name])
        except ValueError as wrong:
            leaks.append(_leak(name, "file", "unreadable", str(wrong)))
            continue
        leaks += _in_file(readings[name], people, subjects, known.withheld)
    return tuple(dict.fromkeys([*leaks, *_between(readings, known.only)]))


def read(name: str, content: bytes) -> Reading:
    """One file's reading. ValueError where its kind is not known or it cannot be opened."""
    reader = _READERS.get(name.rpartition(".")[2].lower())
    if reader is None:
        raise ValueError(f"{name} is of a kind that the scan cannot read")
    return reader(name, content)


def released(leaks: Iterable[Leak], releases: Iterable[Release]) -> tuple[tuple[Leak, ...], tuple[tuple[Leak, Release], ...]]:
    """The leaks that still stand, and those an officer has answered for."""
    by_key = {release.key: release for release in releases}
    held = tuple(leaks)
    standing = tuple(leak for leak in held if leak.key not in by_key)
    return standing, tuple((leak, by_key[leak.key]) for leak in held if leak.key in by_key)


def _in_name(file: str, people: People, subjects: Subjects) -> list[Leak]:
    """What a file is called, as it is written and with spaces for its dashes: a number, too, can be told by a name."""
    spoken = re.sub(r"[_-]+", " ", file)
    leaks = _in_piece(file, Piece("file name", file), people) or _in_piece(file, Piece("file name", spoken), people)
    for small in small_numbers(Reading(file, (Piece("file name", spoken.partition(".")[0]),), (), ()), subjects):
        leaks.append(_leak(file, small.where, small.kind, "■■■", small.text))
    return leaks


def _in_file(reading: Reading, people: People, subjects: Subjects, withheld: tuple[Withheld, ...]) -> list[Leak]:
    leaks = [_leak(reading.file, flag.where, flag.kind, f"({len(flag.text)})", flag.text) for flag in reading.flags]
    for piece in reading.pieces:
        leaks += _in_piece(reading.file, piece, people)
    for grid in reading.grids:  # a name may stand in two cells side by side
        for r, row in enumerate(grid.rows, start=1):
            for left, right in itertools.pairwise(row):
                leaks += _across(reading.file, f"{grid.where} row {r}", left, right, people)
    for small in (*small_numbers(reading, subjects), *revealed(reading, withheld)):
        excerpt = _excerpt(small.text, [(small.start, small.end)], small.start, people)
        leaks.append(_leak(reading.file, small.where, small.kind, excerpt, small.text))
    return leaks


def _in_piece(file: str, piece: Piece, people: People) -> list[Leak]:
    """Who is named in a text; as it is written and, where it is an address of the web, as a browser reads it: %40 is an @."""
    leaks = []
    for text in dict.fromkeys((piece.text, _unquoted(piece.text))):
        hits = people.found(text)
        spans = [(hit.start, hit.end) for hit in hits]
        leaks += [_leak(file, piece.where, hit.kind, _excerpt(text, spans, hit.start, people), text[hit.start : hit.end]) for hit in hits]
    return leaks


def _unquoted(text: str) -> str:
    """Without the percent signs of addresses, however often they were put on."""
    while "%" in text and (plain := unquote(text, errors="ignore")) != text:
        text = plain
    return text


def _across(file: str, where: str, left: str, right: str, people: People) -> list[Leak]:
    both = f"{left} {right}"
    spans = [hit for hit in people.found(both) if hit.kind in ("name", "title") and hit.start < len(left) < hit.end - 1]
    return [_leak(file, where, hit.kind, "■■■ | ■■■", both[hit.start : hit.end]) for hit in spans]


def _between(readings: Mapping[str, Reading], only: str) -> list[Leak]:
    """What only shows when files are laid side by side: a twin that is not there, or that says other figures; of a document in one
    language, a file to take away in the other. Pages it has in both."""
    leaks: list[Leak] = []
    for name, reading in readings.items():
        named = _NAMED.fullmatch(name)
        if named is None:
            continue
        stem, language, form = named["stem"], named["language"], named["format"]
        if reading.language != language or (only and language != only and form != "html"):
            leaks.append(_leak(name, "file", "language", reading.language or "?"))
        twin = f"{stem}.{'en' if language == 'cy' else 'cy'}.{form}"
        if not only and twin not in readings:
            leaks.append(_leak(name, "file", "missing twin", twin))
        elif not only and language == "cy":
            leaks += _differing(name, "twins differ", reading, readings[twin])
        page = readings.get(f"{stem}.{language}.html")
        if page is not None and form != "html":
            leaks += _differing(name, "formats differ", page, reading, one_way=True)
    return leaks


def _differing(name: str, kind: str, first: Reading, second: Reading, *, one_way: bool = False) -> list[Leak]:
    """Numbers in tables that stand in one file more often than in the other; one way, where a format may number its rows."""
    one, two = table_numbers(first), table_numbers(second)
    odd = [n for n in sorted({*one, *two}) if one.get(n, 0) > two.get(n, 0) or (not one_way and one.get(n, 0) < two.get(n, 0))]
    return [_leak(name, "tables", kind, f"{len(odd)}", " ".join(odd))] if odd else []


def _leak(file: str, where: str, kind: str, excerpt: str, found: str = "") -> Leak:
    key = hashlib.sha256("\x1f".join([file.rpartition("/")[2], where, kind, found or excerpt]).encode()).hexdigest()[:16]
    return Leak(file, where, kind, excerpt, key)


def _excerpt(text: str, spans: list[tuple[int, int]], at: int, people: People) -> str:
    """Some words around a find, with that and every other find blotted out."""
    every = [*spans, *((hit.start, hit.end) for hit in people.found(text))]
    blotted = "".join("■" if any(start <= place < end for start, end in every) else letter for place, letter in enumerate(text))
    low, high = max(0, at - _AROUND), min(len(text), at + _AROUND * 2)
    shown = re.sub("■+", "■■■", blotted[low:high])
    return ("…" if low else "") + shown + ("…" if high < len(text) else "")
