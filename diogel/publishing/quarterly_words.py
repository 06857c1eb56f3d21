"""Words that every part of a quarter's paper needs, in the language in force: halves of pairs, days, months, numbers, roles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from diogel.analysis.periods import Month
from diogel.people.access import ROLE_NAMES, Role
from diogel.published.blocks import Paragraph
from diogel.words.quarters import month_said

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-zâêîôûŵŷ])")


def language() -> str:
    return (get_language() or "en")[:2]


def say(pair: Mapping[str, str]) -> str:
    """The half in the language in force. A draft may lack it: then the other half, which is better than nothing."""
    ours = language()
    return pair[ours] or pair["en" if ours == "cy" else "cy"]


def told(pair: Mapping[str, str], voice: str = "told") -> tuple[Paragraph, ...]:
    """The half as paragraphs; marked as being in the other language where a draft has only that."""
    ours = language()
    other = "" if pair[ours] else ("en" if ours == "cy" else "cy")
    return tuple(Paragraph(line.strip(), voice, other) for line in say(pair).splitlines() if line.strip())


def first_sentence(text: str) -> str:
    """Up to the first full stop that ends a sentence."""
    return _SENTENCE.split(" ".join(text.split()), maxsplit=1)[0]


def day_said(day: date | str) -> str:
    return date_format(date.fromisoformat(day) if isinstance(day, str) else day, "j F Y")


def months_said(months: Sequence[str]) -> str:
    """Months in order, neighbours as one stretch: `March 2020 – July 2020; February 2021`."""
    stretches: list[list[Month]] = []
    for month in sorted(Month.parse(each) for each in months):
        if stretches and month.since(stretches[-1][-1]) == 1:
            stretches[-1].append(month)
        else:
            stretches.append([month])
    return "; ".join(_stretch(month_said(str(each[0])), month_said(str(each[-1]))) for each in stretches)


def _stretch(first: str, last: str) -> str:
    return first if first == last else f"{first} – {last}"


def role_name(role: str) -> str:
    """A role in words; never who holds it."""
    return str(ROLE_NAMES[Role(role)]) if role in Role._value2member_map_ else _("the partnership")


def better_heading() -> str:
    """Above a column that says which way is good."""
    return pgettext("heading of which way is good", "Better")


def way(better: str) -> str:
    """Which way is good, in one word for a column; the whole sentence stands with each unusual figure."""
    words = {
        "up": pgettext("which way is good", "more"),
        "down": pgettext("which way is good", "fewer"),
        "neither": pgettext("which way is good", "neither"),
    }
    return words[better]


def number(value: float) -> str:
    """As both languages write it: thousands by comma, no needless decimals."""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def both(pair: Mapping[str, Any]) -> tuple[str, str]:
    return pair["cy"], pair["en"]
