"""How the paper tells an unusual figure: its finding, whether up is good, its cause or who is looking, its chart and table, its places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from diogel.indicators import sentences
from diogel.indicators.drawn import signed, unsigned
from diogel.indicators.models import Card, crime_type_name
from diogel.published.blocks import Block, Cell, Column, Definition, Definitions, Figure, Heading, Paragraph, Table
from diogel.words.quarters import month_said

from .quarterly_words import both, day_said, first_sentence, language, months_said, number, role_name, say, told

MONTHS_IN_TABLE = 12
Told = Mapping[str, Any]


def headline(card: Told) -> str:
    """The finding as a title, without a full stop."""
    return sentences.finding_sentence(card["finding"], both(card["area"]["name"]), card["type"], language())


def polarity(card: Told) -> str:
    return sentences.polarity_sentence(card["finding"]["direction"], type_name=card["type"], language=language())


def in_short(card: Told) -> str:
    """The figure for the opening: what, whether up is good, the first thing that is said of it, and its cause."""
    better = capfirst(sentences.better_words(sentences.better_of(card["type"]), language()))
    said = [f"{headline(card)}.", f"{better}."]
    if not card["is_signed"]:
        return " ".join([*said, _unexplained(card)])
    cause = _("Cause: %(cause)s.") % {"cause": Card.Cause(card["cause"]).label}
    return " ".join([*said, first_sentence(say(card["explanation"])), cause])


def _unexplained(card: Told) -> str:
    if not card["is_answered"]:
        return _("This figure is not explained, and nobody is named who looks into it.")
    until = {"role": role_name(card["looking_role"]), "day": day_said(card["looking_until"])}
    return _("This figure is not explained yet. It is being looked at: %(role)s, by %(day)s.") % until


def title(card: Told) -> str:
    """Type and place, as a label."""
    return _("%(type)s: %(place)s") % {"type": crime_type_name(card["type"]), "place": say(card["area"]["name"])}


def card_blocks(card: Told, *, is_synthetic: bool) -> list[Block]:
    """One section. Evidence and small areas stand there only where the paper's allow-list let them through."""
    blocks: list[Block] = [Heading(2, headline(card)), Paragraph(polarity(card))]
    if said := say(card["in_figures"]):
        blocks.append(Paragraph(said))
    blocks += told(card["explanation"]) if card["is_signed"] else [Paragraph(_unexplained(card))]
    if was := card["finding"]["was"]:
        blocks.append(Paragraph(_revised(card, was)))
    blocks.append(Definitions(tuple(_facts(card))))
    blocks.append(_chart(card, is_synthetic))
    if card.get("places"):
        blocks.append(_places(card))
    return blocks


def _revised(card: Told, was: Told) -> str:
    values = {"was": number(was["observed"]), "now": number(card["finding"]["told"]["observed"]), "day": day_said(was["on"])}
    return _("The data were revised: on %(day)s the figure changed from %(was)s to %(now)s.") % values


def _facts(card: Told) -> list[Definition]:
    """What is short enough for a label: how odd, which kind, why, how sure, what next, who says so."""
    cause = str(Card.Cause(card["cause"]).label)
    facts = [(_("Cause"), cause)]
    if card["is_signed"]:
        facts += [(_("Confidence"), str(Card.Confidence(card["confidence"]).label))] if card["confidence"] else []
        facts += [
            (label, say(card[name]))
            for label, name in ((_("Evidence"), "evidence"), (_("What needs doing"), "further"))
            if card.get(name) and say(card[name])
        ]
    finding = card["finding"]
    facts.append((_("How odd"), sentences.odds_words(finding, language())))
    facts.append((_("What kind"), sentences.kind_words(finding, language())))
    facts.append((_("Compared with"), _compared(finding)))
    if card["is_signed"] and card["explained_role"] and card["explained_on"]:
        by = {"role": role_name(card["explained_role"]), "day": day_said(card["explained_on"])}
        facts.append((_("Explained"), _("%(role)s, %(day)s") % by))
    if card["is_signed"]:
        by = {"role": role_name(card["signed_role"]), "day": day_said(card["signed_on"])}
        facts.append((_("Signed"), _("%(role)s, %(day)s") % by))
    elif card["is_answered"]:
        by = {"role": role_name(card["looking_role"]), "day": day_said(card["looking_until"])}
        facts.append((_("Being looked at"), _("%(role)s, by %(day)s") % by))
    return [Definition(label, capfirst(text)) for label, text in facts]


def _compared(finding: Told) -> str:
    if finding["method"] == "same_months":
        return _("the same months of earlier years; the history is short")
    return _("trend and season; months of history: %(n)s") % {"n": finding["history_months"]}


def _chart(card: Told, is_synthetic: bool) -> Figure:
    monthly = card["finding"]["monthly"]
    stretch = _("%(title)s. Each month, %(first)s to %(last)s") % {
        "title": title(card),
        "first": month_said(monthly[0]["month"]),
        "last": month_said(monthly[-1]["month"]),
    }
    count = sentences.count_sentence(card["finding"], language())
    gaps = [row["month"] for row in monthly if row["observed"] is None]
    said = _("%(stretch)s, as a line on a band of what was expected. %(count)s.") % {"stretch": stretch, "count": count}
    missing = " " + _("No data: %(months)s.") % {"months": months_said(gaps)} if gaps else ""
    return Figure(
        title=count, subtitle=stretch, description=said + missing, drawing=card["key"], source=_source(is_synthetic), table=_months(card)
    )


def _source(is_synthetic: bool) -> str:
    if is_synthetic:
        return _("Synthetic figures, made by a program. Counts; no rate is meant.")
    return _("Police-recorded, data.police.uk; Open Government Licence v3.0. Counts; no rate is meant.")


def _months(card: Told) -> Table:
    columns = _columns(_("Month"), _("Expected range"))
    rows = tuple(_month_row(row) for row in card["finding"]["monthly"][-MONTHS_IN_TABLE:])
    return Table(caption=_("%(title)s, month by month") % {"title": title(card)}, columns=columns, rows=rows)


def _columns(first: str, last: str) -> tuple[Column, ...]:
    """What a row is of, what was recorded, what was expected, and how the two stand."""
    return Column(first, share=5), Column(_("Recorded"), "end", 2), Column(_("Expected"), "end", 2), Column(last, "end", 3)


def _month_row(row: Told) -> tuple[Cell, ...]:
    observed = row["observed"]
    recorded = Cell(_("no data"), state="missing") if observed is None else _count(observed)
    if row["expected"] is None:
        return Cell(month_said(row["month"])), recorded, _unsaid(), _unsaid()
    expected = Cell(f"{row['expected']:,.0f}", numeric=True)
    span = _unsaid() if row["low"] is None else Cell(f"{row['low']:,}–{row['high']:,}", numeric=True)
    return Cell(month_said(row["month"])), recorded, expected, span


def _count(count: int) -> Cell:
    return Cell(number(count), numeric=True, state="" if count else "zero")


def _unsaid() -> Cell:
    return Cell(_("cannot be said"), state="missing")


def places_key(card: Told) -> str:
    return f"{card['key']}-places"


def _places(card: Told) -> Figure:
    """Which small areas make up the difference: internal, because small areas are few people."""
    when = sentences.when_phrase(sentences.told_months(card["finding"]), language())
    values = {"when": when, "difference": signed(round(sum(place["difference"] for place in card["places"]), 1))}
    subtitle = _("Recorded less expected, %(when)s, by small area. The bars add up to %(difference)s") % values
    name = say(card["made_up"]).removesuffix(".") or _("What makes up the difference")
    return Figure(
        title=name,
        subtitle=subtitle,
        description=f"{name}. {subtitle}.",
        drawing=places_key(card),
        source=_("Small areas are approximate: the police publish points that were moved."),
        table=Table(
            caption=_("%(title)s, what makes up the difference") % {"title": title(card)},
            columns=_columns(_("Place"), _("Difference")),
            rows=tuple(_place_row(place) for place in card["places"]),
        ),
    )


def _place_row(place: Told) -> tuple[Cell, ...]:
    difference = Cell(signed(place["difference"]), numeric=True)
    return Cell(say(place["name"])), _count(place["observed"]), Cell(unsigned(place["expected"]), numeric=True), difference
