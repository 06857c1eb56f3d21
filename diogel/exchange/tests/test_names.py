"""One name, as several people write it."""

import pytest

from diogel.exchange.names import find, known_by

THEMES = {
    "drugs": ("Cyflenwi cyffuriau trefnedig", "Organised drug supply"),
    "cse": ("Camfanteisio’n rhywiol ar blant a cham-drin plant (CSE/A)", "Child sexual exploitation and abuse (CSE/A)"),
    "driving": ("Gyrru dan ddylanwad (cyffuriau ac alcohol)", "Driving under the influence (drugs and alcohol)"),
    "rape": ("Treisio a throseddau rhywiol difrifol", "Rape and serious sexual offences"),
}


@pytest.mark.parametrize(("said", "code"), [
    ("Organized drug supply", "drugs"), ("ORGANISED  drug-supply.", "drugs"), ("CSE/A", "cse"), ("CSE / A", "cse"),
    ("Child sexual exploitation & abuse", "cse"), ("Camfanteisio’n rhywiol ar blant & cham-drin plant", "cse"),
    ("Driving under the influence (drugs & alcohol)", "driving"), ("Gyrru dan ddylanwad (cyffuriau & alcohol)", "driving"),
    ("Rape & Serious Sexual Offences", "rape"), ("Rape", None), ("drugs and alcohol", None), ("", None),
])  # fmt: skip
def test_a_theme_is_known_however_its_name_is_spelt(said, code):
    assert find(known_by(THEMES.items()), said) == code


def test_a_short_form_of_two_names_means_neither_and_none_hides_a_whole_name():
    rows = {"first": ["Regional board (RB)"], "second": ["Review body (RB)"], "third": ["Regional board"]}
    known = known_by(rows.items())
    assert find(known, "RB") is None
    assert find(known, "Regional board") == "third"
    assert find(known, "Review body") == "second"
