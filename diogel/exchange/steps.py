"""What taking a file over would do, row by row, before anything is done: what is new, what changes, what stays, what is held back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from diogel.analysis.reading.plan_found import Row
from diogel.analysis.reading.plan_languages import half_of

STATES = {
    "new": _("New"),
    "changed": _("Changed"),
    "same": _("No difference"),
    "held": _("Needs a number"),
}

FIELDS: dict[str, Any] = {
    "number": _("Number"),
    "reference": _("Row reference"),
    "heading": _("Heading"),
    "title": _("Title"),
    "text": _("What will be done"),
    "body": _("Bodies that lead"),
    "contact": _("Contact: people’s names, never published"),
    "person": _("Lead persons: by name, never published"),
    "area": _("Areas"),
    "theme": _("Theme or duty"),
    "duty": _("Duty"),
    "band": _("Band"),
    "group": _("Group that oversees it"),
    "milestones": _("Milestones"),
    "money": _("Source of money"),
    "amount": _("Amount, £"),
    "until": _("Money until"),
    "start": _("Starts on"),
    "due": _("To be done by"),
    "status": _("Status"),
    "rag": _("How it goes"),
    "percent": _("Per cent done"),
    "said": _("What has happened"),
    "obstacle": _("What stands in the way"),
    "next_step": _("Next step"),
    "next_on": _("Next step by"),
    "quarter": _("Quarter of the update"),
    "outputs": _("Inputs and outputs"),
    "short": _("Outcome in the short term"),
    "medium": _("Outcome in the medium term"),
    "long": _("Outcome in the long term"),
    "outcome": _("Outcomes of all terms in one column"),
    "lead": _("Role that leads"),
    "parts": _("Commitments under the number"),
}
"""What a column may hold; a kind of table takes those that `plan_heads` names for it."""

IN_LANGUAGE = {"cy": _("%(label)s, in Welsh"), "en": _("%(label)s, in English")}  # in Welsh the name of a language changes after "in"


def label_of(name: str) -> str:
    """A field as pages call it, or one half of it: `title_cy`."""
    field_name, language = half_of(name)
    label = str(FIELDS[field_name])
    return str(IN_LANGUAGE[language]) % {"label": label} if language else label


KINDS: dict[str, Any] = {"actions": _("Actions"), "outcomes": _("Outcomes"), "objectives": _("Priorities and objectives")}


@dataclass(frozen=True)
class Change:
    """One field that would change: as it stands now and as the file has it, in the language of the file or, for choices, the page;
    `language` where it is a half of a sentence, and `is_other` where that is not the language of the file."""

    field: str
    now: str
    file: str
    language: str = ""
    is_other: bool = False

    @property
    def label(self) -> str:
        return label_of(f"{self.field}_{self.language}" if self.is_other else self.field)

    @property
    def is_words(self) -> bool:
        """Whether it is a text in its own language; names, days and statuses are said in that of the page."""
        return bool(self.language)


@dataclass(frozen=True)
class Left:
    """Words of a row that are put nowhere, and why."""

    field: str
    text: str
    why: str

    @property
    def label(self) -> Any:
        return FIELDS[self.field]


@dataclass(frozen=True)
class Step:
    """One row of a file and what would become of it. `key` is its place in the file, `mark` its number or code; `put` is what would be
    written, by column, for whoever takes it over."""

    key: str
    kind: str
    mark: str
    title: str
    state: str
    changes: tuple[Change, ...] = ()
    doubts: tuple[str, ...] = ()
    left: tuple[Left, ...] = ()
    put: dict[str, Any] = field(default_factory=dict)

    @property
    def word(self) -> Any:
        return STATES[self.state]

    @property
    def print(self) -> str:
        """What was looked at, to know again that nothing moved since."""
        return repr((self.key, self.mark, self.state, [(each.field, each.language, each.now, each.file) for each in self.changes]))


@dataclass(frozen=True)
class Beside:
    """A row that hangs on an action: the one that stands, or none, with the words and columns that it would get."""

    row: Any
    words: dict[str, str]
    columns: dict[str, Any]


class Noted:
    """What is met while one row is compared."""

    def __init__(self, doubts: tuple[str, ...] = ()) -> None:
        self.changes: list[Change] = []
        self.doubts: list[str] = list(doubts)
        self.left: list[Left] = []
        self.put: dict[str, Any] = {}

    def change(self, name: str, now: str, file: str, **put: Any) -> None:
        self.changes.append(Change(name, now, file))
        self.put |= put

    def word(self, name: str, half: str, now: str, file: str, *, is_other: bool = False) -> None:
        """One half of a sentence; an empty cell takes nothing away."""
        if file and not same_words(now, file):
            self.changes.append(Change(name, now, file, half, is_other))
            self.put.setdefault(name, {})[half] = file

    def leave(self, name: str, text: str, why: str) -> None:
        """Words that find no place: said as a doubt, and kept in the list of what was left."""
        self.doubts.append(why)
        self.left.append(Left(name, text, why))

    def step(self, *, key: str, kind: str, mark: str, title: str, state: str) -> Step:
        if state == "same" and self.changes:
            state = "changed"
        return Step(key, kind, mark, title, state, tuple(self.changes), tuple(dict.fromkeys(self.doubts)), tuple(self.left), self.put)


def same_words(now: str, file: str) -> bool:
    """Whether two texts say the same: spaces, kinds of quotation mark and of bullet do not count."""
    return _bare(now) == _bare(file)


def _bare(text: str) -> str:
    for sign, plain_sign in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("\u00a0", " "), ("•", " "), ("\u00ad", "")):
        text = text.replace(sign, plain_sign)
    return " ".join(text.split())


def other_than(language: str) -> str:
    return "en" if language == "cy" else "cy"


def both_halves(row: Row, language: str) -> dict[str, dict[str, str]]:
    """By language, the words of a row: those in the language of the file first."""
    return {language: row.values, other_than(language): row.other}


def lacking(steps: list[Step]) -> dict[str, int]:
    """By language, how many rows have sentences that the file would put into the plan in the other one only."""
    told = [[said for said in step.put.values() if isinstance(said, dict)] for step in steps if step.state == "new"]
    return {half: sum(any(other_than(half) in said and half not in said for said in row) for row in told) for half in ("cy", "en")}
