"""The log itself: one row a deed, each sealed with the hash of the row before it."""

from __future__ import annotations

import hashlib
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


class Entry(models.Model):
    """One deed. No foreign keys, so that history outlives what it tells of; no personal data, so that it may be kept."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    partnership = models.CharField(max_length=60, blank=True)
    deed = models.CharField(max_length=30)
    subject = models.CharField(max_length=80)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    objects = AppendOnly.as_manager()

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

    def computed_seal(self) -> str:
        """SHA-256 over the row's own words and the seal before it."""
        words = [
            self.number,
            self.at.astimezone(UTC).isoformat(),
            self.by,
            self.partnership,
            self.deed,
            self.subject,
            self.detail,
            self.previous,
        ]
        return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


class Head(models.Model):
    """Where the chain ends: one row, locked while the next entry is written."""

    number = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, default="")
