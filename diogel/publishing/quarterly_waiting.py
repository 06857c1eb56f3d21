"""What a quarter's papers wait for, asked of the database alone: the page of the desk has no time to gather a paper first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from diogel.crime import counting
from diogel.people.models import Body, Partnership
from diogel.places.models import Area
from diogel.plan.models import Number, Plan
from diogel.processes.actions.models import Action
from diogel.words.asked import asked

from .models import OneLanguage
from .one_language import ALWAYS_BOTH, RULE, waits
from .quarterly_fields import INTERNAL
from .quarterly_readiness import Hindrance, running, unanswered, unchecked
from .quarterly_scope import QuarterScope
from .quarterly_source import About
from .snapshot_fields import As

# Whose row a field of the internal paper stands in, where its kind there and its table go by other names.
_FIELDS_OF = {"update": "action", "observation": "figure"}
_OF_UPDATE = {"text", "obstacle"}
_KINDS = ("who", RULE, "plan", "area", "card", "action", "update", "body", "measure", "observation", "event")
"""In the order of the paper."""
_LABELS: dict[str, Any] = {
    "who": F("slug"),
    RULE: F("document"),
    "plan": F("code"),
    "area": F("code"),
    "body": F("code"),
    "measure": F("code"),
    "observation": F("measure__code"),
    "card": Concat(F("area__code"), Value(" "), F("crime_type")),
    "event": F("code"),
}


def waiting(scope: QuarterScope) -> list[Hindrance]:
    """The same that keeps the pack from being made: that the quarter is not over, then cards, then pairs in the order of the paper."""
    found = [running(scope.quarter)] if not counting.is_over(scope.quarter) else []
    found += [unanswered(card) for card in scope.cards().select_related("area", "look__partnership") if not card.is_answered]

    def question() -> QuerySet:
        first, *others = (_select(scope, *each) for each in _told(_rows(scope)))
        return first.union(*others, all=True)

    told = sorted(asked(("waiting", *_key(scope)), question), key=lambda row: (_KINDS.index(row[0]), row[3].zfill(9), row[1]))
    return [
        *found,
        *(
            unchecked(About(kind, label, pk), field, state, "" if kind in ALWAYS_BOTH else scope.only)
            for kind, field, pk, label, state in dict.fromkeys(told)
        ),
    ]


def _key(scope: QuarterScope) -> tuple[Any, ...]:
    """All on which the questions for the rows depend."""
    plan, look = (row.pk if row else None for row in (scope.plan, scope.look))
    return scope.partnership.pk, str(scope.quarter), plan, look, scope.rule.pk if scope.rule else None, scope.only, scope.measures_told


def pairs_of_the_pack(scope: QuarterScope) -> Iterator[tuple[str, QuerySet, str, As]]:
    """(kind, rows, pair, how it leaves) of everything that the internal paper tells; no row is asked for yet."""
    return _told(_rows(scope))


def _rows(scope: QuarterScope) -> dict[str, QuerySet]:
    actions = Action.objects.filter(pk__in=scope.numbers().order_by().values("action"))
    measures = _measures(scope)
    return {
        "who": Partnership.objects.filter(pk=scope.partnership.pk),
        RULE: OneLanguage.objects.filter(pk=scope.rule.pk) if scope.rule else OneLanguage.objects.none(),
        "plan": Plan.objects.filter(pk=scope.plan.pk) if scope.plan else Plan.objects.none(),
        "area": Area.objects.filter(Q(partnerships=scope.partnership) | Q(pk__in=scope.cards().order_by().values("area"))).distinct(),
        "card": scope.cards().exclude(signed_on=None),
        "action": actions,
        "update": scope.updates(),
        "body": Body.objects.filter(actions__in=actions.order_by()).distinct(),
        "measure": measures,
        "observation": scope.observations().filter(measure__in=measures.order_by()),
        "event": scope.events(),
    }


def _measures(scope: QuarterScope) -> QuerySet:
    """Those the plan reports; without a plan, those for which a figure of this quarter came."""
    if scope.plan is None:
        first, last = scope.spans[0]
        now = scope.observations().filter(from_on=first, to_on=last)
        return scope.measures().filter(pk__in=now.order_by().values("measure"))
    return scope.measures().filter(pk__in=scope.measures_told)


def _told(by_kind: dict[str, QuerySet]) -> Iterator[tuple[str, QuerySet, str, As]]:
    """(kind, rows, pair, how it leaves) of everything that the internal paper tells."""
    for kind, rows in by_kind.items():
        for name, how in INTERNAL[_FIELDS_OF.get(kind, kind)].items():
            belongs = kind not in ("action", "update") or (name in _OF_UPDATE) == (kind == "update")
            if how in (As.TITLE, As.PAIR) and belongs and name in rows.model.pairs:  # type: ignore[attr-defined]
                yield kind, rows, name, how  # type: ignore[misc]


def _select(scope: QuarterScope, kind: str, rows: QuerySet, name: str, how: As) -> QuerySet:
    rows = rows.order_by().filter(waits(name, kind, scope.only))
    if how is As.PAIR:
        rows = rows.exclude(**{f"{name}_cy": "", f"{name}_en": ""})
    return rows.annotate(
        waits_kind=Value(kind, CharField()),
        waits_field=Value(name, CharField()),
        waits_label=Cast(_label(scope, kind), TextField()),
        waits_state=Cast(F(f"{name}_state"), CharField()),
    ).values_list("waits_kind", "waits_field", "pk", "waits_label", "waits_state")


def _label(scope: QuarterScope, kind: str) -> Any:
    if kind in _LABELS:
        return _LABELS[kind]
    number = Number.objects.filter(plan=scope.plan, action=OuterRef("pk" if kind == "action" else "action")).values("number")
    return Subquery(number[:1])
