"""A chart is data; what it must say can be read from the specification."""

from __future__ import annotations

import json

import pytest

from diogel.analysis.chart_house import Tick, month_ticks, placed, round_ticks
from diogel.analysis.charts import Bar, Event, Point, contributions, control_chart, small_panel
from diogel.analysis.periods import Month

START = Month(2019, 1)


def series(count: int = 24, **changed: Point) -> list[Point]:
    points = [Point(START + k, 50 + k % 7, 52.0, 40.0, 66.0) for k in range(count)]
    for at, point in changed.items():
        points[int(at[1:])] = point
    return points


def control(points, **more):
    return control_chart(points, range_label="expected range", missing_label="no data", **more)


def marks(spec, kind):
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


def words_of(spec):
    return [layer["encoding"]["text"]["value"] for layer in marks(spec, "text") if "value" in layer["encoding"]["text"]]


def test_both_drawings_hold_the_same_rows():
    chart = control(series())
    assert chart.wide["data"] == chart.narrow["data"]
    assert (chart.wide["width"], chart.narrow["width"]) == (800, 300)


def test_the_y_axis_starts_at_zero_and_reaches_the_highest_point():
    points = series(p5=Point(START + 5, 213, 52.0, 40.0, 66.0, odd=True))
    domains = [
        layer["encoding"]["y"]["scale"]["domain"] for layer in marks(control(points).wide, "line") if "scale" in layer["encoding"]["y"]
    ]
    assert domains
    assert all(low == 0 and top >= 213 for low, top in domains)


def test_an_odd_point_is_ringed_and_labelled_and_others_are_not():
    points = series(p20=Point(START + 20, 96, 52.0, 40.0, 66.0, odd=True, label="96 in September"))
    spec = control(points).wide
    rings = [layer for layer in marks(spec, "point") if layer["mark"].get("filled") is False]
    assert [row["n"] for ring in rings for row in ring["data"]["values"]] == [96]
    assert "96 in September" in words_of(spec)


def test_a_gap_is_named_once_and_never_drawn_as_zero():
    gap = {f"p{k}": Point(START + k, None, 52.0, 40.0, 66.0) for k in (9, 10, 11)}
    spec = control(series(**gap)).wide
    assert words_of(spec).count("no data") == 1
    assert [row["n"] for row in spec["data"]["values"][9:12]] == [None, None, None]
    assert spec["config"]["line"]["invalid"] == "break-paths-show-domains"


def test_an_expected_range_for_one_quarter_only_is_still_seen():
    points = [Point(START + 3 * k, 100, *((98.0, 80.0, 120.0) if k == 7 else ())) for k in range(8)]
    strokes = [layer for layer in marks(control(points).wide, "rule") if layer["mark"].get("strokeWidth") == 14]
    assert [row["hi"] for row in strokes[0]["data"]["values"]] == [120.0]


def test_without_a_range_no_range_is_named():
    spec = control([Point(START + k, 5) for k in range(6)]).wide
    assert "expected range" not in words_of(spec)
    assert not marks(spec, "area")


def test_each_dated_event_is_ruled_and_named():
    events = [Event(Month(2020, 3), "lockdown"), Event(Month(2020, 4), "new recording rules")]
    assert {"lockdown", "new recording rules"} <= set(words_of(control(series(), events=events).wide))


@pytest.mark.parametrize("width", [240, 740])
def test_words_above_a_chart_never_overlap(width):
    ticks = [Tick(START + k, f"event number {k}") for k in (0, 1, 2, 3, 12, 13, 22, 23)]
    rows = placed(ticks, start=START, end=START + 23, width=width)
    spans = {}
    for tick, row, align in rows:
        at, long = width * tick.month.since(START) / 23, 7.2 * len(tick.label)
        left = at - {"left": 0, "center": long / 2, "right": long}[align]
        assert all(left >= end or left + long <= begin for begin, end in spans.get(row, []))
        spans.setdefault(row, []).append((left, left + long))


def test_bars_keep_their_order_and_what_moved_the_other_way():
    spec = contributions([Bar("Bangor", 23, "+23"), Bar("Rest", -2, "−2")]).wide
    assert [(row["p"], row["v"]) for row in spec["data"]["values"]] == [("Bangor", 23), ("Rest", -2)]


def test_no_line_runs_through_the_names_above_narrow_bars():
    chart = contributions([Bar("Isle of Anglesey 005B", 23, "+23"), Bar("Isle of Anglesey 001A", -12, "−12")])
    wide, narrow = ({layer["mark"]["type"] for layer in spec["layer"]} for spec in (chart.wide, chart.narrow))
    assert "rule" in wide
    assert "rule" not in narrow
    zero = next(layer for layer in chart.narrow["layer"] if layer["mark"]["type"] == "tick")
    assert zero["encoding"]["y"]["field"] == "p"


@pytest.mark.parametrize(("average", "mark"), [(4.0, "bar"), (5.0, "line")])
def test_a_small_panel_of_a_handful_has_bars_and_no_line(average, mark):
    points = [Point(START + k, average + (1 if k % 2 else -1)) for k in range(12)]
    marks = {layer["mark"]["type"] for layer in small_panel(points, missing_label="no data").wide["layer"]}
    assert marks & {"bar", "line"} == {mark}


def test_a_month_between_two_gaps_is_still_seen_in_a_small_panel():
    points = [Point(START + k, None if k in (3, 5) else 20.0 + k) for k in range(12)]
    specks = [
        layer["data"]["values"] for layer in small_panel(points, missing_label="no data").wide["layer"] if layer["mark"].get("size") == 18
    ]
    assert [row["n"] for row in specks[0]] == [24.0]


@pytest.mark.parametrize(
    ("highest", "few"), [(1, False), (4, False), (9, True), (37, False), (96, False), (213, True), (1304, False), (98765, False)]
)
def test_axis_values_are_few_round_and_whole(highest, few):
    top, values = round_ticks(highest, few=few)
    assert values[0] == 0
    assert top >= highest
    assert 2 <= len(values) <= 6
    assert all(value == int(value) for value in values)


@pytest.mark.parametrize("count", [1, 3, 14, 48, 120])
@pytest.mark.parametrize("width", [300, 800])
def test_month_labels_leave_room_between_them(count, width):
    values = month_ticks(START, START + count - 1, width)["values"]
    assert 1 <= len(values) <= max(2, (width - 60) / 78)


def test_a_chart_without_periods_is_refused():
    for make in (lambda: control([]), lambda: contributions([]), lambda: small_panel([], missing_label="no data")):
        with pytest.raises(ValueError, match="at least one"):
            make()


def test_a_chart_is_plain_data():
    for chart in (control(series()), contributions([Bar("Bangor", 1, "+1")]), small_panel(series(), missing_label="no data")):
        assert json.loads(json.dumps(chart.wide)) == chart.wide
