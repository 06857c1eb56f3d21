"""The log itself: one row a deed, each sealed with the hash of the row before it; and the words that a deed tells of, which lie
beside it, so that they can be erased and the log stays whole."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC
from typing import Any

from django.db import models


class AppendOnly(models.QuerySet):
    """A log is added to; it is never changed and never emptied."""

    def update(self, **values: Any) -> int:
        raise TypeError("the audit log cannot be changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("rows of the audit log cannot be removed")

    def bulk_create(self, *args: Any, **options: Any) -> list[Any]:
        raise TypeError("rows of the audit log are written one by one, each sealed with the one before")


class WithWords(models.Manager):
    """Each entry comes with its words: one question more for any number of entries."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().prefetch_related("words")


class Entry(models.Model):
    """One deed. No foreign keys, so that history outlives what it tells of; no personal data, so that it may be kept: of what people
    write freely it holds a print, and the words themselves are `Words`."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    partnership = models.CharField(max_length=60, blank=True)
    deed = models.CharField(max_length=30)
    subject = models.CharField(max_length=80)
    sealed_detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    objects = WithWords.from_queryset(AppendOnly)()

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["partnership", "-number"]), models.Index(fields=["subject", "-number"])]
        verbose_name_plural = "entries"

    def save(self, *args: Any, **options: Any) -> None:
        if self.pk:
            raise TypeError("the audit log cannot be changed")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("rows of the audit log cannot be removed")

    @property
    def detail(self) -> dict[str, Any]:
        """What the deed tells of, its words put back where they still stand. Words that were erased leave {"print": …, "erased": True}."""
        told = dict(self.sealed_detail)
        for each in self.words.all() if any(map(is_print, told.values())) else ():  # type: ignore[attr-defined]
            told[each.name] = told[each.name] | {"erased": True} if each.is_erased else each.value
        return told

    def computed_seal(self) -> str:
        """SHA-256 over the row's own words and the seal before it."""
        words = [
            self.number,
            self.at.astimezone(UTC).isoformat(),
            self.by,
            self.partnership,
            self.deed,
            self.subject,
            self.sealed_detail,
            self.previous,
        ]
        return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def is_print(value: Any) -> bool:
    """Whether a value in an entry is the print of words that lie beside it."""
    return isinstance(value, dict) and set(value) == {"print"}


class Words(models.Model):
    """What a deed tells of in words that people wrote: one row a column of one entry. The entry is sealed over the print of them,
    made with `salt`; where the words are erased the salt goes too, so that nobody can try out what they may have been."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="words")
    name = models.CharField(max_length=60)
    salt = models.CharField(max_length=32, blank=True)
    text = models.TextField(blank=True)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "name"], name="one_wording_a_column")]
        verbose_name_plural = "words"

    def save(self, *args: Any, **options: Any) -> None:
        if self.pk:
            raise TypeError("the words of the audit log are not changed; they are erased by a deed of its own")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("the words of the audit log are erased by a deed of its own")

    @property
    def is_erased(self) -> bool:
        return not self.salt

    @property
    def value(self) -> Any:
        """As it was told: a text, a list [before, after], a table."""
        return json.loads(self.text)

    def computed_print(self) -> str:
        return print_of(self.text, self.salt)


def print_of(text: str, salt: str) -> str:
    """HMAC-SHA256 of the words, keyed with their own salt."""
    return hmac.new(salt.encode(), text.encode(), hashlib.sha256).hexdigest()


class Head(models.Model):
    """Where the chain ends: one row, locked while the next entry is written."""

    number = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, default="")
