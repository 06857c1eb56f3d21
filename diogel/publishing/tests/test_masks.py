"""What one figure asks for by itself, and what it asks of others: shares, wholes, corrections, and figures that earlier papers told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from diogel.indicators.models import Measure, Observation
from diogel.publishing.masks import Kept, Masks, decided
from diogel.publishing.told_before import ToldFigure

Q1, Q2, HALF = ((date(2021, 4, 1), date(2021, 6, 30)), (date(2021, 7, 1), date(2021, 9, 30)), (date(2021, 4, 1), date(2021, 9, 30)))
SMALL, PROTECTING = Kept(hides_whole=True, is_small=True), Kept(hides_whole=True, is_small=False)


def measure(code: str = "H1", *, unit: str = "count", is_sensitive: bool = True) -> Measure:
    return Measure(code=code, unit=unit, is_sensitive=is_sensitive)


def figure(pk: int, of: Measure, span: tuple[date, date], value: int | None = None, **columns) -> Observation:
    numbers = {name: Decimal(number) if name in ("numerator", "denominator") else number for name, number in columns.items()}
    return Observation(
        pk=pk, measure=of, from_on=span[0], to_on=span[1], value=None if value is None else Decimal(value), **numbers
    )  # fmt: skip


def told(code: str, span: tuple[date, date], value: int | None = None, day: int = 17) -> ToldFigure:
    at = datetime(2021, 10, day, 12, tzinfo=UTC)
    return ToldFigure(code, *span, at, is_withheld=value is None, numbers={} if value is None else {"value": value})


def kept(masks: Masks) -> dict[int, Kept]:
    return dict(masks.kept)


def test_a_share_with_its_base_is_a_count():
    share = measure(unit="percent")
    assert kept(decided([figure(1, share, Q1, 2, base=150)], (), ())) == {1: Kept(hides_whole=False, is_small=True)}
    assert kept(decided([figure(1, share, Q1, 98, base=150)], (), ())) == {1: Kept(hides_whole=False, is_small=True)}, "3 are the rest"
    assert kept(decided([figure(1, share, Q1, 40, base=150)], (), ())) == {}
    assert kept(decided([figure(1, share, Q1, 2)], (), ())) == {}, "without a base a share counts nobody"
    assert kept(decided([figure(1, measure(unit="percent", is_sensitive=False), Q1, 2, base=150)], (), ())) == {}


def test_a_half_year_that_was_told_takes_a_quarter_with_the_other():
    h1 = measure()
    one, two = figure(1, h1, Q1, 27), figure(2, h1, Q2, 3)
    assert kept(decided([one], [one, two], [told("H1", HALF, 30)])) == {1: PROTECTING}
    assert kept(decided([one], [one, two], [])) == {}
    assert kept(decided([one, two], [one, two], [told("H1", HALF, 30)])) == {1: PROTECTING, 2: SMALL}


def test_a_correction_is_held_against_what_was_withheld_on_the_day():
    h1 = measure()
    was = {"value": "3", "numerator": None, "denominator": None, "base": None, "on": "2021-10-20"}
    half, two = figure(1, h1, HALF, 39, was=[was | {"value": "30"}]), figure(2, h1, Q2, 12, was=[was])
    before = [told("H1", HALF, 30), told("H1", Q2)]
    assert len(kept(decided([half, two], [half, two], before))) == 1, "39 less 12 is 27, and 30 less 27 was the 3"
    assert kept(decided([two], [two], before)) == {}
    later = [told("H1", HALF, 39, day=25), told("H1", Q2, 12, day=25)]
    assert kept(decided([half, two], [half, two], later)) == {}, "what was told after the correction was told"


def test_of_a_figure_corrected_on_the_day_it_was_withheld_both_values_are_kept():
    h1 = measure()
    was = {"value": "3", "numerator": None, "denominator": None, "base": None, "on": "2021-10-17"}
    half, two = figure(1, h1, HALF, 39, was=[was | {"value": "30", "on": "2021-10-19"}]), figure(2, h1, Q2, 12, was=[was])
    assert kept(decided([half, two], [half, two], [told("H1", HALF, 30), told("H1", Q2)]))


def test_what_is_decided_stays_decided_when_it_has_been_told():
    h1 = measure()
    rows = [figure(1, h1, Q1, 20), figure(2, h1, Q2, 3), figure(3, h1, HALF, 23)]
    first = decided(rows, rows, [])
    numbers = {1: 20, 2: None, 3: 23}
    before = [told("H1", (row.from_on, row.to_on), None if row.pk in first.kept else numbers[row.pk]) for row in rows]
    again = decided(rows, rows, before)
    assert (set(again.kept), again.exposed) == (set(first.kept), ())


def test_what_was_told_before_the_subject_was_sensitive_is_withheld_from_now_on_and_named():
    h1 = measure()
    row = figure(1, h1, Q2, 3)
    found = decided([row], [row], [told("H1", Q2, 3)])
    assert kept(found) == {1: SMALL}
    assert [(each.codes, each.from_on) for each in found.exposed] == [(("H1",), Q2[0])]


def test_parts_that_hold_more_than_their_whole_are_no_parts_of_it():
    whole, part, other = measure("M1"), measure("M1a"), measure("M1b")
    rows = [figure(1, whole, Q1, 20), figure(2, part, Q1, 3), figure(3, other, Q1, 30)]
    assert kept(decided(rows, rows, [])) == {2: SMALL}
    rows[2] = figure(3, other, Q1, 17)
    assert kept(decided(rows, rows, [])).keys() > {2}


def test_figures_of_a_survey_are_judged_by_their_own_numbers():
    share = measure(unit="percent")
    row = figure(1, share, Q1, 50, base=8)
    row.wave_id = 7
    assert kept(decided([row], [], [])) == {1: SMALL}
