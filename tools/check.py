"""Everything that can be wrong without a test failing: style, types, contracts, migrations, Welsh, docs, addresses, paths."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# Pins and locks name packages and hashes; an address in them would be one machine's mirror.
PINNED = re.compile(r"(requirements.*\.txt|package-lock\.json|package\.json|\.npmrc|.*\.lock|pip\.conf)$")
ADDRESS = re.compile(r"https?://[^\s\"']+")
FUNDING = re.compile(r'"(url|homepage)":\s*"')


def command(title: str, *words: str, **environment: str) -> bool:
    done = subprocess.run(words, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    return report(title, [] if done.returncode == 0 else (done.stdout + done.stderr).strip().splitlines()[-60:])


def report(title: str, faults: list[str]) -> bool:
    print(f"{'ok    ' if not faults else 'WRONG '} {title}", flush=True)
    for fault in faults:
        print(f"       {fault}")
    return not faults


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def addresses_in_pins(files: list[Path]) -> list[str]:
    faults = []
    for path in files:
        if PINNED.search(path.name):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if ADDRESS.search(line) and not FUNDING.search(line):
                    faults.append(f"{path.relative_to(ROOT)}:{number} holds an address")
    return faults


def machine_paths(files: list[Path]) -> list[str]:
    """No tracked file may say where on this machine it was made."""
    places = (ROOT, ROOT.parent, Path.home())
    # A place of one step, such as a machine's folder for scratch files, may be named for what it is.
    needles = [f"{place}/".encode() for place in places if len(place.parts) > 2]
    return [
        f"{path.relative_to(ROOT)} names a path of this machine" for path in files if any(needle in path.read_bytes() for needle in needles)
    ]


def too_long(files: list[Path]) -> list[str]:
    """A file past 400 lines has a seam in it; tables of data, tests and migrations excepted."""
    return [
        f"{path.relative_to(ROOT)} has {count} lines"
        for path in files
        if path.suffix == ".py" and "migrations" not in path.parts and "tests" not in path.parts
        for count in [len(path.read_text(encoding="utf-8").splitlines())]
        if count > 400
    ]


def main() -> int:
    files = tracked()
    with tempfile.TemporaryDirectory(prefix="diogel-check-") as home:
        django = {"DIOGEL_HOME": home, "DJANGO_SETTINGS_MODULE": "diogel.web.settings"}
        python = sys.executable
        results = [
            command("style: ruff check", str(BIN / "ruff"), "check", "."),
            command("style: ruff format", str(BIN / "ruff"), "format", "--check", "."),
            command("templates: djlint", str(BIN / "djlint"), "diogel", "--lint", "--quiet"),
            command("types: mypy", str(BIN / "mypy"), "diogel", **django),
            command("imports run downwards", str(BIN / "lint-imports")),
            command("Django's own checks", python, "-m", "django", "check", **django),
            command("migrations are whole", python, "-m", "django", "makemigrations", "--check", "--dry-run", **django),
            command("every sentence has its Welsh", python, "tools/messages.py", "check"),
            command("generated pages are current", python, "tools/docs.py", "--check", **django),
            report("no address in pins and locks", addresses_in_pins(files)),
            report("no path of this machine", machine_paths(files)),
            report("no file past 400 lines", too_long(files)),
        ]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
