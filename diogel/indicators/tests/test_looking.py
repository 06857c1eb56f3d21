"""A quarter is looked through: what stands out becomes a card, and a card follows the data without losing its answer."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from diogel.analysis.periods import Month, Quarter, months_from
from diogel.audit.models import Entry
from diogel.home import home, remember
from diogel.indicators import cards, looking
from diogel.indicators.account import account_of, as_values, part_names
from diogel.indicators.looking import CannotLook, excluded_months, left_out, quarters
from diogel.indicators.models import Card, Context, Look
from diogel.indicators.tests.made_card import ANSWER, PAIRS, signed
from diogel.indicators.tests.small_store import BUSY, FIRST, FULL_QUARTER, GWYNEDD, LAST, MON, SPIKE, lay_store, planted

pytestmark = pytest.mark.slow

QUARTER, QUIET = Quarter.parse("2021-12"), Quarter.parse("2021-09")


@pytest.fixture(scope="session")
def small_store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small") / "crime"
    lay_store(folder, planted())
    return folder


@pytest.fixture
def west(cast, own_home, small_store):
    """Gwynedd and Anglesey in a home of its own that holds the small store."""
    own_home.mkdir(parents=True)
    remember(today="2022-01-17")
    shutil.copytree(small_store, own_home / "crime")
    return cast.gwynedd_mon


@pytest.fixture
def revise(own_home):
    """Loads one month again with another count."""

    def load_again(series, count):
        lay_store(own_home / "crime", planted() | {series: count}, months=[series[2]])

    return load_again


def look(partnership, quarter, *, by):
    """Looks without drawing: charts have a test of their own."""
    return looking.look(partnership, quarter, by=by, draw=lambda finding, places: {})


def card_of(type_: str) -> Card:
    return Card.objects.get(crime_type=type_)


def test_what_was_planted_becomes_a_card_and_nothing_else_does(west, cast):
    row = look(west, QUARTER, by=cast.ann)
    assert {(card.area.code, card.crime_type) for card in row.cards.all()} == {SPIKE[:2], FULL_QUARTER[:2]}
    assert (row.looked_at, row.could_not_say, row.is_synthetic) == (28, 0, True)
    assert row.by_chance == pytest.approx(0.2)
    assert len(row.series) == 28
    assert len(row.changes.made) == 2


def test_a_quiet_quarter_has_no_card(west, cast):
    row = look(west, QUIET, by=cast.ann)
    assert not row.cards.exists()
    assert {each["verdict"] for each in row.series} <= {"as_expected", "outside"}


def test_a_spike_is_told_as_its_month_and_a_full_quarter_as_the_quarter(west, cast):
    look(west, QUARTER, by=cast.ann)
    spike, whole = card_of("Shoplifting").finding, card_of("Vehicle crime").finding
    assert (spike["kind"], spike["months"], spike["told"]["observed"]) == ("months", ["2021-11"], planted()[SPIKE])
    assert (whole["kind"], whole["told"]["first"], whole["told"]["last"]) == ("quarter", "2021-10", "2021-12")
    assert whole["told"]["observed"] == whole["observed"] > whole["high"]


def test_the_places_add_up_exactly_and_the_busy_one_stands_first(west, cast):
    look(west, QUARTER, by=cast.ann)
    for card in Card.objects.all():
        told = card.finding["told"]
        assert sum(place["observed"] for place in card.places) == told["observed"]
        assert sum(place["difference"] for place in card.places) == told["observed"] - card.account["expected"]
        assert abs(card.account["expected"] - told["expected"]) <= 0.5
    assert card_of("Shoplifting").places[0]["code"] == BUSY


def test_a_card_keeps_what_the_figures_say_and_reads_it_back_whole(west, cast):
    Context.objects.create(
        partnership=west, code="form", kind="recording_change", from_on=date(2021, 11, 8), title_cy="Ffurflen", title_en="Form"
    )
    look(west, QUARTER, by=cast.ann)
    card = card_of("Shoplifting")
    told = account_of(card)
    assert as_values(told) == card.account
    assert (told.shape, told.way, told.observed) == ("spike_over", "higher", planted()[SPIKE])
    places, streets = told.parts
    assert (places.by, streets.by) == ("place", "street")
    assert places.difference == streets.difference == told.difference
    assert part_names(streets.parts[0].code) == ("Example Street 1, Gwynedd 001A",) * 2
    assert (places.gathering, places.parts[0].code) == ("one", BUSY)
    assert (told.around.force, told.around.alike("higher")) == ("within", 0)
    assert [event.title for event in told.events] == [("Ffurflen", "Form")]
    assert told.doubts.recoded == (Month(2021, 11),)
    assert "data" not in told.not_it
    whole = account_of(card_of("Vehicle crime"))
    assert (whole.shape, whole.parts[0].gathering) == ("quarter", "spread")
    assert whole.difference == sum(part.difference for part in whole.parts[0].parts)


def test_the_most_similar_areas_are_asked_where_the_home_names_them_and_all_are_counted(west, cast, own_home):
    head = "code,name_cy,name_en,areas,valid_from,valid_to,source\n"
    group = "like-gwynedd,Tebyg,Alike,{},2018-01,,A list of 2018\n"
    (own_home / "area-groups.csv").write_text(head + group.format("W06000002;W06000003;W06000006"), encoding="utf-8")
    look(west, QUARTER, by=cast.ann)
    assert account_of(card_of("Shoplifting")).around.group == "within"
    assert account_of(card_of("Vehicle crime")).around.group == "unknown", "no list names Anglesey"
    (own_home / "area-groups.csv").write_text(head + group.format("W06000002;W06000003;E07000041"), encoding="utf-8")
    look(west, QUARTER, by=cast.ann)
    assert account_of(card_of("Shoplifting")).around.group == "unknown"


def test_a_level_that_changed_is_dated_and_a_spike_is_not(west, cast, own_home):
    since = Month(2021, 6)
    raised = {(GWYNEDD, "Burglary", month): planted()[GWYNEDD, "Burglary", month] + 40 for month in months_from(since, LAST)}
    lay_store(own_home / "crime", planted() | raised, months=list(months_from(since, LAST)))
    look(west, QUARTER, by=cast.ann)
    told = account_of(card_of("Burglary"))
    assert told.shape == "step"
    assert told.step.first <= told.step.since <= told.step.last
    assert abs(told.step.since.since(since)) <= 1
    assert told.step.after > 1.5 * told.step.before
    assert account_of(card_of("Shoplifting")).step is None


def test_the_neighbours_are_told_too(west, cast):
    look(west, QUARTER, by=cast.ann)
    neighbours = card_of("Shoplifting").finding["neighbours"]
    assert [each["area"] for each in neighbours] == ["W06000001", "W06000003", "W06000004", "W06000005", "W06000006"]
    assert {each["way"] for each in neighbours} == {"within"}


def test_a_card_is_drawn_once_in_both_languages_and_widths(west, cast):
    looking.look(west, QUARTER, by=cast.ann)
    drawn = card_of("Shoplifting").drawings
    for name in ("control", "places"):
        for language in ("cy", "en"):
            assert set(drawn[name][language]) == {"wide", "narrow"}
    assert "ystod ddisgwyliedig" in drawn["control"]["cy"]["wide"]
    assert "ym mis Tachwedd" in drawn["control"]["cy"]["narrow"]
    assert "Lleoedd eraill" in drawn["places"]["cy"]["wide"]


def test_looking_again_changes_nothing(west, cast):
    look(west, QUARTER, by=cast.ann)
    before = list(Card.objects.order_by("pk").values("pk", "version", "finding", "drawings"))
    again = look(west, QUARTER, by=cast.ann)
    assert list(Card.objects.order_by("pk").values("pk", "version", "finding", "drawings")) == before
    assert again.changes == type(again.changes)()
    assert Look.objects.count() == 1


def test_an_event_recorded_later_is_ruled_in_the_chart_when_the_quarter_is_looked_through_again(west, cast):
    looking.look(west, QUARTER, by=cast.ann)
    columns = {"partnership": west, "code": "form", "kind": "recording_change", "from_on": date(2021, 11, 8)}
    event = Context.objects.create(title_cy="Ffurflen newydd: dwyn", title_en="New form: theft", types=["Shoplifting"], **columns)
    row = looking.look(west, QUARTER, by=cast.ann)
    card = card_of("Shoplifting")
    assert card.finding["events"] == [{"month": "2021-11", "cy": "Ffurflen newydd", "en": "New form"}]
    assert "Ffurflen newydd" in card.drawings["control"]["cy"]["wide"]
    assert card_of("Vehicle crime").finding["events"] == []
    assert row.changes.renewed == (card.pk,)
    event.areas.set([cast.anglesey])
    look(west, QUARTER, by=cast.ann)
    assert card_of("Shoplifting").finding["events"] == []


def test_a_revised_figure_renews_an_open_card_and_keeps_its_answer(west, cast, revise):
    look(west, QUARTER, by=cast.ann)
    card = card_of("Shoplifting")
    cards.answer(card, by=cast.ann, seen=card.version, **ANSWER)
    old = planted()[SPIKE]
    revise(SPIKE, old - 10)
    row = look(west, QUARTER, by=cast.ann)
    card.refresh_from_db()
    assert card.finding["told"]["observed"] == old - 10
    assert card.finding["was"]["observed"] == old
    assert card.explanation_en == PAIRS["explanation"][1]
    assert card.pk in row.changes.renewed


def test_a_signed_card_is_reopened_when_its_figure_moves_beyond_the_bound_and_what_was_signed_is_kept(west, cast, revise):
    look(west, QUARTER, by=cast.ann)
    card = signed(card_of("Shoplifting"), cast.ann)
    old = planted()[SPIKE]
    revise(SPIKE, old + 9)
    row = look(west, QUARTER, by=cast.ann)
    card.refresh_from_db()
    assert row.changes.reopened == (card.pk,)
    assert not card.is_signed
    assert (card.cause, card.explanation_en) == ("recording", PAIRS["explanation"][1])
    entry = Entry.objects.get(deed="reopened")
    assert (entry.subject, entry.detail["was"], entry.detail["is"]) == (f"indicators.card:{card.pk}", old, old + 9)
    assert entry.detail["changed"] == ["observed", "told"]
    (kept,) = card.earlier
    assert (kept["why"], kept["signed_role"], kept["explained_role"], kept["signed_on"]) == (
        "revised",
        "co_ordinator",
        "analyst",
        "2022-01-17",
    )
    assert kept["figure"]["told"] == old


def test_a_revision_within_the_bound_leaves_the_signature_and_is_told(west, cast, revise):
    look(west, QUARTER, by=cast.ann)
    card = signed(card_of("Shoplifting"), cast.ann)
    old = planted()[SPIKE]
    revise(SPIKE, old + 4)
    row = look(west, QUARTER, by=cast.ann)
    card.refresh_from_db()
    assert (card.is_signed, row.changes.reopened, row.changes.renewed) == (True, (), (card.pk,))
    assert (card.finding["was"]["observed"], card.finding["told"]["observed"]) == (old, old + 4)
    revise(SPIKE, old + 8)
    look(west, QUARTER, by=cast.ann)
    card.refresh_from_db()
    assert not card.is_signed, "small steps are held against what was signed, not against the last look"


def test_a_signed_card_stays_signed_when_only_other_figures_are_revised(west, cast, revise):
    look(west, QUARTER, by=cast.ann)
    card = signed(card_of("Shoplifting"), cast.ann)
    revise(("W06000002", "Burglary", Month(2019, 5)), 60)
    look(west, QUARTER, by=cast.ann)
    card.refresh_from_db()
    assert card.is_signed


def test_a_card_whose_figure_is_no_longer_unusual_is_withdrawn_and_comes_back_with_its_answer(west, cast, revise):
    look(west, QUARTER, by=cast.ann)
    card = signed(card_of("Shoplifting"), cast.ann)
    revise(SPIKE, 40)
    row = look(west, QUARTER, by=cast.ann)
    card.refresh_from_db()
    assert row.changes.withdrawn == (card.pk,)
    assert card.withdrawn_on == date(2022, 1, 17)
    assert Entry.objects.filter(deed="withdrawn", subject=f"indicators.card:{card.pk}").exists()
    revise(SPIKE, planted()[SPIKE] + 1)
    look(west, QUARTER, by=cast.ann)
    card.refresh_from_db()
    assert card.withdrawn_on is None
    assert card.explanation_en == PAIRS["explanation"][1]
    assert not card.is_signed


def test_real_figures_take_the_place_of_invented_ones_and_no_card_survives_between(west, cast, own_home):
    invented = look(west, QUARTER, by=cast.ann)
    signed(card_of("Shoplifting"), cast.ann)
    lay_store(own_home / "crime", planted(), kind="real")
    real = look(west, QUARTER, by=cast.ann)
    assert real.pk != invented.pk
    assert not real.is_synthetic
    assert not any(card.cause for card in real.cards.all())
    assert Entry.objects.get(deed="emptied").detail["cards"] == 2


def test_invented_figures_never_take_the_place_of_real_ones(west, cast):
    Look.objects.create(
        partnership=west, quarter="2021-12", looked_at=28, by_chance=0, rate=0.1, made_at="2022-01-01T00:00Z", store="0", is_synthetic=False
    )
    with pytest.raises(CannotLook, match="real figures"):
        look(west, QUARTER, by=cast.ann)


@pytest.mark.parametrize("who", ["bryn", "carys", "dai"])
def test_not_everyone_may_have_a_quarter_looked_through(west, cast, who):
    with pytest.raises(PermissionDenied):
        look(west, QUARTER, by=getattr(cast, who))
    assert not Look.objects.exists()


def test_there_must_be_something_to_look_at(cast, own_home, small_store):
    with pytest.raises(CannotLook, match="No crime data"):
        look(cast.gwynedd_mon, QUARTER, by=cast.ann)
    shutil.copytree(small_store, own_home / "crime")
    with pytest.raises(CannotLook, match="No file of this quarter"):
        look(cast.gwynedd_mon, Quarter.parse("2023-03"), by=cast.ann)
    cast.gwynedd_mon.areas.clear()
    with pytest.raises(CannotLook, match="No area"):
        look(cast.gwynedd_mon, QUARTER, by=cast.ann)
    assert not Look.objects.exists()


def test_a_quarter_with_a_missing_month_says_so_and_makes_no_card(cast, own_home):
    here = [Month(2018, 10) + at for at in range(LAST.since(FIRST)) if at != 37]
    lay_store(own_home / "crime", planted(), months=[*here, LAST])
    row = look(cast.gwynedd_mon, QUARTER, by=cast.ann)
    assert (row.looked_at, row.could_not_say) == (0, 28)
    assert {tuple(each["missing"]) for each in row.series} == {("2021-11",)}
    assert [each["power"] for each in row.series] == [None] * 28
    assert not row.cards.exists()


def test_a_short_history_says_so(cast, own_home):
    lay_store(own_home / "crime", planted(), months=[Month(2021, 8) + at for at in range(5)])
    row = look(cast.gwynedd_mon, QUARTER, by=cast.ann)
    assert (row.looked_at, row.could_not_say) == (0, 28)
    assert {each["verdict"] for each in row.series} == {"too_short"}


def test_months_of_a_recorded_event_are_left_out_of_the_baseline(west):
    def event(code, first, last, **columns):
        Context.objects.create(partnership=west, code=code, kind="policy", from_on=first, to_on=last, **columns)

    event("lockdown", date(2020, 3, 23), date(2020, 5, 2), is_excluded_from_baseline=True)
    event("campaign", date(2021, 6, 1), None)
    event("gone", date(2019, 1, 1), date(2019, 1, 9), is_excluded_from_baseline=True, withdrawn_on=date(2022, 1, 1))
    event("still on", date(2021, 12, 24), None, is_excluded_from_baseline=True)
    assert excluded_months(west) == (Month(2020, 3), Month(2020, 4), Month(2020, 5), Month(2021, 12), Month(2022, 1))


def event_of(west, code, *, areas=(), types=(), first=date(2020, 4, 1), last=date(2020, 5, 31)):
    row = Context.objects.create(
        partnership=west, code=code, kind="recording_change", from_on=first, to_on=last, types=list(types), is_excluded_from_baseline=True
    )
    row.areas.set(areas)
    return row


def test_an_event_leaves_its_months_out_of_the_areas_and_types_that_it_names(west, cast):
    months = (Month(2020, 4), Month(2020, 5))
    event_of(west, "sheets", areas=[cast.gwynedd], types=["Shoplifting", "Burglary"])
    event_of(west, "month", areas=[cast.gwynedd], types=["Burglary"], first=date(2020, 6, 3), last=date(2020, 6, 4))
    found = left_out(Context.objects.all(), [GWYNEDD, MON])
    assert found == {(GWYNEDD, "Shoplifting"): months, (GWYNEDD, "Burglary"): (*months, Month(2020, 6))}
    assert excluded_months(west) == (), "nothing is left out of all series"


def test_an_event_without_areas_bears_on_every_area_and_without_types_on_every_type(west, cast):
    event_of(west, "everywhere", types=["Shoplifting"])
    event_of(west, "all types", areas=[cast.anglesey])
    found = left_out(Context.objects.all(), [GWYNEDD, MON, "W06000003"])
    assert {area for area, type_ in found if type_ == "Shoplifting"} == {GWYNEDD, MON, "W06000003"}
    assert {area for area, type_ in found if type_ == "Robbery"} == {MON}
    assert len(found) == 14 + 2


def test_an_event_of_all_a_partnerships_own_areas_leaves_its_months_out_of_every_series(west, cast):
    event_of(west, "both", areas=[cast.gwynedd, cast.anglesey])
    assert excluded_months(west) == (Month(2020, 4), Month(2020, 5))


def test_a_look_leaves_months_out_of_the_series_touched_only(west, cast):
    event_of(west, "sheets", areas=[cast.gwynedd], types=["Shoplifting"])
    row = look(cast.gwynedd_mon, QUARTER, by=cast.ann)
    history = {(each["area"], each["type"]): each["history_months"] for each in row.series}
    assert history[GWYNEDD, "Shoplifting"] == history[GWYNEDD, "Burglary"] - 2
    assert len(set(history.values())) == 2
    assert history[MON, "Shoplifting"] == history[GWYNEDD, "Burglary"]
    power = {(each["area"], each["type"]): each["power"] for each in row.series}
    assert 0 < power[MON, "Burglary"]["half"] <= power[MON, "Burglary"]["double"]
    assert power[MON, "Burglary"]["smallest"] > 1
    assert "power" not in card_of("Shoplifting").finding
    assert card_of("Shoplifting").finding["excluded"] == ["2020-04", "2020-05"]
    assert card_of("Vehicle crime").finding["excluded"] == []


def test_every_quarter_of_the_store_is_offered_once_it_is_over(west):
    assert [str(quarter) for quarter in quarters()][:2] == ["2021-12", "2021-09"]
    assert str(quarters()[-1]) == "2018-12"
    remember(today="2021-12-31")
    assert [str(quarter) for quarter in quarters()][:2] == ["2021-09", "2021-06"]
    remember(today="2022-01-01")
    assert str(quarters()[0]) == "2021-12"


def test_a_quarter_that_is_not_over_is_not_looked_through_whatever_the_store_holds(west, cast):
    remember(today="2021-12-31")
    with pytest.raises(CannotLook, match="has not ended yet"):
        look(west, QUARTER, by=cast.ann)
    assert not Look.objects.exists()
    assert look(west, QUIET, by=cast.ann).looked_at == 28


def test_real_figures_of_a_quarter_know_better_than_the_day_of_a_demo_that_it_is_over(west):
    remember(today="2020-02-02")
    assert str(quarters()[0]) == "2019-12"
    shutil.rmtree(home() / "crime")
    lay_store(home() / "crime", planted(), kind="real")
    assert str(quarters()[0]) == "2021-12"
