"""One chain, typed by forms alone: from an empty installation to its public page, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from diogel.cli import main

from .chain_in_public import PLAN, WHO, check_pairs, correct, publish, publish_quarter, read, take_out_and_bring_back
from .chain_of_the_figures import explain, measure
from .chain_of_the_plan import adopt, assess, plan, promise, report
from .walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLACE = "dyffryn"
EMAIL, PASSWORD = "nia@example.org", "a long enough password"


def begin(home: Path) -> None:
    """The one verb that an empty installation needs."""
    password = home / "password"
    password.write_text(PASSWORD + "\n", encoding="utf-8")
    names = ("--name-cy", "Partneriaeth Diogelwch y Dyffryn", "--name-en", "Valley Safety Partnership", "--place-cy", "Y Dyffryn")
    person = ("--given", "Nia", "--family", "Enghraifft", "--email", EMAIL, "--password-file", str(password))
    assert main(["start", "--slug", PLACE, *names, "--place-en", "The Valley", "--area", "W06000002", *person]) == 0


def test_a_chain_is_typed_in_an_empty_installation_and_read_in_public(page, empty_home, lay_rows):
    begin(empty_home)
    walk = Walker(page, "cy")
    walk.sign_in(EMAIL, PASSWORD)
    assert page.url.endswith(f"/cy/{PLACE}/desk/")
    assess(walk)
    plan(walk)
    walk.switch()
    promise(walk)
    measure(walk)
    walk.go_to("Plan")
    report(walk)
    lay_rows()
    explain(walk, PLACE)
    check_pairs(walk)
    adopt(walk)
    publish(walk, WHO)
    publish(walk, PLAN)
    publish_quarter(walk)
    walk.sign_out()
    read(walk, PLACE)
    walk.switch()
    read(walk, PLACE)
    walk.language = "en"
    walk.sign_in(EMAIL, PASSWORD)
    correct(walk, PLACE)
    take_out_and_bring_back(walk, PLACE)
