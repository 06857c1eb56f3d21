"""What heads a list of measures, and what the words of a measure or objective say of it; what they do not say is not guessed."""

import pytest

from diogel.analysis.reading.plan_measures import accountability_in, directions_in, is_head, unit_in

HEADS = (
    "Measuring Progress:", "How we will measure success", "How will we measure progress?", "Measures", "Measures of success",
    "Measures and indicators", "Key performance indicators", "Measuring progress for Priority One", "Sut byddwn yn mesur cynnydd:",
    "Sut y byddwn ni’n mesur llwyddiant", "Sut fyddwn ni’n mesur llwyddiant?", "Mesur cynnydd", "Mesurau", "Prif ddangosyddion",
    "Dangosyddion perfformiad",
)  # fmt: skip


@pytest.mark.parametrize("text", HEADS)
def test_a_heading_of_measures_is_known_in_both_languages(text):
    assert is_head(text)


@pytest.mark.parametrize(
    "text", ["Measure the fence", "Performance", "Progress", "Cynnydd", "Reporting arrangements:", "Sut byddwn yn gweithio"]
)
def test_other_headings_are_none(text):
    assert not is_head(text)


@pytest.mark.parametrize(("text", "stated"), [
    ("An increase in the number of checks", ["increase"]), ("Increased the focus on repairs", ["increase"]), ("To see more visits", ["increase"]),
    ("Cynnydd yn nifer y gwiriadau", ["increase"]), ("Byddwn yn cynyddu ymwybyddiaeth", ["increase"]),
    ("Prevent and reduce thefts", ["decrease"]), ("Reduction in thefts", ["decrease"]), ("Gostyngiad mewn lladrata", ["decrease"]),
    ("I leihau lladrata", ["decrease"]), ("Maintain the level of checks", ["maintain"]), ("Cynnal nifer y gwiriadau", ["maintain"]),
    ("We will also monitor the tides", ["monitor"]), ("Monitro’r llanw", ["monitor"]), ("Monitor and determine a baseline for tides", ["set_baseline"]),
    ("Pennu llinell sylfaen ar gyfer y llanw", ["set_baseline"]), ("Maintain or increase the checks", ["increase", "maintain"]),
    ("The number of checks", []), ("No increase in thefts", []), ("More than 50 checks", []), ("Cynnal arolwg bob blwyddyn", []),
    ("Cynnydd ar y cynllun", []), ("Raise concerns early", []), ("How the watch has reduced thefts", []),
])  # fmt: skip
def test_only_what_stands_at_the_beginning_states_a_direction(text, stated):
    assert list(directions_in(text)) == stated


@pytest.mark.parametrize(("text", "told"), [
    ("numbers to which we contribute, for which we are not solely accountable:", "contributory"), ("yr ydym yn cyfrannu atynt", "contributory"),
    ("we are solely accountable", "sole"), ("we are not solely accountable", ""), ("we cannot be solely responsible", ""),
    ("those for which we share responsibility", "shared"), ("each quarter the group will review:", ""),
])  # fmt: skip
def test_who_answers_is_read_only_where_it_is_said_plainly(text, told):
    assert accountability_in(text) == told


@pytest.mark.parametrize(("text", "unit"), [
    ("The number of checks", "count"), ("Nifer y gwiriadau", "count"), ("The percentage of a number of boats", "percent"), ("The level of harm", ""),
])  # fmt: skip
def test_a_unit_is_read_only_where_it_is_named(text, unit):
    assert unit_in(text) == unit
