"""`diogel analyse suppress`: which cells of a table must be withheld, so that no small count can be worked out."""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np

from diogel.analysis.charts import Chart
from diogel.analysis.charts_compared import Cell, shaded
from diogel.analysis.disclosure import THRESHOLD, with_totals, withhold
from diogel.cli import Refusal

from . import columns, options
from .answers import Answer, add_outputs, give

COLUMNS = (
    columns.Column("row", columns.text, "the label of the cell's row"),
    columns.Column("column", columns.text, "the label of the cell's column"),
    columns.Column("count", columns.count, "what was counted; every cell has its line, noughts too"),
)
TOTAL = "total"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    columns.add_columns(parser, COLUMNS)
    parser.add_argument(
        "--threshold", type=options.whole(2), default=THRESHOLD, help=f"counts from 1 to one below it are withheld (default: {THRESHOLD})"
    )
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    table = columns.read(args, COLUMNS)
    down, across, counts = _cells(table)
    try:
        mask, full = withhold(counts, threshold=args.threshold), with_totals(counts)
    except ValueError as fault:
        raise Refusal(f"{fault}.") from fault
    rows = [
        {"row": row, "column": column, "count": None if mask[i, j] else full[i, j], "withheld": bool(mask[i, j])}
        for i, row in enumerate((*down, TOTAL))
        for j, column in enumerate((*across, TOTAL))
    ]
    small = ((full > 0) & (full < args.threshold)).sum()
    told = {
        "threshold": args.threshold,
        "cells": full.size,
        "withheld": mask.sum(),
        "small": small,
        "withheld_to_protect": mask.sum() - small,
    }
    return give(args, Answer(rows, told, picture=lambda: _chart(rows)), table=table)


def _cells(table: columns.Table) -> tuple[list[str], list[str], np.ndarray[Any, Any]]:
    """Labels and counts. A cell without a line is not known, which is not nought: Refusal."""
    down, across = list(dict.fromkeys(table["row"])), list(dict.fromkeys(table["column"]))
    if TOTAL in down or TOTAL in across:
        raise Refusal(f"Leave out the rows and columns called “{TOTAL}”: totals are reckoned here, and withheld with the rest.")
    given: dict[tuple[str, str], int] = {}
    for row, column, count in zip(table["row"], table["column"], table["count"], strict=True):
        if (row, column) in given:
            raise Refusal(f"{row}, {column} stands on two lines.")
        given[row, column] = count
    if lacking := [(row, column) for row in down for column in across if (row, column) not in given]:
        raise Refusal(f"{lacking[0][0]}, {lacking[0][1]} has no line ({len(lacking)} such). Write 0 where nothing was counted.")
    return down, across, np.array([[given[row, column] for column in across] for row in down])


def _chart(rows: list[dict[str, Any]]) -> Chart:
    """The table as it may be shown; totals are not shaded, or they would outshine the rest."""
    return shaded([Cell(row["row"], row["column"], _shown(row), "·" if row["withheld"] else f"{row['count']:,}") for row in rows])


def _shown(row: dict[str, Any]) -> float | None:
    return None if row["withheld"] or TOTAL in (row["row"], row["column"]) else row["count"]
