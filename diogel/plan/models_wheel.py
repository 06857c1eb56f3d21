"""What people changed in the year wheel of a plan, and the private calendar link of each of them."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from diogel.people.access import ROLE_NAMES, May, Role
from diogel.people.models import Partnership, Person, Visible
from diogel.people.versions import Versioned
from diogel.words.pairs import Bilingual, checked_pairs_are_whole, pair_line, pair_state, pair_text


class YearStep(Bilingual, Versioned):
    """A step of the year that somebody wrote: one of the plan's own, or, with a `key`, what was changed in a step that a rule gives.
    The rest of the wheel is reckoned anew each time, so that no change is ever lost to it."""

    pairs = ("title", "note")
    partnership_path = "plan__partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_PLAN

    plan = models.ForeignKey("plan.Plan", on_delete=models.CASCADE, related_name="year_steps")
    key = models.CharField(max_length=80, blank=True, default="")
    title_cy, title_en, title_state = pair_line(), pair_line(), pair_state()
    note_cy, note_en, note_state = pair_text(), pair_text(), pair_state()
    due_on = models.DateField()
    applies = models.BooleanField(default=True)
    role = models.CharField(max_length=20, blank=True, choices=[(role.value, ROLE_NAMES[role]) for role in Role])

    objects = Visible.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "key"],
                condition=~models.Q(key=""),
                name="one_change_a_step",
                violation_error_message=_("Somebody else changed this step meanwhile. Open the page again before you change it"),
            ),
            *checked_pairs_are_whole("year_step", "title", "note"),
        ]

    @property
    def partnership(self) -> Any:
        return self.plan.partnership

    @property
    def given_title(self) -> str:
        """In the language of the page; both halves are the rule's."""
        return self.pair("title").say()


def new_secret() -> str:
    return secrets.token_hex(16)


class CalendarLink(models.Model):
    """The calendar link of one person in one partnership. The address that it makes is signed and stands nowhere; without a `secret`
    it was taken back."""

    is_personal = True
    edited_with = May.SEE_DESK

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="calendar_links")
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="calendar_links")
    secret = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "partnership"], name="one_calendar_link_each")]
