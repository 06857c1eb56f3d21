"""Works out, draws and keeps how the areas of a force compare; safe to do again, and to be broken off."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from diogel.analysis.charts import Point, small_panel
from diogel.analysis.charts_compared import Range, ranges
from diogel.analysis.counts import Cube
from diogel.analysis.periods import Month
from diogel.home import today
from diogel.places import codes
from diogel.published.drawing import draw_svg

from . import counting
from .compare_found import Compared, RateLine, compared
from .compare_groups import AreaGroup, area_groups
from .hot_found import groups
from .hot_kept import About, current, keep, read
from .hot_kept import about as told_of
from .hot_nightly import NothingToWorkOut
from .hot_words import in_language
from .store import read_store

SET = "compare"
FORCE = "W15000001"
LANGUAGES = ("cy", "en")
Told = Callable[[int, int], None]


def work_out(*, told: Told = lambda done, of: None, again: bool = False) -> bool:
    """Work out every group of areas with every group of types, and keep it; False where nothing has changed, unless `again`.

    NothingToWorkOut where no year is whole; BadList for a list of areas that cannot be used, StoreFault as the store says.
    """
    slug = codes.force_of(FORCE)
    loaded = [month for month in counting.months_loaded(force=slug) if month < Month.of(today())]
    if not loaded:
        raise NothingToWorkOut(_("No crime data are loaded yet, so there is nothing to work out."))
    lists = area_groups(loaded[-1])
    every = sorted({code for one in lists for code in one.counted})
    cube = counting.cube(areas=[*every, FORCE], first=loaded[0], last=loaded[-1])
    mark = _print(cube, lists)
    where = current(SET)
    if where and told_of(where).print == mark and not again:
        return False
    found = [one for areas in lists for group in groups() if (one := compared(areas, group, cube, FORCE))]
    if not found:
        raise NothingToWorkOut(_("No twelve months in a row are known, so no rolling year can be told."))
    source = counting.source(force=slug, first=loaded[0], last=loaded[-1])
    assert source is not None  # a month of this force is loaded
    about = About(
        print=mark, store=read_store().number, is_synthetic=source.kind == "synthetic", is_rough=False, files=source.files,
        loaded_on=source.loaded_on.isoformat(), last=str(loaded[-1]), made_on=today().isoformat(),
        groups=tuple(one.code for one in groups()), own=tuple({"code": one.code, "name_cy": one.name_cy, "name_en": one.name_en} for one in lists),
    )  # fmt: skip
    files: dict[str, str] = {}
    drawn: dict[str, str] = {}
    for done, one in enumerate(found, start=1):
        files[f"{one.areas}.{one.group}.json"] = json.dumps(asdict(one), ensure_ascii=False)
        files |= dict(_drawings(one, drawn))
        told(done, len(found))
    keep(SET, about, files)
    return True


def _drawings(one: Compared, drawn: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The rates of all areas with their limits, wide and narrow, and a small picture of each area's rolling rate."""
    months = [Month.parse(month) for month in one.months]
    for language in LANGUAGES:
        with override(language):
            rows = [
                Range(in_language(line.name_cy, line.name_en), line.rate, line.low, line.high, f"{line.rate:.1f}") for line in one.lines
            ]
            chart = ranges(rows, rule_at=one.force.get("rate"))
            for size, spec in (("wide", chart.wide), ("narrow", chart.narrow)):
                yield f"{one.areas}.{one.group}.{language}.{size}.svg", _draw(spec, language, drawn)
            for code, series in one.series.items():
                panel = small_panel([Point(month, value) for month, value in zip(months, series, strict=True)], missing_label=_("no data"))
                yield f"{one.group}.{code}.{language}.svg", _draw(panel.wide, language, drawn)


def _draw(spec: dict[str, Any], language: str, drawn: dict[str, str]) -> str:
    """The drawing of a specification; what names no month looks alike in both languages, and is drawn once."""
    told = json.dumps(spec, sort_keys=True)
    key = f"{language if '%b' in told or '%B' in told else ''} {told}"
    if key not in drawn:
        drawn[key] = draw_svg(spec, language)
    return drawn[key]


def _print(cube: Cube, lists: tuple[AreaGroup, ...]) -> str:
    digest = hashlib.sha256(_code().encode())
    files = sorted((str(file.key), file.sha256) for file in read_store().files)
    digest.update(cube.values.tobytes() + cube.known.tobytes())
    digest.update(repr((cube.areas, [str(month) for month in cube.months], files, lists)).encode())
    return digest.hexdigest()


@cache
def _code() -> str:
    """A print of what reckons, draws and says."""
    here = Path(__file__).resolve().parent
    analysis = here.parent / "analysis"
    named = ("standing", "rates", "charts", "charts_compared", "chart_house", "groupings")
    sources = [*sorted(here.glob("compare_*.py")), *[analysis / f"{name}.py" for name in named], analysis / "groupings.csv"]
    sources += [path for folder in settings.LOCALE_PATHS for path in sorted(Path(folder).rglob("*.mo"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


@lru_cache(maxsize=64)
def kept_compared(folder: Path, areas: str, group: str) -> Compared | None:
    """One comparison of a kept set; None where it was not made."""
    try:
        values: dict[str, Any] = dict(read(folder, f"{areas}.{group}.json"))
    except FileNotFoundError:
        return None
    values["lines"] = tuple(RateLine(**line) for line in values["lines"])
    values["series"] = {code: tuple(series) for code, series in values["series"].items()}
    whole: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return Compared(**whole)
