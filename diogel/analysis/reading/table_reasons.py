"""Why a Word or Excel file is refused, and what is told of one that was read: one code a sentence, as a catalogue knows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from .coded import Reason, Refusal
from .reasons import N_

REFUSALS: dict[str, str] = {
    "empty_file": N_("The file is empty. Choose it again."),
    "too_large_file": N_("The file is larger than %(most)s MB. Take the pictures out of it and send it again."),
    "unpacks_too_large": N_("The file would unpack to more than %(most)s MB, which no plan does. Nothing in it was opened."),
    "office_password": N_("The file is locked with a password. Open it, take the password off, save it and send it again."),
    "old_office": N_("The file was saved by Word or Excel of before 2007. Open it and save it as .docx or .xlsx."),
    "binary_excel": N_("The file is a binary Excel file (.xlsb). Open it and save it as .xlsx."),
    "open_document": N_("The file is an OpenDocument file. Open it and save it as .docx or .xlsx."),
    "is_pdf": N_("The file is a PDF. Ask for the Word file that it was made from, or open it in Word and save it as .docx."),
    "not_word_or_excel": N_("The file is neither a Word file (.docx) nor an Excel file (.xlsx)."),
    "damaged_office": N_("The file is damaged. Open it in Word or Excel, save it under another name and send that."),
    "holds_macros": N_("The file holds macros. Save it without them and send it again."),
    "other_kind": N_("The file is not what its name says, or it is damaged or locked with a password."),
    "declares_entities": N_("The file declares words of its own, as no Word or Excel file does. It was not opened."),
    "no_words": N_("The file holds no words. If its pages are pictures, they cannot be read."),
    "too_many_cells": N_("The file has more than %(most)s cells with words, which no plan has."),
}
"""Each tells what to do."""

NOTES: dict[str, str] = {
    "note_macros": N_("The file holds macros. They were not run, and nothing of them is kept."),
    "note_hidden_sheet": N_("The sheet “%(name)s” is hidden. It was read; ask whether it was meant to be sent."),
    "note_hidden_lines": N_("The sheet “%(name)s” has hidden rows or columns. They were read."),
    "note_tracked": N_("The file holds tracked changes. What was put in is read (%(put_in)s), what was struck out is not (%(struck)s)."),
    "note_comments": N_("The file holds comments, which are left out: %(n)s."),
    "note_merged": N_("The file has merged cells. Each counts for every row that it reaches."),
    "note_nested": N_("Tables that stand inside a cell of another table: %(n)s. Each is read as a table of its own."),
    "note_boxes": N_("Text boxes: %(n)s. Their words are read where they are fastened."),
    "note_no_value": N_("Formulas without a kept value: %(n)s. Open the file in Excel, save it and send it again to have them."),
    "note_pictures": N_("Pictures, which cannot be read: %(n)s."),
}
"""What is told of a whole file."""

FLAGS: dict[str, str] = {
    "merged": N_("It stands in a merged cell and counts for every row of it."),
    "box": N_("It stands in a text box."),
    "put_in": N_("Somebody put words in here with tracked changes; they are read."),
    "struck": N_("Somebody struck words out here with tracked changes; they are not read."),
    "nested": N_("A table stands inside this cell; it is read apart."),
    "no_value": N_("The formula has no kept value."),
    "formula_error": N_("The formula ended in an error."),
    "replacement": N_("It holds a mark for a letter that was lost: %(near)s."),
    "control": N_("It holds a sign that is no letter: %(near)s."),
    "wrong_letters": N_("Letters were read in the wrong way: %(near)s."),
    "odd_letter": N_("It holds a letter of neither Welsh nor English: %(near)s."),
    "split_word": N_("A word seems to be split: %(near)s."),
    "joined_words": N_("Words seem to be run together: %(near)s."),
    "begins_inside": N_("It begins in the middle of a sentence: %(near)s."),
    "breaks_off": N_("It seems to break off: %(near)s."),
}
"""What is told of one cell."""

DOUBTS: dict[str, str] = {
    "no_number": N_("The file gives it no number."),
    "number_twice": N_("The number %(number)s stands in more than one row of the file. Give one of them another number."),
    "number_not_whole": N_("“%(said)s” is not a number from 1 to 999, as a plan gives them."),
    "letter_alone": N_("“%(said)s” is a commitment of an action that the file does not have above it. Give it a number of its own."),
    "letter_left": N_("“%(said)s” was read as action %(number)s, for an outcome is one of a whole action."),
    "title_from_text": N_("The file gives it no title; its first words stand in for one."),
    "went_on": N_("It goes on in a row below that has no number."),
    "read_as_parts": N_("Lines read as commitments under this number: %(n)s."),
    "bullets_in_text": N_("Its text holds lines with bullets, which stay text. To have them as commitments, give them rows of their own."),
    "day_unknown": N_("“%(said)s” was not understood as a day and is left out."),
    "day_not_exact": N_("“%(said)s” gives no day; it was read as %(day)s."),
    "status_unknown": N_("“%(said)s” is no status that is known here and is left out."),
    "rag_unknown": N_("“%(said)s” is none of red, amber, green and grey and is left out."),
    "percent_unknown": N_("“%(said)s” is no share from 0 to 100 and is left out."),
    "no_term": N_("The file does not say of which term this outcome is; it was put under the short term."),
    "halves_differ": N_("The two languages of the file differ in “%(field)s”: “%(first)s” and “%(second)s”. The first was taken."),
    "no_bullet": N_("It stands among the measures without a bullet. Take its tick away if it is none of them."),
    "after_words": N_("Words that are no measure stand between it and the measures above. Take its tick away if it is none of them."),
    "two_directions": N_("Its words name more than one direction, and none is taken from them."),
    "taken_from_above": N_("The cells of theme and duty are empty; those of the row above were taken."),
}
"""What a person should look at in one row of a plan, before it is taken over."""

UNPLACED: dict[str, str] = {
    "column_not_placed": N_("No field was chosen for this column."),
    "table_not_placed": N_("This table was not read as actions, outcomes, objectives or measures."),
    "no_priority_above": N_("It stands under a heading of measures that has no priority above it."),
    "among_measures": N_("It stands among the measures, and is no line of their list."),
    "outside_tables": N_("It stands outside the tables."),
    "not_understood": N_("It could not be read as what its column holds."),
    "same_in_all": N_("The same sentence stands in every row, so that it names nobody."),
    "goes_on_above": N_("It stands in a row that goes on with the one above, of which only the words are taken."),
    "sum_of_rows": N_("It stands in a row of sums."),
    "above_first_action": N_("It stands in a row without a number, before the first action."),
}
"""Why a cell was put nowhere; it is kept in a list that can be downloaded."""

TABLE_REASONS: dict[str, str] = REFUSALS | NOTES | FLAGS | DOUBTS | UNPLACED


class Note(Reason):
    """Something told of a Word or Excel file, or of a cell of it."""

    catalogue: ClassVar[Mapping[str, str]] = TABLE_REASONS


class Untaken(Refusal):
    """Why a Word or Excel file is not taken."""

    catalogue: ClassVar[Mapping[str, str]] = TABLE_REASONS
