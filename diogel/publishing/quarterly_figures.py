"""The table of recorded figures: every series of the look, with the year before, its rate, its range and what can be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from diogel.analysis.rates import Denominator, rate
from diogel.indicators import sentences
from diogel.indicators.models import crime_type_name
from diogel.published.blocks import Block, Cell, Column, Heading, Paragraph, Table
from diogel.words.quarters import month_said

from .quarterly_words import better_heading, day_said, number, say, way

MARKS = {"higher": "up", "lower": "down", "": "same"}
Told = Mapping[str, Any]


def figures_blocks(content: Told) -> list[Block]:
    """One table an area, and under it where its figures come from and what they are not."""
    if content["look"] is None or not content["look"]["series"]:
        return []
    blocks: list[Block] = [Heading(2, _("Recorded figures"))]
    for area in content["areas"]:
        rows = [series for series in content["look"]["series"] if series["area"] == area["code"]]
        if rows:
            blocks.append(_table(rows, area))
    return [*blocks, *(Paragraph(sentence, "note") for sentence in (_how_to_read(content), release(content)) if sentence)]


def _table(rows: list[Told], area: Told) -> Table:
    columns = (
        Column(_("Type"), share=7),
        Column(_("This quarter"), "end", share=2),
        Column(_("A year before"), "end", share=2),
        Column(_("Per 1,000 residents"), "end", share=2),
        Column(_("Expected range"), "end", share=3),
        Column(_("Against expected"), share=5),
        Column(better_heading(), share=2),
    )
    return Table(
        caption=say(area["name"]), columns=columns, rows=tuple(_row(row, area["residents"]) for row in rows), note=_base(area["residents"])
    )


def _base(residents: Told | None) -> str:
    """Who a rate is of; a rate without its base is not told."""
    if residents is None:
        return _("No count of residents is known, so no rate is given.")
    values = {"people": number(residents["number"]), "year": residents["year"]}
    if residents["is_census"]:
        return _("Residents at the %(year)s census (ONS): %(people)s. The rate is of the quarter, not of a year.") % values
    return _("Residents in %(year)s (estimate): %(people)s. The rate is of the quarter, not of a year.") % values


def _row(series: Told, residents: Told | None) -> tuple[Cell, ...]:
    count = series["observed"]
    span = Cell(_("cannot be said"), state="missing")
    if series["low"] is not None:
        span = Cell(f"{series['low']:,}–{series['high']:,}", numeric=True)
    return (
        Cell(crime_type_name(series["type"])),
        _count(count),
        _count(series["before"]),
        _rate(count, residents),
        span,
        _against(series),
        Cell(way(sentences.better_of(series["type"]))),
    )


def _count(count: int | None) -> Cell:
    if count is None:
        return Cell(_("no data"), state="missing")
    return Cell(number(count), numeric=True, state="" if count else "zero")


def _rate(count: int | None, residents: Told | None) -> Cell:
    if count is None or residents is None:
        return Cell(_("no rate"), state="missing")
    base = Denominator(number=residents["number"], year=residents["year"], source="census" if residents["is_census"] else "estimate")
    return Cell(f"{rate(count, denominator=base).per_thousand:.2f}", numeric=True)


def _against(series: Told) -> Cell:
    words = {
        "unusual": {"higher": _("higher: see above"), "lower": _("lower: see above"), "": _("unusual: see above")},
        "outside": {
            "higher": _("higher, as chance makes some of many"),
            "lower": _("lower, as chance makes some of many"),
            "": _("as expected"),
        },
        "too_short": {"": _("too little history to say")},
        "missing": {"": _("months are missing")},
    }
    said = words.get(series["verdict"])
    if said is None:
        return Cell(_("as expected"), mark="same")
    text = said.get(series["direction"], said.get("", ""))
    return Cell(text, mark=MARKS[series["direction"]] if series["verdict"] in ("unusual", "outside") else "ask")


def _how_to_read(content: Told) -> str:
    read = _(
        "Anti-social behaviour is incidents and is never added to crime. "
        "A figure is called higher or lower only outside the range expected from its own earlier years. "
        "Drugs and weapons follow what the police look for, so there neither more nor fewer is better in itself."
    )
    source = (
        _("Synthetic figures in the layout of police.uk, made by a program.")
        if content["is_synthetic"]
        else _(
            "Source: data.police.uk street files of the area’s own police force, Open Government Licence v3.0; they hold less than the official count."
        )
    )
    return f"{source} {read}"


def release(content: Told) -> str:
    """Which files the figures were counted from, and when they were loaded."""
    crime = content["crime"]
    if crime is None:
        return ""
    values = {
        "first": month_said(crime["first"]),
        "last": month_said(crime["last"]),
        "n": crime["files"],
        "day": day_said(crime["loaded_on"]),
    }
    return _("Monthly files: %(n)s, %(first)s to %(last)s; the latest was loaded on %(day)s.") % values
