"""Damage from scanning is told by general signs, in text of our own; sound Welsh and English tell nothing."""

import pytest

from diogel.analysis.reading.damaged_text import damages

DAMAGED = {
    "The training pack\ufffdge is ready": "replacement",
    "The groups \x0bwere reviewed": "control",
    "The council\u00e2€™s plan": "wrong_letters",
    "The work of Pọrt Community Link": "odd_letter",
    "OUR AWARE\tNESS": "split_word",
    "LOOKIN G W E AHEAD": "split_word",
    "Support from Ca'dair staff": "split_word",
    "Checkcurrentsupplyofhousing and homes": "joined_words",
    "The provisionReviewed every year": "joined_words",
    "ccommodation that stands within the county and beyond it": "begins_inside",
    "They will work with other services across the": "breaks_off",
    "Byddwn yn gweithio gyda phartneriaid eraill ar draws y": "breaks_off",
}
SOUND = (
    "Mae’r cyngor a’r heddlu’n cydweithio i fynd i’r afael ag ymddygiad gwrthgymdeithasol yng nghanol y dref.",
    "Ŵyl Ŷd: ŵ ŷ â ê î ô û ẃ ẁ ẅ ỳ ï, fo’n, i'ch, sy'n, wedi'i.",
    "We will meet O'Brien, use SharePoint and PowerPoint, and read www.diogelwchcymunedol-gwynedd-a-mon.example.",
    "A B C of safety: I am Y Gaerwen’s Ward 3. OUR AIM: A SAFE TOWN",
    "• review the alcohol link at the hospital, and more than that besides",
    "a) develop the work of the team with young people in the county",
    "\uf0b7 Train staff",
    "",
)


@pytest.mark.parametrize("text", DAMAGED)
def test_a_sign_of_damage_is_told_with_its_place(text):
    (note,) = damages(text)
    assert note.code == DAMAGED[text]
    assert dict(note.values)["near"]


@pytest.mark.parametrize("text", SOUND)
def test_sound_words_tell_nothing(text):
    assert damages(text) == ()
