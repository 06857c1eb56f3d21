"""The quick search for names finds whatever the slow, obvious one finds."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diogel.publishing.scan_names import People, Person

GIVEN = ("Siân", "Bryn", "Mary Jane", "Gwenllïan", "Al", "D’Arcy")
FAMILY = ("Llŷr", "Rowlands", "Lloyd-Jones", "ap Gwilym", "O’Neill", "Ng")
PEOPLE = tuple(Person(given, family) for given in GIVEN for family in FAMILY)


def folded(text: str) -> str:
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W\d_]+", plain))


def slow_finds(people: tuple[Person, ...], text: str) -> bool:
    """Every full name, in both orders, looked for as whole words in the folded text."""
    whole = f" {folded(text)} "
    return any(f" {folded(a)} {folded(b)} " in whole for p in people for a, b in ((p.given, p.family), (p.family, p.given)))


names = st.sampled_from([*GIVEN, *FAMILY, "Bangor", "a", "the", "Mon"])
joints = st.sampled_from([" ", ", ", "\u00a0", "-", " (", ". ", "\u00ad ", "/"])
shapes = st.sampled_from([str, str.upper, str.lower, lambda text: unicodedata.normalize("NFD", text)])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(names, joints, shapes), min_size=1, max_size=6), st.sampled_from(PEOPLE))
def test_whatever_the_slow_search_finds_the_quick_one_finds(parts, person):
    text = "".join(shape(name) + joint for name, joint, shape in parts)
    if slow_finds((person,), text):
        assert People((person,)).found(text), text


@pytest.mark.parametrize(
    "text",
    [
        "Siân Llŷr",
        "Llyr, Sian",
        "SIAN LLYR",
        "S. Llŷr",
        "Ms Llŷr",
        "Siân M. Llŷr",
        "Siân Mair Llŷr",
        "sian_llyr.docx",
        "SianLlyr",
        "Sia\u0302n Lly\u0302r",
    ],
)
def test_each_way_to_write_a_name_is_found(text):
    assert [hit.kind in ("name", "title") for hit in People((Person("Siân", "Llŷr"),)).found(f"Seen by {text} today")] == [True]


@pytest.mark.parametrize("text", ["Llŷr is a play", "Siân came", "A Llŷr story", "Siân said. The town of Llŷr", "the Llyrs of Bangor"])
def test_a_surname_or_a_first_name_alone_is_nobody(text):
    assert People((Person("Siân", "Llŷr"),)).found(text) == []


def test_a_first_name_of_one_person_beside_the_surname_of_another_is_found():
    people = People((Person("Siân", "Llŷr"), Person("Bryn", "Rowlands")))
    assert people.found("Bryn Llŷr said so")
    assert people.found("bryn llyr said so") == []  # in small letters these are a hill and a king


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("01286 555 019", True),
        ("(01286) 555019", True),
        ("+44 (0)1286 555 019", True),
        ("tel:01286555019", True),
        ("Tel.01286 555019", True),
        ("07700-900-123", True),
        ("999, 101", False),
        ("0808 80 10 800", False),
        ("0 500 1000 1500 2000", False),
        ("2021-10-17 to 2021-12-31", False),
        ("01/02/2021 10:30", False),
        ("1,234 5,678 9,012", False),
        ("ref 01286555019", False),
        ("https://example.org/01286555019", False),
    ],
)
def test_phone_numbers_are_told_from_dates_references_and_figures(text, is_found):
    assert bool(People((), ("999", "101", "0808 80 10 800")).found(text)) is is_found


def test_a_public_address_is_passed_over_and_any_other_is_not():
    people = People((), ("help@partnership.example",))
    assert people.found("Write to help@partnership.example") == []
    assert [hit.kind for hit in people.found("Write to someone@partnership.example")] == ["e-mail"]


def test_the_known_number_of_a_person_is_found_however_it_is_written():
    people = People((Person("Siân", "Llŷr", phones=("01286 555 0199",)),))
    assert people.found("Ref. 01286.555.0199")


def test_a_first_name_of_two_parts_is_found_beside_a_surname_in_small_letters():
    assert People([Person("D’Arcy", "Ng")]).found("seen by D’Arcy ng today")
