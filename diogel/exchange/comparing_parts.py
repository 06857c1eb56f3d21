"""Compares the commitments under an action's number, as a file has them, with the plan as it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from diogel.analysis.reading.plan_found import Row
from diogel.analysis.reading.plan_phrases import bullets_in, ending_list, letter_at
from diogel.analysis.reading.plan_values import plain
from diogel.analysis.reading.table_reasons import Note
from diogel.processes.actions.process import STATUSES
from diogel.words.refusals import said

from .going_on import Held
from .known import Known, called, pieces
from .steps import Change, Noted, both_halves, both_parts, same_words

LONGEST_CODE = 10


def may_have_parts(row: Row) -> bool:
    """Whether a row has commitments under its number, or a text that may end in them."""
    return bool(row.parts or row.other_parts) or any(bullets_in(text) for words in (row.values, row.other) for text in words.values())


def with_list_as_parts(row: Row, number: int | None, held: Held | None, language: str) -> Row:
    """A row whose text ends in lines with bullets, with these as its commitments. As it is where rows below gave it commitments, or where
    the plan has that very text; where its bullets do not end it, that is told."""
    halves = both_halves(row, language)
    name = "text" if any("text" in words for words in halves.values()) else "title"
    texts = {half: words.get(name, "") for half, words in halves.items()}
    stands = held and any(text and same_words(getattr(held.action, f"{name}_{half}"), text) for half, text in texts.items())
    if row.parts or row.other_parts or stands or not any(map(bullets_in, texts.values())):
        return row
    split = {half: ending_list(text) for half, text in texts.items()}
    most = max(len(lines) for _first, lines in split.values())
    if not most:
        return replace(row, doubts=(*row.doubts, Note.of("bullets_in_text")))
    values, other = (halves[half] | ({name: first} if lines else {}) for half, (first, lines) in split.items())
    mine, theirs = (tuple((f"{number or ''}{letter_at(n)}", line) for n, line in enumerate(lines)) for _first, lines in split.values())
    return replace(row, values=values, other=other, parts=mine, other_parts=theirs, doubts=(*row.doubts, Note.of("read_as_parts", n=most)))


def parts(noted: Noted, row: Row, held: Held | None, known: Known, language: str) -> None:
    """Each commitment by its code: its words, the body that leads it and its status. What else stands in its row is left, and said so."""
    rows = held.action.sub_actions.all() if held and (row.parts or row.other_parts) else ()
    now = {part.code: part for part in rows if not part.withdrawn_on}
    put: dict[str, dict[str, Any]] = {}
    for half, told in both_parts(row, language).items():
        _words(noted, half, [(code[:LONGEST_CODE], words) for code, words in told if words], now, put, is_other=half != language)
    for code, name, text in row.beside_parts:
        _beside(noted, code[:LONGEST_CODE], name, text, now, put, known)
    if put:
        noted.put["parts"] = put


def _words(
    noted: Noted, half: str, told: list[tuple[str, str]], now: dict[str, Any], put: dict[str, dict[str, Any]], *, is_other: bool
) -> None:
    told = [(code, words) for code, words in told if not (code in now and same_words(getattr(now[code], f"title_{half}"), words))]
    if told:
        before = "\n".join(f"{code} {getattr(now[code], f'title_{half}')}" for code, _words in told if code in now)
        after = "\n".join(f"{code} {words}" for code, words in told)
        noted.changes.append(Change("parts", before, after, half, is_other))
    for code, words in told:
        put.setdefault(code, {"words": {}})["words"][half] = words


def _beside(noted: Noted, code: str, name: str, text: str, now: dict[str, Any], put: dict[str, dict[str, Any]], known: Known) -> None:
    """The body or the status of a commitment; any other cell of its row is left."""
    part = now.get(code)
    if part is None and code not in put:
        noted.leave(name, text, _("It stands in the row of commitment %(code)s, which has no words.") % {"code": code})
    elif name == "body":
        body = _body(noted, code, text, known)
        if body and body.pk != getattr(part, "body_id", None):
            _change(noted, code, called(part.body, "name") if part and part.body else "", called(body, "name"))
            put.setdefault(code, {"words": {}})["body"] = body
    elif name == "status":
        status = known.status(text)
        if status is None:
            noted.leave(name, text, said(Note.of("status_unknown", said=text)))
        elif status != getattr(part, "status", None):
            _change(noted, code, str(STATUSES.get(part.status, part.status)) if part else "", str(STATUSES[status]))
            put.setdefault(code, {"words": {}})["status"] = status
    else:
        why = _("Commitment %(code)s keeps its words, the body that leads it and its status; this is left.")
        noted.leave(name, text, why % {"code": code})


def _change(noted: Noted, code: str, before: str, after: str) -> None:
    noted.changes.append(Change("parts", f"{code} {before}" if before else "", f"{code} {after}"))


def _body(noted: Noted, code: str, text: str, known: Known) -> Any:
    """The one body that leads a commitment; where the cell names several, or none that is known, it is left whole."""
    found = {piece: known.bodies.get(plain(piece)) or known.body_within(piece) for piece in pieces(text, known.bodies)}
    bodies = {body.pk: body for body in found.values() if body}
    for piece in [piece for piece, body in found.items() if body is None]:
        noted.leave("body", piece, _("No body of this partnership is called “%(name)s”.") % {"name": piece})
    if len(bodies) > 1:
        noted.leave("body", text, _("One body leads a commitment; the row of %(code)s names several.") % {"code": code})
    return next(iter(bodies.values())) if len(bodies) == 1 else None
