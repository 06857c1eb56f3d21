"""One way to write a row: by whom, against which version, with its audit entry in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext

from diogel.audit import log
from diogel.audit.models import Entry
from diogel.home import today

from .access import May, require, require_write
from .versions import check_print

Row = TypeVar("Row", bound=models.Model)

MOST_LOOKED_THROUGH = 200
"""Entries of one row that are looked through for its last change, newest first: years of a row's life."""


def write(
    row: Row,
    /,
    *,
    by: Any,
    seen: int | None = None,
    pairs: Mapping[str, tuple[str, str]] | None = None,
    checked: Collection[str] = (),
    drafted: Collection[str] = (),
    many: Mapping[str, Iterable[models.Model]] | None = None,
    **columns: Any,
) -> Row:
    """Create `row`, or change it as it stood in version `seen`.

    `pairs` gives (Welsh, English) by pair name; those named in `checked` are vouched for by `by`, and of those in `drafted` one half
    was made from the other and waits to be checked. `many` gives rows by the name of a many-to-many column. A write of pairs alone
    may be done by whoever checks pairs, and touches no other column. PermissionDenied, ValidationError or StaleSave where it may not,
    is not valid, or was changed meanwhile by someone else;
    then nothing is written.
    """
    only_words = bool(row.pk and pairs and not columns and not many)
    _require(row, by=by, only_words=only_words, vouches=bool(checked))
    before = _values(row) if row.pk else {}
    for name, value in columns.items():
        setattr(row, name, value)
    for name, (cy, en) in (pairs or {}).items():
        row.set_pair(name, cy=cy, en=en, is_checked=name in checked, is_drafted=name in drafted)  # type: ignore[attr-defined]
    _clean(row)
    with transaction.atomic():
        deed = "changed" if row.pk else "created"
        _save(row, seen, {"update_fields": _columns_of(row, pairs or {})} if only_words else {})
        joined = _set_many(row, many or {}, is_new=deed == "created")
        changes = {name: [before.get(name), value] for name, value in _values(row).items() if before.get(name) != value} if before else {}
        _record(row, by=by, deed=deed, changes=changes | joined)
    return row


def _require(row: Any, *, by: Any, only_words: bool, vouches: bool) -> None:
    require_write(by, row, row.partnership, only_words=only_words)
    if vouches:
        require(by, May.CHECK_PAIRS, row.partnership)


def _clean(row: Any) -> None:
    """`full_clean`, without asking the database again for rows that were handed over: they came from it, and it holds them to their place
    by itself."""
    given = {
        field.name
        for field in row._meta.concrete_fields
        if field.is_relation and field.is_cached(row) and (held := field.get_cached_value(row)) and held.pk == getattr(row, field.attname)
    }
    errors: dict[str, Any] = {}
    for check, left_out in ((row.clean_fields, given), (row.clean, None), (row.validate_unique, set()), (row.validate_constraints, set())):
        try:
            check() if left_out is None else check(exclude=left_out | (errors.keys() - {NON_FIELD_ERRORS}))
        except ValidationError as fault:
            errors = fault.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)


def _columns_of(row: Any, pairs: Collection[str]) -> list[str]:
    """What a write of words may touch: the halves and states of these pairs, and the version that it takes."""
    words = [column for name in pairs for column in columns_of(name)]
    return [*words, "version"] if hasattr(row, "version") else words


def columns_of(name: str) -> tuple[str, str, str]:
    """The columns of the pair called `name`."""
    return f"{name}_cy", f"{name}_en", f"{name}_state"


def subject_of(row: models.Model) -> str:
    """How the log names a row."""
    return f"{row._meta.label_lower}:{row.pk}"


def take_back(row: Any, name: str, *, by: Any, seen: int) -> None:
    """Undo the last change of the pair called `name`: words and state as the log says they were before it. Doing it twice changes
    nothing. ValidationError where the log tells of no change, or of another than the one that now stands."""
    _require(row, by=by, only_words=True, vouches=True)
    columns = columns_of(name)
    entries = Entry.objects.filter(subject=subject_of(row))
    last = next((each for each in entries[:MOST_LOOKED_THROUGH] if set(columns) & set(each.detail)), None)
    steps = {column: last.detail[column] for column in columns if column in last.detail} if last else {}
    if not steps or any(getattr(row, column) != after for column, (_before, after) in steps.items()):
        raise ValidationError(gettext("The log does not know how this read before"))
    for column, (before, _after) in steps.items():
        setattr(row, column, before)
    row.full_clean(validate_constraints=True)
    with transaction.atomic():
        _save(row, seen, {"update_fields": _columns_of(row, [name])})
        _record(row, by=by, deed="changed", changes={column: [after, before] for column, (before, after) in steps.items()})


def _save(row: Any, seen: int | None, options: dict[str, Any]) -> None:
    if row.pk and hasattr(row, "save_against"):
        row.save_against(seen if seen is not None else row.version, **options)
    else:
        check_print(row, seen)
        row.save(**options)


def withdraw(row: Any, *, by: Any, seen: int, reason: str = "") -> None:
    """Take a row out of everything that is shown, without losing it."""
    _set_withdrawn(row, by=by, seen=seen, on=today(), deed="withdrawn", reason=reason)


def restore(row: Any, *, by: Any, seen: int) -> None:
    """Bring a withdrawn row back. ValidationError where another has taken its place meanwhile."""
    _set_withdrawn(row, by=by, seen=seen, on=None, deed="restored")


def _set_withdrawn(row: Any, *, by: Any, seen: int, on: Any, deed: str, reason: str = "") -> None:
    require(by, row.edited_with, row.partnership)
    with transaction.atomic():
        row.withdrawn_on = on
        if on is None:
            row.validate_constraints()
        row.save_against(seen)
        _record(row, by=by, deed=deed, changes={"reason": reason} if reason else {})


def note(row: models.Model, *, by: Any, partnership: Any, deed: str, detail: Mapping[str, Any]) -> None:
    """Tell the log of a deed that `write` does not do itself. `detail` holds no address or number of a person, and words that somebody
    wrote freely only under the name of their column or one of `WRITTEN_FREELY`."""
    log.record(
        by=by.reference,
        deed=deed,
        subject=subject_of(row),
        partnership=partnership.slug,
        detail=dict(detail),
        words=written_freely(type(row)),
    )


def _set_many(row: models.Model, many: Mapping[str, Iterable[models.Model]], *, is_new: bool) -> dict[str, Any]:
    """Set each relation, which of a new row is empty; the change is told by keys."""
    told = {}
    for name, rows in many.items():
        relation = getattr(row, name)
        old = [] if is_new else sorted(relation.values_list("pk", flat=True))
        new = sorted(each.pk for each in rows)
        if old != new:
            if old:
                relation.set(new)
            else:
                relation.add(*new)
            told[name] = [old, new]
    return told


def _values(row: models.Model) -> dict[str, Any]:
    """Plain column values as the log tells them; of personal rows only that something changed."""
    private = getattr(type(row), "is_personal", False)
    skipped = {"version", "id"} | getattr(type(row), "too_long_to_log", frozenset())
    values = {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields if field.name not in skipped}
    return (
        {name: hash(str(value)) for name, value in values.items()} if private else {name: _plain(value) for name, value in values.items()}
    )


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, str, list, dict)) else str(value)


WRITTEN_FREELY = frozenset({"reason", "title", "name"})
"""What a note calls words that are no column of the row."""


def written_freely(model: type[models.Model]) -> frozenset[str]:
    """The columns of a model in which people write what they like: every text without a list of choices, and every table. The log
    keeps their words apart, so that they can be erased."""
    return WRITTEN_FREELY | {field.attname for field in model._meta.concrete_fields if _is_free(field)}


def _is_free(field: Any) -> bool:
    is_text = isinstance(field, (models.TextField, models.CharField)) and not isinstance(field, models.SlugField)
    return isinstance(field, models.JSONField) or (is_text and not field.choices)


def _record(row: Any, *, by: Any, deed: str, changes: dict[str, Any]) -> None:
    partnership = row.partnership
    if getattr(type(row), "is_personal", False):
        changes = {"columns": sorted(changes)}
    log.record(
        by=by.reference,
        deed=deed,
        subject=subject_of(row),
        partnership=partnership.slug if partnership else "",
        detail=changes,
        words=written_freely(type(row)),
    )
