"""What a translator is given: each sentence that waits, where it stands, what was said before, and a print by which it is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from diogel.words.glossary import Term, occurring
from diogel.words.pairs import Pair, PairState

from .words_forms import STATE_NAMES
from .words_history import history
from .words_like import Like, Memory
from .words_list import STALE, Unchecked, state_of, unchecked

LANGUAGES = ("cy", "en")


@dataclass(frozen=True)
class Unit:
    """One sentence of a translator's file: from which language into the other. `before` is how the pair read when it was last checked,
    where the log knows; `most` how many characters the other half may have, None where it may have any number."""

    mark: str
    language: str
    pair: Pair
    state: str
    where: str
    url: str
    most: int | None
    before: Pair | None
    like: Like | None
    terms: tuple[Term, ...]

    @property
    def into(self) -> str:
        return other(self.language)

    @property
    def source(self) -> str:
        return self.pair.say(self.language)

    @property
    def target(self) -> str:
        return self.pair.say(self.into)

    @property
    def state_word(self) -> str:
        return str(STATE_NAMES[self.state])


def other(language: str) -> str:
    return "en" if language == "cy" else "cy"


def units(user: Any, partnership: Any, *, into: str = "", root: str = "") -> list[Unit]:
    """Every sentence that waits and that `user` may see, in the order of the desk; `into` narrows it to one direction. `root` is what
    stands before an address of the desk."""
    memory = Memory.of(user, partnership)
    found = unchecked(user, partnership)
    rows = _rows(user, partnership, [each for each in found if each.state == STALE])
    wanted = [each for each in found if not into or from_language(each.pair) != into]
    return [_unit(each, partnership, memory, rows.get((each.key, each.pk)), root) for each in wanted]


def from_language(pair: Pair) -> str:
    """The half that is put into the other language: the one there is, the one that was changed, else the English."""
    if not (pair.cy and pair.en):
        return "cy" if pair.cy else "en"
    return "cy" if pair.state == PairState.STALE_EN else "en"


def mark_of(key: str, pk: int, name: str, pair: Pair) -> str:
    """How a sentence is known again when its file comes back: its row, and a print of both halves as they were given out."""
    return f"{key}.{pk}.{name}.{print_of(key, pk, name, pair)}"


def print_of(key: str, pk: int, name: str, pair: Pair) -> str:
    return hashlib.sha256("\x1f".join((key, str(pk), name, pair.cy, pair.en)).encode()).hexdigest()[:12]


def longest(model: Any, name: str, language: str) -> int | None:
    """Characters that a half may have; None where it may have any number."""
    return model._meta.get_field(f"{name}_{language}").max_length  # type: ignore[no-any-return]


def where_it_stands(each: Unchecked) -> str:
    """Kind and number of its row, what that is called, and what the sentence is of it."""
    return " · ".join(part for part in _parts(each) if part)


def _parts(each: Unchecked) -> Iterator[str]:
    yield f"{each.kind.word} {each.mark}".strip()
    if not each.is_name:
        yield each.row_named.say() or each.row_named.en or each.row_named.cy
    yield capfirst(str(each.label))


def _unit(each: Unchecked, partnership: Any, memory: Memory, row: Any, root: str) -> Unit:
    language = from_language(each.pair)
    source = each.pair.say(language)
    return Unit(
        mark=mark_of(each.key, each.pk, each.name, each.pair),
        language=language,
        pair=each.pair,
        state=state_of(each.pair),
        where=where_it_stands(each),
        url=root + each.url(partnership.slug),
        most=longest(each.kind.model, each.name, other(language)),
        before=history(row, each.name).checked if row is not None else None,
        like=memory.nearest(source, language),
        terms=occurring(source, language),
    )


def _rows(user: Any, partnership: Any, found: list[Unchecked]) -> dict[tuple[str, int], Any]:
    """The rows themselves, one question a kind."""
    keys: dict[str, list[int]] = {}
    for each in found:
        keys.setdefault(each.key, []).append(each.pk)
    kinds = {each.key: each.kind for each in found}
    return {(key, row.pk): row for key, pks in keys.items() for row in kinds[key].standing(user, partnership).filter(pk__in=pks)}


def summary(found: list[Unit]) -> list[tuple[str, int]]:
    """How many wait to be put into each language."""
    names = {"cy": _("Into Welsh"), "en": _("Into English")}
    return [(names[language], n) for language in LANGUAGES if (n := sum(each.into == language for each in found))]
