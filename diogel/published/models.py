"""What was published: frozen, numbered, permanent. The public site reads this and nothing else."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q


class Publications(models.QuerySet):
    def standing(self) -> Publications:
        return self.filter(withdrawn_at=None)


class Publication(models.Model):
    """A snapshot in both languages. It holds strings and numbers that were allowed out; it has no link to any other row."""

    class Kind(models.TextChoices):
        PARTNERSHIP = "partnership"
        PLAN = "plan"
        QUARTER = "quarter"

    partnership = models.SlugField(max_length=40)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    key = models.CharField(max_length=20, help_text="The plan's code, or the quarter's last month")
    version = models.PositiveIntegerField()
    content = models.JSONField(help_text="Both languages of everything that may be shown")
    certificate = models.JSONField(default=dict)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because_cy = models.TextField(blank=True)
    withdrawn_because_en = models.TextField(blank=True)

    objects = Publications.as_manager()

    class Meta:
        ordering = ["partnership", "kind", "-key", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "kind", "key", "version"], name="one_publication_a_version"),
            models.CheckConstraint(name="a_withdrawal_says_why", condition=Q(withdrawn_at=None) | ~Q(withdrawn_because_en="")),
        ]

    def __str__(self) -> str:
        return f"{self.partnership} {self.kind} {self.key} v{self.version}"

    def save(self, *args: Any, **options: Any) -> None:
        """What was published stays as it was: only a withdrawal may be added."""
        if self.pk and set(options.get("update_fields") or ["content"]) - {"withdrawn_at", "withdrawn_because_cy", "withdrawn_because_en"}:
            raise TypeError("a publication is frozen; publish a new version instead")
        super().save(*args, **options)
