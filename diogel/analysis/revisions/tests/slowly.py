"""The slow obvious twin: every sum of revisions by going through all cells one at a time."""

from __future__ import annotations

from collections import Counter

from diogel.analysis.counts import Cube


def sums(older: Cube, newer: Cube) -> dict[tuple[str, str], Counter]:
    """(`type`, `area` or `month`, label) and ("whole", "") to cells, up, down, was and now; nothing is taken for re-coded."""
    found: dict[tuple[str, str], Counter] = {}
    for area in older.areas:
        for type_ in older.types:
            for month in older.months:
                if area not in newer.areas or type_ not in newer.types or month not in newer.months:
                    continue
                cells = []
                for cube in (older, newer):
                    counts, known = cube.series(area, type_)
                    at = cube.months.index(month)
                    cells.append(int(counts[at]) if known[at] else None)
                was, now = cells
                for key in (("type", type_), ("area", area), ("month", str(month)), ("whole", "")):
                    tally = found.setdefault(key, Counter())
                    if was is not None and now is not None:
                        tally.update(cells=1, up=now > was, down=now < was, was=was, now=now)
    return found


def kept(older: Cube, newer: Cube, types: list[str], months: list) -> float:
    """The part of a move between these types that is found again in the same area and month."""
    lost = gained = astray = 0
    for area in older.areas:
        for month in months:
            net = 0
            for type_ in types:
                was, now = (
                    int(cube.series(area, type_)[0][cube.months.index(month)]) if type_ in cube.types else 0 for cube in (older, newer)
                )
                net += now - was
                lost, gained = lost + max(was - now, 0), gained + max(now - was, 0)
            astray += abs(net)
    return 1 - astray / max(lost, gained, 1)
