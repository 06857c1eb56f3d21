"""What taking a file over would do, row by row, before anything is done: what is new, what changes, what stays, what is held back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from diogel.analysis.reading.plan_found import Row
from diogel.analysis.reading.plan_languages import half_of
from diogel.plan.models import Number

STATES = {
    "new": _("New"),
    "changed": _("Changed"),
    "same": _("No difference"),
    "held": _("Needs a number"),
    "untitled": _("Has no title"),
    "goes_on": _("Goes on"),
    "asked": _("Needs an answer"),
    "placeless": _("Finds no place"),
}
TAKES = ("new", "changed", "goes_on")
"""What is ticked when the preview opens: whatever would change something and lacks nothing."""
NEW = "new"
"""What a person says of a row that may go on from the plan before, and does not."""
ALL = "all"
"""What stands for the place of a row where a person answers for every measure that says nothing itself."""
WHOLE = "whole"
"""What a person says of an outcome that serves no single theme or duty."""

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
    "serving": _("Action that serves it"),
    "parts": _("Commitments under the number"),
    "measure": _("Measure"),
    "direction": _("What the plan wants of it"),
    "accountability": _("Who answers for it"),
    "unit": _("Unit"),
    "intro": _("Words above the list"),
}
"""What a column may hold; a kind of table takes those that `plan_heads` names for it."""

IN_LANGUAGE = {"cy": _("%(label)s, in Welsh"), "en": _("%(label)s, in English")}  # in Welsh the name of a language changes after "in"


def label_of(name: str) -> str:
    """A field as pages call it, or one half of it: `title_cy`."""
    field_name, language = half_of(name)
    label = str(FIELDS[field_name])
    return str(IN_LANGUAGE[language]) % {"label": label} if language else label


KINDS: dict[str, Any] = {
    "actions": _("Actions"),
    "outcomes": _("Outcomes"),
    "objectives": _("Priorities and objectives"),
    "measures": _("Measures"),
}


@dataclass(frozen=True)
class Ask:
    """What a person has still to say of a measure, or has said: the choices by what is sent for each, and that which was chosen for its
    own row; `is_said` where it was said there or once for all."""

    name: str
    choices: tuple[tuple[str, str], ...]
    chosen: str
    is_said: bool

    @property
    def label(self) -> Any:
        return ASKED[self.name]


ASKED: dict[str, Any] = {"which": _("Which measure of the plan it is")} | {
    name: FIELDS[name] for name in ("direction", "accountability", "unit")
}
"""What is asked of a measure where the file does not say it; the answer is sent by these names and the place of its row."""


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
class GoesOn:
    """The action of the plan before with which a row may go on: `held` is its number there. `is_sure` where it was told by an equal title
    and by no other row; `chosen` is that number, NEW, or nothing where a person has still to say."""

    held: Number
    is_sure: bool
    is_equal: bool
    is_shared: bool
    chosen: str

    @property
    def goes_on(self) -> bool:
        return self.chosen == str(self.held.number)

    @property
    def state(self) -> str:
        return "goes_on" if self.goes_on else "new" if self.chosen == NEW else "asked"

    def unsaid(self) -> GoesOn:
        return replace(self, chosen="")


@dataclass(frozen=True)
class Step:
    """One row of a file and what would become of it. `key` is its place in the file, `mark` its number or code; `put` is what would be
    written, by column, for whoever takes it over; `goes_on` where it is, or may be, an action of the plan before; `asks_whom` where an
    outcome names a theme or duty that is not known here; `asks` what a measure does not say itself."""

    key: str
    kind: str
    mark: str
    title: str
    state: str
    changes: tuple[Change, ...] = ()
    doubts: tuple[str, ...] = ()
    left: tuple[Left, ...] = ()
    put: dict[str, Any] = field(default_factory=dict)
    goes_on: GoesOn | None = None
    asks_whom: bool = False
    asks: tuple[Ask, ...] = ()

    @property
    def word(self) -> Any:
        return STATES[self.state]

    @property
    def print(self) -> str:
        """What was looked at, to know again that nothing moved since."""
        from_plan = (self.goes_on.held.pk,) if self.goes_on and self.goes_on.goes_on else ()
        changes = [(each.field, each.language, each.now, each.file) for each in self.changes]
        return repr((self.key, self.mark, self.state, changes, *from_plan))


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

    def step(
        self, *, key: str, kind: str, mark: str, title: str, state: str, goes_on: GoesOn | None = None, asks_whom: bool = False,
        asks: tuple[Ask, ...] = (),
    ) -> Step:  # fmt: skip
        if state == "same" and self.changes:
            state = "changed"
        doubts = tuple(dict.fromkeys(self.doubts))
        return Step(key, kind, mark, title, state, tuple(self.changes), doubts, tuple(self.left), self.put, goes_on, asks_whom, asks)


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


def both_parts(row: Row, language: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """By language, the commitments under the number of a row: those in the language of the file first."""
    return {language: row.parts, other_than(language): row.other_parts}


def lacking(steps: list[Step]) -> dict[str, int]:
    """By language, how many rows have sentences that the file would put into the plan in the other one only."""
    told = [[said for said in step.put.values() if isinstance(said, dict)] for step in steps if step.state == "new"]
    return {half: sum(any(other_than(half) in said and half not in said for said in row) for row in told) for half in ("cy", "en")}
