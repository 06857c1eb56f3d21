"""What every row of a plan shares: it belongs to one plan, and is seen by whoever sees the plan."""

from __future__ import annotations

from typing import Any

from django.db import models

from diogel.people.access import May
from diogel.people.models import Visible
from diogel.people.versions import Versioned
from diogel.words.pairs import Bilingual


class InPlan(Bilingual, Versioned):
    """Something that belongs to one plan and is seen by whoever sees the plan."""

    partnership_path = "plan__partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_PLAN

    plan: models.ForeignKey

    objects = Visible.as_manager()

    class Meta:
        abstract = True

    @property
    def partnership(self) -> Any:
        return self.plan.partnership
