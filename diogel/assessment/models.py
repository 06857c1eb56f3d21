"""Themes with their band, the evidence and the scores behind it, and the duties that the law lays on us."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diogel.people.access import May
from diogel.people.models import Partnership, Person, Visible
from diogel.people.versions import Versioned
from diogel.words.pairs import Bilingual, checked_pairs_are_whole, pair_line, pair_state, pair_text


class Band(models.TextChoices):
    HIGH = "high", _("High")
    MEDIUM_HIGH = "medium_high", _("Medium-high")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class Assessment(Bilingual, Versioned):
    """A year's assessment of crime and disorder."""

    pairs = ("title", "period", "source", "scale")
    partnership_path = "partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_ASSESSMENT

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="assessments")
    code = models.CharField(max_length=40)
    title_cy, title_en, title_state = pair_line(), pair_line(), pair_state()
    period_cy, period_en, period_state = pair_line(), pair_line(), pair_state()
    source_cy, source_en, source_state = pair_text(), pair_text(), pair_state()
    scale_cy, scale_en, scale_state = pair_text(), pair_text(), pair_state()
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["-to_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["partnership", "code"], name="one_assessment_a_code")]


class Themes(Visible):
    def standing(self) -> models.QuerySet:
        """Themes that have not been withdrawn, alone or with their whole assessment."""
        return super().standing().filter(assessment__withdrawn_on=None)


class Theme(Bilingual, Versioned):
    """A subject of the assessment: its band, why, and what was decided of it, also where nothing was chosen."""

    pairs = ("title", "rationale", "decision_reason", "highlighted_as")
    partnership_path = "assessment__partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_ASSESSMENT

    class Decision(models.TextChoices):
        PRIORITY = "priority", _("a priority")
        WATCHED = "watched", _("watched")
        REGIONAL = "covered_regionally", _("covered regionally")
        NOT = "not_prioritised", _("not a priority: the response is adequate")
        UNDECIDED = "undecided", _("not decided")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="themes")
    code = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField(default=0)
    title_cy, title_en, title_state = pair_line(), pair_line(), pair_state()
    highlighted_as_cy, highlighted_as_en, highlighted_as_state = pair_line(), pair_line(), pair_state()
    band = models.CharField(max_length=12, choices=Band.choices, blank=True)
    band_as_published = models.CharField(max_length=40, blank=True)
    rationale_cy, rationale_en, rationale_state = pair_text(), pair_text(), pair_state()
    decision = models.CharField(max_length=20, choices=Decision.choices, default=Decision.UNDECIDED)
    decision_reason_cy, decision_reason_en, decision_reason_state = pair_text(), pair_text(), pair_state()

    objects = Themes.as_manager()

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "code"], name="one_theme_a_code"),
            *checked_pairs_are_whole("theme", "title", "rationale", "decision_reason", "highlighted_as"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def partnership(self) -> Any:
        return self.assessment.partnership


class Evidence(Bilingual, Versioned):
    """What a theme rests on: a statement with its source and date, or a series of figures."""

    pairs = ("statement", "source")
    partnership_path = "partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_ASSESSMENT

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("document")
        SERIES = "series", _("series of figures")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="evidence")
    code = models.CharField(max_length=60)
    themes = models.ManyToManyField(Theme, related_name="evidence", blank=True)
    statement_cy, statement_en, statement_state = pair_text(), pair_text(), pair_state()
    source_cy, source_en, source_state = pair_line(), pair_line(), pair_state()
    dated = models.CharField(max_length=20, blank=True, help_text="A day, a month or a year, as the source gives it")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.DOCUMENT)
    area_code = models.CharField(max_length=40, blank=True)
    crime_type = models.CharField(max_length=60, blank=True)
    marking = models.CharField(max_length=30, default="OFFICIAL")

    objects = Visible.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "code"], name="one_evidence_a_code"),
            *checked_pairs_are_whole("evidence", "statement", "source"),
        ]


class Score(Bilingual, Versioned):
    """One scoring of a theme: harm, likelihood and, on its own axis, how ready services are. Confidence stands beside, never inside."""

    pairs = ("reason",)
    partnership_path = "theme__assessment__partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_ASSESSMENT

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="scores")
    scored_on = models.DateField()
    scored_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    harm = models.PositiveSmallIntegerField(help_text="0 to 24: six factors of 0 to 4")
    likelihood = models.PositiveSmallIntegerField(help_text="1 to 5")
    response = models.PositiveSmallIntegerField(help_text="1 to 5: how ready services are")
    confidence = models.CharField(max_length=1, choices=[(letter, letter) for letter in "ABCD"])
    reason_cy, reason_en, reason_state = pair_text(), pair_text(), pair_state()
    is_agreed = models.BooleanField(default=False)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["theme", "-scored_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="scores_lie_on_their_scales",
                condition=Q(harm__lte=24, likelihood__gte=1, likelihood__lte=5, response__gte=1, response__lte=5),
            ),
            *checked_pairs_are_whole("score", "reason"),
        ]

    @property
    def partnership(self) -> Any:
        return self.theme.assessment.partnership

    @property
    def risk(self) -> int:
        """Harm times likelihood, 0 to 120."""
        return self.harm * self.likelihood


class Duty(Bilingual, Versioned):
    """What an Act asks of the partnership, for as long as it does."""

    pairs = ("title", "law")
    partnership_path = "partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_ASSESSMENT

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="duties")
    code = models.SlugField(max_length=60)
    title_cy, title_en, title_state = pair_line(), pair_line(), pair_state()
    law_cy, law_en, law_state = pair_line(), pair_line(), pair_state()
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "duties"
        constraints = [models.UniqueConstraint(fields=["partnership", "code"], name="one_duty_a_code")]

    def __str__(self) -> str:
        return self.code


class Claim(Bilingual):
    """A figure that a document states, kept with its source: what one plan says is not what another counted."""

    pairs = ("statement", "source")
    partnership_path = "partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_ASSESSMENT

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="claims")
    code = models.SlugField(max_length=60)
    statement_cy, statement_en, statement_state = pair_text(), pair_text(), pair_state()
    source_cy, source_en, source_state = pair_line(), pair_line(), pair_state()
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    dated = models.CharField(max_length=20, blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["partnership", "code"], name="one_claim_a_code")]
