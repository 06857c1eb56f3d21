"""A page that shows what the scan found also takes the answer: which finds are false alarms, and why."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .snapshot_releases import release


def released(request: HttpRequest, partnership: Any) -> str:
    """Answer for the finds that were called false alarms; a sentence where no reason was given, nothing where all is well."""
    if "finds" not in request.POST:
        return ""
    because = request.POST.get("because_cy", "").strip(), request.POST.get("because_en", "").strip()
    if not all(because):
        return _("Say in Welsh and in English why these are false alarms.")
    try:
        release(request.POST.getlist("finds"), by=request.user, partnership=partnership, because=because)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
