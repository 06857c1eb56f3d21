"""Runs every benchmark in one go; each prints ratios or bars, and none of them is a test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
BENCHMARKS = (
    "start_up",
    "crime_load",
    "pages",
    "import_plan",
    "plan_year",
    "pack",
    "knox",
    "gistar",
    "density",
    "anomalies",
    "steps",
    "scale",
)


def main() -> int:
    failed = []
    for name in BENCHMARKS:
        print(f"\n== {name}", flush=True)
        if subprocess.run([sys.executable, str(HERE / f"{name}.py")], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nOver its bar, or not run: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
