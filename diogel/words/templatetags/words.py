"""Says a pair in the language of the page, and marks the half that had to stand in for the other."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from diogel.words.pairs import Pair

register = template.Library()


@register.filter
def say(row: Any, name: str = "title") -> str:
    """The half of `row`'s pair in the page's language; the other half, with its `lang`, where this one is missing."""
    if isinstance(row, Pair):
        pair = row
    elif isinstance(row, dict):
        pair = Pair(row.get("cy", ""), row.get("en", ""))
    else:
        pair = Pair(getattr(row, f"{name}_cy", ""), getattr(row, f"{name}_en", ""))
    language = (get_language() or "en")[:2]
    text, other = (pair.cy, pair.en) if language == "cy" else (pair.en, pair.cy)
    if text or not other:
        return text
    return format_html('<span lang="{}">{}</span>', "en" if language == "cy" else "cy", other)
