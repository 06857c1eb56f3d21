"""`diogel audit verify`: is the log whole?"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from diogel.home import home

from . import Refusal
from .ready import ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--head-file", type=Path, help="a copy of audit-head.json, say from a backup or a certificate, to hold the log against"
    )
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")


def run(args: argparse.Namespace) -> int:
    """0 where the chain is whole; 1 with each fault named, the head's file not being there included."""
    ready()
    from diogel.audit import log

    path = args.head_file or home() / log.HEAD_FILE
    if args.head_file and not path.exists():
        raise Refusal(f"There is no file {path}, so the log was held against nothing.")
    try:
        verdict = log.verify(head_file=path)
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal(f"{path} cannot be read as the head of a log. Hold the log against a copy of it: --head-file.") from error
    faults = list(verdict.faults)
    if verdict.length and not path.exists():
        faults.append(
            f"{path} is not there, so nobody can tell whether entries were cut from the end: "
            "hold the log against a copy of it, from a backup (--head-file)"
        )
    if args.json:
        print(json.dumps({"whole": not faults, "length": verdict.length, "head": verdict.head, "faults": faults}))
    elif not faults:
        print(f"The log is whole: {verdict.length} entries, ending {verdict.head[:12] or 'nowhere yet'}.")
    else:
        print(*[f"{fault[0].upper()}{fault[1:]}." for fault in faults], sep="\n")
    return 1 if faults else 0
