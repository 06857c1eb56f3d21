"""`diogel words import`: a translator's file comes back; what fits is saved as drafts, what does not is named."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from . import Refusal
from .partnerships import add_partnership, partnership_called
from .ready import ready

NOT_SAVED = ("stale", "refused")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_partnership(parser)
    parser.add_argument("file", type=Path, metavar="FILE", help="the file as the translator sent it back, .xlf or .xlsx")
    parser.add_argument("--dry-run", action="store_true", help="say what would be saved, and save nothing")
    parser.add_argument("--language", choices=("cy", "en"), default="en", help="the language of the reasons (default: en)")
    parser.add_argument("--json", action="store_true", help="print what became of each sentence as JSON")


def run(args: argparse.Namespace) -> int:
    """0: everything that was translated is saved, as drafts that somebody has still to check. 1: some sentences were refused, each with its
    reason. 2: the file was not read, and nothing is saved."""
    try:
        data = args.file.read_bytes()
    except OSError as fault:
        raise Refusal(f"{args.file} cannot be read: {fault.strerror}.") from None
    ready()
    from django.utils.translation import override

    from diogel.people.access import Installation
    from diogel.web.words_file_views import read
    from diogel.web.words_files import BadFile
    from diogel.web.words_returned import judged, save

    partnership, by = partnership_called(args.partnership), Installation()
    with override(args.language):
        try:
            verdicts = judged(read(data), by, partnership)
        except BadFile as wrong:
            raise Refusal(str(wrong)) from None
        changed = {each.came.mark: each for each in (() if args.dry_run else save(verdicts, by=by, partnership=partnership))}
        told = [changed.get(each.came.mark, each) for each in verdicts]
        _tell(told, is_dry=args.dry_run, as_json=args.json)
    return 1 if any(each.becomes in NOT_SAVED for each in told) else 0


def _tell(told: list, *, is_dry: bool, as_json: bool) -> None:
    if as_json:
        rows = [{"mark": each.came.mark, "at": each.came.at, "becomes": each.becomes, "why": each.why} for each in told]
        print(json.dumps({"dry_run": is_dry, "sentences": rows}, ensure_ascii=False, indent=1))
        return
    for each in told:
        if each.why:
            print(f"{each.came.at}: {each.where or each.came.mark}: {each.why}", file=sys.stderr)
    counts = Counter(each.becomes for each in told)
    saved = "would be saved" if is_dry else "saved as drafts"
    print(f"{counts['taken']} {saved}, {counts['same']} already so, {counts['empty']} not translated, "
          f"{counts['stale']} changed meanwhile, {counts['refused']} not read.")  # fmt: skip
