"""What journeys share: a home with its own day, invented crime rows made once, and pages that are watched while they are read."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from diogel.home import remember

DAY = date(2022, 1, 17)


@pytest.fixture(scope="session")
def invented_rows(tmp_path_factory) -> Path:
    """A crime store of the 48 invented months; a journey takes a copy."""
    from diogel.crime.loading import load
    from diogel.examples.synthetic import DEMO_EVENTS, DEMO_SEED
    from diogel.examples.synthetic_rows import write_months

    folder = tmp_path_factory.mktemp("invented")
    months = write_months(folder / "months", seed=DEMO_SEED, events=DEMO_EVENTS)
    load(months, today=DAY, kind="synthetic", folder=folder / "crime")
    return folder / "crime"


@pytest.fixture
def empty_home(own_home, settings) -> Path:
    """A home of its own in which it is the demo's day, and nothing else is."""
    remember(today=DAY.isoformat())
    return own_home


@pytest.fixture
def lay_rows(empty_home, invented_rows):
    """Lay the invented rows into the home: what the `crime load` verb leaves behind."""
    return lambda: shutil.copytree(invented_rows, empty_home / "crime")


@pytest.fixture
def gwynedd_mon(transactional_db, empty_home, lay_rows):
    """The larger example whole, as it stands in the demo: people who can sign in, a quarter looked through."""
    from django.db import transaction

    from diogel.analysis.periods import Quarter
    from diogel.examples.loading import load
    from diogel.indicators.looking import look
    from diogel.people.access import Installation

    lay_rows()
    with transaction.atomic():
        partnership = load("gwynedd-mon", with_people=True)
    look(partnership, Quarter.parse("2021-12"), by=Installation())
    return partnership
