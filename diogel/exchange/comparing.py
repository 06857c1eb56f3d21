"""Compares what a file says of actions with the plan as it stands, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from diogel.analysis.reading.plan_found import Found, Row
from diogel.analysis.reading.plan_values import day_in, percent_in, plain, quarter_in
from diogel.analysis.reading.table_reasons import Note
from diogel.plan.exported import day_said
from diogel.plan.models import Number
from diogel.processes.actions.models import Rag
from diogel.processes.actions.process import STATUSES
from diogel.words.refusals import said

from . import comparing_more as more
from . import comparing_who as who
from .comparing_measures import measure_steps
from .comparing_parts import parts, with_list_as_parts
from .comparing_rest import objective_step, outcome_steps
from .going_on import Held, claims, is_gone, standing_for
from .known import Known, called
from .pairing import paired
from .steps import GoesOn, Noted, Step, both_halves

HIGHEST = 999
UPDATE_FIELDS = ("rag", "percent", "said", "obstacle", "next_step", "next_on")
_HALF = {"said": "text", "obstacle": "obstacle", "next_step": "next_step"}


def compared(
    found: Found, known: Known, *, language: str, quarter: str = "", numbers: Mapping[str, int] | None = None,
    choices: Mapping[str, str] | None = None,
) -> list[Step]:  # fmt: skip
    """A step for each row. By the place of a row, `numbers` gives the number that a person typed for it, `choices` what they said of the
    action of the plan before with which it may go on or, of an outcome, which theme or duty it is for; of a measure, by its place and what
    was asked, what the file does not say."""
    given = numbers or {}
    rows = paired(found.of("actions"), known, language)
    counted = [given.get(row.key, row.number) for row in rows]
    claimed = claims(rows, counted, known, language, choices or {})
    steps: list[Step] = []
    for row, number in zip(rows, counted, strict=True):
        is_twice = number is not None and counted.count(number) > 1
        own = None if is_twice or number in known.unseen else number
        steps.append(_action(row, own, known, language, quarter, claimed.get(row.key)))
    bearing = {int(step.mark): step for step in steps if step.mark}
    steps += outcome_steps(paired(found.of("outcomes"), known, language), known, language, bearing, choices or {})
    steps += [objective_step(row, known, language) for row in paired(found.of("objectives"), known, language)]
    return steps + measure_steps(paired(found.of("measures"), known, language), known, language, choices or {})


def free_numbers(known: Known, steps: list[Step]) -> int:
    """The first number that neither the plan nor the file uses."""
    used = {*known.numbers, *known.unseen, *(int(step.mark) for step in steps if step.kind == "actions" and step.mark.isdecimal())}
    return max(used, default=0) + 1


def absent(known: Known, steps: list[Step]) -> list[Number]:
    """Actions of the plan of which the file says nothing; taking the file over leaves them as they are."""
    told = {step.mark for step in steps if step.kind == "actions"}
    return [row for number, row in sorted(known.numbers.items()) if str(number) not in told and not is_gone(row)]


def _action(row: Row, number: int | None, known: Known, language: str, quarter: str, claim: GoesOn | None) -> Step:
    standing = standing_for(number, known, claim)
    row = with_list_as_parts(row, number, standing, language)
    noted = Noted(tuple(said(note) for note in row.doubts))
    _ask(noted, claim)
    values = dict(row.values)
    halves = both_halves(row, language)
    if standing and "title_from_text" in {note.code for note in row.doubts}:
        halves = {half: words | {"title": ""} for half, words in halves.items()}  # the plan has a better one
        noted.doubts = [said(note) for note in row.doubts if note.code != "title_from_text"]
    for half, words in halves.items():
        for name in ("title", "text"):
            now = getattr(standing.action, f"{name}_{half}") if standing else ""
            noted.word(name, half, now, words.get(name, ""), is_other=half != language)
        if len(words.get("title", "")) > 300:
            _cut(noted, half, words["title"])
    _heading(noted, {half: words["heading"] for half, words in halves.items() if words.get("heading")}, standing, known, language)
    who.bodies(noted, values, standing, known)
    who.persons(noted, values.get("person", ""), standing, known)
    who.areas(noted, values.get("area", ""), standing, known)
    who.serves(noted, values, standing, known)
    _days(noted, values, standing)
    more.group(noted, values.get("group", ""), standing, known)
    more.milestones(noted, {half: words.get("milestones", "") for half, words in halves.items()}, standing)
    more.money(noted, values, {half: words.get("money", "") for half, words in halves.items()}, standing, known)
    _status(noted, values.get("status", ""), standing, known)
    _update(noted, values, halves, standing, known, language, quarter)
    parts(noted, row, standing, known, language)
    noted.put |= {"number": number}
    title = next(filter(None, (words.get("title") for words in (row.values, row.other))), "") or _called(standing)
    if not title:
        noted.doubts.append(_("It has neither a title nor a text to make one of. Put one into the file, and send it again."))
    return noted.step(
        key=row.key,
        kind="actions",
        mark=str(number or ""),
        title=title,
        state="held" if number is None else claim.state if claim else "same" if standing else "new" if title else "untitled",
        goes_on=claim,
    )


def _ask(noted: Noted, claim: GoesOn | None) -> None:
    """Why a person has still to say whether a row goes on; nothing is guessed."""
    if claim is None or claim.chosen:
        return
    told = {"number": claim.held.number, "plan": called(claim.held.plan, "title") or claim.held.plan.code}
    if claim.is_shared:
        noted.doubts.append(_("Another row of the file claims action %(number)s of “%(plan)s” too. Say which of them goes on.") % told)
    elif claim.is_equal:
        noted.doubts.append(_("“%(plan)s” has several open actions of this title. Say whether this is action %(number)s.") % told)
    else:
        noted.doubts.append(_("It reads nearly as action %(number)s of “%(plan)s”. Say whether it is the same action.") % told)


def _called(held: Held | None) -> str:
    return called(held.action, "title") if held else ""


def _cut(noted: Noted, half: str, title: str) -> None:
    """A title that no column holds is cut, and stands whole among what was left."""
    noted.put.setdefault("title", {})[half] = title[:299] + "…"
    noted.leave("title", title, _("The title is longer than 300 letters. It was cut, and stands whole in the list of what was left."))


def _heading(noted: Noted, file: dict[str, str], held: Held | None, known: Known, language: str) -> None:
    """By its words in either language. Where the heading of an action has no words yet in the language of the file, they are those of
    the file, and no second heading is made."""
    if not file:
        return
    section = next((known.sections[plain(words)] for words in file.values() if plain(words) in known.sections), None)
    now = held.section if held else None
    if now and section is None:
        section = now if all(known.fills_heading(now, half, words) for half, words in file.items()) else None
    missing = {half: words for half, words in file.items() if section and not getattr(section, f"title_{half}")}
    for half, words in file.items():
        if section is None or half in missing:
            noted.word("heading", half, "" if section else called(now, "title") if now else "", words, is_other=half != language)
    if section and missing:
        noted.put["heading"] = missing
    if section is None:
        noted.put["section"] = noted.put.pop("heading", now)
    elif now is None or now.pk != section.pk:
        noted.put["section"] = section
        if not missing:
            half = next(iter(file))
            noted.change("heading", called(now, "title") if now else "", file[half])


def _days(noted: Noted, values: dict[str, str], held: Held | None) -> None:
    for name, column in (("start", "started_on"), ("due", "promised_on")):
        day = _day(noted, name, values.get(name, ""))
        now = getattr(held.action, column) if held else None
        if day and day != now:
            noted.change(name, day_said(now), day_said(day), **{column: day})


def _day(noted: Noted, name: str, file: str) -> Any:
    if not file:
        return None
    read = day_in(file, is_end=name != "start")
    if read is None:
        noted.leave(name, file, said(Note.of("day_unknown", said=file)))
        return None
    if not read[1]:
        noted.doubts.append(said(Note.of("day_not_exact", said=file, day=day_said(read[0]))))
    return read[0]


def _status(noted: Noted, file: str, held: Held | None, known: Known) -> None:
    if not file:
        return
    status = known.status(file)
    if status is None:
        noted.leave("status", file, said(Note.of("status_unknown", said=file)))
    elif held is None or held.action.status != status:
        noted.change("status", str(STATUSES[held.action.status]) if held else "", str(STATUSES[status]), status=status)


def _update(
    noted: Noted, values: dict[str, str], halves: dict[str, dict[str, str]], held: Held | None, known: Known, language: str, quarter: str
) -> None:
    """What was said of an action goes to the update of its quarter; where no quarter is told it is left, and said so."""
    told = {name: values[name] for name in UPDATE_FIELDS if values.get(name) and name not in _HALF}
    sentences = [(name, half, words[name]) for half, words in halves.items() for name in _HALF if words.get(name)]
    if not told and not sentences:
        return
    ending = (quarter_in(values["quarter"]) if values.get("quarter") else None) or quarter
    if not ending:
        for name, text in [*told.items(), *((name, text) for name, _half, text in sentences)]:
            noted.leave(name, text, _("Updates belong to a quarter. Say of which quarter this file speaks to have them taken over."))
        return
    updates = held.action.updates.all() if held else ()
    now = next((row for row in updates if row.quarter == ending and not row.withdrawn_on), None)
    for name, half, text in sentences:
        noted.word(name, half, getattr(now, f"{_HALF[name]}_{half}") if now else "", text, is_other=half != language)
    columns = {}
    for name, value in update_values(noted, told, known).items():
        stands = getattr(now, name) if now else None
        if now is None or stands != value:
            columns[name] = value
            noted.change(name, shown(name, stands), shown(name, value))
    words = {_HALF[name]: noted.put[name] for name in _HALF if name in noted.put}
    if columns or words:
        noted.put["update"] = {"quarter": ending, "words": words, "columns": columns}


def update_values(noted: Noted, told: Mapping[str, str], known: Known) -> dict[str, Any]:
    """What stands in the columns of an update, understood; what is not is left."""
    put: dict[str, Any] = {name: told[name] for name in _HALF if name in told}
    if "rag" in told:
        rag = known.rag(told["rag"])
        if rag is None:
            noted.leave("rag", told["rag"], said(Note.of("rag_unknown", said=told["rag"])))
        else:
            put["rag"] = rag
    if "percent" in told:
        percent = percent_in(told["percent"])
        if percent is None:
            noted.leave("percent", told["percent"], said(Note.of("percent_unknown", said=told["percent"])))
        else:
            put["percent"] = percent
    if "next_on" in told and (day := _day(noted, "next_on", told["next_on"])):
        put["next_on"] = day
    return put


def shown(name: str, value: Any) -> str:
    """A value of an update as a page shows it."""
    if value is None or value == "":
        return ""
    if name == "rag":
        return str(Rag(value).label)
    if name == "status":
        return str(STATUSES.get(value, value))
    return day_said(value) if name == "next_on" else str(value)
