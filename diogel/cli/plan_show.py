"""`diogel plan show`: a partnership's plan, whole, in both languages."""

from __future__ import annotations

import argparse
import json
from typing import Any

from . import Refusal
from .ready import ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("partnership", help="the partnership's short name, such as gwynedd-mon")
    parser.add_argument("--plan", default="", help="the plan's code, such as 2021-22 (default: the latest)")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")


def run(args: argparse.Namespace) -> int:
    ready()
    from diogel.plan.showing import plan_whole

    whole = plan_whole(plan_of(args))
    if args.json:
        print(json.dumps(whole, ensure_ascii=False, indent=1))
    else:
        print(as_text(whole))
    return 0


def plan_of(args: argparse.Namespace) -> Any:
    """The plan that was asked for, or the latest; refused where there is none, naming those there are."""
    from diogel.people.models import Partnership

    partnership = Partnership.objects.filter(slug=args.partnership).first()
    if partnership is None:
        known = ", ".join(Partnership.objects.values_list("slug", flat=True)) or "none yet"
        raise Refusal(f"There is no partnership {args.partnership!r} in this home. Those there are: {known}.")
    plans = partnership.plans.standing()
    plan = plans.filter(code=args.plan).first() if args.plan else plans.first()
    if plan is None:
        known = ", ".join(plans.values_list("code", flat=True)) or "none yet"
        raise Refusal(f"{args.partnership} has no plan {args.plan or 'at all'}. Those there are: {known}.")
    return plan


def as_text(whole: dict) -> str:
    """The plan as a person would skim it."""
    lines = [f"{whole['plan']['title']['en']} ({whole['plan']['code']})"]
    for group in whole["groups"]:
        lines.append(f"\n{group['title']['en']}")
        numbers = {action["number"]: action for action in whole["actions"]}
        lines += [f"  {number:>3}  {numbers[number]['title']['en']}" for number in group["actions"]] or ["       no action"]
    for priority in whole["priorities"]:
        lines.append(f"\nPriority {priority['number']} ({priority['list']}): {priority['title']['en']}")
        lines += [f"  {each['code']}  {each['title']['en']}" for each in whole["objectives"] if each["priority"] == priority["code"]]
    return "\n".join(lines)
