"""Has every small area counted into the store's cube once rows were loaded, so that nobody waits for it later."""

from __future__ import annotations

import sys

from django.utils.translation import gettext as _

from diogel.crime.every_place import cube_of_all
from diogel.crime.store import StoreFault

from .progress import Progress


def count_ahead(progress: Progress) -> None:
    """Make the cube of this home. What hinders it is told, and the load stands: whoever next asks for the cube has it made."""
    try:
        cube_of_all(told=lambda done, of: progress.tell(_("%(done)s of %(all)s parts counted") % {"done": done, "all": of}))
    except (StoreFault, OSError) as fault:
        progress.wipe()
        print(fault, file=sys.stderr)
