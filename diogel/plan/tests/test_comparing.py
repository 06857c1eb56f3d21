"""Two texts compared: what is the same, what is new, what is gone and what only reads otherwise."""

from hypothesis import given, settings
from hypothesis import strategies as some

from diogel.plan.comparing import ADDED, CHANGED, GONE, SAME, compared, sentences

WORDS = some.lists(some.sampled_from(["We", "train", "staff", "police", "help", "Every year"]), min_size=1, max_size=6).map(" ".join)
TEXTS = some.lists(WORDS.map(lambda words: words + "."), max_size=5).map(" ".join)


def test_a_text_is_cut_where_its_sentences_end_and_not_within_a_number():
    assert sentences("It fell by 3.5 per cent. In April it rose.\nThen 9 more.") == [
        "It fell by 3.5 per cent.",
        "In April it rose.",
        "Then 9 more.",
    ]


def test_a_word_that_changed_is_told_within_its_sentence():
    (line,) = compared("We train all staff every year.", "We train all staff every quarter.")
    assert line.how == CHANGED
    assert [(piece.how, piece.text) for piece in line.pieces] == [
        (SAME, "We train all staff every"),
        (GONE, "year."),
        (ADDED, "quarter."),
    ]


def test_another_sentence_in_its_place_is_one_gone_and_one_new():
    lines = compared("Nobody checks the lights.", "Schools will hold three lessons.")
    assert sorted(line.how for line in lines) == [ADDED, GONE]


def test_a_sentence_put_between_two_others_leaves_them_the_same():
    assert [line.how for line in compared("One is here. Two is there.", "One is here. New it is. Two is there.")] == [SAME, ADDED, SAME]


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_back_from_what_differs(old, new):
    lines = compared(old, new)
    was = " ".join(piece.text for line in lines for piece in line.pieces if piece.how in (SAME, GONE))
    now = " ".join(piece.text for line in lines for piece in line.pieces if piece.how in (SAME, ADDED))
    assert now == " ".join(sentences(new))
    assert sorted(was.split()) == sorted(" ".join(sentences(old)).split())
