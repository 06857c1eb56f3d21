"""What a year's assessment passes through, from its commission to its publication."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    COMMISSIONED = "commissioned", _("commissioned")
    GATHERING = "gathering", _("gathering evidence")
    SCORING = "scoring", _("being scored")
    AGREED = "agreed", _("scores agreed")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")


EARLY = (Status.COMMISSIONED.value, Status.GATHERING.value, Status.SCORING.value)
"""Those in which the scores are not agreed: only who takes part sees them."""

SETTLED = (Status.APPROVED.value, Status.PUBLISHED.value)
"""Those on which a plan may rest."""
