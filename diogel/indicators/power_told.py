"""What a look could have seen, series by series: whole sentences in both languages, and a table by type.

Each sentence stands here twice, for one reader to check; what is put into it are numbers, and phrases held whole in the form it
needs. Nothing is promised that is not kept: chances are told as the small numbers that are not above them, and are floors: other
looks at the same series see more (docs/methods/power.md).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from diogel.analysis.power import OFTEN_ENOUGH, times_in
from diogel.analysis.reading.police_uk import TYPES

from .found import Series
from .models import crime_type_name

Both = tuple[str, str]

TIMES: dict[tuple[int, int], Both] = {
    (1, 2): ("un waith o bob dwy", "one time in two"),
    (3, 5): ("dair gwaith o bob pump", "three times in five"),
    (5, 8): ("bum gwaith o bob wyth", "five times in eight"),
    (2, 3): ("ddwywaith o bob tair", "two times in three"),
    (7, 10): ("saith gwaith o bob deg", "seven times in ten"),
    (3, 4): ("dair gwaith o bob pedair", "three times in four"),
    (4, 5): ("bedair gwaith o bob pump", "four times in five"),
    (7, 8): ("saith gwaith o bob wyth", "seven times in eight"),
    (9, 10): ("naw gwaith o bob deg", "nine times in ten"),
}
"""Chances from one half up, as they end a Welsh and an English sentence."""

SENTENCES: dict[str, Both] = {
    "half": (
        "Yn y gyfres hon, byddai cynnydd o hanner yn cael ei weld {times} o leiaf.",
        "In this series a rise of half would be seen at least {times}.",
    ),
    "double": (
        "Ni ellir addo y byddai cynnydd o hanner yn cael ei weld yma; byddai dyblu yn cael ei weld {times} o leiaf.",
        "It cannot be promised that a rise of half would be seen here; a doubling would be seen at least {times}.",
    ),
    "beyond": (
        "Ni ellir addo y byddai hyd yn oed dyblu yn cael ei weld yma; byddai {n} yn y chwarter yn cael ei weld bedair gwaith o bob pump o leiaf.",
        "It cannot be promised that even a doubling would be seen here; {n} in the quarter would be seen at least four times in five.",
    ),
    "none": (
        "Disgwylir cyn lleied yma fel na ellir addo y byddai unrhyw gynnydd yn cael ei weld.",
        "So few are expected here that it cannot be promised that any rise would be seen.",
    ),
    "too_short": (
        "Mae’r hanes yma’n rhy fyr i addo y byddai unrhyw newid yn cael ei weld.",
        "The history here is too short to promise that any change would be seen.",
    ),
    "missing": (
        "Nid oes ffeil gyfan ar gyfer pob mis o’r chwarter, felly ni ellir addo y byddai unrhyw newid yma’n cael ei weld.",
        "Not every month of the quarter has a whole file, so it cannot be promised that any change here would be seen.",
    ),
}


def sentence(row: Mapping[str, Any], language: str) -> str:
    """What would have been seen in one series of a look; nothing where it was looked at before this was reckoned."""
    if row["verdict"] in ("missing", "too_short"):
        return _half(SENTENCES[row["verdict"]], language)
    held = row.get("power")
    if not held:
        return ""
    for case, chance in (("half", held["half"]), ("double", held["double"])):
        if chance >= 0.5:
            return _half(SENTENCES[case], language).format(times=_half(TIMES[times_in(chance)], language))
    if held["smallest"] is None:
        return _half(SENTENCES["none"], language)
    return _half(SENTENCES["beyond"], language).format(n=f"{seen_from(row):,}")


def of_series(series: Sequence[Series], *, area: str, type_: str, language: str) -> str:
    """The same of the series of one area and type; nothing where it was not among those looked at."""
    return next((sentence(row, language) for row in series if (row["area"], row["type"]) == (area, type_)), "")


def seen_from(row: Mapping[str, Any]) -> int:
    """The quarter's count at which a rise is seen four times in five, rounded up."""
    return math.ceil(row["expected"] * row["power"]["smallest"])


def in_all(series: Sequence[Mapping[str, Any]]) -> dict[str, int] | None:
    """How many series were looked at, in how many a rise of half is seen often enough, and in how many not even a doubling is.

    None where a look was taken before this was reckoned.
    """
    held = [row["power"] for row in series if row.get("power")]
    if not held:
        return None
    return {
        "of": len(held),
        "half": sum(each["half"] >= OFTEN_ENOUGH for each in held),
        "not_doubled": sum(each["double"] < OFTEN_ENOUGH for each in held),
    }


def by_type(series: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> dict[str, Any] | None:
    """By type and area, the rise that would be seen four times in five, as `dg/table.html` takes it; None as `in_all`."""
    if in_all(series) is None:
        return None
    cells = {(row["type"], row["area"]): _cell(row) for row in series}
    areas = list(dict.fromkeys(row["area"] for row in series))
    types = [name for name in TYPES if any((name, area) in cells for area in areas)]
    rows = [[crime_type_name(name), *(cells.get((name, area), "") for area in areas)] for name in types]
    columns = [{"label": _("Type"), "is_number": False}, *({"label": names.get(area, area), "is_number": False} for area in areas)]
    return {
        "caption": _("By type, the rise that would be seen at least four times in five"),
        "note": _("From what is expected in a quarter to the count that would be seen."),
        "columns": columns,
        "rows": rows,
        "stacks": True,
    }


def _cell(row: Mapping[str, Any]) -> str:
    held = row.get("power")
    if not held:
        return _("nothing can be promised")
    if held["smallest"] is None:
        return _("no rise can be promised")
    ratio = f"{math.ceil(round(held['smallest'] * 10, 6)) / 10:,.1f}"
    return _("from %(low)s to %(high)s (×%(ratio)s)") % {
        "low": expected_words(row["expected"]),
        "high": f"{seen_from(row):,}",
        "ratio": ratio,
    }


def expected_words(expected: float) -> str:
    """Whole from one up; less than one is not told as nought."""
    return f"{expected:,.0f}" if expected >= 1 else f"{expected:.1f}"


def _half(both: Both, language: str) -> str:
    return both[0] if language == "cy" else both[1]
