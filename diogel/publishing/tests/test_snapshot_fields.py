"""Only what the table names leaves, in the shape that the table says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from diogel.publishing.snapshot_fields import ALLOWED, As, NotAllowed, One, Rows, allowed
from diogel.publishing.snapshot_readiness import FIELDS, KINDS
from diogel.words.pairs import Pair

CHECKED = Pair("Cymraeg", "English", "checked")
AREA = {"code": "W06000002", "name": CHECKED}


def test_a_field_that_the_table_does_not_name_stays_inside():
    assert allowed("area", AREA | {"telephone": "01286 000000", "boundary": {"type": "Polygon"}}) == {
        "code": "W06000002",
        "name": {"cy": "Cymraeg", "en": "English"},
    }


@pytest.mark.parametrize("state", ["missing", "draft", "stale_cy", "stale_en"])
def test_a_pair_that_is_not_checked_stops_everything(state):
    with pytest.raises(NotAllowed, match="name of a area"):
        allowed("area", AREA | {"name": Pair("Cymraeg", "English", state)})


def test_an_update_that_is_not_checked_is_left_out_and_nothing_stops():
    assert allowed("update", {"quarter": "2021-12", "text": Pair("Cymraeg", "English", "stale_cy")})["text"] == {"cy": "", "en": ""}
    assert allowed("update", {"quarter": "2021-12", "text": CHECKED})["text"] == {"cy": "Cymraeg", "en": "English"}


@pytest.mark.parametrize("value", ["Ann Tegfaen", "ann@example.org", "some words", "x" * 61])
def test_free_text_cannot_leave_as_a_code(value):
    with pytest.raises(NotAllowed):
        allowed("area", AREA | {"code": value})


def test_numbers_days_and_flags_are_what_they_say():
    row = {"times": Decimal("2.0000"), "months": 22, "same_reason": True}
    assert allowed("carried", row) == {"times": 2, "months": 22, "same_reason": True}
    with pytest.raises(NotAllowed):
        allowed("carried", row | {"months": "22"})
    with pytest.raises(NotAllowed):
        allowed("carried", row | {"times": True})
    member = allowed(
        "member", {"body": {"code": "b", "name": CHECKED}, "standing": "invited", "is_current": False, "to_on": date(2021, 6, 25)}
    )
    assert member["to_on"] == "2021-06-25"
    assert member["is_current"] is False


def test_no_table_names_what_must_never_leave():
    never = {
        "filed_by",
        "signed_by",
        "looking",
        "rag",
        "obstacle",
        "email",
        "phone",
        "given",
        "family",
        "post",
        "people",
        "parts_person",
        "marking",
    }
    assert not {name for table in ALLOWED.values() for name in table} & never


def test_every_kind_that_a_table_leads_to_has_a_table():
    led = {how.kind for table in ALLOWED.values() for how in table.values() if isinstance(how, (Rows, One))}
    assert led <= set(ALLOWED)


def test_every_pair_has_a_name_by_which_it_is_mended():
    pairs = {name for table in ALLOWED.values() for name, how in table.items() if how in (As.TITLE, As.PAIR, As.SAID)}
    assert pairs <= set(FIELDS)
    assert set(KINDS) >= {kind for kind, table in ALLOWED.items() if As.TITLE in table.values()} - {"figure"}
