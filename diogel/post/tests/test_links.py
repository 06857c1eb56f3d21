"""A signed link opens what it is for, to its person, until its day; anything else leads nowhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from diogel.audit.models import Entry
from diogel.people.models import Holding
from diogel.post.links import NOWHERE, links_for, read_link, token_of, withdraw_link
from diogel.post.models import SignedLink

pytestmark = pytest.mark.django_db
DAY = date(2022, 1, 17)


@pytest.fixture
def link(cast):
    found = links_for(
        [cast.bryn.person], purpose="round", about="round:1", partnership=cast.gwynedd_mon, expires_on=DAY + timedelta(days=9), on=DAY
    )
    return found[cast.bryn.person.pk]


def read(cast, token, **values):
    return read_link(token, **({"purpose": "round", "partnership": cast.gwynedd_mon, "on": DAY} | values))


def test_a_link_opens_to_its_last_day(cast, link):
    token = token_of(link)
    assert read(cast, token).is_open
    assert read(cast, token).link.person == cast.bryn.person
    assert read(cast, token, on=DAY + timedelta(days=9)).is_open
    late = read(cast, token, on=DAY + timedelta(days=10))
    assert (late.is_open, late.has_expired) == (False, True)


def test_each_letter_of_a_token_counts(cast, link):
    token = token_of(link)
    altered = [token[:at] + ("a" if token[at] != "a" else "b") + token[at + 1 :] for at in range(len(token))]
    # The last letter of a signature carries fewer bits than it could: its spare ones are refused as well.
    assert all(read(cast, each) == NOWHERE for each in altered)


@pytest.mark.parametrize("token", ["", ".", "1~", "1~aa.bb", "x" * 500, "1~" + "0" * 32 + ".", "é", "99999999999999999999~a.b"])
def test_a_guess_leads_nowhere(cast, link, token):
    assert read(cast, token) == NOWHERE


def test_a_withdrawn_link_reads_as_one_that_never_was(cast, link):
    withdraw_link(link, by=cast.ann)
    withdraw_link(link, by=cast.ann)
    assert read(cast, token_of(link)) == NOWHERE
    assert Entry.objects.filter(deed="withdrawn", subject=f"post.signedlink:{link.pk}").count() == 1


def test_a_link_opens_nothing_for_another_purpose_or_partnership(cast, link):
    assert read(cast, token_of(link), purpose="survey") == NOWHERE
    assert read(cast, token_of(link), partnership=cast.wrexham) == NOWHERE


def test_a_link_ends_with_the_roles_of_its_person(cast, link):
    Holding.objects.filter(person=cast.bryn.person).update(to_on=DAY - timedelta(days=1))
    assert read(cast, token_of(link)) == NOWHERE


def test_what_stands_in_the_database_alone_makes_no_token(cast, link, settings):
    token = token_of(link)
    settings.SECRET_KEY = "another installation"
    assert read(cast, token) == NOWHERE
    assert token not in str(list(SignedLink.objects.values()))
    assert len(link.secret) * 4 >= 128


def test_a_person_has_one_standing_link_and_a_new_one_once_it_ended(cast, link):
    def again(on=DAY):
        told = {"purpose": "round", "about": "round:1", "partnership": cast.gwynedd_mon, "expires_on": on + timedelta(days=9), "on": on}
        return links_for([cast.bryn.person], **told)[cast.bryn.person.pk]

    assert again().pk == link.pk
    assert again(DAY + timedelta(days=30)).pk != link.pk
    withdraw_link(link, by=cast.ann)
    assert again().pk != link.pk
