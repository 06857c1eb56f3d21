"""The forms work in a browser that runs no script: signing in, an action's update, a choice of figures, a report from outside."""

from __future__ import annotations

import pytest

from diogel.examples.loading_demo import PASSWORD
from diogel.processes.tensions.models import Tension

from .walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plain(chromium, live_server):
    """A page without script."""
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_an_action_is_updated_without_script(plain, both_examples):
    walk = Walker(plain, "cy")
    walk.sign_in("ann@example.org", PASSWORD)
    walk.go_to("Plan")
    walk.click(plain.locator("main .dg-plan tbody th a").first)
    walk.click(plain.locator("main a.govuk-button").first)
    walk.fill_in(text_cy="Daeth deuddeg i’r cyfarfod.", text_en="Twelve came to the meeting.", status="in_progress")
    walk.press()
    assert walk.reads("Daeth deuddeg i’r cyfarfod.")


def test_an_error_is_told_without_script_and_what_was_typed_stays(plain, both_examples):
    walk = Walker(plain, "en")
    walk.sign_in("ann@example.org", PASSWORD)
    walk.go_to("Plan")
    walk.click(plain.locator("main .dg-plan tbody th a").first)
    walk.click(plain.locator("main a.govuk-button").first)
    walk.fill_in(text_en="It stands still.", obstacle_en="", obstacle_cy="", status="blocked")
    walk.click(plain.locator("main button[type=submit]").first)
    assert plain.locator(".govuk-error-summary").count() == 1
    assert plain.input_value("[name=text_en]") == "It stands still."


def test_figures_are_chosen_without_script_and_the_twin_keeps_the_choice(plain, both_examples):
    walk = Walker(plain, "en")
    walk.sign_in("ann@example.org", PASSWORD)
    walk.go_to("Figures")
    walk.follow("Recorded crime")
    walk.fill_in(area="W06000002", **{"from": "2021-01"})
    walk.press("Show")
    asked = plain.url.partition("?")[2]
    assert "area=W06000002" in asked
    walk.switch()
    assert plain.url.endswith(f"/cy/gwynedd-mon/desk/figures/crime/?{asked}")
    assert plain.input_value("[name=area]") == "W06000002"
    walk.switch()
    assert plain.url.endswith(f"/en/gwynedd-mon/desk/figures/crime/?{asked}")


def test_a_tension_is_told_from_outside_without_script(plain, both_examples):
    walk = Walker(plain, "cy")
    walk.open("/gwynedd-mon/report-a-tension/")
    before = set(Tension.objects.values_list("pk", flat=True))
    walk.fill_in(text="Mae si ar led am orymdaith nos Wener.", place="Porthmadog", type="online", area="Gwynedd")
    walk.press("Send the report")
    told = Tension.objects.exclude(pk__in=before).get()
    assert walk.reads(told.reference)
    assert told.text == "Mae si ar led am orymdaith nos Wener."
