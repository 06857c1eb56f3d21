"""Areas are classed by months that are known, by rules that leave nothing out and do not overlap."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diogel.analysis.hotspots.captions import Origin
from diogel.analysis.hotspots.persistence import Lasting, by_chance, in_top, lasting, persistence
from diogel.analysis.periods import Month

START = Month(2020, 1)


def told(text_by_area, **more):
    """A month a letter: H hot, - not hot, ? not known."""
    rows = list(text_by_area.values())
    return persistence(
        [[letter == "H" for letter in row] for row in rows],
        known=[[letter != "?" for letter in row] for row in rows],
        areas=list(text_by_area),
        months=[START + at for at in range(len(rows[0]))],
        origin=Origin.SNAPPED,
        **more,
    )


def test_the_worked_example_of_the_docs():
    found = told(
        {
            "harbour": "HHHH-HHHHHHHH-H",
            "square": "-H----------HH-",
            "park": "HHHHHH-HHH--H--",
            "estate": "H--H----H----H-",
            "village": "---------------",
            "island": "????--H--?---HH",
        }
    )
    assert [own.value for own in found.classes] == ["persistent", "new", "fading", "sporadic", "never", "too short"]
    assert found.share[0] == pytest.approx(13 / 15)
    assert found.share[5] == pytest.approx(3 / 10)
    assert found.of(Lasting.NEW) == ("square",)


months_of_areas = st.lists(st.text("H-?", min_size=15, max_size=15), min_size=1, max_size=8)


@settings(deadline=None)
@given(months_of_areas, st.integers(1, 3), st.integers(1, 12))
def test_every_area_has_one_class_and_counts_that_add_up(rows, recent, least):
    found = told({str(at): row for at, row in enumerate(rows)}, recent=recent, least=least)
    for at, row in enumerate(rows):
        before, late = row[:-recent], row[-recent:]
        assert (found.known_before[at], found.hot_before[at]) == (len(before) - before.count("?"), before.count("H"))
        assert (found.known_recent[at], found.hot_recent[at]) == (len(late) - late.count("?"), late.count("H"))
        assert (found.classes[at] is Lasting.TOO_SHORT) == (found.known_before[at] < least or found.known_recent[at] < recent / 2)


def _in_words(known_before, hot_before, known_recent, hot_recent):
    """Every class that the words of the rules allow, before the order decides."""
    often, now = hot_before / known_before >= 0.5, hot_recent / known_recent >= 0.5
    out = set()
    if not hot_before + hot_recent:
        return {Lasting.NEVER}
    if often and now:
        out.add(Lasting.PERSISTENT)
    if often and not now:
        out.add(Lasting.FADING)
    if hot_before / known_before <= 0.1 and hot_recent / known_recent >= 2 / 3 - 1e-12:
        out.add(Lasting.NEW)
    return out or {Lasting.SPORADIC}


@settings(deadline=None)
@given(st.integers(12, 60), st.integers(2, 6), st.data())
def test_the_rules_never_allow_two_classes(known_before, known_recent, data):
    hot_before, hot_recent = data.draw(st.integers(0, known_before)), data.draw(st.integers(0, known_recent))
    own = lasting(
        known_before=known_before, hot_before=hot_before, known_recent=known_recent, hot_recent=hot_recent, recent=known_recent, least=12
    )
    assert {own} == _in_words(known_before, hot_before, known_recent, hot_recent)


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=3, max_size=40), st.floats(0.02, 0.6), st.data())
def test_the_top_share_is_never_more_than_the_share_and_no_one_below_is_above(values, share, data):
    known = np.array(data.draw(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=len(values), max_size=len(values))))
    x = np.array(values)
    hot = in_top(x, known=known, share=share, least=1)
    for month in range(4):
        here = x[known[:, month], month]
        room = math.floor(share * len(here) + 1e-9)
        slow = [bool(known[at, month]) and x[at, month] >= 1 and (here >= x[at, month]).sum() <= room for at in range(len(x))]
        assert hot[:, month].tolist() == slow


def test_a_high_rank_of_hardly_anything_is_not_hot():
    assert not in_top([[2], [0], [0], [0]], known=np.ones((4, 1), bool), share=0.3).any()
    assert in_top([[3], [0], [0], [0]], known=np.ones((4, 1), bool), share=0.3)[0, 0]


@settings(deadline=None)
@given(st.floats(0.01, 0.99), st.integers(1, 30), st.integers(0, 32))
def test_what_chance_would_do_is_the_binomial_summed(share, months, at_least):
    slow = sum(math.comb(months, k) * share**k * (1 - share) ** (months - k) for k in range(at_least, months + 1))
    assert by_chance(share=share, months=months, at_least=at_least) == pytest.approx(min(slow, 1.0), abs=1e-9)


@pytest.mark.parametrize(
    ("work", "reason"),
    [
        (lambda: told({"a": "H" * 14}), "14 months are too few"),
        (lambda: told({"a": "H" * 15}, recent=0), "at least one month"),
        (lambda: persistence([[True]], known=[[True, True]], areas=["a"], months=[START], origin=Origin.SNAPPED), "do not fit"),
        (
            lambda: persistence(
                [[True] * 15], known=[[True] * 15], areas=["a"], months=[START + 2 * k for k in range(15)], origin=Origin.SNAPPED
            ),
            "without a gap",
        ),
        (lambda: in_top([[1.0]], known=[[True]], share=1.5), "between 0 and 1"),
        (lambda: in_top([[math.nan]], known=[[True]]), "no number"),
        (lambda: in_top([1.0], known=[True]), "areas by months"),
        (lambda: by_chance(share=0, months=3, at_least=1), "between 0 and 1"),
    ],
)
def test_what_says_nothing_of_lasting_is_refused(work, reason):
    with pytest.raises(ValueError, match=reason):
        work()


def test_persistence_says_where_its_points_come_from():
    assert "month" in told({"a": "H" * 15}).caption[1]
    with pytest.raises(TypeError, match="where the points come from"):
        persistence([[True]], known=[[True]], areas=["a"], months=[START], origin="x")
