"""What an action is made of in time: dated milestones, and the actions that it waits for."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from diogel.people.access import May
from diogel.people.models import Visible
from diogel.people.versions import Versioned
from diogel.processes.actions.models import Action
from diogel.words.pairs import Bilingual, checked_pairs_are_whole, pair_line, pair_state, pair_text


class OfAction(Bilingual, Versioned):
    """Something that belongs to one action and is seen by whoever sees the action."""

    partnership_path = "action__partnership"
    seen_with = May.SEE_DESK
    has_visibility = True
    visibility_path = "action__"
    edited_with = May.EDIT_PLAN

    action: models.ForeignKey

    objects = Visible.as_manager()

    class Meta:
        abstract = True

    @property
    def partnership(self) -> Any:
        return self.action.partnership


class Milestone(OfAction):
    """A point on the way that is reached or not, with its day."""

    pairs = ("title",)

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="milestones")
    title_cy, title_en, title_state = pair_line(), pair_line(), pair_state()
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = checked_pairs_are_whole("milestone", "title")


class Dependency(OfAction):
    """One action that cannot be done before another."""

    pairs = ("why",)

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="waits_for")
    on = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="waited_for_by")
    why_cy, why_en, why_state = pair_text(), pair_text(), pair_state()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["action", "on"], name="one_dependency_between_two"),
            models.CheckConstraint(
                name="no_action_waits_for_itself",
                condition=~models.Q(action=models.F("on")),
                violation_error_message=_("An action cannot wait for itself"),
            ),
            *checked_pairs_are_whole("dependency", "why"),
        ]
