"""How codes and figures of a snapshot are said on a public page, each as a whole word or sentence."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from diogel.words.quarters import quarter_name

LEAST_FOR_A_SHARE = 30
"""A share of fewer than this is told as a part of its whole."""

STANDINGS = {
    "responsible": gettext_lazy("Responsible authority"),
    "co-operating": gettext_lazy("Co-operating body"),
    "invited": gettext_lazy("Invited to take part"),
    "none": gettext_lazy("Takes part"),
}
DECISIONS = {
    "priority": gettext_lazy("A priority"),
    "watched": gettext_lazy("Watched"),
    "covered_regionally": gettext_lazy("Covered regionally"),
    "not_prioritised": gettext_lazy("Not a priority: the response is adequate"),
    "undecided": gettext_lazy("Not decided"),
}
DIRECTIONS = {
    "increase": gettext_lazy("The plan wants this to rise."),
    "decrease": gettext_lazy("The plan wants this to fall."),
    "maintain": gettext_lazy("The plan wants this to stay where it is."),
    "set_baseline": gettext_lazy("The plan wants a first figure to measure from."),
    "narrative": gettext_lazy("This is told in words."),
    "yes_no": gettext_lazy("This is answered with yes or no."),
    "monitor": gettext_lazy("This is watched, without a direction."),
}
BETTER = {
    "up": gettext_lazy("More is better."),
    "down": gettext_lazy("Fewer is better."),
    "neither": gettext_lazy("Neither more nor fewer is better."),
}
ACCOUNTABILITY = {
    "sole": gettext_lazy("The partnership alone answers for it."),
    "shared": gettext_lazy("Several bodies answer for it together."),
    "contributory": gettext_lazy("The partnership contributes to it and does not answer for it alone, so it is given no verdict."),
}
PLAN_STATES = {
    "consultation": gettext_lazy("Out for consultation"),
    "in_force": gettext_lazy("In force"),
    "closed": gettext_lazy("Closed"),
}
# The finding of the first page, said whole for each number: in Welsh the number changes the noun after it.
WORKING_ON = {
    1: gettext_lazy("One thing we are working on together this year"),
    2: gettext_lazy("Two things we are working on together this year"),
    3: gettext_lazy("Three things we are working on together this year"),
    4: gettext_lazy("Four things we are working on together this year"),
    5: gettext_lazy("Five things we are working on together this year"),
    6: gettext_lazy("Six things we are working on together this year"),
    7: gettext_lazy("Seven things we are working on together this year"),
    8: gettext_lazy("Eight things we are working on together this year"),
    9: gettext_lazy("Nine things we are working on together this year"),
    10: gettext_lazy("Ten things we are working on together this year"),
}

DONE = {
    2: gettext_lazy("Two of our %(all)s actions are complete"),
    3: gettext_lazy("Three of our %(all)s actions are complete"),
    4: gettext_lazy("Four of our %(all)s actions are complete"),
    5: gettext_lazy("Five of our %(all)s actions are complete"),
    6: gettext_lazy("Six of our %(all)s actions are complete"),
    7: gettext_lazy("Seven of our %(all)s actions are complete"),
    8: gettext_lazy("Eight of our %(all)s actions are complete"),
    9: gettext_lazy("Nine of our %(all)s actions are complete"),
    10: gettext_lazy("Ten of our %(all)s actions are complete"),
}


def working_on(count: int) -> str:
    """The number of priorities, in words up to ten."""
    return str(WORKING_ON.get(count, _("What we are working on together this year")))


def done(complete: int, every: int) -> str:
    """The finding about the actions, in words up to ten; nothing where there are none."""
    if not every:
        return ""
    if not complete:
        return ngettext("The one action is not complete yet", "None of our %(all)s actions is complete yet", every) % {"all": every}
    if complete == every:
        return ngettext("The one action is complete", "All %(all)s of our actions are complete", every) % {"all": every}
    several = ngettext("One of our %(all)s actions is complete", "%(complete)s of our %(all)s actions are complete", complete)
    return str(DONE.get(complete, several)) % {"complete": complete, "all": every}


# A direction that already says which way is better; the sentence is not said twice.
_IMPLIED = {("increase", "up"), ("decrease", "down"), ("maintain", "neither"), ("monitor", "neither"), ("narrative", "neither")}


def polarity(direction: str, better: str) -> list[Any]:
    """What the plan wants of a figure, and which way is better where that does not follow."""
    said = [DIRECTIONS[direction]]
    return said if (direction, better) in _IMPLIED or direction == "yes_no" else [*said, BETTER[better]]


def span(first: date, last: date) -> str:
    """`October to December 2021`, a year or a month by its name, else both days."""
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1] and first.year == last.year:
        if last.month == first.month + 2 and last.month % 3 == 0:
            return quarter_name(f"{last.year:04}-{last.month:02}")
        if first.month == last.month:
            return date_format(first, "F Y")
    return _("%(first)s to %(last)s") % {"first": date_format(first, "j F Y"), "last": date_format(last, "j F Y")}


def figure(told: Mapping[str, Any]) -> dict[str, Any]:
    """One figure of an indicator as a table shows it: `state` is missing, withheld, provisional or nothing; `text` is never blank."""
    said = {"title": told["title"], "source": told["source"], "reason": told["reason"], "note": told["note"], "code": told["code"]}
    said["period"] = span(told["from_on"], told["to_on"]) if told.get("from_on") else ""
    if told["is_withheld"]:
        return said | {"state": "withheld", "text": _("withheld")}
    text = "" if told["state"] == "missing" else _text(told)
    if not text and told["is_in_the_quarterly"]:
        return said | {"state": "", "text": _("Told in the quarterly report"), "period": _("each quarter")}
    if not text:
        return said | {"state": "missing", "text": _("no data")}
    return said | {"state": "provisional" if told["state"] == "provisional" else "", "text": text, "base": _base(told)}


def _text(told: Mapping[str, Any]) -> Any:
    part, whole, value = told["part"], told["whole"], told["value"]
    if told["unit"] == "narrative":
        return told["text"] if told["text"]["cy"] or told["text"]["en"] else ""
    if told["unit"] == "yes_no":
        return "" if value is None else _("yes") if value else _("no")
    if part is not None and whole:
        return _share(part, whole)
    if value is None:
        return ""
    if told["unit"] == "percent":
        return f"{number(value)}%"
    return ngettext("%(shown)s day", "%(shown)s days", int(value)) % {"shown": number(value)} if told["unit"] == "days" else number(value)


def _share(part: float, whole: float) -> str:
    said = {"part": number(part), "whole": number(whole)}
    if whole < LEAST_FOR_A_SHARE:
        return _("%(part)s of %(whole)s") % said
    share = (Decimal(str(part)) * 100 / Decimal(str(whole))).quantize(Decimal(1), ROUND_HALF_UP)
    return _("%(share)s%% (%(part)s of %(whole)s)") % (said | {"share": share})


def _base(told: Mapping[str, Any]) -> str:
    if told["base_state"] == "not_published":
        return _("The number who answered was not published.")
    return _("The number who answered: %(base)s.") % {"base": number(told["base"])} if told["base"] else ""


def number(value: float) -> str:
    """Thousands by comma in both languages, no needless decimals."""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"
