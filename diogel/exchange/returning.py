"""A form that came back: known again by its references, compared field by field, merged where nothing meets, and shown where two texts do."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from diogel.analysis.periods import Quarter
from diogel.analysis.reading.office import read_office
from diogel.analysis.reading.plan_heads import by_words
from diogel.analysis.reading.plan_values import plain
from diogel.analysis.reading.tables import Line, Reading, Table
from diogel.people.access import May, require
from diogel.people.models import Partnership
from diogel.people.versions import StaleSave
from diogel.people.writing import write
from diogel.processes.actions.models import Update
from diogel.processes.actions.progress import file_update, update_for
from diogel.records.workflow import MoveRefused

from .clock import at_home
from .comparing import update_values
from .known import Known
from .models import GivenForm, Returned
from .steps import FIELDS, Noted, same_words
from .update_form import ASKED, COLUMN, shown, stands

_REFERENCE = re.compile(r"\bF(\d{1,9})-(\d{1,9})\b")
NOW, FILE, BOTH = "now", "file", "both"


@dataclass(frozen=True)
class Field:
    """One field of one action: `was` when the form was given, `now` as it stands, `back` as the form has it, all as kept; `state` is
    same, take (only the form changed it) or meet (both did)."""

    name: str
    was: str
    now: str
    back: str
    state: str

    @property
    def label(self) -> Any:
        return FIELDS[self.name]

    @property
    def now_shown(self) -> str:
        return shown(self.name, self.now)

    @property
    def back_shown(self) -> str:
        return shown(self.name, self.back)

    @property
    def takes_both(self) -> bool:
        """Texts can stand one below the other; of a status or a day only one can be."""
        return self.name in COLUMN


@dataclass(frozen=True)
class Told:
    """What a form says of one action, and what could not be understood of it."""

    action: Any
    number: int
    version: int
    fields: tuple[Field, ...]
    doubts: tuple[str, ...]

    @property
    def changed(self) -> tuple[Field, ...]:
        return tuple(each for each in self.fields if each.state != "same")

    @property
    def meets(self) -> bool:
        return any(each.state == "meet" for each in self.fields)


def take_in(data: bytes, *, by: Any, partnership: Partnership, file_name: str) -> Returned:
    """Read a form that came back and keep what it says, waiting to be taken over. `Untaken` where it cannot be read; ValidationError
    where it bears no reference of this partnership's forms, those of several, or none of an action that its form was about."""
    require(by, May.UPDATE_ALL_ACTIONS, partnership)
    said = dict(_answers(read_office(data)))
    forms = {form for form, _action in said}
    held = GivenForm.objects.filter(pk__in=forms, plan__partnership=partnership).first() if len(forms) == 1 else None
    if held is None:
        raise ValidationError(
            _("This file holds the references of several forms. Send each form back on its own.") if len(forms) > 1
            else _("This is no form that was given out here: it bears no reference such as F12-7 that is known.")
        )  # fmt: skip
    answers = {str(action): fields for (_form, action), fields in said.items() if str(action) in held.stood}
    if not answers:
        raise ValidationError(
            _("None of the references in this file is of an action that its form was about. Put them back as they were, such as F12-7.")
        )
    left = [{"action": action, **fields} for (_form, action), fields in said.items() if str(action) not in held.stood]
    row = Returned(form=held)
    return write(
        row, by=by, file_name=file_name[-200:], sha256=hashlib.sha256(data).hexdigest(), said=answers, left=left,
        received_at=at_home(), received_by=by.reference,
    )  # fmt: skip


def _answers(reading: Reading) -> Iterator[tuple[tuple[int, int], dict[str, str]]]:
    """By form and action, the words in each field: a row an action, or a small table an action."""
    for table in reading.tables:
        heads: dict[int, str] = {}
        for line in table.lines:
            names = {at: name for at, cell in enumerate(line.cells) if (name := _field(cell.text))}
            if "reference" in names.values() and len(names) > 2:
                heads = names
            elif heads and (hit := _reference(line)):
                yield hit, {name: line.cells[at].text for at, name in heads.items() if name in ASKED and at < len(line.cells)}
        if not heads and table.lines and (hit := _reference(table.lines[0])):
            yield hit, dict(_pairs(table))


def _pairs(table: Table) -> Iterator[tuple[str, str]]:
    for line in table.lines[1:]:
        if len(line.cells) > 1 and (name := _field(line.cells[0].text)) in ASKED:
            yield str(name), line.cells[1].text


def _reference(line: Line) -> tuple[int, int] | None:
    hit = next((found for cell in line.cells if (found := _REFERENCE.search(cell.text))), None)
    return (int(hit.group(1)), int(hit.group(2))) if hit else None


@cache
def _labels() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in ("cy", "en"):
        with override(language):
            found |= {plain(str(FIELDS[name])): name for name in (*ASKED, "reference", "number")}
    return found


def _field(text: str) -> str | None:
    """Which field a head or label names: as our forms name it, or as such columns are called."""
    if len(text) > 60 or not text.strip():
        return None
    own = _labels().get(plain(text))
    if own:
        return own
    scores = {name: score for name, score in by_words(text, "actions").items() if score >= 0.99 and name in ASKED}
    return max(scores, key=lambda name: scores[name], default=None)


def told(returned: Returned, user: Any) -> list[Told]:
    """What the form says against what stands now, for each action that `user` may see."""
    form = returned.form
    known = Known(form.plan.partnership, form.plan, user, speaks=frozenset(ASKED))
    rows = {str(held.action_id): held for held in known.numbers.values() if not held.withdrawn_on and not held.action.withdrawn_on}
    found = []
    for action, words in returned.said.items():
        if action in rows:
            update = next((row for row in rows[action].action.updates.all() if row.quarter == form.quarter), None)
            found.append(_told(form, rows[action], update, words, known))
    return sorted(found, key=lambda each: each.number)


def _told(form: GivenForm, held: Any, update: Update | None, words: Mapping[str, str], known: Known) -> Told:
    noted = Noted()
    was, now = form.stood[str(held.action_id)], stands(update, form.language)
    filled = {name: text.strip() for name, text in words.items() if text.strip() and not same_words(text, shown(name, was[name]))}
    back = {name: str(value) for name, value in update_values(noted, filled, known).items()}
    if "status" in filled:
        if (status := known.status(filled["status"])) is not None:
            back["status"] = status
        else:
            noted.leave(
                "status", filled["status"], _("“%(said)s” is no status that is known here and is left out.") % {"said": filled["status"]}
            )
    fields = tuple(
        Field(name, was[name], now[name], back.get(name, ""), _state(was[name], now[name], back.get(name, ""))) for name in ASKED
    )
    return Told(held.action, held.number, update.version if update else 0, fields, tuple(noted.doubts))


def _state(was: str, now: str, back: str) -> str:
    if not back or same_words(back, was) or same_words(back, now):
        return "same"
    return "take" if same_words(now, was) else "meet"


def settle(
    returned: Returned, *, by: Any, choices: Mapping[str, str], versions: Mapping[str, int], skipped: frozenset[str] = frozenset()
) -> Returned:
    """Take a form over: fields that only it changed, and, where two texts meet, what `choices` says by `action-field` (now, file or
    both). `versions` are those of the updates that were looked at. What is not chosen is kept beside the form.

    ValidationError where a choice is missing, or somebody wrote meanwhile; then nothing is written."""
    require(by, May.UPDATE_ALL_ACTIONS, returned.partnership)
    with transaction.atomic():
        held = Returned.objects.select_for_update().get(pk=returned.pk)
        if held.state != Returned.State.WAITING:
            raise ValidationError(_("This form was taken over or thrown away already."))
        rows = [each for each in told(held, by) if str(each.action.pk) not in skipped]
        _check(rows, choices, versions)
        kept: dict[str, Any] = {}
        for each in rows:
            if each.changed:
                kept[str(each.action.pk)] = _file(each, held.form, choices, by)
        return write(held, by=by, state=Returned.State.TAKEN, kept=kept)


def _check(rows: list[Told], choices: Mapping[str, str], versions: Mapping[str, int]) -> None:
    for each in rows:
        if versions.get(str(each.action.pk), each.version) != each.version:
            raise ValidationError(_("Somebody wrote about action %(number)s meanwhile. Look at the texts again.") % {"number": each.number})
        for field in each.fields:
            allowed = (NOW, FILE, BOTH) if field.takes_both else (NOW, FILE)
            if field.state == "meet" and choices.get(f"{each.action.pk}-{field.name}") not in allowed:
                raise ValidationError(_("Two texts meet in action %(number)s. Choose what is to stand.") % {"number": each.number})


def _file(each: Told, form: GivenForm, choices: Mapping[str, str], by: Any) -> dict[str, Any]:
    """Write one action's update; answers the texts that met, both of them, with what was chosen."""
    values: dict[str, Any] = {}
    met = {}
    for field in each.changed:
        choice = choices.get(f"{each.action.pk}-{field.name}", FILE) if field.state == "meet" else FILE
        if field.state == "meet":
            met[field.name] = {"now": field.now, "file": field.back, "chosen": choice}
        if choice != NOW:
            values[field.name] = f"{field.now}\n{field.back}" if choice == BOTH else field.back
    if not values:
        return met
    update = update_for(each.action, Quarter.parse(form.quarter))
    pairs = {COLUMN[name]: _halves(update, COLUMN[name], text, form.language) for name, text in values.items() if name in COLUMN}
    columns: dict[str, Any] = {name: _column(name).to_python(value) for name, value in values.items() if name not in COLUMN}
    columns.setdefault("status", update.status or each.action.status)
    if getattr(update, "accepted_on", None):
        columns["correction"] = _("As the form that came back has it")
    try:
        file_update(update, by=by, seen=update.version if update.pk else None, pairs=pairs, **columns)
    except MoveRefused as refusal:
        raise ValidationError(_("Action %(number)s: %(why)s") % {"number": each.number, "why": refusal}) from None
    except StaleSave:
        raise ValidationError(
            _("Somebody wrote about action %(number)s meanwhile. Look at the texts again.") % {"number": each.number}
        ) from None
    return met


def _column(name: str) -> Any:
    return Update._meta.get_field(name)


def _halves(update: Update, name: str, text: str, language: str) -> tuple[str, str]:
    cy, en = getattr(update, f"{name}_cy"), getattr(update, f"{name}_en")
    return (text, en) if language == "cy" else (cy, text)
