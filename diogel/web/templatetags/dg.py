"""Tags and filters of every page: dates, numbers and the small marks, said in the language of the page."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from diogel.analysis.periods import Month
from diogel.published.marks import LOGO, SHAPES
from diogel.words.dated import as_dated
from diogel.words.pairs import Pair, PairState
from diogel.words.quarters import month_said, quarter_name

register = template.Library()
register.filter(quarter_name)

# What an action's status looks like: shape, tone, word. Words are masculine in Welsh: each follows "cam gweithredu".
STATUSES = {
    "proposed": ("todo", "quiet", gettext_lazy("Proposed")),
    "agreed": ("todo", "quiet", gettext_lazy("Agreed")),
    "not_started": ("todo", "quiet", gettext_lazy("Not started")),
    "in_progress": ("half", "", gettext_lazy("In progress")),
    "on_hold": ("hold", "quiet", gettext_lazy("On hold")),
    "blocked": ("block", "late", gettext_lazy("Blocked")),
    "complete": ("done", "done", gettext_lazy("Complete")),
    "carried_forward": ("carry", "quiet", gettext_lazy("Carried forward")),
    "superseded": ("no", "quiet", gettext_lazy("Superseded")),
    "withdrawn": ("no", "quiet", gettext_lazy("Withdrawn")),
}
BANDS = {
    "high": (4, gettext_lazy("High")),
    "medium_high": (3, gettext_lazy("Medium-high")),
    "medium": (2, gettext_lazy("Medium")),
    "low": (1, gettext_lazy("Low")),
}
RAG = {
    "red": gettext_lazy("Red: needs action now"),
    "amber": gettext_lazy("Amber: not finished, or no effect yet"),
    "green": gettext_lazy("Green: on track"),
    "grey": gettext_lazy("Grey: no suitable data"),
}
KNOTS = {
    "evidence": gettext_lazy("Evidence"),
    "theme": gettext_lazy("Theme"),
    "priority": gettext_lazy("Priority"),
    "action": gettext_lazy("Action"),
    "figure": gettext_lazy("Figure"),
    "paper": gettext_lazy("Paper"),
}
MARKINGS = {"OFFICIAL": gettext_lazy("OFFICIAL"), "OFFICIAL-SENSITIVE": gettext_lazy("OFFICIAL-SENSITIVE")}
# Direction of a figure against what was expected, never coloured: polarity is said in words beside it.
WAYS = {"above": "up", "below": "down", "within": "same"}


def _as_date(value: Any) -> date | None:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, date) else None


@register.filter
def day(value: Any) -> str:
    """`28 October 2026`, `28 Hydref 2026`; nothing for nothing."""
    on = _as_date(value)
    return date_format(on, "j F Y") if on else ""


@register.filter
def day_month(value: Any) -> str:
    """`28 October`, where the year is said nearby."""
    on = _as_date(value)
    return date_format(on, "j F") if on else ""


@register.filter
def short_day(value: Any) -> str:
    """`Wed 28 Oct`, `Mer 28 Hyd`: the column of dates in a list."""
    on = _as_date(value)
    return date_format(on, "D j M") if on else ""


@register.filter
def long_day(value: Any) -> str:
    """`Friday 23 October 2026`, `Dydd Gwener 23 Hydref 2026`: the kicker of the desk's home."""
    on = _as_date(value)
    return capfirst(date_format(on, "l j F Y")) if on else ""


@register.filter
def moment(value: Any) -> str:
    """`28 October 2026, 10:42`, in local time."""
    if not isinstance(value, datetime):
        return day(value)
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{date_format(local, 'j F Y')}, {local:%H:%M}"


@register.filter
def month_name(value: Any) -> str:
    """`October 2026` from a Month, a date or `2026-10`."""
    if isinstance(value, str | Month):
        return month_said(value)
    on = _as_date(value)
    return month_said(Month.of(on)) if on else ""


register.filter("as_dated", as_dated)


@register.filter
def number(value: Any, places: int | None = None) -> str:
    """Thousands by comma, a real minus; a missing number is its mark, never a blank or a zero."""
    if value is None or value == "":
        return missing()
    shown = f"{Decimal(str(value)):,.{places}f}" if places is not None else f"{value:,}"
    return shown.replace("-", "\N{MINUS SIGN}")


@register.filter
def difference(value: Any, places: int | None = None) -> str:
    """Like `number`, with a plus before what is more."""
    return f"+{number(value, places)}" if value and value > 0 else number(value, places)


# A stroke cut out of a filled shape is marked, so that it takes the reader's own colour of paper.
_SYMBOLS = [(name, mark_safe(drawing.replace('stroke="#fff"', 'class="dg-cut" stroke="#fff"'))) for name, drawing in SHAPES.items()]


@register.inclusion_tag("dg/sprite.html")
def sprite() -> dict[str, Any]:
    """The sheet of shapes that `icon` points at: once a page, first thing in its body."""
    return {"shapes": _SYMBOLS, "logo": mark_safe(LOGO)}


@register.simple_tag
def icon(shape: str) -> SafeString:
    """A shape of the sheet that `sprite` lays, hidden from readers: its word stands beside it."""
    return format_html('<svg class="dg-ic" aria-hidden="true" focusable="false"><use href="#dg-{}"/></svg>', shape)


@register.inclusion_tag("dg/mark.html")
def mark(shape: str, word: str, note: str = "", tone: str | None = None) -> dict[str, Any]:
    """A word and its shape. The tone follows the shape (late, done, odd) unless it is given."""
    natural = {"late": "late", "block": "late", "done": "done", "yes": "done", "odd": "odd", "due": "quiet", "eye": ""}
    return {"shape": shape, "word": word, "note": note, "tone": natural.get(shape, "quiet") if tone is None else tone}


@register.inclusion_tag("dg/mark.html")
def action_status(status: str, note: str = "") -> dict[str, Any]:
    """The mark of an action's status code; KeyError on a code nobody defined."""
    shape, tone, word = STATUSES[str(status)]
    return {"shape": shape, "word": word, "note": note, "tone": tone}


@register.inclusion_tag("dg/mark.html")
def when(due_on: date, today: date, note: str = "") -> dict[str, Any]:
    """The date column of a list: a calendar and the day, or a clock and how many days late."""
    late = (today - due_on).days
    if late <= 0:
        return {"shape": "due", "word": short_day(due_on), "note": note, "tone": "quiet"}
    word = ngettext("%(days)s day late", "%(days)s days late", late) % {"days": late}
    return {"shape": "late", "word": word, "note": note, "tone": "late"}


@register.inclusion_tag("dg/mark.html")
def rag(colour: str, note: str = "") -> dict[str, Any]:
    """Where a council demands it: never alone, never for contributory measures."""
    return {"shape": f"rag-{colour}", "word": RAG[str(colour)], "note": note, "tone": colour}


@register.inclusion_tag("dg/band.html")
def band(code: str) -> dict[str, Any]:
    filled, word = BANDS[str(code)]
    return {"cells": [cell < filled for cell in range(4)], "word": word}


@register.inclusion_tag("dg/carry.html")
def carry(times: int, months: int = 0, same_reason: bool = False) -> dict[str, Any]:
    """Carried over: how often, for how long in all, and whether the reason was the same."""
    # Twice is a word in both languages: were one of them to write a 2, the tables of the two would not hold the same numbers.
    several = ngettext("carried over once", "carried over %(times)s times", times) % {"times": times}
    said = [_("carried over twice") if times == 2 else several]
    if months:
        said.append(ngettext("%(months)s month", "%(months)s months", months) % {"months": months})
    if same_reason:
        said.append(_("for the same reason"))
    return {"arcs": range(times), "words": ", ".join(said)}


@register.inclusion_tag("dg/pair.html")
def pair_state(source: Any, name: str = "title", words: str = "") -> dict[str, Any]:
    """Two tiles and the word for the worse side, of a `Pair` or of the pair called `name` of a row."""
    pair = source if isinstance(source, Pair) else source.pair(name)
    sides = {
        PairState.DRAFT: ("draft", "draft", _("in draft")),
        PairState.CHECKED: ("checked", "checked", _("checked")),
        PairState.STALE_CY: ("stale", "checked", _("the Welsh is stale")),
        PairState.STALE_EN: ("checked", "stale", _("the English is stale")),
    }
    cy, en, word = sides.get(PairState(pair.state), ("missing", "missing", _("both languages are missing")))
    if pair.cy and not pair.en:
        cy, en, word = "draft", "missing", _("the English is missing")
    elif pair.en and not pair.cy:
        cy, en, word = "missing", "draft", _("the Welsh is missing")
    return {"cy": cy, "en": en, "words": words or word}


@register.simple_tag
def pair_mark(source: Any, name: str = "title") -> SafeString:
    """What `pair_state` draws, of a pair with a missing or stale half; of any other nothing. A list marks what cannot be read in both
    languages, and leaves drafts to the words desk."""
    pair = source if isinstance(source, Pair) else source.pair(name)
    if pair.is_empty or pair.is_checked or (pair.cy and pair.en and pair.state not in (PairState.STALE_CY, PairState.STALE_EN)):
        return SafeString()
    return render_to_string("dg/pair.html", pair_state(pair))


@register.simple_tag
def missing(word: str = "") -> SafeString:
    """Not zero, not a dash: a dashed outline with its word (`no data`, `not asked`, `late`)."""
    return render_to_string("dg/missing.html", {"word": word})


@register.simple_tag
def withheld(word: str = "") -> SafeString:
    return render_to_string("dg/withheld.html", {"word": word})


@register.inclusion_tag("dg/say.html")
def say_way(way: str, sentence: str) -> dict[str, Any]:
    """An arrow that says only which way (above, below, within) and the sentence that says whether that is good."""
    return {"shape": WAYS[way], "sentence": sentence}


@register.filter
def knot_label(kind: str) -> str:
    return str(KNOTS[kind])


@register.filter
def twin_language(code: str) -> str:
    """The other one of the two."""
    return "en" if code == "cy" else "cy"


@register.filter
def marking(code: str) -> str:
    """OFFICIAL, SWYDDOGOL; a marking of the partnership's own stays as it is."""
    return str(MARKINGS.get(code, code))


def _of(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)


@register.filter
def cells(row: Any, columns: list[Any]) -> list[dict[str, Any]]:
    """The cells of a row beside their columns: numbers written as numbers, what is missing as its mark."""
    given = row if isinstance(row, (list, tuple)) else _of(row, "cells")
    pairs = zip(columns, given, strict=True)
    return [{"label": _of(column, "label"), "is_number": _of(column, "is_number"), "shown": _shown(cell)} for column, cell in pairs]


def _shown(cell: Any) -> Any:
    return number(cell) if cell is None or (isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool)) else cell


@register.filter
def units(actions: Any) -> list[dict[str, Any]]:
    """One shape an action: number, and the shape, tone and word of its status."""
    shown = []
    for action in actions:
        shape, tone, word = STATUSES[str(_of(action, "status"))]
        shown.append({"number": _of(action, "number"), "shape": shape, "tone": tone, "word": word})
    return shown


@register.filter
def unit_counts(actions: Any) -> list[dict[str, Any]]:
    """How many actions have each status, done first, as label and number: no Welsh sentence is built from parts."""
    held = [str(_of(action, "status")) for action in actions]
    order = ["complete", *(status for status in STATUSES if status != "complete")]
    rows = ((STATUSES[status], held.count(status)) for status in order)
    return [{"shape": shape, "tone": tone, "word": word, "count": count} for (shape, tone, word), count in rows if count]
