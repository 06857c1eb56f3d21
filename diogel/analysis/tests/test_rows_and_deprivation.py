"""Street rows lie where the Welsh index of deprivation says that crime is: an outside check of what is counted where."""

import csv

import duckdb
import pytest
from scipy import stats

from diogel.analysis.reading import wimd


@pytest.mark.parametrize(("which", "expected"), [("all rows", 0.893), ("crimes only", 0.881)])
def test_rows_by_lsoa_rank_as_the_crime_domain_does(shared_data, which, expected):
    """Unit: the 423 LSOAs of 2011. Months: 2018-10 to 2019-02 and 2020-07 to 2020-11. Denominator: residents of mid-2019.

    Rank correlation of rows per 1,000 with the crime domain of 2019 (rank 1 the most deprived, hence the sign).
    """
    with (shared_data / "population" / "lsoa11_midyear_wales.csv").open(encoding="utf-8", newline="") as file:
        residents = {row["lsoa11_code"]: int(row["mid2019"]) for row in csv.DictReader(file) if row["ltla22_code"] <= "W06000006"}
    more = "" if which == "all rows" else "AND \"Crime type\" <> 'Anti-social behaviour'"
    files = f"{shared_data}/police-uk/*/*-north-wales-street.csv.gz"
    with duckdb.connect() as connection:
        rows = dict(
            connection.execute(
                f"""SELECT "LSOA code", count(*) FROM read_csv('{files}', all_varchar=true, header=true)
                    WHERE "Month" < '2021' {more} GROUP BY 1"""
            ).fetchall()
        )
    ranks = wimd.read(shared_data / "deprivation" / "wimd2019_lsoa11.csv").ranks("Crime")
    assert len(residents) == 423
    found = stats.spearmanr([1000 * rows.get(code, 0) / residents[code] for code in residents], [-ranks[code] for code in residents])
    assert round(float(found.statistic), 3) == expected
