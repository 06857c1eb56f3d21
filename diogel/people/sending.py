"""How much a page takes in at once: little, unless the page says that it takes more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE
USUAL = 2 * MEGABYTE
"""Bytes that any page takes: the longest form, filled to the brim, is a tenth of it."""
UPLOAD = 20 * MEGABYTE
"""Bytes that a page takes to which files are sent."""


def takes(most: int) -> Callable[[View], View]:
    """A page that takes at most so many bytes, `UPLOAD` where files are sent to it, less where strangers write to it. Stands on top,
    or below `@desk`; what is longer is refused before a byte of it is kept."""

    def dress(view: View) -> View:
        view.takes_at_most = most  # type: ignore[attr-defined]
        return view

    return dress


def most_of(view: Any) -> int:
    """Bytes that `view` takes at most."""
    return int(getattr(view, "takes_at_most", USUAL))
