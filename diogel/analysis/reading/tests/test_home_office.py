"""Tables of recorded crime by force and by partnership: codes stay text, moved columns go back or are refused."""

import gzip

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from diogel.analysis.periods import Month, Quarter
from diogel.analysis.reading.home_office import GROUPS, NO_FORCE, SUBGROUPS, Unreadable, mended_code, read

HEAD = "Financial Year,Financial Quarter,Force Name,Offence Description,Offence Group,Offence Subgroup,Offence Code,Number of Offences"
MURDER = "2018/19,3,North Wales,Murder,Violence against the person,Homicide,1,2"
AUTUMN_2018, SUMMER_2020 = Quarter(Month(2018, 12)), Quarter(Month(2020, 9))


def table(tmp_path, *lines, head=HEAD):
    path = tmp_path / "prc.csv"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return path


def test_a_financial_quarter_is_the_months_it_names(tmp_path):
    found = read(table(tmp_path, MURDER, MURDER.replace("2018/19,3", "2018/19,4"), MURDER.replace("2018/19,3", "1999/00,1")))
    assert [row.quarter for row in found.rows] == [AUTUMN_2018, Quarter(Month(2019, 3)), Quarter(Month(1999, 6))]
    assert found.level == "force"


def test_a_quarter_that_did_not_come_has_no_total(tmp_path):
    found = read(table(tmp_path, MURDER))
    assert found.total(AUTUMN_2018, force="North Wales") == 2
    assert found.total(SUMMER_2020, force="North Wales") is None
    assert found.quarters == (AUTUMN_2018,)


def test_the_table_of_partnerships_tells_them_apart(tmp_path):
    head = HEAD.replace("Force Name,", "Force Name,CSP Name,ONS Code,").replace("Number of Offences", "Offence Count")
    lines = [
        MURDER.replace("North Wales,", f"North Wales,{name},{code},") for name, code in (("Gwynedd", "W14000002"), ("Conwy", "W14000003"))
    ]
    found = read(table(tmp_path, *lines, head=head))
    assert found.level == "csp"
    assert found.total(AUTUMN_2018, force="North Wales", csp="Conwy") == 2
    assert found.total(AUTUMN_2018, force="North Wales") == 4
    assert {row.csp_code for row in found.rows} == {"W14000002", "W14000003"}


@pytest.mark.parametrize(
    ("text", "description", "code"),
    [
        ("37.200000000000003", "Aggravated vehicle taking", "37.2"),
        ("4.0999999999999996", "Manslaughter", "4.1"),
        ("4.0999999999999996", "Corporate manslaughter", "4.10"),
        ("4.1", "Corporate Manslaughter", "4.10"),
        ("46.0", "Shoplifting", "46"),
    ],
)
def test_a_code_that_a_spreadsheet_changed_is_put_right(text, description, code):
    assert mended_code(text, description) == (code, True)


@pytest.mark.parametrize("text", ["1", "4.1", "4.10", "8N", "105A", "802", "1/4.1/4.10/4.2", "AF", "UK Finance"])
def test_a_code_that_is_well_stays_as_it_is(text):
    assert mended_code(text, "Manslaughter") == (text, False)


@settings(deadline=None)
@given(st.text(max_size=12))
@example("᪀")
def test_what_is_no_code_is_refused_and_never_guessed(text):
    try:
        code, was_mended = mended_code(text, "")
    except Unreadable:
        return
    assert was_mended or code == text
    assert code[0] in "0123456789ACFU"


def test_columns_moved_by_one_go_back_and_are_counted(tmp_path):
    moved = [
        "2018/19,3,North Wales,Murder,Homicide,1,2,",
        "2018/19,3,North Wales,Murder,Homicide,1,1,2",
        "2018/19,3,North Wales,,Shoplifting,46,,9",
    ]
    found = read(table(tmp_path, *moved, MURDER))
    assert found.moved == 3
    assert [(row.group, row.subgroup, row.code, row.count) for row in found.rows] == [
        ("Violence against the person", "Homicide", "1", 2),
        ("Violence against the person", "Homicide", "1", 2),
        ("Theft offences", "Shoplifting", "46", 9),
        ("Violence against the person", "Homicide", "1", 2),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2018/19,3,North Wales,Murder,Homicide,1,7,2", "columns have moved"),
        ("2018/19,3,North Wales,Murder,Homicide,Homicide,1,2", "columns have moved"),
        ("2018/19,3,North Wales,Murder,Violence against the person,Shoplifting,1,2", "columns have moved"),
        ("2018/19,3,North Wales,Murder,Violence against the person,1,1,2", "columns have moved"),
        ("2018/20,3,North Wales,Murder,Violence against the person,Homicide,1,2", "no quarter such as"),
        ("2018/19,5,North Wales,Murder,Violence against the person,Homicide,1,2", "no quarter such as"),
        ("2018,3,North Wales,Murder,Violence against the person,Homicide,1,2", "no quarter such as"),
        ("2018/19,3,North Wales,Murder,Violence against the person,Homicide,x1,2", "code of an offence"),
        ("2018/19,3,North Wales,Murder,Violence against the person,Homicide,1,2.5", "number of offences"),
        ("2018/19,3,North Wales,Murder,Violence against the person,Homicide,1,", "number of offences"),
        ("2018/19,3,North Wales,Murder,Violence against the person,Homicide,1,many", "number of offences"),
    ],
)
def test_a_row_that_cannot_be_trusted_is_refused_with_its_line(tmp_path, line, reason):
    with pytest.raises(Unreadable, match=reason):
        read(table(tmp_path, MURDER, line))


def test_cancelled_and_repeated_records_are_kept_and_counted(tmp_path):
    found = read(table(tmp_path, MURDER, MURDER, MURDER.replace(",1,2", ",1,-1")))
    assert (found.repeated, found.below_zero) == (2, 1)
    assert found.total(AUTUMN_2018, force="North Wales") == 3


def test_another_table_is_no_table_of_recorded_crime(tmp_path):
    with pytest.raises(Unreadable, match="no column for quarter"):
        read(table(tmp_path, "2018/19,x", head="Financial Year,Something"))


def test_every_subgroup_has_a_group_and_no_reporter_of_fraud_is_a_force():
    assert set(SUBGROUPS.values()) == GROUPS
    assert "North Wales" not in NO_FORCE


def _rows_without_asb(shared_data, quarter):
    """Rows of North Wales' street files of a quarter that are crimes."""
    total = 0
    for month in quarter.months:
        with gzip.open(shared_data / "police-uk" / str(month) / f"{month}-north-wales-street.csv.gz", "rt", encoding="utf-8") as file:
            total += sum("Anti-social behaviour" not in line for line in file) - 1
    return total


@pytest.mark.parametrize(
    ("quarter", "official", "rows", "ratio"), [(AUTUMN_2018, 14_959, 14_202, 0.949), (SUMMER_2020, 16_171, 15_097, 0.934)]
)
def test_street_rows_are_nineteen_in_twenty_of_the_official_count(shared_data, quarter, official, rows, ratio):
    found = read(shared_data / "external-truth" / "ho_prc_pfa_north_wales_2012-13_2023-24q1.csv")
    assert found.total(quarter, force="North Wales") == official
    assert _rows_without_asb(shared_data, quarter) == rows
    assert round(rows / official, 3) == ratio


def test_the_real_table_of_all_forces_has_corporate_manslaughter_as_a_fraction(shared_data, tmp_path):
    source, small = shared_data / "external-truth" / "ho_prc_pfa_2012-13_2023-24q1_all_forces.parquet", tmp_path / "small.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"""COPY (SELECT * FROM '{source}' WHERE "Financial Year" = '2018/19') TO '{small}' (FORMAT parquet)""")
    found = read(small)
    assert (len(found.rows), found.moved, found.below_zero) == (22_544, 0, 5)
    assert found.mended_codes == sum(row.code == "4.10" for row in found.rows) > 100
    assert {row.force for row in found.rows if row.group == "Fraud offences"} <= NO_FORCE
