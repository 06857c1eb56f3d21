"""The moment of a deed on the home's own calendar, which in a demo stands still on a day."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from diogel.home import today


def at_home() -> datetime:
    """Now, on the day that it is in this home."""
    return timezone.make_aware(datetime.combine(today(), timezone.localtime().time()))
