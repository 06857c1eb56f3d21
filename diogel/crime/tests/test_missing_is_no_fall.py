"""A file that holds a tenth of its rows is missing data: the loading rule flags it, and no look ever calls it a fall."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from diogel.analysis.anomalies import look
from diogel.analysis.counts import Cube
from diogel.analysis.explain import Doubts, Names, explain, paragraph
from diogel.analysis.periods import Month, Quarter, months_from
from diogel.analysis.reading.boroughs import FRAUD, read
from diogel.analysis.reading.police_uk import TYPES, FileKey
from diogel.crime.counting import gaps
from diogel.crime.loading import load
from diogel.crime.partial import judge
from diogel.crime.store import open_rows, read_store

FORCE = "dyfed-powys"
SPRING = Quarter(Month(2024, 3))


@pytest.fixture(scope="module")
def dyfed_powys(shared_data, tmp_path_factory) -> Cube:
    """The whole force by type and month, and which months the loading rule lets one know."""
    folder = tmp_path_factory.mktemp("neighbour") / "crime"
    load(sorted((shared_data / "police-uk").glob(f"*/*-{FORCE}-street.csv.gz")), today=date(2025, 6, 1), folder=folder)
    with open_rows(read_store(folder)) as connection:
        found = connection.execute("SELECT left(file, 7), type, count(*) FROM rows GROUP BY ALL").fetchall()
    months = tuple(months_from(Month(2018, 10), Month(2025, 4)))
    values = np.zeros((1, len(TYPES), len(months)), dtype=np.int64)
    for month, type_, count in found:
        values[0, TYPES.index(type_), Month.parse(month).since(months[0])] = count
    left = gaps(first=months[0], last=months[-1], force=FORCE, folder=folder)
    known = np.array([[month not in (*left.missing, *left.partial) for month in months]])
    return Cube((FORCE,), TYPES, months, values, known)


def test_the_months_of_the_gap_hold_a_tenth_and_are_not_known(dyfed_powys):
    at = [month.since(dyfed_powys.months[0]) for month in (*SPRING.months, Month(2024, 4))]
    assert dyfed_powys.values[0].sum(axis=0)[at].tolist() == [1187, 300, 164, 283]
    assert not dyfed_powys.known[0, at].any()
    assert dyfed_powys.known.sum() == 9


def test_a_look_at_the_gap_names_the_months_and_calls_nothing_a_fall(dyfed_powys):
    told = look(cube=dyfed_powys, quarter=SPRING)
    assert {(one.method, one.missing, one.direction) for one in told.findings} == {("missing", SPRING.months, "")}
    assert (told.looked_at, told.unusual) == (0, ())
    told_partial = Doubts(partial=SPRING.months)
    explained, names = (
        explain(told.findings[0], doubts=told_partial),
        Names(what=("Byrgleriaeth", "Burglary"), where=("Dyfed-Powys", "Dyfed-Powys")),
    )
    assert paragraph(explained, names, "en") == (
        "Burglary, Dyfed-Powys, January–March 2024: the data are not complete, so no figure is given. "
        "Months whose files hold far fewer rows than they should: January 2024; February 2024; March 2024."
    )
    assert paragraph(explained, names, "cy") == (
        "Byrgleriaeth, Dyfed-Powys, Ionawr–Mawrth 2024: nid yw’r data’n gyflawn, felly ni roddir ffigur. "
        "Misoedd y mae eu ffeiliau’n cynnwys llawer llai o resi nag y dylent: Ionawr 2024; Chwefror 2024; Mawrth 2024."
    )


def test_the_gap_teaches_nothing_about_the_year_after(dyfed_powys):
    after = look(cube=dyfed_powys, quarter=Quarter(Month(2025, 3)))
    assert {one.method for one in after.findings} == {"too_short"}


def test_the_same_gap_in_a_long_series_would_be_a_fall_of_everything_but_for_the_rule(shared_data):
    """One of London's boroughs with a tenth of its rows in a quarter, as Dyfed-Powys had."""
    whole = read(shared_data / "london-boroughs" / "mps_borough_month_2026-vintage.csv.gz", without=(FRAUD,)).cube
    at = [month.since(whole.months[0]) for month in (Month(2018, 4), Month(2018, 5), Month(2018, 6))]
    values = whole.values.copy()
    values[0][:, at] //= 10
    judged = judge({FileKey(month, "met"): int(rows) for month, rows in zip(whole.months, values[0].sum(axis=0), strict=True)})
    partial = {key.month for key, one in judged.items() if one.is_partial}
    assert partial == {whole.months[one] for one in at}
    known = whole.known.copy()
    known[0, at] = False
    quarter = Quarter(Month(2018, 6))
    blind = look(cube=Cube(whole.areas, whole.types, whole.months, values, whole.known), quarter=quarter)
    told = look(cube=Cube(whole.areas, whole.types, whole.months, values, known), quarter=quarter)
    assert sum(one.direction == "lower" for one in blind.findings if one.area == whole.areas[0]) == len(whole.types)
    assert {(one.method, one.direction) for one in told.findings if one.area == whole.areas[0]} == {("missing", "")}
    following = look(cube=Cube(whole.areas, whole.types, whole.months, values, known), quarter=Quarter(Month(2018, 9)))
    assert not any(one.is_unusual for one in following.findings if one.area == whole.areas[0])
