"""How themes are scored: the method, who was asked, what each gave apart, what was agreed, and who did not agree."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from diogel.analysis import risk, risk_methods
from diogel.people.access import May
from diogel.people.models import Body, Partnership, Person, Visible
from diogel.people.versions import Versioned
from diogel.words.pairs import Bilingual, checked_pairs_are_whole, pair_line, pair_state, pair_text

from .bands import Band
from .method_tables import method_of
from .statuses import EARLY

CONFIDENCES = [
    ("A", _("A: several sources that agree")),
    ("B", _("B: one good source")),
    ("C", _("C: thin or old")),
    ("D", _("D: little more than opinion")),
]


class Method(Bilingual, Versioned):
    """A way of scoring that a partnership holds from a day on: its parts, factors, anchors in both languages, and bands."""

    pairs = ("name", "source")
    partnership_path = "partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_ASSESSMENT
    too_long_to_log = frozenset({"table"})

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="methods")
    code = models.SlugField(max_length=60)
    from_on = models.DateField()
    name_cy, name_en, name_state = pair_line(), pair_line(), pair_state()
    source_cy, source_en, source_state = pair_text(), pair_text(), pair_state()
    table = models.JSONField(help_text=_("Parts with their factors and anchors, and bands, as `method_tables` writes them"))

    objects = Visible.as_manager()

    class Meta:
        ordering = ["code", "-from_on"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "code", "from_on"], name="one_method_a_day"),
            *checked_pairs_are_whole("method", "name", "source"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.from_on}"

    def clean(self) -> None:
        """The table is one that can be scored by; once it was used, it stays as it was."""
        try:
            method_of(self.code, self.from_on, self.table)
        except (ValueError, KeyError, TypeError) as wrong:
            raise ValidationError(_("Nothing can be scored by this method: %(fault)s") % {"fault": wrong}) from wrong
        held = Method.objects.filter(pk=self.pk).first() if self.pk else None
        if held and (held.table, held.from_on, held.code) != (self.table, self.from_on, self.code) and held.is_used:
            raise ValidationError(_("Themes were scored by this method, so it stays as it is. Make a copy that holds from a later day."))

    @property
    def is_used(self) -> bool:
        """Whether anything was scored by it."""
        return bool(self.scores.exists())  # type: ignore[attr-defined]

    @cached_property
    def scale(self) -> risk_methods.Method:
        """The method as `analysis.risk` reckons with it."""
        return method_of(self.code, self.from_on, self.table)


class Scorer(Versioned):
    """Somebody who was asked to score the themes of an assessment."""

    partnership_path = "assessment__partnership"
    seen_with = May.SEE_PEOPLE
    edited_with = May.EDIT_ASSESSMENT

    assessment = models.ForeignKey("assessment.Assessment", on_delete=models.CASCADE, related_name="scorers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    asked_on = models.DateField()

    objects = Visible.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["assessment", "person"], name="asked_once_to_score")]

    @property
    def partnership(self) -> Any:
        return self.assessment.partnership


class _Power:
    """Who may write a score: of one's own, who scores; of the agreed one, who keeps the assessment."""

    def __get__(self, row: Score | None, owner: type) -> May:
        return May.SCORE_THEMES if row is not None and not row.is_agreed else May.EDIT_ASSESSMENT


class Score(Bilingual, Versioned):
    """One scoring of a theme: by one person apart, or the agreed one. Confidence stands beside the risk and is no part of it.

    `values` are the method's factors, `parts` their sums, `risk` their product, `position` how able services are to respond, on an
    axis of its own. A score from before methods were kept has no `method` and no `values`, and its three totals as `parts`.
    """

    pairs = ("reason",)
    partnership_path = "theme__assessment__partnership"
    early, early_with = models.Q(theme__assessment__status__in=EARLY), May.SEE_SCORING
    opened_path = "theme__opened_on"
    own_path = "scored_by"
    seen_with = May.SEE_DESK
    edited_with = _Power()
    is_personal = True  # the log tells that a score was changed, and not what it was: it may not be open yet

    theme = models.ForeignKey("assessment.Theme", on_delete=models.CASCADE, related_name="scores")
    scored_on = models.DateField()
    scored_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    method = models.ForeignKey(Method, null=True, blank=True, on_delete=models.PROTECT, related_name="scores")
    values = models.JSONField(default=dict, blank=True)
    parts = models.JSONField(default=dict, blank=True)
    risk = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    band = models.CharField(max_length=12, choices=Band.choices, blank=True)
    confidence = models.CharField(max_length=1, choices=CONFIDENCES)
    reason_cy, reason_en, reason_state = pair_text(), pair_text(), pair_state()
    is_agreed = models.BooleanField(default=False)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["theme", "-scored_on", "-pk"]
        constraints = checked_pairs_are_whole("score", "reason")

    @property
    def partnership(self) -> Any:
        return self.theme.assessment.partnership

    def clean(self) -> None:
        """Sums, risk and band follow from the values: nobody writes them."""
        if self.method is None:
            return
        try:
            made = risk.scored(self.method.scale, self.values, confidence=self.confidence)  # type: ignore[arg-type]  # checked there
        except (ValueError, TypeError) as wrong:
            raise ValidationError(str(wrong)) from wrong
        self.parts, self.risk, self.position, self.band = dict(made.parts), made.score, made.position, made.band


class Dissent(Bilingual, Versioned):
    """Who did not agree with the agreed score of a theme: which body, of what, to what value, and why."""

    pairs = ("reason",)
    partnership_path = "theme__assessment__partnership"
    early, early_with = models.Q(theme__assessment__status__in=EARLY), May.SEE_SCORING
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_ASSESSMENT

    theme = models.ForeignKey("assessment.Theme", on_delete=models.CASCADE, related_name="dissents")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    factor = models.SlugField(max_length=60)
    value = models.SmallIntegerField()
    said_on = models.DateField()
    reason_cy, reason_en, reason_state = pair_text(), pair_text(), pair_state()

    objects = Visible.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = checked_pairs_are_whole("dissent", "reason")

    @property
    def partnership(self) -> Any:
        return self.theme.assessment.partnership
