"""`diogel example crime`: make 48 months of invented rows and load them into this home's crime store."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from diogel.cli import Refusal

from .progress import Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=_number, help="another number makes other rows; left out, they are the demo's")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="write the monthly files into this folder and leave them there")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(args: argparse.Namespace) -> int:
    """0 where the rows are in the store; a store of real rows is refused and left as it is."""
    from diogel.crime.loading import load
    from diogel.crime.report import as_json, as_text
    from diogel.crime.store import StoreFault, read_store
    from diogel.examples.synthetic import DEMO_EVENTS, DEMO_SEED
    from diogel.examples.synthetic_rows import write_months
    from diogel.home import today

    seed = DEMO_SEED if args.seed is None else args.seed
    try:
        if read_store().kind == "real":
            raise Refusal("This home holds real crime rows, and invented ones are never laid beside them: use another home (DIOGEL_HOME).")
        with Progress() as progress, tempfile.TemporaryDirectory(prefix="diogel-example-") as scratch:
            folder = args.keep or Path(scratch)
            paths = write_months(folder, seed=seed, events=DEMO_EVENTS, written=lambda path: progress.tell(f"{path.parent.name} written"))
            report = load(paths, today=today(), kind="synthetic", told=lambda done, of: progress.tell(f"{done} of {of} months loaded"))
    except StoreFault as fault:
        raise Refusal(str(fault)) from fault
    except OSError as fault:
        raise Refusal(f"{fault.filename or 'The folder'} cannot be written: {fault.strerror}.") from fault
    if args.json:
        print(json.dumps({"seed": seed, **as_json(report)}))
    else:
        print("These rows are invented; they are not a statement about any place or month.")
        print(as_text(report), end="")
    return report.exit_status


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 upwards")
    return int(text)
