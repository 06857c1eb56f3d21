"""A round of updates for one plan and quarter, whom it asks about which action, and what they typed before it is filed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diogel.analysis.periods import Quarter
from diogel.people.access import May
from diogel.people.models import Partnership, Person, Visible
from diogel.people.versions import Versioned
from diogel.plan.models import Plan
from diogel.processes.actions.models import Rag, Update

MOST_DAYS = 120


def are_days(value: str) -> None:
    """ValidationError unless it is a list of days after the quarter's end, such as 10, 14, 17."""
    if not re.fullmatch(r"\s*\d{1,3}(\s*,\s*\d{1,3})*\s*", value) or any(day > MOST_DAYS for day in days_in(value)):
        raise ValidationError(_("Write the days after the quarter’s end as numbers with commas, such as 10, 14, 17"))


def days_in(value: str) -> list[int]:
    """The days that such a list names, first first."""
    return sorted({int(day) for day in re.findall(r"\d+", value)})


def _day(default: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(default=default, validators=[MaxValueValidator(MOST_DAYS)])


class Round(Versioned):
    """One quarter's asking. Its clock counts days from the quarter's last day, and is editable."""

    partnership_path = "partnership"
    seen_with = May.SEE_DESK
    edited_with = May.RUN_ROUNDS

    class Status(models.TextChoices):
        PREPARED = "prepared", _("prepared")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="rounds")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="rounds")
    quarter = models.CharField(max_length=7, help_text=_("The quarter's last month, such as 2021-12"))
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.PREPARED)
    request_day = _day(3)
    remind_days = models.CharField(max_length=40, default="10, 14, 17", validators=[are_days])
    due_day = _day(14)
    escalate_day = _day(18)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["-quarter", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "quarter"],
                condition=Q(withdrawn_on=None),
                name="one_round_a_quarter",
                violation_error_message=_("This plan has a round for this quarter already"),
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(withdrawn_on=None, status="open"),
                name="one_open_round_a_plan",
                violation_error_message=_("A round of this plan is open already. Close it before the next is opened"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.quarter}"

    def on_day(self, day: int) -> date:
        """The date that lies so many days after the quarter's end."""
        return Quarter.parse(self.quarter).last_day + timedelta(days=day)

    @property
    def due_on(self) -> date:
        return self.on_day(self.due_day)

    @property
    def escalate_on(self) -> date:
        return self.on_day(self.escalate_day)

    @property
    def is_prepared(self) -> bool:
        return self.status == self.Status.PREPARED

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def is_closed(self) -> bool:
        return self.status == self.Status.CLOSED


class Request(Versioned):
    """One action of a round, and who is asked about it: nobody yet, where `person` is empty. Whether an answer came is the update's."""

    partnership_path = "round__partnership"
    seen_with = May.SEE_DESK
    has_visibility = True
    visibility_path = "update__action__"
    edited_with = May.UPDATE_OWN_ACTIONS

    class How(models.TextChoices):
        LINK = "link", _("by link")
        TELEPHONE = "telephone", _("by telephone")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="requests")
    update = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="requests")
    number = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="requests")
    how = models.CharField(max_length=9, choices=How.choices, blank=True, default="")
    passed_from = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    passed_on = models.DateField(null=True, blank=True)
    passed_note = models.TextField(blank=True, default="")

    objects = Visible.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["round", "update"], name="asked_once_a_round")]

    @property
    def partnership(self) -> Any:
        return self.round.partnership

    @property
    def is_answered(self) -> bool:
        return self.update.state == Update.State.FILED

    def days_late(self, on: date) -> int:
        """Days since the answer was due; none where it came, is not due yet, or nobody was asked."""
        return 0 if self.is_answered or self.round.is_prepared else max(0, (on - self.round.due_on).days)


class Answer(Versioned):
    """What was typed so far, in one language. It is nobody's word until it is filed, and the log tells nothing of it before. What was
    sent after the round was closed or the update accepted (`sent_on`) is written on no more, and waits until the co-ordinator settles
    it; what is typed after that is a row of its own."""

    partnership_path = "request__round__partnership"
    seen_with = May.RUN_ROUNDS
    edited_with = May.RUN_ROUNDS

    class Settled(models.TextChoices):
        TAKEN = "taken", _("taken in")
        LEFT = "left", _("left as it is")

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="answers")
    language = models.CharField(max_length=2, choices=[("cy", "Cymraeg"), ("en", "English")])
    status = models.CharField(max_length=20, blank=True, default="")
    rag = models.CharField(max_length=6, choices=Rag.choices, blank=True, default="")
    percent = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(100)])
    milestone = models.CharField(max_length=300, blank=True, default="")
    text = models.TextField(blank=True, default="")
    obstacle = models.TextField(blank=True, default="")
    next_step = models.TextField(blank=True, default="")
    next_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    settled = models.CharField(max_length=5, choices=Settled.choices, blank=True, default="")
    filed_as = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("The version of the update that it became; typed on since: none")
    )

    objects = Visible.as_manager()

    class Meta:
        ordering = ["request", "pk"]
        constraints = [models.UniqueConstraint(fields=["request"], condition=Q(sent_on=None), name="one_draft_a_request")]

    @property
    def partnership(self) -> Any:
        return self.request.round.partnership


class EvidenceFile(Versioned):
    """A file that somebody sent with an answer: in the home, by the print of its content, never published."""

    partnership_path = "request__round__partnership"
    seen_with = May.SEE_DESK
    has_visibility = True
    visibility_path = "request__update__action__"
    edited_with = May.UPDATE_OWN_ACTIONS

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="evidence")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=5)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_on = models.DateField()

    objects = Visible.as_manager()

    class Meta:
        ordering = ["pk"]

    @property
    def partnership(self) -> Any:
        return self.request.round.partnership
