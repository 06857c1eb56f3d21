"""What is published is what was allowed, checked in both languages and clean; and it stays as it was."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from diogel.audit import log
from diogel.audit.models import Entry
from diogel.people.access import Visibility
from diogel.people.models import Person
from diogel.people.tests.cast import bilingual, make_person
from diogel.plan.models import Number, Plan, Priority
from diogel.published.models import Publication
from diogel.publishing import snapshots
from diogel.publishing.snapshot_fields import ALLOWED, NotAllowed, One, Rows, allowed
from diogel.publishing.snapshot_readiness import unready
from diogel.publishing.snapshot_releases import kept_releases, release
from diogel.publishing.snapshot_scopes import plan_scope
from diogel.publishing.snapshot_sources import plan_source
from diogel.publishing.snapshots import NotPublished, publish, withdraw_publication
from diogel.publishing.subjects import snapshot_of

from .a_plan import APlan, make_plan

pytestmark = pytest.mark.slow

WHO, PLAN = Publication.Kind.PARTNERSHIP, Publication.Kind.PLAN


@pytest.fixture
def a_plan(cast) -> APlan:
    return make_plan(cast)


@pytest.fixture
def told(cast, a_plan) -> APlan:
    """The plan, with who we are published already."""
    publish(WHO, cast.gwynedd_mon, by=cast.ann)
    return a_plan


def refused(kind: str, subject: Any, by: Any) -> NotPublished:
    with pytest.raises(NotPublished) as caught:
        publish(kind, subject, by=by)
    return caught.value


def names_of(kind: str, row: dict[str, Any]) -> None:
    """Every key of a snapshot, at every depth, stands in its table."""
    assert set(row) == set(ALLOWED[kind])
    for name, how in ALLOWED[kind].items():
        if isinstance(how, Rows):
            for inner in row[name]:
                names_of(how.kind, inner)
        elif isinstance(how, One) and row[name] is not None:
            names_of(how.kind, row[name])


def planted(row: Any) -> Any:
    """The same source with one more column in every row of it."""
    if isinstance(row, dict):
        return {name: planted(value) for name, value in row.items()} | {"planted": "SECRET"}
    return [planted(value) for value in row] if isinstance(row, list) else row


def test_a_new_column_anywhere_in_the_source_does_not_get_out(a_plan):
    source = plan_source(plan_scope(a_plan.plan))
    content = allowed("plan", planted(source))
    assert content == allowed("plan", source)
    assert "SECRET" not in json.dumps(content)


def test_a_snapshot_holds_what_its_tables_name_and_nothing_else(a_plan, cast):
    names_of("plan", snapshot_of(a_plan.plan))
    names_of("partnership", snapshot_of(cast.gwynedd_mon))


def test_a_snapshot_is_the_plan_in_both_languages(a_plan):
    content = snapshot_of(a_plan.plan)
    action = content["actions"][0]
    assert action["number"] == 14
    assert action["title"] == {"cy": "Annog pobl", "en": "Encourage people"}
    assert action["told"] == {"quarter": "2021-12", "text": {"cy": "Cynhaliwyd sesiynau", "en": "Sessions were held"}}
    assert action["carried"] == {"times": 1, "months": 10, "same_reason": False}
    assert [section["actions"] for section in content["sections"]] == [[14], []]
    assert content["priorities"][0]["actions"] == [14]
    assert content["themes"][0]["band"] == "medium_high"
    assert content["outcomes"][0]["cited"] == 14


def test_a_small_count_of_a_sensitive_subject_is_withheld_in_the_snapshot(a_plan):
    figure = snapshot_of(a_plan.plan)["indicators"][0]["figures"][0]
    assert figure["is_withheld"] is True
    assert figure["value"] is None


def test_no_name_address_or_number_of_anyone_on_file_is_in_a_snapshot(a_plan, cast):
    for number, person in enumerate(Person.objects.all()):
        Person.objects.filter(pk=person.pk).update(phone=f"01248 55512{number}")
    text = json.dumps([snapshot_of(a_plan.plan), snapshot_of(cast.gwynedd_mon)], ensure_ascii=False)
    for person in Person.objects.all():
        assert person.family not in text
        assert person.email not in text
        assert person.phone not in text


def test_an_action_that_only_a_group_may_see_is_no_part_of_the_snapshot(a_plan):
    a_plan.action.visibility = Visibility.GROUP
    a_plan.action.save()
    content = snapshot_of(a_plan.plan)
    assert content["actions"] == []
    assert content["sections"][0]["actions"] == []
    assert content["priorities"][0]["actions"] == []


def test_what_was_withdrawn_is_no_part_of_the_snapshot(a_plan):
    for row in (a_plan.part, a_plan.update, a_plan.priority, a_plan.theme):
        type(row).objects.filter(pk=row.pk).update(withdrawn_on=date(2022, 1, 1))
    content = snapshot_of(a_plan.plan)
    assert content["priorities"] == content["themes"] == content["actions"][0]["parts"] == []
    assert content["actions"][0]["told"] is None


def test_the_numbers_of_another_plan_are_not_taken_for_this_ones(a_plan):
    after = Plan.objects.create(
        partnership=a_plan.plan.partnership, code="2022-23", from_on=date(2022, 4, 1), to_on=date(2023, 3, 31), status="draft"
    )
    Number.objects.create(plan=after, action=a_plan.action, number=3)
    stale(a_plan.action, "text")
    assert [each.label for each in unready(plan_scope(a_plan.plan))] == ["14"]
    assert [action["number"] for action in allowed_numbers(a_plan)] == [14]


def allowed_numbers(a_plan: APlan) -> list[dict[str, Any]]:
    return plan_source(plan_scope(a_plan.plan))["actions"]


def stale(row: Any, name: str, state: str = "stale_cy") -> None:
    setattr(row, f"{name}_state", state)
    row.save()


def test_publishing_writes_one_version_with_its_certificate_and_a_deed(told, cast, tmp_path):
    length = log.head()[0]
    made = publish(PLAN, told.plan, by=cast.ann)
    assert (made.partnership, made.kind, made.key, made.version) == ("gwynedd-mon", PLAN, "2021-22", 1)
    assert made.certificate["is_clean"] is True
    assert made.certificate["withheld"][0]["count"] == 1
    assert made.certificate["audit"]["length"] == length
    assert set(made.certificate["paper"]) == {"cy", "en"}
    deed = Entry.objects.get(deed="published", subject="publication:plan/2021-22/v1")
    assert deed.by == cast.ann.reference
    assert deed.detail["chain"] == made.certificate["audit"]
    assert log.verify(head_file=tmp_path / "none").is_whole


@pytest.mark.parametrize("who", ["bryn", "carys", "dai"])
def test_only_those_who_may_publish_and_withdraw(told, cast, who):
    made = publish(PLAN, told.plan, by=cast.ann)
    with pytest.raises(PermissionDenied):
        publish(PLAN, told.plan, by=getattr(cast, who))
    with pytest.raises(PermissionDenied):
        withdraw_publication(made, by=getattr(cast, who), because=("Gwall", "A fault"))


@pytest.mark.parametrize("state", ["missing", "draft", "stale_cy", "stale_en"])
def test_nothing_is_published_while_a_pair_is_not_checked_and_each_is_named(told, cast, state):
    before = Entry.objects.count()
    stale(told.action, "text", state)
    stale(told.theme, "rationale", state)
    stale(told.part, "title", state)
    found = refused(PLAN, told.plan, cast.ann)
    named = {(each.kind, each.label, each.field, each.state) for each in found.unready}
    assert named == {("action", "14", "text", state), ("theme", "Hate", "rationale", state), ("part", "14a", "title", state)}
    assert all(each.url.startswith("/en/gwynedd-mon/desk/") for each in found.unready)
    assert not Publication.objects.filter(kind=PLAN).exists()
    assert Entry.objects.count() == before


def test_what_the_list_names_is_what_the_gate_would_stop(told):
    """The one query that lists and the gate that copies are two pieces of code: each pair they know is tried on both."""
    scope = plan_scope(told.plan)
    tried = 0
    for kind, rows in scope.rows.items():
        for row in list(rows) if kind != "number" else ():
            for name in getattr(row, "pairs", ()):
                was = getattr(row, f"{name}_state")
                type(row).objects.filter(pk=row.pk).update(**{f"{name}_state": "draft"})
                listed = [each for each in unready(plan_scope(told.plan)) if each.blocks]
                try:
                    snapshot_of(told.plan)
                    stops = False
                except NotAllowed:
                    stops = True
                assert bool(listed) == stops, (kind, name)
                tried += stops
                type(row).objects.filter(pk=row.pk).update(**{f"{name}_state": was})
    assert tried > 25


def test_an_update_that_is_not_checked_is_left_out_and_does_not_stop_the_plan(told, cast):
    stale(told.update, "text")
    found = unready(plan_scope(told.plan))
    assert [(each.kind, each.label, each.blocks) for each in found] == [("update", "14", False)]
    made = publish(PLAN, told.plan, by=cast.ann)
    assert made.content["actions"][0]["told"] == {"quarter": "2021-12", "text": {"cy": "", "en": ""}}


def test_a_draft_plan_and_a_plan_before_its_partnership_are_refused(a_plan, cast):
    assert "who we are" in refused(PLAN, a_plan.plan, cast.ann).sentence
    a_plan.plan.status = Plan.Status.DRAFT
    a_plan.plan.save()
    assert "draft" in refused(PLAN, a_plan.plan, cast.ann).sentence


def test_a_short_name_that_could_hold_words_stops_the_plan_and_is_named(told, cast):
    type(told.part).objects.filter(pk=told.part.pk).update(code="14 a b")
    assert "Commitment" in refused(PLAN, told.plan, cast.ann).sentence


def test_publishing_again_makes_a_new_version_and_keeps_the_old(told, cast):
    first = publish(PLAN, told.plan, by=cast.ann)
    told.action.set_pair("title", cy="Annog pawb", en="Encourage everyone", is_checked=True)
    told.action.save()
    second = publish(PLAN, told.plan, by=cast.ann)
    assert (first.version, second.version) == (1, 2)
    first.refresh_from_db()
    assert first.content["actions"][0]["title"]["en"] == "Encourage people"
    assert second.content["actions"][0]["title"]["en"] == "Encourage everyone"


def test_publishing_again_without_a_change_leaves_the_version_that_stands(told, cast):
    first = publish(PLAN, told.plan, by=cast.ann)
    assert publish(PLAN, told.plan, by=cast.ann) == first
    assert Publication.objects.filter(kind=PLAN).count() == 1


def test_a_plan_of_an_earlier_year_is_published_after_a_later_one(told, cast, client):
    publish(PLAN, told.plan, by=cast.ann)
    days = {"from_on": date(2020, 4, 1), "to_on": date(2021, 3, 31)}
    earlier = Plan.objects.create(
        partnership=cast.gwynedd_mon, code="2020-21", status="closed", **days, **bilingual("Cynt", "Before", "title", "introduction")
    )
    Priority.objects.create(plan=earlier, code="then", number=1, **bilingual("Byrgleriaeth", "Burglary", "title", "summary"))
    made = publish(PLAN, earlier, by=cast.ann)
    assert "Burglary" in client.get("/en/gwynedd-mon/plan/2020-21/v1/").content.decode()
    assert client.get("/en/gwynedd-mon/priority/then/").status_code == 404
    names_a_person = Plan.objects.filter(pk=earlier.pk)
    names_a_person.update(introduction_en="Ask Bryn Dychmygol.")
    assert refused(PLAN, names_a_person.get(), cast.ann).leaks
    withdraw_publication(Publication.objects.get(kind=PLAN, key="2021-22"), by=cast.ann, because=("Gwall", "A fault"))
    assert made.content == Publication.objects.get(kind=PLAN, key="2020-21").content
    assert client.get("/en/gwynedd-mon/priority/then/").status_code == 200


def test_what_was_withdrawn_can_be_published_anew(told, cast):
    first = publish(PLAN, told.plan, by=cast.ann)
    withdraw_publication(first, by=cast.ann, because=("Gwall", "A fault"))
    assert publish(PLAN, told.plan, by=cast.ann).version == 2


@pytest.mark.parametrize("because", [("", "A fault"), ("Gwall", " "), ("", "")])
def test_a_withdrawal_says_why_in_both_languages(told, cast, because):
    made = publish(PLAN, told.plan, by=cast.ann)
    with pytest.raises(ValidationError):
        withdraw_publication(made, by=cast.ann, because=because)
    made.refresh_from_db()
    assert made.withdrawn_at is None


def test_a_withdrawal_is_told_and_happens_once(told, cast):
    made = publish(PLAN, told.plan, by=cast.ann)
    withdraw_publication(made, by=cast.ann, because=("Gwall", "A fault"))
    assert Entry.objects.filter(deed="withdrawn", subject="publication:plan/2021-22/v1").count() == 1
    with pytest.raises(ValidationError):
        withdraw_publication(made, by=cast.ann, because=("Gwall", "A fault"))


def test_a_name_in_a_public_sentence_stops_publication_and_nothing_is_kept(told, cast):
    told.action.set_pair("text", cy="Gofynnwch i Bryn Dychmygol.", en="Ask Bryn Dychmygol.", is_checked=True)
    told.action.save()
    found = refused(PLAN, told.plan, cast.ann)
    assert {leak.kind for leak in found.leaks} == {"name"}
    assert not Publication.objects.filter(kind=PLAN).exists()
    assert Entry.objects.filter(deed="refused", subject="publication:plan/2021-22").count() == 1


def test_a_name_in_one_language_alone_stops_both(told, cast):
    told.action.set_pair("text", cy="Gofynnwch i Bryn Dychmygol.", en="Ask the police.", is_checked=True)
    told.action.save()
    found = refused(PLAN, told.plan, cast.ann)
    assert {leak.file for leak in found.leaks} == {"plan.cy.html"}


def test_a_false_alarm_is_answered_for_and_the_certificate_says_who_and_why(told, cast):
    make_person("Gwyn", "Llan")
    told.action.set_pair("text", cy="Ffair Gwyn Llan.", en="The Gwyn Llan fair.", is_checked=True)
    told.action.save()
    found = refused(PLAN, told.plan, cast.ann)
    with pytest.raises(PermissionDenied):
        release({leak.key for leak in found.leaks}, by=cast.bryn, partnership=cast.gwynedd_mon, because=("Lle yw hwn", "This is a place"))
    release({leak.key for leak in found.leaks}, by=cast.ann, partnership=cast.gwynedd_mon, because=("Lle yw hwn", "This is a place"))
    made = publish(PLAN, told.plan, by=cast.ann)
    assert made.certificate["released"][0]["by"] == {"cy": "cydlynydd", "en": "co-ordinator"}
    assert made.certificate["released"][0]["reason"] == {"cy": "Lle yw hwn", "en": "This is a place"}
    assert len(kept_releases("gwynedd-mon")) == len({leak.key for leak in found.leaks})


def test_a_release_of_one_find_does_not_cover_another(told, cast):
    told.action.set_pair("text", cy="Gofynnwch i Bryn Dychmygol.", en="Ask Bryn Dychmygol.", is_checked=True)
    told.action.save()
    release({"0123456789abcdef"}, by=cast.ann, partnership=cast.gwynedd_mon, because=("Rheswm", "Reason"))
    assert refused(PLAN, told.plan, cast.ann).leaks


def test_a_member_that_is_no_more_is_told_as_an_earlier_one(cast):
    cast.council.to_on = date(2020, 3, 31)
    cast.council.save()
    members = {row["body"]["code"]: row for row in snapshot_of(cast.gwynedd_mon)["members"]}
    assert members["north-wales-police"]["is_current"] is True
    assert members["gwynedd-council"]["is_current"] is False
    assert members["gwynedd-council"]["to_on"] == "2020-03-31"


def test_what_is_told_of_who_we_are_must_be_checked_too(cast):
    cast.gwynedd_mon.about_en, cast.gwynedd_mon.about_state = "We are", "missing"
    cast.gwynedd_mon.save()
    found = refused(WHO, cast.gwynedd_mon, cast.ann)
    assert [(each.kind, each.field) for each in found.unready] == [("partnership", "about")]


def test_a_thing_is_published_as_what_it_is(told, cast):
    with pytest.raises(ValueError, match="not published as"):
        publish(WHO, told.plan, by=cast.ann)


def test_what_was_made_elsewhere_is_frozen_as_the_next_version(told, cast):
    content = {"quarter": "2021-12"}
    values = {"partnership": cast.gwynedd_mon, "kind": Publication.Kind.QUARTER, "key": "2021-12", "certificate": {}}
    values |= {"files": {}, "rows": ()}
    first = snapshots.freeze(content=content, by=cast.ann, **values)
    second = snapshots.freeze(content=content, by=cast.ann, **values)
    assert (first.version, second.version) == (1, 2)
    with pytest.raises(PermissionDenied):
        snapshots.freeze(content=content, by=cast.bryn, **values)


def test_labels_are_in_the_language_of_the_page(told):
    stale(told.theme, "title")
    with override("cy"):
        assert [str(each) for each in unready(plan_scope(told.plan))] == ["Thema Casineb: teitl (mae’r Gymraeg wedi dyddio)"]


def test_a_pair_with_no_words_stops_nothing_where_it_may_be_empty(told, cast):
    type(told.theme).objects.filter(pk=told.theme.pk).update(rationale_cy="", rationale_en="", rationale_state="missing")
    assert unready(plan_scope(told.plan)) == []
    assert publish(PLAN, told.plan, by=cast.ann).content["themes"][0]["rationale"] == {"cy": "", "en": ""}


def test_where_a_plan_stands_is_told_in_words_among_what_changed(told, cast):
    for status in ("consultation", "in_force"):
        Plan.objects.filter(pk=told.plan.pk).update(status=status)
        row = publish(PLAN, Plan.objects.get(pk=told.plan.pk), by=cast.ann)
    assert row.content["changes"]["en"] == ["Plan: it was “out for consultation” and is “in force” now"]
    assert "in_force" not in row.content["changes"]["cy"][0]
