"""Has the first pictures of recorded crime drawn once rows were loaded, where there is a desk that shows them."""

from __future__ import annotations

import os

from django.utils.translation import gettext as _

from diogel.home import home

from .progress import Progress
from .ready import ready


def draw_ahead(progress: Progress) -> None:
    """Draw for every partnership of this home; nothing where it has no database yet. To be called where a language is spoken."""
    if not (home() / "diogel.sqlite3").exists() and not os.environ.get("DATABASE_URL"):
        return
    ready()
    from diogel.indicators import crime_drawn

    crime_drawn.draw_ahead(told=lambda done, of: progress.tell(_("%(done)s of %(all)s partnerships drawn") % {"done": done, "all": of}))
