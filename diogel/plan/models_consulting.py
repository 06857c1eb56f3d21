"""Consulting on a plan: when it is open, what came in, and what was answered. What people wrote lies apart from what is told of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from diogel.people.access import May
from diogel.people.models import Body, Visible
from diogel.people.versions import Versioned
from diogel.words.pairs import Bilingual, checked_pairs_are_whole, pair_line, pair_state, pair_text

KEEP_DAYS = 365
"""Days after a consultation closes in which what people wrote is kept; then its words are erased, and the answers stay."""


class Consultations(Visible):
    def with_counts(self) -> models.QuerySet:
        """Each knowing how many comments came (`came`) and how many have no answer (`unanswered`)."""
        return self.annotate(
            came=Count("comments", distinct=True, filter=Q(comments__withdrawn_on=None)),
            unanswered=Count(
                "comments",
                filter=Q(comments__withdrawn_on=None) & (Q(comments__answer=None) | Q(comments__answer__withdrawn_on__isnull=False)),
                distinct=True,
            ),
        )


class Consultation(Bilingual, Versioned):
    """A question put about a plan, from a day to a day: to partners, and to everyone where it is open to the public."""

    pairs = ("title", "about")
    partnership_path = "plan__partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_PLAN

    plan = models.ForeignKey("plan.Plan", on_delete=models.CASCADE, related_name="consultations")
    title_cy, title_en, title_state = pair_line(), pair_line(), pair_state()
    about_cy, about_en, about_state = pair_text(), pair_text(), pair_state()
    opens_on = models.DateField()
    closes_on = models.DateField()
    is_public = models.BooleanField(default=True)
    told = models.JSONField(default=list, blank=True, help_text=_("What was said and what we did, as published: frozen, both languages"))
    told_on = models.DateField(null=True, blank=True)

    objects = Consultations.as_manager()

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_consultation_does_not_close_before_it_opens",
                condition=Q(closes_on__gte=models.F("opens_on")),
                violation_error_message=_("A consultation cannot close before it opens"),
            ),
            *checked_pairs_are_whole("consultation", "title", "about"),
        ]

    @property
    def partnership(self) -> Any:
        return self.plan.partnership

    def is_open(self, day: date) -> bool:
        return self.opens_on <= day <= self.closes_on

    @property
    def keep_until(self) -> date:
        return self.closes_on + timedelta(days=KEEP_DAYS)


class Comment(Versioned):
    """What somebody wrote, in their own language. It may hold anything about anybody, so only who answers it reads it, the log keeps
    none of it, and its words can be erased."""

    partnership_path = "consultation__plan__partnership"
    seen_with = May.EDIT_PLAN
    edited_with = May.EDIT_PLAN
    is_personal = True

    class As(models.TextChoices):
        RESIDENT = "resident", _("someone who lives here")
        WORKER = "worker", _("someone who works or studies here")
        BUSINESS = "business", _("a business")
        GROUP = "group", _("a voluntary or community group")
        PARTNER = "partner", _("a partner organisation")
        UNSAID = "", _("not said")

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="comments")
    number = models.PositiveIntegerField()
    priority = models.ForeignKey("plan.Priority", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    numbered = models.ForeignKey("plan.Number", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(blank=True)
    language = models.CharField(max_length=2, choices=[("cy", "Cymraeg"), ("en", "English")])
    sent_as = models.CharField(max_length=8, choices=As.choices, blank=True, default="")
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    received_on = models.DateField()
    erased_on = models.DateField(null=True, blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["consultation", "number"], name="one_comment_a_number")]

    @property
    def partnership(self) -> Any:
        return self.consultation.plan.partnership


class Answer(Bilingual, Versioned):
    """What is told of one comment: what was said, in our words and without a name, and what we did about it."""

    pairs = ("said", "reply")
    partnership_path = "comment__consultation__plan__partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_PLAN

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        CHANGED = "changed", _("taken up in another form")
        NOT = "not_taken_up", _("not taken up")

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="answer")
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    said_cy, said_en, said_state = pair_text(), pair_text(), pair_state()
    reply_cy, reply_en, reply_state = pair_text(), pair_text(), pair_state()
    answered_on = models.DateField()

    objects = Visible.as_manager()

    class Meta:
        ordering = ["comment__number"]
        constraints = checked_pairs_are_whole("answer", "said", "reply")

    @property
    def partnership(self) -> Any:
        return self.comment.partnership
