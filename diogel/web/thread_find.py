"""From a sentence back to where it was written and forward to where it was told: in every pair of a partnership, and in what was published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import CharField, F, Q, TextField, Value
from django.db.models.functions import Cast, Replace
from django.db.models.lookups import IContains

from diogel.published.models import Publication
from diogel.words.pairs import Pair

from .row_kinds import KINDS
from .words_list import BILINGUAL, MOST, NOTHING, Unchecked
from .words_units import where_it_stands

SHORTEST = 3
"""Letters below which a question would find half the house; abbreviations have three."""
MOST_FOUND = 50
CURLY = (("‘", "'"), ("’", "'"))
STRAIGHT = str.maketrans(dict(CURLY))


@dataclass(frozen=True)
class Written:
    """A sentence as it stands in a row, what row that is, and its page."""

    pair: Pair
    where: str
    url: str
    kind: str
    pk: int


@dataclass(frozen=True)
class Told:
    """A published version that holds the words: its kind, key and number."""

    kind: str
    key: str
    version: int
    stands: bool


def written(words: str, user: Any, partnership: Any) -> list[Written]:
    """Rows that `user` may see in which these words stand, in one question."""
    if len(words) < SHORTEST:
        return []
    selects, wanted = [], words.translate(STRAIGHT)
    for key, kind in BILINGUAL.items():
        names = kind.model.pairs
        holds: list[Any] = [IContains(_straight(f"{name}_{half}"), wanted) for name in names for half in ("cy", "en")]
        columns: list[Any] = [Value(key, CharField()), "pk", Cast(kind.mark, TextField()) if kind.mark else NOTHING]
        columns += [f"{kind.named}_cy", f"{kind.named}_en"] if kind.named else [NOTHING, NOTHING]
        columns += [f"{name}_{half}" for name in names for half in ("cy", "en")]
        rows = kind.standing(user, partnership).order_by().filter(reduce(or_, map(Q, holds)))
        selects.append(rows.values_list(*columns, *[NOTHING] * (2 * (MOST - len(names)))))
    found = selects[0].union(*selects[1:], all=True)
    return [each for row in found[:MOST_FOUND] for each in _written(words, partnership.slug, *row)]


def _straight(column: str) -> Any:
    """The column as `STRAIGHT` would have it: a sentence is found however its apostrophes were typed, here or there."""
    made: Any = F(column)
    for curly, straight in CURLY:
        made = Replace(made, Value(curly), Value(straight), output_field=TextField())
    return made


def _plain(text: str) -> str:
    return text.translate(STRAIGHT).casefold()


def _written(words: str, slug: str, key: str, pk: int, mark: str, cy: str, en: str, *halves: str) -> Iterator[Written]:
    for at, name in enumerate(KINDS[key].model.pairs):
        pair = Pair(halves[2 * at] or "", halves[2 * at + 1] or "")
        if _plain(words) in _plain(f"{pair.cy}\n{pair.en}"):
            row = Unchecked(key, pk, name, pair, mark or "", Pair(cy or "", en or ""))
            yield Written(pair, where_it_stands(row), row.url(slug), key, pk)


def told(words: str, partnership: Any) -> list[Told]:
    """Published versions that hold these words, the latest first."""
    if len(words) < SHORTEST:
        return []
    rows = Publication.objects.filter(partnership=partnership.slug).order_by("-published_at", "-version")
    wanted = _plain(words)
    found = []
    for kind, key, version, gone, content in rows.values_list("kind", "key", "version", "withdrawn_at", "content"):
        if any(wanted in _plain(text) for text in _texts({name: part for name, part in content.items() if name != "drawings"})):
            found.append(Told(kind, key, version, gone is None))
    return found


def _texts(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, (dict, list)):
        for each in held.values() if isinstance(held, dict) else held:
            yield from _texts(each)
