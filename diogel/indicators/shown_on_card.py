"""How a card is shown, in the language of the page: facts, charts with their tables, what else happened, what it is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.analysis.explain import Explanation
from diogel.analysis.periods import Month
from diogel.places import codes
from diogel.words.quarters import month_said

from . import cards, sentences
from .account import account_of, parts_by
from .drawn import place_name, signed, unsigned
from .made_of import places_of
from .models import Card, Context, Look, crime_type_name
from .shown_in_list import day, difference_of, language, made_up_sentence, role_name

BEFORE = 6
"""Months before the figure in which something recorded may bear on it."""


def heading(card: Card) -> str:
    """The finding as the page's title."""
    return sentences.finding_sentence(card.finding, card.area.pair("name"), card.crime_type, language())


def polarity(card: Card) -> str:
    return sentences.polarity_sentence(card.finding["direction"], type_name=card.crime_type, language=language())


def was(card: Card) -> str:
    """What a revision of the data changed; nothing where they were not revised."""
    before = card.finding.get("was")
    if not before:
        return ""
    values = {
        "was": f"{before['observed']:,}",
        "now": f"{card.finding['told']['observed']:,}",
        "day": day(date.fromisoformat(before["on"])),
    }
    said = _("The data were revised: on %(day)s the figure changed from %(was)s to %(now)s.") % values
    return f"{said} {stands(card)}".strip()


def stands(card: Card) -> str:
    """Of a signed card whose figure was revised within the bound: that the signature stands, and what the bound is."""
    if not card.is_signed or not card.signed_figure or card.signed_figure["told"] == card.finding["told"]["observed"]:
        return ""
    values = {"count": cards.BOUND_COUNT, "share": round(100 * cards.BOUND_SHARE), "was": f"{card.signed_figure['told']:,}"}
    return _("It was signed at %(was)s. A change of up to %(count)s, or of up to %(share)s%%, leaves the signature standing.") % values


def who_signed(card: Card) -> list[str]:
    """Who explained and who signed, by role and day, a sentence each."""
    said = []
    if card.explained_role and card.explained_on:
        values = {"role": role_name(card.explained_role), "day": day(card.explained_on)}
        said.append(_("Explained: %(role)s, %(day)s") % values)
    if card.signed_on:
        values = {"role": role_name(card.signed_role), "day": day(card.signed_on)}
        said.append(_("Signed: %(role)s, %(day)s") % values)
    return said


def causes(codes_: Sequence[str]) -> list[str]:
    """Causes by their codes, as a list begins them."""
    return [capfirst(str(Card.Cause(code).label)) for code in codes_]


def earlier_signatures(card: Card) -> list[dict[str, str]]:
    """What was signed before the card was opened again: cause, role and day, the figure then, and why it was lifted."""
    why = {"revised": _("lifted because the figure was revised"), "by_hand": _("lifted by hand; the log keeps the reason")}
    return [
        {
            "signed": _("Signed %(day)s: %(role)s")
            % {"day": day(date.fromisoformat(each["signed_on"])), "role": role_name(each["signed_role"])},
            "cause": capfirst(str(Card.Cause(each["cause"]).label)),
            "figure": _("the figure then: %(n)s") % {"n": f"{each['figure']['told']:,}"},
            "why": why[each["why"]],
        }
        for each in reversed(card.earlier)
    ]


def facts(card: Card) -> list[tuple[str, str]]:
    finding = card.finding
    return [
        (_("How odd"), sentences.odds_words(finding, language())),
        (_("What kind"), sentences.kind_words(finding, language())),
        (_("Which way is good"), sentences.better_words(sentences.better_of(card.crime_type), language())),
        (_("Compared with"), compared_words(finding)),
    ]


def compared_words(finding: Any) -> str:
    if finding["method"] == "same_months":
        return _("the same months of earlier years")
    n = finding["history_months"]
    return ngettext("trend and season of %(n)s month", "trend and season of %(n)s months", n) % {"n": n}


def months_figure(card: Card) -> dict[str, Any]:
    """The control chart with its table, as `dg/figure.html` takes it."""
    finding = card.finding
    drawn = card.drawings["control"][language()]
    first, last = finding["monthly"][0]["month"], finding["monthly"][-1]["month"]
    title = sentences.count_sentence(finding, language())
    stretch = _("%(type)s: %(place)s. Each month, %(first)s to %(last)s") % {
        "type": crime_type_name(card.crime_type),
        "place": card.area.pair("name").say(),
        "first": month_said(first),
        "last": month_said(last),
    }
    return {
        "title": title,
        "subtitle": stretch,
        "label": months_label(card, title, stretch),
        "wide": drawn["wide"],
        "narrow": drawn["narrow"],
        "source": source(card.look),
        "table": months_table(card),
    }


def months_label(card: Card, title: str, stretch: str) -> str:
    """What a reader who does not see the chart hears: the finding, the stretch, the gaps."""
    gaps = [month_said(row["month"]) for row in card.finding["monthly"] if row["observed"] is None]
    said = f"{stretch}. {title}."
    return f"{said} {_('No data: %(months)s.') % {'months': '; '.join(gaps)}}" if gaps else said


def months_table(card: Card) -> dict[str, Any]:
    """Counts and ranges, the latest month first."""
    rows = [
        [month_said(row["month"]), row["observed"], "" if row["low"] is None else f"{row['low']:,}–{row['high']:,}"]
        for row in reversed(card.finding["monthly"])
    ]
    columns = [
        {"label": _("Month"), "is_number": False},
        {"label": _("Recorded"), "is_number": True},
        {"label": _("Expected range"), "is_number": True},
    ]
    return {"caption": _("Month by month, the latest first"), "columns": columns, "rows": rows, "hides_caption": True}


def places_figure(card: Card) -> dict[str, Any] | None:
    """The places that make up the difference, with their table; None where nothing tells them apart."""
    if not card.places or "places" not in card.drawings:
        return None
    drawn = card.drawings["places"][language()]
    difference = signed(difference_of(card))
    when = sentences.when_phrase(sentences.told_months(card.finding), language())
    subtitle = _("Recorded less expected, %(when)s, by small area. The bars add up to %(difference)s") % {
        "when": when,
        "difference": difference,
    }
    rows: list[Any] = [
        [place_name(place, language()), place["observed"], unsigned(place["expected"]), signed(place["difference"])]
        for place in card.places
    ]
    observed, expected = (sum(place[name] for place in card.places) for name in ("observed", "expected"))
    rows.append({"cells": [_("All together"), observed, unsigned(round(expected, 1)), difference], "is_total": True})
    labels = [(_("Place"), False), (_("Recorded"), True), (_("Expected"), True), (_("Difference"), True)]
    title = made_up_sentence(card).removesuffix(".") or _("What makes up the difference")
    return {
        "title": title,
        "subtitle": subtitle,
        "label": f"{title}. {subtitle}.",
        "wide": drawn["wide"],
        "narrow": drawn["narrow"],
        "source": _(
            "Small areas are those of the census. Police data place each record at a nearby point, so the areas are approximate; no street is meant."
        ),
        "table": {
            "caption": _("What makes up the difference"),
            "columns": [{"label": label, "is_number": number} for label, number in labels],
            "rows": rows,
            "stacks": True,
            "hides_caption": True,
        },
    }


def streets_table(card: Card) -> dict[str, Any] | None:
    """The published points furthest from their usual part, then the rest; None where the rows do not tell them apart."""
    account = account_of(card)
    parts = parts_by(account, "street") if account else None
    if parts is None:
        return None
    places = places_of(parts)
    rows: list[Any] = [
        [place_name(each, language()), each["observed"], unsigned(each["expected"]), signed(each["difference"])] for each in places
    ]
    observed, expected = (sum(each[name] for each in places) for name in ("observed", "expected"))
    rows.append({"cells": [_("All together"), observed, unsigned(expected), signed(parts.difference)], "is_total": True})
    labels = [(_("Published point"), False), (_("Recorded"), True), (_("Expected"), True), (_("Difference"), True)]
    return {
        "caption": _("By published point"),
        "note": _("The police move each record to a nearby point, which many share; no street or shop is meant."),
        "columns": [{"label": label, "is_number": number} for label, number in labels],
        "rows": rows,
        "stacks": True,
    }


def source(look: Look) -> str:
    if look.is_synthetic:
        return _(
            "Synthetic figures, made by a program; they tell of nobody. Method: monthly counts with trend and season, earlier unusual months given less weight."
        )
    return _(
        "Source: data.police.uk, Open Government Licence v3.0. Method: monthly counts with trend and season, earlier unusual months given less weight."
    )


def happened(card: Card, context: Iterable[Context]) -> list[dict[str, Any]]:
    """Recorded events from half a year before the figure to its end, as `dg/time.html` takes them."""
    told = card.finding["told"]
    first, last = (Month.parse(told["first"]) - BEFORE).first_day, Month.parse(told["last"]).last_day
    near = [event for event in context if event.from_on <= last and (event.to_on is None or event.to_on >= first)]
    return [
        {
            "title": _("%(when)s: %(title)s") % {"when": capfirst(event_days(event)), "title": event.pair("title").say()},
            "detail": "; ".join(part for part in (capfirst(event.get_kind_display()), event.pair("source").say()) if part),
            "state": "done",
        }
        for event in near
    ]


def event_days(event: Context) -> str:
    if event.to_on is None:
        return _("from %(day)s") % {"day": day(event.from_on)}
    if event.to_on == event.from_on:
        return day(event.from_on)
    return _("%(first)s to %(last)s") % {"first": day(event.from_on), "last": day(event.to_on)}


def ruled_out(card: Card, context: Sequence[Context]) -> list[dict[str, Any]]:
    """What the figure is not, and what it still may be, each with its reason, as `dg/not.html` takes them.

    Only what was looked at is ruled out: of a card whose figures were never asked, little is.
    """
    finding, account = card.finding, account_of(card)
    told = [_season(finding)]
    if account is not None:
        told += [*_data(account), *_neighbours(finding), *_force(account), *_gathering(account), *_time(account)]
    told.append(_recording(card, context))
    told.append(_not(_("Perhaps one person or group"), _("this cannot be seen in these figures; ask the police lead"), is_possible=True))
    return told


def _not(claim: str, reason: str, *, is_possible: bool = False) -> dict[str, Any]:
    return {"claim": claim, "reason": reason, "is_possible": is_possible}


def _season(finding: Any) -> dict[str, Any]:
    if finding["method"] == "same_months":
        return _not(_("Not the season"), _("it is compared with the same months of earlier years"))
    return _not(_("Not the season"), _("trend and season are already counted in what was expected"))


def _data(account: Explanation) -> list[dict[str, Any]]:
    doubts = account.doubts
    if "data" in account.not_it:
        return [_not(_("Not a partial file"), _("each month of the quarter has a file with about its usual number of rows"))]
    reasons = []
    if doubts.was is not None:
        reasons.append(_("they were revised since the figure was first told"))
    if doubts.partial or doubts.missing:
        reasons.append(_("a month of them came in part"))
    if doubts.recoded:
        reasons.append(_("a rule of recording changed in these months"))
    return [_not(_("Perhaps the data themselves"), "; ".join(reasons), is_possible=True)] if reasons else []


def _force(account: Explanation) -> list[dict[str, Any]]:
    if "force" in account.not_it:
        return [_not(_("Not the rest of the police area"), _("taken together, it did not move the same way"))]
    if account.around.force == account.way:
        reason = _("the rest of the police area, taken together, moved the same way")
        return [_not(_("Perhaps the whole police area"), reason, is_possible=True)]
    return []


def _gathering(account: Explanation) -> list[dict[str, Any]]:
    """Whether one place could be the whole story; the chart above tells its part."""
    parts = parts_by(account, "place")
    if parts is None or parts.gathering == "unknown":
        return []
    if parts.gathering == "one":
        return [_not(_("Perhaps one place"), _("the chart above shows how much of it one place makes up"), is_possible=True)]
    if parts.gathering == "few":
        return [_not(_("Perhaps a few places"), _("the chart above shows how much of it they make up"), is_possible=True)]
    return [_not(_("Not one place"), _("the chart above shows that several make it up"))]


def _time(account: Explanation) -> list[dict[str, Any]]:
    told = []
    if "lasting" in account.not_it:
        told.append(_not(_("Not shown to last"), _("one quarter is too little to tell a new level from a passing one")))
    if "proved_by_time" in account.not_it:
        told.append(_not(_("Not proved by its date"), _("that something happened at the same time does not make it the cause")))
    return told


def _neighbours(finding: Any) -> list[dict[str, Any]]:
    known = [each for each in finding["neighbours"] if each["way"] != "unknown"]
    if not known:
        return []
    alike = [each for each in known if each["way"] == finding["direction"]]
    names = ", ".join(_area_name(each["area"]) for each in alike)
    if not alike:
        reason = ngettext(
            "the one other county did not move the same way", "none of the %(n)s other counties moved the same way", len(known)
        ) % {"n": len(known)}
        return [_not(_("Not the whole police area"), reason)]
    reason = ngettext("one other county moved the same way: %(names)s", "%(n)s other counties moved the same way: %(names)s", len(alike))
    return [_not(_("Perhaps more than this county"), reason % {"n": len(alike), "names": names}, is_possible=True)]


def _area_name(code: str) -> str:
    cy, en = codes.name_of(code)
    return cy if language() == "cy" else en


def _recording(card: Card, context: Sequence[Context]) -> dict[str, Any]:
    last = Month.parse(card.finding["told"]["last"]).last_day
    first = (Month.parse(card.finding["told"]["first"]) - BEFORE).first_day
    changes = [
        event
        for event in context
        if event.kind == Context.Kind.RECORDING and event.from_on <= last and (event.to_on is None or event.to_on >= first)
    ]
    if changes:
        return _not(_("Perhaps a change in recording"), changes[-1].pair("title").say(), is_possible=True)
    return _not(_("Perhaps a change in recording"), _("none is recorded here; ask the police lead"), is_possible=True)
