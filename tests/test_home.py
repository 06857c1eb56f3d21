"""A home says which day it is, and at what moment something was made."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from diogel.home import moment, remember, today

pytestmark = pytest.mark.usefixtures("own_home")


def test_a_home_without_a_fixed_day_keeps_the_machines_clock():
    assert today() == date.today()
    assert abs(moment() - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_fixed_day_goes_with_the_present_time_of_day():
    remember(today="2022-01-17")
    before = datetime.now(UTC)
    at = moment()
    assert at.date() == today() == date(2022, 1, 17)
    assert at.utcoffset() == timedelta(0)
    assert timedelta(0) <= datetime.combine(before.date(), at.timetz()) - before < timedelta(seconds=5)
