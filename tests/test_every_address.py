"""Every address as a stranger, as someone from elsewhere, and as every role: what opens, what is refused, what is not there."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from django.db import connection, transaction
from django.forms import ModelChoiceField
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext

from diogel.people.access import ROLES, May, Role
from diogel.people.models import Body, Holding, Partnership, Person
from diogel.places.models import Area
from tests.filled_in import filled_in
from tests.whole_house import addresses, make_house, signed_in

pytestmark = pytest.mark.slow

# Pages that anyone of the desk may read, and only some may send.
SENT_WITH = {
    "plan:update": May.UPDATE_ALL_ACTIONS,
    "plan:calendar_link": May.SEE_DESK,  # one's own
    "plan:move": May.ADOPT_PLAN,
    "unusual:card": May.EXPLAIN_FIGURES,
    "people:seats": May.EDIT_PEOPLE,
    "assessment:methods": May.EDIT_ASSESSMENT,
    "assessment:agreeing": May.EDIT_ASSESSMENT,
    "assessment:move": May.EDIT_ASSESSMENT,
    "bring_back": May.EDIT_PLAN,
}
# A look at what is sensitive is told to the log; a session is kept. Neither changes anything that anyone reads or counts.
NOT_A_DEED = ('"django_session"', '"audit_entry"', '"audit_head"')
# What these do takes seconds, and their own tests do it.
HEAVY = ("publishing:build_quarter", "publishing:publish_quarter", "publishing:publish")
MOST_ASKED = 12
# Files that are made when they are asked for, from all that a paper or a plan tells; each with its own bar.
MADE_ON_DEMAND = {"exchange:word": 15, "publishing:annual_draft": 33}
OPENERS = ("co_ordinator", "case_role", "member")
ROLE_CODES = {role.value for role in Role}
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@contextmanager
def deeds() -> Iterator[list[str]]:
    """What is written to the database inside, as it is told to it; what found no row to change changed nothing."""
    done: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        answer, said = execute(sql, params, many, context), sql.lstrip()
        if said.upper().startswith(WRITES) and context["cursor"].rowcount and not any(table in said for table in NOT_A_DEED):
            done.append(said)
        return answer

    with connection.execute_wrapper(watch):
        yield done


def read(content: bytes) -> str:
    """The words of a page, or of every part of a workbook."""
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(book.read(name).decode(errors="replace") for name in book.namelist())


def writer(needs: May) -> str:
    """Someone who may do what a page is for."""
    return next(role.value for role in (Role.CO_ORDINATOR, Role.CASE_ROLE) if needs in ROLES[role][1])


def may_send(who: str, name: str, needs: May) -> bool:
    power = SENT_WITH.get(name, needs)
    is_form = name in SENT_WITH or not power.name.startswith("SEE_")
    return is_form and who in ROLE_CODES and power in ROLES[Role(who)][1]


def _acts(client: Client, address: str, form: dict[str, list[str]]) -> bool:
    """Whether the form does something for someone who may; undone again."""
    before = transaction.savepoint()
    with deeds() as done:
        client.post(address, form)
    transaction.savepoint_rollback(before)
    return bool(done)


def _is_of(row: Any, partnership: Partnership) -> bool:
    """Whether a row is of this partnership; a person is where they hold a role or once held one."""
    if isinstance(row, Person):
        return row.holdings.filter(partnership=partnership).exists()
    return bool(row.partnership == partnership)


@dataclass(frozen=True)
class Looked:
    """What one reader found at one address: the answer, and what looking did."""

    name: str
    status: int
    content: bytes
    kept: str
    done: tuple[str, ...]
    asked: int
    """Questions to the database."""
    offered: tuple[tuple[str, Any], ...]
    """(field, row) of each row that its form lets one choose."""


def look(client: Client, name: str, _view: Any, address: str) -> Looked:
    with deeds() as done, CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    form = (answer.context or {}).get("form")
    fields = form.fields.items() if form else ()
    chosen = [(key, field) for key, field in fields if isinstance(field, ModelChoiceField) and field.queryset.model not in (Area, Body)]
    offered = tuple((key, row) for key, field in chosen for row in field.queryset)
    kept = answer.headers.get("Cache-Control", "")
    return Looked(name, answer.status_code, answer.content, kept, tuple(done), _once_kept(client, address, len(asked)), offered)


def _once_kept(client: Client, address: str, asked: int) -> int:
    """How often a page asks: what takes many questions may be worked out after each change, and kept for whoever looks next."""
    if asked <= MOST_ASKED:
        return asked
    with CaptureQueriesContext(connection) as again:
        client.get(address)
    return len(again)


@pytest.mark.django_db
class TestEveryAddress(TestCase):
    """The house is made once for all of these; `everyone` is a client for each role in Gwynedd and Anglesey, for someone from
    Wrexham, for someone without a role, and for a stranger."""

    found: ClassVar[dict[tuple[str, str], list[Looked]]] = {}

    @classmethod
    def setUpTestData(cls) -> None:
        cls.users = make_house()

    def looked(self, who: str, slug: str = "gwynedd-mon") -> list[Looked]:
        """Every page of the desk as they find it, looked at once for all of these tests: looking changes nothing, which one of them tells."""
        if (who, slug) not in self.found:
            pages = addresses(Partnership.objects.get(slug=slug))
            self.found[who, slug] = [look(self.everyone[who], *page) for page in pages]
        return self.found[who, slug]

    def setUp(self) -> None:
        self.everyone = {who: signed_in(user) for who, user in self.users.items()}

    def test_every_page_of_the_desk_opens_to_those_who_may_and_to_nobody_else(self):
        pages = addresses(Partnership.objects.get(slug="gwynedd-mon"))
        assert len(pages) > 90
        wrong = []
        for number, (name, view, address) in enumerate(pages):
            needs: May = view.desk_needs
            for who, client in self.everyone.items():
                holds = who in ROLE_CODES and needs in ROLES[Role(who)][1]
                if holds and who not in OPENERS:
                    continue  # whoever holds the power sees the same page
                status = self.looked(who)[number].status if who in OPENERS else client.get(address).status_code
                if status == 405:  # a page that only acts: what it does to whom is asked below
                    continue
                if who == "stranger":
                    expected = {302}
                elif who in ("elsewhere", "nobody"):
                    expected = {404}
                elif holds:
                    expected = {200, 302, 403}  # some pages ask more of the row itself
                    expected |= {404} if name == "publishing:quarter_file" else set()  # no pack is built here
                else:
                    expected = {403}
                if status not in expected:
                    wrong.append(f"{name} answered {status} to {who}")
        assert wrong == []

    def test_looking_at_a_page_changes_nothing(self):
        seen = [*self.looked("co_ordinator"), *self.looked("case_role"), *self.looked("elsewhere", "wrexham")]
        assert [f"{each.name}: {deed[:80]}" for each in seen for deed in each.done] == []

    def test_no_page_asks_the_database_more_than_twelve_times(self):
        """The pages of those who may do the most, and of every role its home, which puts together what the role may do."""
        home = "desk_home", None, "/en/gwynedd-mon/desk/"
        walks = {who: [look(self.everyone[who], *home)] for who in ROLE_CODES}
        walks |= {who: self.looked(who) for who in OPENERS} | {"elsewhere": self.looked("elsewhere", "wrexham")}
        seen = [(who, each) for who, pages in walks.items() for each in pages]
        over = [(each.name, who, each.asked) for who, each in seen if each.asked > MADE_ON_DEMAND.get(each.name, MOST_ASKED)]
        assert not over, "\n".join(f"{name} asks {asked} times for {who}" for name, who, asked in sorted(over))

    def test_every_page_says_that_it_is_kept_nowhere(self):
        assert [each.name for each in self.looked("co_ordinator") if "no-store" not in each.kept] == []

    @pytest.mark.slow
    def test_who_may_not_changes_nothing_by_sending_the_form_all_the_same(self):
        """Each form is filled in as someone who may would, and sent as everyone else."""
        wrong, acting = [], 0
        as_written = {who: self.looked(who) for who in ("co_ordinator", "case_role")}
        for number, (name, view, address) in enumerate(addresses(Partnership.objects.get(slug="gwynedd-mon"))):
            needs: May = view.desk_needs
            form = filled_in(as_written[writer(needs)][number].content)
            acting += name not in HEAVY and _acts(self.everyone[writer(needs)], address, form)
            for who, client in self.everyone.items():
                if may_send(who, name, needs):
                    continue
                with deeds() as done:
                    answer = client.post(address, form)
                if done:
                    wrong.append(f"{name} let {who}: {done[0][:80]}")
                if who in ("stranger", "elsewhere", "nobody") and answer.status_code != (302 if who == "stranger" else 404):
                    wrong.append(f"{name} answered {answer.status_code} to {who}")
        assert wrong == []
        assert acting > 60, "the forms must act for those who may, or their refusals tell nothing"

    def test_a_form_filled_in_from_an_older_version_is_refused_and_loses_nothing(self):
        """Sent by who may: nothing is written, and the page shows what was typed beside what stands."""
        wrong, refused = [], 0
        for number, (name, view, address) in enumerate(addresses(Partnership.objects.get(slug="gwynedd-mon"))):
            who = writer(view.desk_needs)
            form = filled_in(self.looked(who)[number].content)
            if form.get("seen", ["0"]) == ["0"]:  # nothing was there yet to be older than
                continue
            with deeds() as done:
                answer = self.everyone[who].post(address, form | {"seen": ["0"]})
            refused += answer.status_code == 409
            wrong += [f"{name} answered {answer.status_code}: {deed[:80]}" for deed in done]
        assert wrong == []
        assert refused > 60

    def test_rows_of_another_partnership_are_not_there_whatever_is_sent(self):
        here, there = (Partnership.objects.get(slug=slug) for slug in ("gwynedd-mon", "wrexham"))
        wrong, asked = [], 0
        as_written = {who: self.looked(who) for who in ("co_ordinator", "case_role")}
        for number, (name, view, address) in enumerate(addresses(here, below=there)):
            if not any(part.isdigit() for part in address.split("/")):
                continue  # a code may name a row of each
            asked += 1
            form = filled_in(as_written[writer(view.desk_needs)][number].content)
            with deeds() as done:
                found = [self.everyone["elsewhere"].get(address).status_code, self.everyone["elsewhere"].post(address, form).status_code]
            if done or set(found) - {403, 404, 405}:
                wrong.append(f"{name} answered {found} {done[:1]}")
        assert wrong == []
        assert asked > 40

    def test_no_form_offers_a_row_of_another_partnership(self):
        """A choice that is not offered is refused when it is sent; so what is offered must be one's own, or shared by all."""
        wrong, choices = [], 0
        for slug, who in (("gwynedd-mon", "co_ordinator"), ("wrexham", "elsewhere")):
            here = Partnership.objects.get(slug=slug)
            for each in self.looked(who, slug):
                choices += len(each.offered)
                wrong += [f"{each.name} offers {field} {row.pk}" for field, row in each.offered if not _is_of(row, here)]
        assert wrong == []
        assert choices > 200

    def test_a_stranger_is_led_to_sign_in_and_back(self):
        answer = self.everyone["stranger"].get("/cy/gwynedd-mon/desk/plan/2021-22/")
        assert answer.status_code == 302
        assert answer.url == "/cy/accounts/login/?next=/cy/gwynedd-mon/desk/plan/2021-22/"

    def test_a_role_that_ended_yesterday_opens_nothing(self):
        person = Person.objects.get(given="co_ordinator-gwynedd-mon")
        Holding.objects.filter(person=person).update(to_on="2000-01-01")
        assert self.everyone["co_ordinator"].get("/en/gwynedd-mon/desk/").status_code == 404

    def test_names_are_shown_to_nobody_who_may_not_see_who_is_who(self):
        """Scrutiny and translators read the whole desk; no page of it names a person to them."""
        shown: list[Any] = []
        for name, _view, address in addresses(Partnership.objects.get(slug="gwynedd-mon")):
            for who in ("scrutiny", "translator"):
                page = read(self.everyone[who].get(address).content)
                page = page.replace("scrutiny-gwynedd-mon", "").replace("translator-gwynedd-mon", "")
                shown += [f"{name} to {who}"] if "Cyfrinachol" in page or "-gwynedd-mon@example" in page or "cyfrinachol@" in page else []
        assert shown == []

    def test_nobody_posts_to_the_desk_without_a_token(self):
        strict = Client(enforce_csrf_checks=True)
        assert strict.post("/en/accounts/login/", {"login": "a@example.org", "password": "x"}).status_code == 403
        assert strict.post("/en/gwynedd-mon/report-a-tension/", {"place": "Bangor"}).status_code == 403
        strict.cookies = self.everyone["co_ordinator"].cookies
        pages = addresses(Partnership.objects.get(slug="gwynedd-mon"))
        assert {strict.post(address).status_code for _name, _view, address in pages} == {403}
