"""Ranks of deprivation are read as they stand, on the codes of their edition, and nothing else is."""

import pytest

from diogel.analysis.reading.wimd import DOMAINS, Unreadable, read

HEAD = "lsoa11_code,IMD_rank,Crime_rank,Crime_decile,Crime_score"


def table(tmp_path, *lines, head=HEAD, name="wimd2019.csv"):
    path = tmp_path / name
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return path


def test_ranks_deciles_and_scores_are_read_by_domain(tmp_path):
    found = read(table(tmp_path, "W01000001,2.0,1.5,1,9.5", "W01000002,1.0,1.5,1,"))
    assert (found.year, found.kind, found.areas) == (2019, "lsoa11", 2)
    assert found.ranks("Crime") == {"W01000001": 1.5, "W01000002": 1.5}
    crime = [one for one in found.standings if one.domain == "Crime"]
    assert [(one.decile, one.score) for one in crime] == [(1, 9.5), (1, None)]
    with pytest.raises(KeyError, match="no ranks for Health"):
        found.ranks("Health")


def test_an_edition_that_the_name_does_not_tell_is_asked_for(tmp_path):
    path = table(tmp_path, "W01000001,1,1,1,1", name="ranks.csv")
    with pytest.raises(Unreadable, match="which edition"):
        read(path)
    assert read(path, year=2014).kind == "lsoa11"


@pytest.mark.parametrize(
    ("lines", "head", "reason"),
    [
        (["W01000001,1,3,1,1", "W01000002,2,1,1,1"], HEAD, "rank 3.0 among 2"),
        (["W01000001,1,,1,1"], HEAD, "rank None"),
        (["W01000001,1,1,11,1"], HEAD, "decile 11"),
        (["W01000001,1,1,1,x"], HEAD, "where a number belongs"),
        (["W01000001,1,nan,1,1"], HEAD, "where a number belongs"),
        (["E01000001,1,1,1,1"], HEAD, "Welsh LSOA code"),
        (["W01001999,1,1,1,1"], HEAD, "an LSOA of 2021"),
        (["W01000001,1,1,1,1", "W01000001,1,1,1,1"], HEAD, "comes twice"),
        (["a,1"], "name,value", "no column of LSOA codes"),
    ],
)
def test_what_is_no_index_of_deprivation_is_refused(tmp_path, lines, head, reason):
    with pytest.raises(Unreadable, match=reason):
        read(table(tmp_path, *lines, head=head))


def test_an_edition_nobody_knows_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="no edition of 2018"):
        read(table(tmp_path, "W01000001,1,1,1,1"), year=2018)


def test_the_real_index_ranks_every_lsoa_in_every_domain(shared_data):
    found = read(shared_data / "deprivation" / "wimd2019_lsoa11.csv")
    assert found.areas == 1_909
    assert len(found.standings) == 1_909 * 9
    assert all(len(found.ranks(domain)) == 1_909 for domain in DOMAINS)
    assert found.ranks("Crime")["W01000001"] == 914
