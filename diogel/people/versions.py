"""Rows that know their version, so that a stale save is refused, and that are withdrawn rather than deleted."""

from __future__ import annotations

import zlib
from typing import Any

from django.db import models


class StaleSave(Exception):
    """Someone else saved first; `current` is the row as it now stands."""

    def __init__(self, current: models.Model) -> None:
        super().__init__(f"{current._meta.label_lower} {current.pk} was changed by someone else")
        self.current = current


class Versioned(models.Model):
    """A row with a version: saving against an older one is refused in the same statement that would have written it."""

    version = models.PositiveIntegerField(default=1)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    def save_against(self, seen: int, **options: Any) -> None:
        """Save, provided the stored version is still `seen`; StaleSave otherwise, and nothing is written. Call in a transaction."""
        model = type(self)
        root = _row_with_version(model)
        taken = root._default_manager.filter(pk=self.pk, version=seen).update(version=seen + 1)
        if not taken:
            raise StaleSave(model._default_manager.get(pk=self.pk))
        self.version = seen + 1
        self.save(**options)


def version_of(row: Any) -> int:
    """What a form remembers of the row it was filled from: its version or, where it keeps none, a print of its columns."""
    if hasattr(row, "version"):
        return int(row.version)
    stored = {field.attname: str(field.value_from_object(row)) for field in row._meta.concrete_fields}
    return zlib.crc32(repr(sorted(stored.items())).encode())


def check_print(row: models.Model, seen: int | None) -> None:
    """StaleSave where a row without a version no longer reads as it did when `seen` was taken. Call in a transaction."""
    if seen is None or row.pk is None:
        return
    current = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if version_of(current) != seen:
        raise StaleSave(current)


def _row_with_version(model: type[models.Model]) -> type[models.Model]:
    """The table that holds the version column: the record's own where a rib inherits it."""
    return model._meta.get_field("version").model
