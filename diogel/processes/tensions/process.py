"""What happens to a tension report, by when, and how long it is kept: a table."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from diogel.people.access import May
from diogel.records.workflow import Step, Workflow, register

# The clock, in days: change it here and nowhere else.
TRIAGE_WITHIN = 1
ANSWER_WITHIN = 5
CLOSE_WITHIN = 14

# How many years a report is kept after it came to rest; until then it is kept without end.
KEEP_YEARS = {"closed": 3, "not_a_tension": 1}

STATUSES = {
    "received": _("Received"),
    "triaged": _("Triaged"),
    "answered": _("Answered"),
    "closed": _("Closed"),
    "not_a_tension": _("Not a tension"),
}

# What the page of a report says of it, by status.
TITLES = {
    "received": _("%(reference)s waits to be triaged"),
    "triaged": _("%(reference)s is triaged and waits for an answer"),
    "answered": _("%(reference)s is answered and waits to be closed"),
    "closed": _("%(reference)s is closed"),
    "not_a_tension": _("%(reference)s was not a tension"),
}

STEPS = (
    Step("received", "triaged", May.TRIAGE_TENSIONS, _("Triage it"), due_in_days=ANSWER_WITHIN),
    Step("received", "not_a_tension", May.TRIAGE_TENSIONS, _("It is not a tension"), asks_reason=True),
    Step("triaged", "answered", May.TRIAGE_TENSIONS, _("Answer it"), due_in_days=CLOSE_WITHIN),
    Step("triaged", "not_a_tension", May.TRIAGE_TENSIONS, _("It is not a tension"), asks_reason=True),
    Step("answered", "closed", May.TRIAGE_TENSIONS, _("Close it")),
    Step("closed", "triaged", May.TRIAGE_TENSIONS, _("Open it again"), asks_reason=True, due_in_days=ANSWER_WITHIN),
    Step("not_a_tension", "received", May.TRIAGE_TENSIONS, _("Open it again"), asks_reason=True, due_in_days=TRIAGE_WITHIN),
)

WORKFLOW = register(
    Workflow(kind="tension", title=_("tension report"), statuses=STATUSES, steps=STEPS, first="received", closed=frozenset(KEEP_YEARS))
)


def keep_until(status: str, on: date) -> date | None:
    """Until which day a report that came to `status` on a day is kept; None while it is open."""
    years = KEEP_YEARS.get(status)
    return None if years is None else date(on.year + years, on.month, min(on.day, 28))
