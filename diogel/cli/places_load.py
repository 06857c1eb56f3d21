"""`diogel places load`: read lookups, boundaries and populations as ONS publishes them."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from diogel.cli import Refusal

from .progress import Progress
from .speaking import add_report, spoken

ENDINGS = (".csv", ".gz", ".parquet", ".geojson", ".json")
# What others lie in comes first.
ORDER = ("changes", "lookup", "boundaries", "populations")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a CSV, Parquet or GeoJSON file, or a folder of them")
    parser.add_argument(
        "--nation",
        nargs="+",
        choices=["W", "E", "S", "N"],
        default=["W"],
        metavar="LETTER",
        help="first letters of the codes to keep: W Wales (default), E England, S Scotland, N Northern Ireland",
    )
    parser.add_argument("--year", type=int, help="the year of a population table that does not say its own")
    parser.add_argument("--dry-run", action="store_true", help="read and check everything, change nothing")
    add_report(parser, "the report")


@spoken
def run(args: argparse.Namespace) -> int:
    """0: all read; 1: a file was refused, named, and the others stand; 2: nothing loaded."""
    files = _files(args.paths)
    if not files:
        raise Refusal(_("There is no CSV, Parquet or GeoJSON file in what was named; nothing was done."))
    with Progress() as progress:
        told = _load(files, args, progress)
    if args.json:
        print(json.dumps({"dry_run": args.dry_run, "files": told}, ensure_ascii=False))
    else:
        print(*[_line(each) for each in told], sep="\n")
        if args.dry_run:
            print(_("Nothing was changed: this was a dry run."))
    refused = sum(1 for each in told if "refused" in each)
    return 0 if not refused else 2 if refused == len(told) else 1


def _files(paths: list[Path]) -> list[Path]:
    """Every file named, and those in the folders named whose ending may hold places."""
    found = [inside for path in paths for inside in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    return [path for path in dict.fromkeys(found) if not path.is_dir() and (path in paths or path.suffix.lower() in ENDINGS)]


def _load(files: list[Path], args: argparse.Namespace, progress: Progress) -> list[dict[str, Any]]:
    """What became of each file: read first, then stored in the order in which one needs the other."""
    from django.db import transaction

    from diogel.analysis.reading.ons import Reading, Unreadable, read
    from diogel.analysis.reading.ons_reasons import PLACE_REASONS
    from diogel.people.access import Installation
    from diogel.places.loading import NoSuchArea, load_builtin

    readings: list[Reading] = []
    told: dict[Path, dict[str, Any]] = {path: {"file": path.name} for path in files}
    for number, path in enumerate(files, start=1):
        try:
            readings.append(read(path, nations=args.nation, year=args.year))
        except Unreadable as error:
            why = gettext(PLACE_REASONS[error.code]) % dict(error.values) if error.code else str(error)
            told[path] |= {"refused": why, "code": error.code or "unreadable"}
        progress.tell(_("%(done)s of %(all)s files read") % {"done": number, "all": len(files)})
    with transaction.atomic():
        load_builtin(by=Installation())
        for reading in sorted(readings, key=lambda each: ORDER.index(each.what)):
            try:
                told[reading.path] |= _store(reading)
            except NoSuchArea as error:
                told[reading.path] |= {"refused": str(error), "code": "no_such_area"}
            progress.tell(_("%(name)s stored") % {"name": reading.path.name})
        transaction.set_rollback(args.dry_run)
    return list(told.values())


def _store(reading: Any) -> dict[str, Any]:
    from diogel.audit import log
    from diogel.people.access import Installation
    from diogel.places.loading import store

    stored = asdict(store(reading))
    detail = {"file": reading.path.name, "what": reading.what} | stored
    log.record(by=Installation.reference, deed="loaded", subject="places", detail=detail)
    return {
        "what": reading.what,
        "rows": reading.rows,
        "left_out": reading.left_out,
        "note": gettext(reading.note) if reading.note else "",
    } | stored


def _line(told: dict[str, Any]) -> str:
    """One file in one line that a person can read."""
    if "refused" in told:
        return _("Refused: %(label)s. %(reason)s") % {"label": told["file"], "reason": told["refused"]}
    kinds = {"changes": _("changes of codes"), "lookup": _("lookup"), "boundaries": _("outlines"), "populations": _("residents")}
    parts = [_("%(file)s: %(kind)s") % {"file": told["file"], "kind": kinds[told["what"]]}]
    parts += [words % {"n": f"{told[key]:,}"} for key, words in _counted().items() if told[key] or key in ALWAYS]
    return "; ".join(parts) + "." + (f" {told['note']}" if told["note"] else "")


ALWAYS = ("rows", "created", "changed", "unchanged")


def _counted() -> dict[str, str]:
    """What is counted of each file, as labels with a number."""
    return {
        "rows": _("rows: %(n)s"),
        "created": _("new areas: %(n)s"),
        "changed": _("changed: %(n)s"),
        "unchanged": _("as they were: %(n)s"),
        "links": _("new links to what they lie in: %(n)s"),
        "populations": _("figures of residents written: %(n)s"),
        "unknown": _("figures for areas that are not here: %(n)s"),
        "left_out": _("rows of other nations left out: %(n)s"),
    }
