"""How wide each column of a printed table is: by its words, so that figures keep their line and long texts share the rest."""

from __future__ import annotations

import math

from diogel.published.blocks import Cell, Table

_LINE = 116  # letters of table type that one line of the page is sure to hold
_LIKELY = 138  # letters that it holds of most texts
_LONGEST_FIGURE = 22  # beyond this it is a sentence
_GAP = 3  # letters' worth of room between two columns
_SHORT = 24  # lines of a table that are not worth a break: about half a page


def shares(table: Table) -> tuple[float, ...]:
    """Each column's part of the table's width; they add up to 1. Shares the table asks for are kept as far as figures stay whole."""
    given = [column.share for column in table.columns]
    wanted = [_widest(table, at) for at in range(len(given))]
    least = [_longest_word(table, at) if table.columns[at].align == "start" else _longest_figure(table, at) for at in range(len(given))]
    if all(given):
        fitted = _raised([_LINE * share / sum(given) for share in given], least)
    else:
        fitted = _shrunk(wanted, least) if sum(wanted) > _LINE else _stretched(wanted, table)
    return tuple(width / sum(fitted) for width in fitted)


def keeps_together(table: Table) -> bool:
    """Whether a table is short enough to stand whole on one page; a longer one may go on to the next, its head repeated."""
    widths = [max(1.0, share * _LIKELY - _GAP) for share in shares(table)]
    return sum(_lines(row, widths) for row in table.rows) <= _SHORT


def _lines(row: tuple[Cell, ...], widths: list[float]) -> int:
    return max(1, *(math.ceil(_length(cell.text, cell.mark, cell.state) / width) for cell, width in zip(row, widths, strict=True)))


def _raised(asked: list[float], least: list[float]) -> list[float]:
    """Columns that are too narrow get what they need; those with room to spare give it, each in proportion to its room."""
    lacking = sum(max(0.0, word - width) for width, word in zip(asked, least, strict=True))
    room = sum(max(0.0, width - word) for width, word in zip(asked, least, strict=True))
    if not lacking or not room:
        return asked
    part = min(1.0, lacking / room)
    return [max(width, word) - part * max(0.0, width - word) for width, word in zip(asked, least, strict=True)]


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
    longest = max(len(word) for text in texts for word in (text.split() or [""]))
    return _GAP + 1.2 * longest  # more, for a broader face that stands in for ours


def _longest_figure(table: Table, at: int) -> float:
    """A figure, or the word that stands for one, is not broken over two lines; the title above it may be."""
    figures = max([_length(row[at].text, row[at].mark, row[at].state) for row in table.rows], default=0)
    return max(_longest_word(table, at), _GAP + min(figures, _LONGEST_FIGURE))


def _length(text: str, mark: str, state: str) -> float:
    return len(text) + (3 if mark else 0) + (4 if state in ("withheld", "missing", "late") else 0)
