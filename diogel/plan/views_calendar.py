"""The page of one's own calendar link, and the file that a calendar program reads under it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from diogel.home import moment, today
from diogel.people.desk import desk, unkept

from .calendar_links import link_of, make_anew, reader_of, take_back, token_of
from .models import Plan
from .wheel.ics import Event, calendar_file
from .year import plan_of_today, year_steps


@desk()
def calendar_link(request: HttpRequest, partnership: Any) -> HttpResponse:
    """One's own address: shown, made, made anew, taken back. It is nobody else's business, and kept by no browser."""
    link = link_of(request.user, partnership)
    if request.method == "POST":
        if request.POST.get("deed") == "take_back":
            take_back(link, by=request.user)
            messages.success(request, _("The address leads nowhere any more."))
        else:
            make_anew(link, by=request.user)
            messages.success(request, _("The address is made. An earlier one leads nowhere any more."))
        return redirect("plan:calendar_link", slug=partnership.slug)
    token = token_of(link)
    address = request.build_absolute_uri(reverse("calendar_file", args=[token])) if token else ""
    plan = plan_of_today(request.user, partnership, today())
    return unkept(render(request, "plan/calendar_link.html", {"address": address, "plan": plan}))


@require_safe
def year_file(request: HttpRequest, token: str) -> HttpResponse:
    """The year for a calendar program, which cannot sign in: titles, days and the way to the desk, in its owner's language. Whatever
    is wrong with the address, nothing is there."""
    reader = reader_of(token)
    if reader is None:
        raise Http404
    user, person, partnership = reader
    with override(person.language):
        events = [each for plan in _plans(user, partnership) for each in _events(request, plan)]
        name = _("%(place)s: the year") % {"place": partnership.pair("place").say() or partnership.slug}
        body = calendar_file(events, name=name, language=person.language, made_at=moment())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="diogel.ics"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _plans(user: Any, partnership: Any) -> list[Plan]:
    """The plan of today, and those in force that begin after it ends, so that no step is told twice."""
    plan = plan_of_today(user, partnership, today())
    if plan is None:
        return []
    later = Plan.objects.visible_to(user).standing().filter(partnership=partnership, status=Plan.Status.IN_FORCE, from_on__gt=plan.to_on)
    return [plan, *later]


def _events(request: HttpRequest, plan: Plan) -> list[Event]:
    page = request.build_absolute_uri(reverse("plan:wheel", args=[plan.partnership.slug, plan.code]))
    return [
        Event(
            uid=step.uid(plan),
            on=step.on,
            title=step.say,
            url=f"{page}#{step.mark}",
            days=step.days,
            edition=step.row.version if step.row else 0,
        )
        for step in year_steps(plan)
        if step.applies
    ]
