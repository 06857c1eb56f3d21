"""One line on the terminal that says how far long work has come; silent in pipes, logs and for the first two seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Self, TextIO

QUIET_FOR = 2.0
"""Seconds of work that need no line."""
BETWEEN = 0.2
"""Seconds between two lines at least: a terminal far away is slow."""


class Progress:
    """Use as `with Progress() as progress: progress.tell("3 of 48 months")`; the line is wiped at the end."""

    def __init__(self, *, out: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self.out = sys.stderr if out is None else out
        self.clock = clock
        self.next_at = clock() + QUIET_FOR
        self.was_seen = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.wipe()

    def tell(self, text: str) -> None:
        """Show `text` instead of what stood there, unless it is too early or nobody watches."""
        if self.clock() < self.next_at or not self.out.isatty():
            return
        self.next_at = self.clock() + BETWEEN
        self.was_seen = True
        self.out.write(f"\r\x1b[K{text}")
        self.out.flush()

    def wipe(self) -> None:
        if self.was_seen:
            self.out.write("\r\x1b[K")
            self.out.flush()
            self.was_seen = False
