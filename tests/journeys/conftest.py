"""What journeys share: a home with its own day, invented crime rows made once, and pages that are watched while they are read."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from diogel.analysis.periods import Quarter
from diogel.crime import compare_nightly, hot_nightly
from diogel.crime import loading as crime_loading
from diogel.examples.loading_answers import answer_cards
from diogel.examples.publishing import publish_examples
from diogel.examples.reading import EXAMPLES
from diogel.examples.synthetic import DEMO_EVENTS, DEMO_SEED
from diogel.examples.synthetic_rows import write_months
from diogel.home import remember
from diogel.indicators.looking import look
from diogel.people.access import Installation
from diogel.people.models import Partnership
from tests import kept

DAY, QUARTER = date(2022, 1, 17), "2021-12"


@pytest.fixture(scope="session")
def invented_rows(tmp_path_factory) -> Path:
    """A crime store of the 48 invented months; a journey takes a copy."""

    def make(path: Path) -> None:
        months = write_months(tmp_path_factory.mktemp("months"), seed=DEMO_SEED, events=DEMO_EVENTS)
        crime_loading.load(months, today=DAY, kind="synthetic", folder=path)

    return kept.folder("invented-rows", make)


@pytest.fixture
def empty_home(own_home) -> Path:
    """A home of its own in which it is the demo's day, and nothing else is."""
    remember(today=DAY.isoformat())
    return own_home


@pytest.fixture
def lay_rows(empty_home, invented_rows):
    """Lay the invented rows into the home: what the `crime load` verb leaves behind."""
    return lambda: shutil.copytree(invented_rows, empty_home / "crime")


@pytest.fixture
def both_examples(transactional_db, empty_home, lay_rows) -> None:
    """The examples as they stand in the demo: people who can sign in, cards answered, hot spots found, everything published."""
    lay_rows()
    kept.lay_rows("demo", _make)
    worked_out = empty_home / "worked-out"
    night = kept.folder("night", lambda path: _work_out(worked_out, path))
    if not worked_out.exists():
        shutil.copytree(night, worked_out)


def _work_out(worked_out: Path, path: Path) -> None:
    """What one night leaves."""
    for slug in EXAMPLES:
        hot_nightly.work_out(Partnership.objects.get(slug=slug))
    compare_nightly.work_out()
    shutil.copytree(worked_out, path)


def _make() -> None:
    kept.lay_examples(with_people=True)
    quarter = Quarter.parse(QUARTER)
    look(Partnership.objects.get(slug="gwynedd-mon"), quarter, by=Installation())
    answer_cards("gwynedd-mon", quarter)
    publish_examples("gwynedd-mon", QUARTER)
