"""The row of a silence: a flow of reports that was expected and did not come, with who is asked about it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from diogel.people.access import May
from diogel.people.models import Body, Partnership, Visible


class Silence(models.Model):
    """A card of kind silence. It opens when a flow stops, names who is asked until when, and ends when the flow is heard again."""

    partnership_path = "partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EXPLAIN_FIGURES

    class Flow(models.TextChoices):
        TENSIONS = "tensions", _("tension reports")
        MEASURE = "measure", _("figures of a measure")
        CRIME = "crime", _("months of recorded crime")

    class Answer(models.TextChoices):
        QUIET = "quiet", _("asked: there is nothing to report")
        ON_ITS_WAY = "on_its_way", _("asked: it is on its way")
        STOPPED = "stopped", _("asked: reporting has stopped, and is being mended")
        GIVEN_UP = "given_up", _("asked: it will not come any more")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="silences")
    flow = models.CharField(max_length=8, choices=Flow.choices)
    subject = models.CharField(max_length=60, blank=True, help_text=gettext_lazy("The code of the measure, or the police force"))
    since_on = models.DateField(help_text=gettext_lazy("The last day of which something was heard"))
    due_on = models.DateField(null=True, blank=True, help_text=gettext_lazy("The day by which the next was expected"))
    usual_days = models.PositiveIntegerField(null=True, blank=True, help_text=gettext_lazy("Where no day is fixed, the usual gap"))
    noticed_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    asked_body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_role = models.CharField(max_length=20, blank=True)
    asked_until = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["-noticed_on", "flow", "subject"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "flow", "subject"], condition=Q(ended_on=None), name="one_open_silence_a_flow")
        ]

    def clean(self) -> None:
        """Whoever is asked is asked until a day, and a day alone asks nobody."""
        is_asked = bool(self.asked_body_id or self.asked_role)
        if is_asked and self.asked_until is None:
            raise ValidationError({"asked_until": gettext("Say until when an answer is expected.")})
        if self.asked_until is not None and not is_asked:
            raise ValidationError({"asked_body": gettext("Say who is asked: a day alone asks nobody.")})

    @property
    def is_answered(self) -> bool:
        """Ended, answered, or somebody is asked about it until a day."""
        return bool(self.ended_on or self.answer or self.asked_until)
