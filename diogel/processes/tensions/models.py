"""A tension report: what was seen, how it was graded, and apart from it how to answer whoever told us."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from diogel.people.access import May
from diogel.records.models import Record


class Level(models.IntegerChoices):
    """Six levels in three tiers; both the number and its word are kept."""

    NORMAL = 1, _("normal")
    MINOR = 2, _("minor")
    MODERATE = 3, _("moderate")
    RAISED = 4, _("raised")
    HIGH = 5, _("high")
    IMMINENT = 6, _("imminent")


class Tension(Record):
    """One report. Softer than a crime report, and never a place for naming private people."""

    seen_with = May.SEE_TENSIONS
    edited_with = May.TRIAGE_TENSIONS
    is_personal = True  # what people write freely is kept out of the log

    class Source(models.TextChoices):
        INBOX = "inbox", _("community safety inbox")
        FORM = "form", _("public form")
        PHONE = "phone", _("telephone")
        MEETING = "meeting", _("meeting")
        PARTNER = "partner", _("partner organisation")

    class Kind(models.TextChoices):
        RUMOUR = "rumour", _("rumour or feeling")
        INCIDENT = "incident", _("something that happened")
        EVENT = "event", _("an event to come")
        NEIGHBOURHOOD = "neighbourhood", _("friction between neighbours or groups")
        HATE = "hate", _("hostility towards a group of people")
        GRAFFITI = "graffiti", _("graffiti or stickers")
        ONLINE = "online", _("seen online")
        OTHER = "other", _("something else")

    class Reliability(models.TextChoices):
        FIRST_HAND = "first-hand", _("seen or heard by the reporter")
        PASSED_ON = "passed-on", _("passed on by someone trusted")
        HEARSAY = "hearsay", _("hearsay")
        UNKNOWN = "unknown", _("cannot be judged")

    received_at = models.DateTimeField()
    source = models.CharField(max_length=8, choices=Source.choices)
    type = models.CharField(max_length=16, choices=Kind.choices)
    place = models.CharField(max_length=120, help_text=_("A ward or town, nothing finer"))
    text = models.TextField()
    language = models.CharField(max_length=2, choices=[("cy", "Cymraeg"), ("en", "English")])
    communities = models.CharField(max_length=200, blank=True)
    reliability = models.CharField(max_length=12, choices=Reliability.choices, blank=True)
    experienced = models.PositiveSmallIntegerField(choices=Level.choices, null=True, blank=True)
    evidenced = models.PositiveSmallIntegerField(choices=Level.choices, null=True, blank=True)
    potential = models.PositiveSmallIntegerField(choices=Level.choices, null=True, blank=True)
    triaged_at = models.DateTimeField(null=True, blank=True)
    response = models.TextField(blank=True)
    is_shared_with_police = models.BooleanField(default=False)
    feedback = models.TextField(blank=True)
    fed_back_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-received_at"]

    @property
    def worst(self) -> int | None:
        """The highest of the three levels; None until it is graded."""
        return max((level for level in (self.experienced, self.evidenced, self.potential) if level), default=None)


class Reporter(models.Model):
    """How to answer whoever told us: no name, apart from the report, opened only by those whose work it is, every look recorded."""

    partnership_path = "tension__partnership"
    seen_with = May.SEE_REPORTERS
    is_personal = True

    tension = models.OneToOneField(Tension, on_delete=models.CASCADE, related_name="reporter")
    contact = models.CharField(max_length=160)

    def __str__(self) -> str:
        return f"reporter of tension {self.tension_id}"
