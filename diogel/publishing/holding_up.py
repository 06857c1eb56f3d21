"""Which unchecked sentences hold up what is to be told next: the quarter's pack, and the plan on the public pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import CharField, QuerySet, Value

from .quarterly_scope import QuarterScope
from .quarterly_waiting import pairs_of_the_pack
from .snapshot_fields import As
from .snapshot_readiness import pairs_told
from .snapshot_scopes import partnership_scope, plan_scope

Key = tuple[Any, int, str]
"""A pair by its model, the key of its row, and its name."""


def held_up(scope: QuarterScope, pairs: Collection[Key]) -> tuple[set[Key], set[Key]]:
    """Those of `pairs`, all unchecked, that keep back the quarter's pack, and those that keep the plan in force, or who we are,
    from being published. At most two queries beside those that find the rows of a paper; none where `pairs` is empty."""
    if not pairs:
        return set(), set()
    if scope.plan:
        scope.plan.partnership = scope.partnership  # known already: it is not asked for again
    pack = [(rows, name) for _kind, rows, name, _how in pairs_of_the_pack(scope)]
    told = [partnership_scope(scope.partnership), *([plan_scope(scope.plan)] if scope.plan else [])]
    papers = [(each.rows[kind], name) for each in told for kind, name, how in pairs_told(each) if how is not As.SAID]
    return _among(pack, pairs), _among(papers, pairs)


def _among(told: Iterable[tuple[QuerySet, str]], pairs: Collection[Key]) -> set[Key]:
    """Those of `pairs` that stand in `told`."""
    asked: dict[tuple[str, str], list[int]] = {}
    models: dict[str, Any] = {}
    for model, pk, name in pairs:
        asked.setdefault((model._meta.label_lower, name), []).append(pk)
        models[model._meta.label_lower] = model
    selects = []
    for rows, name in told:
        label = rows.model._meta.label_lower
        if keys := asked.get((label, name)):
            found = rows.order_by().filter(pk__in=keys).annotate(held_model=Value(label, CharField()), held_name=Value(name, CharField()))
            selects.append(found.values_list("held_model", "pk", "held_name"))
    if not selects:
        return set()
    return {(models[label], pk, name) for label, pk, name in selects[0].union(*selects[1:])}
