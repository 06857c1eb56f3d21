"""A boundary of a partnership's own, such as a town centre: an area that its own people draw, correct and withdraw."""

from __future__ import annotations

from typing import Any

from diogel.people.access import May
from diogel.people.models import Partnership, Visible
from diogel.people.versions import Versioned
from diogel.places.models import Area


class OwnAreas(Visible):
    """Areas that people draw; every other area is published by others, and loaded."""

    def of_one_s_own(self) -> Any:
        return self.filter(kind=Area.Kind.OWN)


class OwnArea(Area):
    """An `Area` of kind `own` as the desk writes it. It belongs to the partnership of the authority that it lies in."""

    partnership_path = "parents__partnerships"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_MEASURES
    too_long_to_log = frozenset({"boundary"})

    objects = OwnAreas.as_manager()  # type: ignore[misc]

    class Meta:
        proxy = True
        app_label = "indicators"

    save_against = Versioned.save_against

    @property
    def partnership(self) -> Partnership | None:
        """Of the authority it lies in; of a new one, whoever draws it says which (`drawn_for`)."""
        if self.pk is None:
            return getattr(self, "drawn_for", None)
        return Partnership.objects.filter(areas__children=self).first()
