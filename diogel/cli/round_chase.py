"""`diogel round chase`: one letter to each person who has not answered in the open round, at most one a day."""

from __future__ import annotations

import argparse

from .round_open import send, tell
from .round_show import add_round, round_of
from .speaking import spoken


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_round(parser)


@spoken
def run(args: argparse.Namespace) -> int:
    """0: all sent, or everybody had a letter today. 1: some letter could not be sent. 2: the round is not open, or no server answered."""
    from diogel.home import today
    from diogel.people.access import Installation
    from diogel.rounds.running import RoundRefused, chase

    from . import Refusal

    round_ = round_of(args)
    try:
        chase(round_, by=Installation(), on=today())
    except RoundRefused as refusal:
        raise Refusal(str(refusal)) from refusal
    return tell(args, round_, send(round_))
