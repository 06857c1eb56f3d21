"""Reads an example's data files: the partnership whole, in both languages, as plain values."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from diogel.home import CHECKOUT

EXAMPLES = ("gwynedd-mon", "wrexham")
FILES = (
    "partnership",
    "assessment",
    "assessment_year",
    "indicators",
    "survey",
    "plan",
    "context",
    "demo",
    "round",
    "plan_life",
    "funding",
    "duties",
    "regional",
    "exchange",
)


def folder() -> Path:
    """Where the data files lie: in a checkout beside the code, in an installed copy inside it."""
    beside = CHECKOUT / "examples"
    return beside if (beside / "README.md").exists() else Path(__file__).resolve().parent / "data"


def read(slug: str) -> dict[str, Any]:
    """All tables of one example, merged; a file that an example does not have is an empty one."""
    whole: dict[str, Any] = {}
    for name in FILES:
        path = folder() / slug / f"{name}.toml"
        if path.exists():
            whole |= {
                key: value
                for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items()
                if key not in whole or name == "partnership"
            }
    return whole
