"""What proves that a duty is met, and how a plan stands against the six tests of the national review."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from diogel.assessment.models import Duty
from diogel.people.models import Owned
from diogel.words.pairs import checked_pairs_are_whole, pair_line, pair_state, pair_text

from .models_inplan import InPlan


class Proof(InPlan):
    """One sentence that says how a duty is met in this plan, and the document that shows it."""

    pairs = ("sentence", "document")

    plan = models.ForeignKey("plan.Plan", on_delete=models.CASCADE, related_name="proofs")
    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="proofs")
    sentence_cy, sentence_en, sentence_state = pair_text(), pair_text(), pair_state()
    document_cy, document_en, document_state = pair_line(), pair_line(), pair_state()
    owned = models.ForeignKey(Owned, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    dated_on = models.DateField(null=True, blank=True)
    priorities = models.ManyToManyField("plan.Priority", related_name="proofs", blank=True)

    class Meta:
        ordering = ["duty", "pk"]
        constraints = checked_pairs_are_whole("proof", "sentence", "document")

    @property
    def has_document(self) -> bool:
        return bool(self.owned_id or self.document_cy or self.document_en)


class Judgement(InPlan):
    """How far one of the tests is met, in the partnership's own judgement, with its evidence and its day."""

    pairs = ("evidence",)

    class Mark(models.IntegerChoices):
        NOT = 0, _("not met")
        PARTLY = 1, _("partly met")
        MOSTLY = 2, _("mostly met")
        FULLY = 3, _("met")

    plan = models.ForeignKey("plan.Plan", on_delete=models.CASCADE, related_name="judgements")
    principle = models.ForeignKey("plan.Principle", on_delete=models.CASCADE, related_name="judgements")
    mark = models.PositiveSmallIntegerField(choices=Mark.choices)
    evidence_cy, evidence_en, evidence_state = pair_text(), pair_text(), pair_state()
    judged_on = models.DateField()

    class Meta:
        ordering = ["principle", "-judged_on", "-pk"]
        constraints = checked_pairs_are_whole("judgement", "evidence")
