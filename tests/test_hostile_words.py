"""Words that are also markup, typed into every box there is: they are shown as words, on every page, in every export."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from diogel.indicators.drawn import drawings
from diogel.indicators.models import Card, Measure
from diogel.people.access import Installation
from diogel.people.models import Partnership
from diogel.publishing.snapshots import publish
from diogel.words.pairs import Bilingual
from tests.whole_house import addresses, make_house, signed_in

HOSTILE = "=x\"'><xss>{{settings}}{%x%}<!--"
PEOPLE = ("people.Person", "people.User")  # their names would stop publication, as they should
# Columns that hold a code of the system's own, which no form lets anyone write freely.
CODES = {
    "code", "reference", "quarter", "kind", "status", "store", "crime_type", "area_code", "from_plan", "marking", "first_month", "last_month",
    "arises_from_kind", "arises_from_reference", "looking_role", "signed_role", "explained_role", "asked_role", "seal", "previous", "deed",
    "subject", "by", "dated",
    "from_status", "to_status", "lsoa", "from_number", "key", "about", "purpose", "secret", "message_id", "sha256", "remind_days",
}  # fmt: skip


def free_words(model: type[models.Model]) -> list[models.Field]:
    """The columns of a table in which people write what they like."""
    plain = [field for field in model._meta.local_concrete_fields if type(field) in (models.CharField, models.TextField)]
    return [field for field in plain if not field.choices and field.name not in CODES and not field.name.endswith("_state")]


def spoil_everything() -> int:
    """Every free word of every row becomes hostile, and every pair counts as checked; how many columns were spoilt."""
    spoilt = 0
    for model in apps.get_models():
        if not model.__module__.startswith("diogel") or model._meta.label in (
            *PEOPLE,
            "audit.Entry",
            "audit.Head",
            "audit.Words",
            "published.Publication",
        ):
            continue
        columns = {field.name: HOSTILE[: field.max_length or 500] for field in free_words(model)}
        if columns:
            model._default_manager.update(**columns)
        spoilt += len(columns)
        if issubclass(model, Bilingual):
            model._default_manager.update(**{f"{pair}_state": "checked" for pair in model.pairs})
    for card in Card.objects.all():
        card.finding["events"] = [{"month": "2021-05", "cy": HOSTILE, "en": HOSTILE}]
        card.account["events"] = [each | {"title": [HOSTILE, HOSTILE]} for each in card.account["events"]]
        card.places = [place | {"name": HOSTILE, "name_cy": HOSTILE} for place in card.places if place["code"]]
        drawn = drawings(card.finding, card.places)
        Card.objects.filter(pk=card.pk).update(finding=card.finding, account=card.account, places=card.places, drawings=drawn)
    Measure.objects.update(is_sensitive=False)  # all subjects are called alike now, and their figures are not what is tried here
    return spoilt


def _shows_markup(answer) -> bool:
    """In a paper of any other kind than text, words are no markup."""
    return b"<xss" in answer.content and answer.headers.get("Content-Type") != "application/pdf"


@pytest.mark.slow
def test_hostile_words_are_words_everywhere(db):
    users = make_house()
    here = Partnership.objects.get(slug="gwynedd-mon")
    assert spoil_everything() > 120
    desk = {who: signed_in(users[who]) for who in ("co_ordinator", "case_role")}
    typed = dict.fromkeys(
        ("reason", "given", "title_cy", "title_en", "because_en", "email", "seen", "from_on_day", "place", "text"), HOSTILE
    )
    shown = []
    for name, _view, address in addresses(here):
        for client in desk.values():
            shown += [name for answer in (client.get(address), client.post(address, typed)) if _shows_markup(answer)]
    assert shown == []

    publish("partnership", here, by=Installation())
    told = publish("plan", here.plans.get(code="2021-22"), by=Installation())
    stranger = Client()
    parts = [f"{one}/{row['code']}/" for one, rows in (("priority", "priorities"), ("theme", "themes")) for row in told.content[rows]]
    parts += [f"action/{row['number']}/" for row in told.content["actions"]]
    pages = [
        "",
        "plan/",
        "progress/",
        "outcomes/",
        "open-data/",
        "who-we-are/",
        "contact/",
        f"certificate/plan/2021-22/v{told.version}/",
        *parts,
    ]
    answers = {page: stranger.get(f"/en/gwynedd-mon/{page}") for page in pages}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert [page for page, answer in answers.items() if b"<xss" in answer.content] == []
    assert sum(b"&lt;xss" in answer.content for answer in answers.values()) > 40, "the words must be there to be shown as words"
    for table in ("actions", "priorities", "themes", "duties", "outcomes", "indicators"):
        text = stranger.get(f"/en/gwynedd-mon/open-data/plan/2021-22/v{told.version}/{table}.csv").content.decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert any(cell.startswith("'=x") for cell in cells)
        assert not [cell for cell in cells if re.match(r"\s*[=+@-]", cell)]
