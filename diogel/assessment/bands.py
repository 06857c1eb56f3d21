"""How great a risk is, in the four words that every method ends in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Band(models.TextChoices):
    HIGH = "high", _("High")
    MEDIUM_HIGH = "medium_high", _("Medium-high")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


ORDER = tuple(Band.values)
"""Bands from the highest down."""
