"""`diogel round open`: open a quarter's round and send what it asks for; killed at any point and run again it repeats nothing."""

from __future__ import annotations

import argparse
import json
from typing import Any

from .round_show import add_round, as_text, plain
from .speaking import spoken


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_round(parser)
    parser.add_argument("--plan", default="", help="the plan's code, such as 2021-22 (default: the one in force at the quarter's end)")
    parser.add_argument("--chase", action="store_true", help="also write to everyone who is late, at most once a day")
    parser.add_argument("--no-send", action="store_true", help="queue the letters and send none")


@spoken
def run(args: argparse.Namespace) -> int:
    """0: all sent. 1: some letter could not be sent, or nobody knows. 2: nothing was opened, or no server answered."""
    from django.db import transaction

    from diogel.home import today
    from diogel.people.access import Installation
    from diogel.rounds.running import RoundRefused, chase, open_round

    from . import Refusal

    try:
        with transaction.atomic():  # what cannot be opened is not left prepared
            round_ = _prepared(args)
            if round_.is_prepared:
                open_round(round_, by=Installation(), on=today())
        if args.chase and round_.is_open and today() > round_.due_on:
            chase(round_, by=Installation(), on=today())
    except RoundRefused as refusal:
        raise Refusal(str(refusal)) from refusal
    done = None if args.no_send else send(round_)
    return tell(args, round_, done)


def _prepared(args: argparse.Namespace) -> Any:
    """The round of this plan and quarter, prepared now where nobody has."""
    from django.utils.translation import gettext as _

    from diogel.analysis.periods import Quarter
    from diogel.home import today
    from diogel.people.access import Installation
    from diogel.rounds.models import Round
    from diogel.rounds.running import ASKED_OF, prepare_round

    from . import Refusal
    from .partnerships import partnership_called

    partnership = partnership_called(args.partnership)
    try:
        quarter = Quarter.parse(args.quarter_ending) if args.quarter_ending else Quarter.before(today())
    except ValueError as error:
        raise Refusal(str(error)) from error
    plans = partnership.plans.standing()
    now = partnership.plans.in_force(quarter.last_day).first
    plan = plans.filter(code=args.plan).first() if args.plan else now() or plans.filter(status__in=ASKED_OF).first()
    if plan is None:
        raise Refusal(_("There is no such plan."))
    held = Round.objects.standing().filter(plan=plan, quarter=str(quarter)).select_related("plan", "partnership").first()
    return held or prepare_round(plan, quarter, by=Installation(), on=today())


def send(round_: Any) -> Any:
    """Send the partnership's letters that are queued for today."""
    from django.conf import settings

    from diogel.home import today
    from diogel.post.delivery import send_queued

    return send_queued(root=settings.SITE_ROOT, on=today(), partnership=round_.partnership)


def tell(args: argparse.Namespace, round_: Any, done: Any) -> int:
    """Print how the round stands and what the sending did; the exit status."""
    from diogel.post.views import sentences

    told = plain(round_)
    if args.json:
        print(json.dumps(told | {"sending": vars(done) if done else None}, ensure_ascii=False, indent=1))
    else:
        print("\n".join([as_text(told), *(sentences(done) if done else [])]))
    if done is None or done.is_whole:
        return 0
    return 2 if done.did_nothing else 1
