"""What stands at the top of each page of a paper: how widely it may go."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import pgettext

MARKINGS = {"OFFICIAL": ("SWYDDOGOL", "OFFICIAL"), "OFFICIAL-SENSITIVE": ("SWYDDOGOL-SENSITIF", "OFFICIAL-SENSITIVE")}


def marking_said(marking: str, *, is_public: bool) -> str:
    """How it may be handled or, of what everyone may read, that it is public."""
    if is_public:
        return pgettext("marking of a paper", "PUBLIC")
    cy, en = MARKINGS.get(marking, (marking, marking))
    return cy if translation.get_language() == "cy" else en
