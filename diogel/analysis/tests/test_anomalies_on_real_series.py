"""On thirteen unbroken years of London boroughs the look finds the spring of 2020 and keeps calm in ordinary years."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

from diogel.analysis.anomalies import look
from diogel.analysis.counts import Cube
from diogel.analysis.periods import Month, Quarter, months_from


@pytest.fixture(scope="module")
def london(shared_data: Path) -> Cube:
    """16 boroughs, the categories counted the same way throughout, 2010-04 to 2023-07."""
    counts: dict[tuple[str, str, str], int] = {}
    with gzip.open(shared_data / "london-boroughs" / "mps_borough_month_2023-vintage.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["category"] != "FRAUD AND FORGERY":
                key = row["borough"], row["category"], row["month"]
                counts[key] = counts.get(key, 0) + int(row["count"])
    areas, types = (tuple(sorted({key[at] for key in counts})) for at in (0, 1))
    months = tuple(months_from(Month(2010, 4), Month(2023, 7)))
    values = np.array(
        [[[counts.get((area, type_, str(month)), 0) for month in months] for type_ in types] for area in areas], dtype=np.int64
    )
    return Cube(areas, types, months, values, np.ones((len(areas), len(months)), dtype=bool))


def test_the_spring_of_2020_stands_out_everywhere_and_downwards(london: Cube):
    told = look(cube=london, quarter=Quarter(Month(2020, 6)))
    fallen = {(one.area, one.type) for one in told.unusual if one.direction == "lower"}
    assert {(area, "THEFT") for area in london.areas} <= fallen
    assert sum((area, "BURGLARY") in fallen for area in london.areas) >= 12
    drugs = [one for one in told.unusual if one.type == "DRUG OFFENCES"]
    assert len(drugs) >= 8
    assert {one.direction for one in drugs} == {"higher"}  # more stops on emptier streets


def test_in_ordinary_years_few_series_are_called_unusual(london: Cube):
    looks = [look(cube=london, quarter=Quarter(Month(year, month))) for year, month in ((2015, 3), (2016, 9), (2018, 6), (2019, 12))]
    assert sum(len(told.unusual) for told in looks) / sum(told.looked_at for told in looks) < 0.03
    assert sum(told.outside for told in looks) / sum(told.looked_at for told in looks) < 0.05
