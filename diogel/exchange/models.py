"""Files that were sent in: a plan to be taken over, column heads that are known again, forms that were given out and came back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from diogel.people.access import May
from diogel.people.models import Body, Partnership, Visible
from diogel.plan.models import Plan

WAITS_FOR = 90
"""Days for which a file that came in waits to be taken over; then what was read of it goes."""
KEPT_FOR = 365
"""Days after which what is kept of a file that was taken over or put aside goes: what found no place, and how things stood before."""


class Language(models.TextChoices):
    CY = "cy", _("Welsh")
    EN = "en", _("English")


class Intake(models.Model):
    """A plan that came as a file: what was read of it, how its columns are read, and what taking it over made. The file itself is not
    kept; its words may name people, so that the log tells only that something changed."""

    is_personal = True
    partnership_path = "partnership"
    seen_with = May.EDIT_PLAN
    edited_with = May.EDIT_PLAN

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be taken over")
        TAKEN = "taken", _("taken over")
        UNDONE = "undone", _("undone")
        THROWN = "thrown", _("thrown away")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="intakes")
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="intakes")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=2, choices=Language.choices)
    quarter = models.CharField(max_length=7, blank=True, default="", help_text=_("Of which its updates speak, where the file does not say"))
    new_plan = models.JSONField(default=dict, blank=True, help_text=_("Code, title and days of the plan to be made, where none stands yet"))
    reading = models.JSONField(default=dict, blank=True)
    mappings = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    made = models.JSONField(default=list, blank=True, help_text=_("Each row that was made or changed, with what it was before"))
    left = models.JSONField(default=list, blank=True, help_text=_("Cells that found no place"))
    counts = models.JSONField(default=dict, blank=True)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=60)
    erased_on = models.DateField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]

    @property
    def keep_until(self) -> date:
        """The last day on which its words are kept."""
        return kept_until(timezone.localdate(self.received_at), is_waiting=self.state == self.State.WAITING)


def kept_until(received_on: date, *, is_waiting: bool) -> date:
    """The last day on which the words of a file that came on a day are kept."""
    return received_on + timedelta(days=WAITS_FOR if is_waiting else KEPT_FOR)


class KnownHeads(models.Model):
    """How a table with these heads was read last time in this partnership."""

    partnership_path = "partnership"
    seen_with = May.EDIT_PLAN
    edited_with = May.EDIT_PLAN

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="known_heads")
    key = models.CharField(max_length=64)
    kind = models.CharField(max_length=12, blank=True)
    fields = models.JSONField(default=list, blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["partnership", "key"], name="one_reading_a_head")]


class GivenForm(models.Model):
    """A form given to one body for one quarter, with what stood in it: what comes back is compared with that."""

    partnership_path = "plan__partnership"
    seen_with = May.UPDATE_ALL_ACTIONS
    edited_with = May.UPDATE_ALL_ACTIONS

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="given_forms")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=7)
    language = models.CharField(max_length=2, choices=Language.choices)
    stood = models.JSONField(default=dict, help_text=_("By action: what stood in each of its fields"))
    given_at = models.DateTimeField()

    objects = Visible.as_manager()

    class Meta:
        ordering = ["-given_at", "-pk"]

    @property
    def partnership(self) -> Any:
        return self.plan.partnership


class Returned(models.Model):
    """A form that came back: what it says of each action, whether that was taken, and what was chosen where two texts met."""

    is_personal = True
    partnership_path = "form__plan__partnership"
    seen_with = May.UPDATE_ALL_ACTIONS
    edited_with = May.UPDATE_ALL_ACTIONS

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be taken over")
        TAKEN = "taken", _("taken over")
        THROWN = "thrown", _("thrown away")

    form = models.ForeignKey(GivenForm, on_delete=models.CASCADE, related_name="returned")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    said = models.JSONField(default=dict, help_text=_("By action: what the file says in each field"))
    left = models.JSONField(default=list, blank=True)
    kept = models.JSONField(default=dict, blank=True, help_text=_("By action: the texts that met and were not chosen"))
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=60)
    erased_on = models.DateField(null=True, blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]

    @property
    def partnership(self) -> Any:
        return self.form.plan.partnership

    @property
    def keep_until(self) -> date:
        """The last day on which its words are kept."""
        return kept_until(timezone.localdate(self.received_at), is_waiting=self.state == self.State.WAITING)
