"""`diogel audit verify`: is the log whole?"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from .ready import ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--head-file", type=Path, help="a copy of audit-head.json, say from a backup or a certificate, to hold the log against"
    )
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")


def run(args: argparse.Namespace) -> int:
    """0 where the chain is whole; 1 with each fault named."""
    ready()
    from diogel.audit import log

    verdict = log.verify(head_file=args.head_file)
    if args.json:
        print(json.dumps({"whole": verdict.is_whole, "length": verdict.length, "head": verdict.head, "faults": list(verdict.faults)}))
    elif verdict.is_whole:
        print(f"The log is whole: {verdict.length} entries, ending {verdict.head[:12] or 'nowhere yet'}.")
    else:
        print(*[f"{fault[0].upper()}{fault[1:]}." for fault in verdict.faults], sep="\n")
    return 0 if verdict.is_whole else 1
