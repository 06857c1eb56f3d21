"""Keeps drawings on disk under a name made of their data, so that a page draws nothing twice and never shows a stale one."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from django.utils.translation import get_language

from diogel.analysis import chart_house, charts, charts_ahead, charts_control
from diogel.analysis.charts import Chart
from diogel.analysis.hotspots import map as area_map
from diogel.home import home
from diogel.published import drawing

MOST = 3000
"""Drawings kept; when there are more, the oldest third goes."""


@dataclass(frozen=True)
class Drawn:
    """One chart in one language, as SVG for wide and for narrow pages."""

    wide: str
    narrow: str


def drawn(data: object, chart: Callable[[], Chart]) -> Drawn:
    """The drawing of `data` in the language of the page; `chart` is called only where it is not kept yet.

    `data` is everything the chart is made of, as values whose `repr` is theirs alone: numbers, months, words, tuples of these.
    """
    return cast("Drawn", kept(data, lambda: _of(chart())))


def kept(data: object, draw: Callable[[], Drawn | None]) -> Drawn | None:
    """The drawing of `data` in the language of the page; `draw` is called only where it is not kept yet, and what it cannot draw is
    not kept."""
    language = (get_language() or "en")[:2]
    name = hashlib.sha256(repr((_code(), language, data)).encode()).hexdigest()
    path = home() / "drawings" / name[:2] / f"{name}.json"
    if (held := _read(path)) is not None:
        return held
    if (fresh := draw()) is not None:
        _keep(path, fresh)
    return fresh


def _of(made: Chart) -> Drawn:
    language = (get_language() or "en")[:2]
    wide = drawing.draw_svg(made.wide, language)
    return Drawn(wide, wide if made.narrow == made.wide else drawing.draw_svg(made.narrow, language))


def _read(path: Path) -> Drawn | None:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Drawn(told["wide"], told.get("narrow", told["wide"]))
    except (OSError, ValueError, KeyError):
        return None


def _keep(path: Path, fresh: Drawn) -> None:
    """Written beside its place and then renamed: another process reads a whole drawing or none. A full disk costs only time."""
    told = {"wide": fresh.wide} | ({} if fresh.narrow == fresh.wide else {"narrow": fresh.narrow})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, scratch = tempfile.mkstemp(dir=path.parent, suffix=".new")
        with os.fdopen(number, "w", encoding="utf-8") as out:
            json.dump(told, out)
        Path(scratch).replace(path)
        _make_room(path.parent.parent)
    except OSError:
        return


def _make_room(folder: Path) -> None:
    kept = list(folder.glob("*/*.json"))
    if len(kept) > MOST:
        for path in sorted(kept, key=lambda each: each.stat().st_mtime)[: MOST // 3]:
            path.unlink(missing_ok=True)


@cache
def _code() -> str:
    """A print of the code that draws: a new version of Diogel draws anew."""
    sources = [Path(str(module.__file__)).read_bytes() for module in (chart_house, charts, charts_ahead, charts_control, area_map, drawing)]
    return hashlib.sha256(b"".join(sources)).hexdigest()[:16]
