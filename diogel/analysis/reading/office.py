"""Reads a Word or Excel file, whichever it is."""

from __future__ import annotations

from dataclasses import replace

from .excel_tables import read_excel
from .office_packed import opened
from .table_reasons import Note, Untaken
from .tables import Reading
from .word_tables import read_word


def read_office(data: bytes) -> Reading:
    """Every table and paragraph of the file in `data`. Untaken, in one sentence that says what to do, where that cannot be."""
    packed = opened(data)
    try:
        return _told(read_word(packed) if packed.kind == "word" else read_excel(packed, data))
    except Untaken:
        raise
    except (RecursionError, ValueError, KeyError, TypeError, AttributeError, OverflowError):
        # What a damaged file holds in place of a number, or how deep it nests, no reader can foresee; its own faults have tests.
        raise Untaken.because("damaged_office") from None


def _told(reading: Reading) -> Reading:
    """With what is told of either kind of file."""
    cells = (cell for table in reading.tables for line in table.lines for cell in line.cells)
    return replace(reading, notes=(*reading.notes, Note.of("note_merged"))) if any("merged" in cell.flags for cell in cells) else reading
