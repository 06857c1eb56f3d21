"""Shares of a base that is told, intervals only where there was a sample, and nothing worked back from rounded figures."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diogel.analysis.surveys import (
    NOT_ANSWERED,
    ROUTED_PAST,
    Bases,
    Published,
    Question,
    Survey,
    by_group,
    change,
    design_effect,
    effective_base,
    margin,
    newcombe,
    obstacles,
    percent,
    rake,
    tabulate,
    tabulated,
    together,
    wilson,
)

OPEN = Survey(sampling="self_selected", method="open to all", modes=("online", "paper"))
DRAWN = Survey(sampling="probability", method="drawn addresses", modes=("face to face",))
SAFE = Question(code="day", wording="How safe do you feel walking alone by day?", kind="one", options=("very", "fairly", "unsafe"))
TOLD = Question(code="told", wording="What influenced your answer?", kind="several", options=("experience", "news", "friends"))
FEAR = Question(code="fear", wording="Compared with other towns?", kind="one", options=("higher", "average", "lower"))
ANSWERS = st.lists(st.sampled_from([*SAFE.options, NOT_ANSWERED, ROUTED_PAST]), max_size=80)
TICKS = st.lists(st.one_of(st.sets(st.sampled_from(TOLD.options)), st.just(ROUTED_PAST)), max_size=60)


def answered(question: Question = SAFE, survey: Survey = OPEN, **counts: int):
    base = Bases(answered=sum(counts.values()), not_answered=0, routed_past=0)
    return tabulated(question, counts, survey=survey, bases=base)


@given(ANSWERS)
def test_shares_are_of_those_who_answered_and_of_no_others(answers: list):
    """The slow twin counts one by one and reckons in fractions."""
    table = tabulate(SAFE, answers, survey=OPEN)
    held = Counter(answer for answer in answers if isinstance(answer, str))
    base = sum(held.values())
    if base < 10:
        assert (table.lines, table.bases, table.notes) == ((), None, ("kept_back",))
        return
    assert table.bases.answered == base
    assert table.bases.took_part == len(answers)
    assert table.bases.routed_past == answers.count(ROUTED_PAST)
    for line in table.lines:
        assert line.count == held[line.option]
        assert Fraction(line.percent) - Fraction(1, 2) <= Fraction(100 * line.count, base) < Fraction(line.percent) + Fraction(1, 2)
    assert ("rounded" in table.notes) == (sum(line.percent for line in table.lines) != 100)
    assert ("few_answers" in table.notes) == (base < 30)


@given(TICKS)
def test_several_answers_are_shares_of_respondents_largest_first(answers: list):
    table = tabulate(TOLD, answers, survey=OPEN)
    respondents = [answer for answer in answers if answer is not ROUTED_PAST and answer]
    if len(respondents) < 10:
        assert table.lines == ()
        return
    assert [line.count for line in table.lines] == sorted((line.count for line in table.lines), reverse=True)
    assert all(line.count == sum(line.option in answer for answer in respondents) for line in table.lines)
    assert "several_answers" in table.notes
    assert "rounded" not in table.notes


@given(ANSWERS, st.floats(0.2, 5))
def test_equal_weights_change_nothing_but_the_note(answers: list, weight: float):
    plain = tabulate(SAFE, answers, survey=DRAWN)
    heavy = tabulate(SAFE, answers, survey=DRAWN, weights=[weight] * len(answers))
    assert [line.count for line in plain.lines] == [line.count for line in heavy.lines]
    assert [line.share for line in plain.lines] == pytest.approx([line.share for line in heavy.lines])
    assert heavy.effective == pytest.approx(plain.effective)


def test_weights_move_shares_and_widen_intervals_but_leave_counts():
    answers = ["very"] * 20 + ["unsafe"] * 20
    table = tabulate(SAFE, answers, survey=DRAWN, weights=[3.0] * 20 + [1.0] * 20)
    assert (table.line("very").count, table.line("very").percent) == (20, 75)
    assert table.effective == pytest.approx(40 / 1.25)
    assert "weighted" in table.notes
    assert together(table, ("very", "unsafe")).percent == 100


def test_the_rounded_shares_of_one_question_may_make_a_hundred_and_one():
    table = answered(FEAR, higher=578, average=571, lower=135)
    assert [line.percent for line in table.lines] == [45, 44, 11]
    assert "rounded" not in table.notes
    odd = answered(FEAR, higher=445, average=445, lower=110)
    assert ([line.percent for line in odd.lines], "rounded" in odd.notes) == ([45, 45, 11], True)


def test_a_half_goes_up_and_is_not_missed():
    assert [percent(*pair) for pair in ((1, 200), (1, 8), (3, 8), (445, 1000), (0, 7), (7, 7))] == [1, 13, 38, 45, 0, 100]


def test_top_two_come_from_counts_and_differ_from_added_per_cents():
    table = answered(very=267, fairly=437, unsafe=296)
    assert table.line("very").percent + table.line("fairly").percent == 71
    assert (together(table, ("very", "fairly")).count, together(table, ("very", "fairly")).percent) == (704, 70)


def test_ticks_that_overlap_are_not_added():
    table = tabulate(TOLD, [{"experience", "news"}] * 12, survey=OPEN)
    with pytest.raises(ValueError, match="overlap"):
        together(table, ("experience", "news"))


def test_people_who_chose_to_respond_carry_no_interval_and_the_table_says_so():
    table = answered(very=60, fairly=30, unsafe=10)
    assert all(line.interval is None for line in table.lines)
    assert "chose_to_respond" in table.notes
    assert together(table, ("very",)).interval is None
    with pytest.raises(ValueError, match="chose to respond"):
        margin(1284, sampling="self_selected")


def test_a_random_sample_of_1284_would_have_a_margin_of_2_7_points():
    assert round(100 * margin(1284, sampling="probability"), 1) == 2.7
    assert answered(survey=DRAWN, very=60, fairly=30, unsafe=10).line("very").interval == wilson(0.6, 100)


@pytest.mark.parametrize(
    ("count", "base", "low", "high"), [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
)
def test_wilsons_interval_in_newcombes_published_cases(count: int, base: int, low: float, high: float):
    found = wilson(count / base, base)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_the_interval_of_a_difference_in_newcombes_published_case():
    found = newcombe(56 / 70, 70, 48 / 80, 80)
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)


@given(st.integers(1, 500), st.data())
def test_wilsons_limits_are_where_the_score_test_turns(base: int, data: st.DataObject):
    count = data.draw(st.integers(0, base))
    found = wilson(count / base, base)
    assert 0 <= found.low <= count / base <= found.high <= 1
    for limit in (found.low, found.high):
        if 0 < limit < 1:
            assert abs(count / base - limit) == pytest.approx(1.959964 * (limit * (1 - limit) / base) ** 0.5, rel=1e-4)


def test_groups_of_few_answers_take_a_second_group_with_them():
    """The whole less the groups that are told would be the small one."""
    answers = ["very"] * 7 + ["fairly"] * 20 + ["unsafe"] * 40
    found = by_group(SAFE, answers, ["a"] * 7 + ["b"] * 20 + ["c"] * 40, survey=OPEN)
    assert [found[name].notes == ("kept_back",) for name in "abc"] == [True, True, False]
    assert found["a"].bases is None
    alone = by_group(SAFE, answers[:7], ["a"] * 7, survey=OPEN)
    assert alone["a"].notes == ("kept_back",)


def test_no_group_is_told_from_which_a_small_one_follows():
    answers = ["very"] * 45
    found = by_group(SAFE, answers, ["a"] * 5 + ["b"] * 40, survey=OPEN)
    assert all(table.lines == () for table in found.values())


# Weights


CATEGORIES = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), min_size=20, max_size=80)


def raked_by_cells(people: list[tuple[str, str]], targets: tuple[dict, dict], rounds: int) -> dict:
    """The slow twin: fits the table of cells, row by row and column by column, as the paper does by hand."""
    cells = {cell: float(count) for cell, count in Counter(people).items()}
    for _ in range(rounds):
        for axis, target in enumerate(targets):
            for category, share in target.items():
                inside = [cell for cell in cells if cell[axis] == category]
                held = sum(cells[cell] for cell in inside)
                for cell in inside:
                    cells[cell] *= share * len(people) / held
    return {cell: mass / Counter(people)[cell] for cell, mass in cells.items()}


@settings(max_examples=40)
@given(CATEGORIES, st.floats(0.2, 0.8))
def test_raked_weights_meet_every_margin_as_fitting_by_hand_does(people: list, share: float):
    people += [("a", one) for one in "xyz"] + [("b", one) for one in "xyz"]
    targets = {"sex": {"a": share, "b": 1 - share}, "age": {"x": 0.3, "y": 0.3, "z": 0.4}}
    margins = {"sex": [one for one, _ in people], "age": [one for _, one in people]}
    found = rake(margins, targets, tolerance=1e-9)
    assert found.has_settled
    assert found.weights.mean() == pytest.approx(1)
    for name, categories in margins.items():
        for category, wanted in targets[name].items():
            held = found.weights[np.array(categories) == category].sum() / found.weights.sum()
            assert held == pytest.approx(wanted, abs=1e-8)
    by_hand = raked_by_cells(people, (targets["sex"], targets["age"]), found.rounds)
    assert found.weights == pytest.approx([by_hand[cell] for cell in people])
    assert 1 <= found.design_effect <= len(people)
    assert found.effective_base == pytest.approx(found.weights.sum() ** 2 / (found.weights**2).sum())


def test_the_worked_example_of_weights():
    """Sixty of a hundred were women; the population is half and half: 0.8333 and 1.25, and 4 per cent is lost."""
    found = rake({"sex": ["f"] * 60 + ["m"] * 40}, {"sex": {"f": 68_000, "m": 68_000}})
    assert found.weights[[0, -1]] == pytest.approx([5 / 6, 1.25])
    assert found.design_effect == pytest.approx(1.0416667)
    assert found.effective_base == pytest.approx(96)


def test_limits_that_keep_weights_off_the_margins_are_named():
    people = {"sex": ["f"] * 95 + ["m"] * 5}
    found = rake(people, {"sex": {"f": 1, "m": 1}}, trim=(0.3, 3))
    assert (found.failure, found.has_settled) == ("trimmed_off_the_margins", False)
    assert found.weights.max() <= 3
    assert found.trimmed >= 5
    assert found.worst > 0.2
    roomy = rake(people, {"sex": {"f": 1, "m": 1}}, trim=(0.3, 12))
    assert roomy.has_settled


def test_margins_that_contradict_one_another_are_said_not_to_settle():
    """Every woman is young and every man is old: no weights make half of all women and nine in ten of them young."""
    people = {"sex": ["f"] * 10 + ["m"] * 10, "age": ["young"] * 10 + ["old"] * 10}
    found = rake(people, {"sex": {"f": 1, "m": 1}, "age": {"young": 9, "old": 1}}, most_rounds=50)
    assert (found.failure, found.rounds) == ("did_not_settle", 50)
    assert found.worst > 0.1


@pytest.mark.parametrize(
    ("people", "targets", "says"),
    [
        ({"sex": ["f", "f"]}, {"sex": {"f": 1, "m": 1}}, "nobody who answered is 'm'"),
        ({"sex": ["f", None]}, {"sex": {"f": 1}}, "no target"),
        ({"sex": ["f", "m"]}, {"sex": {"f": 1, "m": 0}}, "above zero"),
        ({"sex": ["f", "m"]}, {"sex": {"f": 1, "m": float("nan")}}, "above zero"),
        ({"sex": ["f", "m"], "age": ["x"]}, {"sex": {"f": 1, "m": 1}, "age": {"x": 1}}, "every respondent"),
        ({"sex": ["f", "m"]}, {"age": {"x": 1}}, "margin"),
        ({}, {}, "margin"),
        ({"sex": []}, {"sex": {"f": 1}}, "every respondent"),
    ],
)
def test_weights_that_cannot_exist_are_refused(people: dict, targets: dict, says: str):
    with pytest.raises(ValueError, match=says):
        rake(people, targets)


@pytest.mark.parametrize("weights", [[], [1.0, 0.0], [1.0, -2.0], [float("inf")]])
def test_what_are_no_weights_have_no_design_effect(weights: list):
    with pytest.raises(ValueError):
        design_effect(weights)


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=50))
def test_an_effective_base_is_never_more_than_the_base(weights: list):
    assert 0 < effective_base(weights) <= len(weights) * (1 + 1e-9)


# Waves


def test_two_samples_asked_alike_change_by_so_many_points():
    before, after = answered(survey=DRAWN, very=48, fairly=20, unsafe=12), answered(survey=DRAWN, very=56, fairly=10, unsafe=4)
    found = change(before, after, ("very",))
    assert found.difference == pytest.approx(0.2)
    assert (round(found.interval.low, 4), round(found.interval.high, 4)) == (0.0524, 0.3339)
    assert change(before, after, ("very", "fairly")).after.count == 66


def test_two_open_surveys_asked_alike_differ_without_an_interval():
    found = change(answered(very=48, fairly=20, unsafe=12), answered(very=56, fairly=10, unsafe=4), ("very",))
    assert found.difference == pytest.approx(0.2)
    assert found.interval is None


@pytest.mark.parametrize(
    ("question", "survey", "named"),
    [
        (SAFE.__class__(code="day", wording="How safe is it to walk alone?", kind="one", options=SAFE.options), OPEN, "wording"),
        (SAFE.__class__(code="day", wording=SAFE.wording, kind="one", options=("fairly", "very", "unsafe")), OPEN, "options"),
        (SAFE, DRAWN, "sampling"),
        (SAFE, Survey(sampling="self_selected", method="open to all", modes=("online",)), "modes"),
        (SAFE, Survey(sampling="self_selected", method="a panel", modes=("online", "paper")), "method"),
    ],
)
def test_waves_that_were_not_asked_alike_are_not_compared(question: Question, survey: Survey, named: str):
    before, after = answered(very=48, fairly=20, unsafe=12), answered(question, survey, very=56, fairly=10, unsafe=4)
    assert named in obstacles(before, after)
    found = change(before, after, ("very",))
    assert (found.difference, found.interval, found.before) == (None, None, None)


def test_a_wave_that_is_kept_back_is_not_compared():
    assert obstacles(answered(very=48, fairly=20, unsafe=12), answered(very=3, fairly=2, unsafe=1)) == ("kept_back",)


# Figures that somebody published: Wrexham's perceptions of safety, November 2016 to March 2017


def published(question: Question, base: int | None = None, **figures: int | None) -> Published:
    told = {name: None if figure is None else Decimal(figure) for name, figure in figures.items()}
    return Published(question=question, percents=told, source="Wrexham, perceptions of safety survey 2016-17", base=base)


def test_published_shares_of_a_hundred_and_one_carry_a_note_and_are_no_error():
    found = published(FEAR, higher=45, average=45, lower=11)
    assert found.total == 101
    assert found.notes == ("base_not_published", "rounded")


def test_published_shares_of_several_answers_may_pass_a_hundred():
    assert published(TOLD, experience=62, news=54).notes == ("base_not_published", "several_answers", "not_all_published")


def test_shares_that_pass_a_hundred_by_more_than_rounding_are_refused():
    with pytest.raises(ValueError, match="more than rounding explains"):
        _ = published(SAFE, very=62, fairly=54).notes


@pytest.mark.parametrize(("very", "fairly", "both"), [(27, 44, 71), (13, 40, 53), (77, 21, 98), (49, 44, 93)])
def test_published_figures_together_are_about_so_much(very: int, fairly: int, both: int):
    found = published(SAFE, very=very, fairly=fairly)
    about = found.about(("very", "fairly"))
    assert (about.percent, about.low, about.high) == (both, both - 1, both + 1 if both < 99 else 100)
    assert "base_not_published" in found.notes


@pytest.mark.parametrize("base", [None, 1284])
def test_no_count_is_worked_back_from_a_rounded_share(base: int | None):
    with pytest.raises(ValueError, match="worked back"):
        published(SAFE, base, very=27, fairly=44).count("very")


def test_what_was_not_published_is_not_inferred():
    found = published(SAFE, very=27, fairly=44)
    assert found.figure("unsafe") is None
    with pytest.raises(ValueError, match="not published"):
        found.about(("very", "unsafe"))
    with pytest.raises(KeyError):
        found.figure("neither")


# Bad input


def test_answers_that_the_question_does_not_have_are_refused():
    with pytest.raises(ValueError, match="no option 'safe'"):
        tabulate(SAFE, ["safe"], survey=OPEN)
    with pytest.raises(ValueError, match="takes one answer"):
        tabulate(SAFE, [{"very", "fairly"}], survey=OPEN)
    with pytest.raises(ValueError, match="weights"):
        tabulate(SAFE, ["very"] * 12, survey=OPEN, weights=[1.0])


@pytest.mark.parametrize(
    "counts", [{"very": 6, "fairly": 6, "unsafe": 1}, {"very": 12, "fairly": 0}, {"very": -1, "fairly": 13, "unsafe": 0}]
)
def test_counts_that_cannot_be_of_their_base_are_refused(counts: dict):
    with pytest.raises(ValueError):
        tabulated(SAFE, counts, survey=OPEN, bases=Bases(answered=12, not_answered=0, routed_past=0))


def test_a_survey_must_say_how_people_came_into_it():
    with pytest.raises(ValueError, match="sampling"):
        Survey(sampling="random-ish", method="", modes=())
    with pytest.raises(ValueError, match="two or more"):
        Question(code="q", wording="?", kind="one", options=("a", "a"))


def test_an_empty_survey_tells_nothing():
    assert tabulate(SAFE, [], survey=DRAWN).notes == ("kept_back",)
    assert by_group(SAFE, [], [], survey=OPEN) == {}
