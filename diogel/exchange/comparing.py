"""Compares what a file says of actions with the plan as it stands, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from diogel.analysis.reading.plan_found import Found, Row
from diogel.analysis.reading.plan_values import day_in, percent_in, plain, quarter_in
from diogel.analysis.reading.table_reasons import Note
from diogel.assessment.models import Theme
from diogel.plan.models import Number
from diogel.processes.actions.models import Rag
from diogel.processes.actions.process import STATUSES
from diogel.words.refusals import said

from .comparing_rest import objective_step, outcome_steps
from .known import Known, names_of, pieces
from .steps import Noted, Step, same_words

HIGHEST = 999
UPDATE_FIELDS = ("rag", "percent", "said", "obstacle", "next_step", "next_on")
_HALF = {"said": "text", "obstacle": "obstacle", "next_step": "next_step"}


def compared(found: Found, known: Known, *, language: str, quarter: str = "", numbers: Mapping[str, int] | None = None) -> list[Step]:
    """A step for each row. `numbers` gives, by the place of a row, the number that a person typed for it."""
    given = numbers or {}
    taken: set[int] = set(known.unseen)
    rows = found.of("actions")
    counted = [given.get(row.key, row.number) for row in rows]
    steps: list[Step] = []
    for row, number in zip(rows, counted, strict=True):
        is_twice = number is not None and counted.count(number) > 1
        steps.append(_action(row, None if is_twice or number in known.unseen else number, known, language, quarter))
        taken.add(number or 0)
    steps += outcome_steps(found.of("outcomes"), known, language)
    steps += [objective_step(row, known, language) for row in found.of("objectives")]
    return steps


def free_numbers(known: Known, steps: list[Step]) -> int:
    """The first number that neither the plan nor the file uses."""
    used = {*known.numbers, *known.unseen, *(int(step.mark) for step in steps if step.kind == "actions" and step.mark.isdigit())}
    return max(used, default=0) + 1


def absent(known: Known, steps: list[Step]) -> list[Number]:
    """Actions of the plan of which the file says nothing; taking the file over leaves them as they are."""
    told = {step.mark for step in steps if step.kind == "actions"}
    return [row for number, row in sorted(known.numbers.items()) if str(number) not in told and not _is_gone(row)]


def _is_gone(held: Number) -> bool:
    return bool(held.withdrawn_on or held.action.withdrawn_on)


def _action(row: Row, number: int | None, known: Known, language: str, quarter: str) -> Step:
    noted = Noted(tuple(said(note) for note in row.doubts))
    held = known.numbers.get(number) if number else None
    standing = held if held and not _is_gone(held) else None
    values = dict(row.values)
    if standing and "title_from_text" in {note.code for note in row.doubts}:
        values.pop("title", None)  # the plan has a better one
        noted.doubts = [said(note) for note in row.doubts if note.code != "title_from_text"]
    for name in ("title", "text"):
        _words(noted, name, values.get(name, ""), getattr(standing.action, f"{name}_{language}") if standing else "")
    if len(values.get("title", "")) > 300:
        noted.put["title"] = values["title"][:299] + "…"
        noted.doubts.append(_("The title is longer than 300 letters. It was cut, and stands whole in the list of what was left."))
    _heading(noted, values.get("heading", ""), standing, known)
    _bodies(noted, values, standing, known)
    _areas(noted, values.get("area", ""), standing, known)
    _serves(noted, values, standing, known)
    _days(noted, values, standing)
    _status(noted, values.get("status", ""), standing, known)
    _update(noted, values, standing, known, language, quarter)
    _parts(noted, row, standing, language)
    noted.put |= {"number": number}
    return noted.step(
        key=row.key,
        kind="actions",
        mark=str(number or ""),
        title=row.values.get("title", "") or (standing.action.pair("title").say() or standing.action.title_en if standing else ""),
        state="held" if number is None else "same" if standing else "new",
    )


def _words(noted: Noted, name: str, file: str, now: str) -> None:
    """An empty cell takes nothing away."""
    if file and not same_words(now, file):
        noted.change(name, now, file, **{name: file})


def _heading(noted: Noted, file: str, held: Number | None, known: Known) -> None:
    if not file:
        return
    section = known.sections.get(plain(file))
    if held and section and held.section_id == section.pk:
        return
    noted.change("heading", _said(held.section, "title") if held and held.section else "", file, section=section or file)


def _bodies(noted: Noted, values: dict[str, str], held: Number | None, known: Known) -> None:
    """Who leads: by the column of bodies or, where that says nothing, as the contacts propose. A person's name never goes into the plan."""
    found: dict[int, Any] = {}
    for piece in pieces(values.get("body", ""), known.bodies) if values.get("body") else ():
        body = known.bodies.get(plain(piece)) or known.body_within(piece)
        if body:
            found[body.pk] = body
        else:
            noted.leave("body", piece, _("No body of this partnership is called “%(name)s”.") % {"name": piece})
    for piece in pieces(values.get("contact", ""), known.people) if values.get("contact") else ():
        body = known.people.get(plain(piece)) or known.body_within(piece)
        if body is None:
            noted.leave(
                "contact",
                piece,
                _("The contact could not be matched with a body. It is kept in the list of what was left, and nowhere else."),
            )
        elif "body" not in values:
            found[body.pk] = body
            noted.doubts.append(
                _("The contact proposes that this body leads: %(body)s. The name itself stays out.") % {"body": _said(body, "name")}
            )
        else:
            noted.leave("contact", piece, _("The name of a contact stays out of the plan."))
    now = {body.pk: body for body in held.action.bodies.all()} if held and found else {}
    if found and set(found) != set(now):
        noted.change("body", _names(now.values()), _names(found.values()), bodies=list(found.values()))


def _areas(noted: Noted, file: str, held: Number | None, known: Known) -> None:
    found: dict[int, Any] = {}
    for piece in pieces(file, known.areas) if file else ():
        area = known.areas.get(plain(piece))
        if area:
            found[area.pk] = area
        elif plain(piece) in ("both", "both counties", "all", "y ddwy", "y ddwy sir", "pob un", "pob ardal"):
            found |= {each.pk: each for each in known.areas.values()}
        else:
            noted.leave("area", piece, _("No area of this partnership is called “%(name)s”.") % {"name": piece})
    now = {area.pk: area for area in held.action.areas.all()} if held and found else {}
    if found and set(found) != set(now):
        noted.change("area", _names(now.values()), _names(found.values()), areas=list(found.values()))


def _serves(noted: Noted, values: dict[str, str], held: Number | None, known: Known) -> None:
    """Themes and duties may share a column, as they do in our own tracker."""
    if not values.get("theme"):
        return
    own = {name: row for row in (*held.themes.all(), *held.duties.all()) for name in names_of(row)} if held else {}
    served = pieces(values["theme"], known.themes | known.duties | own)
    themes: dict[int, Any] = {}
    duties: dict[int, Any] = {}
    is_whole = False
    for piece in served:
        key = plain(piece)
        row = own.get(key) or known.themes.get(key) or known.duties.get(key)  # what it serves already, where two are called alike
        if isinstance(row, Theme):
            themes[row.pk] = row
        elif row:
            duties[row.pk] = row
        elif key in known.cross_cutting:
            is_whole = True
        else:
            noted.leave("theme", piece, _("No theme or duty here is called “%(name)s”.") % {"name": piece})
    if not (themes or duties or is_whole):
        return
    now_themes = {row.pk: row for row in held.themes.all() if not row.withdrawn_on} if held else {}
    now_duties = {row.pk: row for row in held.duties.all() if not row.withdrawn_on} if held else {}
    same = set(themes) == set(now_themes) and set(duties) == set(now_duties) and is_whole == bool(held and held.is_cross_cutting)
    if held and (same or (is_whole and held.is_cross_cutting)):
        return
    file = _("Cross-cutting") if is_whole else _names([*themes.values(), *duties.values()], "title")
    now = _("Cross-cutting") if held and held.is_cross_cutting else _names([*now_themes.values(), *now_duties.values()], "title")
    noted.change("theme", now, file, themes=list(themes.values()), duties=list(duties.values()), is_cross_cutting=is_whole)


def _days(noted: Noted, values: dict[str, str], held: Number | None) -> None:
    for name, column in (("start", "started_on"), ("due", "promised_on")):
        day = _day(noted, name, values.get(name, ""))
        now = getattr(held.action, column) if held else None
        if day and day != now:
            noted.change(name, _day_said(now), _day_said(day), **{column: day})


def _day(noted: Noted, name: str, file: str) -> Any:
    if not file:
        return None
    read = day_in(file, is_end=name != "start")
    if read is None:
        noted.leave(name, file, said(Note.of("day_unknown", said=file)))
        return None
    if not read[1]:
        noted.doubts.append(said(Note.of("day_not_exact", said=file, day=_day_said(read[0]))))
    return read[0]


def _status(noted: Noted, file: str, held: Number | None, known: Known) -> None:
    if not file:
        return
    status = known.status(file)
    if status is None:
        noted.leave("status", file, said(Note.of("status_unknown", said=file)))
    elif held is None or held.action.status != status:
        noted.change("status", str(STATUSES[held.action.status]) if held else "", str(STATUSES[status]), status=status)


def _update(noted: Noted, values: dict[str, str], held: Number | None, known: Known, language: str, quarter: str) -> None:
    """What was said of an action goes to the update of its quarter; where no quarter is told it is left, and said so."""
    told = {name: values[name] for name in UPDATE_FIELDS if values.get(name)}
    if not told:
        return
    ending = (quarter_in(values["quarter"]) if values.get("quarter") else None) or quarter
    if not ending:
        for name, text in told.items():
            noted.leave(name, text, _("Updates belong to a quarter. Say of which quarter this file speaks to have them taken over."))
        return
    updates = held.action.updates.all() if held else ()
    now = next((row for row in updates if row.quarter == ending and not row.withdrawn_on), None)
    put = update_values(noted, told, known)
    changed = {}
    for name, value in put.items():
        column = f"{_HALF[name]}_{language}" if name in _HALF else name
        stands = getattr(now, column) if now else None
        if (same_words(stands or "", value) if name in _HALF else stands == value) and now:
            continue
        changed[name] = value
        noted.change(name, shown(name, stands), shown(name, value))
    if changed:
        noted.put["update"] = {"quarter": ending, **changed}


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
    return _day_said(value) if name == "next_on" else str(value)


def _parts(noted: Noted, row: Row, held: Number | None, language: str) -> None:
    if not row.parts:
        return
    now = {part.code: part for part in held.action.sub_actions.all() if not part.withdrawn_on} if held else {}
    put = [
        (code[:10], words) for code, words in row.parts
        if words and not (code in now and same_words(getattr(now[code], f"title_{language}"), words))
    ]  # fmt: skip
    if put:
        before = "\n".join(f"{code} {getattr(now[code], f'title_{language}')}" for code, _words in put if code in now)
        noted.change("parts", before, "\n".join(f"{code} {words}" for code, words in put), parts=put)


def _said(row: Any, name: str) -> str:
    pair = row.pair(name)
    return str(pair.say() or pair.en or pair.cy)


def _names(rows: Any, name: str = "name") -> str:
    return "; ".join(sorted(_said(row, name) for row in rows))


def _day_said(day: Any) -> str:
    return date_format(day, "j F Y") if day else ""
