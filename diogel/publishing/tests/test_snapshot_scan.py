"""What leaves is read whole: the words that stand on no page and lie in the open data, and the reasons that the public is told."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from diogel.audit.models import Entry
from diogel.indicators.models import Indicator
from diogel.people.models import Body
from diogel.people.tests.cast import make_person
from diogel.plan.models import Source
from diogel.published.models import Publication
from diogel.publishing.snapshot_releases import kept_releases, release
from diogel.publishing.snapshots import NotPublished, publish, withdraw_publication
from diogel.publishing.subjects import snapshot_of

from .a_plan import APlan, make_plan

pytestmark = pytest.mark.slow

WHO, PLAN = Publication.Kind.PARTNERSHIP, Publication.Kind.PLAN
NAMED = ("Gofynnwch i Bryn Dychmygol.", "Ask Bryn Dychmygol.")
KEY = "0123456789abcdef"


@pytest.fixture
def told(cast) -> APlan:
    """A plan, with who we are published already."""
    plan = make_plan(cast)
    publish(WHO, cast.gwynedd_mon, by=cast.ann)
    return plan


def say(row, name: str) -> None:
    row.set_pair(name, cy=NAMED[0], en=NAMED[1], is_checked=True)
    row.save()


@pytest.mark.parametrize(("model", "name"), [(Indicator, "why"), (Source, "owner"), (Body, "short")])
def test_a_name_that_stands_on_no_page_but_in_the_open_data_stops_publication(told, cast, client, model, name):
    row = model.objects.get(code=cast.police.code) if model is Body else model.objects.get()
    say(row, name)
    with pytest.raises(NotPublished) as caught:
        publish(PLAN, told.plan, by=cast.ann)
    assert {(leak.file, leak.kind) for leak in caught.value.leaks} == {("plan.cy.html", "name"), ("plan.en.html", "name")}
    assert "Dychmygol" not in client.get("/en/gwynedd-mon/open-data/plan/2021-22/v1/plan.json").content.decode()


@pytest.mark.parametrize("name", ["value", "part"])
def test_a_number_that_the_page_holds_back_and_the_open_data_tells_stops_publication(told, cast, monkeypatch, name):
    """As if whatever makes the snapshot had marked the figure as withheld, and left its number in."""
    from diogel.publishing import snapshots

    def leaking(subject):
        content = snapshot_of(subject)
        for figure in (figure for row in content["indicators"] for figure in row["figures"]):
            assert figure["is_withheld"]
            figure[name] = 3
        return content

    monkeypatch.setattr(snapshots, "snapshot_of", leaking)
    with pytest.raises(NotPublished) as caught:
        publish(PLAN, told.plan, by=cast.ann)
    assert {leak.file for leak in caught.value.leaks} == {"data.cy.html", "data.en.html"}
    assert {leak.kind for leak in caught.value.leaks} == {"small", "withheld shown"}


def test_numbers_that_may_be_told_are_read_in_the_open_data_and_raise_no_alarm(told, cast):
    told.sensitive.is_sensitive = False
    told.sensitive.save()
    made = publish(PLAN, told.plan, by=cast.ann).certificate
    assert {"data.cy.html", "data.en.html"} <= {each["name"] for each in made["files"]}


def test_words_that_a_page_shows_are_read_once(told, cast):
    say(told.action, "title")
    with pytest.raises(NotPublished) as caught:
        publish(PLAN, told.plan, by=cast.ann)
    places = [leak.where for leak in caught.value.leaks if leak.file == "plan.en.html"]
    assert len(places) == len(set(places))


def test_a_reason_that_names_somebody_is_not_kept_for_the_certificate(told, cast, client):
    client.force_login(cast.ann)
    typed = {"finds": [KEY], "because_cy": NAMED[0], "because_en": "A place."}
    answer = client.post(f"/en/gwynedd-mon/desk/papers/plan/{told.plan.code}/publish/", typed)
    assert answer.status_code == 422
    assert "names somebody" in answer.content.decode()
    assert not Entry.objects.filter(deed="released").exists()
    assert publish(PLAN, told.plan, by=cast.ann).certificate["is_clean"]


def test_a_reason_that_by_now_names_somebody_counts_no_more_and_stops_nothing_else(told, cast):
    release([KEY], by=cast.ann, partnership=cast.gwynedd_mon, because=("Maes Owain Sampl yw hwn", "This is Owain Sampl field"))
    assert len(kept_releases("gwynedd-mon")) == 1
    make_person("Owain", "Sampl")
    assert kept_releases("gwynedd-mon") == []
    assert publish(PLAN, told.plan, by=cast.ann).certificate["released"] == []


def test_a_key_that_is_none_is_not_released(told, cast):
    release(["x" * 500, "../../etc", KEY.upper()], by=cast.ann, partnership=cast.gwynedd_mon, because=("Rheswm", "Reason"))
    assert kept_releases("gwynedd-mon") == []


def test_a_withdrawal_tells_the_public_why_and_names_nobody(told, cast):
    row = Publication.objects.get(kind=WHO)
    with pytest.raises(ValidationError):
        withdraw_publication(row, by=cast.ann, because=("Cwynodd Bryn Dychmygol", "Somebody complained"))
    row.refresh_from_db()
    assert row.withdrawn_at is None


SMALL_COUNT = (
    "Mae tri adolygiad dynladdiad domestig ar agor, ac mae un yn hwyr.",
    "Three domestic homicide reviews are open, and one is late.",
)


def test_a_small_count_in_the_words_of_an_update_stops_publication_until_an_officer_answers_for_it(told, cast):
    told.update.set_pair("text", cy=SMALL_COUNT[0], en=SMALL_COUNT[1], is_checked=True)
    told.update.save()
    with pytest.raises(NotPublished) as caught:
        publish(PLAN, told.plan, by=cast.ann)
    leaks = caught.value.leaks
    assert {leak.kind for leak in leaks} == {"small"}
    assert {leak.file for leak in leaks} == {"plan.cy.html", "plan.en.html"}
    assert not any("Three" in leak.excerpt or "tri " in leak.excerpt for leak in leaks)
    because = ("Cyhoeddodd y cynghorau hyn eisoes", "The councils published this already")
    release({leak.key for leak in leaks}, by=cast.ann, partnership=cast.gwynedd_mon, because=because)
    made = publish(PLAN, told.plan, by=cast.ann)
    assert {each["reason"]["en"] for each in made.certificate["released"]} == {because[1]}
