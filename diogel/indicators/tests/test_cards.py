"""A card is answered, handed on, signed and reopened; each refusal is told."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from diogel.audit.models import Entry
from diogel.home import remember
from diogel.indicators import cards
from diogel.indicators.models import Card
from diogel.indicators.tests.made_card import ANSWER, PAIRS, analyst, make_card
from diogel.people.access import Installation
from diogel.people.models import Partnership
from diogel.people.versions import StaleSave
from diogel.people.writing import take_back, write
from diogel.words.pairs import PairState


@pytest.fixture
def card(cast, own_home):
    remember(today="2022-01-17")
    return make_card(cast)


def answered(card: Card, by, **changes) -> Card:
    return cards.answer(card, by=by, seen=card.version, **(ANSWER | {"checked": tuple(PAIRS)} | changes))


@pytest.fixture
def elliw(cast):
    return analyst(cast)


def deeds(card: Card) -> list[str]:
    return list(Entry.objects.filter(subject=f"indicators.card:{card.pk}").order_by("number").values_list("deed", flat=True))


def test_a_card_that_is_explained_and_checked_is_signed_by_another(card, cast, elliw):
    answered(card, cast.ann)
    cards.sign(card, by=elliw, seen=card.version)
    card.refresh_from_db()
    assert (card.is_signed, card.signed_by, card.signed_role, card.signed_on) == (True, elliw.person, "analyst", date(2022, 1, 17))
    assert (card.explained_by, card.explained_role, card.explained_on) == (cast.ann.person, "co_ordinator", date(2022, 1, 17))
    assert card.signed_figure["told"] == card.finding["told"]["observed"]
    assert card.is_answered
    assert deeds(card) == ["changed", "changed", "signed"]


def test_an_untouched_card_says_all_that_keeps_it_open(card, cast):
    with pytest.raises(ValidationError) as refused:
        cards.sign(card, by=cast.ann, seen=card.version)
    assert len(refused.value.messages) == 4
    card.refresh_from_db()
    assert not card.is_signed


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"cause": ""}, "Choose a cause."),
        ({"cause": "not_known"}, "not known yet cannot be signed"),
        ({"confidence": ""}, "Say how sure you are."),
        ({"pairs": PAIRS | {"explanation": ("", "Only English.")}}, "The explanation is missing in one language."),
        ({"pairs": PAIRS | {"evidence": ("Cymraeg yn unig.", "")}}, "The evidence is missing in one language."),
        ({"pairs": PAIRS | {"further": ("Gofyn eto.", "")}}, "The further action is missing in one language."),
        ({"checked": ("explanation",)}, "Nobody has checked that both halves of the evidence agree."),
    ],
)
def test_a_card_is_not_signed_while_something_is_missing(card, cast, elliw, changes, reason):
    answered(card, cast.ann, **changes)
    with pytest.raises(ValidationError) as refused:
        cards.sign(card, by=elliw, seen=card.version)
    assert len(refused.value.messages) == 1
    assert reason in refused.value.messages[0]


def test_a_half_that_went_stale_keeps_a_card_open(card, cast, elliw):
    answered(card, cast.ann)
    cards.answer(
        card, by=cast.ann, seen=card.version, **(ANSWER | {"pairs": PAIRS | {"explanation": (PAIRS["explanation"][0], "Otherwise.")}})
    )
    assert card.explanation_state == PairState.STALE_CY
    with pytest.raises(ValidationError, match="halves of the explanation"):
        cards.sign(card, by=elliw, seen=card.version)


def test_to_vouch_for_the_pairs_is_not_to_explain(card, cast, elliw):
    cards.answer(card, by=elliw, seen=card.version, **ANSWER)
    answered(card, cast.ann)
    assert (card.explained_by, card.explained_role) == (elliw.person, "analyst")
    with pytest.raises(ValidationError, match="You wrote this explanation"):
        cards.sign(card, by=elliw, seen=card.version)
    cards.sign(card, by=cast.ann, seen=card.version)
    assert card.signed_role == "co_ordinator"


def test_whoever_changes_a_word_explains_and_lets_another_sign(card, cast, elliw):
    cards.answer(card, by=elliw, seen=card.version, **ANSWER)
    answered(card, cast.ann, pairs=PAIRS | {"explanation": ("Ymgyrch arall.", "Another campaign.")})
    with pytest.raises(ValidationError, match="You wrote this explanation"):
        cards.sign(card, by=cast.ann, seen=card.version)
    cards.sign(card, by=elliw, seen=card.version)


def test_words_that_were_rewritten_on_the_desk_of_words_are_nobody_elses(card, cast, elliw):
    answered(card, Installation(), person=elliw.person, role="analyst")
    write(card, by=cast.ann, seen=card.version, pairs={"explanation": ("Geiriau Ann.", "Words of Ann’s.")}, checked=("explanation",))
    with pytest.raises(ValidationError, match="You wrote this explanation"):
        cards.sign(card, by=cast.ann, seen=card.version)


def test_an_explanation_that_nobody_is_known_to_have_written_is_saved_once_more_before_it_is_signed(card, cast, elliw):
    answered(card, cast.ann)
    Card.objects.filter(pk=card.pk).update(explained_by=None, explained_role="", explained_on=None)
    card.refresh_from_db()
    with pytest.raises(ValidationError, match="not known who wrote"):
        cards.sign(card, by=elliw, seen=card.version)
    answered(card, cast.ann)
    cards.sign(card, by=elliw, seen=card.version)


def test_where_one_person_may_do_both_they_do(card, cast):
    Partnership.objects.filter(pk=cast.gwynedd_mon.pk).update(signs_by_two=False)
    card = Card.objects.get(pk=card.pk)
    answered(card, cast.ann)
    assert cards.sign(card, by=cast.ann, seen=card.version).is_signed


def test_what_was_ruled_out_is_kept_in_the_order_of_the_list_and_is_not_the_cause(card, cast):
    answered(card, cast.ann, ruled_out=["event", "campaign"])
    assert card.ruled_out == ["campaign", "event"]
    answered(card, cast.ann)
    assert card.ruled_out == ["campaign", "event"], "what is not given stays"
    for wrong in (["recording"], ["witchcraft"]):
        with pytest.raises(ValidationError):
            answered(card, cast.ann, ruled_out=wrong)


@pytest.mark.parametrize("who", ["bryn", "carys", "dai"])
def test_others_neither_answer_nor_sign_nor_hand_on(card, cast, who):
    user = getattr(cast, who)
    for act in (
        lambda: answered(card, user),
        lambda: cards.hand_to(card, by=user, seen=card.version, role="analyst", until=date(2022, 2, 1)),
        lambda: cards.sign(card, by=user, seen=card.version),
        lambda: cards.reopen(card, by=user, seen=card.version, reason="Because."),
    ):
        with pytest.raises(PermissionDenied):
            act()
    card.refresh_from_db()
    assert card.version == 1


def test_nobody_signs_for_another(card, cast):
    answered(card, cast.ann)
    with pytest.raises(PermissionDenied):
        cards.sign(card, by=cast.ann, seen=card.version, person=cast.bryn.person, role="analyst")
    with pytest.raises(PermissionDenied):
        answered(card, cast.ann, confidence="low", person=cast.bryn.person, role="analyst")


def test_words_that_somebody_put_back_are_still_their_writers(card, cast, elliw):
    answered(card, elliw, checked=())
    answered(card, cast.ann, pairs=PAIRS | {"explanation": ("Geiriau Ann.", "Words of Ann.")})
    assert cards.keeps_open(card, by=elliw) == []
    take_back(card, "explanation", by=cast.ann, seen=card.version)
    assert card.explanation_en == PAIRS["explanation"][1]
    assert "somebody else signs" in cards.keeps_open(card, by=elliw)[0].said
    cards.answer(card, by=cast.ann, seen=card.version, **(ANSWER | {"checked": tuple(PAIRS)}))
    with pytest.raises(ValidationError, match="somebody else signs"):
        cards.sign(card, by=elliw, seen=card.version)


def test_the_installation_keeps_who_signed_elsewhere_and_when(card, cast):
    answered(card, Installation(), person=cast.ann.person, role="co_ordinator", on=date(2022, 1, 12))
    assert (card.explained_by, card.explained_on) == (cast.ann.person, date(2022, 1, 12))
    with pytest.raises(ValidationError, match="somebody else signs"):
        cards.sign(card, by=Installation(), seen=card.version, person=cast.ann.person, role="co_ordinator")
    cards.sign(card, by=Installation(), seen=card.version, person=cast.bryn.person, role="analyst", on=date(2022, 1, 13))
    assert (card.signed_by, card.signed_role, card.signed_on) == (cast.bryn.person, "analyst", date(2022, 1, 13))


def test_someone_named_until_a_day_answers_a_card(card, cast):
    cards.hand_to(card, by=cast.ann, seen=card.version, role="analyst", until=date(2022, 2, 4), person=cast.bryn.person)
    card.refresh_from_db()
    assert card.is_answered
    assert not card.is_signed
    cards.hand_to(card, by=cast.ann, seen=card.version, role="", until=None)
    assert not card.is_answered
    assert card.looking is None


@pytest.mark.parametrize(
    ("role", "until"),
    [
        ("analyst", None),
        ("", date(2022, 2, 4)),
        ("analyst", date(2022, 1, 16)),
        ("analyst", date(2022, 7, 20)),
        ("analyst", date(2030, 2, 4)),
        ("poet", date(2022, 2, 4)),
    ],
)
def test_half_an_answer_is_none(card, cast, role, until):
    with pytest.raises(ValidationError):
        cards.hand_to(card, by=cast.ann, seen=card.version, role=role, until=until)


def test_a_signed_card_is_changed_only_after_it_was_reopened_for_a_reason(card, cast, elliw):
    answered(card, cast.ann)
    cards.sign(card, by=elliw, seen=card.version)
    with pytest.raises(ValidationError, match="Reopen it first"):
        answered(card, cast.ann)
    with pytest.raises(ValidationError, match="Reopen it first"):
        cards.hand_to(card, by=cast.ann, seen=card.version, role="analyst", until=date(2022, 2, 4))
    with pytest.raises(ValidationError, match="Say why"):
        cards.reopen(card, by=cast.ann, seen=card.version, reason="  ")
    cards.reopen(card, by=cast.ann, seen=card.version, reason="The campaign began later than we wrote.")
    card.refresh_from_db()
    assert not card.is_signed
    assert card.explanation_en == PAIRS["explanation"][1]
    assert [(each["why"], each["signed_role"], each["cause"]) for each in card.earlier] == [("by_hand", "analyst", "recording")]
    entry = Entry.objects.filter(deed="reopened").get()
    assert entry.detail["reason"] == "The campaign began later than we wrote."


def test_what_is_not_signed_cannot_be_reopened(card, cast):
    with pytest.raises(ValidationError, match="not signed"):
        cards.reopen(card, by=cast.ann, seen=card.version, reason="Because.")


def test_a_withdrawn_card_is_closed(card, cast):
    card.withdrawn_on = date(2022, 1, 1)
    card.save()
    with pytest.raises(ValidationError, match="no longer unusual"):
        answered(card, cast.ann)


def test_the_second_of_two_who_sign_at_once_is_refused(card, cast, elliw):
    answered(card, cast.ann)
    seen = card.version
    cards.sign(Card.objects.get(pk=card.pk), by=elliw, seen=seen)
    with pytest.raises(StaleSave):
        cards.sign(card, by=elliw, seen=seen)
    assert deeds(card).count("signed") == 1


def test_the_log_holds_no_drawing_and_no_name(card, cast, elliw):
    card.drawings = {"control": {"cy": {"wide": "<svg/>"}}}
    card.save()
    answered(card, cast.ann)
    cards.sign(card, by=elliw, seen=card.version)
    told = str(list(Entry.objects.filter(subject=f"indicators.card:{card.pk}").values_list("sealed_detail", flat=True)))
    assert "svg" not in told
    assert "Enghraifft" not in told
