"""How a plan lives: the moves from draft to closed, the versions that were kept of it, and what was found in it and let stand."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from diogel.people.access import May
from diogel.people.models import Visible
from diogel.people.versions import Versioned
from diogel.words.pairs import Bilingual, checked_pairs_are_whole, pair_state, pair_text


class PlanMove(models.Model):
    """One change of a plan's status: from, to, on which day, by whom, and why where a reason was asked for. Never changed afterwards."""

    partnership_path = "plan__partnership"
    seen_with = May.SEE_DESK

    plan = models.ForeignKey("plan.Plan", on_delete=models.CASCADE, related_name="moves")
    from_status = models.CharField(max_length=12)
    to_status = models.CharField(max_length=12)
    moved_on = models.DateField()
    moved_by = models.CharField(max_length=60, help_text=_("A reference, never a name"))
    reason = models.TextField(blank=True, default="")

    objects = Visible.as_manager()

    class Meta:
        ordering = ["-pk"]


class PlanVersion(models.Model):
    """A plan as it stood on the day on which it was kept: `content` is what `keeping.plan_now` gave. Frozen."""

    partnership_path = "plan__partnership"
    seen_with = May.SEE_DESK

    plan = models.ForeignKey("plan.Plan", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, help_text=_("The plan's status when it was kept"))
    kept_on = models.DateField()
    kept_by = models.CharField(max_length=60, help_text=_("A reference, never a name"))
    reason = models.TextField(blank=True, default="")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_plan_version_a_number")]

    def save(self, *args: Any, **options: Any) -> None:
        if self.pk:
            raise TypeError("a kept version is frozen; keep another")
        self.sha256 = seal_of(self.content)
        super().save(*args, **options)


def seal_of(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class LetStand(Bilingual, Versioned):
    """A grave finding of the check that the partnership knows of and lets stand, with its reason. It answers for one sentence: once
    the check says another about the same row, the new one is open again."""

    pairs = ("reason",)
    partnership_path = "plan__partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_PLAN

    plan = models.ForeignKey("plan.Plan", on_delete=models.CASCADE, related_name="let_stand")
    rule = models.SlugField(max_length=60)
    subject = models.SlugField(max_length=80, help_text=_("What the finding is about; a colon is written as two hyphens"))
    sentence_print = models.CharField(max_length=64, help_text=_("A print of the finding's sentences"))
    reason_cy, reason_en, reason_state = pair_text(), pair_text(), pair_state()

    objects = Visible.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "rule", "subject"], name="one_reason_a_finding"),
            *checked_pairs_are_whole("let_stand", "reason"),
        ]

    @property
    def partnership(self) -> Any:
        return self.plan.partnership
