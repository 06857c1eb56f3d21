"""A translator's file that came back: each sentence is judged against the row as it now stands, and only what still fits is saved."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from diogel.people.access import May, may_write, require
from diogel.people.bodies import word_body
from diogel.people.models import Body
from diogel.people.versions import StaleSave, version_of
from diogel.people.writing import write
from diogel.words.pairs import Pair

from .row_kinds import Kind
from .words_files import BadFile, Came, Returned
from .words_history import Piece, pieces
from .words_list import BILINGUAL, Unchecked
from .words_units import longest, other, print_of, where_it_stands

TAKEN, SAME, EMPTY, STALE, REFUSED = "taken", "same", "empty", "stale", "refused"
"""What becomes of a sentence: saved; already so; not translated; its row was changed since; not read, with a reason."""

_MARK = re.compile(r"([a-z-]{1,30})\.(\d{1,12})\.([a-z_]{1,30})\.([0-9a-f]{12})")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|\$\{\w+\}")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LONG_ENOUGH, _MOST_TIMES = 40, 2.5
"""A sentence of so many letters should not become so many times as long, or as short, in the other language."""


@dataclass(frozen=True)
class Verdict:
    """What becomes of one sentence. `now` is the pair as it stands, `after` as it would; `why` a refusal in words, `warnings` what to look
    at before it is taken."""

    came: Came
    becomes: str
    why: str = ""
    kind: Kind | None = None
    row: Any = None
    name: str = ""
    now: Pair | None = None
    after: Pair | None = None
    where: str = ""
    url: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def into(self) -> str:
        return other(self.came.language)

    @property
    def waits_for_a_word(self) -> bool:
        """Whether it reads as it did, and all that it lacks is somebody who vouches for it."""
        return self.becomes == SAME and self.now is not None and not self.now.is_checked

    @property
    def pieces(self) -> list[Piece]:
        """The words of the half that would change, those that went and those that came."""
        return list(pieces(self.now.say(self.into), self.after.say(self.into))) if self.now and self.after else []

    @property
    def theirs(self) -> Pair | None:
        """The pair as the translator had it and left it."""
        halves = {self.came.language: self.came.source, self.into: self.came.target}
        return Pair(**halves)


def judged(returned: Returned, user: Any, partnership: Any) -> list[Verdict]:
    """Every sentence with what becomes of it. BadFile where the whole file belongs to another partnership; PermissionDenied without
    May.CHECK_PAIRS."""
    require(user, May.CHECK_PAIRS, partnership)
    if returned.slug != partnership.slug:
        raise BadFile(
            _("This file was given out for another partnership (%(slug)s). Nothing of it was read.") % {"slug": returned.slug[:40]}
        )
    if not returned.came:
        raise BadFile(_("There is no sentence in this file."))
    rows, seen = _rows(returned, user, partnership), set[tuple[str, str, str]]()
    found = []
    for came in returned.came:
        mark = _MARK.fullmatch(came.mark)
        key = (mark[1], mark[2], mark[3]) if mark else None
        found.append(_twice(came) if key in seen else _judged(came, mark, rows, user, partnership))
        seen |= {key} if key else set()
    return found


def _twice(came: Came) -> Verdict:
    return Verdict(came, REFUSED, _("This sentence stands in the file twice; the first one counts."))


def _rows(returned: Returned, user: Any, partnership: Any) -> dict[tuple[str, int], Any]:
    """The rows that the marks name and that `user` may see, one question a kind."""
    keys: dict[str, set[int]] = {}
    for came in returned.came:
        if (mark := _MARK.fullmatch(came.mark)) and mark[1] in BILINGUAL:
            keys.setdefault(mark[1], set()).add(int(mark[2]))
    return {(key, row.pk): row for key, pks in keys.items() for row in BILINGUAL[key].standing(user, partnership).filter(pk__in=pks)}


def _judged(came: Came, mark: re.Match[str] | None, rows: dict[tuple[str, int], Any], user: Any, partnership: Any) -> Verdict:
    kind = BILINGUAL.get(mark[1]) if mark else None
    if mark is None or kind is None or mark[3] not in kind.model.pairs or came.language not in ("cy", "en"):
        return Verdict(came, REFUSED, _("Its mark was changed, so nobody can say which sentence it is."))
    row, name = rows.get((mark[1], int(mark[2]))), mark[3]
    if row is None:
        return Verdict(came, REFUSED, _("The row that its mark names is not there: it was withdrawn, or the mark was changed."))
    now: Pair = row.pair(name)
    target = _tidy(came.target, is_line=longest(kind.model, name, other(came.language)) is not None)
    after = Pair(**{came.language: now.say(came.language), other(came.language): target})
    named = Unchecked(mark[1], row.pk, name, now, str(_value(row, kind.mark)), _pair_named(row, kind))
    held: dict[str, Any] = {"kind": kind, "row": row, "name": name, "now": now, "after": after}
    held |= {"where": where_it_stands(named), "url": named.url(partnership.slug)}
    is_as_given = print_of(mark[1], row.pk, name, now) == mark[4]
    becomes, why = _outcome(came, target, held, is_as_given=is_as_given)
    if becomes == TAKEN and not may_write(user, row, partnership, only_words=True):
        becomes, why = (
            REFUSED,
            _("Somebody has signed these words, or they stand in another partnership too. They are changed where they stand."),
        )
    return Verdict(came, becomes, why, warnings=tuple(_warnings(came, target)) if becomes == TAKEN else (), **held)


def _outcome(came: Came, target: str, held: dict[str, Any], *, is_as_given: bool) -> tuple[str, str]:
    now: Pair = held["now"]
    if came.is_formula:
        return REFUSED, _("A cell holds a formula. Type the words themselves.")
    if came.has_marks or _tags(target) - _tags(came.source):
        return REFUSED, _("It holds marks of formatting. Only plain words are kept.")
    if not target:
        return EMPTY, ""
    if target == now.say(other(came.language)) and target and _same(came.source, now.say(came.language)):
        return SAME, ""
    if not is_as_given:
        return STALE, _("Somebody changed this row after the file was given out. Both are shown; nothing of it is saved.")
    if not _same(came.source, now.say(came.language)):
        return REFUSED, _("The sentence to be translated was changed in the file. Change it on its own page.")
    if sorted(_PLACEHOLDER.findall(came.source)) != sorted(_PLACEHOLDER.findall(target)):
        return REFUSED, _("A placeholder, such as {name}, is missing or was changed.")
    most = longest(held["kind"].model, held["name"], other(came.language))
    if most and len(target) > most:
        return REFUSED, _("It has %(n)s characters; %(most)s fit here.") % {"n": len(target), "most": most}
    return TAKEN, ""


def _warnings(came: Came, target: str) -> Iterator[str]:
    if sorted(_NUMBER.findall(came.source)) != sorted(_NUMBER.findall(target)):
        yield _("The numbers in the two halves differ.")
    long, short = max(len(came.source), len(target)), min(len(came.source), len(target))
    if long > _LONG_ENOUGH and long > _MOST_TIMES * short:
        yield _("One half is much longer than the other.")
    if _same(came.source, target):
        yield _("Both halves read the same.")


def _tidy(words: str, *, is_line: bool) -> str:
    """Without the blanks around it, and on one line where it stands on one."""
    plain = "".join(sign for sign in words.replace("\r\n", "\n") if sign >= " " or sign in "\n\t")
    return " ".join(plain.split()) if is_line else plain.strip()


def _same(one: str, two: str) -> bool:
    """Programs wrap and trim lines: only the words count."""
    return one.split() == two.split()


def _tags(words: str) -> set[str]:
    return set(_TAG.findall(words))


def _value(row: Any, path: str) -> Any:
    for step in path.split("__") if path else ():
        row = getattr(row, step, "")
    return "" if row is None or not path else row


def _pair_named(row: Any, kind: Kind) -> Pair:
    *steps, name = kind.named.split("__") if kind.named else [""]
    for step in steps:
        row = getattr(row, step)
    return row.pair(name) if name else Pair("", "")


def save(verdicts: Collection[Verdict], *, by: Any, partnership: Any, is_vouched: bool = False) -> list[Verdict]:
    """Save what is to be taken, all or, where the database fails, nothing; a row that somebody changed in between is refused alone and
    comes back as stale. `is_vouched`: `by` says of all of them that both halves say the same; else they wait to be checked."""
    require(by, May.CHECK_PAIRS, partnership)
    wanted = [each for each in verdicts if each.becomes == TAKEN or (is_vouched and each.waits_for_a_word)]
    with transaction.atomic():
        return [_saved(each, by=by, partnership=partnership, is_vouched=is_vouched) for each in wanted]


def _saved(each: Verdict, *, by: Any, partnership: Any, is_vouched: bool) -> Verdict:
    assert each.after is not None
    state = {"checked" if is_vouched else "drafted": (each.name,)}
    words: dict[str, Any] = {"pairs": {each.name: (each.after.cy, each.after.en)}, "seen": version_of(each.row), **state}
    try:
        with transaction.atomic():
            if isinstance(each.row, Body):
                word_body(by=by, body=each.row, partnership=partnership, **words)
            else:
                write(each.row, by=by, **words)
    except StaleSave:
        return _instead(each, STALE, _("Somebody changed this row after the file was given out. Both are shown; nothing of it is saved."))
    except ValidationError as wrong:
        return _instead(each, REFUSED, " ".join(wrong.messages))
    return each


def _instead(each: Verdict, becomes: str, why: str) -> Verdict:
    return Verdict(each.came, becomes, why, each.kind, each.row, each.name, each.now, each.after, each.where, each.url)
