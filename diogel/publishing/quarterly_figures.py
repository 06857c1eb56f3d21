"""The table of recorded figures: every series of the look, with its range, its rate and what can be said of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diogel.analysis.periods import Quarter
from diogel.analysis.rates import Denominator, rate
from diogel.indicators import sentences
from diogel.indicators.models import crime_type_name
from diogel.places.models import Population
from diogel.published.blocks import Block, Cell, Column, Heading, Paragraph, Table

from .quarterly_facts import Facts

MARKS = {"higher": "up", "lower": "down", "": "same"}


def figures_blocks(facts: Facts) -> list[Block]:
    """One table an area, and under it where its figures come from and what they are not."""
    if facts.look is None or not facts.look.series:
        return []
    blocks: list[Block] = [Heading(2, _("Recorded figures"))]
    for code, names in facts.names.items():
        rows = [series for series in facts.look.series if series["area"] == code]
        if rows:
            blocks.append(_table(rows, names, facts.quarter, _residents(code)))
    blocks.append(Paragraph(_how_to_read(facts), "note"))
    return blocks


def _residents(code: str) -> Denominator | None:
    """The newest count of residents that the installation knows, with its year and source."""
    row = Population.objects.filter(area__code=code, area__kind="authority").order_by("-year").first()
    return Denominator(number=row.residents, year=row.year, source=row.source) if row else None


def _table(rows: list[dict[str, Any]], names: dict[str, str], quarter: Quarter, residents: Denominator | None) -> Table:
    language = (get_language() or "en")[:2]
    columns = (
        Column(_("Type"), share=4),
        Column(_("This quarter"), "end", share=2),
        Column(_("Per 1,000 residents"), "end", share=2),
        Column(_("Expected range"), "end", share=2),
        Column(_("Against expected"), share=3),
        Column(_("Which way is good"), share=3),
    )
    told = tuple(_row(series, residents, language) for series in rows)
    base = _("Residents: %(people)s (%(year)s, %(source)s). The rate is of the quarter, not of a year.")
    note = (
        base % {"people": f"{residents.number:,}", "year": residents.year, "source": residents.source}
        if residents
        else _("No count of residents is known, so no rate is given.")
    )
    return Table(caption=names[language] or names["en"], columns=columns, rows=told, note=note)


def _row(series: dict[str, Any], residents: Denominator | None, language: str) -> tuple[Cell, ...]:
    count = series["observed"]
    recorded = (
        Cell(_("no data"), state="missing") if count is None else Cell(f"{count:,}", numeric=True, state="zero" if count == 0 else "")
    )
    known = count is not None and residents is not None
    rated = Cell(f"{rate(count, denominator=residents).per_thousand:.2f}", numeric=True) if known else Cell(_("no rate"), state="missing")
    span = (
        Cell(_("cannot be said"), state="missing")
        if series["low"] is None
        else Cell(f"{series['low']:,.0f}–{series['high']:,.0f}", numeric=True)
    )
    better = sentences.better_words(sentences.better_of(series["type"]), language)
    return (Cell(crime_type_name(series["type"])), recorded, rated, span, _against(series), Cell(better))


def _against(series: dict[str, Any]) -> Cell:
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


def _how_to_read(facts: Facts) -> str:
    if facts.is_synthetic:
        return _(
            "Synthetic figures in the layout of police.uk, made by a program. Anti-social behaviour is incidents and is never added to crime. "
            "A figure is called higher or lower only outside the range expected from its own earlier years."
        )
    return _(
        "Source: data.police.uk street files of the area’s own police force, Open Government Licence v3.0; they hold less than the official count. "
        "Anti-social behaviour is incidents and is never added to crime. "
        "A figure is called higher or lower only outside the range expected from its own earlier years."
    )
