"""Pins what pyproject.toml asks for, with hashes, for every Python from 3.11 on, and without one machine's addresses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLAIN = [
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
]


def pin(target: str, *extras: str, like: str = "") -> None:
    words = [str(Path(sys.executable).parent / "uv"), "pip", "compile", *PLAIN, "-o", target]
    words += [word for extra in extras for word in ("--extra", extra)] + (["-c", like] if like else []) + ["pyproject.toml"]
    subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    pin("requirements.txt", "setup")
    pin("requirements-dev.txt", "setup", "dev", like="requirements.txt")
