"""`diogel crime load`: read police.uk monthly street files into the crime store."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from diogel.cli import Refusal
from diogel.crime.loading import load
from diogel.crime.report import as_json, as_text
from diogel.crime.store import StoreFault
from diogel.home import today

from .progress import Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a street file (.csv, .csv.gz), a folder, or a zip archive as downloaded"
    )
    parser.add_argument("--dry-run", action="store_true", help="read and check everything, change nothing")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(args: argparse.Namespace) -> int:
    """0: all read, flags included; 1: a file was refused, named, and the others stand; 2: nothing loaded."""
    with Progress() as progress:
        try:
            report = load(
                args.paths,
                today=today(),
                is_dry_run=args.dry_run,
                told=lambda done, of: progress.tell(f"{done} of {of} files read"),
            )
        except StoreFault as fault:
            raise Refusal(str(fault)) from fault
    print(json.dumps(as_json(report)) if args.json else as_text(report), end="\n" if args.json else "")
    return report.exit_status
