"""How many links the chain of each theme has, for a page that lists them all: in one question, by the rules of `chain`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Coalesce

from diogel.assessment.models import Evidence, Theme

from .chain import current_plan
from .models import Number, Outcome, Priority


@dataclass(frozen=True)
class Counted:
    """How many of each hang on a theme, as a reader may see them."""

    evidence: int
    priorities: int
    actions: int
    outcomes: int


def counted(themes: Iterable[Theme], partnership: Any, user: Any, day: date) -> dict[int, Counted]:
    """For each theme by its key: the evidence that stands with it, its priorities in the plan of today, the actions that serve it or one
    of these, and the outcome rows that name it or cite one of those actions."""
    keys, plan = [theme.pk for theme in themes], current_plan(partnership, day)
    of_theme, through = {"plan": plan, "themes__in": keys}, {"priorities__plan": plan, "priorities__withdrawn_on": None}
    shown: Any = _standing(Number, plan=plan, action__withdrawn_on=None).visible_to(user)
    rows = _pairs("evidence", _standing(Evidence, themes__in=keys).visible_to(user), "themes").union(
        _pairs("priority", _standing(Priority, **of_theme).visible_to(user), "themes"),
        _pairs("number", _standing(Number, **of_theme), "themes", "number"),
        _pairs("number", _standing(Number, plan=plan, priorities__themes__in=keys, **through), "priorities__themes", "number"),
        _pairs("shown", shown, "", "number"),
        _pairs("outcome", _standing(Outcome, plan=plan).visible_to(user), "theme", "cited"),
    )
    found: dict[str, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for kind, theme, pk, number in rows if keys else ():
        found[kind][theme][pk] = number
    return {key: _of(key, found) for key in keys}


def _of(key: int, found: dict[str, dict[int, dict[int, int]]]) -> Counted:
    numbers, outcomes = found["number"][key], found["outcome"]
    cited = set(numbers.values())
    citing = {pk for rows in outcomes.values() for pk, number in rows.items() if number in cited}
    return Counted(
        evidence=len(found["evidence"][key]),
        priorities=len(found["priority"][key]),
        actions=len(numbers.keys() & found["shown"][0].keys()),
        outcomes=len(citing | outcomes[key].keys()),
    )


def _standing(model: Any, **which: Any) -> Any:
    return model.objects.standing().filter(**which).order_by()


def _pairs(kind: str, rows: Any, theme: str, number: str = "") -> Any:
    """Of each row its theme, its key and the number that it bears or cites; 0 where there is none."""

    def column(name: str) -> Any:
        return Coalesce(F(name), Value(0), output_field=IntegerField()) if name else Value(0, IntegerField())

    return rows.values_list(Value(kind, CharField()), column(theme), "pk", column(number))
