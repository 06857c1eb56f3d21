"""How the paper tells an unusual figure: its sentence, its chart with a table, its cause or who is looking, and the places that make it up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diogel.analysis.charts import Chart, Point, control_chart
from diogel.analysis.periods import Month
from diogel.indicators import sentences
from diogel.indicators.models import Card
from diogel.people.access import ROLE_NAMES, Role
from diogel.published.blocks import Block, Cell, Column, Definition, Definitions, Figure, Heading, Paragraph, Table, paragraphs

from .quarterly_facts import Facts

MONTHS_IN_TABLE = 12


def _language() -> str:
    return (get_language() or "en")[:2]


def role_name(role: str) -> str:
    """A role in words; never who holds it."""
    return str(ROLE_NAMES[Role(role)]) if role in Role._value2member_map_ else _("the partnership")


def what_changed(facts: Facts) -> list[str]:
    """The opening: each unusual figure in one sentence and what is said of it; then how many were looked at."""
    told = []
    for card in facts.cards:
        told.append(
            headline(card) + ". " + sentences.polarity_sentence(card.finding["direction"], type_name=card.crime_type, language=_language())
        )
    if facts.look is None:
        return [_("No look has been taken at the recorded figures of this quarter, so nothing is said of what was usual.")]
    if facts.look.looked_at and not facts.cards:
        told.append(_("Figures looked at: %(looked)s. None needs an explanation.") % {"looked": facts.look.looked_at})
    elif facts.look.looked_at:
        told.append(
            _("Figures looked at: %(looked)s. Expected to stand out by chance alone: at most %(chance)s of those that did.")
            % {"looked": facts.look.looked_at, "chance": f"{facts.look.by_chance:.1f}"}
        )
    short = [series for series in facts.look.series if series["method"] == "same_months"]
    if short:
        told.append(
            _(
                "The history is short: %(n)s of these figures are compared only with the same months of earlier years, and no trend is taken into account. "
                "Months they are compared with: %(months)s."
            )
            % {"n": len(short), "months": max(series["history_months"] for series in short)}
        )
    if facts.look.could_not_say:
        told.append(
            _("Figures of which nothing can be said, because their history is too short or months are missing: %(n)s.")
            % {"n": facts.look.could_not_say}
        )
    return told


def headline(card: Card) -> str:
    return sentences.finding_sentence(card.finding, (card.area.name_cy, card.area.name_en), card.crime_type, _language())


def charts_of(facts: Facts) -> Iterator[tuple[str, Chart]]:
    """One chart a card, by the key under which its figure asks for it."""
    for card in facts.cards:
        yield drawing_key(card), _chart(card)


def drawing_key(card: Card) -> str:
    return f"card-{card.pk}"


def _chart(card: Card) -> Chart:
    odd = set(card.finding.get("months") or [])
    points = [
        Point(
            month=Month.parse(row["month"]),
            observed=row["observed"],
            expected=row["expected"],
            low=row["low"],
            high=row["high"],
            odd=row["month"] in odd,
            label=f"{row['observed']:,}" if row["month"] in odd and row["observed"] is not None else "",
        )
        for row in card.finding["monthly"]
    ]
    return control_chart(points, range_label=_("expected range"), missing_label=_("no data"))


def card_blocks(card: Card, *, is_public: bool) -> list[Block]:
    """One section. The places that make up the difference stand in the internal paper only."""
    blocks: list[Block] = [Heading(2, headline(card))]
    blocks.append(Paragraph(sentences.polarity_sentence(card.finding["direction"], type_name=card.crime_type, language=_language())))
    if card.is_signed:
        blocks += paragraphs(card.pair("explanation").say())
    elif card.is_answered:
        until = {"role": role_name(card.looking_role), "day": date_format(card.looking_until, "j F Y")}
        blocks.append(Paragraph(_("This figure is not explained yet. It is being looked at: %(role)s, by %(day)s.") % until))
    else:
        blocks.append(Paragraph(_("This figure is not explained, and nobody is named who looks into it.")))
    blocks.append(_figure(card))
    blocks.append(Definitions(_facts_of(card)))
    if not is_public and card.places:
        blocks.append(_places(card))
    return blocks


def _figure(card: Card) -> Figure:
    title = sentences.count_sentence(card.finding, _language())
    return Figure(
        title=title,
        subtitle=_("%(title)s, each month") % {"title": card.title},
        description=_("A line of the count each month on a band of what was expected. %(title)s.") % {"title": title},
        drawing=drawing_key(card),
        source=_source(card),
        table=_months(card),
    )


def _source(card: Card) -> str:
    if card.look.is_synthetic:
        return _("Synthetic figures, made by a program. Counts; no rate is meant.")
    return _("Police-recorded, data.police.uk; Open Government Licence v3.0. Counts; no rate is meant.")


def _months(card: Card) -> Table:
    columns = (Column(_("Month")), Column(_("Recorded"), "end"), Column(_("Expected"), "end"), Column(_("Expected range"), "end"))
    rows = []
    for row in card.finding["monthly"][-MONTHS_IN_TABLE:]:
        month = date_format(Month.parse(row["month"]).first_day, "F Y")
        recorded = Cell(_("no data"), state="missing") if row["observed"] is None else Cell(f"{row['observed']:,}", numeric=True)
        expected = Cell("" if row["expected"] is None else f"{row['expected']:,.0f}", numeric=True)
        span = Cell(
            "" if row["low"] is None else _("%(low)s–%(high)s") % {"low": f"{row['low']:,.0f}", "high": f"{row['high']:,.0f}"}, numeric=True
        )
        rows.append((Cell(month), recorded, expected, span))
    return Table(caption=_("%(title)s, month by month") % {"title": card.title}, columns=columns, rows=tuple(rows))


def _facts_of(card: Card) -> tuple[Definition, ...]:
    language = _language()
    told = [
        Definition(_("How odd"), sentences.odds_words(card.finding, language)),
        Definition(_("What kind"), sentences.kind_words(card.finding, language)),
        Definition(_("Which way is good"), sentences.better_words(sentences.better_of(card.crime_type), language)),
    ]
    if card.is_signed:
        told.append(Definition(_("Cause"), str(card.get_cause_display())))
        if card.confidence:
            told.append(Definition(_("Confidence"), str(card.get_confidence_display())))
        for label, name in ((_("Evidence"), "evidence"), (_("What needs doing"), "further")):
            if not card.pair(name).is_empty:
                told.append(Definition(label, card.pair(name).say()))
        signed = {"role": role_name(card.signed_role), "day": date_format(card.signed_on, "j F Y")}
        told.append(Definition(_("Signed"), _("%(role)s, %(day)s") % signed))
    return tuple(told)


def _places(card: Card) -> Table:
    columns = (Column(_("Place"), share=4), Column(_("Recorded"), "end"), Column(_("Expected"), "end"), Column(_("Difference"), "end"))
    rows = tuple(_place_row(place) for place in card.places)
    return Table(
        caption=_("What makes up the difference"),
        columns=columns,
        rows=rows,
        note=_("Small areas are approximate: the police publish points that were moved."),
    )


def _place_row(place: dict[str, Any]) -> tuple[Cell, ...]:
    name = place["name"] if place["code"] else _("All other small areas: %(n)s") % {"n": place["places"]}
    difference = f"{place['difference']:+,}".replace("-", "\N{MINUS SIGN}")
    return (
        Cell(name),
        Cell(f"{place['observed']:,}", numeric=True),
        Cell(f"{place['expected']:,}", numeric=True),
        Cell(difference, numeric=True),
    )
