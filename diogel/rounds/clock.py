"""The days of a round's clock: which go together, and what follows where they are set."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from diogel.processes.actions.models import Update

from .models import Round, days_in

DAYS = ("request_day", "remind_days", "due_day", "escalate_day")


def require_whole(round_: Round, other: dict[str, Any]) -> None:
    """ValidationError, at the day that is wrong and in words, where the days of a round clash, with those in `other` in their place:
    people are asked before they are reminded, reminded before others hear that they were, and late before others hear that they are."""
    days = {name: other.get(name, getattr(round_, name)) for name in DAYS}
    request, due, escalate = (days[name] for name in ("request_day", "due_day", "escalate_day"))
    reminders = days_in(days["remind_days"])
    told = {"request": request, "due": due, "escalate": escalate, "first": reminders[0] if reminders else 0}
    wrong: dict[str, str] = {}
    if due < request:
        wrong["due_day"] = _("Answers would be due on day %(due)s, before the requests go out on day %(request)s") % told
    if reminders and reminders[0] <= request:
        wrong["remind_days"] = _("A reminder would go out on day %(first)s, not after the requests, which go out on day %(request)s") % told
    elif reminders and reminders[0] > escalate:
        wrong["remind_days"] = (
            _("The first reminder would go out on day %(first)s, after the priority lead was told on day %(escalate)s") % told
        )
    if escalate <= due:
        wrong["escalate_day"] = (
            _("The priority lead would be told on day %(escalate)s that answers are late which may come until day %(due)s") % told
        )
    if wrong:
        raise ValidationError(wrong)


def set_due(round_: Round, *, on: date) -> None:
    """Let every update that the round asks for and that has not come be due when the round says. What was marked late and is due only
    later, as it turns out on `on`, is asked for again. One deed of the round's, which the log tells."""
    rows = Update.objects.filter(pk__in=round_.requests.standing().values("update")).exclude(state=Update.State.FILED)
    rows.update(due_on=round_.due_on)
    if on <= round_.due_on:
        rows.update(state=Update.State.ASKED)
