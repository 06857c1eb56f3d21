"""Assessments and their themes, the evidence behind them, and the duties that the law lays on us."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from diogel.people.access import May
from diogel.people.models import Partnership, Visible
from diogel.people.versions import Versioned
from diogel.words.pairs import Bilingual, checked_pairs_are_whole, pair_line, pair_state, pair_text

from .bands import Band as Band
from .models_life import DataRequest as DataRequest  # registered with the models of this room
from .models_life import Made as Made
from .models_life import StatutorySection as StatutorySection
from .models_scoring import Dissent as Dissent
from .models_scoring import Method as Method
from .models_scoring import Score as Score
from .models_scoring import Scorer as Scorer
from .statuses import EARLY, SETTLED, Status


class Assessments(Visible):
    def foremost(self) -> Any:
        """Standing ones, that which counts first: approved before those still being made, the newest before older ones."""
        is_made = models.Case(models.When(status__in=SETTLED, then=0), default=1, output_field=models.SmallIntegerField())
        return self.standing().order_by(is_made, "-to_on", "-pk")


class Assessment(Bilingual, Versioned):
    """A year's assessment of crime and disorder, from its commission to its publication."""

    pairs = ("title", "period", "source", "scale", "commission")
    partnership_path = "partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_ASSESSMENT

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="assessments")
    code = models.CharField(max_length=40)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.COMMISSIONED)
    title_cy, title_en, title_state = pair_line(), pair_line(), pair_state()
    period_cy, period_en, period_state = pair_line(), pair_line(), pair_state()
    source_cy, source_en, source_state = pair_text(), pair_text(), pair_state()
    scale_cy, scale_en, scale_state = pair_text(), pair_text(), pair_state()
    commission_cy, commission_en, commission_state = pair_text(), pair_text(), pair_state()
    method = models.ForeignKey("assessment.Method", null=True, blank=True, on_delete=models.PROTECT, related_name="assessments")
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    commissioned_on = models.DateField(null=True, blank=True)
    data_due_on = models.DateField(null=True, blank=True)
    scoring_due_on = models.DateField(null=True, blank=True)
    approval_due_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    ranks = models.JSONField(default=dict, blank=True, help_text=_("By theme: its rank, and whether it would survive a step either way"))

    objects = Assessments.as_manager()

    class Meta:
        ordering = ["-to_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["partnership", "code"], name="one_assessment_a_code")]

    @property
    def is_scoring(self) -> bool:
        """Whether scores are being given."""
        return self.status == Status.SCORING

    @property
    def is_agreed(self) -> bool:
        """Whether its scores were agreed, so that the whole desk sees them."""
        return self.status not in EARLY

    @property
    def is_settled(self) -> bool:
        """Whether it was approved: a plan may rest on it."""
        return self.status in SETTLED

    def before(self) -> models.QuerySet:
        """The standing assessment whose period ended last before this one's, for comparison with last year; none where there is none."""
        held = Assessment.objects.standing().filter(partnership=self.partnership_id).exclude(pk=self.pk)
        return held.filter(to_on__lt=self.to_on).order_by("-to_on", "-pk")[:1] if self.to_on else held.none()


class Themes(Visible):
    def standing(self) -> models.QuerySet:
        """Themes that have not been withdrawn, alone or with their whole assessment."""
        return super().standing().filter(assessment__withdrawn_on=None)

    def to_choose(self, partnership: Any) -> Any:
        """What a plan may answer: themes of approved assessments or, where none was ever approved, of all."""
        here = self.standing().filter(assessment__partnership=partnership)
        is_settled = models.Q(assessment__status__in=SETTLED)
        return here.filter(is_settled | ~models.Exists(here.filter(is_settled)))


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
    opened_on = models.DateField(null=True, blank=True, help_text=_("When the scores given apart were shown to everyone"))
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

    @property
    def year(self) -> str:
        """Which assessment it is of, where themes of several stand in one list."""
        return self.assessment.code


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
    dated = models.CharField(max_length=20, blank=True, help_text=_("A day, a month or a year, as the source gives it"))
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
