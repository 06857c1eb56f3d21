"""Every sentence of a partnership that is not checked in both languages, in the order of what matters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import CharField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse

from diogel.people.access import seen_as
from diogel.publishing.holding_up import Key, held_up
from diogel.publishing.quarterly_scope import QuarterScope
from diogel.words.asked import asked
from diogel.words.pairs import Bilingual, Pair, PairState

from .row_kinds import KINDS, Kind

STALE, MISSING, DRAFT = "stale", "missing", "draft"
STATES = (STALE, MISSING, DRAFT)
"""In the order in which they are shown: what was told and has changed before what was never whole, and that before what only waits."""

UNCHECKED_STATES = [state for state in PairState.values if state != PairState.CHECKED]

NOTHING = Value("", TextField())

BILINGUAL = {key: kind for key, kind in KINDS.items() if issubclass(kind.model, Bilingual) and kind.model.pairs}

MOST = max(len(kind.model.pairs) for kind in BILINGUAL.values())
"""The most pairs that a row of any kind has."""


@dataclass(frozen=True)
class Unchecked:
    """One pair. `row_named` is what its row is called, the pair itself where it is the name; `holds_up` names the papers that wait."""

    key: str
    pk: int
    name: str
    pair: Pair
    mark: str
    row_named: Pair
    holds_up: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        return KINDS[self.key]

    @property
    def label(self) -> Any:
        return self.kind.label(self.name)

    @property
    def state(self) -> str:
        return state_of(self.pair)

    @property
    def is_name(self) -> bool:
        return self.name == self.kind.named

    @property
    def order(self) -> tuple[Any, ...]:
        return (STATES.index(self.state), not self.holds_up, list(KINDS).index(self.key), self.mark.zfill(9), self.pk, self.name)

    def url(self, slug: str) -> str:
        return reverse("words:pair", args=[slug, self.key, self.pk, self.name])

    def holds(self, words: str) -> bool:
        """Whether what somebody looks for stands in either half or in what the row is called."""
        texts = (self.pair.cy, self.pair.en, self.row_named.cy, self.row_named.en, self.mark)
        return any(words.casefold() in text.casefold() for text in texts)


def state_of(pair: Pair) -> str:
    """One of three words for what a pair waits for."""
    if not (pair.cy and pair.en):
        return MISSING
    return STALE if pair.state in (PairState.STALE_CY, PairState.STALE_EN) else DRAFT


def unchecked(user: Any, partnership: Any, scope: QuarterScope | None = None) -> list[Unchecked]:
    """All that `user` may see, in one query; with `scope`, the papers that each holds up are named too."""

    def question() -> QuerySet:
        first, *others = (_select(key, kind, kind.standing(user, partnership)) for key, kind in BILINGUAL.items())
        return first.union(*others, all=True)

    found = [each for row in asked(("unchecked", partnership.pk, seen_as(user)), question) for each in _pairs(*row)]
    if scope is not None:
        found = _with_papers(found, scope)
    return sorted(found, key=lambda each: each.order)


def _select(key: str, kind: Kind, rows: QuerySet) -> QuerySet:
    """Kind, key, mark and name of each row with an unchecked pair; then state and halves of all its pairs, filled up with nothing."""
    names = kind.model.pairs
    # Asked for without a "not", which would cost the page twice the time to put into words.
    waits = [Q(**{f"{name}_state__in": UNCHECKED_STATES}) & (Q(**{f"{name}_cy__gt": ""}) | Q(**{f"{name}_en__gt": ""})) for name in names]
    columns: list[Any] = [Value(key, CharField()), "pk", Cast(kind.mark, TextField()) if kind.mark else NOTHING]
    columns += [f"{kind.named}_cy", f"{kind.named}_en"] if kind.named else [NOTHING, NOTHING]
    columns += [f"{name}_{part}" for name in names for part in ("state", "cy", "en")]
    return rows.order_by().filter(reduce(or_, waits)).values_list(*columns, *[NOTHING] * (3 * (MOST - len(names))))


def _pairs(key: str, pk: int, mark: str, cy: str, en: str, *parts: str) -> Iterator[Unchecked]:
    for at, name in enumerate(KINDS[key].model.pairs):
        state, pair_cy, pair_en = parts[3 * at : 3 * at + 3]
        if state != PairState.CHECKED and (pair_cy or pair_en):
            yield Unchecked(key, pk, name, Pair(pair_cy, pair_en, state), mark or "", Pair(cy or "", en or ""))


def _with_papers(found: list[Unchecked], scope: QuarterScope) -> list[Unchecked]:
    def key_of(each: Unchecked) -> Key:
        return each.kind.model, each.pk, each.name

    pack, papers = held_up(scope, [key_of(each) for each in found])
    told = (("pack", pack), ("plan", papers))
    return [replace(each, holds_up=tuple(paper for paper, waits in told if key_of(each) in waits)) for each in found]
