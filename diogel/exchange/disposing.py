"""What was read of files goes when its time is over: nobody took them over, or what they left is no longer wanted. That they came, from
whom and what they did stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.db.models import Q

from diogel.people.access import require
from diogel.people.writing import note

from .models import KEPT_FOR, WAITS_FOR, Intake, Returned

EMPTIED: dict[Any, dict[str, Any]] = {
    Intake: {"reading": {}, "mappings": [], "made": [], "left": []},
    Returned: {"said": {}, "left": [], "kept": {}},
}
"""The columns that hold what a file says, and what stands in them afterwards."""
PLACES: dict[Any, str] = {Intake: "partnership", Returned: "form__plan__partnership"}


def past_keeping(on: date, *, partnership: Any = None, within: int = 0) -> list[Intake | Returned]:
    """Files whose words are kept no longer on a day, or will not be `within` so many days after it."""
    day = on + timedelta(days=within)
    waited = Q(state="waiting", received_at__date__lt=day - timedelta(days=WAITS_FOR))
    settled = ~Q(state="waiting") & Q(received_at__date__lt=day - timedelta(days=KEPT_FOR))
    found: list[Intake | Returned] = []
    for model, place in PLACES.items():
        rows = model.objects.filter(waited | settled, erased_on=None).defer(*EMPTIED[model])
        found += rows.filter(**{place: partnership}) if partnership else rows
    return found


def erase_past_keeping(*, by: Any, on: date, partnership: Any = None, is_dry: bool = False) -> Iterator[Intake | Returned]:
    """Erase what was read of each; each by itself, so that a run that was stopped is taken up by the next. One that still waited is
    thrown away with it, and one that was taken over can be undone no more."""
    for row in past_keeping(on, partnership=partnership):
        if is_dry or _erase(row, by=by, on=on):
            yield row


def _erase(row: Intake | Returned, *, by: Any, on: date) -> bool:
    """One file, whole or not at all. False where it was taken over or erased meanwhile. Its name goes too: it may be a person's."""
    model: Any = type(row)
    with transaction.atomic():
        held = model.objects.select_for_update().get(pk=row.pk)
        require(by, held.edited_with, held.partnership)
        if held.erased_on or held.keep_until >= on:
            return False
        for column, empty in EMPTIED[model].items():
            setattr(held, column, empty)
        held.file_name, held.erased_on = f"…{PurePath(held.file_name).suffix}", on
        held.state = model.State.THROWN if held.state == model.State.WAITING else held.state
        held.save()
        note(held, by=by, partnership=held.partnership, deed="erased", detail={"columns": [*EMPTIED[model], "file_name"]})
    return True
