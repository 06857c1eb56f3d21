"""What the verbs that build a pack have in common: what they ask, and how they say what came of it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from . import Refusal


def add_pack(parser: argparse.ArgumentParser) -> None:
    """What every pack asks: where to, whether as a draft, and which finds are answered for."""
    parser.add_argument("--out", required=True, type=folder, metavar="DIR", help="the folder to write to; it is made where it is not there")
    parser.add_argument(
        "--draft", action="store_true", help="build it though something is unanswered or unchecked; DRAFT stands on every page"
    )
    parser.add_argument(
        "--releases",
        type=Path,
        metavar="FILE",
        help="JSON list of false alarms released, each with key, by {cy, en} (a role) and reason {cy, en}; the certificate keeps them",
    )
    parser.add_argument("--json", action="store_true", help="print the files and findings as JSON")


def folder(text: str) -> Path:
    """A folder to write to, there already or not; refused where a file stands in its place or in the way to it."""
    path = Path(text)
    nearest = next((each for each in (path, *path.parents) if each.exists()), path)
    if nearest.exists() and not nearest.is_dir():
        raise argparse.ArgumentTypeError(f"{nearest} is a file. What is built is several files: name a folder for them.")
    return path


def releases_of(path: Path) -> tuple:
    """The releases that a file holds; refused where it holds none, or one names somebody."""
    from diogel.published.blocks import Pair
    from diogel.publishing.scan import Release
    from diogel.publishing.snapshot_scan import names_someone

    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        given = tuple(Release(row["key"], Pair(**row["by"]), Pair(**row["reason"])) for row in rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refusal(
            f"{path} does not hold releases: {error}. Write a list of objects with key, by and reason, each in cy and en."
        ) from None
    if names_someone(*(text for each in given for pair in (each.by, each.reason) for text in (pair.cy, pair.en))):
        raise Refusal(f"A release in {path} names somebody on file, and the certificate is public. Say which role decided, and why.")
    return given


def tell(built: Any, *, refused: Mapping[str, Any], lines: Iterable[str], as_json: bool) -> int:
    """Say it at the terminal, or as JSON on stdout; the exit status. `built` has the folder, the files written and the leaks found;
    `refused` is what the JSON tells of why nothing was written, and `lines` what a reader is told of it."""
    if as_json:
        told = {
            "folder": str(built.folder),
            "files": [str(path.relative_to(built.folder)) for path in built.written],
            **refused,
            "leaks": [{"file": leak.file, "where": leak.where, "kind": leak.kind, "key": leak.key} for leak in built.leaks],
        }
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        found = [f"{leak.file}, {leak.where}: {leak.kind}: {leak.excerpt} [{leak.key}]" for leak in built.leaks]
        for line in [*filter(None, lines), *found]:
            print(line, file=sys.stderr)
        if built.written:
            print(f"{len(built.written)} files written to {built.folder}")
        else:
            print("Nothing was written. Mend what stands above, or build a draft with --draft.", file=sys.stderr)
    return 0 if built.written else 1
