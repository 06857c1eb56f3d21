"""`diogel words export`: one file for a translator, with every sentence that waits, its context and what was said before."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from . import Refusal
from .partnerships import add_partnership, partnership_called
from .ready import ready

FORMS = ("xlf", "xlsx")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_partnership(parser)
    parser.add_argument("--into", choices=("cy", "en"), default="", help="only what is to be put into this language (default: both)")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="the file to write; it ends in .xlf (XLIFF 1.2) or .xlsx")
    parser.add_argument("--language", choices=("cy", "en"), default="en", help="the language of heads and notes (default: en)")
    parser.add_argument("--json", action="store_true", help="print how many sentences stand in it as JSON")


def run(args: argparse.Namespace) -> int:
    """0 where the file is written, also with nothing in it."""
    form = args.out.suffix.removeprefix(".")
    if form not in FORMS:
        raise Refusal(f"{args.out.name} ends neither in .xlf nor in .xlsx. The ending says which of the two is written.")
    ready()
    from django.utils.translation import override

    from diogel.people.access import Installation
    from diogel.web.words_file_views import made
    from diogel.web.words_units import units

    partnership = partnership_called(args.partnership)
    with override(args.language):
        found = units(Installation(), partnership, into=args.into)
        data = made(found, partnership, form)
    try:
        args.out.write_bytes(data)
    except OSError as fault:
        raise Refusal(f"{args.out} cannot be written: {fault.strerror}.") from None
    told = {"file": str(args.out), "cy": sum(each.into == "cy" for each in found), "en": sum(each.into == "en" for each in found)}
    if args.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print(f"{len(found)} sentences written to {args.out}: {told['cy']} into Welsh, {told['en']} into English.")
    return 0
