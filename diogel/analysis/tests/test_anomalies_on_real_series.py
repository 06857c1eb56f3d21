"""On thirteen unbroken years of London boroughs the look finds the spring of 2020 and keeps calm in ordinary years."""

from diogel.analysis.anomalies import look
from diogel.analysis.counts import Cube
from diogel.analysis.periods import Month, Quarter


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
