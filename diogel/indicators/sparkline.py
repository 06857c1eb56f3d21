"""A line the size of a word for a row of a list: the expected range, the counts, and rings on what is odd."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from .found import MonthRow

WIDTH, HIGH, EDGE = 150, 38, 6
MONTHS = 24
LINE, BAND, RING = "#12436D", "#DCE5EC", "#801650"

Spot = tuple[float, float]


def sparkline(monthly: Sequence[MonthRow], odd: Collection[str]) -> str:
    """SVG of the last two years, from zero, without words: the row says in words what it shows. Gaps stay gaps."""
    rows = monthly[-MONTHS:]
    top = max([value for row in rows for value in (row["observed"], row["high"]) if value is not None], default=1) or 1

    def spot(at: int, value: float) -> Spot:
        across = EDGE + (WIDTH - 2 * EDGE) * at / max(len(rows) - 1, 1)
        return round(across, 1), round(HIGH - EDGE - (HIGH - 2 * EDGE) * value / top, 1)

    shapes = [f'<path fill="{BAND}" d="{path}"/>' for path in _bands(rows, spot)]
    shapes += [f'<path fill="none" stroke="{LINE}" stroke-width="1.6" stroke-linejoin="round" d="{path}"/>' for path in _lines(rows, spot)]
    seen = [(at, row) for at, row in enumerate(rows) if row["observed"] is not None]
    if seen:
        x, y = spot(seen[-1][0], seen[-1][1]["observed"] or 0)
        shapes.append(f'<circle cx="{x}" cy="{y}" r="2.4" fill="{LINE}"/>')
    for at, row in seen:
        if row["month"] in odd:
            x, y = spot(at, row["observed"] or 0)
            shapes.append(f'<circle cx="{x}" cy="{y}" r="4" fill="none" stroke="{RING}" stroke-width="1.8"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HIGH}" width="{WIDTH}" height="{HIGH}" aria-hidden="true" '
        f'focusable="false">{"".join(shapes)}</svg>'
    )


def _runs(rows: Sequence[MonthRow], name: str) -> Iterator[list[int]]:
    """Positions of months that follow one another and have the value."""
    run: list[int] = []
    for at, row in enumerate(rows):
        if row[name] is None:  # type: ignore[literal-required]
            if run:
                yield run
            run = []
        else:
            run.append(at)
    if run:
        yield run


def _lines(rows: Sequence[MonthRow], spot) -> Iterator[str]:
    for run in _runs(rows, "observed"):
        yield "M" + "L".join("{} {}".format(*spot(at, rows[at]["observed"])) for at in run)


def _bands(rows: Sequence[MonthRow], spot) -> Iterator[str]:
    for run in _runs(rows, "high"):
        upper = [spot(at, rows[at]["high"]) for at in run]
        lower = [spot(at, rows[at]["low"]) for at in reversed(run)]
        yield "M" + "L".join(f"{x} {y}" for x, y in [*upper, *lower]) + "Z"
