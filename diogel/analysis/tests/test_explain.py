"""What an unusual figure is, what it is made of to the last one, what it is not, and how that is told in both languages."""

import re
import tomllib
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diogel.analysis.anomalies import look
from diogel.analysis.counts import Cube
from diogel.analysis.explain import (
    Doubts,
    Event,
    Names,
    StepSeen,
    breakdown,
    explain,
    paragraph,
    parts_of,
    sentence,
    shape_of,
)
from diogel.analysis.explain.explaining import figure_of
from diogel.analysis.explain.telling import SENTENCES, plural, span
from diogel.analysis.findings import Finding, MonthPoint
from diogel.analysis.periods import Month, Quarter
from diogel.analysis.tests.stores import changed, quiet_cube

QUARTER = Quarter(Month(2021, 12))
OCTOBER, NOVEMBER, DECEMBER = QUARTER.months
NAMES = Names(
    what=("Dwyn o siopau", "Shoplifting"),
    where=("Gwynedd", "Gwynedd"),
    parts={"b": ("Bangor", "Bangor"), "c": ("Caernarfon", "Caernarfon"), "p": ("Pwllheli", "Pwllheli")},
    areas={"W2": ("Ynys Môn", "Anglesey"), "W3": ("Conwy", "Conwy")},
)
KNOWN = tomllib.loads(SENTENCES.read_text())


def found(
    area: str = "W1", *, now=(19, 19, 19), usual: float = 19.0, before: list[int] | None = None, fits: list | None = None, **more
) -> Finding:
    """A finding with an expected count of `usual` a month (range 9 to 29), 45 to 69 a quarter; of the months before, `fits`."""
    earlier = before if before is not None else [19] * 24
    foreseen = fits if fits is not None else earlier
    points = [
        MonthPoint(OCTOBER - (len(earlier) - at), count, None if fit is None else float(fit), 9.0, 29.0)
        for at, (count, fit) in enumerate(zip(earlier, foreseen, strict=True))
    ]
    points += [MonthPoint(month, count, usual, 9.0, 29.0) for month, count in zip(QUARTER.months, now, strict=True)]
    plain = {
        "area": area, "type": "Shoplifting", "quarter": QUARTER, "method": "regression", "observed": sum(now), "expected": 3 * usual,
        "low": 3 * usual - 12, "high": 3 * usual + 12, "p": 0.5, "q": 0.9, "is_unusual": False, "direction": "", "kind": "",
        "odd_months": (), "since": None, "monthly": tuple(points), "history_months": 60, "missing": (), "power": 0.8,
    }  # fmt: skip
    return Finding(**(plain | more))


def spike(**more) -> Finding:
    return found(**({"now": (20, 58, 18), "is_unusual": True, "direction": "higher", "kind": "months", "odd_months": (NOVEMBER,)} | more))


# Shapes


def test_an_odd_month_is_a_spike_that_is_over_or_the_latest():
    assert shape_of(spike()) == "spike_over"
    assert shape_of(spike(now=(20, 18, 58), odd_months=(DECEMBER,))) == "spike_latest"
    assert shape_of(spike(now=(20, 58, 58), odd_months=(NOVEMBER, DECEMBER))) == "months"


def test_where_every_month_is_odd_the_quarter_is_told_and_none_of_them():
    odd = spike(now=(58, 60, 58), odd_months=QUARTER.months)
    assert shape_of(odd) == "quarter"
    assert explain(odd).observed == 176


def test_a_month_on_the_other_side_is_not_the_spike():
    odd = spike(now=(2, 58, 58), odd_months=QUARTER.months)
    assert shape_of(odd) == "months"
    assert figure_of(odd, "months")[0] == (NOVEMBER,)


def test_a_new_level_is_a_step_and_told_since_it_began():
    finding = found(
        is_unusual=True,
        direction="higher",
        kind="level",
        since=Month(2021, 8),
        before=[19] * 22 + [40, 40],
        fits=[19] * 24,
        now=(40, 41, 42),
    )
    assert shape_of(finding) == "step"
    told = explain(finding)
    assert (told.months[0], told.observed, told.expected, told.low) == (Month(2021, 8), 203, 95, None)


def test_a_dated_step_turns_a_quarter_into_a_step_only_where_it_goes_the_same_way_and_lies_near():
    finding = found(is_unusual=True, direction="higher", kind="quarter", now=(40, 40, 40))
    rise = StepSeen(since=OCTOBER, first=Month(2021, 9), last=NOVEMBER, before=19.0, after=40.0)
    assert shape_of(finding) == "quarter"
    assert shape_of(finding, step=rise) == "step"
    fall = StepSeen(since=OCTOBER, first=Month(2021, 9), last=NOVEMBER, before=40.0, after=19.0)
    old = StepSeen(since=Month(2020, 1), first=Month(2019, 12), last=Month(2020, 2), before=19.0, after=40.0)
    assert (shape_of(finding, step=fall), shape_of(finding, step=old)) == ("quarter", "quarter")
    assert shape_of(spike(), step=rise) == "spike_over"


def test_a_figure_that_the_season_or_the_trend_foresaw_says_so():
    season = found(before=[40, 40, 40] + [10] * 9, now=(40, 40, 40), usual=40.0)
    assert shape_of(season) == "season"
    trend = found(before=[20 + at for at in range(24)], now=(44, 45, 46), usual=45.0)
    assert shape_of(trend) == "trend"
    assert shape_of(found()) == "within"


def test_an_odd_year_before_is_neither_season_nor_trend():
    """The spring after a lockdown is far above the lockdown, and nothing has risen."""
    quiet = found(before=[4, 4, 4] + [19] * 9, fits=[19] * 12)
    assert shape_of(quiet) == "year_before"
    assert "nid hwn" in sentence(explain(quiet), NAMES, "cy")
    unknown = found(before=[4, 4, 4] + [19] * 9, fits=[None] * 12)
    assert shape_of(unknown) == "within"
    assert shape_of(found(before=[12, 12, 8] + [19] * 9, fits=[19] * 12)) == "within"


def test_a_figure_outside_its_range_and_not_unusual_is_only_that():
    assert shape_of(found(now=(30, 25, 25))) == "outside"
    assert explain(found(now=(30, 25, 25))).not_it == ()


@pytest.mark.parametrize("method", ["missing", "too_short"])
def test_what_cannot_be_judged_has_no_shape_but_that(method: str):
    finding = found(method=method, observed=None if method == "missing" else 57, expected=None, low=None, high=None, missing=(NOVEMBER,))
    told = explain(finding)
    assert (told.shape, told.way, told.not_it) == (method, "unknown", ())
    assert told.doubts.missing == (NOVEMBER,)


def test_planted_spikes_and_steps_are_named_as_what_they_are():
    cube = quiet_cube(seed=3, level=80.0)
    spiked = changed(cube, area="A0", type="T0", months=[NOVEMBER], factor=3.0)
    stepped = changed(cube, area="A1", type="T1", months=[Month(2021, 7) + at for at in range(6)], factor=2.5)
    one = next(f for f in look(cube=spiked, quarter=QUARTER).findings if (f.area, f.type) == ("A0", "T0"))
    other = next(f for f in look(cube=stepped, quarter=QUARTER).findings if (f.area, f.type) == ("A1", "T1"))
    assert (shape_of(one), explain(one).months) == ("spike_over", (NOVEMBER,))
    assert shape_of(other) == "step"
    assert explain(other).way == "higher"


# Parts


PARTS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 200)), min_size=1, max_size=30)


@given(PARTS, st.integers(0, 900))
def test_parts_add_up_exactly_and_each_is_within_one_of_its_share(rows: list, expected: int):
    """The slow twin hands out the expected count one by one to whoever lacks most."""
    observed, usual = [held for held, _ in rows], [base for _, base in rows]
    told = parts_of(by="place", codes=[str(at) for at in range(len(rows))], observed=observed, usual=usual, expected=expected)
    assert told.difference == sum(observed) - expected
    assert sum(part.expected for part in told.parts) == expected
    whole = sum(usual)
    for part in told.parts:
        share = expected * (usual[int(part.code)] / whole if whole else 1 / len(rows))
        assert abs(part.expected - share) < 1 + 1e-9
    signs = [part.difference for part in told.parts]
    assert signs == sorted(signs, reverse=sum(observed) >= expected)


def test_half_of_a_difference_lies_in_one_place_in_a_few_or_is_spread():
    def gathered(*held: int) -> tuple[str, int]:
        told = parts_of(
            by="place", codes=[str(at) for at in range(len(held))], observed=held, usual=[10] * len(held), expected=10 * len(held)
        )
        return told.gathering, told.halves

    assert gathered(40, 10, 10, 10, 10, 10, 10) == ("one", 1)
    assert gathered(30, 30, 10, 10, 14, 14, 10) == ("few", 2)
    assert gathered(14, 14, 14, 14, 14, 14, 14) == ("spread", 4)
    assert gathered(12, 11, 10, 10, 10, 10, 10) == ("unknown", 0)


def fine_cube(values: np.ndarray) -> Cube:
    """Places b, c, p; types Shoplifting, Robbery; months to December 2021."""
    months = tuple(DECEMBER - (values.shape[2] - 1 - at) for at in range(values.shape[2]))
    return Cube(("b", "c", "p"), ("Shoplifting", "Robbery"), months, values, np.ones((3, values.shape[2]), bool))


def worked() -> Cube:
    values = np.zeros((3, 2, 14), dtype=np.int64)
    values[:, 0] = np.array([10, 6, 2])[:, None]
    values[:, 0, 12] = 43, 9, 1
    return fine_cube(values)


def test_rows_without_a_place_are_a_part_of_their_own():
    told = breakdown(worked(), by="place", months=[NOVEMBER], usual_months=[NOVEMBER - 12], observed=58, expected=19, type_="Shoplifting")
    assert [(part.code, part.difference) for part in told.parts] == [("b", 32), ("", 5), ("c", 3), ("p", -1)]
    assert (told.difference, told.gathering) == (39, "one")


def test_types_are_parts_of_a_whole_area():
    values = np.zeros((3, 2, 13), dtype=np.int64)
    values[:, :, 12] = [[4, 1], [3, 1], [2, 9]]
    values[:, :, 0] = [[2, 2], [2, 2], [2, 2]]
    told = breakdown(fine_cube(values), by="type", months=[DECEMBER], usual_months=[DECEMBER - 12], observed=20, expected=12)
    assert {part.code: part.difference for part in told.parts} == {"Shoplifting": 3, "Robbery": 5}


def test_a_finer_level_that_holds_more_or_lacks_a_month_is_refused():
    with pytest.raises(ValueError, match="not of the same rows"):
        breakdown(worked(), by="place", months=[NOVEMBER], usual_months=[], observed=50, expected=19, type_="Shoplifting")
    with pytest.raises(ValueError, match="has no 2022-01"):
        breakdown(worked(), by="place", months=[DECEMBER + 1], usual_months=[], observed=50, expected=19, type_="Shoplifting")
    with pytest.raises(KeyError):
        breakdown(worked(), by="place", months=[NOVEMBER], usual_months=[], observed=90, expected=19, type_="Drugs")
    cube = worked()
    cube.known[0, 12] = False
    with pytest.raises(ValueError, match="not known"):
        breakdown(cube, by="place", months=[NOVEMBER], usual_months=[], observed=90, expected=19, type_="Shoplifting")


@pytest.mark.parametrize(
    ("observed", "usual", "expected"), [([-1], [1], 1), ([1.5], [1], 1), ([1, 2], [1], 1), ([1], [np.nan], 1), ([1], [1], -1), ([], [], 3)]
)
def test_parts_that_are_no_counts_are_refused(observed: list, usual: list, expected: int):
    with pytest.raises(ValueError):
        parts_of(by="place", codes=["a"] if len(usual) == 1 else [], observed=observed, usual=usual, expected=expected)


def test_parts_of_another_figure_are_refused():
    other = parts_of(by="place", codes=["a"], observed=[20], usual=[1], expected=19)
    with pytest.raises(ValueError, match="add up to 1"):
        explain(spike(), parts=[other])


# Who else moved, what else happened, what it is not


def test_neighbours_are_judged_in_the_month_that_is_told():
    alike, quiet, gap = spike(area="W2"), found("W3"), found("W4", method="missing", monthly=())
    told = explain(spike(), neighbours=[alike, quiet, gap, spike()], force=quiet, group=alike)
    assert told.around.neighbours == {"W2": "higher", "W3": "within", "W4": "unknown"}
    assert (told.around.known, told.around.alike("higher"), told.around.force, told.around.group) == (2, 1, "within", "higher")
    assert "neighbours" not in told.not_it
    assert "force" in told.not_it
    assert "neighbours" in explain(spike(), neighbours=[quiet]).not_it
    assert "neighbours" not in explain(spike(), neighbours=[gap]).not_it


def test_a_neighbour_of_another_quarter_is_refused():
    with pytest.raises(ValueError, match="not of Shoplifting in 2021-12"):
        explain(spike(), neighbours=[found("W2", quarter=Quarter(Month(2021, 9)))])
    with pytest.raises(ValueError, match="told of Robbery"):
        explain(spike(), force=found("W2", type="Robbery"))


@pytest.mark.parametrize(
    ("first", "last", "areas", "types", "bears"),
    [
        (NOVEMBER, NOVEMBER, (), (), True),
        (Month(2020, 1), None, (), (), True),
        (Month(2021, 7), Month(2021, 8), (), (), True),
        (Month(2021, 6), Month(2021, 7), (), (), False),
        (DECEMBER, None, (), (), False),
        (NOVEMBER, None, ("W1",), ("Shoplifting",), True),
        (NOVEMBER, None, ("W2",), (), False),
        (NOVEMBER, None, (), ("Robbery",), False),
    ],
)
def test_an_event_bears_where_time_area_and_type_allow(first: Month, last: Month | None, areas: tuple, types: tuple, bears: bool):
    event = Event(title=("Ymgyrch", "Operation"), kind="operation", first=first, last=last, areas=areas, types=types)
    told = explain(spike(), events=[event])
    assert (told.events == (event,)) == bears
    assert ("proved_by_time" in told.not_it) == bears


def test_only_what_was_looked_at_is_ruled_out():
    assert explain(spike()).not_it == ("season", "trend", "data")
    assert explain(spike(method="same_months")).not_it == ("season", "data")
    assert "data" not in explain(spike(), doubts=Doubts(partial=(NOVEMBER,))).not_it
    latest = spike(now=(20, 18, 58), odd_months=(DECEMBER,))
    assert "lasting" in explain(latest).not_it


# Telling


def worked_explanation():
    parts = breakdown(worked(), by="place", months=[NOVEMBER], usual_months=[NOVEMBER - 12], observed=58, expected=19, type_="Shoplifting")
    event = Event(title=("Agorwyd siop fawr", "A large shop opened"), kind="event", first=Month(2021, 10))
    return explain(spike(), parts=[parts], neighbours=[found("W2"), found("W3")], force=found("rest"), events=[event])


def test_the_worked_example_of_the_method_page():
    told = worked_explanation()
    assert paragraph(told, NAMES, "en") == (
        "Shoplifting, Gwynedd, November 2021: 58 recorded, against an expected 19 (range 9–29); it was a rise in one month, over before "
        "the quarter ended. One place accounts for at least half of the difference: Bangor (+32). These moved the other way: Pwllheli "
        "(−1). All other parts together: +8. The whole difference: +39. None of the other areas of the police force moved the same way "
        "(areas with figures: 2). The rest of the police force area stayed within its expected range. Recorded at about the same time: A large shop "
        "opened (from October 2021 on). That does not prove it to be the cause. The data for these months are complete. It is not the "
        "time of year, which the expected range already allows for. Nor is it the trend of recent years, which the range allows for too."
    )
    assert paragraph(told, NAMES, "cy") == (
        "Dwyn o siopau, Gwynedd, Tachwedd 2021: cofnodwyd 58 lle disgwylid tua 19 (ystod ddisgwyliedig: 9–29); cynnydd mewn un mis oedd "
        "hwn, a daeth i ben cyn diwedd y chwarter. Mae un lle yn cyfrif am o leiaf hanner y gwahaniaeth: Bangor (+32). Symudodd y rhain "
        "i’r cyfeiriad arall: Pwllheli (−1). Pob rhan arall gyda’i gilydd: +8. Y gwahaniaeth i gyd: +39. Ni symudodd yr un o ardaloedd eraill "
        "yr heddlu i’r un cyfeiriad (ardaloedd â ffigurau: 2). Arhosodd gweddill ardal yr heddlu o fewn ei ystod ddisgwyliedig. Cofnodwyd "
        "yr hyn a ganlyn tua’r un adeg: Agorwyd siop fawr (o fis Hydref 2021 ymlaen). Nid yw hynny’n profi mai dyna’r achos. Mae’r data ar "
        "gyfer y misoedd hyn yn gyflawn. Nid yr adeg o’r flwyddyn yw’r rheswm: mae’r ystod ddisgwyliedig eisoes yn ei hystyried. Nid tueddiad y blynyddoedd "
        "diwethaf yw’r rheswm chwaith: mae’r ystod yn ystyried hwnnw hefyd."
    )


def test_those_that_moved_furthest_the_other_way_are_named():
    parts = parts_of(by="street", codes=list("abcde"), observed=[79, 1, 5, 3, 9], usual=[10] * 5, expected=50)
    text = paragraph(explain(spike(now=(20, 97, 18), monthly=(MonthPoint(NOVEMBER, 97, 50.0, 30.0, 70.0),)), parts=[parts]), NAMES, "en")
    assert "These moved the other way: Bangor (−9); d (−7). All other parts together: −6. The whole difference: +47." in text
    assert "One published point accounts for at least half of the difference: a (+69)." in text


def test_what_a_paragraph_names_is_among_what_the_chart_shows():
    codes = [f"n{at:02d}" for at in range(20)]
    parts = parts_of(by="place", codes=codes, observed=[90, *[10] * 4, *[9] * 15], usual=[10] * 20, expected=200)
    assert [part.code for part in parts.shown] == ["n00", "n05", "n06", "n07", "n08", "n09"]
    assert [part.code for part in parts.named] == ["n00"]
    assert [part.code for part in parts.against] == ["n05", "n06"], "of equals the first, in paragraph and chart alike"
    opposed = parts_of(by="place", codes=codes, observed=[*[23] * 12, *[0] * 8], usual=[10] * 20, expected=200)
    assert {*opposed.named, *opposed.against} <= {*opposed.shown}
    assert opposed.named


def every_string() -> list[tuple[str, str, str]]:
    return [
        (f"{kind}.{key}", language, text)
        for kind, held in KNOWN.items()
        if kind != "months"
        for key, both in held.items()
        for language, one in both.items()
        for text in (one.values() if isinstance(one, dict) else [one])
    ]


def test_both_languages_of_every_sentence_hold_the_same_values():
    by_key: dict = {}
    for key, language, text in every_string():
        by_key.setdefault(key, {}).setdefault(language, set()).update(re.findall(r"\{(\w+)\}", text))
    for key, held in by_key.items():
        assert set(held) == {"cy", "en"}, key
        assert held["cy"] == held["en"], key


def test_names_stand_only_where_nothing_mutates_them():
    """A name or a list of them opens a sentence, or stands after a colon or the word mis; numbers may stand anywhere."""
    for key, language, text in every_string():
        if language == "cy" and key.split(".")[0] in ("sentence", "text"):
            for name in re.findall(r"(?:^|.{1,8})\{(label|list|since|first|last)\}", text):
                assert re.search(rf"(^|: |mis |fis )\{{{name}\}}", text), (key, text)


@pytest.mark.parametrize(
    ("number", "cy", "en"),
    [(0, "zero", "zero"), (1, "one", "one"), (2, "two", "two"), (3, "few", "other"), (6, "many", "other"), (11, "other", "other")],
)
def test_plural_forms_follow_the_languages(number: int, cy: str, en: str):
    assert (plural(number, "cy"), plural(number, "en")) == (cy, en)


@pytest.mark.parametrize(
    ("alike", "cy", "en"),
    [
        (
            1,
            "Symudodd un arall o ardaloedd yr heddlu i’r un cyfeiriad, o blith 4: Ynys Môn.",
            "One other area of the police force, of 4, moved the same way: Anglesey.",
        ),
        (
            2,
            "Symudodd dwy arall o ardaloedd yr heddlu i’r un cyfeiriad, o blith 4: Ynys Môn; Conwy.",
            "2 other areas of the police force, of 4, moved the same way",
        ),
        (
            3,
            "Symudodd 3 arall o ardaloedd yr heddlu i’r un cyfeiriad, o blith 4: Ynys Môn; Conwy; W4.",
            "3 other areas of the police force, of 4",
        ),
        (5, "Symudodd holl ardaloedd eraill yr heddlu (5) i’r un cyfeiriad.", "All 5 other areas of the police force moved the same way."),
    ],
)
def test_neighbours_are_counted_in_the_right_form(alike: int, cy: str, en: str):
    told = explain(spike(), neighbours=[spike(area=f"W{2 + at}") if at < alike else found(f"W{2 + at}") for at in range(max(alike, 4))])
    assert cy in paragraph(told, NAMES, "cy")
    assert en in paragraph(told, NAMES, "en")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=1, max_size=12),
    st.sampled_from(["place", "type", "street"]),
    st.data(),
)
def test_the_differences_a_paragraph_tells_add_up_to_the_whole(rows: list, by: str, data: st.DataObject):
    observed = sum(held for held, _ in rows)
    expected = data.draw(st.integers(0, observed - 1)) if observed else 0
    parts = parts_of(
        by=by, codes=[f"n{at}" for at in range(len(rows))], observed=[h for h, _ in rows], usual=[u for _, u in rows], expected=expected
    )
    points = tuple(MonthPoint(month, observed, float(expected), 0.0, 1.0) for month in (NOVEMBER,))
    told = explain(
        spike(monthly=points, observed=observed) if observed > expected else found(), parts=[parts] if observed > expected else []
    )
    text = paragraph(told, NAMES, "en")
    if told.shape == "spike_over":
        whole = observed - expected
        numbers = [int(one.replace("−", "-").replace(",", "")) for one in re.findall(r"[+−][\d,]+", text)]
        if "The whole difference" in text:
            assert numbers[-1] == whole
            assert sum(numbers[:-1]) == whole
        else:
            assert sum(numbers) == whole


@pytest.mark.parametrize(
    ("case", "language"), product(["step", "season", "trend", "outside", "missing", "too_short", "doubts"], ["cy", "en"])
)
def test_every_case_is_told_whole_in_both_languages(case: str, language: str):
    dated = StepSeen(since=OCTOBER, first=Month(2021, 9), last=NOVEMBER, before=19.0, after=40.0)
    finding, more = {
        "step": (found(is_unusual=True, direction="lower", kind="level", since=OCTOBER, now=(4, 4, 4)), {}),
        "season": (found(before=[40] * 3 + [10] * 9, now=(40, 40, 40), usual=40.0), {}),
        "trend": (found(before=[20 + at for at in range(24)], now=(44, 45, 46), usual=45.0), {}),
        "outside": (found(now=(30, 25, 25)), {}),
        "missing": (found(method="missing", observed=None, expected=None, low=None, high=None, missing=(OCTOBER, NOVEMBER)), {}),
        "too_short": (found(method="too_short", expected=None, low=None, high=None), {}),
        "doubts": (
            found(is_unusual=True, direction="higher", kind="quarter", now=(40, 40, 40)),
            {"step": dated, "doubts": Doubts(partial=(OCTOBER,), was=88, recoded=(NOVEMBER,))},
        ),
    }[case]
    told = paragraph(explain(finding, **more), NAMES, language)
    assert not re.search(r"[{}]|None|  |\(–|–\)", told)
    assert told.endswith(".")
    wanted = {
        ("step", "cy"): "mae’r lefel yn is ers mis Hydref 2021.",
        ("season", "cy"): "yr adeg o’r flwyddyn sy’n esbonio",
        ("trend", "en"): "the trend of recent years explains",
        ("missing", "en"): "Months without data: October 2021; November 2021.",
        ("doubts", "cy"): "ym mis Hydref 2021 (amrediad: Medi 2021 i fis Tachwedd 2021). Nifer y mis, yn fras: 19 cyn hynny, 40 wedyn.",
    }.get((case, language), "")
    assert wanted in told


def test_a_step_is_told_with_its_range_and_its_month_once_where_no_other_fits():
    finding = found(is_unusual=True, direction="higher", kind="quarter", now=(40, 40, 40))
    sure = StepSeen(since=OCTOBER, first=OCTOBER, last=OCTOBER, before=19.0, after=40.0)
    told = explain(finding, step=sure)
    assert "120 recorded, against an expected 57 (range 45–69); the level has been higher since October 2021." in sentence(
        told, NAMES, "en"
    )
    assert "(ystod ddisgwyliedig: 45–69); mae’r lefel yn uwch ers mis Hydref 2021." in sentence(told, NAMES, "cy")
    assert "began in October 2021; no other month fits the figures." in paragraph(told, NAMES, "en")
    assert "ym mis Hydref 2021; nid yw’r un mis arall yn cyd-fynd â’r ffigurau." in paragraph(told, NAMES, "cy")


def test_a_level_of_under_half_a_year_is_not_said_to_last():
    step = {"is_unusual": True, "direction": "higher", "kind": "level", "before": [19] * 24, "fits": [19] * 24, "now": (40, 41, 42)}
    young, old = explain(found(since=Month(2021, 8), **step)), explain(found(since=Month(2021, 7), **step))
    assert ("lasting" in young.not_it, "lasting" in old.not_it) == (True, False)
    assert paragraph(young, NAMES, "en").endswith("There is no evidence yet that it will last.")
    assert "Nid oes tystiolaeth eto y bydd yn para." not in paragraph(old, NAMES, "cy")


def test_spans_of_months_are_labels():
    assert span(QUARTER.months, "cy") == "Hydref–Rhagfyr 2021"
    assert span((DECEMBER, DECEMBER + 1), "en") == "December 2021–January 2022"
    assert (span((NOVEMBER,), "cy"), span((), "en")) == ("Tachwedd 2021", "")


def test_a_third_language_is_refused():
    with pytest.raises(ValueError, match="cy or en"):
        sentence(explain(spike()), NAMES, "fr")
