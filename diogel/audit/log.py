"""Writes to the log and verifies it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from diogel.home import home

from .head import HEAD_FILE, read_head_file, write_head_file
from .models import Entry, Head, Words, is_print


def record(
    *, by: str, deed: str, subject: str, partnership: str = "", detail: dict[str, Any] | None = None, words: Collection[str] = ()
) -> Entry:
    """Add one deed, in the transaction of what it tells of. `by` and `subject` are references (`user:3`, `plan.plan:1`), never names.
    `words` names what in `detail` somebody wrote freely: of that the entry holds a print, and the words lie beside it."""
    plain = json.loads(json.dumps(detail or {}, default=str))
    apart = [_apart(name, plain.pop(name)) for name in sorted(set(words) & set(plain))]
    with transaction.atomic(savepoint=False):  # what it tells of falls with it
        # Locked where the database locks rows; SQLite locks the whole file from the first word of the transaction.
        locked = Head.objects.select_for_update().filter(pk=1)
        end = next(iter(locked), None)
        if end is None:
            Head.objects.get_or_create(pk=1)
            end = locked.get()
        entry = Entry(
            number=end.number + 1,
            at=timezone.now().astimezone(UTC),
            by=by,
            partnership=partnership,
            deed=deed,
            subject=subject,
            sealed_detail=plain | {each.name: {"print": each.computed_print()} for each in apart},
            previous=end.seal,
        )
        entry.seal = entry.computed_seal()
        entry.save()
        for each in apart:
            each.entry = entry
            each.save()
        end.number, end.seal = entry.number, entry.seal
        end.save()
        _tell_outside()
    return entry


def _tell_outside() -> None:
    """Write the head beside the database once the transaction stands: once, however many deeds it told of."""
    if not any(hook is _write_head for _savepoints, hook, *_rest in transaction.get_connection().run_on_commit):
        transaction.on_commit(_write_head)


def _write_head() -> None:
    write_head_file(*head())


def _apart(name: str, value: Any) -> Words:
    """Words as they lie beside their entry, with a salt of their own."""
    return Words(name=name, text=json.dumps(value, ensure_ascii=False, sort_keys=True), salt=secrets.token_hex(16))


def words_with(phrase: str, *, partnership: str) -> list[Words]:
    """The words beside the log of one partnership that hold `phrase`, in letters large or small, newest first. Compared here and not by
    the database: not every one knows that Ŵ and ŵ are one letter."""
    sought = " ".join(phrase.split()).casefold()
    rows = Words.objects.filter(entry__partnership=partnership).exclude(salt="").select_related("entry").order_by("-entry__number", "name")
    return [each for each in rows.iterator(chunk_size=2000) if sought in " ".join(each.text.split()).casefold()]


def erase(words: Iterable[Words], *, by: str, partnership: str, reason: str, subject: str = "audit.words") -> Entry | None:
    """Erase words from the log for good, by a deed that the log keeps: which entries and columns, who, and why in a code. The entries
    stand as they were sealed. None where there was nothing left to erase."""
    with transaction.atomic():
        standing = [each for each in words if not each.is_erased]
        if not standing:
            return None
        erased = sorted([each.entry.number, each.name] for each in standing)
        rows: models.QuerySet[Words] = models.QuerySet(Words).filter(pk__in=[each.pk for each in standing])  # the one way past `AppendOnly`
        rows.update(text="", salt="")
        return record(by=by, deed="erased", subject=subject, partnership=partnership, detail={"reason": reason, "words": erased})


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
    missing: set[tuple[int, str]] = set()
    outside = read_head_file(head_file or home() / HEAD_FILE)
    for entry in Entry.objects.order_by("number").iterator(chunk_size=2000):
        if entry.number != expected:
            faults.append(f"entries {expected} to {entry.number - 1} are missing")
        elif entry.previous != seal:
            faults.append(f"entry {entry.number} does not follow the entry before it")
        if entry.seal != entry.computed_seal():
            faults.append(f"entry {entry.number} was changed after it was written")
        faults += _word_faults(entry, missing)
        if outside and entry.number == outside[0]:
            seals[entry.number] = entry.seal
        expected, seal = entry.number + 1, entry.seal
    length = expected - 1
    faults += [f"what entry {number} told of {name} is gone, and no deed erased it" for number, name in sorted(missing)]
    faults += _end_faults(length, seal, outside, seals)
    return Verdict(length=length, head=seal, faults=tuple(faults))


def _word_faults(entry: Entry, missing: set[tuple[int, str]]) -> list[str]:
    """Words that are not those that were told. Those that are not there join `missing`, until the deed that erased them is met."""
    if entry.deed == "erased":
        missing -= {(number, name) for number, name in entry.sealed_detail.get("words", ())}
    lying = {each.name: each for each in entry.words.all()}  # type: ignore[attr-defined]
    faults = []
    for name, value in entry.sealed_detail.items():
        each = lying.get(name)
        if not is_print(value):
            continue
        if each is None or each.is_erased:
            missing.add((entry.number, name))
        elif each.computed_print() != value["print"]:
            faults.append(f"what entry {entry.number} told of {name} was changed after it was written")
    return faults


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
