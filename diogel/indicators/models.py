"""Measures, the indicators that report them, what was observed, what else happened, and the cards."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from diogel.analysis.reading.police_uk import CRIME_TYPES
from diogel.people.access import May
from diogel.people.models import Body, Partnership, Person, Visible
from diogel.people.versions import Versioned
from diogel.places.models import Area
from diogel.words.pairs import Bilingual, checked_pairs_are_whole, pair_line, pair_state, pair_text

from .own_area import OwnArea as OwnArea  # registered with the models of this room
from .rules import faults, faults_of_types
from .silence_row import Silence as Silence  # registered with the models of this room


def crime_type_name(name: str) -> str:
    """A police.uk type in the language of the page; a type nobody translated keeps its own name."""
    cy, en = CRIME_TYPES.get(name, (name, name))
    return cy if (get_language() or "en").startswith("cy") else en


class Direction(models.TextChoices):
    INCREASE = "increase", _("increase")
    DECREASE = "decrease", _("decrease")
    MAINTAIN = "maintain", _("maintain")
    SET_BASELINE = "set_baseline", _("set a baseline")
    NARRATIVE = "narrative", _("told in words")
    YES_NO = "yes_no", _("yes or no")
    MONITOR = "monitor", _("watch only")


class Accountability(models.TextChoices):
    SOLE = "sole", _("ours alone")
    SHARED = "shared", _("shared")
    CONTRIBUTORY = "contributory", _("we contribute")


class Measure(Bilingual, Versioned):
    """A number one can ask for: what it counts, in what unit, from whose records."""

    pairs = ("title", "definition", "source")
    partnership_path = "partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_MEASURES

    class Unit(models.TextChoices):
        COUNT = "count", _("count")
        PERCENT = "percent", _("per cent")
        RATIO = "ratio", _("part of a whole")
        DAYS = "days", _("days")
        NARRATIVE = "narrative", _("words")
        YES_NO = "yes_no", _("yes or no")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="measures")
    code = models.CharField(max_length=60)
    title_cy, title_en, title_state = pair_line(), pair_line(), pair_state()
    definition_cy, definition_en, definition_state = pair_text(), pair_text(), pair_state()
    source_cy, source_en, source_state = pair_line(), pair_line(), pair_state()
    unit = models.CharField(max_length=10, choices=Unit.choices)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_sensitive = models.BooleanField(default=False, help_text=gettext_lazy("Counts of 1 to 4 are withheld in public"))
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    crime_types = models.JSONField(default=list, blank=True, help_text=gettext_lazy("police.uk types whose rows are counted together"))

    objects = Visible.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "code"], name="one_measure_a_code"),
            *checked_pairs_are_whole("measure", "title", "definition", "source"),
        ]

    def clean(self) -> None:
        """Whoever writes a measure, by form or by file, is told the same where its types cannot be counted together."""
        if found := faults_of_types(self.crime_types, known=CRIME_TYPES):
            raise ValidationError({"crime_types": found})
        if self.crime_types and self.unit != self.Unit.COUNT:
            raise ValidationError({"unit": gettext("Rows of police files are counted, so the unit is a count")})

    def __str__(self) -> str:
        return self.code


class Indicator(Bilingual, Versioned):
    """A measure reported in a plan, with the direction and the accountability that the plan gives it."""

    pairs = ("title", "why")
    partnership_path = "measure__partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_MEASURES

    class Better(models.TextChoices):
        UP = "up", _("more is better")
        DOWN = "down", _("fewer is better")
        NEITHER = "neither", _("neither is better")

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="indicators")
    code = models.CharField(max_length=20)
    title_cy, title_en, title_state = pair_text(), pair_text(), pair_state()
    why_cy, why_en, why_state = pair_text(), pair_text(), pair_state()
    direction = models.CharField(max_length=12, choices=Direction.choices)
    accountability = models.CharField(max_length=12, choices=Accountability.choices)
    better = models.CharField(max_length=7, choices=Better.choices, default=Better.NEITHER)
    counts_people_where_a_share_is_meant = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["order", "code"]
        constraints = checked_pairs_are_whole("indicator", "title", "why")

    def __str__(self) -> str:
        return self.code

    @property
    def partnership(self) -> Any:
        return self.measure.partnership


class Wave(Bilingual, Versioned):
    """One round of a survey: when it ran, who answered, and how they came to answer."""

    pairs = ("title", "modes")
    partnership_path = "partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_MEASURES

    class Sampling(models.TextChoices):
        SELF_SELECTED = "self_selected", _("people who chose to respond")
        PROBABILITY = "probability", _("drawn at random")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="waves")
    code = models.CharField(max_length=20)
    title_cy, title_en, title_state = pair_line(), pair_line(), pair_state()
    modes_cy, modes_en, modes_state = pair_text(), pair_text(), pair_state()
    first_month = models.CharField(max_length=7)
    last_month = models.CharField(max_length=7)
    responses = models.PositiveIntegerField()
    sampling = models.CharField(max_length=14, choices=Sampling.choices)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["first_month"]


class Figures(Visible):
    def standing(self) -> models.QuerySet:
        """Figures that have not been withdrawn, alone or with the whole round of the survey that they come from."""
        return super().standing().filter(wave__withdrawn_on=None)


class Observation(Bilingual, Versioned):
    """One value of a measure for one period. Missing is a state with its reason, never a zero."""

    pairs = ("text", "reason", "note")
    partnership_path = "measure__partnership"
    seen_with = May.SEE_DESK
    edited_with = May.RECORD_FIGURES

    class State(models.TextChoices):
        FINAL = "final", _("final")
        PROVISIONAL = "provisional", _("provisional")
        MISSING = "missing", pgettext_lazy("state of a figure", "missing")

    class Base(models.TextChoices):
        GIVEN = "given", _("published")
        NOT_PUBLISHED = "not_published", _("not published")
        NONE = "none", _("has no base")

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="observations")
    wave = models.ForeignKey(Wave, null=True, blank=True, on_delete=models.CASCADE, related_name="observations")
    from_on = models.DateField()
    to_on = models.DateField()
    state = models.CharField(max_length=11, choices=State.choices, default=State.FINAL)
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    numerator = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    base = models.PositiveIntegerField(null=True, blank=True)
    base_state = models.CharField(max_length=13, choices=Base.choices, default=Base.NONE)
    text_cy, text_en, text_state = pair_text(), pair_text(), pair_state()
    reason_cy, reason_en, reason_state = pair_text(), pair_text(), pair_state()
    note_cy, note_en, note_state = pair_text(), pair_text(), pair_state()
    was = models.JSONField(default=list, blank=True, help_text=gettext_lazy("Earlier values, the latest first: what a correction replaced"))

    objects = Figures.as_manager()

    class Meta:
        ordering = ["measure", "from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "from_on", "to_on"], condition=Q(withdrawn_on=None, wave=None), name="one_observation_a_period"
            ),
            models.CheckConstraint(
                name="a_missing_observation_has_no_value", condition=~Q(state="missing") | Q(value=None, numerator=None, denominator=None)
            ),
            models.CheckConstraint(name="a_period_does_not_end_before_it_begins", condition=Q(to_on__gte=models.F("from_on"))),
            *checked_pairs_are_whole("observation", "text", "reason", "note"),
        ]

    def clean(self) -> None:
        """Whoever writes a figure, by form or by file, is told the same where it says nothing or contradicts itself."""
        if found := faults(self):
            raise ValidationError(found)

    @property
    def partnership(self) -> Any:
        return self.measure.partnership


class Context(Bilingual, Versioned):
    """Something dated that may explain a figure: a lockdown, a recording change, an operation, an event."""

    pairs = ("title", "source")
    partnership_path = "partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EXPLAIN_FIGURES

    class Kind(models.TextChoices):
        POLICY = "policy", _("policy")
        RECORDING = "recording_change", _("recording change")
        EVENT = "event", _("event")
        OPERATION = "operation", _("operation or campaign")
        DATA_FAULT = "data_fault", _("data fault")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="context")
    code = models.CharField(max_length=60)
    title_cy, title_en, title_state = pair_line(), pair_line(), pair_state()
    source_cy, source_en, source_state = pair_line(), pair_line(), pair_state()
    kind = models.CharField(max_length=16, choices=Kind.choices)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    areas = models.ManyToManyField(Area, blank=True, related_name="+")
    types = models.JSONField(default=list, blank=True)
    is_excluded_from_baseline = models.BooleanField(default=False)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["from_on"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "code"], name="one_context_a_code"),
            *checked_pairs_are_whole("context", "title", "source"),
        ]


class Look(models.Model):
    """One look through a quarter's series: how many were looked at, how many chance alone would show, on which rows."""

    partnership_path = "partnership"
    seen_with = May.SEE_DESK
    edited_with = May.LOOK_FOR_UNUSUAL
    too_long_to_log = frozenset({"series", "vintage"})

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="looks")
    quarter = models.CharField(max_length=7)
    looked_at = models.PositiveSmallIntegerField()
    could_not_say = models.PositiveSmallIntegerField(default=0)
    by_chance = models.FloatField()
    rate = models.FloatField(help_text=gettext_lazy("The false discovery rate that was allowed"))
    made_at = models.DateTimeField()
    store = models.CharField(max_length=64, help_text=gettext_lazy("Fingerprint of the rows that were counted"))
    is_synthetic = models.BooleanField(default=False)
    series = models.JSONField(default=list, blank=True, help_text=gettext_lazy("Every series looked at, with its count, range and verdict"))
    vintage = models.JSONField(
        default=dict, blank=True, help_text=gettext_lazy("Counts of two years as they were when they were first looked at")
    )

    objects = Visible.as_manager()

    class Meta:
        ordering = ["-quarter"]
        constraints = [models.UniqueConstraint(fields=["partnership", "quarter"], name="one_look_a_quarter")]


class Card(Bilingual, Versioned):
    """An unusual figure: what was found stays as it was found; what explains it is added and signed."""

    pairs = ("explanation", "evidence", "further")
    partnership_path = "look__partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EXPLAIN_FIGURES
    too_long_to_log = frozenset({"finding", "account", "places", "drawings"})

    class Cause(models.TextChoices):
        RECORDING = "recording", _("change in reporting or recording")
        CAMPAIGN = "campaign", _("campaign to report")
        OPERATION = "operation", _("police operation, or more police work")
        ONE_INCIDENT = "incident", _("one incident with many victims")
        ONE_SOURCE = "one_source", _("one person, group or place")
        EVENT = "event", _("event, weather or holiday")
        POPULATION = "population", _("change in who lives, works or stays there")
        LATE_DATA = "late_data", _("late data, or crimes put in another class")
        BOUNDARY = "boundary", _("change of boundaries or of where crimes are placed")
        SYSTEM = "system", _("change of computer system")
        DATA_FAULT = "data_fault", _("fault in the data")
        REAL = "real", _("a real change")
        CHANCE = "chance", _("chance: nothing found behind it")
        NOT_KNOWN = "not_known", _("not known yet")

    class Confidence(models.TextChoices):
        HIGH = "high", _("high")
        MEDIUM = "medium", _("medium")
        LOW = "low", _("low")

    look = models.ForeignKey(Look, on_delete=models.CASCADE, related_name="cards")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    crime_type = models.CharField(max_length=60)
    finding = models.JSONField(help_text=gettext_lazy("The figure, what was expected, how odd, month by month"))
    account = models.JSONField(
        default=dict, blank=True, help_text=gettext_lazy("What the figures say: shape, parts, neighbours, events, doubts, what it is not")
    )
    places = models.JSONField(
        default=list, blank=True, help_text=gettext_lazy("Signed contributions of places that add up to the difference")
    )
    drawings = models.JSONField(
        default=dict, blank=True, help_text=gettext_lazy("Charts drawn when the card was made, by language and width")
    )
    cause = models.CharField(max_length=10, choices=Cause.choices, blank=True)
    explanation_cy, explanation_en, explanation_state = pair_text(), pair_text(), pair_state()
    evidence_cy, evidence_en, evidence_state = pair_text(), pair_text(), pair_state()
    further_cy, further_en, further_state = pair_text(), pair_text(), pair_state()
    confidence = models.CharField(max_length=6, choices=Confidence.choices, blank=True)
    looking = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    looking_role = models.CharField(max_length=20, blank=True)
    looking_until = models.DateField(null=True, blank=True)
    ruled_out = models.JSONField(
        default=list, blank=True, help_text=gettext_lazy("Causes that were looked at and are not it, by their codes")
    )
    explained_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    explained_role = models.CharField(max_length=20, blank=True)
    explained_on = models.DateField(null=True, blank=True)
    signed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    signed_role = models.CharField(max_length=20, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    signed_figure = models.JSONField(default=dict, blank=True, help_text=gettext_lazy("The figure as it stood when it was signed"))
    earlier = models.JSONField(
        default=list, blank=True, help_text=gettext_lazy("Earlier signatures: cause, roles, days and figure, and why they were lifted")
    )

    objects = Visible.as_manager()

    class Meta:
        ordering = ["look", "area__code", "crime_type"]
        constraints = [
            models.UniqueConstraint(fields=["look", "area", "crime_type"], name="one_card_a_series"),
            models.CheckConstraint(
                name="what_is_signed_has_a_cause_and_an_explanation",
                condition=Q(signed_on=None) | (~Q(cause="") & ~Q(explanation_cy="") & ~Q(explanation_en="")),
            ),
            *checked_pairs_are_whole("card", "explanation", "evidence", "further"),
        ]

    def clean(self) -> None:
        """Whoever writes a card, by form or by file, is told the same where what was ruled out is no cause, or is the cause itself."""
        if set(self.ruled_out) - set(self.Cause.values):
            raise ValidationError({"ruled_out": gettext("Choose from the causes that are listed")})
        if self.cause and self.cause in self.ruled_out:
            raise ValidationError({"ruled_out": gettext("This is the cause you chose above. Rule out others only")})

    @property
    def partnership(self) -> Any:
        return self.look.partnership

    @property
    def title(self) -> str:
        """Type and place, as a label in the language of the page."""
        return gettext("%(type)s: %(place)s") % {"type": crime_type_name(self.crime_type), "place": self.area.pair("name").say()}

    @property
    def is_signed(self) -> bool:
        return self.signed_on is not None

    @property
    def words_are_closed(self) -> bool:
        """What someone has signed for is reopened before it is written in."""
        return self.is_signed or self.withdrawn_on is not None

    @property
    def is_answered(self) -> bool:
        """Signed, or someone is named who looks into it by a day: then the paper says so."""
        return self.is_signed or bool(self.looking_role and self.looking_until)
