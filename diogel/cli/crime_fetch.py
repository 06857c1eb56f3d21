"""`diogel crime fetch`: download archives from data.police.uk and load one force's months."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path

from django.utils.translation import gettext as _

from diogel.analysis.periods import Month
from diogel.cli import Refusal
from diogel.crime.downloading import Download, forget
from diogel.crime.fetching import ADDRESS, Fetched, fetch
from diogel.home import made, today

from .counting_ahead import count_ahead
from .drawing_ahead import draw_ahead
from .progress import Progress
from .speaking import add_report, speaking

SETTING = "DIOGEL_POLICE_UK"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--force", required=True, help="the force, as in the names of its files: north-wales")
    parser.add_argument("--from", dest="first", required=True, metavar="YYYY-MM", help="the first month")
    parser.add_argument("--to", dest="last", required=True, metavar="YYYY-MM", help="the last month")
    parser.add_argument("--from-address", metavar="URL", help=f"another site with the same paths; else {SETTING}, else {ADDRESS}")
    parser.add_argument("--into", type=Path, metavar="FOLDER", help="where archives and parts of them lie; else downloads/ in the home")
    parser.add_argument("--keep", action="store_true", help="keep the archives after loading")
    parser.add_argument("--download-only", action="store_true", help="download and check, load nothing, keep the archives")
    add_report(parser, "the report")


def run(args: argparse.Namespace) -> int:
    """0 where all that was asked for has come; 1 where part of it has not, named; 2 where nothing has."""
    with speaking(args):
        return _run(args)


def _run(args: argparse.Namespace) -> int:
    archives = args.into or made() / "downloads"
    with Progress() as progress, tempfile.TemporaryDirectory(prefix="diogel-fetch-") as rows:
        try:
            fetched = fetch(
                force=args.force,
                first=Month.parse(args.first),
                last=Month.parse(args.last),
                archives=archives,
                rows=Path(rows),
                address=args.from_address or os.environ.get(SETTING) or ADDRESS,
                told=lambda archive, got, size: progress.tell(
                    _("%(name)s: %(got)s of %(size)s") % {"name": f"{archive.month}.zip", "got": _mb(got), "size": _mb(size)}
                ),
            )
        except ValueError as fault:
            raise Refusal(str(fault)) from fault
        except OSError as fault:
            raise Refusal(_("%(folder)s cannot be written: %(why)s.") % {"folder": archives, "why": fault.strerror}) from fault
        status, text, loaded = 0, "", None
        if fetched.files and not args.download_only:
            status, text, loaded = _load(fetched, progress)
    if loaded and not args.keep:
        for download in fetched.downloads:
            forget(download.path)
    if args.json:
        print(json.dumps(_as_json(fetched, loaded)))
    else:
        print("\n".join(_lines(fetched, args.force)), text, sep="\n", end="")
    return _status(fetched, status, is_download_only=args.download_only)


def _load(fetched: Fetched, progress: Progress) -> tuple[int, str, dict]:
    """The loader's exit status and its report, as text and as values."""
    from diogel.crime.loading import load
    from diogel.crime.report import as_json, as_text
    from diogel.crime.store import StoreFault

    try:
        report = load(
            fetched.files,
            today=today(),
            told=lambda done, of: progress.tell(_("%(done)s of %(all)s files read") % {"done": done, "all": of}),
        )
    except StoreFault as fault:
        raise Refusal(f"{fault}\n" + _("The archives were kept.")) from fault
    if report.taken:
        count_ahead(progress)
        draw_ahead(progress)
    return report.exit_status, as_text(report), as_json(report)


def _status(fetched: Fetched, loaded: int, *, is_download_only: bool) -> int:
    if loaded == 2 or not (fetched.downloads if is_download_only else fetched.files):
        return 2
    return 1 if loaded or fetched.faults or fetched.missing else 0


def _lines(fetched: Fetched, force: str) -> list[str]:
    lines = [_said(download) for download in fetched.downloads]
    lines += [_("Not fetched: %(name)s. %(reason)s") % {"name": fault.name, "reason": fault.reason} for fault in fetched.faults]
    if fetched.instead:
        lines.append(_("The newest archive that could be had is %(name)s.") % {"name": fetched.instead})
    if fetched.missing:
        months = ", ".join(map(str, fetched.missing))
        words = _("Not in the archives: street files of %(force)s for %(months)s. Nothing is known of these months; that is not zero.")
        lines.append(words % {"force": force, "months": months})
    return lines


def _said(download: Download) -> str:
    if download.is_unchanged:
        return _("%(name)s: unchanged since it was kept.") % {"name": download.path.name}
    if download.resumed_at:
        told = {"name": download.path.name, "size": _mb(download.size), "from": _mb(download.resumed_at)}
        return _("%(name)s: %(size)s, gone on from %(from)s.") % told
    return f"{download.path.name}: {_mb(download.size)}."


def _mb(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def _as_json(fetched: Fetched, loaded: dict | None) -> dict:
    return {
        "archives": [
            {
                "address": download.address,
                "name": download.path.name,
                "bytes": download.size,
                "resumed_at": download.resumed_at,
                "unchanged": download.is_unchanged,
            }
            for download in fetched.downloads
        ],
        "files": [path.name for path in fetched.files],
        "instead": fetched.instead or None,
        "missing": [str(month) for month in fetched.missing],
        "faults": [{"name": fault.name, "code": fault.code, "reason": fault.reason} for fault in fetched.faults],
        "load": loaded,
    }
