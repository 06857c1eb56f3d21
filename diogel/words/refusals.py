"""A reason for a refusal in the language that is spoken; analysis knows it in English, and by its code."""

from __future__ import annotations

from django.utils.translation import gettext

from diogel.analysis.reading.coded import Reason, Refusal


def said(reason: Reason | Refusal) -> str:
    """The words of a reason, those that stand within it too. A refusal without a code keeps its English sentence."""
    if not reason.code:
        return str(reason)
    values = {name: said(value) if isinstance(value, Reason) else value for name, value in reason.values}
    return gettext(reason.catalogue[reason.code]) % values
