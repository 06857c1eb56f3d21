"""Where this installation keeps its data, and which day it is there."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent


def home() -> Path:
    """The folder for database, crime store and packs: DIOGEL_HOME, else `var/` of a checkout, else the user's data folder."""
    named = os.environ.get("DIOGEL_HOME")
    if named:
        return Path(named).expanduser().resolve()
    if (CHECKOUT / "pyproject.toml").exists():
        return CHECKOUT / "var"
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "diogel"


def made() -> Path:
    """The home, made where it is not there: for its owner alone, because it comes to hold people's names and what was told in trust."""
    folder = home()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def settings() -> dict[str, Any]:
    """What `home.json` says of this home; empty where there is none."""
    path = home() / "home.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def remember(**values: Any) -> None:
    """Write values into `home.json` beside those that stand there; the file is replaced whole."""
    path = made() / "home.json"
    scratch = path.with_suffix(".new")
    scratch.write_text(json.dumps(settings() | values, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    scratch.replace(path)


def is_demo() -> bool:
    """A demo home holds invented people with known passwords: it is never served beyond this machine."""
    return bool(settings().get("demo"))


def today() -> date:
    """Today, or the demo's own fixed day."""
    fixed = settings().get("today")
    return date.fromisoformat(fixed) if fixed else date.today()


def moment() -> datetime:
    """Now in UTC; in a home with a fixed day, that day at the present time of day."""
    now = datetime.now(UTC)
    fixed = settings().get("today")
    return datetime.combine(date.fromisoformat(fixed), now.timetz()) if fixed else now
