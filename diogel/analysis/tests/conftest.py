"""Real series that several tests of the analysis look at."""

from pathlib import Path

import pytest

from diogel.analysis.counts import Cube
from diogel.analysis.reading.boroughs import FRAUD, read


@pytest.fixture(scope="session")
def london(shared_data: Path) -> Cube:
    """16 boroughs, 11 categories counted the same way throughout, 2010-04 to 2023-11, as published in early 2026."""
    return read(shared_data / "london-boroughs" / "mps_borough_month_2026-vintage.csv.gz", without=(FRAUD,)).cube
