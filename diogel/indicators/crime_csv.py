"""Writes crime figures as one CSV file for both languages: where they come from first, then a row a month, area and type."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from diogel.analysis.reading.police_uk import CRIME_TYPES

from .crime_found import Found
from .crime_words import before_you_quote, source_line, synthetic_line

HEADS = ("month", "area_code", "area_cy", "area_en", "type", "type_cy", "type_en", "count", "state", "state_cy", "state_en")
STATES = ("counted", "partial", "no_data")


def as_csv(found: Found, partnership: Any) -> str:
    """The text of the file. Lines that begin with # say what it is, in Welsh and in English; a month without data has no count
    and says so in words, which is not the same as 0."""
    out = io.StringIO()
    out.write("\ufeff")  # without it Excel takes ŵ and ŷ for something else
    writer = csv.writer(out, lineterminator="\r\n")
    for line in _about(found, partnership):
        writer.writerow([f"# {line}"])
    writer.writerow(HEADS)
    words = {state: _in_both(state) for state in STATES}
    for at, month in enumerate(found.asked.months):
        for place in found.asked.places:
            for name, counts in found.by_place[place.code].items():
                state = "counted" if counts[at] is not None else "partial" if month in found.partial else "no_data"
                cy, en = CRIME_TYPES[name]
                count = "" if counts[at] is None else counts[at]
                writer.writerow([month, place.code, place.name_cy, place.name_en, name, cy, en, count, state, *words[state]])
    return out.getvalue()


def file_name(found: Found, partnership: Any) -> str:
    """Says what lies in it, and says first that it is invented where it is."""
    stem = f"crime-{partnership.slug}-{found.asked.first}-{found.asked.last}.csv"
    return f"synthetic-{stem}" if found.is_synthetic else stem


def _about(found: Found, partnership: Any) -> Iterator[str]:
    for language in ("cy", "en"):
        with translation.override(language):
            yield f"{partnership.pair('name').say()}, {partnership.pair('place').say()}"
            if partnership.is_example:
                yield _("Example data; not a statement by these bodies")
            if found.is_synthetic:
                yield synthetic_line()
            yield source_line(found)
            yield from before_you_quote(found, shows_rates=False)


def _in_both(state: str) -> tuple[str, str]:
    said = []
    for language in ("cy", "en"):
        with translation.override(language):
            said.append({"counted": _("counted"), "partial": _("partial month: no count"), "no_data": _("no data")}[state])
    return said[0], said[1]
