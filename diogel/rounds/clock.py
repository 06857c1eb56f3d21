"""The days of a round's clock, and what follows where they are set."""

from __future__ import annotations

from datetime import date

from diogel.processes.actions.models import Update

from .models import Round


def set_due(round_: Round, *, on: date) -> None:
    """Let every update that the round asks for and that has not come be due when the round says. What was marked late and is due only
    later, as it turns out on `on`, is asked for again. One deed of the round's, which the log tells."""
    rows = Update.objects.filter(pk__in=round_.requests.standing().values("update")).exclude(state=Update.State.FILED)
    rows.update(due_on=round_.due_on)
    if on <= round_.due_on:
        rows.update(state=Update.State.ASKED)
