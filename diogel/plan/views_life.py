"""Pages of a plan's life: where it stands, each step, the versions that were kept and what differs between two of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diogel.home import today
from diogel.people.access import May, may
from diogel.people.desk import desk, fetch
from diogel.people.editing import edit_row
from diogel.people.versions import StaleSave
from diogel.processes.actions.models import Action

from .compared import counted, differing
from .forms_life import KeepForm, LetStandForm, MoveForm
from .keeping import keep, plan_today
from .lacks import findings, lacking
from .life import BINDING, PlanMoveRefused, move_plan, print_of, slug_of, step_to, steps_open_to
from .models import Plan
from .models_life import LetStand, PlanVersion


@desk()
def life(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """Where the plan stands, what each next step still lacks, what was kept and what changed since."""
    plan = _plan(request, partnership, code)
    versions = list(plan.versions.defer("content"))
    since = _since(plan, versions[0], request.user) if versions and plan.status in BINDING else []
    context = {
        "plan": plan,
        "steps": [_shown(step, plan, partnership.slug) for step in steps_open_to(request.user, plan)],
        "moves": plan.moves.all(),
        "versions": versions,
        "since": since,
        "let_stand": plan.let_stand.standing(),
        "is_binding": plan.status in BINDING,
        "may_edit": may(request.user, May.EDIT_PLAN, partnership),
    }
    return render(request, "plan/life.html", context)


def _shown(step: Any, plan: Plan, slug: str) -> dict[str, Any]:
    lacks = lacking(plan, step)
    codes = {each.view: [plan.code] if each.view.startswith("plan:") else [] for each in lacks}
    return {
        "step": step,
        "lacks": [{"sentence": each.sentence, "url": reverse(each.view, args=[slug, *codes[each.view]])} for each in lacks],
        "url": reverse("plan:move", args=[slug, plan.code, step.to_status]),
    }


def _since(plan: Plan, last: PlanVersion, user: Any) -> list[Any]:
    now = plan_today(plan)
    kept = PlanVersion.objects.visible_to(user).get(pk=last.pk).content
    return differing(kept, now, _language(), hidden=_hidden(user, kept, now))


@desk()
def move(request: HttpRequest, partnership: Any, code: str, to_status: str) -> HttpResponse:
    """One step: what it asks for. What it still lacks is said in place of the form."""
    plan = _plan(request, partnership, code)
    back = reverse("plan:life", args=[partnership.slug, code])
    step = step_to(plan, to_status)
    if step is None:
        messages.info(request, _("This cannot be done from where the plan stands now. Open it again to see what can."))
        return redirect(back)
    lacks = lacking(plan, step)
    form = MoveForm(request.POST or None, step=step, initial={"seen": plan.version, "adopted_on": today()})
    status = 200
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("reason", "adopted_on") if name in form.cleaned_data}
        try:
            move_plan(plan, to_status, by=request.user, seen=form.cleaned_data["seen"], lacking=lacks, **said)
            return redirect(back)
        except PlanMoveRefused as refused:
            form.add_error(None, str(refused))
        except StaleSave:
            form.add_error(None, _("Somebody changed the plan meanwhile. Open this page again before you go on"))
            status = 409
    if form.errors and status == 200:
        status = 422
    context = {"plan": plan, "form": form, "back": back, "lacks": _shown(step, plan, partnership.slug)["lacks"], "step": step}
    if not may(request.user, step.needs, partnership):
        context |= {"form": None}
        status = 403
    return render(request, "plan/move.html", context, status=status)


@desk(May.EDIT_PLAN)
def keep_now(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """Keep the plan as it stands, with what changed and who agreed to it."""
    plan = _plan(request, partnership, code)
    form = KeepForm(request.POST or None)
    back = reverse("plan:life", args=[partnership.slug, code])
    if request.method == "POST" and form.is_valid():
        kept = keep(plan, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The plan is kept as version %(n)s.") % {"n": kept.number})
        return redirect(back)
    return render(request, "plan/keep.html", {"plan": plan, "form": form, "back": back}, status=422 if form.errors else 200)


@desk()
def compare(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """Two versions, or one and the plan as it stands, in the language of the page."""
    plan = _plan(request, partnership, code)
    versions = list(plan.versions.all())
    if not versions:
        raise Http404
    known = {str(each.number): each for each in versions}
    asked = request.GET
    first = asked.get("from", "") if asked.get("from", "") in known else str(versions[min(1, len(versions) - 1)].number)
    second = asked.get("to", "") if asked.get("to", "") in {*known, "now"} else "now"
    old, new = known[first].content, plan_today(plan) if second == "now" else known[second].content
    rows = differing(old, new, _language(), hidden=_hidden(request.user, old, new))
    context = {
        "plan": plan,
        "versions": versions,
        "first": first,
        "second": second,
        "rows": rows,
        "counts": counted(rows),
        "old": known[first],
        "new": known.get(second),
    }
    return render(request, "plan/compare.html", context)


def _hidden(user: Any, *sides: list[dict[str, Any]]) -> frozenset[int]:
    """Keys of actions in either version that the reader may not see."""
    keys = {row["key"] for side in sides for row in side if row["kind"] == "action"}
    seen = set(Action.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    return frozenset(keys - seen)


@desk(May.EDIT_PLAN)
def accept(request: HttpRequest, partnership: Any, code: str, rule: str, subject: str) -> HttpResponse:
    """Say why a grave finding may stand."""
    plan = _plan(request, partnership, code)
    found = next(
        (each for each in findings(plan) if each.rule == rule and slug_of(each.subject) == subject and each.severity == "error"), None
    )
    if found is None:
        raise Http404
    row = plan.let_stand.filter(rule=rule, subject=subject).first() or LetStand(plan=plan, rule=rule, subject=subject)
    row.sentence_print = print_of(found)
    title, hint = _("Let a finding stand"), found.say(_language())
    return edit_row(request, LetStandForm, row, title=title, hint=hint, back=reverse("plan:check", args=[partnership.slug, code]))


def _language() -> str:
    return (get_language() or "en")[:2]


def _plan(request: HttpRequest, partnership: Any, code: str) -> Plan:
    plan = fetch(Plan.objects, request.user, partnership=partnership, code=code)
    plan.partnership = partnership
    return plan
