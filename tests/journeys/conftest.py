"""What journeys share: a home with its own day, invented crime rows made once, and pages that are watched while they are read."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from diogel.analysis.periods import Quarter
from diogel.crime import compare_nightly, hot_nightly
from diogel.crime import loading as crime_loading
from diogel.examples.loading import load
from diogel.examples.loading_answers import answer_cards
from diogel.examples.publishing import publish_examples
from diogel.examples.reading import EXAMPLES
from diogel.examples.synthetic import DEMO_EVENTS, DEMO_SEED
from diogel.examples.synthetic_rows import write_months
from diogel.home import remember
from diogel.indicators.looking import look
from diogel.people.access import Installation
from diogel.people.models import Partnership

DAY, QUARTER = date(2022, 1, 17), "2021-12"


@pytest.fixture(scope="session")
def invented_rows(tmp_path_factory) -> Path:
    """A crime store of the 48 invented months; a journey takes a copy."""
    folder = tmp_path_factory.mktemp("invented")
    months = write_months(folder / "months", seed=DEMO_SEED, events=DEMO_EVENTS)
    crime_loading.load(months, today=DAY, kind="synthetic", folder=folder / "crime")
    return folder / "crime"


@pytest.fixture
def empty_home(own_home) -> Path:
    """A home of its own in which it is the demo's day, and nothing else is."""
    remember(today=DAY.isoformat())
    return own_home


@pytest.fixture
def lay_rows(empty_home, invented_rows):
    """Lay the invented rows into the home: what the `crime load` verb leaves behind."""
    return lambda: shutil.copytree(invented_rows, empty_home / "crime")


@pytest.fixture(scope="session")
def kept() -> dict[str, str]:
    """The example's rows, once they were made: the next test of this worker lays them instead of making them again."""
    return {}


@pytest.fixture(scope="session")
def a_night(tmp_path_factory) -> Path:
    """Where the first test that needs it leaves what one night worked out."""
    return tmp_path_factory.mktemp("night") / "worked-out"


@pytest.fixture
def both_examples(transactional_db, empty_home, lay_rows, kept, a_night) -> None:
    """The examples as they stand in the demo: people who can sign in, cards answered, hot spots found, everything published."""
    lay_rows()
    if "rows" in kept:
        ContentType.objects.all().delete()  # they come back with the rest
        connection.creation.deserialize_db_from_string(kept["rows"])
    else:
        _make()
        kept["rows"] = connection.creation.serialize_db_to_string()
    if not a_night.exists():
        for slug in EXAMPLES:
            hot_nightly.work_out(Partnership.objects.get(slug=slug))
        compare_nightly.work_out()
        shutil.copytree(empty_home / "worked-out", a_night)
    else:
        shutil.copytree(a_night, empty_home / "worked-out")


def _make() -> None:
    with transaction.atomic():
        for slug in EXAMPLES:
            load(slug, with_people=True)
    quarter = Quarter.parse(QUARTER)
    look(Partnership.objects.get(slug="gwynedd-mon"), quarter, by=Installation())
    answer_cards("gwynedd-mon", quarter)
    publish_examples("gwynedd-mon", QUARTER)
