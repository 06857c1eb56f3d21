"""Writes to the log and verifies it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from diogel.home import home, made

from .models import Entry, Head

HEAD_FILE = "audit-head.json"


def record(*, by: str, deed: str, subject: str, partnership: str = "", detail: dict[str, Any] | None = None) -> Entry:
    """Add one deed, in the transaction of what it tells of. `by` and `subject` are references (`user:3`, `plan.plan:1`), never names."""
    with transaction.atomic():
        # Locked where the database locks rows; SQLite locks the whole file from the first word of the transaction.
        locked = Head.objects.select_for_update().filter(pk=1)
        head = locked.first()
        if head is None:
            Head.objects.get_or_create(pk=1)
            head = locked.get()
        entry = Entry(
            number=head.number + 1,
            at=timezone.now().astimezone(UTC),
            by=by,
            partnership=partnership,
            deed=deed,
            subject=subject,
            detail=json.loads(json.dumps(detail or {}, default=str)),
            previous=head.seal,
        )
        entry.seal = entry.computed_seal()
        entry.save()
        head.number, head.seal = entry.number, entry.seal
        head.save()
        transaction.on_commit(lambda: _write_head_file(head.number, head.seal))
    return entry


def _write_head_file(number: int, seal: str) -> None:
    """The head also stands beside the database, so that rows cut from the end are missed."""
    path = made() / HEAD_FILE
    scratch = path.with_suffix(".new")
    scratch.write_text(json.dumps({"length": number, "head": seal}) + "\n", encoding="utf-8")
    scratch.replace(path)


@dataclass(frozen=True)
class Verdict:
    """What a check of the whole chain found; `faults` are sentences, none where all is well."""

    length: int
    head: str
    faults: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return not self.faults


def head() -> tuple[int, str]:
    """Length and last seal of the chain as it stands; certificates and backups carry both."""
    row = Head.objects.filter(pk=1).first()
    return (row.number, row.seal) if row else (0, "")


def verify(*, head_file: Path | None = None) -> Verdict:
    """Walk the chain from its first row and hold its end against the head in the table and the one outside it."""
    faults: list[str] = []
    expected, seal = 1, ""
    seals: dict[int, str] = {}
    outside = _read_head_file(head_file or home() / HEAD_FILE)
    for entry in Entry.objects.order_by("number").iterator(chunk_size=2000):
        if entry.number != expected:
            faults.append(f"entries {expected} to {entry.number - 1} are missing")
        elif entry.previous != seal:
            faults.append(f"entry {entry.number} does not follow the entry before it")
        if entry.seal != entry.computed_seal():
            faults.append(f"entry {entry.number} was changed after it was written")
        if outside and entry.number == outside[0]:
            seals[entry.number] = entry.seal
        expected, seal = entry.number + 1, entry.seal
    length = expected - 1
    faults += _end_faults(length, seal, outside, seals)
    return Verdict(length=length, head=seal, faults=tuple(faults))


def _end_faults(length: int, seal: str, outside: tuple[int, str] | None, seals: dict[int, str]) -> list[str]:
    faults = []
    kept_number, kept_seal = head()
    if kept_number != length:
        faults.append(f"the log ends at entry {length}, but entry {kept_number} was written")
    elif kept_seal != seal:
        faults.append("the last entry is not the one that was written last")
    if outside and outside[0] > length:
        faults.append(f"the log ends at entry {length}, but the file beside the database knows of entry {outside[0]}")
    elif outside and outside[0] and seals.get(outside[0]) != outside[1]:
        faults.append(f"entry {outside[0]} is not the one that the file beside the database knows")
    return faults


def _read_head_file(path: Path) -> tuple[int, str] | None:
    if not path.exists():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    return int(kept["length"]), str(kept["head"])
