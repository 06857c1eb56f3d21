"""`diogel assessment build`: the assessment document and its public summary, in both languages and all formats."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from .assessment_show import add_arguments as add_assessment
from .assessment_show import assessment_of
from .packs import folder, releases_of, tell
from .ready import ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_assessment(parser)
    parser.add_argument("--out", required=True, type=folder, metavar="DIR", help="the folder to write to; it is made where it is not there")
    parser.add_argument("--draft", action="store_true", help="build it though something is missing; DRAFT stands on every page")
    parser.add_argument("--releases", type=Path, metavar="FILE", help="JSON list of false alarms released, as for a quarter's pack")


def run(args: argparse.Namespace) -> int:
    """0: all files are written. 1: refused, each reason named; what had been written before stays as it was."""
    ready()
    from diogel.publishing.assessment_pack import make

    row = assessment_of(args)
    built = make(row, out=args.out, is_draft=args.draft, releases=releases_of(args.releases) if args.releases else ())
    waits = _refusals(row, built)
    return tell(built, refused={"refused": waits}, lines=[each["message_en"] for each in waits], as_json=args.json)


def _refusals(row: Any, built: Any) -> list[dict[str, str]]:
    """Why nothing was written, in both languages."""
    from django.utils.translation import override

    from diogel.publishing.assessment_pack import refusals

    said = []
    for language in ("cy", "en"):
        with override(language):
            said.append(refusals(row, built))
    return [{"message_cy": cy, "message_en": en} for cy, en in zip(*said, strict=True)]
