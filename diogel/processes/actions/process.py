"""What an action may be, and how it moves."""

from django.utils.translation import gettext_lazy as _

from diogel.people.access import May
from diogel.records.workflow import Step, Workflow, register

STATUSES = {
    "proposed": _("Proposed"),
    "agreed": _("Agreed"),
    "not_started": _("Not started"),
    "in_progress": _("In progress"),
    "on_hold": _("On hold"),
    "blocked": _("Blocked"),
    "complete": _("Complete"),
    "carried_forward": _("Carried forward"),
    "superseded": _("Superseded"),
    "withdrawn": _("Withdrawn"),
}
RESTING = frozenset({"complete", "superseded", "withdrawn"})
NEEDS_REASON = frozenset({"on_hold", "blocked", "carried_forward", "withdrawn"})


def _steps() -> tuple[Step, ...]:
    """Any status may follow any other that the field knows to follow it; only what rests stays, unless it is taken up again."""
    working = ("agreed", "not_started", "in_progress", "on_hold", "blocked", "complete", "carried_forward", "superseded", "withdrawn")
    follow = {status: tuple(to for to in working if to != status) for status in STATUSES if status not in RESTING}
    follow |= {"complete": ("in_progress",), "superseded": (), "withdrawn": ("agreed",), "proposed": ("agreed", "withdrawn")}
    return tuple(
        Step(start, end, May.UPDATE_OWN_ACTIONS, STATUSES[end], asks_reason=end in NEEDS_REASON)
        for start, ends in follow.items()
        for end in ends
    )


WORKFLOW = register(Workflow(kind="action", title=_("action"), statuses=STATUSES, steps=_steps(), first="proposed", closed=RESTING))
