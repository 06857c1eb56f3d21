"""Pages of the plan: the whole, one priority, one action, one quarter's update."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diogel.analysis.periods import Quarter
from diogel.home import today
from diogel.people.access import May, may, may_update, require
from diogel.people.desk import desk, fetch, looked, unkept
from diogel.people.editing import edit_row, withdraw_row
from diogel.processes.actions.models import Action
from diogel.processes.actions.progress import carried, update_for

from .action_parts import known_parts, parts_of
from .after_saving import tell_findings
from .coverage import coverage
from .forms import ActionForm, PlanForm, UpdateForm
from .models import Lead, Number, Objective, Plan, Priority
from .rows import plan_groups
from .tracker import KIND
from .tracker import tracker as tracker_of
from .wheel.years import years_of


@desk()
def current(request: HttpRequest, partnership: Any) -> HttpResponse:
    """The plan in force today, else the latest; where there is none, the way to the first."""
    plans = Plan.objects.visible_to(request.user).filter(partnership=partnership)
    plan = plans.in_force(today()).first() or plans.standing().first()
    if plan:
        return redirect("plan:plan", slug=partnership.slug, code=plan.code)
    return render(request, "plan/none.html", {"may_edit": may(request.user, May.EDIT_PLAN, partnership)})


@desk()
def whole(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """The plan's actions in its own groups, with what the whole lacks; other plans below."""
    plans = list(Plan.objects.visible_to(request.user).filter(partnership=partnership))
    plan = next((each for each in plans if each.code == code), None)
    if plan is None:
        raise Http404
    plan.partnership = partnership
    years = years_of(plan.from_on, plan.to_on)
    said = request.GET.get("year", "")
    year = int(said) if len(years) > 1 and said in {str(number) for number in range(1, len(years) + 1)} else None
    groups = plan_groups(plan, request.user, today(), year=year)
    rows = [row for group in groups for row in group["rows"]]
    context = {
        "plan": plan,
        "groups": groups,
        "years": [{"number": number, "from_on": first, "to_on": last} for number, (first, last) in enumerate(years, 1)],
        "year": year,
        "action_count": len(rows),
        "lacks": "" if rows else _what_stands(plan),
        "complete": sum(row["status"] == "complete" for row in rows),
        "late": sum(bool(row["late"]) for row in rows),
        "blocked": sum(row["status"] == "blocked" for row in rows),
        "empty_groups": [group["title"] for group in groups if not group["rows"]],
        "may_edit": may(request.user, May.EDIT_PLAN, partnership),
        "others": [each for each in plans if each != plan and not each.withdrawn_on],
    }
    return render(request, "plan/whole.html", context)


def _what_stands(plan: Plan) -> str:
    """Of a plan without an action: a sentence on what else it has."""
    if plan.objectives.standing().exists():
        return _("This plan has priorities and objectives, and no numbered action")
    if plan.priorities.standing().exists():
        return _("This plan has priorities, and no numbered action")
    return _("There is no priority and no action in this plan yet")


@desk()
def priorities(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """The priorities in their lists, and the indicators that show them."""
    plan = fetch(Plan.objects, request.user, partnership=partnership, code=code)
    priorities = plan.priorities.standing().prefetch_related(Prefetch("leads", Lead.objects.standing()))
    reports = plan.reports.standing().select_related("indicator").prefetch_related(Prefetch("objectives", Objective.objects.standing()))
    context = {
        "plan": plan,
        "priorities": priorities,
        "reports": reports,
        "coverage": coverage(priorities, plan.objectives.standing(), reports),
        "may_edit": may(request.user, May.EDIT_PLAN, partnership),
    }
    return render(request, "plan/priorities.html", context)


@desk()
def outcomes(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """The outcome table, row by row."""
    plan = fetch(Plan.objects.select_related("partnership"), request.user, partnership=partnership, code=code)
    context = {
        "plan": plan,
        "outcomes": plan.outcomes.standing().select_related("theme", "duty"),
        "numbers": set(plan.numbers.standing().visible_to(request.user).values_list("number", flat=True)),
        "may_edit": may(request.user, May.EDIT_PLAN, partnership),
    }
    return render(request, "plan/outcomes.html", context)


@desk(May.EDIT_PLAN)
def new_plan(request: HttpRequest, partnership: Any) -> HttpResponse:
    row = Plan(partnership=partnership)
    return edit_row(request, PlanForm, row, title=_("Begin a plan"), back=reverse("plan:current", args=[partnership.slug]), done=_plan_url)


@desk(May.EDIT_PLAN)
def edit_plan(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    plan = fetch(Plan.objects, request.user, partnership=partnership, code=code)
    extra = {"withdraw_url": reverse("plan:withdraw_plan", args=[partnership.slug, code])}
    return edit_row(request, PlanForm, plan, title=_("Correct the plan"), back=_plan_url(plan), done=_plan_url, extra=extra)


@desk(May.EDIT_PLAN)
def withdraw_plan(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """A plan taken back takes everything in it along; its actions live on, and another plan may number them."""
    plan = fetch(Plan.objects, request.user, partnership=partnership, code=code)
    title = _("Bring the plan back") if plan.withdrawn_on else _("Withdraw the plan")
    return withdraw_row(request, plan, title=title, back=reverse("plan:current", args=[partnership.slug]))


@desk()
def tracker(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """The plan as an Excel file in the reader's language."""
    plan = fetch(Plan.objects.select_related("partnership"), request.user, partnership=partnership, code=code)
    with_people = names_people(request)
    data = tracker_of(plan, request.user, on=today(), with_people=with_people)
    return sent(request, plan, data, kind=KIND, name=f"{partnership.slug}-{plan.code}-{get_language()}", ending="xlsx")


def names_people(request: HttpRequest) -> bool:
    """Whether a file is asked for that names lead persons."""
    return request.GET.get("people") == "yes"


def sent(request: HttpRequest, plan: Plan, data: bytes, *, kind: str, name: str, ending: str) -> HttpResponse:
    """A plan as a file; that one with names was made is told to the log, and no browser keeps it."""
    with_people = names_people(request)
    said = f'attachment; filename="{name}{"-internal" if with_people else ""}.{ending}"'
    answer = HttpResponse(data, content_type=kind, headers={"Content-Disposition": said})
    if not with_people:
        return answer
    looked(request, f"plan.plan:{plan.pk}")
    return unkept(answer)


@desk()
def priority(request: HttpRequest, partnership: Any, code: str, which: str) -> HttpResponse:
    """One priority: why, its objectives, its actions and the indicators that show it."""
    row = fetch(
        Priority.objects.select_related("plan__partnership"), request.user, plan__partnership=partnership, plan__code=code, code=which
    )
    context = {
        "row": row,
        "plan": row.plan,
        "leads": row.leads.standing().select_related("body"),
        "objectives": row.objectives.standing(),
        "reports": row.reports.standing().select_related("indicator__measure").prefetch_related("objectives"),
        "may_edit": may(request.user, May.EDIT_PLAN, partnership),
    }
    return render(request, "plan/priority.html", context)


@desk()
def action(request: HttpRequest, partnership: Any, code: str, number: int) -> HttpResponse:
    """One action: what was promised, how it stands, what has been said of it quarter by quarter."""
    held = _held(request, partnership, code, number)
    action = held.action
    context = {
        "held": held,
        "plan": held.plan,
        "year_count": len(years_of(held.plan.from_on, held.plan.to_on)) if held.year else 0,
        "action": action,
        "updates": action.updates.standing().asked().select_related("filed_by"),
        "carried": carried(action) if held.has_carry_overs else None,
        "quarter": Quarter.before(today()),
        "may_edit": may(request.user, May.EDIT_PLAN, partnership),
        "may_update": may_update(request.user, action),
        "today": today(),
        **parts_of(held, request.user),
    }
    return render(request, "plan/action.html", context)


@desk(May.EDIT_PLAN)
def new_action(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    plans = Plan.objects.select_related("partnership").annotate(last_number=Max("numbers__number"))
    plan = fetch(plans, request.user, partnership=partnership, code=code)
    held = Number(plan=plan, number=(plan.last_number or 0) + 1)
    hint = _("This plan is closed. An action can be added once it is opened again.") if plan.status == Plan.Status.CLOSED else ""
    return _edit_action(request, Action(partnership=partnership, kind="action"), held, _("Add an action"), hint)


@desk(May.EDIT_PLAN)
def edit_action(request: HttpRequest, partnership: Any, code: str, number: int) -> HttpResponse:
    held = _held(request, partnership, code, number)
    return _edit_action(request, held.action, held, _("Correct the action"))


def _edit_action(request: HttpRequest, row: Action, held: Number, title: str, hint: str = "") -> HttpResponse:
    def form_class(*args: Any, **options: Any) -> ActionForm:
        return ActionForm(*args, standing=held, **options)

    def done(_saved: Any) -> str:
        tell_findings(request, held.plan, f"action:{held.number}")
        return _plan_url(held.plan)

    return edit_row(request, form_class, row, title=title, back=_plan_url(held.plan), done=done, hint=hint)


@desk()
def update(request: HttpRequest, partnership: Any, code: str, number: int, quarter: str) -> HttpResponse:
    """The form for one quarter, last quarter's words beside it."""
    held = _held(request, partnership, code, number)
    if not may_update(request.user, held.action):
        require(request.user, May.UPDATE_ALL_ACTIONS, partnership)
    try:
        asked = Quarter.parse(quarter)
    except ValueError as error:
        raise Http404 from error
    row = update_for(held.action, asked)
    if not row.pk and not row.status:
        row.status = held.action.status
    before = held.action.updates.standing().filter(quarter__lt=quarter, state="filed").first()
    back = reverse("plan:action", args=[partnership.slug, code, number])
    title = _("Update on action %(number)s") % {"number": number}
    extra = {"before": before, "action": held.action, "quarter": asked, "number": number}
    return edit_row(request, UpdateForm, row, title=title, back=back, template="plan/update.html", extra=extra)


def _held(request: HttpRequest, partnership: Any, code: str, number: int) -> Any:
    """One action's place in a plan, knowing which of its parts are worth asking for."""
    rows = (
        Number.objects.standing()
        .select_related("plan__partnership", "action__lead_body", "action__group", "action__partnership", "section")
        .prefetch_related("action__bodies")
        .annotate(**known_parts())
    )
    return fetch(rows, request.user, plan__partnership=partnership, plan__code=code, number=number)


def _plan_url(plan: Plan) -> str:
    return reverse("plan:plan", args=[plan.partnership.slug, plan.code])
