"""Money: a bid or grant with its source, its days and the actions that it pays for. It outlives plans, so it hangs on the partnership."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diogel.people.access import May
from diogel.people.models import Body, Partnership, Visible
from diogel.people.versions import Versioned
from diogel.processes.actions.models import Action
from diogel.words.pairs import Bilingual, checked_pairs_are_whole, pair_line, pair_state, pair_text


class Funding(Bilingual, Versioned):
    """One sum from one source, for a time. The board sees it; others see that an action is paid for, and not by what."""

    pairs = ("title", "conditions")
    partnership_path = "partnership"
    seen_with = May.SEE_FUNDING
    edited_with = May.EDIT_PLAN

    class State(models.TextChoices):
        BID = "bid", _("bid made")
        REFUSED = "refused", _("bid refused")
        GRANTED = "granted", _("granted")
        ENDED = "ended", _("ended")
        MAINSTREAMED = "mainstreamed", _("mainstreamed")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="fundings")
    code = models.SlugField(max_length=60)
    title_cy, title_en, title_state = pair_line(), pair_line(), pair_state()
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True, help_text=_("In pounds"))
    spent = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True, help_text=_("In pounds"))
    state = models.CharField(max_length=12, choices=State.choices, default=State.BID)
    bid_by = models.DateField(null=True, blank=True)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    lead = models.ForeignKey(Body, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    conditions_cy, conditions_en, conditions_state = pair_text(), pair_text(), pair_state()
    actions = models.ManyToManyField(Action, related_name="fundings", blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["to_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "code"], name="one_funding_a_code"),
            models.CheckConstraint(
                name="money_does_not_end_before_it_begins",
                condition=Q(to_on=None) | Q(from_on=None) | Q(to_on__gte=models.F("from_on")),
                violation_error_message=_("It cannot end before it begins"),
            ),
            *checked_pairs_are_whole("funding", "title", "conditions"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def runs_out_on(self) -> Any:
        """The last day of money that somebody has and that nobody has made lasting; None for all other."""
        return self.to_on if self.state == self.State.GRANTED else None
