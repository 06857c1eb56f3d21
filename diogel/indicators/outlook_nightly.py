"""Works out and keeps what the next quarter is likely to hold; safe to do again, and to be broken off. Pages only read it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from diogel.analysis import forecast as forecasting
from diogel.analysis.counts import Cube
from diogel.analysis.periods import Month
from diogel.crime import counting
from diogel.crime.hot_kept import About, current, keep
from diogel.crime.hot_kept import about as told_of
from diogel.crime.hot_nightly import NothingToWorkOut
from diogel.crime.store import read_store
from diogel.home import today
from diogel.places import codes

from . import outlook_found, outlook_shown
from .looking import left_out
from .models import Context
from .outlook_found import LeftOut, Outlook, outlooks, quarter_after, with_sums
from .outlook_kept import name_of_set
from .views_crime import reach_of

SEED = 2022
"""The same rows give the same ranges every night."""
LANGUAGES = ("cy", "en")
Told = Callable[[int, int], None]


def work_out(partnership: Any, *, told: Told = lambda done, of: None, again: bool = False) -> bool:
    """Work out every series and keep it, and draw it in both languages; False where nothing has changed, unless `again`.

    NothingToWorkOut without rows or areas; StoreFault as the store says. `told` hears how many series are drawn, of how many.
    """
    reach = reach_of(partnership)
    if reach is None:
        raise NothingToWorkOut(_("No crime data are loaded yet, so there is nothing to work out."))
    areas = [place.code for place in reach.places]
    force = codes.force_of(areas[0])
    cube = with_sums(counting.cube(areas=areas, first=reach.first, last=reach.last))
    context = list(Context.objects.standing().filter(partnership=partnership).prefetch_related("areas"))
    out = left_out(context, areas)
    mark = _print(cube, out)
    where = current(name_of_set(partnership))
    if where and told_of(where).print == mark and not again:
        return False
    source = counting.source(force=force, first=reach.first, last=reach.last)
    assert source is not None  # a month of this force is loaded
    found = outlooks(cube, left_out=out, rng=np.random.default_rng(SEED))
    about = About(
        print=mark, store=read_store().number, is_synthetic=source.kind == "synthetic", is_rough=False, files=source.files,
        loaded_on=source.loaded_on.isoformat(), last=str(reach.last), made_on=today().isoformat(),
    )  # fmt: skip
    keep(name_of_set(partnership), about, {"series.json": json.dumps([asdict(one) for one in found], ensure_ascii=False)})
    _draw(found, reach.last, told)
    return True


def _draw(found: tuple[Outlook, ...], last: Month, told: Told) -> None:
    shown = [one for one in found if one.state == "told"]
    for done, one in enumerate(shown, start=1):
        for language in LANGUAGES:
            with override(language):
                outlook_shown.drawing_of(one, quarter_after(last))
        told(done, len(shown))


def _print(cube: Cube, out: LeftOut) -> str:
    digest = hashlib.sha256(_code().encode())
    digest.update(cube.values.tobytes() + cube.known.tobytes())
    told = sorted((key, [str(month) for month in months]) for key, months in out.items())
    digest.update(repr((cube.areas, cube.types, [str(month) for month in cube.months], told)).encode())
    return digest.hexdigest()


@cache
def _code() -> str:
    """A print of what reckons, draws and says."""
    analysis = Path(str(forecasting.__file__)).parent
    named = ("forecast", "baseline", "regression", "same_months", "tails", "wander", "charts_ahead", "chart_house")
    sources = [analysis / f"{name}.py" for name in named] + sorted((analysis / "steps").glob("*.py"))
    sources += [Path(str(module.__file__)) for module in (outlook_found, outlook_shown)]
    sources += [path for folder in settings.LOCALE_PATHS for path in sorted(Path(folder).rglob("*.mo"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
