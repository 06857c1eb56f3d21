"""The built-in table of North Wales: complete, one common unit for both vintages, populations with year and source."""

from __future__ import annotations

from collections import Counter

import pytest

from diogel.places.codes import (
    AUTHORITIES,
    UnknownArea,
    changes,
    common_code,
    force_of,
    kind_of,
    lsoa_units,
    name_of,
    population,
    units,
    units_of,
)


def test_the_six_authorities_bear_their_codes_in_order():
    assert [a.code for a in AUTHORITIES] == [f"W0600000{n}" for n in range(1, 7)]
    assert [a.csp for a in AUTHORITIES] == [f"W1400000{n}" for n in range(1, 7)]
    assert {(a.force, a.force_slug) for a in AUTHORITIES} == {("W15000001", "north-wales")}
    assert AUTHORITIES[0].name_cy == "Ynys Môn"
    assert AUTHORITIES[5].name_cy == "Wrecsam"


def test_every_lsoa_of_both_vintages_is_there():
    old, new = {c.lsoa11 for c in changes()}, {c.lsoa21 for c in changes()}
    assert (len(old), len(new), len(old | new)) == (423, 417, 432)
    assert (len(old - new), len(new - old)) == (15, 9)
    assert set(lsoa_units()) == old | new
    per_authority = Counter(authority for code, (_, authority) in lsoa_units().items() if code in old)
    assert [per_authority[a.code] for a in AUTHORITIES] == [44, 73, 71, 58, 92, 85]


def test_merged_lsoas_are_counted_as_the_one_they_became():
    assert lsoa_units()["W01000069"] == lsoa_units()["W01000079"] == lsoa_units()["W01002003"] == ("W01002003", "W06000002")
    assert sum(change.change == "M" for change in changes()) == 14
    assert len({change.unit for change in changes() if change.change == "M"}) == 7


def test_the_halves_of_a_split_lsoa_are_counted_as_the_one_they_were():
    for code in ("W01000383", "W01001971", "W01001972"):
        assert lsoa_units()[code] == ("W01000383", "W06000006")


def test_an_unchanged_lsoa_is_its_own_unit_and_there_are_416_units():
    assert common_code("W01000050") == "W01000050"
    assert len(units()) == len(set(units())) == 416
    assert {unit for unit, _ in lsoa_units().values()} == set(units())


def test_the_parts_of_an_area_are_units_without_a_gap_or_an_overlap():
    whole = [unit for authority in AUTHORITIES for unit in units_of(authority.code)]
    assert tuple(whole) == units() == units_of("W15000001")
    assert units_of("W14000006") == units_of("W06000006")
    assert units_of("W01001972") == ("W01000383",)


def test_a_code_of_elsewhere_is_told_so():
    assert [kind_of(code) for code in ("W06000001", "W14000001", "W15000001", "W01002003")] == ["authority", "csp", "force", "lsoa"]
    for ask in (kind_of, units_of, name_of, force_of, population):
        with pytest.raises(UnknownArea, match="E01018332"):
            ask("E01018332")


def test_names_come_in_both_languages():
    assert name_of("W06000004") == ("Sir Ddinbych", "Denbighshire")
    assert name_of("W15000001") == ("Gogledd Cymru", "North Wales")
    assert name_of("W01000069") == ("Gwynedd 013E", "Gwynedd 013E")
    assert name_of("W01001971") == ("Wrecsam 020A", "Wrexham 020A")


def test_populations_say_their_year_and_source():
    gwynedd = population("W06000002", 2021)
    assert (gwynedd.residents, gwynedd.year) == (117404, 2021)
    assert "Census 2021" in gwynedd.source
    assert population("W06000002", 2020).residents == 125171
    assert population("W14000002") == gwynedd


def test_an_authority_has_the_residents_of_its_units():
    for authority in AUTHORITIES:
        assert sum(population(unit).residents for unit in units_of(authority.code)) == population(authority.code).residents
    assert population("W15000001").residents == 686959
    assert population("W01001971") == population("W01000383")


def test_a_year_that_is_not_held_is_refused_not_replaced():
    with pytest.raises(UnknownArea, match="2019"):
        population("W06000001", 2019)
    with pytest.raises(UnknownArea, match="2020"):
        population("W01000050", 2020)
