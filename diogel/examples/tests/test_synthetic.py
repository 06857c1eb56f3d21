"""The synthetic counts are what they say: repeatable, realistic in level and spread, with events where they were planted."""

from __future__ import annotations

import numpy as np
import pytest

from diogel.analysis.periods import Month
from diogel.analysis.reading.police_uk import TYPES
from diogel.examples.synthetic import (
    AREAS,
    DEMO_EVENTS,
    DEMO_SEED,
    DISPERSION,
    FIRST,
    LAST,
    SHAPES,
    Event,
    expected_counts,
    levels,
    synthetic_cube,
)

GWYNEDD, ANGLESEY = "W06000002", "W06000001"


def at(cube, area, type_, month):
    counts, _ = cube.series(area, type_)
    return int(counts[Month.parse(month).since(cube.months[0])])


def test_the_same_seed_gives_the_same_counts_and_another_seed_others():
    one, same, other = (synthetic_cube(seed=seed) for seed in (5, 5, 6))
    assert (one.values == same.values).all()
    assert (one.values != other.values).any()


def test_a_store_holds_fourteen_types_six_authorities_and_forty_eight_months():
    cube = synthetic_cube(seed=1)
    assert cube.values.shape == (6, 14, 48)
    assert (cube.months[0], cube.months[-1]) == (FIRST, LAST)
    assert set(SHAPES) == set(TYPES)
    assert set(levels()) == {(area, type_) for area in AREAS for type_ in TYPES}
    assert cube.known.all()


def test_counts_scatter_round_what_is_expected_with_the_stated_dispersion():
    means = expected_counts(months=synthetic_cube(seed=0).months)
    stores = np.array([synthetic_cube(seed=seed).values for seed in range(60)])
    assert stores.mean() == pytest.approx(means.mean(), rel=0.01)
    pearson = ((stores - means) ** 2 / means)[:, means > 20]
    assert pearson.mean() == pytest.approx(DISPERSION, abs=0.03)


def test_a_dispersion_of_one_is_poisson_and_less_is_refused():
    means = expected_counts(months=synthetic_cube(seed=0).months)
    stores = np.array([synthetic_cube(seed=seed, dispersion=1).values for seed in range(60)])
    assert ((stores - means) ** 2 / means)[:, means > 20].mean() == pytest.approx(1, abs=0.03)
    with pytest.raises(ValueError, match="below that of chance"):
        synthetic_cube(seed=1, dispersion=0.5)


def test_the_lockdown_lowers_spring_2020_and_is_over_by_october():
    cube = synthetic_cube(seed=3)
    free = synthetic_cube(seed=3, lockdown=False)
    total, usual = (store.values.sum(axis=(0, 1)) for store in (cube, free))
    april, october = (Month(2020, month).since(FIRST) for month in (4, 10))
    assert total[april] < 0.8 * usual[april]
    assert total[october] == pytest.approx(usual[october], rel=0.05)
    months = cube.months
    share = expected_counts(months=months) / expected_counts(months=months, lockdown=False)
    assert share[:, :, april].max() < 0.95
    assert (share[:, :, Month(2021, 1).since(FIRST)] > share[:, :, april]).all()


def test_events_change_their_own_cells_and_no_others():
    events = (
        Event(kind="spike", area=GWYNEDD, type="Shoplifting", month=Month(2019, 5), factor=3),
        Event(kind="step", area=ANGLESEY, type="Drugs", month=Month(2021, 1), factor=0.3),
    )
    quiet, loud = synthetic_cube(seed=9), synthetic_cube(seed=9, events=events)
    changed = np.zeros(quiet.values.shape, dtype=bool)
    changed[AREAS.index(GWYNEDD), TYPES.index("Shoplifting"), Month(2019, 5).since(FIRST)] = True
    changed[AREAS.index(ANGLESEY), TYPES.index("Drugs"), Month(2021, 1).since(FIRST) :] = True
    assert (quiet.values == loud.values)[~changed].all()
    assert at(loud, GWYNEDD, "Shoplifting", "2019-05") > at(quiet, GWYNEDD, "Shoplifting", "2019-05")
    since_2021 = Month(2021, 1).since(FIRST)
    fewer, usual = (store.series(ANGLESEY, "Drugs")[0][since_2021:].sum() for store in (loud, quiet))
    assert fewer < 0.6 * usual


def test_a_partial_month_keeps_its_share_and_is_not_known():
    partial = Event(kind="partial", month=Month(2019, 5), factor=0.2)
    quiet, torn = synthetic_cube(seed=4), synthetic_cube(seed=4, events=[partial])
    may = Month(2019, 5).since(FIRST)
    assert torn.values[:, :, may].sum() == pytest.approx(0.2 * quiet.values[:, :, may].sum(), rel=0.1)
    assert not torn.known[:, may].any()
    assert torn.known.sum() == 6 * 47


@pytest.mark.parametrize(
    "event",
    [
        Event(kind="spike", area="W06000099", type="Drugs", month=Month(2020, 1), factor=2),
        Event(kind="spike", area=GWYNEDD, type="Piracy", month=Month(2020, 1), factor=2),
        Event(kind="spike", area=GWYNEDD, type="Drugs", month=Month(2030, 1), factor=2),
    ],
)
def test_an_event_outside_the_store_is_refused(event):
    with pytest.raises(ValueError, match="it is not in this store"):
        synthetic_cube(seed=1, events=[event])


@pytest.mark.parametrize("wrong", [{"kind": "wobble", "factor": 2}, {"kind": "spike", "factor": 0}, {"kind": "partial", "factor": 1}])
def test_a_senseless_event_cannot_be_built(wrong):
    with pytest.raises(ValueError, match=r"no kind of event|cannot have the factor"):
        Event(month=Month(2020, 1), **wrong)


def test_an_area_without_levels_is_refused():
    with pytest.raises(ValueError, match="no levels are held for W06000009"):
        synthetic_cube(seed=1, areas=["W06000009"])


def test_the_demo_holds_one_step_two_spikes_and_one_partial_month_where_the_examples_speak_of_them():
    assert [event.kind for event in DEMO_EVENTS] == ["step", "spike", "spike", "partial"]
    demo, quiet = synthetic_cube(seed=DEMO_SEED, events=DEMO_EVENTS), synthetic_cube(seed=DEMO_SEED)
    means = expected_counts(months=demo.months)
    for area, type_, month in ((GWYNEDD, "Shoplifting", "2021-11"), (ANGLESEY, "Criminal damage and arson", "2021-10")):
        mean = means[AREAS.index(area), TYPES.index(type_), Month.parse(month).since(FIRST)]
        assert at(demo, area, type_, month) == pytest.approx(2.4 * mean, rel=0.1)
    since_june = Month(2021, 6).since(FIRST)
    order, before = demo.series(GWYNEDD, "Public order")[0], quiet.series(GWYNEDD, "Public order")[0]
    assert (order[:since_june] <= before[:since_june]).all()
    assert order[since_june:].sum() == pytest.approx(1.5 * before[since_june:].sum(), rel=0.1)
    assert [demo.months[gap] for gap in np.flatnonzero(~demo.known.all(axis=0))] == [Month(2021, 2)]


def test_in_the_demos_quarter_only_the_planted_series_are_far_from_what_is_expected():
    demo = synthetic_cube(seed=DEMO_SEED, events=DEMO_EVENTS)
    quarter = slice(Month(2021, 10).since(FIRST), Month(2021, 12).since(FIRST) + 1)
    means = expected_counts(months=demo.months)[:, :, quarter].sum(axis=2)
    distance = (demo.values[:, :, quarter].sum(axis=2) - means) / np.sqrt(DISPERSION * means)
    planted = np.zeros(distance.shape, dtype=bool)
    for event in DEMO_EVENTS[:3]:
        planted[AREAS.index(event.area), TYPES.index(event.type)] = True
    assert distance[planted].min() > 4
    assert np.abs(distance[~planted]).max() < 2.5
