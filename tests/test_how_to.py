"""Every command of the analyst's quarter runs as it stands on its page, in its order, in a folder of one's own."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from diogel.cli import VERBS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "how-to" / "analyst-quarter.md"
SHARED_DATA = Path(os.environ.get("DIOGEL_SHARED_DATA") or ROOT.parent / "shared" / "data")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Run:
    """What one block of the page did: its exit status, and both streams."""

    status: int
    out: str
    err: str


@pytest.fixture(scope="module")
def runs(tmp_path_factory) -> list[Run]:
    """All blocks, one after another, in one folder and one home."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("the commands are written for bash, which this machine lacks")
    folder = tmp_path_factory.mktemp("quarter")
    _lay(folder / "police-data")
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "DIOGEL_HOME": str(folder / "home"),
    }
    found = []
    for block in BLOCKS:
        script = f"set -euo pipefail\n{block}"
        done = subprocess.run(
            [bash, "-c", script], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=180, check=False
        )
        found.append(Run(done.returncode, done.stdout, done.stderr))
    return found


def _lay(folder: Path) -> None:
    """The real files of North Wales where they are, else one made row for each of a few places and types, in the same months."""
    folder.mkdir()
    real = sorted(SHARED_DATA.glob("police-uk/*/*-north-wales-street.csv.gz"))
    for path in real:
        shutil.copyfile(path, folder / path.name)
    if not real:
        from diogel.crime.tests.street import rows, text

        for month in (*(f"2024-{n:02d}" for n in range(1, 13)), *(f"2025-{n:02d}" for n in range(1, 5))):
            (folder / f"{month}-north-wales-street.csv.gz").write_bytes(gzip.compress(text(rows(month, 400))))


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_a_block_of_the_page_runs_and_says_something(runs, number):
    run = runs[number]
    assert run.status == 0, f"{BLOCKS[number]}\n{run.out}\n{run.err}"
    assert "Traceback" not in run.err
    assert run.out.strip() or "> " in BLOCKS[number]


def test_the_page_shows_every_verb_of_analysis():
    shown = {tuple(line.split()[1:3]) for block in BLOCKS for line in block.splitlines() if line.startswith("diogel ")}
    family = {verb.words for verb in VERBS if verb.words[0] == "analyse"}
    assert family <= shown
    assert {("crime", "load"), ("crime", "counts")} <= shown


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("analyse rates", "exact Poisson"),
        ("analyse anomalies", "looked at: "),
        ("analyse gistar", "W01000240"),
        ("analyse knox", "events: 10"),
        ("analyse evaluate", "total"),
        ("analyse suppress", "withheld: "),
        ("analyse survey", "very safe + fairly safe"),
    ],
)
def test_what_the_page_promises_stands_in_the_answer(runs, verb, said):
    at = next(number for number, block in enumerate(BLOCKS) if f"diogel {verb} " in block)
    assert said in runs[at].out
