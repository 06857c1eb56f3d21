"""How an action was weighed: the five ways of working, the seven well-being goals, equality, and crime and disorder."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from diogel.people.models import Body
from diogel.processes.actions.models import Action
from diogel.words.pairs import checked_pairs_are_whole, pair_state, pair_text

from .models_steps import OfAction


class Consideration(OfAction):
    """How an action bears on one way of working, well-being goal or duty to consider; who weighed it is told by their body."""

    pairs = ("statement",)

    class Of(models.TextChoices):
        LONG_TERM = "long-term", _("Long term")
        PREVENTION = "prevention", _("Prevention")
        INTEGRATION = "integration", _("Integration")
        COLLABORATION = "collaboration", _("Collaboration")
        INVOLVEMENT = "involvement", _("Involvement")
        PROSPEROUS = "prosperous", _("A prosperous Wales")
        RESILIENT = "resilient", _("A resilient Wales")
        HEALTHIER = "healthier", _("A healthier Wales")
        EQUAL = "equal", _("A more equal Wales")
        COHESIVE = "cohesive", _("A Wales of cohesive communities")
        CULTURE = "culture", _("A Wales of vibrant culture and thriving Welsh language")
        GLOBAL = "global", _("A globally responsible Wales")
        EQUALITY = "equality", _("Equality")
        CRIME = "s17", _("Crime and disorder: section 17")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="considerations")
    of = models.CharField(max_length=14, choices=Of.choices)
    statement_cy, statement_en, statement_state = pair_text(), pair_text(), pair_state()
    weighed_on = models.DateField()
    weighed_by_body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["action", "of"]
        constraints = [
            models.UniqueConstraint(fields=["action", "of"], name="one_consideration_of_each"),
            *checked_pairs_are_whole("consideration", "statement"),
        ]


WAYS = (
    Consideration.Of.LONG_TERM,
    Consideration.Of.PREVENTION,
    Consideration.Of.INTEGRATION,
    Consideration.Of.COLLABORATION,
    Consideration.Of.INVOLVEMENT,
)
"""The five ways of working, section 5 of the Well-being of Future Generations (Wales) Act 2015."""

GOALS = (
    Consideration.Of.PROSPEROUS,
    Consideration.Of.RESILIENT,
    Consideration.Of.HEALTHIER,
    Consideration.Of.EQUAL,
    Consideration.Of.COHESIVE,
    Consideration.Of.CULTURE,
    Consideration.Of.GLOBAL,
)
"""The seven goals, section 4 of the same Act."""

DUTIES = (Consideration.Of.EQUALITY, Consideration.Of.CRIME)
"""Equality Act 2010, section 149; Crime and Disorder Act 1998, section 17."""
