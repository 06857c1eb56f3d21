"""What a plan still lacks before a step of its life: each with the page on which it is put right."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.audit.models import Entry
from diogel.home import today

from .life import Lacking, PlanStep, print_of, slug_of
from .lint import Finding, facts, lint
from .lint.wording import pairs as sentences_of
from .models import Plan


def findings(plan: Plan) -> list[Finding]:
    """Kept until anybody writes anything or the day turns: every rule reads the whole plan, which takes thirty questions."""
    return _looked(plan)[0]


def unchecked(plan: Plan) -> int:
    """How many sentences of the plan are not checked in both languages."""
    return _looked(plan)[1]


def _looked(plan: Plan) -> tuple[list[Finding], int]:
    last = Entry.objects.order_by("-number").values_list("number", flat=True).first()
    key = f"plan-check:{plan.pk}:{last}:{today()}"
    kept: tuple[list[Finding], int] | None = cache.get(key)
    if kept is None:
        whole = facts(plan, on=today())
        open_pairs = [pair for _subject, pair in sentences_of(whole) if (pair["cy"] or pair["en"]) and pair["state"] != "checked"]
        kept = (lint(whole), len(open_pairs))
        cache.set(key, kept, 24 * 3600)
    return kept


def let_stand(plan: Plan) -> dict[tuple[str, str], Any]:
    """The reasons that were given, by rule and subject as an address holds it."""
    return {(row.rule, row.subject): row for row in plan.let_stand.standing()}


def answered_for(finding: Finding, reasons: dict[tuple[str, str], Any]) -> Any | None:
    """The reason for which a finding stands; None where there is none, or only for another sentence."""
    row = reasons.get((finding.rule, slug_of(finding.subject)))
    return row if row is not None and row.sentence_print == print_of(finding) else None


def open_errors(plan: Plan) -> list[Finding]:
    """Findings of the gravest kind that were neither mended nor let stand with a reason."""
    reasons = let_stand(plan)
    return [each for each in findings(plan) if each.severity == "error" and answered_for(each, reasons) is None]


def lacking(plan: Plan, step: PlanStep) -> list[Lacking]:
    """What `step` wants and the plan has not."""
    return [found for name in step.wants if (found := WANTS[name](plan))]


def _pairs(plan: Plan) -> Lacking | None:
    n = unchecked(plan)
    sentence = ngettext(
        "%(n)s sentence of the plan is not checked in both languages.", "%(n)s sentences of the plan are not checked in both languages.", n
    )
    return Lacking("pairs", sentence % {"n": n}, "words:desk") if n else None


def _findings(plan: Plan) -> Lacking | None:
    n = len(open_errors(plan))
    sentence = ngettext(
        "%(n)s thing in the plan contradicts itself: mend it, or let it stand with a reason.",
        "%(n)s things in the plan contradict themselves: mend them, or let them stand with a reason.",
        n,
    )
    return Lacking("findings", sentence % {"n": n}, "plan:check") if n else None


def _begun(plan: Plan) -> Lacking | None:
    return Lacking("begun", _("The plan’s first day has not come yet."), "plan:edit_plan") if plan.from_on > today() else None


def _consultation(plan: Plan) -> Lacking | None:
    day: date = today()
    held = plan.consultations.standing().filter(closes_on__gte=day)
    return (
        None
        if held.exists()
        else Lacking("consultation", _("No consultation is open or to come: say from when until when."), "plan:consultations")
    )


def _over(plan: Plan) -> Lacking | None:
    held = plan.consultations.standing().filter(closes_on__gte=today())
    return Lacking("over", _("A consultation on the plan is not over yet."), "plan:consultations") if held.exists() else None


def _answered(plan: Plan) -> Lacking | None:
    n = sum(row.unanswered for row in plan.consultations.standing().with_counts())
    sentence = ngettext("%(n)s comment has no answer yet.", "%(n)s comments have no answer yet.", n)
    return Lacking("answered", sentence % {"n": n}, "plan:consultations") if n else None


WANTS = {
    "pairs": _pairs,
    "findings": _findings,
    "begun": _begun,
    "consultation": _consultation,
    "over": _over,
    "answered": _answered,
}
