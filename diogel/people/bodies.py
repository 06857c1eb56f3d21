"""How bodies come into a partnership, are corrected and followed by others, and what groups own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from .access import Installation, May, may, require, require_write
from .models import Body, Group, Membership, Owned, Partnership
from .versions import check_print
from .writing import columns_of, note, write

Halves = tuple[str, str]


def add_body(
    *,
    by: Any,
    partnership: Partnership,
    name: Halves,
    kind: str,
    code: str = "",
    short: Halves = ("", ""),
    standing: str = Membership.Standing.NONE,
    is_member: bool = False,
    from_on: date | None = None,
    to_on: date | None = None,
    is_checked: bool | None = None,
) -> Body:
    """The body with this code, made or corrected, and its standing in `partnership`. `name` and `short` are (Welsh, English);
    the installation itself vouches for them unless `is_checked` says otherwise. Without a code one is made from the name."""
    require(by, May.EDIT_PEOPLE, partnership)
    checked = isinstance(by, Installation) if is_checked is None else is_checked
    body = Body.objects.filter(code=code).first() if code else None
    with transaction.atomic():
        body = body or Body(code=code or free_code(name[1] or name[0]), kind=kind)
        if body.pk is None or _differs(body, name=name, short=short, kind=kind, from_on=from_on, to_on=to_on):
            for place in body.stands_in() if body.pk else ():
                require(by, May.EDIT_PEOPLE, place)
            _save(body, by=by, partnership=partnership, name=name, short=short, is_checked=checked, kind=kind, from_on=from_on, to_on=to_on)
        join(by=by, partnership=partnership, body=body, standing=standing, is_member=is_member)
    return body


def correct_body(
    *,
    by: Any,
    body: Body,
    partnership: Partnership,
    name: Halves,
    short: Halves,
    is_checked: bool,
    seen: int | None = None,
    successors: Iterable[Body] | None = None,
    **columns: Any,
) -> Body:
    """Change a body's own names and dates. PermissionDenied unless `by` may do so wherever the body stands; StaleSave where
    someone else was first."""
    for place in {partnership, *body.stands_in()}:
        require(by, May.EDIT_PEOPLE, place)
    with transaction.atomic():
        check_print(body, seen)
        _save(body, by=by, partnership=partnership, name=name, short=short, is_checked=is_checked, **columns)
        if successors is not None:
            succeed(by=by, partnership=partnership, body=body, successors=successors)
    return body


def word_body(
    *,
    by: Any,
    body: Body,
    partnership: Partnership,
    pairs: Mapping[str, Halves],
    checked: Collection[str] = (),
    drafted: Collection[str] = (),
    seen: int | None = None,
) -> Body:
    """Mend a body's names and nothing else of it, and vouch for those in `checked`; those in `drafted` wait to be checked.
    PermissionDenied unless `by` may do so wherever the body stands; StaleSave where someone else was first."""
    require_write(by, body, partnership, only_words=True)
    for place in body.stands_in() if checked else ():
        require(by, May.CHECK_PAIRS, place)
    columns = [column for name in pairs for column in columns_of(name)]
    before = {column: getattr(body, column) for column in columns}
    for name, (cy, en) in pairs.items():
        body.set_pair(name, cy=cy, en=en, is_checked=name in checked, is_drafted=name in drafted)
    body.full_clean()
    with transaction.atomic():
        check_print(body, seen)
        body.save(update_fields=columns)
        changes = {column: [old, getattr(body, column)] for column, old in before.items() if old != getattr(body, column)}
        note(body, by=by, partnership=partnership, deed="changed", detail=changes)
    return body


def may_correct(user: Any, body: Body) -> bool:
    """Whether `user` may change a body's names and dates: bodies are shared, so only who may in every partnership it stands in."""
    return all(may(user, May.EDIT_PEOPLE, place) for place in body.stands_in())


def join(*, by: Any, partnership: Partnership, body: Body, standing: str, is_member: bool) -> Membership:
    """Give `body` a standing in `partnership`, or change the one it has."""
    held = Membership.objects.filter(partnership=partnership, body=body).first() or Membership(partnership=partnership, body=body)
    if held.pk and (held.standing, held.is_member) == (standing, is_member):
        return held
    return write(held, by=by, standing=standing, is_member=is_member)


def succeed(*, by: Any, partnership: Partnership, body: Body, successors: Iterable[Body]) -> None:
    """Say which bodies followed `body`."""
    require(by, May.EDIT_PEOPLE, partnership)
    new = sorted(each.pk for each in successors)
    old = sorted(body.successors.values_list("pk", flat=True))
    if new == old:
        return
    with transaction.atomic():
        body.successors.set(new)
        note(body, by=by, partnership=partnership, deed="changed", detail={"successors": [old, new]})


def own_document(*, by: Any, group: Group, title: Halves, is_checked: bool | None = None) -> Owned:
    """A document that `group` owns; one that reads so already is given back as it stands."""
    require(by, May.EDIT_PEOPLE, group.partnership)
    same = group.owns.filter(title_cy=title[0], title_en=title[1]).first()
    return same or correct_document(by=by, document=Owned(group=group), title=title, is_checked=is_checked)


def correct_document(*, by: Any, document: Owned, title: Halves, is_checked: bool | None = None, seen: int | None = None) -> Owned:
    """Change the title of a document that a group owns."""
    partnership = document.group.partnership
    require(by, May.EDIT_PEOPLE, partnership)
    checked = isinstance(by, Installation) if is_checked is None else is_checked
    with transaction.atomic():
        check_print(document, seen)
        deed = "changed" if document.pk else "created"
        document.set_pair("title", cy=title[0], en=title[1], is_checked=checked)
        document.full_clean()
        document.save()
        note(document, by=by, partnership=partnership, deed=deed, detail={"group": document.group.code, "title": list(title)})
    return document


def disown_document(*, by: Any, document: Owned) -> None:
    """Take a document off a group's list; the log keeps its title."""
    partnership = document.group.partnership
    require(by, May.EDIT_PEOPLE, partnership)
    with transaction.atomic():
        detail = {"group": document.group.code, "title": [document.title_cy, document.title_en]}
        note(document, by=by, partnership=partnership, deed="withdrawn", detail=detail)
        document.delete()


def free_code(name: str) -> str:
    """A code made from a name, with a number behind it where the plain one is taken."""
    plain = slugify(name)[:50] or "body"
    taken = set(Body.objects.filter(code__startswith=plain).values_list("code", flat=True))
    return next(code for code in (plain, *(f"{plain}-{number}" for number in range(2, 1000))) if code not in taken)


def _differs(body: Body, *, name: Halves, short: Halves, **columns: Any) -> bool:
    read = {"name": (body.name_cy, body.name_en), "short": (body.short_cy, body.short_en)}
    return read != {"name": name, "short": short} or any(getattr(body, column) != value for column, value in columns.items())


def _save(body: Body, *, by: Any, partnership: Partnership, name: Halves, short: Halves, is_checked: bool, **columns: Any) -> None:
    deed = "changed" if body.pk else "created"
    for pair, (cy, en) in (("name", name), ("short", short)):
        body.set_pair(pair, cy=cy, en=en, is_checked=is_checked)
    for column, value in columns.items():
        setattr(body, column, value)
    body.full_clean()
    body.save()
    detail = {"name": list(name), "kind": body.kind, "from": body.from_on, "to": body.to_on}
    note(body, by=by, partnership=partnership, deed=deed, detail=detail)
