"""Each duty of a partnership beside what meets it in one plan: actions, sentences, and the documents that show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from diogel.assessment.models import Duty

from .models import Number, Plan, Priority
from .models_duties import Proof

OPEN = ("gap", "acted", "said")
"""What a duty in force still lacks: everything; a sentence; a document."""


@dataclass(frozen=True)
class Met:
    """A duty and how far a plan shows that it is met. `state`: one of `OPEN`, `shown` (a sentence and its document), or not in force in
    this plan: `to_come` or `ended`."""

    duty: Duty
    actions: tuple[Number, ...]
    proofs: tuple[Proof, ...]
    state: str

    @property
    def is_in_force(self) -> bool:
        return self.state not in ("to_come", "ended")


def register(plan: Plan, user: Any) -> list[Met]:
    """Every duty of the plan's partnership in its order, with the actions that `user` may see; in at most five questions."""
    acted: dict[int, list[Number]] = {}
    numbers = Number.objects.standing().visible_to(user).filter(plan=plan, action__withdrawn_on=None, duties__isnull=False)
    for number in numbers.select_related("action").distinct().prefetch_related("duties"):
        for duty in number.duties.all():
            acted.setdefault(duty.pk, []).append(number)
    said: dict[int, list[Proof]] = {}
    priorities = Prefetch("priorities", Priority.objects.standing())
    for proof in Proof.objects.standing().filter(plan=plan).select_related("owned").prefetch_related(priorities):
        said.setdefault(proof.duty_id, []).append(proof)
    found = []
    for duty in plan.partnership.duties.standing():
        actions, proofs = tuple(acted.get(duty.pk, ())), tuple(said.get(duty.pk, ()))
        found.append(Met(duty, actions, proofs, _state(plan, duty, actions, proofs)))
    return found


def finding(rows: Sequence[Met]) -> str:
    """How many of the duties in force are proved, as a label and two numbers."""
    held = [row for row in rows if row.is_in_force]
    if not held:
        return _("No duty is written down yet")
    if not any(row.state in OPEN for row in held):
        return _("For every duty a sentence and a document prove how it is met")
    shown = sum(row.state == "shown" for row in held)
    return _("Duties that a sentence and a document prove: %(n)s of %(all)s") % {"n": shown, "all": len(held)}


def _state(plan: Plan, duty: Duty, actions: tuple[Number, ...], proofs: tuple[Proof, ...]) -> str:
    if duty.from_on and duty.from_on > plan.to_on:
        return "to_come"
    if duty.to_on and duty.to_on < plan.from_on:
        return "ended"
    if any(proof.has_document for proof in proofs):
        return "shown"
    return "said" if proofs else "acted" if actions else "gap"
