"""A sentence in two languages and the state of the pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class PairState(models.TextChoices):
    """What is known of the two halves together; stale says which half an edit left behind."""

    MISSING = "missing", _("missing")
    DRAFT = "draft", _("draft")
    CHECKED = "checked", _("checked")
    STALE_CY = "stale_cy", _("Welsh is stale")
    STALE_EN = "stale_en", _("English is stale")


@dataclass(frozen=True)
class Pair:
    """Both halves and their state, as one value."""

    cy: str
    en: str
    state: str = PairState.DRAFT

    def say(self, language: str | None = None) -> str:
        """The half in `language` (default: the page's), or nothing where it is missing."""
        return self.cy if (language or get_language() or "en")[:2] == "cy" else self.en

    @property
    def is_checked(self) -> bool:
        return self.state == PairState.CHECKED

    @property
    def is_empty(self) -> bool:
        return not (self.cy or self.en)


def state_after(old: Pair | None, cy: str, en: str) -> str:
    """The state of a pair once it reads `cy` and `en`: an edit of one half leaves the other stale until it is checked."""
    if not (cy and en):
        return PairState.MISSING
    if old is None or not (old.cy and old.en):
        return PairState.DRAFT
    changed_cy, changed_en = cy != old.cy, en != old.en
    if changed_cy and changed_en:
        return PairState.DRAFT
    if changed_en:
        return PairState.STALE_CY
    if changed_cy:
        return PairState.STALE_EN
    return old.state


def pair_text(**options: Any) -> models.TextField:
    """One half of a pair, of any length."""
    return models.TextField(blank=True, default="", **options)


def pair_line(length: int = 300) -> models.CharField:
    """One half of a pair that fits on a line."""
    return models.CharField(max_length=length, blank=True, default="")


def pair_state() -> models.CharField:
    """The state of the two halves beside it."""
    return models.CharField(max_length=8, choices=PairState.choices, default=PairState.MISSING)


def checked_pairs_are_whole(label: str, *names: str) -> list[models.BaseConstraint]:
    """Constraints: a pair that counts as checked has both halves, whatever code or hand wrote the row."""
    return [PairIsWhole(label, name) for name in names]


class PairIsWhole(models.CheckConstraint):
    """To the database a check like any other. Before a save Django would ask the database about each; a row knows its own halves."""

    def __init__(self, label: str, pair: str) -> None:
        self.label, self.pair = label, pair
        is_checked = Q(**{f"{pair}_state": PairState.CHECKED})
        super().__init__(name=f"{label}_{pair}_pair", condition=~is_checked | (~Q(**{f"{pair}_cy": ""}) & ~Q(**{f"{pair}_en": ""})))

    def deconstruct(self) -> tuple[str, Any, Any]:
        _path, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", args, kwargs

    def clone(self) -> PairIsWhole:
        return type(self)(self.label, self.pair)

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = DEFAULT_DB_ALIAS) -> None:
        """ValidationError where the row breaks it; columns that a form leaves out are not looked at."""
        if {f"{self.pair}_{part}" for part in ("cy", "en", "state")} & set(exclude or ()):
            return
        pair = instance.pair(self.pair)
        if pair.state == PairState.CHECKED and not (pair.cy and pair.en):
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)


class Bilingual(models.Model):
    """A model with pairs: for each name in `pairs`, the columns `name_cy`, `name_en` and `name_state`."""

    pairs: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def pair(self, name: str) -> Pair:
        """The pair called `name`; AttributeError where the model has none of that name."""
        return Pair(getattr(self, f"{name}_cy"), getattr(self, f"{name}_en"), getattr(self, f"{name}_state"))

    def set_pair(self, name: str, *, cy: str, en: str, is_checked: bool = False, is_drafted: bool = False) -> None:
        """Write both halves, not yet saved; the state follows from what changed, or is checked where someone vouches for it, or a
        draft where one half was made from the other and nobody has read the two together yet."""
        old = self.pair(name) if self.pk else None
        state = state_after(old, cy, en)
        if (is_checked or is_drafted) and cy and en:
            state = PairState.CHECKED if is_checked else PairState.DRAFT
        setattr(self, f"{name}_cy", cy)
        setattr(self, f"{name}_en", en)
        setattr(self, f"{name}_state", state)

    def unchecked_pairs(self) -> list[str]:
        """Names of the pairs that hold text and are not checked: what keeps this row from being published."""
        return [name for name in self.pairs if not self.pair(name).is_empty and not self.pair(name).is_checked]


# What the catalogue calls each word of a state that is not a choice of its own.
STATE_WORDS = {"missing": _("missing"), "draft": _("draft"), "checked": _("checked"), "stale": _("stale")}
