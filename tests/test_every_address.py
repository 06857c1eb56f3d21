"""Every address as a stranger, as someone from elsewhere, and as every role: what opens, what is refused, what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from diogel.examples.loading import load
from diogel.people.access import ROLES, May, Role
from diogel.people.models import Holding, Partnership, Person, User
from diogel.people.tests.cast import hold, make_person, make_user

# Where a page is about one row, the kwargs that lead to one of the example's.
ROWS: dict[str, dict[str, Any]] = {}


def desk_views() -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """(name, view, converters) of every page inside the desk."""

    def walk(patterns: Any, namespaces: tuple[str, ...], converters: dict[str, Any]) -> Iterator[tuple[str, Any, dict[str, Any]]]:
        for pattern in patterns:
            here = converters | pattern.pattern.converters
            if isinstance(pattern, URLResolver):
                inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
                yield from walk(pattern.url_patterns, inner, here)
            elif isinstance(pattern, URLPattern) and hasattr(pattern.callback, "desk_needs"):
                yield ":".join((*namespaces, pattern.name)), pattern.callback, here

    yield from walk(get_resolver().url_patterns, (), {})


def sample(converters: dict[str, Any]) -> dict[str, Any]:
    """Values that fit each converter; rows that are not there answer 404 to those who may, and that too is told apart below."""
    known = {
        "slug": "gwynedd-mon",
        "code": "2021-22",
        "number": 1,
        "quarter": "2021-12",
        "kind": "section",
        "which": "x",
        "pk": 1,
        "reference": "x",
    }
    return {name: known.get(name, 1 if "Int" in type(converter).__name__ else "x") for name, converter in converters.items()}


@pytest.fixture
def everyone(db) -> dict[str, Client]:
    """A client for each role in Gwynedd and Anglesey, for someone from Wrexham, for someone without a role, and for a stranger."""
    load("gwynedd-mon", with_people=False)
    load("wrexham", with_people=False)
    here, there = Partnership.objects.get(slug="gwynedd-mon"), Partnership.objects.get(slug="wrexham")
    people: dict[str, Client] = {"stranger": Client()}
    for role in Role:
        user = make_user(make_person(f"Un{role.value}", "Enghraifft"))
        hold(user, here, role)
        people[role.value] = signed_in(user)
    dai = make_user(make_person("Dai", "Sampl"))
    hold(dai, there, Role.CO_ORDINATOR)
    people["elsewhere"] = signed_in(dai)
    people["without a role"] = signed_in(make_user(make_person("Neb", "Enghraifft")))
    return people


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_every_page_of_the_desk_opens_to_those_who_may_and_to_nobody_else(everyone):
    views = list(desk_views())
    assert len(views) > 30
    wrong = []
    for name, view, converters in views:
        with override("en"):
            try:
                address = reverse(name, kwargs=sample(converters))
            except NoReverseMatch:
                wrong.append(f"{name}: no sample leads there")
                continue
        needs: May = view.desk_needs
        for who, client in everyone.items():
            status = client.get(address).status_code
            if status == 405:  # a page that only acts
                status = client.post(address).status_code
            if who == "stranger":
                expected = {302}
            elif who in ("elsewhere", "without a role"):
                expected = {404}
            elif needs in ROLES[Role(who)][1]:
                expected = {200, 302, 403, 404, 409, 422}  # the row may not exist, and some pages ask more of the row itself
            elif May.SEE_DESK in ROLES[Role(who)][1]:
                expected = {403}
            else:
                expected = {404}
            if status not in expected:
                wrong.append(f"{name} answered {status} to {who}")
    assert wrong == []


def test_a_stranger_is_led_to_sign_in_and_back(everyone):
    answer = everyone["stranger"].get("/cy/gwynedd-mon/desk/plan/2021-22/")
    assert answer.status_code == 302
    assert answer.url == "/cy/accounts/login/?next=/cy/gwynedd-mon/desk/plan/2021-22/"


def test_a_role_that_ended_yesterday_opens_nothing(everyone):
    person = Person.objects.get(given="Unco_ordinator")
    Holding.objects.filter(person=person).update(to_on="2000-01-01")
    assert everyone["co_ordinator"].get("/en/gwynedd-mon/desk/").status_code == 404


def test_nobody_posts_to_the_desk_without_a_token():
    client = Client(enforce_csrf_checks=True)
    assert client.post("/en/accounts/login/", {"login": "a@example.org", "password": "x"}).status_code == 403
