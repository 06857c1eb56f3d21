"""Pages of what is carried over: what was, how often and why, and what is still open and belongs into the next plan."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from diogel.home import today
from diogel.people.access import May, may
from diogel.people.desk import desk, fetch
from diogel.people.editing import edit_row
from diogel.plan.carrying import NotCarried, between, carry_all
from diogel.plan.models import Number
from diogel.plan.year import plan_of_today
from diogel.processes.actions.models import CarryOver

from .forms import CarryForm
from .showing import carried_over


@desk(May.SEE_DESK)
def carried(request: HttpRequest, partnership: Any) -> HttpResponse:
    """What is carried over in the plan of today: how often, how long, and where the same reason was given twice. For who writes the
    plan also what is still open and not yet in the next one."""
    plan = plan_of_today(request.user, partnership, today())
    rows = carried_over(plan, request.user) if plan else []
    may_carry = may(request.user, May.EDIT_PLAN, partnership)
    context = {
        "plan": plan,
        "rows": rows,
        "same": sum(row.told.same_reason for row in rows),
        "between": between(request.user, partnership) if may_carry else None,
    }
    return render(request, "rounds/carried.html", context)


@require_POST
@desk(May.EDIT_PLAN)
def take_over(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Take what was ticked into the next plan, as it was meant to go on."""
    found = between(request.user, partnership)
    chosen = set(request.POST.getlist("action"))
    rows = [held for held in found.open if str(held.pk) in chosen] if found else []
    if found is None or found.into is None or not rows:
        messages.info(request, _("Nothing was ticked, or it stands in the next plan already. Nothing was changed."))
        return redirect("rounds:carried", slug=partnership.slug)
    try:
        n = carry_all(rows, found.into, by=request.user, on=today())
    except (NotCarried, ValidationError):
        messages.warning(request, _("Somebody else changed this plan meanwhile. Nothing was done; here is how it stands."))
        return redirect("rounds:carried", slug=partnership.slug)
    messages.success(request, ngettext("One action is taken into the plan.", "%(n)s actions are taken into the plan.", n) % {"n": n})
    return redirect("plan:plan", slug=partnership.slug, code=found.into.code)


@desk(May.EDIT_PLAN)
def carry_one(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """Take one action into the next plan and say why it was not done in time."""
    rows = Number.objects.standing().select_related("plan__partnership", "action", "section")
    held: Number = fetch(rows, request.user, plan__partnership=partnership, pk=pk)
    found = between(request.user, partnership)
    into = found.into if found and found.before.pk == held.plan_id else None
    if into is None:
        messages.info(request, _("No later plan is there to take this action. Begin the next plan first."))
        return redirect("rounds:carried", slug=partnership.slug)

    def form_class(*args: Any, **options: Any) -> CarryForm:
        return CarryForm(*args, held=held, into=into, on=today(), **options)

    def done(saved: Number) -> str:
        messages.success(request, _("The action is carried over, with its reason."))
        return reverse("plan:action", args=[partnership.slug, into.code, saved.number])

    row = CarryOver.objects.filter(action=held.action, from_plan=held.plan.code).first()
    row = row or CarryOver(action=held.action, from_plan=held.plan.code)
    title = _("Carry over action %(number)s: %(title)s") % {"number": held.number, "title": _said(held)}
    hint = _("It keeps its history, and gets a number in the plan of %(days)s.") % {"days": into.code}
    back = reverse("rounds:carried", args=[partnership.slug])
    return edit_row(request, form_class, row, title=title, back=back, done=done, hint=hint)


def _said(held: Number) -> str:
    pair = held.action.pair("title")
    return pair.say() or pair.cy or pair.en
