"""Keeps what the night worked out in folders beside the crime store, whole or not at all; pages only read it.

Files and not rows: they are made from the crime store, which is files too, and can be made anew from it at any time, so they belong
into no backup, need no migration when a method changes, and carry drawings of some megabytes that a page takes as they stand.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from diogel.home import home, made

CURRENT = "current"
OLD = 24 * 3600
"""Seconds after which a folder that nobody finished is taken for one left behind."""

Row = TypeVar("Row")


@dataclass(frozen=True, kw_only=True)
class About:
    """What a set of results was made of: the kind of rows, their files, the last month, and the day on which it was worked out.

    `print` is a fingerprint of everything that went in; while it stays, nothing needs to be worked out again. `store` is the
    number of the store's register; a greater one there means that rows have been loaded since.
    """

    print: str
    store: int
    is_synthetic: bool
    is_rough: bool
    files: int
    loaded_on: str
    last: str
    made_on: str
    groups: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    own: tuple[Any, ...] = ()

    @property
    def loaded_on_day(self) -> date:
        return date.fromisoformat(self.loaded_on)

    @property
    def made_on_day(self) -> date:
        return date.fromisoformat(self.made_on)


def folder_of(what: str) -> Path:
    """Where the results called `what` (such as hot-spots/wrexham) are kept."""
    return home() / "worked-out" / what


def current(what: str) -> Path | None:
    """The folder of the results that count, None where there are none."""
    where = folder_of(what)
    try:
        named = where / (where / CURRENT).read_text(encoding="utf-8").strip()
    except OSError:
        return None
    return named if (named / "about.json").exists() else None


def keep(what: str, about: About, files: Mapping[str, str]) -> Path:
    """Lay the files of one set beside the one that counts, then make them count in one rename. Broken off, the old ones stand."""
    where = folder_of(what)
    made()
    where.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="new-", dir=where))
    told = json.dumps(asdict(about), ensure_ascii=False, indent=1)
    for name, text in {**files, "about.json": told}.items():
        (scratch / name).write_text(text, encoding="utf-8")
    named = where / scratch.name.replace("new-", f"{about.made_on}-", 1)
    scratch.rename(named)
    pointer = where / f"{named.name}.pointer"
    pointer.write_text(named.name, encoding="utf-8")
    os.replace(pointer, where / CURRENT)
    _sweep(where, named)
    return named


def _sweep(where: Path, named: Path) -> None:
    """Remove older sets; one that a page is just reading is not missed, as it reads each file once. What is half made is left a day."""
    for path in where.iterdir():
        if path.is_dir() and path != named and (not path.name.startswith("new-") or time.time() - path.stat().st_mtime > OLD):
            shutil.rmtree(path, ignore_errors=True)


def about(folder: Path) -> About:
    return About(**_json(folder / "about.json"))


@lru_cache(maxsize=64)
def _json(path: Path) -> Any:
    """A file of a set never changes: another set lies in another folder."""
    return json.loads(path.read_text(encoding="utf-8"))


def read(folder: Path, name: str) -> Any:
    """The values of one JSON file of a set."""
    return _json(folder / name)


def text(folder: Path, name: str) -> str:
    """One file of a set as text; nothing where it was not made."""
    try:
        return (folder / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
