"""The pages that look across rooms: next steps that the reader can take, and the log for those who may read it."""

import re
from datetime import date

import pytest

from diogel.audit import log
from diogel.plan.models import Number, Plan
from diogel.processes.actions.models import Action, Update

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(cast):
    plan = Plan.objects.create(partnership=cast.gwynedd_mon, code="p", title_en="Plan", from_on=date(2021, 4, 1), to_on=date(2022, 3, 31))
    action = Action.objects.create(
        kind="action",
        reference="p/1",
        partnership=cast.gwynedd_mon,
        status="agreed",
        opened_on=date(2021, 4, 1),
        title_en="Train",
        title_cy="Hyfforddi",
    )
    action.bodies.set([cast.police])
    Number.objects.create(plan=plan, action=action, number=1)
    return Update.objects.create(action=action, quarter="2021-12", state="late", due_on=date(2022, 1, 14))


@pytest.mark.parametrize(("language", "words"), [("cy", "Mae un peth yn hwyr"), ("en", "One thing is late")])
def test_home_states_what_is_late(client, cast, late, language, words):
    client.force_login(cast.ann)
    assert words in client.get(f"/{language}/gwynedd-mon/desk/").content.decode()


def test_no_step_is_shown_that_the_reader_cannot_take(client, cast, late):
    client.force_login(cast.carys)
    page = client.get("/en/gwynedd-mon/desk/").content.decode()
    assert "Nothing waits for you" in page
    assert "Write the update" not in page


def test_an_officer_is_shown_the_actions_of_their_own_body_alone(client, cast, late):
    client.force_login(cast.bryn)
    assert "Write the update" in client.get("/en/gwynedd-mon/desk/").content.decode()
    late.action.bodies.set([cast.council])
    assert "Write the update" not in client.get("/en/gwynedd-mon/desk/").content.decode()


def test_the_button_of_a_step_opens_a_page(client, cast, late):
    client.force_login(cast.ann)
    assert client.get("/en/gwynedd-mon/desk/plan/p/action/1/update/2021-12/").status_code == 200


def test_a_step_bears_the_number_of_the_plan_of_its_quarter_though_a_draft_gives_another(client, cast, late):
    Plan.objects.update(status="in_force")
    days = {"from_on": date(2021, 10, 1), "to_on": date(2023, 3, 31)}
    draft = Plan.objects.create(partnership=cast.gwynedd_mon, code="draft", title_en="Draft", **days)
    Number.objects.create(plan=draft, action=late.action, number=5)
    client.force_login(cast.ann)
    page = client.get("/en/gwynedd-mon/desk/").content.decode()
    assert "Action 1 has no update" in page
    assert "/desk/plan/p/action/1/update/2021-12/" in page
    assert "Action 5" not in page


def test_an_action_that_was_taken_out_of_its_plan_is_no_step_there(client, cast, late):
    Number.objects.update(withdrawn_on=date(2022, 1, 2))
    client.force_login(cast.ann)
    assert "Write the update" not in client.get("/en/gwynedd-mon/desk/").content.decode()


def test_the_log_tells_who_and_what_to_those_who_may(client, cast):
    log.record(by=cast.bryn.reference, deed="changed", subject="plan.plan:1", partnership="gwynedd-mon", detail={"status": ["a", "b"]})
    client.force_login(cast.ann)
    page = client.get("/en/gwynedd-mon/desk/log/").content.decode()
    assert "Bryn Dychmygol" in page
    client.force_login(cast.bryn)
    assert client.get("/en/gwynedd-mon/desk/log/").status_code == 403


def test_the_log_of_another_partnership_stays_there(client, cast):
    log.record(by=cast.dai.reference, deed="changed", subject="plan.plan:77", partnership="wrexham")
    client.force_login(cast.ann)
    assert "Plan 77" not in client.get("/en/gwynedd-mon/desk/log/").content.decode()


def test_the_front_door_asks_which_language_and_remembers_it(client):
    page = client.get("/").content.decode()
    assert 'href="/cy/"' in page
    assert 'href="/en/"' in page
    client.cookies["django_language"] = "cy"
    assert client.get("/").url == "/cy/"


def test_whoever_holds_one_role_is_led_to_its_desk(client, cast):
    client.force_login(cast.ann)
    assert client.get("/cy/sign-in/done/").url == "/cy/gwynedd-mon/desk/"


def test_every_deed_that_is_recorded_has_its_word():
    from pathlib import Path

    from diogel.web.desk_views import DEEDS

    code = Path(__file__).resolve().parents[2]
    files = [path for path in code.rglob("*.py") if "tests" not in path.parts]
    deeds = {deed for path in files for deed in re.findall(r'deed="([a-z_]+)"', path.read_text())}
    assert deeds - set(DEEDS) == set()
