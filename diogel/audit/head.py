"""The head of the log as it stands outside the database: a small file in the home."""

from __future__ import annotations

import json
from pathlib import Path

from diogel.home import made

HEAD_FILE = "audit-head.json"


def write_head_file(number: int, seal: str) -> None:
    """The head also stands beside the database, so that rows cut from the end are missed."""
    path = made() / HEAD_FILE
    scratch = path.with_suffix(".new")
    scratch.write_text(json.dumps({"length": number, "head": seal}) + "\n", encoding="utf-8")
    scratch.replace(path)


def read_head_file(path: Path) -> tuple[int, str] | None:
    """Length and last seal; None where there is no such file."""
    if not path.exists():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    return int(kept["length"]), str(kept["head"])
