"""A round as its pages draw it: who is late and for how long, what a draft says, and what is carried over and over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.people.models import Partnership, Person
from diogel.plan.models import Number, Plan
from diogel.post.models import Letter
from diogel.processes.actions.process import STATUSES
from diogel.processes.actions.progress import Carried, carried

from .answering import TYPED
from .forms import COLOURS, AnswerForm
from .models import Answer, Request, Round
from .purpose import about


def days_late(days: int) -> str:
    """`3 days late`, or nothing."""
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days} if days > 0 else ""


@dataclass(frozen=True)
class Mine:
    """One action as its lead's list shows it."""

    request: Request
    is_done: bool
    is_begun: bool
    late: str


def mine(requests: Sequence[Request], *, on: date) -> list[Mine]:
    """What one person is asked; what is open first, by number."""
    typed = list(Answer.objects.filter(request__in=[each.pk for each in requests]))
    begun = {each.request_id for each in typed if each.sent_on is None and each.filed_as is None}
    kept = {each.request_id for each in typed if each.sent_on is not None}
    rows = [
        Mine(each, each.is_answered or each.pk in kept, each.pk in begun, days_late(each.days_late(on)) if each.pk not in kept else "")
        for each in requests
    ]
    return sorted(rows, key=lambda row: (row.is_done, row.request.number))


@dataclass(frozen=True)
class Asked:
    """One request as the co-ordinator's page shows it. `late` is in words; `letter` the last that asked whoever is asked now about it."""

    request: Request
    days: int
    late: str
    letter: Letter | None

    @property
    def has_no_way(self) -> bool:
        """Whether nobody is asked, or nobody can be written to."""
        return not self.request.is_answered and (self.request.person is None or not self.request.person.email)


def _asks_about(letter: Letter, request: Request) -> bool:
    """Whether a letter to whoever is asked asked about this. One that went because an action was passed on (its key ends with that
    request) asked about that alone; what its new reader had before that day asked about other things."""
    _round, _kind, _person, *mark = letter.key.split("/")
    if letter.kind == Letter.Kind.REQUEST and mark:
        return mark[0].partition("-")[0] == str(request.pk)
    return request.passed_on is None or letter.queued_on >= request.passed_on


def asked(round_: Round, requests: Iterable[Request], *, on: date) -> list[Asked]:
    """Every request of a round, the longest late first, then what is open, then what has come."""
    letters: dict[int, list[Letter]] = defaultdict(list)
    for letter in Letter.objects.filter(about=about(round_.pk)).exclude(kind=Letter.Kind.ESCALATION).order_by("-pk"):
        letters[letter.person_id].append(letter)
    rows = []
    for each in requests:
        days = each.days_late(on)
        last = next((letter for letter in letters[each.person_id or 0] if _asks_about(letter, each)), None)
        rows.append(Asked(each, days, days_late(days), last))
    return sorted(rows, key=lambda row: (row.request.is_answered, -row.days, row.request.number))


@dataclass(frozen=True)
class ToRing:
    """Somebody who cannot be written to, or nobody, and what waits for them."""

    person: Person | None
    numbers: str


def to_ring(rows: Iterable[Asked]) -> list[ToRing]:
    """Who is to be rung: asked, and without an e-mail address. Nobody asked comes first."""
    found: dict[Person | None, list[int]] = {}
    for row in rows:
        if row.has_no_way:
            found.setdefault(row.request.person, []).append(row.request.number)
    ordered = sorted(found.items(), key=lambda each: (each[0] is not None, each[1]))
    return [ToRing(person, ", ".join(str(number) for number in numbers)) for person, numbers in ordered]


def kept_answers(round_: Round) -> list[Answer]:
    """What was sent after the round was closed or the update accepted, and nobody has settled."""
    rows = Answer.objects.filter(request__round=round_, settled="").exclude(sent_on=None)
    return list(rows.select_related("request__update__action", "request__person", "request__round"))


@dataclass(frozen=True)
class CameLate:
    """An answer that came too late, and what it says, as labels and words."""

    answer: Answer
    facts: list[tuple[Any, str]]


def came_late(request: Request, *, settled: str = "") -> list[CameLate]:
    """What was sent too late about one action, first first: what waits, or what was settled so."""
    rows = request.answers.filter(settled=settled).exclude(sent_on=None)
    return [CameLate(each, draft_shown(request, each)) for each in rows]


def draft_shown(request: Request, answer: Answer) -> list[tuple[Any, str]]:
    """Labels and what was typed, as it will be filed; what was left empty is left out."""
    rows = [
        (_("How far has it come?"), _capital(STATUSES.get(answer.status, ""))),
        (_("How does it go?"), str(COLOURS.get(answer.rag, ""))),
        (_("What has happened?"), answer.text),
        (_("Per cent done, where that can be said"), "" if answer.percent is None else f"{answer.percent}%"),
        (_("Or the milestone that was reached"), answer.milestone),
        (_("What stands in the way?"), answer.obstacle),
        (_("What is the next step?"), answer.next_step),
        (_("By when?"), date_format(answer.next_on, "j F Y") if answer.next_on else ""),
    ]
    return [(label, value) for label, value in rows if value]


def _capital(label: Any) -> str:
    said = str(label)
    return said[:1].upper() + said[1:]


def public_words(request: Request, answer: Answer) -> dict[str, str]:
    """What of it the public can come to read: the status of the action and what has happened."""
    return {"status": _capital(STATUSES.get(answer.status, "")), "text": answer.text}


def differing(form: AnswerForm, current: Answer) -> list[dict[str, str]]:
    """Where what was typed and what stands differ, in words."""
    found = []
    for name in TYPED:
        if name not in form.cleaned_data:
            continue
        yours, theirs = form.cleaned_data[name], getattr(current, name)
        if yours != theirs:
            found.append({"label": str(form.fields[name].label), "yours": _said(form, name, yours), "theirs": _said(form, name, theirs)})
    return found


def _said(form: AnswerForm, name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return str(date_format(value, "j F Y"))
    choices = dict(getattr(form.fields[name], "choices", []))
    return str(choices.get(value, value))


@dataclass(frozen=True)
class CarriedOver:
    """An action that was carried over, how often and how long, and what was said each time."""

    held: Number
    told: Carried
    reasons: list[Any]


def carried_over(plan: Plan, user: Any) -> list[CarriedOver]:
    """Actions of a plan that stood in an earlier one, the same reason twice first, then the most often, then the longest."""
    rows = Number.objects.visible_to(user).standing().filter(plan=plan).select_related("action")
    found = []
    for held in rows.prefetch_related("action__carry_overs"):
        held.plan = plan
        told = carried(held.action)
        if told:
            found.append(CarriedOver(held, told, list(held.action.carry_overs.all())))
    return sorted(found, key=lambda row: (not row.told.same_reason, -row.told.times, -row.told.months, row.held.number))


def open_round_of(partnership: Partnership) -> Round | None:
    """The round that is open today, the latest of several plans'."""
    return Round.objects.standing().filter(partnership=partnership, status=Round.Status.OPEN).select_related("plan").first()
