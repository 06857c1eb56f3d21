"""`diogel assessment build`: the assessment document and its public summary, in both languages and all formats."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from .assessment_show import add_arguments as add_assessment
from .assessment_show import assessment_of
from .pack_quarter import releases_of
from .ready import ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_assessment(parser)
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="the folder to write to; it is made where it is not there")
    parser.add_argument("--draft", action="store_true", help="build it though something is missing; DRAFT stands on every page")
    parser.add_argument("--releases", type=Path, metavar="FILE", help="JSON list of false alarms released, as for a quarter's pack")


def run(args: argparse.Namespace) -> int:
    """0: all files are written. 1: refused, each reason named; what had been written before stays as it was."""
    ready()
    from diogel.publishing.assessment_pack import make

    row = assessment_of(args)
    built = make(row, out=args.out, is_draft=args.draft, releases=releases_of(args.releases) if args.releases else ())
    told = as_json(row, built)
    if args.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for each in told["refused"]:
            print(each["message_en"], file=sys.stderr)
        for leak in told["leaks"]:
            print(f"{leak['file']}, {leak['where']}: {leak['kind']} [{leak['key']}]", file=sys.stderr)
        print("Nothing was written. Build a draft with --draft." if built.refused else f"{len(built.written)} files written to {args.out}")
    return 1 if built.refused else 0


def as_json(row: Any, built: Any) -> dict[str, Any]:
    """What was written, or why not, in both languages."""
    from django.utils.translation import override

    from diogel.publishing.assessment_pack import refusals

    said = []
    for language in ("cy", "en"):
        with override(language):
            said.append(refusals(row, built))
    return {
        "folder": str(built.folder),
        "files": [str(path.relative_to(built.folder)) for path in built.written],
        "refused": [{"message_cy": cy, "message_en": en} for cy, en in zip(*said, strict=True)],
        "leaks": [{"file": leak.file, "where": leak.where, "kind": leak.kind, "key": leak.key} for leak in built.leaks],
    }
