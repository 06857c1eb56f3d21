"""What the log says to a reader, in both languages."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.utils.translation import override

from diogel.audit import log
from diogel.audit.models import Entry
from diogel.web.log_words import columns, subject, who
from tests.kept import lay_examples


def entry(subject: str, **detail: object) -> Entry:
    return Entry(by="installation", deed="changed", subject=subject, sealed_detail=detail)


@pytest.mark.parametrize(
    ("code", "english", "welsh"),
    [
        ("plan.plan:77", "Plan 77", "Cynllun 77"),
        ("records.tension:T-2021-006", "Record of a tension report T-2021-006", "Cofnod adroddiad tensiwn T-2021-006"),
        ("nobody:44b9", "Account", "Cyfrif"),
        ("told.by.nobody:1", "told.by.nobody:1", "told.by.nobody:1"),
    ],
)
def test_a_row_is_called_by_its_kind_and_number(code, english, welsh):
    with override("en"):
        assert subject(entry(code)) == english
    with override("cy"):
        assert subject(entry(code)) == welsh


def test_the_two_halves_of_a_pair_and_its_state_are_one_column():
    told = entry(
        "indicators.card:1", evidence_cy=["", "a"], evidence_en=["", "b"], evidence_state=["missing", "draft"], signed_by_id=[None, 1]
    )
    assert columns(told) == ["Evidence", "who signed it"]


def test_columns_named_without_their_words_are_told_too():
    assert columns(entry("people.person:3", columns=["given", "family"])) == ["given name", "family name"]


def test_a_column_without_a_label_keeps_its_name():
    assert columns(entry("plan.plan:1", a_new_one=[1, 2])) == ["a_new_one"]


def test_what_the_installation_did_is_said_in_words():
    with override("cy"):
        assert str(who(entry("plan.plan:1"), {})) == "y gosodiad ei hun"
    assert who(entry("plan.plan:1"), {"installation": "Ann"}) == "Ann"


def test_every_kind_of_row_of_a_partnership_has_a_word():
    ours = [model for model in apps.get_models() if hasattr(model, "partnership_path")]
    assert len(ours) > 25
    bare = [model._meta.label_lower for model in ours if subject(entry(f"{model._meta.label_lower}:1")).startswith(model._meta.label_lower)]
    assert bare == []


def test_the_page_shows_no_code(client, cast):
    log.record(by="installation", deed="changed", subject="plan.plan:77", partnership="gwynedd-mon", detail={"title_cy": ["", "x"]})
    client.force_login(cast.ann)
    page = client.get("/en/gwynedd-mon/desk/log/").content.decode()
    assert "Plan 77" in page
    assert "plan.plan:77" not in page
    assert "title_cy" not in page


def test_every_column_in_the_log_of_the_examples_has_words(db):
    lay_examples(with_people=True)
    entries = list(Entry.objects.all())
    assert len(entries) > 500
    with override("cy"):
        bare = {name for each in entries for name in columns(each) if name in (each.sealed_detail.get("columns") or each.sealed_detail)}
    assert bare <= {"person"}, "one word in both languages"


def test_an_entry_that_names_no_column_tells_of_none():
    assert columns(entry("assessment.score:1", columns=[])) == []
