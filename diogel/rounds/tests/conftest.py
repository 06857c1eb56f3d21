"""What tests of the pages of rounds share."""

import pytest
from django.core.cache import cache

from diogel.home import remember

from .made import make_round


@pytest.fixture
def made(cast, own_home):
    """An open round, three days after its answers were due, in a home of its own where nobody has asked for a page yet."""
    cache.clear()
    own_home.mkdir(parents=True)
    remember(today="2022-01-17")
    return make_round(cast)
