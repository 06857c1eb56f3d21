"""Forms sent empty, in every room: what they lack is said where the reader is put, and axe finds nothing there either."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from diogel.examples.loading_demo import PASSWORD

from .crawling import SIZES, TOO_WIDE
from .walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Forms that refuse to be sent empty, in every room that has one.
FORMS = (
    "themes/assessment/new/", "themes/evidence/new/", "themes/duty/new/", "plan/new/", "plan/2021-22/priority/add/",
    "plan/2021-22/objective/add/", "plan/2021-22/action/new/", "plan/2021-22/section/add/", "figures/measure/new/", "figures/context/new/",
    "figures/survey/new/", "tensions/add/", "people/who/add/", "people/bodies/add/", "people/groups/add/",
)  # fmt: skip


@pytest.mark.parametrize("language", ["cy", "en"])
def test_nothing_is_found_on_a_form_that_came_back(page, axe, both_examples, language):
    """An empty form says what it lacks: at its fields, in a summary that has the focus, and in the title of the tab."""
    walk, wrong = Walker(page, language), []
    walk.sign_in("ann@example.org", PASSWORD)
    page.set_viewport_size(SIZES[1])
    for path in FORMS:
        walk.open(f"/gwynedd-mon/desk/{path}")
        walk.click(page.locator("main form[method=post] button[type=submit]").first)
        assert page.title().startswith(walk.say("Error:")), f"{path} took an empty form"
        expect(page.locator(".govuk-error-summary"), path).to_be_focused()
        wrong += [f"{path}: {line}" for line in [*axe(page), *page.evaluate(TOO_WIDE)]]
    assert not wrong, "\n".join(wrong)
