"""On thirteen years of London boroughs the spring of 2020 is explained as an analyst would: down, everywhere, and not by the season."""

from diogel.analysis.anomalies import look
from diogel.analysis.counts import Cube
from diogel.analysis.explain import Event, Names, breakdown, explain, paragraph, shape_of
from diogel.analysis.explain.explaining import figure_of
from diogel.analysis.periods import Month, Quarter

SPRING = Quarter(Month(2020, 6))
LOCKDOWN = Event(title=("Cyfnod clo cyntaf", "First lockdown"), kind="policy", first=Month(2020, 3), last=Month(2020, 6))


def test_theft_fell_everywhere_in_the_spring_of_2020_and_it_was_not_the_season(london: Cube):
    own = [one for one in look(cube=london, quarter=SPRING).findings if one.type == "THEFT"]
    told = explain(own[0], neighbours=own, events=[LOCKDOWN])
    assert told.way == "lower"
    assert told.around.alike("lower") == told.around.known == len(london.areas) - 1
    assert {"season", "trend", "proved_by_time"} <= set(told.not_it)
    assert told.events == (LOCKDOWN,)


def test_the_fall_of_robbery_is_taken_apart_by_borough_to_the_last_one(london: Cube):
    whole = Cube(("London",), london.types, london.months, london.values.sum(axis=0, keepdims=True), london.known[:1])
    finding = next(one for one in look(cube=whole, quarter=SPRING).findings if one.type == "ROBBERY")
    months, observed, expected, _, _ = figure_of(finding, shape_of(finding))
    usual = [month - 12 for month in months]
    parts = breakdown(london, by="place", months=months, usual_months=usual, observed=observed, expected=expected, type_="ROBBERY")
    told = explain(finding, parts=[parts], events=[LOCKDOWN])
    assert parts.difference == observed - expected < -2000
    assert (parts.gathering, len(parts.parts)) == ("spread", 16)
    names = Names(what=("Lladrad", "Robbery"), where=("Llundain", "London"))
    assert "wedi’i wasgaru dros lawer o leoedd" in paragraph(told, names, "cy")
    assert "First lockdown (March–June 2020). That does not prove it to be the cause." in paragraph(told, names, "en")


def test_ordinary_quarters_have_nothing_to_explain(london: Cube):
    shapes = [shape_of(one) for ending in (Month(2016, 9), Month(2019, 12)) for one in look(cube=london, quarter=Quarter(ending)).findings]
    assert shapes.count("within") / len(shapes) > 0.9
