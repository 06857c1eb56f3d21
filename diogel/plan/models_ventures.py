"""What an action is where it is more than plain work: a service to be developed, a study, a pilot."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from diogel.processes.actions.models import Action
from diogel.words.pairs import checked_pairs_are_whole, pair_state, pair_text

from .models_steps import OfAction


class Venture(OfAction):
    """What an action is where it is a service to be developed, a study of whether something can be done, or a pilot."""

    pairs = ("need", "evaluation", "reason")

    class Kind(models.TextChoices):
        SERVICE = "service", _("service development")
        STUDY = "study", _("feasibility study")
        PILOT = "pilot", _("pilot")

    class Decision(models.TextChoices):
        OPEN = "", _("not decided")
        STOP = "stop", _("stop")
        EXTEND = "extend", _("extend for a time")
        SCALE = "scale", _("make it larger, or lasting")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="ventures")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    need_cy, need_en, need_state = pair_text(), pair_text(), pair_state()
    is_agreed = models.BooleanField(default=False, help_text=_("By the board that has to agree"))
    has_money = models.BooleanField(default=False)
    has_people = models.BooleanField(default=False)
    live_on = models.DateField(null=True, blank=True)
    evaluate_by = models.DateField(null=True, blank=True)
    evaluated_on = models.DateField(null=True, blank=True)
    evaluation_cy, evaluation_en, evaluation_state = pair_text(), pair_text(), pair_state()
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True, default="")
    decided_on = models.DateField(null=True, blank=True)
    reason_cy, reason_en, reason_state = pair_text(), pair_text(), pair_state()

    class Meta:
        ordering = ["pk"]
        constraints = checked_pairs_are_whole("venture", "need", "evaluation", "reason")
