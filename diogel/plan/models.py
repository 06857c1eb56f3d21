"""A plan: its headings, priorities and objectives, the numbers that actions bear in it, and the outcomes it promises."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diogel.assessment.models import Duty, Theme
from diogel.indicators.models import Direction, Indicator
from diogel.people.access import May
from diogel.people.models import Body, Partnership, Visible
from diogel.people.versions import Versioned
from diogel.processes.actions.models import Action
from diogel.words.pairs import Bilingual, checked_pairs_are_whole, pair_line, pair_state, pair_text

from .models_consulting import Answer as Answer  # registered with the models of this room
from .models_consulting import Comment as Comment
from .models_consulting import Consultation as Consultation
from .models_duties import Judgement as Judgement
from .models_duties import Proof as Proof
from .models_inplan import InPlan as InPlan
from .models_life import LetStand as LetStand
from .models_life import PlanMove as PlanMove
from .models_life import PlanVersion as PlanVersion
from .models_money import Funding as Funding
from .models_regional import Adoption as Adoption
from .models_regional import Escalation as Escalation
from .models_regional import GroupReview as GroupReview
from .models_regional import RegionalItem as RegionalItem
from .models_steps import Dependency as Dependency
from .models_steps import Milestone as Milestone
from .models_ventures import Venture as Venture
from .models_weighed import Consideration as Consideration
from .models_wheel import CalendarLink as CalendarLink
from .models_wheel import YearStep as YearStep


class Plans(Visible):
    def in_force(self, day: date) -> models.QuerySet:
        """Adopted plans that cover `day`."""
        return self.filter(status__in=[Plan.Status.IN_FORCE, Plan.Status.CLOSED], from_on__lte=day, to_on__gte=day, withdrawn_on=None)


class Plan(Bilingual, Versioned):
    """What a partnership has said it will do, from a day to a day."""

    pairs = ("title", "introduction", "monitoring")
    partnership_path = "partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_PLAN

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        CONSULTATION = "consultation", _("out for consultation")
        ADOPTED = "adopted", _("adopted")
        IN_FORCE = "in_force", _("in force")
        CLOSED = "closed", _("closed")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="plans")
    code = models.SlugField(max_length=20)
    title_cy, title_en, title_state = pair_line(), pair_line(), pair_state()
    introduction_cy, introduction_en, introduction_state = pair_text(), pair_text(), pair_state()
    monitoring_cy, monitoring_en, monitoring_state = pair_text(), pair_text(), pair_state()
    from_on = models.DateField()
    to_on = models.DateField()
    adopted_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)

    objects = Plans.as_manager()

    class Meta:
        ordering = ["-from_on"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "code"], name="one_plan_a_code"),
            models.CheckConstraint(name="a_plan_does_not_end_before_it_begins", condition=Q(to_on__gte=models.F("from_on"))),
            *checked_pairs_are_whole("plan", "title", "introduction", "monitoring"),
        ]

    def __str__(self) -> str:
        return self.code


class Section(InPlan):
    """A heading under which actions stand; one may hold none, and then the plan shows it."""

    pairs = ("title",)

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sections")
    code = models.SlugField(max_length=60)
    number = models.PositiveSmallIntegerField()
    title_cy, title_en, title_state = pair_line(), pair_line(), pair_state()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="one_section_a_code"),
            *checked_pairs_are_whole("section", "title"),
        ]


class Priority(InPlan):
    """What the partnership puts first: standing for years, or highlighted for one."""

    pairs = ("title", "heading", "summary")

    class Listed(models.TextChoices):
        STANDING = "standing", _("standing")
        HIGHLIGHTED = "highlighted", _("highlighted this year")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="priorities")
    code = models.SlugField(max_length=60)
    number = models.PositiveSmallIntegerField()
    listed = models.CharField(max_length=11, choices=Listed.choices, default=Listed.STANDING)
    title_cy, title_en, title_state = pair_line(), pair_line(), pair_state()
    heading_cy, heading_en, heading_state = pair_line(), pair_line(), pair_state()
    summary_cy, summary_en, summary_state = pair_text(), pair_text(), pair_state()
    themes = models.ManyToManyField(Theme, related_name="priorities", blank=True)

    class Meta:
        ordering = ["listed", "number"]
        verbose_name_plural = "priorities"
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="one_priority_a_code"),
            *checked_pairs_are_whole("priority", "title", "heading", "summary"),
        ]

    def __str__(self) -> str:
        return self.code


class Lead(Bilingual, Versioned):
    """A role in a body that leads a priority; there may be more than one."""

    pairs = ("role",)
    partnership_path = "priority__plan__partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_PLAN

    priority = models.ForeignKey(Priority, on_delete=models.CASCADE, related_name="leads")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    role_cy, role_en, role_state = pair_line(), pair_line(), pair_state()

    objects = Visible.as_manager()

    class Meta:
        ordering = ["pk"]

    @property
    def partnership(self) -> Any:
        return self.priority.plan.partnership


class Objective(InPlan):
    """What a priority sets out to do, in a numbered sentence."""

    pairs = ("title", "heading")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="objectives")
    priority = models.ForeignKey(Priority, on_delete=models.CASCADE, related_name="objectives")
    code = models.CharField(max_length=10)
    title_cy, title_en, title_state = pair_text(), pair_text(), pair_state()
    heading_cy, heading_en, heading_state = pair_line(), pair_line(), pair_state()
    direction = models.CharField(max_length=12, choices=Direction.choices, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="one_objective_a_code"),
            *checked_pairs_are_whole("objective", "title", "heading"),
        ]

    def __str__(self) -> str:
        return self.code


class Number(InPlan):
    """The number that an action bears in one plan, and what it serves there; who may not see the action sees no number of it."""

    has_visibility = True
    visibility_path = "action__"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="numbers")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="numbers")
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="numbers")
    number = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("Which year of a longer plan it belongs to"))
    themes = models.ManyToManyField(Theme, related_name="numbers", blank=True)
    duties = models.ManyToManyField(Duty, related_name="numbers", blank=True)
    priorities = models.ManyToManyField(Priority, related_name="numbers", blank=True)
    indicators = models.ManyToManyField(Indicator, related_name="numbers", blank=True)
    is_cross_cutting = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_action_a_number"),
            models.UniqueConstraint(fields=["plan", "action"], name="one_number_an_action"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Outcome(InPlan):
    """A row of the outcome table: whom it serves, the number it cites, what goes in and what should come out."""

    pairs = ("outputs", "short", "medium", "long")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="outcomes")
    row = models.PositiveSmallIntegerField()
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="outcomes")
    duty = models.ForeignKey(Duty, null=True, blank=True, on_delete=models.SET_NULL, related_name="outcomes")
    cited = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("The action number as published, right or wrong"))
    outputs_cy, outputs_en, outputs_state = pair_text(), pair_text(), pair_state()
    short_cy, short_en, short_state = pair_text(), pair_text(), pair_state()
    medium_cy, medium_en, medium_state = pair_text(), pair_text(), pair_state()
    long_cy, long_en, long_state = pair_text(), pair_text(), pair_state()
    awaits_an_indicator = models.BooleanField(default=False)

    class Meta:
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "row"], name="one_outcome_a_row"),
            *checked_pairs_are_whole("outcome", "outputs", "short", "medium", "long"),
        ]


class Report(InPlan):
    """An indicator's place in a plan: under which priority, and which objectives it is meant to show."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="reports")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="reports")
    priority = models.ForeignKey(Priority, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports")
    objectives = models.ManyToManyField(Objective, related_name="reports", blank=True)

    class Meta:
        ordering = ["indicator__order", "indicator__code"]
        constraints = [models.UniqueConstraint(fields=["plan", "indicator"], name="one_report_an_indicator")]


class Source(InPlan):
    """A document that the plan takes direction from, and which of its priorities became which of ours."""

    pairs = ("title", "owner")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sources")
    code = models.SlugField(max_length=60)
    title_cy, title_en, title_state = pair_line(), pair_line(), pair_state()
    owner_cy, owner_en, owner_state = pair_line(), pair_line(), pair_state()
    dated = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["pk"]


class Stated(Bilingual, Versioned):
    """One priority that a source states, and those of ours that answer it."""

    pairs = ("title",)
    partnership_path = "source__plan__partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_PLAN

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="states")
    title_cy, title_en, title_state = pair_line(), pair_line(), pair_state()
    priorities = models.ManyToManyField(Priority, related_name="stated_in", blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["pk"]

    @property
    def partnership(self) -> Any:
        return self.source.plan.partnership


class Principle(InPlan):
    """A way of working, or a test of the national review, and how this plan meets it."""

    pairs = ("title", "statement")

    class Kind(models.TextChoices):
        WAY = "way", _("way of working")
        TEST = "test", _("test of the national review")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="principles")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    code = models.SlugField(max_length=40)
    title_cy, title_en, title_state = pair_line(), pair_line(), pair_state()
    statement_cy, statement_en, statement_state = pair_text(), pair_text(), pair_state()

    class Meta:
        ordering = ["kind", "pk"]
