"""`diogel post send`: send the letters that are queued; safe to kill at any point and to run again."""

from __future__ import annotations

import argparse
import json

from .speaking import add_report, spoken


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--partnership", default="", metavar="SLUG", help="only this partnership's letters (default: all of this home)")
    add_report(parser, "what was done")


@spoken
def run(args: argparse.Namespace) -> int:
    """0: nothing is left to send. 1: some could not be sent, or nobody knows. 2: no server answered, or another run is at it."""
    from django.conf import settings

    from diogel.home import today
    from diogel.post.delivery import send_queued
    from diogel.post.views import sentences

    from .partnerships import partnership_called

    partnership = partnership_called(args.partnership) if args.partnership else None
    done = send_queued(root=settings.SITE_ROOT, on=today(), partnership=partnership)
    print(json.dumps(vars(done)) if args.json else "\n".join(sentences(done)))
    return 0 if done.is_whole else 2 if done.did_nothing else 1
