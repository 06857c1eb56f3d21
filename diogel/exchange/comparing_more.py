"""Compares what a file says of an action's group, milestones and money with the plan as it stands."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from diogel.analysis.reading.plan_lists import NOTHING, Dated, lines_of, milestone_in, pounds, pounds_in
from diogel.analysis.reading.plan_values import day_in, plain
from diogel.analysis.reading.table_reasons import Note
from diogel.plan.exported import day_said
from diogel.plan.exported import milestone_said as said_as_a_line
from diogel.plan.models import Funding
from diogel.words.refusals import said

from .going_on import Held
from .known import Known, called
from .names import find
from .steps import FIELDS, Beside, Change, Noted, same_words

LONGEST_TITLE = 300


def group(noted: Noted, file: str, held: Held | None, known: Known) -> None:
    """The group that oversees an action; none is made."""
    if not file:
        return
    row = find(known.groups, file)
    if row is None:
        noted.leave("group", file, _("No group of this partnership is called “%(name)s”.") % {"name": file})
        return
    now = held.action.group if held else None
    if now is None or now.pk != row.pk:
        noted.change("group", called(now, "name") if now else "", called(row, "name"), group=row)


Halves = dict[str, str]
"""Words by language, those in the language of the file first."""


def milestones(noted: Noted, file: Halves, held: Held | None) -> None:
    """A line each, with its day. Known again by its words or, where these are still to come in this language, by its day; what the file
    does not name stays."""
    read = {half: _dated(noted, text) for half, text in file.items()}
    free = [row for row in held.action.milestones.all() if not row.withdrawn_on] if held and any(read.values()) else []
    put: list[Beside] = []
    for told in _together(noted, file, read):
        row = next(filter(None, (_known_again(free, each, half) for half, each in told.items())), None)
        if row:
            free.remove(row)
        words = {half: each.title for half, each in told.items() if not (row and same_words(getattr(row, f"title_{half}"), each.title))}
        first = next(iter(told.values()))
        days = (("due_on", first.due_on), ("done_on", first.done_on))
        columns = {name: day for name, day in days if day and getattr(row, name, None) != day}
        if words or columns:
            put.append(Beside(row, words, columns))
    for at, half in enumerate(file):
        changed = [each for each in put if half in each.words or (each.columns and at == 0)]
        before = [milestone_said(each.row, half) for each in changed if each.row]
        after = [milestone_said(each.row, half, each) for each in changed]
        if changed:
            noted.changes.append(Change("milestones", "\n".join(filter(None, before)), "\n".join(filter(None, after)), half, at > 0))
    if put:
        noted.put["milestones"] = put


def _dated(noted: Noted, text: str) -> list[Dated]:
    """The milestones of a cell; a line that is none is told and left."""
    found = []
    for line in lines_of(text):
        told = milestone_in(line)
        if told is None or len(told.title) > LONGEST_TITLE:
            why = _(
                "“%(said)s” is left out: a milestone needs its day, such as “30 June 2022: Agree the scope”, and fewer than 300 letters."
            )
            noted.leave("milestones", line, why % {"said": line})
            continue
        if not told.is_exact:
            noted.doubts.append(said(Note.of("day_not_exact", said=line, day=day_said(told.due_on))))
        found.append(told)
    return found


def _together(noted: Noted, file: Halves, read: dict[str, list[Dated]]) -> list[dict[str, Dated]]:
    """The lines of both languages that tell of one day, one after the other; what only the second cell tells is left, and told."""
    (mine, lines), (other, rest) = read.items()
    if not lines:
        return [{other: each} for each in rest]
    made = []
    for line in lines:
        twin = next((each for each in rest if each.due_on == line.due_on), None)
        if twin:
            rest.remove(twin)
        made.append({mine: line} | ({other: twin} if twin else {}))
    for each in rest:
        _leave_second(noted, "milestones", file[mine], said_as_a_line(each.title, each.due_on, each.done_on))
    return made


def _leave_second(noted: Noted, name: str, first: str, second: str) -> None:
    noted.leave(name, second, said(Note.of("halves_differ", field=str(FIELDS[name]), first=first, second=second)))


def _known_again(free: list[Any], told: Dated, language: str) -> Any:
    same = [row for row in free if same_words(getattr(row, f"title_{language}"), told.title)]
    unsaid = [row for row in free if row.due_on == told.due_on and not getattr(row, f"title_{language}")]
    on_the_day = [row for row in same if row.due_on == told.due_on]
    return next(iter([*on_the_day, *same, *unsaid]), None)


def milestone_said(row: Any, language: str, told: Beside | None = None) -> str:
    """A milestone as a line, as it stands or as a file has it; nothing where it has no words in this language."""
    words, columns = (told.words, told.columns) if told else ({}, {})
    title = words.get(language) or getattr(row, f"title_{language}", "")
    due, done = (columns.get(name) or getattr(row, name, None) for name in ("due_on", "done_on"))
    return said_as_a_line(title, due, done) if title else ""


def money(noted: Noted, values: dict[str, str], file: Halves, held: Held | None, known: Known) -> None:
    """Who pays for an action, how much and until when, line by line; one sum may pay for several actions and is told once."""
    sources = _named_in_both(noted, file, known)
    if not sources:
        for name in ("amount", "until"):
            if values.get(name):
                noted.leave(name, values[name], _("The file does not say where this money comes from."))
        return
    amounts, ends = (_beside(noted, name, values.get(name, ""), len(sources)) for name in ("amount", "until"))
    now = {row.pk: row for row in held.action.fundings.all()} if held else {}
    for source, amount, until in zip(sources, amounts, ends, strict=True):
        _one_sum(noted, source, _pounds(noted, amount), _end(noted, until), now, known)


def _named_in_both(noted: Noted, file: Halves, known: Known) -> list[Halves]:
    """Each source by its names; where the two cells do not name as many, the second is left, and told."""
    (mine, lines), (other, rest) = ((half, [name[:LONGEST_TITLE] for name in _sources(text, known)]) for half, text in file.items())
    if not lines or not rest:
        return [{mine: each} for each in lines] + [{other: each} for each in rest]
    if len(lines) != len(rest):
        _leave_second(noted, "money", file[mine], file[other])
        return [{mine: each} for each in lines]
    return [{mine: first, other: second} for first, second in zip(lines, rest, strict=True)]


def _sources(text: str, known: Known) -> list[str]:
    lines = lines_of(text)
    return [piece.strip() for line in lines for piece in ([line] if plain(line) in known.fundings else line.split(";")) if piece.strip()]


def _beside(noted: Noted, name: str, text: str, wanted: int) -> list[str]:
    """The lines of a cell that stand beside those of the sources; where they do not, nothing is guessed."""
    lines = lines_of(text)
    if len(lines) == 1 and wanted > 1:
        lines = [piece.strip() for piece in lines[0].split(";")]
    if len(lines) == wanted:
        return ["" if line in NOTHING else line for line in lines]
    if text:
        noted.leave(name, text, _("It cannot be told which source of money this belongs to."))
    return [""] * wanted


def _pounds(noted: Noted, text: str) -> Any:
    told = pounds_in(text) if text else None
    if text and told is None:
        noted.leave("amount", text, _("“%(said)s” is no sum in pounds and is left out.") % {"said": text})
    return told


def _end(noted: Noted, text: str) -> Any:
    read = day_in(text, is_end=True) if text else None
    if text and read is None:
        noted.leave("until", text, said(Note.of("day_unknown", said=text)))
    if read and not read[1]:
        noted.doubts.append(said(Note.of("day_not_exact", said=text, day=day_said(read[0]))))
    return read[0] if read else None


def _one_sum(noted: Noted, source: Halves, amount: Any, until: Any, now: dict[int, Funding], known: Known) -> None:
    row = next((known.fundings[plain(words)] for words in source.values() if plain(words) in known.fundings), None)
    key = plain(next(iter(source.values())))
    told = known.told_money.setdefault(key, (amount, until))
    for name, mine, first in (("amount", amount, told[0]), ("until", until, told[1])):
        if mine and first and mine != first:
            noted.leave(
                name, pounds(mine) if name == "amount" else day_said(mine), _("Another row of the file says otherwise of the same money.")
            )
    columns = {name: value for name, value in (("amount", told[0]), ("to_on", told[1])) if value and getattr(row, name, None) != value}
    if row and row.from_on and columns.get("to_on", row.from_on) < row.from_on:
        noted.leave("until", day_said(columns.pop("to_on")), _("This money begins after that day."))
    if row is None:
        noted.doubts.append(_("Money that was not known here is written down as a bid. Say on its page what became of it."))
    fills = {half for half in source if row and len(source) > 1 and not getattr(row, f"title_{half}")}
    is_joined = row is None or row.pk not in now
    for at, (half, words) in enumerate(source.items()):
        if half in fills or (is_joined and (row is None or at == 0)):
            noted.changes.append(Change("money", "", words, half, at > 0))
    for name, column in (("amount", "amount"), ("until", "to_on")):
        if column in columns:
            before, after = (_value_said(column, value) for value in (getattr(row, column, None), columns[column]))
            noted.change(name, before, after)
    if is_joined or fills or columns:
        noted.put.setdefault("money", []).append(Beside(row, source, columns))


def _value_said(column: str, value: Any) -> str:
    return ("" if value is None else pounds(value)) if column == "amount" else day_said(value)
