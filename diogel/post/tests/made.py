"""Letters to the cast, and a process of its own that sends them."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from diogel.post.letters import Written, queue
from diogel.post.models import Letter

ROOT = "https://diogel.example.org"
DAY = date(2022, 1, 17)


def write_to(cast, *people, **values):
    letters = [Written(each.person, "reminder", f"key-{each.pk}", "Ŵyl", ["Bore da,", "1. Hyfforddi"], "cy", **values) for each in people]
    return queue(letters, partnership=cast.gwynedd_mon, on=DAY)


def states() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("state", flat=True))


def _environment(home: Path, port: int = 1) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    return kept | {"DIOGEL_HOME": str(home), "DIOGEL_MAIL": f"smtp://127.0.0.1:{port}", "PYTHONPATH": str(Path(__file__).parents[3])}


def begin(home: Path, port: int, **more: str) -> subprocess.Popen:
    verb = "import sys; from diogel.cli import main; sys.exit(main(['post', 'send', '--json']))"
    return subprocess.Popen([sys.executable, "-c", verb], env=_environment(home, port) | more, stdout=subprocess.PIPE)
