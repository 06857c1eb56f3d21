"""Crime by London borough: every cell once, noughts told from gaps, and a faulty line refused by name."""

import csv
import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diogel.analysis.periods import Month
from diogel.analysis.reading.boroughs import COLUMNS, FRAUD, read
from diogel.analysis.reading.ons_files import Unreadable

pytestmark = pytest.mark.slow

HEAD = ",".join(COLUMNS)
LINES = (
    "2020-01,Sutton,THEFT,SHOPLIFTING,4",
    "2020-01,Sutton,THEFT,BICYCLE THEFT,1",
    "2020-01,Sutton,ROBBERY,PERSONAL,2",
    "2020-02,Sutton,THEFT,SHOPLIFTING,5",
    "2020-02,Sutton,ROBBERY,PERSONAL,0",
)


def table(tmp_path, *lines, head=HEAD):
    path = tmp_path / "table.csv"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return path


def test_a_category_is_the_sum_of_its_subcategories(tmp_path):
    found = read(table(tmp_path, *LINES))
    assert found.cube.types == ("ROBBERY", "THEFT")
    assert found.cube.values[0].tolist() == [[2, 0], [5, 5]]
    assert found.cube.known.all()
    assert (found.lines, found.absent, found.gaps) == (5, 0, ())


def test_a_subcategory_without_a_line_is_nought_where_its_category_came_and_is_counted(tmp_path):
    found = read(table(tmp_path, *LINES), level="subcategory")
    assert found.cube.types == ("ROBBERY: PERSONAL", "THEFT: BICYCLE THEFT", "THEFT: SHOPLIFTING")
    assert found.cube.values[0].tolist() == [[2, 0], [1, 0], [4, 5]]
    assert (found.absent, found.gaps) == (1, ())


def test_a_month_or_a_category_that_did_not_come_is_not_known_and_never_nought(tmp_path):
    found = read(table(tmp_path, *LINES, "2020-04,Sutton,THEFT,SHOPLIFTING,9"))
    assert found.gaps == (("Sutton", Month(2020, 3)), ("Sutton", Month(2020, 4)))
    assert not found.cube.values[0, :, 2:].any()


def test_what_is_left_out_is_left_out_and_must_be_there(tmp_path):
    assert read(table(tmp_path, *LINES), without=("ROBBERY",)).cube.types == ("THEFT",)
    with pytest.raises(ValueError, match="no category ARSON"):
        read(table(tmp_path, *LINES), without=("ARSON",))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2020-01,Sutton,THEFT,SHOPLIFTING,4", "Line 7 gives this a second time: Sutton, THEFT, SHOPLIFTING, 2020-01"),
        ("2020-13,Sutton,THEFT,SHOPLIFTING,4", "Line 7 has “2020-13” for a month"),
        ("03/2020,Sutton,THEFT,SHOPLIFTING,4", "Line 7 has “03/2020” for a month"),
        ("2020-03,Sutton,THEFT,SHOPLIFTING,-4", "Line 7 has “-4” for a count"),
        ("2020-03,Sutton,THEFT,SHOPLIFTING,4.5", "Line 7 has “4.5” for a count"),
        ("2020-03,Sutton,THEFT,SHOPLIFTING,many", "Line 7 has “many” for a count"),
        ("2020-03,Sutton,THEFT,SHOPLIFTING,", "Line 7 has “” for a count"),
        ("2020-03,,THEFT,SHOPLIFTING,4", "Line 7 has nothing in the column borough"),
        ("2020-03,SUTTON,THEFT,SHOPLIFTING,4", "one name written in two ways"),
        ("2020-03,Sutton,THEFT,SHOPLIFTING,4,5", "do not all have the columns"),
    ],
)
def test_a_faulty_line_is_refused_by_name(tmp_path, line, reason):
    with pytest.raises(Unreadable, match=reason):
        read(table(tmp_path, *LINES, line))


def test_another_file_is_no_table_of_boroughs(tmp_path):
    with pytest.raises(Unreadable, match="no column for subcategory, count"):
        read(table(tmp_path, "2020-01,Sutton,THEFT", head="month,borough,category"))
    with pytest.raises(Unreadable, match="no count"):
        read(table(tmp_path))
    with pytest.raises(ValueError, match="by category or subcategory"):
        read(table(tmp_path, *LINES), level="offence")  # type: ignore[arg-type]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(alphabet='0123456789-,ab.\n"', max_size=30), max_size=6))
def test_any_text_below_the_heading_is_read_whole_or_refused(tmp_path_factory, lines):
    path = table(tmp_path_factory.mktemp("any"), *lines)
    try:
        found = read(path)
    except Unreadable:
        return
    assert found.lines == sum(bool(line.strip('"')) for line in path.read_text(encoding="utf-8").splitlines()[1:])


@pytest.mark.parametrize(("vintage", "lines", "last"), [(2023, 132_472, Month(2023, 7)), (2026, 83_968, Month(2023, 11))])
def test_the_real_vintages_are_whole_but_for_fraud_that_comes_and_goes(shared_data, vintage, lines, last):
    path = shared_data / "london-boroughs" / f"mps_borough_month_{vintage}-vintage.csv.gz"
    whole, found = read(path), read(path, without=(FRAUD,))
    assert (found.lines, len(found.cube.areas), len(found.cube.types), found.gaps) == (lines, 16, 11, ())
    assert (found.cube.months[0], found.cube.months[-1]) == (Month(2010, 4), last)
    assert bool(whole.gaps) == (vintage == 2023)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        told = sum(int(row["count"]) for row in csv.DictReader(file) if row["category"] != FRAUD)
    assert int(found.cube.values.sum()) == told
    assert read(path, level="subcategory", without=(FRAUD,)).cube.values.sum() == told
