"""What is decided above the partnership and done here: plans of a region, what each county makes of them, and what is raised from below."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from diogel.people.access import May
from diogel.people.models import Body, Group, Partnership, Visible
from diogel.people.versions import Versioned
from diogel.places.models import Area
from diogel.processes.actions.models import Action
from diogel.words.pairs import Bilingual, checked_pairs_are_whole, pair_line, pair_state, pair_text


class RegionalItem(Bilingual, Versioned):
    """One commitment of a regional plan. It is referred to here and never repeated: whoever owns the plan carries it."""

    pairs = ("parent", "title")
    partnership_path = "partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_PLAN

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="regional_items")
    code = models.SlugField(max_length=60)
    parent_cy, parent_en, parent_state = pair_line(), pair_line(), pair_state()
    title_cy, title_en, title_state = pair_line(), pair_line(), pair_state()
    owner = models.ForeignKey(Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    actions = models.ManyToManyField(Action, related_name="regional_items", blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["parent_en", "code"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "code"], name="one_regional_item_a_code"),
            *checked_pairs_are_whole("regional_item", "parent", "title"),
        ]

    def __str__(self) -> str:
        return self.code


class Adoption(Bilingual, Versioned):
    """What one county makes of one regional commitment, and why."""

    pairs = ("reason",)
    partnership_path = "item__partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_PLAN

    class Decision(models.TextChoices):
        ADOPT = "adopt", _("adopted")
        ADAPT = "adapt", _("adopted in another form")
        LATER = "later", _("not now")
        NOT = "not", _("not relevant here")

    item = models.ForeignKey(RegionalItem, on_delete=models.CASCADE, related_name="adoptions")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=8, choices=Decision.choices)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reason_cy, reason_en, reason_state = pair_text(), pair_text(), pair_state()
    decided_on = models.DateField(null=True, blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["item", "area"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "area"], name="one_decision_a_county", violation_error_message=_("This county has decided on it already")
            ),
            *checked_pairs_are_whole("adoption", "reason"),
        ]

    @property
    def partnership(self) -> Any:
        return self.item.partnership


class Escalation(Bilingual, Versioned):
    """A difficulty in carrying out a regional plan that somebody here raised, what was decided, and the action that came of it."""

    pairs = ("title", "reason")
    partnership_path = "partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_PLAN

    class Decision(models.TextChoices):
        OPEN = "", _("not decided")
        LOCAL = "local", _("a local action")
        REGION = "region", _("taken to the regional board")
        NONE = "none", _("no action")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="escalations")
    title_cy, title_en, title_state = pair_line(), pair_line(), pair_state()
    item = models.ForeignKey(RegionalItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="escalations")
    raised_by_body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    raised_on = models.DateField()
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True, default="")
    decided_on = models.DateField(null=True, blank=True)
    reason_cy, reason_en, reason_state = pair_text(), pair_text(), pair_state()
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.SET_NULL, related_name="escalations")

    objects = Visible.as_manager()

    class Meta:
        ordering = ["-raised_on", "-pk"]
        constraints = checked_pairs_are_whole("escalation", "title", "reason")


class GroupReview(Bilingual, Versioned):
    """What a review found about one group: whether it stays, joins another, ends or is new; what was looked at, and the group's terms of
    reference from then on."""

    pairs = ("scope", "reason", "terms")
    partnership_path = "partnership"
    seen_with = May.SEE_DESK
    edited_with = May.EDIT_PLAN

    class Finding(models.TextChoices):
        KEEP = "keep", _("it stays")
        MERGE = "merge", _("it joins another")
        CLOSE = "close", _("it ends")
        CREATE = "create", _("it is new")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="group_reviews")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="reviews")
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.SET_NULL, related_name="group_reviews")
    finding = models.CharField(max_length=8, choices=Finding.choices)
    into = models.ForeignKey(Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    scope_cy, scope_en, scope_state = pair_line(), pair_line(), pair_state()
    reason_cy, reason_en, reason_state = pair_text(), pair_text(), pair_state()
    terms_cy, terms_en, terms_state = pair_text(), pair_text(), pair_state()

    objects = Visible.as_manager()

    class Meta:
        ordering = ["group", "pk"]
        constraints = checked_pairs_are_whole("group_review", "scope", "reason", "terms")
