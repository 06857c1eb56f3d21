"""The language in which a verb speaks to the person at the keyboard: the one that is asked for, else that of their terminal."""

from __future__ import annotations

import argparse
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from .ready import ready, set_up

Run = Callable[[argparse.Namespace], int]

ASKED = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where a terminal says its language, the strongest first."""


def add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--language", choices=["cy", "en"], help="the language of the report; else that of the terminal (LANG), else English"
    )


def add_report(parser: argparse.ArgumentParser, what: str) -> None:
    """Whether `what` is told to a reader, in which language, or to a program."""
    parser.add_argument("--json", action="store_true", help=f"print {what} as JSON")
    add_language(parser)


def spoken(run: Run) -> Run:
    """A verb that needs the database and speaks the language of the person at the keyboard."""

    @wraps(run)
    def spoken_run(args: argparse.Namespace) -> int:
        ready()
        with speaking(args):
            return run(args)

    return spoken_run


def language_of(args: argparse.Namespace) -> str:
    """`cy` or `en`."""
    if args.language:
        return str(args.language)
    said = next((text for name in ASKED if (text := os.environ.get(name))), "")
    return "cy" if said.lower().startswith("cy") else "en"


@contextmanager
def speaking(args: argparse.Namespace) -> Iterator[None]:
    """Everything said inside is in that language. Nothing is written for it: a home that is not there is not made."""
    from django.apps import apps
    from django.utils.translation import override

    from diogel.home import home

    if not home().exists():
        os.environ.setdefault("DIOGEL_SECRET", secrets.token_urlsafe(50))  # else set-up would make a home to keep one in
    if not apps.ready:
        set_up()
    with override(language_of(args)):
        yield
