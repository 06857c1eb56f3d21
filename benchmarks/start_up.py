"""How long `diogel --help` takes, beside a Python that does nothing; bar: 0.3 seconds."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

BAR = 0.3
RUNS = 7


def median_of(*words: str) -> float:
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run(words, stdout=subprocess.DEVNULL, check=True)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def main() -> int:
    bare = median_of(sys.executable, "-c", "pass")
    help_ = median_of(str(Path(sys.executable).parent / "diogel"), "--help")
    print(f"diogel --help: {help_:.3f} s, {help_ / bare:.1f} times a bare Python ({bare:.3f} s); bar {BAR} s")
    return 0 if help_ < BAR else 1


if __name__ == "__main__":
    sys.exit(main())
