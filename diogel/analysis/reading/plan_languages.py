"""Files that say everything twice: two columns of one table, or two tables, one in Welsh and one in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from .plan_heads import KNOWN, by_words
from .plan_values import plain
from .spoken import spoken, spoken_in
from .tables import Reading

if TYPE_CHECKING:
    from .plan_tables import Mapping as TableMapping

PAIRED: Mapping[str, frozenset[str]] = {
    "actions": frozenset(("heading", "title", "text", "said", "obstacle", "next_step", "milestones", "money")),
    "outcomes": frozenset(("outputs", "short", "medium", "long", "outcome")),
    "objectives": frozenset(("heading", "text")),
    "measures": frozenset(("heading", "measure")),
}
"""Fields that hold a sentence, which has two halves; names, days and numbers have none."""
LANGUAGES = ("cy", "en")
_CALLED = {"welsh": "cy", "cymraeg": "cy", "gymraeg": "cy", "cy": "cy", "english": "en", "saesneg": "en", "en": "en"}
_NAMED = 0.9


def half_of(name: str) -> tuple[str, str]:
    """A field and the language of its half: `title_cy` is (title, cy), `title` is (title, nothing)."""
    base, _line, language = name.rpartition("_")
    return (base, language) if base and language in LANGUAGES else (name, "")


def known_fields(kind: str) -> tuple[str, ...]:
    """What a column of such a table may hold: a field or, of a sentence, one half of it."""
    return (*KNOWN.get(kind, {}), *(f"{name}_{language}" for name in KNOWN.get(kind, {}) if name in PAIRED[kind] for language in LANGUAGES))


def without_language(head: str) -> tuple[str, str]:
    """A head without the language that it names first or last, and that language: `Action (English)` is (action, en), and `Cymraeg`
    alone is (nothing, cy)."""
    words = plain(head).split()
    for at in (0, -1):
        if words and (language := _CALLED.get(words[at])):
            rest = words[1:] if at == 0 else words[:-1]
            while at == -1 and len(rest) > 1 and rest[-1] in ("in", "yn", "y"):
                rest = rest[:-1]
            return " ".join(rest), language
    return plain(head), ""


Fields = dict[int, tuple[str, float]]


def two_columns(found: Fields, heads: Sequence[str], columns: Sequence[Sequence[str]], kind: str) -> Fields:
    """What `propose` found, with two columns of one sentence as its halves: their heads name languages, or their cells are in two."""
    said = [without_language(head) for head in heads]
    named = [_best(bare, kind) if bare else "title" if language and kind == "actions" else "" for bare, language in said]
    made = dict(found)
    for at, name in enumerate(named):
        for first in range(at):
            if not name or named[first] != name or half_of(made.get(first, ("", 0.0))[0])[1]:
                continue
            spoke = [said[each][1] or spoken(columns[each]) for each in (first, at)]
            field = _shared(made, (first, at), name)
            if field and set(spoke) == set(LANGUAGES):
                made |= {place: (f"{field}_{language}", _NAMED) for place, language in zip((first, at), spoke, strict=True)}
    return made


def _shared(made: Fields, places: tuple[int, int], name: str) -> str:
    """The field whose halves two columns are: what they are called or, where their cells are long, the text. Nothing where a third
    column holds it."""
    held = [made[place][0] for place in places if place in made]
    field = next((each for each in held if each in (name, "text")), name)
    return "" if any(half_of(each)[0] == field for place, (each, _score) in made.items() if place not in places) else field


def _best(head: str, kind: str) -> str:
    """The sentence that a head names, where it names one plainly."""
    scores = {name: score for name, score in by_words(head, kind).items() if score >= _NAMED}
    best = max(scores, key=lambda name: scores[name], default="")
    return best if best in PAIRED[kind] else ""


def two_tables(reading: Reading, mappings: Sequence[TableMapping]) -> list[TableMapping]:
    """The mappings with the language of each table, where a file has tables of one kind in both; a table that goes on, as its first."""
    tables = {table.number: table for table in reading.tables}
    spoke = {
        each.table: spoken_in(tables[each.table], each.head)
        for each in mappings
        if each.kind and not any(half_of(name)[1] for _at, name in each.fields)
    }
    for each in mappings:
        if each.follows in spoke:
            spoke[each.table] = spoke[each.follows]
    both = {kind for kind in PAIRED if {spoke.get(each.table, "") for each in mappings if each.kind == kind} >= set(LANGUAGES)}
    return [replace(each, language=spoke.get(each.table, "")) if each.kind in both else each for each in mappings]
