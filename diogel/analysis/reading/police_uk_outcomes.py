"""Reads a monthly police.uk file of outcomes: what became of crimes, one row an outcome, which is not one row a crime."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .coded import Reason
from .police_uk import REPORTERS, FileKey, Unreadable
from .police_uk_monthly import key_of, point_of, rows_of

COLUMNS = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name", "Outcome type",
)  # fmt: skip

OUTCOMES = (
    "Action to be taken by another organisation",
    "Awaiting court outcome",
    "Court case unable to proceed",
    "Court result unavailable",
    "Defendant found not guilty",
    "Defendant sent to Crown Court",
    "Formal action is not in the public interest",
    "Further action is not in the public interest",
    "Further investigation is not in the public interest",
    "Investigation complete; no suspect identified",
    "Local resolution",
    "Offender deprived of property",
    "Offender fined",
    "Offender given a caution",
    "Offender given a drugs possession warning",
    "Offender given absolute discharge",
    "Offender given community sentence",
    "Offender given conditional discharge",
    "Offender given penalty notice",
    "Offender given suspended prison sentence",
    "Offender ordered to pay compensation",
    "Offender otherwise dealt with",
    "Offender sent to prison",
    "Status update unavailable",
    "Suspect charged",
    "Suspect charged as part of another case",
    "Unable to prosecute suspect",
    "Under investigation",
)
"""Outcome types in the order of their names."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcomes:
    """Good rows of one file, every column of the length of `outcomes`; `rows` = good rows + `refused` (line, reason).

    `crime_ids` and `lsoas` are None where blank. `points` float64 (rows, 2): longitude and latitude, NaN without a place.
    `unknown` counts outcomes that are not in OUTCOMES, `other_reporters` rows of another force; both are told and kept.
    """

    key: FileKey
    rows: int
    refused: tuple[tuple[int, Reason], ...]
    crime_ids: tuple[str | None, ...]
    lsoas: tuple[str | None, ...]
    outcomes: tuple[str, ...]
    points: NDArray[np.float64]
    unknown: Mapping[str, int]
    other_reporters: Mapping[str, int]

    @property
    def crimes(self) -> int:
        """Different Crime IDs. One crime has a row for each suspect charged, so rows are not crimes."""
        return len({crime for crime in self.crime_ids if crime})

    @property
    def without_crime_id(self) -> int:
        return self.crime_ids.count(None)

    def crimes_by_outcome(self) -> dict[str, int]:
        """Crimes that had each outcome in this month, each crime once an outcome; rows without a Crime ID count each."""
        once = {(crime, outcome) for crime, outcome in zip(self.crime_ids, self.outcomes, strict=True) if crime}
        counts = Counter(outcome for _, outcome in once)
        counts.update(outcome for crime, outcome in zip(self.crime_ids, self.outcomes, strict=True) if not crime)
        return dict(sorted(counts.items()))


def read(path: Path) -> Outcomes:
    """Read `YYYY-MM-force-outcomes.csv`, plain or packed by gzip. Unreadable, in one sentence, where no row can be trusted."""
    key = key_of(path.name, "outcomes")
    refused: list[tuple[int, Reason]] = []
    good: list[tuple[str | None, str | None, str, tuple[float, float]]] = []
    reporters: Counter[str] = Counter()
    other_month = 0
    for number, cells in rows_of(path, COLUMNS, "outcomes"):
        if isinstance(cells, str):
            refused.append((number, cells))
            continue
        crime, month, reporter, _, longitude, latitude, _, lsoa, _, outcome = cells
        point = point_of(longitude, latitude)
        if month != str(key.month):
            other_month += 1
            refused.append((number, Reason.of("row_other_month")))
        elif not outcome:
            refused.append((number, Reason.of("row_no_outcome")))
        elif isinstance(point, str):
            refused.append((number, point))
        else:
            reporters[reporter] += REPORTERS.get(reporter, key.force) != key.force
            good.append((crime or None, lsoa or None, outcome, point or (np.nan, np.nan)))
    rows = len(good) + len(refused)
    unknown = Counter(outcome for _, _, outcome, _ in good if outcome not in OUTCOMES)
    _check_whole(rows, other_month, unknown.total(), key)
    columns = list(zip(*good, strict=True)) or [(), (), (), ()]
    return Outcomes(
        key=key, rows=rows, refused=tuple(refused), crime_ids=columns[0], lsoas=columns[1], outcomes=columns[2],
        points=np.array(columns[3], dtype=float).reshape(-1, 2), unknown=dict(unknown), other_reporters=dict(+reporters),
    )  # fmt: skip


def _check_whole(rows: int, other_month: int, unknown: int, key: FileKey) -> None:
    if not rows:
        raise Unreadable.because("no_rows")
    if other_month * 2 > rows:
        raise Unreadable.because("other_months", month=key.month, n=f"{other_month:,}", rows=f"{rows:,}")
    if unknown * 2 > rows:
        raise Unreadable.because("unknown_outcomes", n=f"{unknown:,}", rows=f"{rows:,}")
