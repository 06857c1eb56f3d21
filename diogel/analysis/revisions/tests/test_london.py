"""London's two vintages, mid 2023 and early 2026: revised down nearly everywhere, and cut anew in ten places."""

from __future__ import annotations

import pytest

from diogel.analysis.periods import Month
from diogel.analysis.reading.boroughs import FRAUD, read
from diogel.analysis.revisions import Revisions, compare, sentence, told_ages, told_recodings

pytestmark = pytest.mark.slow


def vintages(shared_data, level) -> Revisions:
    older, newer = (
        read(shared_data / "london-boroughs" / f"mps_borough_month_{year}-vintage.csv.gz", level=level, without=(FRAUD,)).cube
        for year in (2023, 2026)
    )
    return compare(older, newer)


@pytest.fixture(scope="module")
def categories(shared_data) -> Revisions:
    return vintages(shared_data, "category")


def test_the_later_vintage_lies_two_in_a_hundred_lower_in_nearly_every_series(categories):
    assert (categories.whole.cells, categories.whole.up, categories.whole.down) == (28_160, 4_011, 19_164)
    assert round(100 * categories.whole.share, 2) == -2.03
    assert (categories.leaning.lean, categories.leaning.down, categories.leaning.up) == ("down", 172, 4)
    assert {one.label for one in categories.by_area if one.share < -0.005} == set(categories.areas)
    assert categories.recodings == ()


def test_sexual_offences_were_revised_most_and_march_2023_stands_out(categories):
    shares = {one.label: one.share for one in categories.by_type}
    assert min(shares, key=shares.get) == "SEXUAL OFFENCES"
    assert round(100 * shares["SEXUAL OFFENCES"], 1) == -8.4
    lately = {one.label: one.share for one in categories.by_month[-24:]}
    assert min(lately, key=lately.get) == "2023-03"


def test_the_newest_figures_gained_late_records_before_they_fell(categories):
    by_age = {one.youngest: one.sum.share for one in categories.by_age}
    assert -0.015 < by_age[0] < 0
    assert all(-0.04 < by_age[age] < -0.03 for age in (3, 6, 12))


def test_the_cuts_between_the_vintages_are_found_by_their_sums_alone(shared_data):
    found = vintages(shared_data, "subcategory")
    moves = {one.into: one for one in found.recodings if one.moved > 1000}
    into = {names: {name.partition(": ")[0] for name in (*names, *one.out_of)} for names, one in moves.items()}
    assert len(moves) == 10
    assert all(len(categories) == 1 for categories in into.values()), "no move leaves its category, though none was told what those are"
    stalking = moves[("VIOLENCE AGAINST THE PERSON: STALKING AND HARASSMENT",)]
    assert stalking.out_of == ("VIOLENCE AGAINST THE PERSON: VIOLENCE WITHOUT INJURY",)
    burglary = moves[("BURGLARY: RES BURGLARY OF A HOME", "BURGLARY: RES BURGLARY OF UNCONNECTED BUILDING")]
    assert (burglary.first, burglary.last) == (Month(2023, 4), Month(2023, 7))
    assert len(moves[("MISCELLANEOUS CRIMES AGAINST SOCIETY: MISC CRIMES AGAINST SOCIETY",)].out_of) == 24
    assert len(moves[("POSSESSION OF WEAPONS: POSSESSION OF WEAPONS",)].out_of) == 6
    assert round(100 * found.whole.share, 1) == -1.9


def test_the_revision_is_told_in_both_languages(categories):
    label = ("Troseddau a gofnodwyd, 16 o fwrdeistrefi Llundain", "Recorded crime, 16 London boroughs")
    assert sentence(categories, label, "en") == (
        "Recorded crime, 16 London boroughs: 23,175 of 28,160 figures changed between the two versions, and the total went from "
        "5,185,080 to 5,080,047 (−2.0%). Of the 176 series that changed, 172 were revised downwards, so recent figures may yet fall."
    )
    assert sentence(categories, label, "cy") == (
        "Troseddau a gofnodwyd, 16 o fwrdeistrefi Llundain: newidiodd 23,175 o’r 28,160 ffigur rhwng y ddwy fersiwn, ac aeth y "
        "cyfanswm o 5,185,080 i 5,080,047 (−2.0%). Tuag i lawr y diwygiwyd 172 o’r 176 cyfres a newidiodd, felly gall ffigurau "
        "diweddar ostwng eto."
    )
    assert told_ages(categories, "en")[1].startswith("Figures one month old: their total was revised by −3.1%")
    assert told_recodings(categories.recodings, {}, "cy") == []
