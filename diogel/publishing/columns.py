"""How wide each column of a printed table is: by its words, so that figures keep their line and long texts share the rest."""

from __future__ import annotations

from diogel.published.blocks import Table

_LINE = 116  # letters of table type that one line of the page holds
_GAP = 3  # letters' worth of room between two columns


def shares(table: Table) -> tuple[float, ...]:
    """Each column's part of the table's width; they add up to 1. Shares given by the table are kept as they are."""
    given = [column.share for column in table.columns]
    if all(given):
        return tuple(share / sum(given) for share in given)
    wanted = [_widest(table, at) for at in range(len(given))]
    least = [_longest_word(table, at) for at in range(len(given))]
    fitted = _shrunk(wanted, least) if sum(wanted) > _LINE else _stretched(wanted, table)
    return tuple(width / sum(fitted) for width in fitted)


def _shrunk(wanted: list[float], least: list[float]) -> list[float]:
    """The widest columns give way first, none below its longest word."""
    for cap in range(_LINE, 3, -1):
        fitted = [max(min(width, cap), word) for width, word in zip(wanted, least, strict=True)]
        if sum(fitted) <= _LINE:
            return fitted
    return least


def _stretched(wanted: list[float], table: Table) -> list[float]:
    """What is left over goes to the columns of words, the first above all; figures stay together."""
    weights = [0.0 if column.align == "end" else 1.0 for column in table.columns]
    weights[0] = 1.5
    spare = _LINE - sum(wanted)
    return [width + spare * weight / sum(weights) for width, weight in zip(wanted, weights, strict=True)]


def _widest(table: Table, at: int) -> float:
    return _GAP + max([len(table.columns[at].title) * 1.2, *(_length(row[at].text, row[at].mark, row[at].state) for row in table.rows)])


def _longest_word(table: Table, at: int) -> float:
    texts = [table.columns[at].title, *(row[at].text for row in table.rows)]
    return _GAP + 1.2 * max(
        len(word) for text in texts for word in (text.split() or [""])
    )  # more, for a broader face that stands in for ours


def _length(text: str, mark: str, state: str) -> float:
    return len(text) + (3 if mark else 0) + (4 if state in ("withheld", "missing", "late") else 0)
