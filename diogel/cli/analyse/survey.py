"""`diogel analyse survey`: a table of one question, with its bases, and intervals where a sample was drawn at random."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from diogel.analysis.charts import Chart
from diogel.analysis.charts_compared import Range, ranges
from diogel.analysis.surveys.bases import NOT_ANSWERED, ROUTED_PAST, Question, Survey
from diogel.analysis.surveys.bases import Answer as Said
from diogel.analysis.surveys.tables import Line, Tabulation, by_group, tabulate, together
from diogel.cli import Refusal

from . import columns, options
from .answers import Answer, add_outputs, give

COLUMNS = (
    columns.Column("answer", str, "one respondent's answer; an empty cell is no answer"),
    columns.Column("weight", columns.number, "the respondent's weight, above 0", is_needed=False),
    columns.Column("group", columns.text, "the respondent's group: each gets a table", is_needed=False),
)
SENTENCES = {
    "rounded": "Whole per cents do not add up to 100.",
    "several_answers": "Several answers could be given: shares are of respondents, and may pass 100 together.",
    "chose_to_respond": "Nobody was drawn at random: the shares are of those who chose to respond, and have no interval.",
    "few_answers": "Few answered: read with care.",
    "kept_back": "Kept back: too few answered, or the answers of another group could be worked out.",
    "weighted": "Shares are weighted; counts are of people.",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    columns.add_columns(parser, COLUMNS)
    parser.add_argument(
        "--sampling",
        choices=("probability", "self_selected"),
        required=True,
        help="were people drawn at random, or did they choose to respond",
    )
    parser.add_argument("--options", metavar="A,B,C", help="every answer that could be given, in order (default: those that were given)")
    parser.add_argument("--several", metavar="SIGN", help="several answers could be given; SIGN stands between them, such as ;")
    parser.add_argument("--routed-past", metavar="WORD", help="what stands in the cell of people who were not asked")
    parser.add_argument("--together", metavar="A,B", help="also tell these answers as one, from counts: very and fairly safe, say")
    parser.add_argument("--level", type=options.share, default=0.95, help="the share of cases that an interval holds (default: 0.95)")
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    table = columns.read(args, COLUMNS)
    try:
        tables = dict(_tables(args, table))
        rows = [row for group, one in tables.items() for row in _rows(args, group, one)]
    except (ValueError, KeyError) as fault:
        raise Refusal(f"{fault.args[0]}.") from fault
    told = {
        "sampling": args.sampling, "level": args.level,
        "bases": [{"group": group, "bases": one.bases, "effective_base": one.effective, "notes": one.notes} for group, one in tables.items()],
    }  # fmt: skip
    notes = dict.fromkeys(note for one in tables.values() for note in one.notes)
    whole = next(iter(tables.values()))
    return give(args, Answer(rows, told, [SENTENCES[note] for note in notes], lambda: _chart(whole)), table=table)


def _tables(args: argparse.Namespace, table: columns.Table) -> Iterator[tuple[str, Tabulation]]:
    """The whole table first, then one for each group."""
    answers = [_answer(args, cell) for cell in table["answer"]]
    survey = Survey(sampling=args.sampling, method="", modes=())
    question = Question(code="answer", wording="", kind="several" if args.several else "one", options=_options(args, answers))
    weights = table["weight"] if table.has("weight") else None
    yield "", tabulate(question, answers, survey=survey, weights=weights, level=args.level)
    if table.has("group"):
        if weights is not None:
            raise ValueError("weights and groups are not reckoned together: leave one of the columns out with --column")
        yield from ((str(name), one) for name, one in by_group(question, answers, table["group"], survey=survey, level=args.level).items())


def _answer(args: argparse.Namespace, cell: str) -> Said:
    if not cell:
        return NOT_ANSWERED
    if cell == args.routed_past:
        return ROUTED_PAST
    return [part.strip() for part in cell.split(args.several) if part.strip()] if args.several else cell


def _options(args: argparse.Namespace, answers: list[Said]) -> tuple[str, ...]:
    if args.options:
        return tuple(part.strip() for part in args.options.split(","))
    given = [one for answer in answers if isinstance(answer, str | list) for one in ([answer] if isinstance(answer, str) else answer)]
    return tuple(dict.fromkeys(given))


def _rows(args: argparse.Namespace, group: str, table: Tabulation) -> Iterator[dict[str, Any]]:
    lines: list[Line] = list(table.lines)
    if args.together and lines:
        lines.append(together(table, [part.strip() for part in args.together.split(",")], level=args.level))
    for line in lines:
        yield {
            "group": group, "answer": line.option, "count": line.count, "percent": line.percent, "share": line.share,
            "low": line.interval.low if line.interval else None, "high": line.interval.high if line.interval else None,
        }  # fmt: skip


def _chart(table: Tabulation) -> Chart:
    if not table.lines:
        raise Refusal("Too few answered to draw anything.")
    return ranges([_range(line) for line in table.lines])


def _range(line: Line) -> Range:
    ends = line.interval
    low, high = (100 * ends.low, 100 * ends.high) if ends else (None, None)
    return Range(line.option, 100 * line.share, low, high, f"{line.percent}%")
