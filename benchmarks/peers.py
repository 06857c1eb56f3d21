"""Gives a benchmark its peers: pinned packages in a folder of their own, installed when first asked for and never committed.

A benchmark that compares with a Python package begins with

    import peers                                  # this file lies beside it
    peers.enter("statsmodels")                    # one or more names of PINS

    import statsmodels.api as sm                  # noqa: E402 - only now is it here

`enter` makes `.venv-peers` beside the checkout's own `.venv` (once), installs what is asked for, and starts the same script
again under that folder's Python. That Python sees Diogel and its own dependencies too, so both sides run in one process on one
NumPy, and can take turns. Where a peer cannot be installed (no network), the benchmark says "not run" and ends well: exit 0.

A new peer is a line in PINS. Peers in R run where the machine has them: `rscript("surveillance")` gives the path of Rscript if
that package is there, otherwise None; the benchmark then prints its recorded figure as "recorded, not run".
Nothing here is part of the test suite, and nothing of Diogel may import a peer.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

PINS = {
    "esda": "2.9.0",
    "kdepy": "1.1.12",
    "libpysal": "4.14.1",
    "numba": "0.68.1",
    "pandas": "3.1.1",
    "pointpats": "2.5.5",
    "polars": "2.1.0",
    "pyspark[connect]": "4.3.0",
    "ruptures": "1.1.10",
    "statsmodels": "0.15.0",
}
FOLDER = Path(os.environ.get("DIOGEL_PEERS") or Path(__file__).resolve().parents[1] / ".venv-peers")
_ENTERED = "DIOGEL_AMONG_PEERS"


def enter(*names: str) -> None:
    """Go on under a Python that has these peers; end the script with "not run" where they cannot be had."""
    if os.environ.get(_ENTERED) == str(FOLDER):
        return
    if unknown := set(names) - set(PINS):
        raise ValueError(f"no version is pinned for {', '.join(sorted(unknown))}: add it to PINS in benchmarks/peers.py")
    try:
        python = _folder_with(names)
    except (subprocess.CalledProcessError, OSError) as problem:
        print(f"not run: {', '.join(names)} could not be installed ({_last_line(problem)})")
        sys.exit(0)
    sys.stdout.flush()
    os.execve(python, [str(python), *sys.argv], os.environ | {_ENTERED: str(FOLDER)})


def rscript(package: str) -> str | None:
    """The path of an Rscript that has this package of R; None where the machine has no such thing."""
    path = shutil.which("Rscript")
    if not path:
        return None
    asked = subprocess.run([path, "-e", f'quit(status = !requireNamespace("{package}", quietly = TRUE))'], capture_output=True, check=False)
    return None if asked.returncode else path


class Turns(NamedTuple):
    """Best seconds of each side over several turns."""

    ours: float
    theirs: float

    @property
    def ratio(self) -> float:
        """How many times as fast ours is."""
        return self.theirs / self.ours


def turns(ours: Callable[[], object], theirs: Callable[[], object], *, times: int = 3, ours_repeats: int = 1) -> Turns:
    """Let two functions take turns and keep the best time of each, which is the least disturbed; both are warmed once.

    `ours_repeats` runs ours so often in a turn and divides: for what is over in microseconds.
    """
    ours()
    theirs()
    pairs = [(_seconds(ours, ours_repeats), _seconds(theirs, 1)) for _ in range(times)]
    return Turns(min(mine for mine, _ in pairs), min(their for _, their in pairs))


def _seconds(work: Callable[[], object], repeats: int) -> float:
    began = time.perf_counter()
    for _ in range(repeats):
        work()
    return (time.perf_counter() - began) / repeats


def _folder_with(names: tuple[str, ...]) -> Path:
    """The Python of the folder, once these are in it; a line of `installed.txt` is what is there already."""
    python = FOLDER / "bin" / "python"
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two benchmarks may ask at once
        _install(names, python)
    return python


def _install(names: tuple[str, ...], python: Path) -> None:
    if not python.exists():
        venv.create(FOLDER, with_pip=True)
        own = Path(sysconfig.get_path("purelib", vars={"base": str(FOLDER), "platbase": str(FOLDER)}))
        # Looked at after the folder's own packages, so a peer that needs another NumPy gets it.
        (own / "diogel-and-its-own.pth").write_text(f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n")
    stamp = FOLDER / "installed.txt"
    there = set(stamp.read_text().split()) if stamp.exists() else set()
    wanted = {f"{name}=={PINS[name]}" for name in names}
    if missing := sorted(wanted - there):
        print(f"installing {', '.join(missing)} into {FOLDER.name}", flush=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *missing], check=True, capture_output=True, text=True)
        stamp.write_text("\n".join(sorted(there | wanted)) + "\n")


def _last_line(problem: Exception) -> str:
    said = (getattr(problem, "stderr", "") or str(problem)).strip().splitlines()
    return said[-1] if said else type(problem).__name__
