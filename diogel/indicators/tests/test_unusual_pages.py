"""The desk of unusual figures and its cards: who sees them, what they say, and what happens when two write at once."""

from __future__ import annotations

import re
import shutil
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from diogel.home import remember
from diogel.indicators import cards
from diogel.indicators.account import account_of
from diogel.indicators.models import Card, Context, Look
from diogel.indicators.tests.made_card import ANSWER, PAIRS, analyst, make_card, make_finding, make_look, signed
from diogel.indicators.tests.small_store import lay_store, planted
from diogel.people.models import Partnership
from diogel.places.codes import units_of
from diogel.places.models import Area

pytestmark = pytest.mark.slow

DESK = "/en/gwynedd-mon/desk/unusual/"


@pytest.fixture
def home(cast, own_home):
    remember(today="2022-01-17")
    return own_home


@pytest.fixture
def card(home, cast):
    return make_card(cast, is_drawn=True)


@pytest.fixture
def ann(client, cast):
    client.force_login(cast.ann)
    return client


def page_of(card: Card, language: str = "en") -> str:
    return f"/{language}/gwynedd-mon/desk/unusual/{card.pk}/"


def typed(card: Card, **changes: Any) -> dict[str, Any]:
    pairs = {f"{name}_{language}": PAIRS[name][at] for name in PAIRS for at, language in enumerate(("cy", "en"))}
    return {"seen": str(card.version), "cause": "recording", "confidence": "high", "both_checked": "on"} | pairs | changes


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_stranger_is_asked_to_sign_in_and_another_partnership_finds_nothing(client, card, cast):
    assert client.get(DESK).status_code == 302
    client.force_login(cast.dai)
    for address in (DESK, page_of(card), f"{page_of(card)}hand/", f"{page_of(card)}reopen/"):
        assert client.get(address).status_code == 404
    assert client.post(f"{DESK}look/", {"quarter": "2021-12"}).status_code == 404


def test_a_card_of_another_partnership_is_not_found_under_ones_own_address(client, card, cast):
    client.force_login(cast.dai)
    assert client.get(f"/en/wrexham/desk/unusual/{card.pk}/").status_code == 404


def test_scrutiny_reads_a_card_and_changes_nothing(client, card, cast):
    client.force_login(cast.carys)
    shown = client.get(page_of(card))
    assert "stood above the expected range in November 2021" in words(shown)
    assert b"<form" not in shown.content.split(b"<main")[1].split(b"</main>")[0]
    assert client.post(page_of(card), typed(card)).status_code == 403
    assert client.get(f"{page_of(card)}hand/").status_code == 403
    assert client.post(f"{page_of(card)}reopen/", {"seen": 1, "reason": "Because."}).status_code == 403
    assert client.post(f"{DESK}look/", {"quarter": "2021-12"}).status_code == 403
    assert b"Look through" not in client.get(DESK).content


def test_the_desk_says_how_many_were_looked_at_and_puts_the_unexplained_first(ann, cast, home):
    look = make_look(cast)
    make_card(cast, look)
    handed = make_card(cast, look, type="Burglary")
    cards.hand_to(handed, by=cast.ann, seen=1, role="analyst", until=date(2022, 2, 4))
    signed(make_card(cast, look, type="Drugs"), cast.ann)
    said = words(ann.get(DESK))
    assert "One unusual figure has no explanation yet" in said
    assert "We looked at 28 series." in said
    assert "Fewer than one of those that stand out is expected to be chance alone." in said
    said = said.split("We looked at", 1)[1]
    assert said.index("Unexplained") < said.index("Shoplifting in Gwynedd") < said.index("Analyst, until 4 February 2022")
    assert said.index("Analyst, until 4 February 2022") < said.index("Explained and signed") < said.index("Drug offences in Gwynedd")
    assert "Signed 17 January 2022" in said


def test_what_could_not_be_judged_is_told_with_its_reason(ann, cast, home):
    rows = [
        make_finding(verdict="too_short", direction="", low=None, high=None, history_months=5),
        make_finding(verdict="missing", direction="", observed=None, low=None, high=None, missing=["2021-11"], type="Burglary"),
        make_finding(verdict="outside", type="Drugs"),
    ]
    make_look(cast, looked_at=1, could_not_say=2, series=rows)
    said = words(ann.get(DESK))
    assert "Of 2 more series nothing can be said" in said
    assert "nothing: only 5 months of history" in said
    assert "nothing: no whole file for November 2021" in said
    assert "higher, but no more than chance makes of so many" in said
    assert "No figure was unusual in this quarter" in said


def test_where_nothing_was_looked_at_no_more_is_said_of_it(ann, cast, home):
    make_look(cast, looked_at=0, could_not_say=14, series=[make_finding(verdict="too_short", direction="", low=None, high=None)] * 14)
    said = words(ann.get(DESK))
    assert "Of 14 series nothing can be said; the table below gives the reasons." in said
    assert "We looked at" not in said
    assert "more series" not in said


def test_a_short_history_is_not_passed_off_as_a_long_one(ann, cast, home):
    make_look(cast, series=[make_finding(verdict="as_expected", method="same_months", direction="")] * 14)
    said = words(ann.get(DESK))
    assert "The history of 14 series is short: they are compared only with the same months of earlier years" in said


def test_a_quarter_is_chosen_among_those_looked_through(ann, cast, home):
    make_card(cast, make_look(cast, quarter="2021-09"))
    make_look(cast)
    assert "No figure was unusual" in words(ann.get(DESK))
    assert "One unusual figure has no explanation yet" in words(ann.get(f"{DESK}?quarter=2021-09"))
    assert ann.get(f"{DESK}?quarter=nonsense").status_code == 200


def test_an_empty_installation_says_why_nothing_is_there(ann, home):
    assert "There are no crime figures to look through yet" in words(ann.get(DESK))


def test_a_quarter_that_is_not_over_is_neither_offered_nor_looked_through(ann, home):
    lay_store(home / "crime", planted())
    remember(today="2021-12-31")
    shown = ann.get(f"{DESK}?quarter=2021-12")
    assert b'name="quarter" value="2021-09"' in shown.content
    assert "October to December 2021" not in words(shown)
    said = words(ann.post(f"{DESK}look/", {"quarter": "2021-12"}, follow=True))
    assert "This quarter has not ended yet, so it cannot be looked through." in said
    assert not Look.objects.exists()


def test_a_button_looks_through_the_quarter_and_says_what_it_found(ann, home, tmp_path_factory):
    lay_store(home / "crime", planted())
    assert "Nobody has looked through this quarter yet" in words(ann.get(DESK))
    said = words(ann.post(f"{DESK}look/", {"quarter": "2021-12"}, follow=True))
    assert "2 new unusual figures were found." in said
    assert "2 unusual figures have no explanation yet" in said
    again = words(ann.post(f"{DESK}look/", {"quarter": "2021-12"}, follow=True))
    assert "Nothing has changed." in again
    card = Card.objects.get(crime_type="Shoplifting")
    shown = ann.get(page_of(card))
    assert b"<svg" in shown.content
    points = words(shown).split("By published point")[1].split("What else happened")[0]
    assert "Example Street 1, Gwynedd 001A" in points
    told = account_of(card)
    assert points.split("All together ")[1].split()[:3] == [f"{told.observed}", f"{told.expected}", f"+{told.difference}"]
    shutil.rmtree(home / "crime")
    assert "No crime data are loaded yet" in words(ann.post(f"{DESK}look/", {"quarter": "2021-12"}, follow=True))


@pytest.mark.parametrize("quarter", ["", "2021-11", "nonsense"])
def test_what_is_no_quarter_is_refused_in_a_sentence(ann, home, quarter):
    assert "is not a month" in (said := words(ann.post(f"{DESK}look/", {"quarter": quarter}, follow=True))) or "No quarter ends in" in said
    assert not Look.objects.exists()


def test_a_look_is_never_taken_by_a_get(ann, home):
    assert ann.get(f"{DESK}look/").status_code == 405


def test_a_card_tells_how_odd_what_it_is_not_and_what_else_happened(ann, card, cast):
    Context.objects.create(
        partnership=cast.gwynedd_mon, code="campaign", kind="recording_change", title_en="A new form", title_cy="Ffurflen newydd",
        from_on=date(2021, 11, 8), to_on=date(2021, 11, 28),
    )  # fmt: skip
    Context.objects.create(
        partnership=cast.gwynedd_mon, code="long ago", kind="event", title_en="Long ago", title_cy="Ers talwm", from_on=date(2019, 1, 1), to_on=date(2019, 1, 2)
    )  # fmt: skip
    other = Context.objects.create(
        partnership=cast.gwynedd_mon, code="elsewhere", kind="event", title_en="Elsewhere", from_on=date(2021, 11, 1)
    )
    other.areas.set([cast.anglesey])
    said = words(ann.get(page_of(card)))
    for sentence in (
        "about 1 quarter in 2,000",
        "one month, over before the quarter ended",
        "Higher than expected. Fewer is better.",
        "96 were recorded in November 2021; 20 to 52 were expected",
        "One place makes up 40 of the 62 above the expected number: Gwynedd 001A",
        "Other places (70)",
        "All together 96 34 +62",
        "8 November 2021 to 28 November 2021: A new form",
        "Not the season",
        "Not the whole police area the one other county did not move the same way",
        "Perhaps a change in recording A new form",
    ):
        assert sentence in said, sentence
    assert "Long ago" not in said
    assert "Elsewhere" not in said


def test_a_card_says_what_the_figures_say_in_a_sentence_and_a_paragraph(ann, card):
    said = {language: words(ann.get(page_of(card, language))) for language in ("cy", "en")}
    assert "Shoplifting, Gwynedd, November 2021: 96 recorded, against an expected 34 (range 20–52)" in said["en"]
    assert "One place accounts for at least half of the difference: Gwynedd 001A (+40)." in said["en"]
    assert "The rest of the police force area stayed within its expected range." in said["en"]
    assert "Not the rest of the police area" in said["en"]
    assert "Not proved by its date" in said["en"]
    assert "Mae un lle yn cyfrif am o leiaf hanner y gwahaniaeth: Gwynedd 001A (+40)." in said["cy"]


def test_a_card_made_before_the_figures_were_asked_rules_out_little(ann, card):
    Card.objects.filter(pk=card.pk).update(account={})
    said = words(ann.get(page_of(card)))
    assert "What the figures say" not in said
    assert "Not a partial file" not in said
    assert "Not the season" in said


def test_revised_data_are_in_doubt_and_no_longer_ruled_out(ann, card):
    card.finding["was"] = {"observed": 90, "expected": 34.0, "on": "2022-01-10"}
    card.save()
    said = words(ann.get(page_of(card)))
    assert "Before the data were revised the figure was 90." in said
    assert "Perhaps the data themselves they were revised" in said
    assert "Not a partial file" not in said


def test_a_card_reads_welsh_in_welsh(ann, card):
    said = words(ann.get(page_of(card, "cy")))
    assert "Roedd dwyn o siopau yng Ngwynedd uwchlaw’r ystod ddisgwyliedig ym mis Tachwedd 2021" in said
    assert "tua 1 chwarter ym mhob 2,000" in said
    assert "Lleoedd eraill (70)" in said
    assert 'lang="cy"' in ann.get(page_of(card, "cy")).content.decode()


def test_a_missing_month_is_a_word_and_never_a_zero(ann, card):
    shown = ann.get(page_of(card)).content.decode()
    assert "No data: February 2021." in shown
    row = re.search(r'<th scope="row">February 2021</th>(.*?)</tr>', shown, re.S)
    assert "dg-missing" in row[1]


def test_one_explains_and_another_signs_by_one_button(ann, client, card, cast):
    client.force_login(elliw := analyst(cast))
    told = words(client.post(page_of(card), typed(card, both_checked="", then="sign"), follow=True))
    assert "You wrote this explanation, so somebody else signs it." in told
    client.force_login(cast.ann)
    card.refresh_from_db()
    said = words(client.post(page_of(card), typed(card, then="sign", ruled_out=[]), follow=True))
    card.refresh_from_db()
    assert (card.is_signed, card.explained_by) == (True, elliw.person)
    assert "Saved, signed and closed." in said
    assert "Explained: analyst, 17 January 2022" in said
    assert "Signed: co-ordinator, 17 January 2022" in said
    assert "Enghraifft" not in said.split("Sign out")[1]


def test_a_partnership_in_which_one_person_may_do_both_says_so_in_its_details(ann, card, cast):
    Partnership.objects.update(signs_by_two=False)
    assert "are two people" not in words(ann.get(page_of(card)))
    assert "Saved, signed and closed." in words(ann.post(page_of(card), typed(card, then="sign"), follow=True))


def test_what_was_ruled_out_is_ticked_and_told(ann, card, cast):
    refused = ann.post(page_of(card), typed(card, ruled_out=["recording"]))
    assert refused.status_code == 422
    assert "This is the cause you chose above" in words(refused)
    ann.post(page_of(card), typed(card, ruled_out=["campaign", "system"]))
    card.refresh_from_db()
    assert card.ruled_out == ["campaign", "system"]
    assert ann.get(page_of(card)).content.decode().count("checked") >= 2
    cards.sign(card, by=analyst(cast), seen=card.version)
    assert "Looked at, and not it Campaign to report Change of computer system" in words(ann.get(page_of(card)))


def test_an_earlier_signature_is_told_with_its_figure(ann, card, cast):
    signed(card, cast.ann)
    cards.reopen(card, by=cast.ann, seen=card.version, reason="It began later.")
    assert "Signed 17 January 2022: co-ordinator Change in reporting or recording; the figure then: 96; lifted by hand" in words(
        ann.get(page_of(card))
    )


def test_a_signature_that_is_refused_keeps_the_text_and_tells_each_reason(ann, card):
    said = words(ann.post(page_of(card), typed(card, then="sign", both_checked="", cause="not_known"), follow=True))
    card.refresh_from_db()
    assert not card.is_signed
    assert card.explanation_en == PAIRS["explanation"][1]
    assert "Your text is saved. It cannot be signed yet." in said
    assert "cannot be signed. Say who is looking" in said
    assert "Nobody has checked that both halves of the explanation agree." in said


def test_taking_back_who_is_looking_is_told(ann, card, cast):
    cards.hand_to(card, by=cast.ann, seen=1, role="analyst", until=date(2022, 2, 4))
    said = words(ann.post(f"{page_of(card)}hand/", {"seen": str(card.version), "who": ""}, follow=True))
    assert "Nobody is named as looking any more. The card waits for an answer again." in said
    card.refresh_from_db()
    assert not card.is_answered


def test_what_nobody_has_checked_leads_to_the_page_on_which_it_is_checked(ann, client, card, cast):
    cards.answer(card, by=cast.ann, seen=1, **ANSWER)
    there = f"/en/gwynedd-mon/desk/words/card/{card.pk}/explanation/"
    sentence = "Nobody has checked that both halves of the explanation agree."
    assert f'href="{there}">{sentence}</a>' in ann.get(page_of(card)).content.decode()
    assert f'href="{there.replace("/en/", "/cy/")}"' in ann.get(page_of(card, "cy")).content.decode()
    assert ann.get(there).status_code == 200
    client.force_login(analyst(cast))
    shown = client.get(page_of(card))
    assert there not in shown.content.decode()
    assert f"{sentence} " in words(shown)
    assert "The translator or the co-ordinator checks both languages" in words(shown)


def test_a_tick_for_a_half_that_is_missing_is_refused_and_what_was_typed_stays(ann, card):
    shown = ann.post(page_of(card), typed(card, evidence_cy="", evidence_en="Typed with care."))
    assert shown.status_code == 422
    assert "Typed with care." in words(shown)
    assert "This half is missing" in words(shown)
    card.refresh_from_db()
    assert card.cause == ""


def test_an_analyst_may_sign_but_not_vouch_for_the_languages(client, card, cast):
    client.force_login(analyst(cast))
    shown = client.get(page_of(card)).content.decode()
    assert "both_checked" not in shown
    assert "Save, sign and close" in shown


def test_a_stale_save_shows_both_texts_and_keeps_what_was_typed(ann, card, cast):
    seen = typed(card, explanation_en="What I typed.")
    cards.answer(card, by=cast.ann, seen=card.version, **(ANSWER | {"pairs": PAIRS | {"explanation": ("Eu testun.", "What they wrote.")}}))
    shown = ann.post(page_of(card), seen)
    assert shown.status_code == 409
    assert "What I typed." in words(shown)
    assert "What they wrote." in words(shown)
    card.refresh_from_db()
    assert card.explanation_en == "What they wrote."


def test_what_was_typed_stays_when_the_card_was_signed_meanwhile(ann, card, cast):
    seen = typed(card, explanation_en="What I typed.")
    signed(card, cast.ann)
    shown = ann.post(page_of(card), seen)
    assert shown.status_code == 422
    assert "This card is signed. Reopen it first" in words(shown)
    assert "What I typed." in words(shown)


def test_someone_is_named_until_a_day_and_the_page_shows_the_role_only(ann, card, cast):
    elliw = analyst(cast)
    holding = elliw.person.holdings.get()
    day = {"looking_until_day": "4", "looking_until_month": "2", "looking_until_year": "2022"}
    assert ann.get(f"{page_of(card)}hand/").status_code == 200
    refused = ann.post(f"{page_of(card)}hand/", {"seen": card.version, "who": holding.pk})
    assert refused.status_code == 422
    assert "Say until when" in words(refused)
    assert ann.post(f"{page_of(card)}hand/", {"seen": card.version, "who": holding.pk} | day).status_code == 302
    card.refresh_from_db()
    assert (card.looking, card.looking_role, card.looking_until) == (elliw.person, "analyst", date(2022, 2, 4))
    said = words(ann.get(page_of(card)))
    assert "Analyst, until 4 February 2022" in said
    assert "Elliw" not in said


def test_a_card_is_handed_only_to_those_who_may_explain_it(ann, card, cast):
    bryn = cast.bryn.person.holdings.get()
    day = {"looking_until_day": "4", "looking_until_month": "2", "looking_until_year": "2022"}
    assert ann.post(f"{page_of(card)}hand/", {"seen": card.version, "who": bryn.pk} | day).status_code == 422
    card.refresh_from_db()
    assert not card.is_answered


def test_a_signed_card_is_reopened_for_a_reason_that_the_page_keeps(ann, card, cast):
    signed(card, cast.ann)
    assert "What the board will read" in words(ann.get(page_of(card)))
    address = f"{page_of(card)}reopen/"
    assert ann.get(address).status_code == 200
    assert ann.post(address, {"seen": card.version, "reason": ""}).status_code == 422
    stale = ann.post(address, {"seen": 1, "reason": "It began later."})
    assert (stale.status_code, "It began later." in words(stale)) == (409, True)
    assert ann.post(address, {"seen": card.version, "reason": "It began later."}).status_code == 302
    said = words(ann.get(page_of(card)))
    assert "opened again It began later." in said
    assert "Save, sign and close" in said


def test_a_withdrawn_card_says_so_and_keeps_what_was_written(ann, card, cast):
    cards.answer(card, by=cast.ann, seen=card.version, **ANSWER)
    Card.objects.filter(pk=card.pk).update(withdrawn_on=date(2022, 1, 20))
    assert "This figure is no longer unusual" in words(ann.get(page_of(card)))
    said = words(ann.get(DESK))
    assert "No figure was unusual in this quarter" in said
    assert said.index("No longer unusual") < said.index("Shoplifting in Gwynedd")


def test_a_revised_figure_says_what_it_was(ann, card):
    card.finding["was"] = {"observed": 90, "expected": 34.0, "on": "2022-01-10"}
    card.save()
    assert "on 10 January 2022 the figure changed from 90 to 96" in words(ann.get(page_of(card)))


def test_synthetic_figures_are_named_so_on_every_page(ann, cast, home):
    card = make_card(cast, make_look(cast, is_synthetic=True), is_drawn=True)
    assert "synthetic figures" in words(ann.get(DESK))
    assert "Synthetic figures, made by a program" in words(ann.get(page_of(card)))


def test_the_list_costs_the_same_however_many_cards(ann, cast, home, django_assert_max_num_queries):
    look = make_look(cast)
    for type_ in ("Shoplifting", "Burglary", "Drugs", "Robbery", "Vehicle crime"):
        make_card(cast, look, type=type_)
    with django_assert_max_num_queries(12):
        ann.get(DESK)


def test_the_oddest_stands_first_and_of_equally_odd_ones_the_largest(ann, cast, home):
    look = make_look(cast)
    large = {"first": "2021-11", "last": "2021-11", "observed": 400, "expected": 34.0, "low": 20, "high": 52}
    make_card(cast, look, type="Burglary", one_in=500)
    make_card(cast, look, type="Drugs", one_in=2000, told=large)
    make_card(cast, look, type="Robbery", one_in=2000)
    make_card(cast, look, type="Bicycle theft", one_in=9000)
    said = words(ann.get(DESK))
    at = [said.index(f"{name} in Gwynedd stood") for name in ("Bicycle theft", "Drug offences", "Robbery", "Burglary")]
    assert at == sorted(at)
    assert "Chance alone would put 0.3 of so many outside its own range" in said


def test_the_desk_is_narrowed_by_state_type_and_place(ann, cast, home):
    look = make_look(cast)
    make_card(cast, look)
    signed(make_card(cast, look, type="Drugs"), cast.ann)
    island = make_card(cast, look, type="Burglary")
    Card.objects.filter(pk=island.pk).update(area=cast.anglesey)
    for query, there in (
        ("state=signed", {"Drug offences"}),
        ("type=Shoplifting", {"Shoplifting"}),
        ("area=W06000001", {"Burglary"}),
        ("state=signed&area=W06000001", set()),
        ("state=nonsense&type=Poetry", {"Shoplifting", "Drug offences", "Burglary"}),
    ):
        said = words(ann.get(f"{DESK}?quarter=2021-12&{query}"))
        assert {name for name in ("Shoplifting", "Drug offences", "Burglary") if f"{name} in" in said} == there, query
        assert ("No card is like that." in said) == (not there)
        assert "2 unusual figures have no explanation yet" in said, "the heading speaks of all"


def test_filters_that_offer_no_choice_are_not_there(ann, cast, home):
    make_card(cast, make_look(cast))
    shown = ann.get(DESK).content.decode()
    assert "id_quarter" in shown
    assert "id_state" not in shown


def test_a_card_tells_of_the_same_series_in_other_quarters_with_their_answers(ann, card, cast):
    before = signed(make_card(cast, make_look(cast, quarter="2021-09"), quarter="2021-09", months=["2021-08"]), cast.ann)
    make_card(cast, before.look, type="Drugs")
    told = words(ann.get(page_of(card))).split("The same series before")[1]
    assert "Shoplifting in Gwynedd stood above the expected range in August 2021" in told
    assert "Signed 17 January 2022" in told
    assert PAIRS["explanation"][1] in told
    assert "Drug offences" not in told


def test_the_places_are_mapped_where_their_outlines_are_loaded(ann, card, cast):
    assert "Where the places lie" not in words(ann.get(page_of(card)))
    units = units_of("W06000002")
    for at, unit in enumerate(units):
        west, south = -4.5 + (at % 10) / 50, 52.9 + (at // 10) / 50
        ring = [[west, south], [west + 0.02, south], [west + 0.02, south + 0.02], [west, south + 0.02], [west, south]]
        Area.objects.create(code=unit, kind="lsoa21", vintage=2021, name_en=unit, boundary={"type": "Polygon", "coordinates": [ring]})
    shown = ann.get(page_of(card)).content.decode()
    assert "Where the places lie that make up the difference" in shown
    assert "makes up half of the difference" in shown
    assert shown.count('data-area="W01000062"') == 2, "wide and narrow"
    Area.objects.filter(code=units[-1]).delete()
    assert "Where the places lie" not in words(ann.get(page_of(card))), "half a map is none"


def test_a_card_costs_few_queries(ann, card, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        ann.get(page_of(card))


def test_a_card_that_two_wrote_on_and_that_was_opened_again_costs_no_more(ann, card, cast, django_assert_max_num_queries):
    elliw = analyst(cast)
    signed(card, elliw, explained_by=cast.ann)
    cards.reopen(card, by=cast.ann, seen=card.version, reason="It began later.")
    cards.answer(card, by=elliw, seen=card.version, **(ANSWER | {"pairs": PAIRS | {"explanation": ("Newydd.", "New.")}}))
    with django_assert_max_num_queries(12):
        said = words(ann.get(page_of(card)))
    assert "opened again It began later." in said
    assert "You wrote this explanation" not in said


def test_the_menu_leads_to_the_desk(ann, home):
    assert reverse("unusual:desk", args=["gwynedd-mon"]) in ann.get("/en/gwynedd-mon/desk/").content.decode()
