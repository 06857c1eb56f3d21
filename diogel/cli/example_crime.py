"""`diogel example crime`: make 48 months of invented rows and load them into this home's crime store."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from diogel.cli import Refusal

from .counting_ahead import count_ahead
from .drawing_ahead import draw_ahead
from .progress import Progress
from .speaking import add_report, speaking


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=_number, help="another number makes other rows; left out, they are the demo's")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="write the monthly files into this folder and leave them there")
    add_report(parser, "the report")


def run(args: argparse.Namespace) -> int:
    """0 where the rows are in the store; a store of real rows is refused and left as it is."""
    with speaking(args):
        return _run(args)


def _run(args: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from diogel.crime.loading import load
    from diogel.crime.report import as_json, as_text
    from diogel.crime.store import StoreFault, read_store
    from diogel.examples.synthetic import DEMO_EVENTS, DEMO_SEED
    from diogel.examples.synthetic_rows import write_months
    from diogel.home import today

    seed = DEMO_SEED if args.seed is None else args.seed
    try:
        if read_store().kind == "real":
            raise Refusal(
                _("This home holds real crime rows, and invented ones are never laid beside them: use another home (DIOGEL_HOME).")
            )
        with Progress() as progress, tempfile.TemporaryDirectory(prefix="diogel-example-") as scratch:
            folder = args.keep or Path(scratch)
            paths = write_months(
                folder,
                seed=seed,
                events=DEMO_EVENTS,
                written=lambda path: progress.tell(_("%(name)s written") % {"name": path.parent.name}),
            )
            report = load(
                paths,
                today=today(),
                kind="synthetic",
                told=lambda done, of: progress.tell(_("%(done)s of %(all)s months loaded") % {"done": done, "all": of}),
            )
            if report.taken:
                count_ahead(progress)
                draw_ahead(progress)
    except StoreFault as fault:
        raise Refusal(str(fault)) from fault
    except OSError as fault:
        told = {"folder": fault.filename or args.keep or tempfile.gettempdir(), "why": fault.strerror}
        raise Refusal(_("%(folder)s cannot be written: %(why)s.") % told) from fault
    if args.json:
        print(json.dumps({"seed": seed, **as_json(report)}))
    else:
        print(_("These rows are invented; they are not a statement about any place or month."))
        print(as_text(report), end="")
    return report.exit_status


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 upwards")
    return int(text)
