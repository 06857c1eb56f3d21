"""The home says when the report of a year is due, to whoever may publish it, until it is told."""

from dataclasses import replace
from datetime import date

import pytest

from diogel.people.access import Installation
from diogel.published.models import Publication
from diogel.publishing.annual_years import years_of
from diogel.publishing.snapshots import publish
from diogel.publishing.tests.a_plan import make_plan
from diogel.web.steps import days_late, late_and_next, years
from diogel.web.steps_read import Reader

pytestmark = pytest.mark.django_db
AFTER = date(2022, 8, 1)


def test_a_year_that_is_over_asks_for_its_report_until_it_is_told(cast):
    plan = make_plan(cast).plan
    assert list(years(Reader(cast.ann, cast.gwynedd_mon, date(2022, 3, 31)))) == []
    (step,) = years(Reader(cast.ann, cast.gwynedd_mon, AFTER))
    assert step in [replace(each, late="") for each in late_and_next(cast.ann, cast.gwynedd_mon, AFTER)]
    assert (step.due_on, days_late(step.due_on, AFTER)) == (date(2022, 6, 30), "32 days late")
    assert step.url == "/en/gwynedd-mon/desk/papers/annual/2022-03/"
    publish(Publication.Kind.PARTNERSHIP, cast.gwynedd_mon, by=Installation())
    publish(Publication.Kind.ANNUAL, years_of(plan)[0], by=Installation())
    assert list(years(Reader(cast.ann, cast.gwynedd_mon, AFTER))) == []


def test_nobody_is_asked_for_what_they_may_not_publish(cast):
    make_plan(cast)
    assert list(years(Reader(cast.bryn, cast.gwynedd_mon, AFTER))) == []
