"""An action lives for years as a record; a plan gives it a number for one."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from diogel.people.access import May
from diogel.people.models import Body, Person, Visible
from diogel.people.versions import Versioned
from diogel.places.models import Area
from diogel.records.models import Record
from diogel.words.pairs import Bilingual, checked_pairs_are_whole, pair_line, pair_state, pair_text


class Rag(models.TextChoices):
    """How it goes, which is not how far it is. Grey is a state: no suitable data."""

    RED = "red", _("needs action now")
    AMBER = "amber", _("not finished, or no effect yet")
    GREEN = "green", _("on track")
    GREY = "grey", _("no suitable data")


class Action(Record, Bilingual):
    """What bodies have said they will do; its status is the record's."""

    pairs = ("title", "text", "regional")
    edited_with = May.EDIT_PLAN

    title_cy, title_en, title_state = pair_line(), pair_line(), pair_state()
    text_cy, text_en, text_state = pair_text(), pair_text(), pair_state()
    regional_cy, regional_en, regional_state = pair_text(), pair_text(), pair_state()
    bodies = models.ManyToManyField(Body, related_name="actions", blank=True)
    areas = models.ManyToManyField(Area, related_name="actions", blank=True)
    started_on = models.DateField(null=True, blank=True)
    promised_on = models.DateField(null=True, blank=True, help_text=_("When the plan says it will be done"))

    class Meta:
        constraints = checked_pairs_are_whole("action", "title", "text", "regional")


class SubAction(Bilingual, Versioned):
    """One of several commitments that share a number: 6a, 6b."""

    pairs = ("title",)
    partnership_path = "action__partnership"
    seen_with = May.SEE_DESK
    has_visibility = True
    visibility_path = "action__"
    edited_with = May.EDIT_PLAN

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="sub_actions")
    code = models.CharField(max_length=10)
    title_cy, title_en, title_state = pair_text(), pair_text(), pair_state()
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=20, default="agreed")

    objects = Visible.as_manager()

    class Meta:
        ordering = ["action", "code"]
        constraints = [
            models.UniqueConstraint(fields=["action", "code"], name="one_sub_action_a_code"),
            *checked_pairs_are_whole("sub_action", "title"),
        ]

    @property
    def partnership(self) -> Any:
        return self.action.partnership


class Updates(Visible):
    def asked(self) -> models.QuerySet:
        """Those that were told or asked for, without those of a round that is only prepared."""
        return self.exclude(state=Update.State.ASKED, due_on=None)


class Update(Bilingual, Versioned):
    """What was said of an action for one quarter. Corrections are new versions; a quarter not told is late, not blank."""

    pairs = ("text", "obstacle", "next_step", "milestone")
    partnership_path = "action__partnership"
    seen_with = May.SEE_DESK
    has_visibility = True
    visibility_path = "action__"
    edited_with = May.UPDATE_OWN_ACTIONS

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        FILED = "filed", _("filed")
        LATE = "late", _("late")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="updates")
    quarter = models.CharField(max_length=7, help_text=_("The quarter's last month, such as 2021-12"))
    state = models.CharField(max_length=6, choices=State.choices, default=State.ASKED)
    status = models.CharField(max_length=20, blank=True)
    rag = models.CharField(max_length=6, choices=Rag.choices, blank=True)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    text_cy, text_en, text_state = pair_text(), pair_text(), pair_state()
    obstacle_cy, obstacle_en, obstacle_state = pair_text(), pair_text(), pair_state()
    next_step_cy, next_step_en, next_step_state = pair_text(), pair_text(), pair_state()
    milestone_cy, milestone_en, milestone_state = pair_line(), pair_line(), pair_state()
    next_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(
        null=True, blank=True, help_text=_("From then on each correction is a version of its own, with its reason")
    )
    due_on = models.DateField(null=True, blank=True)  # none as long as nobody was asked
    filed_on = models.DateField(null=True, blank=True)
    filed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = Updates.as_manager()

    class Meta:
        ordering = ["action", "-quarter"]
        constraints = [
            models.UniqueConstraint(fields=["action", "quarter"], name="one_update_a_quarter"),
            models.CheckConstraint(name="a_percentage_is_at_most_100", condition=models.Q(percent=None) | models.Q(percent__lte=100)),
            *checked_pairs_are_whole("update", "text", "obstacle", "next_step", "milestone"),
        ]

    @property
    def partnership(self) -> Any:
        return self.action.partnership

    @property
    def is_asked(self) -> bool:
        """Whether it was told or asked for: in a round that is only prepared nobody was asked yet."""
        return self.state != self.State.ASKED or self.due_on is not None


class Accepted(models.Model):
    """What an update said when it was accepted, or corrected after that, whole: the board read it. None is ever changed."""

    partnership_path = "update__action__partnership"
    seen_with = May.SEE_DESK
    has_visibility = True
    visibility_path = "update__action__"
    edited_with = May.RUN_ROUNDS

    update = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="accepted")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    note = models.TextField(blank=True, default="", help_text=_("Why it was corrected; empty for the first"))
    made_on = models.DateField()

    objects = Visible.as_manager()

    class Meta:
        ordering = ["update", "-number"]
        constraints = [models.UniqueConstraint(fields=["update", "number"], name="one_accepted_text_a_number")]

    @property
    def partnership(self) -> Any:
        return self.update.action.partnership


class CarryOver(Bilingual):
    """An action that was not done in one plan and stands again in the next, with its reason."""

    pairs = ("reason",)
    partnership_path = "action__partnership"
    seen_with = May.SEE_DESK
    has_visibility = True
    visibility_path = "action__"
    edited_with = May.EDIT_PLAN

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="carry_overs")
    from_plan = models.CharField(max_length=20)
    from_number = models.CharField(max_length=10, blank=True)
    reason_cy, reason_en, reason_state = pair_text(), pair_text(), pair_state()
    carried_on = models.DateField(null=True, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["action", "from_plan"]
        constraints = [models.UniqueConstraint(fields=["action", "from_plan"], name="carried_once_a_plan")]

    @property
    def partnership(self) -> Any:
        return self.action.partnership
