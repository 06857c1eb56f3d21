"""A letter and how far it has come, and the signed link of one person to what they are asked for."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from diogel.home import today
from diogel.people.access import May
from diogel.people.models import Partnership, Person, Visible


def new_secret() -> str:
    """128 random bits."""
    return secrets.token_hex(16)


class SignedLink(models.Model):
    """What one person may open without an account, until a day. The token that stands in their letter is signed from `secret` with the
    installation's own key, and is kept nowhere."""

    is_personal = True
    partnership_path = "partnership"
    seen_with = May.RUN_ROUNDS
    edited_with = May.RUN_ROUNDS

    purpose = models.CharField(max_length=20)
    about = models.CharField(max_length=40, help_text=_("What it opens, as its purpose names it"))
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="links")
    secret = models.CharField(max_length=32, default=new_secret)
    made_at = models.DateTimeField(default=timezone.now)
    expires_on = models.DateField(help_text=_("The last day on which it opens anything"))
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["purpose", "about"], name="links_by_what_they_open")]

    def stands(self, on: date) -> bool:
        return self.withdrawn_on is None and self.expires_on >= on


class Letter(models.Model):
    """One letter to one person. Its number is fixed when it is queued, so that a second copy is known as one; whom it goes to is read
    when it goes. It holds no name and no address, and where its link stands only the place."""

    partnership_path = "partnership"
    seen_with = May.RUN_ROUNDS
    edited_with = May.RUN_ROUNDS

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        UNKNOWN = "unknown", _("not known whether it went")
        REFUSED = "refused", _("could not be sent")

    class Kind(models.TextChoices):
        REQUEST = "request", _("request")
        REMINDER = "reminder", _("reminder")
        ESCALATION = "escalation", _("escalation")
        NEW_LINK = "new_link", _("new link")

    class Why(models.TextChoices):
        NONE = "", ""
        NO_ADDRESS = "no_address", _("There is no e-mail address on file.")
        LEFT = "left", _("The person holds no role here any more.")
        LINK_ENDED = "link_ended", _("Its link was withdrawn or has expired.")
        SERVER = "server", _("The mail server refused it.")
        NOTIFY = "notify", _("GOV.UK Notify refused it: the address is not valid, or the service may not write to it yet.")
        FAILING = "failing", _("GOV.UK Notify failed at each of several tries.")
        UNDELIVERED = "undelivered", _("GOV.UK Notify could not deliver it. Look whether the address is right.")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="letters")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    about = models.CharField(max_length=40, help_text=_("What it is about, as the link names it"))
    key = models.CharField(max_length=120, unique=True, help_text=_("What keeps the same letter from being queued twice"))
    language = models.CharField(max_length=2, choices=[("cy", "Cymraeg"), ("en", "English")])
    subject = models.CharField(max_length=200)
    paragraphs = models.JSONField(default=list)
    link = models.ForeignKey(SignedLink, null=True, blank=True, on_delete=models.SET_NULL, related_name="letters")
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    why = models.CharField(max_length=12, choices=Why.choices, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_on = models.DateField(default=today)
    send_on = models.DateField(default=today, help_text=_("It does not go before this day"))
    changed_at = models.DateTimeField(default=timezone.now)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "send_on"], name="letters_that_wait"),
            models.Index(fields=["about"], name="letters_about"),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"

    @property
    def reason(self) -> Any:
        """Why it could not be sent, in words; empty where nothing kept it."""
        return self.Why(self.why).label if self.why else ""
