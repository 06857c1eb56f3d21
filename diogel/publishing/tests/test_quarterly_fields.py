"""The public version holds what its allow-list names, and nothing of people, evidence, small areas or small numbers."""

from __future__ import annotations

import json

import pytest

from diogel.people.models import Person
from diogel.publishing.packing import snapshot
from diogel.publishing.quarterly_fields import INTERNAL, PUBLIC
from diogel.publishing.snapshot_fields import NotAllowed, One, Rows

from .a_quarter import facts_of


def names_of(kind: str, row: dict, table) -> None:
    """Every key at every depth stands in its table."""
    assert set(row) == set(table[kind])
    for name, how in table[kind].items():
        if isinstance(how, Rows):
            for inner in row[name]:
                names_of(how.kind, inner, table)
        elif isinstance(how, One) and row[name] is not None:
            names_of(how.kind, row[name], table)


@pytest.mark.parametrize(("audience", "table"), [("public", PUBLIC), ("internal", INTERNAL)])
def test_a_snapshot_holds_what_its_table_names_and_nothing_else(quarter, audience, table):
    names_of("quarter", snapshot(facts_of(quarter), audience=audience, is_draft=False), table)


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_no_name_and_no_address_of_anyone_on_file_stands_in_it(quarter, audience):
    quarter.looking.looking = Person.objects.get(given="Bryn")
    quarter.looking.save()
    told = json.dumps(snapshot(facts_of(quarter), audience=audience, is_draft=False), ensure_ascii=False)
    for person in Person.objects.all():
        assert person.family not in told
        assert person.email not in told


def test_the_tables_name_no_field_of_a_person():
    fields = {name for table in (PUBLIC, INTERNAL) for kind in table.values() for name in kind}
    assert not fields & {"given", "family", "email", "phone", "person", "looking", "signed_by", "filed_by", "post"}


def test_evidence_small_areas_and_obstacles_stay_inside(quarter):
    told = json.dumps(snapshot(facts_of(quarter), audience="public", is_draft=False), ensure_ascii=False)
    for inside in ("The campaign brought 40", "Ask the shops", "W01000062", "Gwynedd 001A"):
        assert inside not in told
    within = json.dumps(snapshot(facts_of(quarter), audience="internal", is_draft=False), ensure_ascii=False)
    assert "The campaign brought 40" in within
    assert "Gwynedd 001A" in within


def test_what_is_not_signed_explains_nothing(quarter):
    quarter.looking.explanation_cy, quarter.looking.explanation_en = "Lladron", "Thieves"
    quarter.looking.cause = "one_source"
    quarter.looking.save()
    for audience in ("public", "internal"):
        told = snapshot(facts_of(quarter), audience=audience, is_draft=False)
        assert "Thieves" not in json.dumps(told)
        assert [card["cause"] for card in told["cards"]] == ["recording", "not_known"]


def test_a_sentence_that_is_not_checked_gets_out_of_no_final_snapshot(quarter):
    quarter.told.update.text_state = "stale_cy"
    quarter.told.update.save()
    with pytest.raises(NotAllowed, match="text of a action"):
        snapshot(facts_of(quarter), audience="public", is_draft=False)
    assert snapshot(facts_of(quarter), audience="public", is_draft=True)["actions"][0]["text"]["en"] == "Sessions were held"


def test_both_versions_know_how_much_is_kept_back(quarter):
    assert [snapshot(facts_of(quarter), audience=audience, is_draft=False)["withheld"] for audience in ("public", "internal")] == [1, 1]
