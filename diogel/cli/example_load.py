"""`diogel example load`: an example partnership, or all of them, without crime rows."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from .ready import ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("which", choices=["gwynedd-mon", "wrexham", "all"], help="the example to load")
    parser.add_argument("--json", action="store_true", help="print what was loaded as JSON")


def run(args: argparse.Namespace) -> int:
    """Load it; loading it again changes nothing. Invented people who can sign in are made only in a demo home."""
    ready()
    from django.db import transaction

    from diogel.examples.loading import load
    from diogel.examples.reading import EXAMPLES
    from diogel.home import is_demo

    chosen = EXAMPLES if args.which == "all" else (args.which,)
    told: list[dict[str, Any]] = []
    for slug in chosen:
        if sys.stderr.isatty():
            print(f"Loading {slug}…", file=sys.stderr)
        with transaction.atomic():
            partnership = load(slug, with_people=is_demo())
        plans = [plan.code for plan in partnership.plans.all()]
        told.append({"partnership": slug, "plans": plans, "bodies": partnership.memberships.count(), "groups": partnership.groups.count()})
    if args.json:
        print(json.dumps(told))
    else:
        for each in told:
            print(f"{each['partnership']}: {each['bodies']} bodies, {each['groups']} groups, plan {', '.join(each['plans'])}.")
    return 0
