"""`diogel plan lint`: what is missing, crossed or out of date in a partnership's plan."""

from __future__ import annotations

import argparse
import json
from itertools import groupby

from .plan_show import add_arguments as add_plan
from .plan_show import plan_of
from .ready import ready

HEADINGS = {
    "cy": {"error": "Yn gwrth-ddweud", "warning": "Ar goll neu wedi dyddio", "note": "Gwerth gwybod"},
    "en": {"error": "Contradictions", "warning": "Missing or out of date", "note": "Worth knowing"},
}
NOTHING = {"cy": "Ni chafwyd dim o’i le ar y cynllun {code}.", "en": "Nothing was found wrong with the plan {code}."}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_plan(parser)
    parser.add_argument("--language", choices=("cy", "en"), default="en", help="the language to print in (default: en); JSON holds both")


def run(args: argparse.Namespace) -> int:
    """0 where nothing was found, 1 where something was."""
    ready()
    from diogel.home import today
    from diogel.plan.lint import facts, lint

    plan = plan_of(args)
    found = lint(facts(plan, on=today()))
    if args.json:
        print(json.dumps([each.as_json for each in found], ensure_ascii=False, indent=1))
    elif not found:
        print(NOTHING[args.language].format(code=plan.code))
    else:
        for severity, some in groupby(found, key=lambda each: each.severity):
            print(f"{HEADINGS[args.language][severity]}\n")
            print("\n".join(f"  {each.say(args.language)}  [{each.rule}]" for each in some), end="\n\n")
    return 1 if found else 0
