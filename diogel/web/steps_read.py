"""What the next steps of one reader are told from. The home looks into nearly every room, so that each row is read once for all of its
steps, and the small questions are put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import CharField, Count, DateField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from diogel.people.access import May, may, person_in
from diogel.plan.carrying import LIVED, following, open_in
from diogel.plan.models import Consultation, Plan
from diogel.post.models import Letter
from diogel.processes.actions.models import Update
from diogel.processes.tensions.models import Tension
from diogel.published.models import Publication
from diogel.rounds.models import Answer, Request, Round
from diogel.words.pairs import Pair

NOTHING, NO_NUMBER, NO_DAY = Value("", TextField()), Value(0), Cast(Value(None), DateField())


@dataclass(frozen=True)
class Found:
    """A row of a small question: its key and, as far as its kind has them, a day, a code, a number and what it is called."""

    key: int
    day: date | None
    code: str
    n: int
    title: Pair


class Reader:
    """One reader in one partnership on a day; what several of their steps lean on is asked for once, and only where a step needs it."""

    def __init__(self, user: Any, partnership: Any, day: date) -> None:
        self.user, self.partnership, self.day = user, partnership, day

    def may(self, what: May) -> bool:
        return may(self.user, what, self.partnership)

    @cached_property
    def person(self) -> Any | None:
        return person_in(self.user, self.partnership)

    @cached_property
    def plans(self) -> list[Plan]:
        """Those that stand, the latest first."""
        return list(Plan.objects.visible_to(self.user).standing().filter(partnership=self.partnership))

    def plan_on(self, day: date) -> Plan | None:
        """The adopted plan that covers a day."""
        return next((plan for plan in self.plans if plan.status in LIVED and plan.from_on <= day <= plan.to_on), None)

    @cached_property
    def rounds(self) -> list[Any]:
        """Those that stand, the newest first, each knowing of how many of its actions no update has come (`waiting`)."""
        late = Q(requests__withdrawn_on=None) & ~Q(requests__update__state=Update.State.FILED)
        rows = Round.objects.visible_to(self.user).standing().filter(partnership=self.partnership)
        return list(rows.annotate(waiting=Count("requests", filter=late)))

    def found(self, kind: str) -> list[Found]:
        """The rows of a small question, by their keys; none where it is not asked for this reader."""
        return self._found.get(kind, [])

    @cached_property
    def _found(self) -> dict[str, list[Found]]:
        found: dict[str, list[Found]] = {}
        if questions := list(self._questions()):
            for kind, key, day, code, n, state, cy, en in questions[0].union(*questions[1:], all=True):
                found.setdefault(kind, []).append(Found(key, day, code, n, Pair(cy, en, state)))
        return {kind: sorted(rows, key=lambda row: row.key) for kind, rows in found.items()}

    def _questions(self) -> Iterator[QuerySet]:
        if self.person:
            own = Request.objects.standing().filter(round__partnership=self.partnership, person=self.person)
            yield _columns("asked", own.filter(round__status=Round.Status.OPEN), key="update", n="round")
        if self.may(May.RUN_ROUNDS):
            late = Answer.objects.filter(request__round__partnership=self.partnership, settled="").exclude(sent_on=None)
            yield _columns("came_late", late, key="request", day="sent_on", n="request__number")
            yield _columns("unknown", Letter.objects.filter(partnership=self.partnership, state=Letter.State.UNKNOWN))
        if self.may(May.EDIT_PLAN):
            put: Any = Consultation.objects.visible_to(self.user)
            put = put.standing().filter(plan__partnership=self.partnership, plan__withdrawn_on=None).with_counts().filter(unanswered__gt=0)
            yield _columns("commented", put, day="closes_on", code="plan__code", n="unanswered", title="title")
            before, into = following(self.plans)
            if before and into:
                yield _columns("open", open_in(self.user, before))
        if self.may(May.TRIAGE_TENSIONS):
            tensions = Tension.objects.visible_to(self.user).open().filter(partnership=self.partnership)
            yield _columns("tension", tensions, day="due_on", code="reference")
        if self.may(May.PUBLISH):
            told = Publication.objects.filter(partnership=self.partnership.slug, kind=Publication.Kind.ANNUAL)
            yield _columns("told", told, code="key")


def _columns(kind: str, rows: Any, *, key: str = "pk", day: Any = NO_DAY, code: Any = NOTHING, n: Any = NO_NUMBER, title: str = "") -> Any:
    """A question as it is put together with others: each of its rows as the columns of `Found`, with its kind before them."""
    pair = [f"{title}_{part}" for part in ("state", "cy", "en")] if title else [NOTHING] * 3
    return rows.order_by().values_list(Value(kind, CharField()), key, day, code, n, *pair)
