"""Rows inside a boundary of one's own: which are counted, by what, and of whose files."""

from __future__ import annotations

import json
from datetime import date

import pytest

from diogel.analysis.periods import Month
from diogel.crime.counting import counts
from diogel.crime.inside import counts_inside
from diogel.crime.loading import load

from .street import lay, row

SQUARE = {"type": "Polygon", "coordinates": [[[-4.2, 53.0], [-4.0, 53.0], [-4.0, 53.2], [-4.2, 53.2], [-4.2, 53.0]]]}
ELSEWHERE = {"type": "Polygon", "coordinates": [[[-3.2, 53.0], [-3.0, 53.0], [-3.0, 53.2], [-3.2, 53.2], [-3.2, 53.0]]]}
# Its bounds hold the point of the rows, its ground does not.
BENT = {
    "type": "Polygon",
    "coordinates": [[[-4.2, 53.0], [-4.0, 53.0], [-4.2, 53.05], [-4.2, 53.2], [-4.21, 53.2], [-4.21, 53.0], [-4.2, 53.0]]],
}


@pytest.fixture
def folder(tmp_path):
    """Two months at one point, six rows without a point, and four of another force."""
    given = tmp_path / "given"
    lay(given, "2024-01-north-wales", [*(row("2024-01", n) for n in range(30)), *(row("2024-01", 99 + n, lsoa=("", "")) for n in range(6))])
    lay(given, "2024-02-north-wales", [*(row("2024-02", n) for n in range(25)), *(row("2024-02", n, type_="Drugs") for n in range(3))])
    lay(given, "2024-02-btp", [row("2024-02", n, force="btp") for n in range(4)])
    report = load([given], today=date(2024, 6, 1), folder=tmp_path / "crime")
    assert len(report.taken) == 3
    return tmp_path / "crime"


def inside(folder, geometry=SQUARE, **asked):
    return counts_inside(geometry, code="town", force="north-wales", folder=folder, **asked)


def test_rows_inside_are_counted_by_month_area_and_type(folder):
    assert inside(folder) == [
        {"month": "2024-01", "area": "town", "type": "Burglary", "count": 30},
        {"month": "2024-02", "area": "town", "type": "Burglary", "count": 25},
        {"month": "2024-02", "area": "town", "type": "Drugs", "count": 3},
    ]


def test_keys_months_and_forces_are_those_asked_for(folder):
    assert inside(folder, by=["type"]) == [{"type": "Burglary", "count": 55}, {"type": "Drugs", "count": 3}]
    assert inside(folder, by=["month"], first=Month(2024, 2)) == [{"month": "2024-02", "count": 28}]
    assert inside(folder, by=["month"], last=Month(2024, 1)) == [{"month": "2024-01", "count": 30}]
    assert inside(folder, by=["month"], first=Month(2024, 2), all_forces=True) == [{"month": "2024-02", "count": 32}]


def test_what_lies_in_the_bounds_but_not_on_the_ground_is_outside(folder):
    assert inside(folder, BENT) == []
    assert inside(folder, ELSEWHERE) == []


def test_an_empty_store_holds_nothing(tmp_path):
    assert inside(tmp_path / "none") == []


def test_wrong_questions_are_errors(folder):
    with pytest.raises(ValueError, match="nothing to count by"):
        inside(folder, by=["street"])
    with pytest.raises(ValueError, match="lies before"):
        inside(folder, first=Month(2024, 2), last=Month(2024, 1))


def test_on_the_real_files_most_rows_of_an_authority_lie_in_its_outline(shared_data, tmp_path):
    """Published points are snapped: a few stand across the boundary, and the outline is generalised."""
    outline = next(
        each["geometry"]
        for each in json.loads((shared_data / "geography" / "lad24_north_wales.geojson").read_text(encoding="utf-8"))["features"]
        if each["properties"]["ltla24_code"] == "W06000006"
    )
    load([shared_data / "police-uk" / "2024-01"], today=date(2024, 6, 1), folder=tmp_path / "crime")
    by_code = counts(areas=["W06000006"], by=["month"], folder=tmp_path / "crime")[0]["count"]
    by_point = counts_inside(outline, code="x", force="north-wales", by=["month"], folder=tmp_path / "crime")[0]["count"]
    assert by_point == pytest.approx(by_code, rel=0.02)
