"""Pages of the rounds: all of them, one with who is late, and the buttons that open, chase, accept and close it."""

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
from diogel.people.access import May, Role, may, roles_of
from diogel.people.desk import desk, fetch, unkept
from diogel.people.editing import edit_row, withdraw_row
from diogel.people.versions import StaleSave
from diogel.plan.models import Plan
from diogel.post.delivery import send_queued
from diogel.post.links import root_of
from diogel.post.views import tell

from .forms import ClockForm, PrepareForm
from .models import Round
from .running import RoundRefused, accept_answers, chase, close_round, offered, open_round, prepare_round, requests_of
from .showing import asked, carried_over, kept_answers, to_ring

QUARTERS_BACK = 4


@desk(May.SEE_PEOPLE)
def rounds(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Every round of the partnership, the latest first."""
    rows = list(Round.objects.visible_to(request.user).standing().filter(partnership=partnership).select_related("plan"))
    context = {
        "rows": rows,
        "open_round": next((row for row in rows if row.is_open), None),
        "may_run": may(request.user, May.RUN_ROUNDS, partnership),
    }
    return render(request, "rounds/rounds.html", context)


@desk(May.RUN_ROUNDS)
def prepare(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Which plan and quarter: then whom it would ask is shown, and nothing has been sent."""
    plans = offered(Plan.objects.visible_to(request.user).filter(partnership=partnership), today(), back=QUARTERS_BACK)
    form = PrepareForm(request.POST or None, offered=plans)
    if request.method == "POST" and form.is_valid():
        plan, quarter = form.chosen()
        try:
            made = prepare_round(plan, quarter, by=request.user, on=today())
        except RoundRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("rounds:round", slug=partnership.slug, pk=made.pk)
    return render(request, "rounds/prepare.html", {"form": form, "has_plans": bool(plans)}, status=422 if form.errors else 200)


@desk(May.SEE_PEOPLE)
def one_round(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """Who is late and for how long, who is to be rung, what came too late; for the chair what is carried over stands first."""
    round_ = _round(request, partnership, pk)
    rows = asked(round_, requests_of(round_, seen_by=request.user), on=today())
    may_run = may(request.user, May.RUN_ROUNDS, partnership)
    carried_rows = carried_over(round_.plan, request.user)
    context = {
        "round": round_,
        "rows": rows,
        "late": sum(row.days > 0 for row in rows),
        "open_rows": sum(not row.request.is_answered for row in rows),
        "came": sum(row.request.is_answered for row in rows),
        "to_accept": sum(row.request.is_answered and not row.request.update.accepted_on for row in rows),
        "to_ring": to_ring(rows) if not round_.is_closed else [],
        "kept": kept_answers(round_) if may_run else [],
        "carried": carried_rows,
        "is_for_chair": Role.CHAIR in roles_of(request.user, partnership),
        "may_run": may_run,
        "today": today(),
    }
    return unkept(render(request, "rounds/round.html", context))


@desk(May.RUN_ROUNDS)
def clock(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """The days of the round's clock."""
    round_ = _round(request, partnership, pk)
    back = reverse("rounds:round", args=[partnership.slug, pk])
    return edit_row(request, ClockForm, round_, title=_("The clock of this round"), back=back)


@desk(May.RUN_ROUNDS)
def throw_away(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """Asks once, and takes back a round in which nobody was asked; the same page brings it back."""
    round_ = fetch(Round.objects.select_related("plan"), request.user, partnership=partnership, pk=pk)
    if not round_.is_prepared:
        messages.warning(request, _("People were asked in this round, so it is not thrown away. Close it instead."))
        return redirect("rounds:round", slug=partnership.slug, pk=pk)
    title = _("Bring this round back") if round_.withdrawn_on else _("Throw this round away")
    return withdraw_row(request, round_, title=title, back=reverse("rounds:rounds", args=[partnership.slug]))


@require_POST
@desk(May.RUN_ROUNDS)
def open_it(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """Open it and send what is due to go."""
    round_ = _round(request, partnership, pk)
    return _act(request, round_, lambda: _opened(request, round_))


def _opened(request: HttpRequest, round_: Round) -> None:
    queued = open_round(round_, by=request.user, on=today(), seen=_seen(request))
    messages.success(
        request,
        ngettext("The round is open. One letter is queued.", "The round is open. %(n)s letters are queued.", queued) % {"n": queued},
    )
    _send(request, round_)


@require_POST
@desk(May.RUN_ROUNDS)
def chase_late(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """One letter to each who has not answered; nobody is written to twice on a day."""
    round_ = _round(request, partnership, pk)
    return _act(request, round_, lambda: _chased(request, round_))


def _chased(request: HttpRequest, round_: Round) -> None:
    if chase(round_, by=request.user, on=today()):
        _send(request, round_)
    else:
        messages.info(request, _("Everyone who can be written to has had a letter today, or has answered. Nothing was sent."))


@require_POST
@desk(May.RUN_ROUNDS)
def accept_all(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """Accept every answer that has come."""
    round_ = _round(request, partnership, pk)

    def accepted() -> None:
        n = accept_answers(round_, by=request.user)
        messages.success(request, ngettext("One answer is accepted.", "%(n)s answers are accepted.", n) % {"n": n})

    return _act(request, round_, accepted)


@require_POST
@desk(May.RUN_ROUNDS)
def close_it(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """Close it: what came is accepted, what did not stays late."""
    round_ = _round(request, partnership, pk)

    def closed() -> None:
        close_round(round_, by=request.user, on=today(), seen=_seen(request))
        messages.success(request, _("The round is closed. What is sent from now on is kept, and stands on this page."))

    return _act(request, round_, closed)


def _act(request: HttpRequest, round_: Round, deed: Any) -> HttpResponse:
    try:
        deed()
    except RoundRefused as refusal:
        messages.warning(request, str(refusal))
    except (StaleSave, ValidationError):
        messages.warning(request, _("Somebody else changed this round meanwhile. Nothing was done; here is how it stands."))
    return redirect("rounds:round", slug=round_.partnership.slug, pk=round_.pk)


def _send(request: HttpRequest, round_: Round) -> None:
    tell(request, send_queued(root=root_of(request), on=today(), partnership=round_.partnership))


def _seen(request: HttpRequest) -> int | None:
    said = request.POST.get("seen", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None


def _round(request: HttpRequest, partnership: Any, pk: int) -> Round:
    rows = Round.objects.standing().select_related("plan")
    found: Round = fetch(rows, request.user, partnership=partnership, pk=pk)
    found.partnership = found.plan.partnership = partnership
    return found
