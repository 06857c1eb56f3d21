"""What was published: frozen, numbered, permanent. The public site reads this and nothing else."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Publications(models.QuerySet):
    def standing(self) -> Publications:
        return self.filter(withdrawn_at=None)


class Publication(models.Model):
    """A snapshot in both languages. It holds strings and numbers that were allowed out; it has no link to any other row."""

    class Kind(models.TextChoices):
        PARTNERSHIP = "partnership"
        PLAN = "plan"
        QUARTER = "quarter"
        ANNUAL = "annual"
        ASSESSMENT = "assessment"

    partnership = models.SlugField(max_length=40)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    key = models.CharField(max_length=20, help_text=_("The plan's code, or the last month of the quarter or year"))
    version = models.PositiveIntegerField()
    content = models.JSONField(help_text=_("Both languages of everything that may be shown"))
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


class PublishedFile(models.Model):
    """A finished file of a publication, byte for byte as the scan passed it; it is never built again."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=60, help_text=_("As the certificate names it: quarterly.cy.pdf"))
    content = models.BinaryField()
    size = models.PositiveIntegerField(help_text=_("In bytes"))
    sha256 = models.CharField(max_length=64, help_text=_("The seal that stands in the certificate"))

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["publication", "name"], name="one_file_a_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **options: Any) -> None:
        if self.pk:
            raise TypeError("a published file is frozen; publish a new version instead")
        super().save(*args, **options)


class Telling(models.Model):
    """One row that one paper told of: which paper, for whom, when. It names rows by number and code, and holds nothing of them.

    `publication` is there for what the public reads, so that a withdrawal shows; a board's paper has none. `code` is what the
    row is called within its partnership: a theme's, a priority's or a measure's code, an action's number.
    """

    class Audience(models.TextChoices):
        INTERNAL = "internal"
        PUBLIC = "public"

    class Kind(models.TextChoices):
        THEME = "theme"
        PRIORITY = "priority"
        ACTION = "action"
        MEASURE = "measure"
        CARD = "card"

    partnership = models.SlugField(max_length=40)
    paper = models.CharField(max_length=12, choices=Publication.Kind.choices)
    key = models.CharField(max_length=20, help_text=_("The plan's code, or the quarter's last month"))
    version = models.PositiveIntegerField()
    audience = models.CharField(max_length=8, choices=Audience.choices)
    told_at = models.DateTimeField()
    publication = models.ForeignKey(Publication, null=True, blank=True, on_delete=models.CASCADE, related_name="tellings")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    row = models.PositiveBigIntegerField()
    code = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-told_at", "-key", "-version", "audience", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "paper", "key", "version", "audience", "kind", "row"], name="a_paper_tells_a_row_once"
            ),
            models.CheckConstraint(
                name="what_the_public_was_told_is_published",
                condition=Q(audience="internal", publication=None) | Q(audience="public", publication__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["partnership", "kind", "row"], name="where_a_row_was_told")]

    def __str__(self) -> str:
        return f"{self.paper} {self.key} v{self.version} ({self.audience}): {self.kind} {self.row}"
