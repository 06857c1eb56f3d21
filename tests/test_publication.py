"""Both examples, whole, published and read as a stranger: nobody is named, nothing small is shown, both languages say the same."""

from __future__ import annotations

import json
import re

import pytest

from diogel.audit import log
from diogel.examples import loading
from diogel.people.access import Installation
from diogel.people.models import Partnership, Person
from diogel.published.models import Publication
from diogel.publishing.snapshot_readiness import unready
from diogel.publishing.snapshots import publish, scope_of
from tests.kept import lay_examples

BY = Installation()


@pytest.fixture
def told(db):
    """Both examples with their people, each person given a telephone number, then published."""
    lay_examples(with_people=True)
    for partnership in Partnership.objects.order_by("pk"):
        for number, person in enumerate(Person.objects.order_by("pk")):
            Person.objects.filter(pk=person.pk).update(phone=f"01286 5551{number:02}")
        publish(Publication.Kind.PARTNERSHIP, partnership, by=BY)
        for plan in partnership.plans.standing():
            publish(Publication.Kind.PLAN, plan, by=BY)
    return {row.partnership: row for row in Publication.objects.filter(kind="plan")}


@pytest.mark.slow
def test_both_examples_are_published_whole_and_name_nobody(told, client, tmp_path):
    contents = json.dumps([row.content for row in Publication.objects.all()], ensure_ascii=False)
    people = list(Person.objects.all())
    assert len(people) > 10
    for person in people:
        assert person.email not in contents
        assert person.phone not in contents
        assert f"{person.given} {person.family}" not in contents
    assert all(row.certificate["is_clean"] for row in Publication.objects.all())
    assert log.verify(head_file=tmp_path / "none").is_whole

    west, east = told["gwynedd-mon"].content, told["wrexham"].content
    assert [len(west[name]) for name in ("sections", "actions", "priorities", "themes", "outcomes", "indicators")] == [5, 17, 15, 9, 21, 9]
    assert [len(east[name]) for name in ("priorities", "objectives", "indicators", "principles", "sources")] == [5, 30, 29, 11, 5]
    assert not unready(scope_of(loading.load("wrexham", with_people=False)))
    _every_page_reads_alike(client, west)


def _every_page_reads_alike(client, content) -> None:
    addresses = ["", "plan/", "progress/", "outcomes/", "who-we-are/"]
    addresses += [f"action/{row['number']}/" for row in content["actions"]]
    addresses += [f"{kind}/{row['code']}/" for kind, rows in (("priority", "priorities"), ("theme", "themes")) for row in content[rows]]
    for address in addresses:
        cy, en = (client.get(f"/{language}/gwynedd-mon/{address}").content.decode() for language in ("cy", "en"))
        assert "Data enghreifftiol; nid datganiad gan y cyrff hyn" in cy
        assert "Example data; not a statement by these bodies" in en
        assert re.findall(r'class="dg-(?:withheld|missing|band)"', cy) == re.findall(r'class="dg-(?:withheld|missing|band)"', en), address
        assert 'lang="en">' not in cy.split("<main")[1].split("</main>")[0], f"{address} falls back on English"
        assert 'lang="cy">' not in en.split("<main")[1].split("</main>")[0], f"{address} falls back on Welsh"
