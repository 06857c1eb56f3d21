"""A pair knows when one half was left behind."""

import pytest

from diogel.words.pairs import Pair, PairState, state_after

CHECKED = Pair("Cynllun", "Plan", PairState.CHECKED)


@pytest.mark.parametrize(
    ("cy", "en", "state"),
    [
        ("Cynllun", "Plan", PairState.CHECKED),
        ("Cynllun", "The plan", PairState.STALE_CY),
        ("Y cynllun", "Plan", PairState.STALE_EN),
        ("Y cynllun", "The plan", PairState.DRAFT),
        ("", "Plan", PairState.MISSING),
        ("Cynllun", "", PairState.MISSING),
    ],
)
def test_an_edit_of_one_half_leaves_the_other_stale(cy, en, state):
    assert state_after(CHECKED, cy, en) == state


def test_a_new_pair_is_a_draft_until_someone_vouches_for_it():
    assert state_after(None, "Cynllun", "Plan") == PairState.DRAFT
