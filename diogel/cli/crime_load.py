"""`diogel crime load`: read police.uk monthly street files into the crime store."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from diogel.cli import Refusal
from diogel.crime.loading import UnknownForce, load
from diogel.crime.report import as_json, as_text
from diogel.crime.store import StoreFault
from diogel.home import today

from .counting_ahead import count_ahead
from .drawing_ahead import draw_ahead
from .progress import Progress
from .speaking import add_report, speaking


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a street file (.csv, .csv.gz), a folder, or a zip archive as downloaded"
    )
    parser.add_argument(
        "--force",
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME",
        help="read only files of these forces, as their names have them (north-wales); stands after the paths",
    )
    parser.add_argument("--dry-run", action="store_true", help="read and check everything, change nothing")
    add_report(parser, "the report")


def run(args: argparse.Namespace) -> int:
    """0: all read, flags included; 1: a file was refused, named, and the others stand; 2: nothing loaded."""
    with speaking(args), Progress() as progress:
        from django.utils.translation import gettext as _

        try:
            report = load(
                args.paths,
                today=today(),
                is_dry_run=args.dry_run,
                forces=args.force,
                told=lambda done, of: progress.tell(_("%(done)s of %(all)s files read") % {"done": done, "all": of}),
            )
        except (StoreFault, UnknownForce) as fault:
            raise Refusal(str(fault)) from fault
        if report.taken and not report.is_dry_run:
            count_ahead(progress)
            draw_ahead(progress)
        text = json.dumps(as_json(report)) + "\n" if args.json else as_text(report)
    print(text, end="")
    return report.exit_status
