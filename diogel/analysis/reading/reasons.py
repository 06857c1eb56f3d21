"""Why a street file is refused: one code a reason, and its English sentence as a catalogue knows it.

`%(name)s` stands for a value. Whoever shows a reason looks its sentence up in a catalogue and puts the values in.
"""

from __future__ import annotations


def N_(sentence: str) -> str:
    """Marks a sentence for the catalogue and leaves it as it is."""
    return sentence


REASONS: dict[str, str] = {
    "no_such_file": N_("There is no such file."),
    "wrong_kind": N_("It is none of .csv, .csv.gz, .zip or a folder."),
    "empty_folder": N_("This folder holds no CSV file and no zip archive."),
    "broken_archive": N_("It is not a whole zip archive: it is damaged, cut short or something else."),
    "empty_archive": N_("This archive holds no CSV file."),
    "outside_archive": N_("Its name points outside the archive."),
    "locked": N_("It is locked with a password."),
    "bomb": N_("It unpacks to far more than a month of any force can be."),
    "too_large": N_("It is larger than %(most)s MB, far more than a month of any force."),
    "not_opened": N_("It cannot be opened: %(why)s."),
    "damaged_inside": N_("It is damaged inside the archive: it cannot be unpacked or its checksum does not match."),
    "unnamed": N_("Its name does not say month and force, as in 2024-01-north-wales-street.csv."),
    "no_such_month": N_("There is no month %(month)s, as its name has it."),
    "damaged": N_("It is damaged: the gzip cannot be unpacked or its checksum does not match."),
    "cut_short": N_("It is cut short: the gzip ends too early."),
    "empty": N_("It is empty."),
    "zip_as_csv": N_("It is a zip archive under the name of a CSV file."),
    "utf_16": N_("It is saved as UTF-16; it must be UTF-8, as it was published."),
    "binary": N_("It is not text: it holds binary data."),
    "web_page": N_("It is a web page or XML, not a CSV file."),
    "no_rows": N_("It holds the header and no row."),
    "not_utf_8": N_("It is not text in UTF-8."),
    "old_layout": N_("It has the layout of before 2012, with Easting and Northing and without LSOA codes."),
    "no_columns": N_("Its first line names none of the columns of a street file."),
    "lacks_columns": N_("It lacks the columns: %(columns)s."),
    "wrong_order": N_("Its columns are not the %(n)s of a street file in their order."),
    "long_line": N_("Line %(line)s is longer than %(most)s bytes: a cell holds far more than it should."),
    "odd_letter": N_("It is not UTF-8 text: line %(line)s holds a byte that is no letter there."),
    "ragged": N_("Line %(line)s has %(found)s columns where %(wanted)s belong: it is cut short or damaged there."),
    "no_coordinate": N_("Line %(line)s has “%(text)s” where a coordinate belongs."),
    "open_quote": N_("Line %(line)s opens a quotation mark that is never closed."),
    "no_row": N_("Line %(line)s cannot be read as a row of a street file."),
    "no_row_somewhere": N_("A line cannot be read as a row of a street file."),
    "joined_lines": N_("A stray quotation mark joins lines: %(lines)s lines make %(rows)s rows."),
    "other_month": N_("Its name says %(month)s, but %(n)s of its %(rows)s rows are of another month (%(other)s)."),
    "unknown_types": N_("%(n)s of its %(rows)s rows have a crime type that police.uk does not use."),
    "invented": N_("%(n)s of its rows are marked as invented: they do not belong among real ones."),
    "not_invented": N_("%(n)s of its rows are not marked as invented."),
}
"""Code to sentence. A code is stable: programs that read the report in JSON may rely on it."""


def sentence(code: str, /, **values: object) -> str:
    """The reason in English, for whoever has no catalogue. KeyError for a code that is none."""
    return REASONS[code] % values
