"""What was translated before: the sentence most like one that waits, from older plans and papers, with its twin."""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import CharField, Q, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from diogel.published.models import Publication
from diogel.words.pairs import PairState

from .words_list import BILINGUAL, MOST, NOTHING

LEAST = 60
"""Per cent of likeness below which an earlier sentence helps nobody."""
LOOKED_AT = 6
"""Sentences that share the most words with one are compared with it letter by letter."""
SHORTEST = 3
"""Words below which a sentence is not looked up: the glossary knows the terms."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Like:
    """An earlier sentence, its twin, where it stood, and how like it is in per cent."""

    source: str
    target: str
    origin: str
    per_cent: int


@dataclass(frozen=True)
class _Known:
    cy: str
    en: str
    origin: str

    def half(self, language: str) -> str:
        return self.cy if language == "cy" else self.en


class Memory:
    """Every sentence of a partnership that somebody vouched for in both languages, as it stands now or as it was published."""

    def __init__(self, known: Iterable[_Known]) -> None:
        self._known = list({(each.cy, each.en): each for each in known if each.cy and each.en}.values())
        self._words: dict[str, dict[str, list[int]]] = {}

    @classmethod
    def of(cls, user: Any, partnership: Any) -> Memory:
        """What `user` may see of it; two questions."""
        return cls([*_published(partnership), *_standing(user, partnership)])

    def nearest(self, text: str, language: str) -> Like | None:
        """The earlier sentence most like `text`, or none that is like it."""
        words = _words(text)
        if len(words) < SHORTEST:
            return None
        best = max(self._candidates(words, language), default=None)
        if best is None or best[0] < LEAST:
            return None
        known, other = self._known[-best[1]], "en" if language == "cy" else "cy"
        return Like(known.half(language), known.half(other), known.origin, best[0])

    def _candidates(self, words: list[str], language: str) -> Iterator[tuple[int, int]]:
        """(likeness, minus the place) of those that share the most words; of equals the first, which is the latest told."""
        index, shared = self._index(language), Counter[int]()
        for word in set(words):
            shared.update(index.get(word, ()))
        for at, _count in shared.most_common(LOOKED_AT):
            matcher = difflib.SequenceMatcher(None, words, _words(self._known[at].half(language)), autojunk=False)
            yield round(100 * matcher.ratio()), -at

    def _index(self, language: str) -> Mapping[str, list[int]]:
        if language not in self._words:
            index: dict[str, list[int]] = defaultdict(list)
            for at, each in enumerate(self._known):
                for word in set(_words(each.half(language))):
                    index[word].append(at)
            self._words[language] = index
        return self._words[language]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _published(partnership: Any) -> Iterator[_Known]:
    """The pairs of what was published and not taken back, the latest first; a quarter's paper is kept as papers, not as pairs."""
    rows = Publication.objects.standing().filter(partnership=partnership.slug).exclude(kind=Publication.Kind.QUARTER)
    for key, version, content in rows.order_by("-published_at").values_list("key", "version", "content"):
        origin = _("%(paper)s, version %(version)s") % {"paper": key, "version": version}
        yield from (_Known(cy, en, origin) for cy, en in _pairs_in(content))


def _pairs_in(held: Any) -> Iterator[tuple[str, str]]:
    if isinstance(held, dict) and set(held) == {"cy", "en"} and isinstance(held["cy"], str):
        yield held["cy"], held["en"]
    elif isinstance(held, (dict, list)):
        for each in held.values() if isinstance(held, dict) else held:
            yield from _pairs_in(each)


def _standing(user: Any, partnership: Any) -> Iterator[_Known]:
    """The checked pairs of every kind of row, in one question."""
    selects = []
    for key, kind in BILINGUAL.items():
        names = kind.model.pairs
        is_checked = reduce(or_, [Q(**{f"{name}_state": PairState.CHECKED}) for name in names])
        columns: list[Any] = [Value(key, CharField()), Cast(kind.mark, TextField()) if kind.mark else NOTHING]
        columns += [f"{name}_{part}" for name in names for part in ("state", "cy", "en")]
        rows = kind.standing(user, partnership).order_by().filter(is_checked)
        selects.append(rows.values_list(*columns, *[NOTHING] * (3 * (MOST - len(names)))))
    for key, mark, *parts in selects[0].union(*selects[1:], all=True):
        origin = f"{BILINGUAL[key].word} {mark or ''}".strip()
        for at in range(0, len(parts), 3):
            if parts[at] == PairState.CHECKED:
                yield _Known(parts[at + 1], parts[at + 2], origin)
