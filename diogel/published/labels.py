"""The few words a paper says by itself, around what it was given: both languages side by side, for one reader to check."""

from __future__ import annotations

from .blocks import Table

LABELS: dict[str, dict[str, str]] = {
    "page": {"cy": "Tudalen {page} o {pages}", "en": "Page {page} of {pages}"},
    "table_of_figure": {"cy": "Dangos y tabl", "en": "Show the table"},
    "number": {"cy": "Rhif", "en": "Number"},
    "ask": {"cy": "Beth a ofynnir", "en": "What is asked"},
    "wanted": {"cy": "Pam y mae yma", "en": "Why it is here"},
    "term": {"cy": "Pwnc", "en": "Subject"},
    "said": {"cy": "Manylion", "en": "Details"},
    "draft": {"cy": "DRAFFT", "en": "DRAFT"},
    "provisional": {"cy": "p: ffigur dros dro, gall newid.", "en": "p: provisional figure, it may change."},
    "corrected": {"cy": "c: ffigur wedi’i gywiro ers ei gyhoeddi gyntaf.", "en": "c: corrected since it was first published."},
}

# What stands after a figure in small letters; the note under the table explains it.
STATE_LETTERS = {"provisional": "p", "corrected": "c"}

# Which colour a shape has. The shape and its word carry the meaning; the colour only repeats it.
TONES = {
    "done": "done",
    "yes": "done",
    "rag-green": "done",
    "late": "late",
    "block": "late",
    "rag-red": "late",
    "odd": "odd",
    "carry": "carry",
}


def label(name: str, language: str) -> str:
    """The word or sentence for `name`; KeyError if there is none."""
    return LABELS[name][language]


def tone(shape: str) -> str:
    """`late`, `done`, `odd`, `carry` or `quiet`."""
    return TONES.get(shape, "quiet")


def table_notes(table: Table, language: str) -> tuple[str, ...]:
    """The table's own note, then what its small letters mean."""
    letters = tuple(label(state, language) for state in STATE_LETTERS if table.has(state))
    return ((table.note,) if table.note else ()) + letters
