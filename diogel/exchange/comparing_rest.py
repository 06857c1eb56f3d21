"""Compares what a file says of outcomes, priorities and objectives with the plan as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from diogel.analysis.reading.plan_found import Row
from diogel.analysis.reading.plan_measures import directions_in
from diogel.analysis.reading.plan_objectives import count_of
from diogel.analysis.reading.plan_values import band_in, number_in, plain
from diogel.analysis.reading.table_reasons import Note
from diogel.indicators.models import Direction
from diogel.words.refusals import said

from .going_on import standing_for
from .known import Known, called, names_of
from .names import find
from .steps import WHOLE, Noted, Step, both_halves, same_words

TEXTS = ("outputs", "short", "medium", "long")
_PRIORITY = re.compile(r"^\s*(?:priority|blaenoriaeth)\s+(\w+)\s*[:.–-]\s*(.+)$", re.IGNORECASE | re.DOTALL)


def outcome_steps(
    rows: list[Row], known: Known, language: str, bearing: Mapping[int, Step], choices: Mapping[str, str]
) -> list[Step]:  # fmt: skip
    """Rows are known again by theme, duty and number; of several alike the first is the first. `bearing` are the actions of the file by
    their number; `choices`, by the place of a row, whom it serves. What is said of one row counts for those below with the same words."""
    free = list(known.outcomes) if rows else []
    said: dict[str, str] = {}
    steps = []
    for row in rows:
        words = plain(row.values.get("theme", "") or row.values.get("duty", ""))
        said |= {words: choices[row.key]} if choices.get(row.key) else {}
        steps.append(_outcome(row, known, language, free, bearing, said.get(words, "")))
    return steps


def whom(known: Known) -> dict[str, Any]:
    """What a person may choose an outcome to serve, by what is sent for it: each theme and duty that this plan may name."""
    rows = [("theme", row) for row in known.themes.values()] + [("duty", row) for row in known.duties.values()]
    return {f"{kind} {row.pk}": row for kind, row in rows}


def _outcome(row: Row, known: Known, language: str, free: list[Any], bearing: Mapping[int, Step], choice: str) -> Step:
    noted = Noted(tuple(said(note) for note in row.doubts))
    theme = _one_of(noted, "theme", row.values.get("theme", ""), known)
    duty = find(known.duties, row.values.get("duty", ""))
    if row.values.get("duty") and duty is None:
        noted.leave("duty", row.values["duty"], _("No duty here is called “%(name)s”.") % {"name": row.values["duty"]})
    asks_whom = bool(noted.left) and theme is None and duty is None
    if asks_whom and (chosen := whom(known).get(choice)):
        theme, duty = (chosen, None) if choice.startswith("theme") else (None, chosen)
    is_unsaid = asks_whom and choice != WHOLE and not (theme or duty)
    alike = (each for each in free if each.cited == row.number and _is(each.theme, theme) and _is(each.duty, duty))
    held = next((each for each in alike if not is_unsaid or _reads_so(each, row, language)), None)
    if held:
        free.remove(held)
    _band(noted, row.values.get("band", ""), held.theme if held else theme)
    for half, words in both_halves(row, language).items():
        for name in TEXTS:
            noted.word(name, half, getattr(held, f"{name}_{half}") if held else "", words.get(name, ""), is_other=half != language)
            if name == "outputs" and half in noted.put.get(name, {}):
                noted.put[name][half] = _listed(noted.put[name][half])
    if row.number and held is None:
        _serving(noted, row.number, {"themes": theme, "duties": duty}, known, bearing)
    if row.number and (known.numbers or bearing) and row.number not in known.numbers and row.number not in bearing:
        noted.doubts.append(_("The plan has no action %(number)s.") % {"number": row.number})
    noted.put |= {"row": held, "theme": theme, "duty": duty, "cited": row.number}
    title = next((row.values[name] for name in ("theme", "duty") if row.values.get(name)), "")
    state = "same" if held else "asked" if is_unsaid else "new"
    return noted.step(
        key=row.key, kind="outcomes", mark=str(row.number or ""), title=title, state=state, asks_whom=asks_whom and not (is_unsaid and held)
    )


def _reads_so(held: Any, row: Row, language: str) -> bool:
    """Whether a row that stands says what the file says, though it names no theme or duty."""
    halves = both_halves(row, language)
    return all(
        same_words(getattr(held, f"{name}_{half}"), words[name]) for half, words in halves.items() for name in TEXTS if words.get(name)
    )


def _serving(noted: Noted, number: int, served: dict[str, Any], known: Known, bearing: Mapping[int, Step]) -> None:
    """A row that is new says that the action which it cites serves its theme and its duty; one that stands says nothing more of it, so
    that what a person changed since stays."""
    step = bearing.get(number)
    held = standing_for(number, known, step.goes_on if step else None)
    if step is None and held is None:
        return
    serves = {name: [*(step.put.get(name, ()) if step else ()), *(getattr(held, name).all() if held else ())] for name in served}
    new = {name: row for name, row in served.items() if row and not any(_is(each, row) for each in serves[name])}
    if new:
        title = step.title if step else called(held.action, "title")  # type: ignore[union-attr]
        noted.change("serving", "", f"{number}. {title}", serving=new)


def _is(now: Any, file: Any) -> bool:
    """Whether two themes, or two duties, are one: by what they are called, for each assessment has its own."""
    return bool(names_of(now) & names_of(file)) if now and file else now is file


def _one_of(noted: Noted, name: str, text: str, known: Known) -> Any:
    if not text or plain(text) in known.cross_cutting:
        return None
    theme = find(known.themes, text)
    if theme is None:
        noted.leave(name, text, _("No theme here is called “%(name)s”.") % {"name": text})
    return theme


def _band(noted: Noted, file: str, theme: Any) -> None:
    """Bands belong to the assessment: an import never changes one, and says where the file has another."""
    if file and (theme is None or band_in(file) is None or band_in(file) != theme.band):
        noted.leave(
            "band", file, _("The file has the band “%(band)s”. Bands are kept in the assessment and are not changed here.") % {"band": file}
        )


def _listed(text: str) -> str:
    """One output a line, without bullets."""
    return "\n".join(line.lstrip("•-– \t") for line in text.split("\n") if line.strip())


def objective_step(row: Row, known: Known, language: str) -> Step:
    """An objective under its priority; both are made where they are not there."""
    noted = Noted(tuple(said(note) for note in row.doubts))
    code = row.values["number"].strip().rstrip(".)")[:10]
    held = known.objectives.get(code)
    halves = both_halves(row, language)
    for half, words in halves.items():
        noted.word("text", half, getattr(held, f"title_{half}") if held else "", words.get("text", ""), is_other=half != language)
    read = {half: _priority(words["heading"], code) for half, words in halves.items() if words.get("heading")}
    number = next((number for number, _title in read.values()), 0) or _priority("", code)[0]
    priority = next((each for each in known.priorities if each.number == number), None)
    titles = {half: title or halves[half]["heading"] for half, (_number, title) in read.items()}
    for half, (_number, title) in read.items():
        now = getattr(priority, f"title_{half}") if priority else ""
        if priority is None or (title and not now):
            noted.word("heading", half, "", titles[half], is_other=half != language)
        elif title and not same_words(now, title):
            noted.leave("heading", title, _("The plan words this priority in another way, and keeps its own words."))
    body = known.body_within(row.values["lead"]) if row.values.get("lead") else None
    if row.values.get("lead") and body is None:
        noted.leave(
            "lead", row.values["lead"], _("No body of this partnership could be found in “%(name)s”.") % {"name": row.values["lead"]}
        )
    stated = stated_direction(noted, (words.get("text", "") for words in halves.values()))
    now = held.direction if held else ""
    if stated and stated != now:
        noted.change("direction", str(Direction(now).label) if now else "", str(Direction(stated).label), direction=stated)
    noted.put |= {"code": code, "row": held, "priority": priority, "number": number, "title": titles}
    noted.put |= {"lead": (row.values.get("lead", ""), body) if body else None}
    text = next(filter(None, (words.get("text") for words in halves.values())), "")
    return noted.step(key=row.key, kind="objectives", mark=code, title=text[:120], state="same" if held else "new")


def _priority(heading: str, code: str) -> tuple[int, str]:
    """The number and the words of a priority: as its heading has them, or by the first figure of its objectives."""
    number, title = priority_in(heading)
    first = code.split(".")[0]
    return number or (int(first) if first.isdecimal() else 1), title


def priority_in(heading: str) -> tuple[int, str]:
    """The number of a priority, 0 where its heading gives none, and its words."""
    if hit := _PRIORITY.match(heading):
        return count_of(hit.group(1)), hit.group(2).strip().rstrip(":")
    alone = number_in(heading)
    return (alone[0], "") if alone else (0, heading.strip())


def stated_direction(noted: Noted, texts: Iterable[str]) -> str:
    """The one direction that texts state; where they name two that is told, and none is taken."""
    found = {name for text in texts for name in directions_in(text)}
    if len(found) > 1:
        noted.doubts.append(said(Note.of("two_directions")))
    return found.pop() if len(found) == 1 else ""
