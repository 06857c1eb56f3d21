"""The quarter that tests of its papers begin with."""

import pytest

from diogel.home import remember
from diogel.published.tests.pictures import drawings
from diogel.publishing import packing
from diogel.publishing.tests.a_quarter import AQuarter, make_quarter


@pytest.fixture
def quarter(cast, own_home) -> AQuarter:
    """In a home of its own, without crime rows, on 17 January 2022."""
    remember(today="2022-01-17")
    return make_quarter(cast)


@pytest.fixture
def drawn_once(monkeypatch):
    """Charts cost time and have tests of their own: every card shows the sample's."""
    monkeypatch.setattr(packing, "draw", lambda chart, language: drawings(language)["months"])
