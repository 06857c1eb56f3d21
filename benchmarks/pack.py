"""How long the demo's quarterly pack takes, both languages and versions, all formats; bar: 10 seconds."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

BAR = 10


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        words = [
            str(Path(sys.executable).parent / "diogel"),
            "pack",
            "quarter",
            "--partnership",
            "gwynedd-mon",
            "--quarter-ending",
            "2021-12",
            "--out",
            folder,
        ]
        began = time.perf_counter()
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        spent = time.perf_counter() - began
    print(f"pack quarter: {spent:.1f} s from start to end; bar {BAR} s")
    if done.returncode:
        print(done.stderr.strip() or done.stdout.strip())
    return 0 if spent < BAR and not done.returncode else 1


if __name__ == "__main__":
    sys.exit(main())
