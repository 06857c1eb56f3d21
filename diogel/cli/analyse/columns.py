"""The CSV files of an analysis: which columns a verb reads, what each may hold, and every faulty line by name."""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import math
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from diogel.analysis.periods import Month
from diogel.cli import Refusal

STANDARD_INPUT = "-"
MOST_NAMED = 8
"""Faulty lines that are named; the rest are counted."""


@dataclass(frozen=True)
class Column:
    """A column that a verb reads: its heading, how a cell becomes a value (ValueError says why not), and what stands in it."""

    name: str
    read: Callable[[str], Any]
    meaning: str
    is_needed: bool = True


@dataclass(frozen=True)
class Table:
    """The columns of all files, one after another, each of the same length; a column that may be absent is then empty."""

    columns: Mapping[str, list[Any]]
    rows: int
    refused: tuple[str, ...] = field(default=())

    def __getitem__(self, name: str) -> list[Any]:
        return self.columns[name]

    def has(self, name: str) -> bool:
        return name in self.columns


def add_columns(parser: argparse.ArgumentParser, columns: Sequence[Column]) -> None:
    """FILE..., --column and --skip-bad-lines, and the list of columns at the end of the help."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a CSV file with headings (.csv, .csv.gz), or - for standard input")
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="NAME=HEADING",
        help="where the file calls a column something else; may be repeated",
    )
    parser.add_argument("--skip-bad-lines", action="store_true", help="leave out lines that cannot be read, name them, and go on")
    width = max(len(column.name) for column in columns)
    listed = (f"  {column.name:<{width}}  {column.meaning}{'' if column.is_needed else ' (may be absent)'}" for column in columns)
    parser.epilog = "\n".join(["columns:", *listed, *([parser.epilog] if parser.epilog else [])])


def read(args: argparse.Namespace, columns: Sequence[Column]) -> Table:
    """Every line of every file. Refusal where a column is missing, or a line is faulty and --skip-bad-lines was not said."""
    headings = _headings(args.column, columns)
    found: dict[str, list[Any]] = {}
    faults: list[str] = []
    for name in args.files:
        for key, values in _file(name, columns, headings, faults).items():
            found.setdefault(key, []).extend(values)
    lengths = {len(values) for values in found.values()}
    if len(lengths) > 1:
        raise Refusal("One file has a column that another lacks. Give files with the same columns, or one at a time.")
    if faults and not args.skip_bad_lines:
        raise Refusal("\n".join([*_named(faults), "Nothing was analysed. Mend these lines, or leave them out with --skip-bad-lines."]))
    rows = lengths.pop() if lengths else 0
    if not rows:
        raise Refusal(f"{', '.join(args.files)}: no line that can be read. There is nothing to analyse.")
    return Table(found, rows, tuple(_named(faults)))


def _headings(given: Sequence[str], columns: Sequence[Column]) -> dict[str, str]:
    headings = {column.name: column.name for column in columns}
    for pair in given:
        name, _, heading = pair.partition("=")
        if name not in headings or not heading:
            raise Refusal(f"--column {pair}: write NAME=HEADING, where NAME is one of {', '.join(headings)}.")
        headings[name] = heading
    return headings


def _file(name: str, columns: Sequence[Column], headings: Mapping[str, str], faults: list[str]) -> dict[str, list[Any]]:
    lines = csv.reader(io.StringIO(_text(name)))
    head = [cell.strip() for cell in next(lines, [])]
    at = {column.name: head.index(headings[column.name]) for column in columns if headings[column.name] in head}
    if lacking := [headings[column.name] for column in columns if column.is_needed and column.name not in at]:
        raise Refusal(
            f"{name}: no column {', '.join(map(repr, lacking))}. Its headings are {', '.join(map(repr, head)) or 'none'}; "
            "--column NAME=HEADING says which is meant."
        )
    if twice := sorted({cell for cell in head if cell and head.count(cell) > 1}):
        raise Refusal(f"{name}: two columns are called {twice[0]!r}. Give each its own heading.")
    readers = {column.name: column.read for column in columns if column.name in at}
    values: dict[str, list[Any]] = {key: [] for key in at}
    for row in _rows(lines, name):
        if any(cell.strip() for cell in row) or len(row) == len(head) == 1:  # a line of commas alone is how spreadsheets end
            _take(row, at, readers, values, fault=lambda why: faults.append(f"{name}, line {lines.line_num}: {why}"), width=len(head))
    return values


def _take(
    row: list[str],
    at: Mapping[str, int],
    readers: Mapping[str, Callable[[str], Any]],
    values: dict[str, list[Any]],
    *,
    fault: Callable[[str], None],
    width: int,
) -> None:
    if len(row) != width:
        fault(f"{len(row)} cells where the headings are {width}.")
        return
    taken = {}
    for key, position in at.items():
        try:
            taken[key] = readers[key](row[position].strip())
        except ValueError as why:
            fault(f"{key}: {why}")
            return
    for key, value in taken.items():
        values[key].append(value)


def _rows(lines: Iterator[list[str]], name: str) -> Iterator[list[str]]:
    try:
        yield from lines
    except csv.Error as fault:
        raise Refusal(f"{name}: this is not a CSV file ({fault}).") from fault


def _text(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
        return (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Refusal(f"{name}: not in UTF-8 (byte {fault.start:,}). Save it as “CSV UTF-8”.") from fault
    except (OSError, EOFError, gzip.BadGzipFile) as fault:
        raise Refusal(f"{name} cannot be read: {fault}.") from fault


def _named(faults: Sequence[str]) -> Iterator[str]:
    yield from faults[:MOST_NAMED]
    if len(faults) > MOST_NAMED:
        yield f"… and {len(faults) - MOST_NAMED:,} more such lines."


def text(cell: str) -> str:
    if not cell:
        raise ValueError("is empty.")
    return cell


def count(cell: str) -> int:
    """A whole number, not below zero, written as digits. A fraction or a minus sign is no count."""
    if not cell.isascii() or not cell.isdigit():
        raise ValueError(f"{cell!r} is no count; a count is a whole number such as 12.")
    if len(cell) > 15:
        raise ValueError(f"{cell[:20]!r}… is too large for a count.")
    return int(cell)


def count_or_missing(cell: str) -> int | None:
    """An empty cell is a month that nobody counted, which is not the same as nought."""
    return count(cell) if cell else None


def number(cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        raise ValueError(f"{cell!r} is no number.") from None
    if not math.isfinite(value):
        raise ValueError(f"{cell!r} is no number that can be reckoned with.")
    return value


def number_or_missing(cell: str) -> float | None:
    return number(cell) if cell else None


def month(cell: str) -> Month:
    return Month.parse(cell)


def day(cell: str) -> date:
    """A day as 2021-04-30 and in no other order: 03/04/2021 is two days at once."""
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError(f"{cell!r} is no day. Write it as 2021-04-30; 03/04/2021 could be read in two ways.") from None


def moment(cell: str) -> datetime:
    """A moment as 2021-04-30 23:15; a bare day has no hour, and is refused."""
    try:
        if len(cell) > len("2021-04-30"):
            return datetime.fromisoformat(cell)
    except ValueError:
        pass
    raise ValueError(f"{cell!r} is no moment. Write it as 2021-04-30 23:15.")


MONTH = Column("month", month, "the month, as 2021-04")
SERIES = (
    Column("count", count_or_missing, "what was counted; an empty cell is a period that nobody counted"),
    Column("place", text, "name or code of the place", is_needed=False),
    Column("type", text, "what was counted: one crime type, say", is_needed=False),
)
"""Beside its period, what a line of a file of series holds."""
