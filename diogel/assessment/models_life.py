"""What an assessment is made of on its way: its moves, what was asked of whom, and the six sections that the law wants."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from diogel.people.access import May
from diogel.people.models import Body, Visible
from diogel.people.versions import Versioned
from diogel.words.pairs import Bilingual, checked_pairs_are_whole, pair_line, pair_state, pair_text

from .statuses import Status


class Made(models.Model):
    """One move of an assessment: from which status to which, when, by whom, and why where that was asked."""

    partnership_path = "assessment__partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_ASSESSMENT

    assessment = models.ForeignKey("assessment.Assessment", on_delete=models.CASCADE, related_name="moves")
    from_status = models.CharField(max_length=12, choices=Status.choices)
    to_status = models.CharField(max_length=12, choices=Status.choices)
    on = models.DateField()
    by = models.CharField(max_length=60, help_text=_("A reference, never a name"))
    reason = models.TextField(blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["pk"]


class StatutorySection(Bilingual, Versioned):
    """One of the six things that the Regulations want in a strategic assessment, with the evidence that it rests on."""

    pairs = ("text",)
    partnership_path = "assessment__partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_ASSESSMENT

    class About(models.TextChoices):
        LEVELS = "levels", _("Levels and patterns of crime, disorder, substance misuse and re-offending")
        CHANGES = "changes", _("What has changed since the last assessment")
        CAUSES = "causes", _("Why it has changed")
        PRIORITIES = "priorities", _("What the authorities should put first")
        PEOPLE = "people", _("What people who live and work here think should come first")
        PLAN = "plan", _("How far last year’s plan was carried out")

    assessment = models.ForeignKey("assessment.Assessment", on_delete=models.CASCADE, related_name="sections")
    about = models.CharField(max_length=10, choices=About.choices)
    text_cy, text_en, text_state = pair_text(), pair_text(), pair_state()
    evidence = models.ManyToManyField("assessment.Evidence", related_name="sections", blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "about"], name="one_section_of_each_kind"),
            *checked_pairs_are_whole("statutory_section", "text"),
        ]

    def __str__(self) -> str:
        return self.about

    @property
    def partnership(self) -> Any:
        return self.assessment.partnership


class DataRequest(Bilingual, Versioned):
    """What was asked of a body for the assessment: when, by when, when it came or why it did not."""

    pairs = ("what", "missing_because")
    partnership_path = "assessment__partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_ASSESSMENT

    assessment = models.ForeignKey("assessment.Assessment", on_delete=models.CASCADE, related_name="requests")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    what_cy, what_en, what_state = pair_line(), pair_line(), pair_state()
    asked_on = models.DateField()
    due_on = models.DateField()
    came_on = models.DateField(null=True, blank=True)
    missing_because_cy, missing_because_en, missing_because_state = pair_text(), pair_text(), pair_state()

    objects = Visible.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(name="asked_before_due", condition=models.Q(due_on__gte=models.F("asked_on"))),
            *checked_pairs_are_whole("data_request", "what", "missing_because"),
        ]

    @property
    def partnership(self) -> Any:
        return self.assessment.partnership

    @property
    def is_answered(self) -> bool:
        """Whether it came, or is said why it did not."""
        return self.came_on is not None or not self.pair("missing_because").is_empty
