"""Who answers for a record in person: kept by key beside it, so that a name stands with its person and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from diogel.people.access import require
from diogel.people.models import Holding, Person
from diogel.people.writing import note

from .models import Part


def owners_of(record: Any) -> list[Person]:
    """The persons who answer for a record, in the order of their names."""
    parts = [part.person for part in record.parts.all() if part.part == Part.Kind.OWNER]
    return sorted(parts, key=lambda person: (person.family, person.given, person.pk))


def set_owners(record: Any, persons: Iterable[Person], *, by: Any, seen: int) -> list[int]:
    """Let exactly these persons answer for `record`, as it stood in version `seen`; the keys of those who did before. The log tells keys.

    PermissionDenied where `by` may not edit the record, ValidationError where a person was never written down in its partnership,
    StaleSave where somebody else was first; then nothing is written."""
    require(by, record.edited_with, record.partnership)
    with transaction.atomic():
        old = sorted(Part.objects.filter(record=record.pk, part=Part.Kind.OWNER).values_list("person", flat=True))
        new = sorted({person.pk for person in persons})
        if old == new:
            return old
        here = set(Holding.objects.filter(partnership=record.partnership_id, person__in=new).values_list("person", flat=True))
        if set(new) - here - set(old):
            raise ValidationError(_("Somebody who was never written down here cannot answer for it."))
        record.save_against(seen)
        Part.objects.filter(record=record.pk, part=Part.Kind.OWNER).exclude(person__in=new).delete()
        Part.objects.bulk_create([Part(record_id=record.pk, person_id=pk, part=Part.Kind.OWNER) for pk in new if pk not in old])
        note(record, by=by, partnership=record.partnership, deed="changed", detail={"owners": [old, new]})
    return old
