"""`diogel assessment show`: a year's assessment, its themes by risk, and what the next step waits for."""

from __future__ import annotations

import argparse
import json
from typing import Any

from . import Refusal
from .ready import ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("partnership", help="the partnership's short name, such as gwynedd-mon")
    parser.add_argument(
        "--assessment", default="", help="the assessment's code, such as 2022-23 (default: the one still being made, else the latest)"
    )
    parser.add_argument("--json", action="store_true", help="print everything as JSON, in both languages")


def run(args: argparse.Namespace) -> int:
    """0 where the next step waits for nothing, 1 where it waits for something, named."""
    ready()
    from diogel.assessment.telling import told

    whole = told(assessment_of(args))
    if args.json:
        print(json.dumps(whole, ensure_ascii=False, indent=1))
    else:
        print(as_text(whole))
    return 1 if whole["missing"] else 0


def assessment_of(args: argparse.Namespace) -> Any:
    """The assessment that was asked for; refused where there is none, naming those there are."""
    from diogel.assessment.models import Assessment
    from diogel.people.models import Partnership

    partnership = Partnership.objects.filter(slug=args.partnership).first()
    if partnership is None:
        known = ", ".join(Partnership.objects.values_list("slug", flat=True)) or "none yet"
        raise Refusal(f"There is no partnership {args.partnership!r} in this home. Those there are: {known}.")
    held = Assessment.objects.standing().filter(partnership=partnership).select_related("method", "partnership")
    row = held.filter(code=args.assessment).first() if args.assessment else held.first()
    if row is None:
        known = ", ".join(held.values_list("code", flat=True)) or "none yet"
        raise Refusal(f"{args.partnership} has no assessment {args.assessment or 'at all'}. Those there are: {known}.")
    return row


def as_text(whole: dict[str, Any]) -> str:
    """The assessment as a person would skim it."""
    lines = [f"{whole['title']['en'] or whole['title']['cy']} ({whole['code']}): {whole['status']}", ""]
    for theme in whole["themes"]:
        risk = f"{theme['risk']:>4}" if theme["risk"] is not None else "   –"
        lines.append(f"{theme['number']:>3} {risk}  {theme['band'] or 'no band':<12} {theme['title']['en']} ({theme['decision']})")
    if whole["missing"]:
        lines += ["", f"Before it can be {whole['next']}:"]
        lines += [f"  {each['message_en']}  [{each['code']}]" for each in whole["missing"]]
    return "\n".join(lines)
