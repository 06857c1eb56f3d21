"""What an analysis answers, given as a table, CSV, JSON at full precision, or a picture."""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np

from diogel.analysis.charts import Chart
from diogel.analysis.periods import Month, Quarter
from diogel.cli import Refusal

from .columns import Table

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """The rows of the result; what was `told` of the whole (method, parameters, how many were looked at); a picture, if any.

    `picture` gives a Chart, or a finished SVG, and is asked only when a picture is wanted. `remarks` are sentences to read.
    """

    rows: Sequence[Row]
    told: Mapping[str, Any]
    remarks: Sequence[str] = field(default=())
    picture: Callable[[], Chart | str] | None = None


def add_outputs(parser: argparse.ArgumentParser, *, has_picture: bool = True) -> None:
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the whole result as JSON, at full precision")
    form.add_argument("--csv", action="store_true", help="print the rows as CSV, at full precision")
    if has_picture:
        parser.add_argument("--svg", type=Path, metavar="FILE", help="draw the result into FILE")
        parser.add_argument("--png", type=Path, metavar="FILE", help="draw the result into FILE, at twice its size")
        parser.add_argument("--language", choices=("cy", "en"), default="en", help="the language of the picture's months (default: en)")


def give(args: argparse.Namespace, answer: Answer, *, table: Table | None = None) -> int:
    """Print and draw. 0; 1 where lines were left out of `table`, which are named."""
    _draw(args, answer)
    if args.json:
        json.dump({**plain(answer.told), "rows": [plain(row) for row in answer.rows]}, sys.stdout, ensure_ascii=False)
        print()
    elif args.csv:
        _as_csv(answer.rows)
    else:
        print("\n".join(_as_table(answer)))
    left_out = table.refused if table is not None else ()
    print(*answer.remarks, *left_out, sep="\n", end="\n" if answer.remarks or left_out else "", file=sys.stderr)
    return 1 if left_out else 0


def plain(value: Any) -> Any:
    """The same as JSON knows it: numbers of numpy as numbers, what is not finite as null, months and days as text."""
    if is_dataclass(value) and not isinstance(value, type | Month | Quarter):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Enum):
        return plain(value.value)
    return str(value) if isinstance(value, Month | Quarter | date | Path) else value


def _as_csv(rows: Sequence[Row]) -> None:
    out = csv.writer(sys.stdout, lineterminator="\n")
    if rows:
        out.writerow(rows[0].keys())
    for row in rows:
        out.writerow(["" if cell is None else json.dumps(cell) if isinstance(cell, list | dict) else cell for cell in plain(row).values()])


def _as_table(answer: Answer) -> Iterator[str]:
    for key, value in plain(answer.told).items():
        if not isinstance(value, dict | list):
            yield f"{key.replace('_', ' ')}: {_short(value)}"
    if not answer.rows:
        return
    yield ""
    head = list(answer.rows[0])
    cells = [[_short(cell) for cell in plain(row).values()] for row in answer.rows]
    are_numbers = [all(isinstance(plain(row)[key], int | float | None) for row in answer.rows) for key in head]
    widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
    for line in [head, *cells]:
        padded = (
            cell.rjust(width) if is_number else cell.ljust(width) for cell, width, is_number in zip(line, widths, are_numbers, strict=True)
        )
        yield "  ".join(padded).rstrip()


def _short(cell: Any) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int):
        return f"{cell:,}"
    if isinstance(cell, float):
        return f"{cell:,.0f}" if abs(cell) >= 10_000 else f"{cell:.4g}"
    return ", ".join(_short(one) for one in cell) if isinstance(cell, list) else str(cell)


def _draw(args: argparse.Namespace, answer: Answer) -> None:
    wanted = [path for path in (getattr(args, "svg", None), getattr(args, "png", None)) if path]
    if not wanted:
        return
    if answer.picture is None:
        raise Refusal("There is nothing to draw of this result.")
    # Drawing loads an engine that costs half a second; most calls want numbers alone.
    from diogel.published.drawing import draw_svg, on_white, png_of

    picture = answer.picture()
    drawn = picture if isinstance(picture, str) else draw_svg(picture.wide, args.language)
    try:
        if args.svg:
            args.svg.write_text(drawn, encoding="utf-8")
        if args.png:
            args.png.write_bytes(png_of(on_white(drawn)))
    except OSError as fault:
        raise Refusal(f"The picture cannot be written: {fault}.") from fault
