"""`diogel unusual look`: look through a quarter's figures and make a card of each unusual one."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from diogel.analysis.periods import Quarter

from . import Refusal
from .ready import ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--partnership", required=True, metavar="SLUG", help="the partnership's short name, such as gwynedd-mon")
    parser.add_argument(
        "--quarter-ending", required=True, type=_quarter, metavar="YYYY-MM", help="the quarter's last month, such as 2021-12"
    )
    parser.add_argument("--json", action="store_true", help="print the look, its series and its cards as JSON")


def run(args: argparse.Namespace) -> int:
    """Looking again keeps every answer; a signed card is reopened only where its figure was revised."""
    ready()
    from django.utils import translation

    from diogel.crime.store import StoreFault
    from diogel.indicators.looking import CannotLook, look
    from diogel.people.access import Installation
    from diogel.people.models import Partnership

    partnership = Partnership.objects.filter(slug=args.partnership).first()
    if partnership is None:
        known = ", ".join(Partnership.objects.values_list("slug", flat=True)) or "none yet"
        raise Refusal(f"There is no partnership {args.partnership!r} in this home. Those there are: {known}.")
    if sys.stderr.isatty():
        print(f"Looking through the quarter ending {args.quarter_ending}…", file=sys.stderr)
    try:
        with translation.override("en"):
            row = look(partnership, args.quarter_ending, by=Installation())
            told = as_values(row)
            said = as_text(row)
    except (CannotLook, StoreFault) as fault:
        raise Refusal(str(fault)) from fault
    print(json.dumps(told, ensure_ascii=False, indent=1) if args.json else said)
    return 0


def as_values(row: Any) -> dict[str, Any]:
    """A look with its series and cards as plain values; `changes` tells what this look did to the cards."""
    return {
        "partnership": row.partnership.slug,
        "quarter": row.quarter,
        "looked_at": row.looked_at,
        "could_not_say": row.could_not_say,
        "by_chance": row.by_chance,
        "false_discovery_rate": row.rate,
        "is_synthetic": row.is_synthetic,
        "changes": {name: len(getattr(row.changes, name)) for name in ("made", "renewed", "reopened", "withdrawn")},
        "cards": [_card(card) for card in row.cards.standing().select_related("area")],
        "series": row.series,
    }


def _card(card: Any) -> dict[str, Any]:
    told = ("observed", "expected", "low", "high", "direction", "kind", "months", "since", "one_in", "told")
    state = "signed" if card.is_signed else "looked_at" if card.is_answered else "unexplained"
    return {"area": card.area.code, "type": card.crime_type, "state": state} | {name: card.finding[name] for name in told}


def as_text(row: Any) -> str:
    """What a person at the keyboard wants to know: how many were looked at, and each unusual figure in a sentence."""
    from diogel.indicators import sentences

    lines = [f"Series looked at: {row.looked_at}. Nothing can be said of: {row.could_not_say}."]
    cards = list(row.cards.standing().select_related("area"))
    lines.append(f"Unusual figures: {len(cards)}; of these at most {row.by_chance:.1f} are expected to be chance.")
    for card in cards:
        title = sentences.finding_sentence(card.finding, card.area.pair("name"), card.crime_type, "en")
        state = "signed" if card.is_signed else "being looked at" if card.is_answered else "not explained"
        lines.append(f"  {title}.\n    {sentences.count_sentence(card.finding, 'en')}. {state.capitalize()}.")
    if row.is_synthetic:
        lines.append("These are synthetic figures, made by a program.")
    return "\n".join(lines)


def _quarter(text: str) -> Quarter:
    try:
        return Quarter.parse(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(str(fault)) from fault
