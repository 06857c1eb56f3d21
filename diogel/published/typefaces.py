"""Where the papers' typefaces lie, and what to do when they are not there."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "publishing" / "fonts"  # set-up puts them beside the papers' templates
SANS, SERIF = "Source Sans 3", "Source Serif 4"


def folder() -> Path:
    """The folder of TTF files. FileNotFoundError says which command puts them there."""
    if not any(FOLDER.glob("*.ttf")):
        raise FileNotFoundError("The typefaces of the papers are missing. Run `python tools/fonts.py` (make does) and try again.")
    return FOLDER


@cache
def web_font(name: str) -> str:
    """The subset `sans` or `serif` as a data address, for a page that carries its typeface with it."""
    held = (folder() / f"{name}.woff2").read_bytes()
    return "data:font/woff2;base64," + base64.b64encode(held).decode("ascii")
