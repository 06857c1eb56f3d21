"""Two waves of a survey: whether their answers may be compared, and what changed where they may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .shares import Interval, newcombe
from .tables import Line, Tabulation, together

Obstacle = Literal["wording", "options", "kind", "sampling", "method", "modes", "weighting", "kept_back"]


@dataclass(frozen=True, kw_only=True)
class Change:
    """`difference` of the later share less the earlier, as a part of one; None where the waves cannot be compared.

    `interval` only where both waves were random samples: otherwise other people chose to respond, and how many of them
    would have changed their answer nobody knows.
    """

    before: Line | None
    after: Line | None
    difference: float | None
    interval: Interval | None
    obstacles: tuple[Obstacle, ...]


def obstacles(before: Tabulation, after: Tabulation) -> tuple[Obstacle, ...]:
    """Everything that differs between two waves and would pass for a change of mind."""
    one, other = before.question, after.question
    differs: dict[Obstacle, bool] = {
        "wording": " ".join(one.wording.split()) != " ".join(other.wording.split()),
        "options": one.options != other.options,
        "kind": one.kind != other.kind,
        "sampling": before.survey.sampling != after.survey.sampling,
        "method": before.survey.method != after.survey.method,
        "modes": set(before.survey.modes) != set(after.survey.modes),
        "weighting": ("weighted" in before.notes) != ("weighted" in after.notes),
        "kept_back": not before.lines or not after.lines,
    }
    return tuple(name for name, found in differs.items() if found)


def change(before: Tabulation, after: Tabulation, options: tuple[str, ...], *, level: float = 0.95) -> Change:
    """How the share of one option, or of several together, changed. KeyError for an option that is not there.

    Null hypothesis, where an interval is told: the same share of the population would have answered so in both waves.
    The two samples are taken to be drawn apart; a panel that was asked twice is not.
    """
    if found := obstacles(before, after):
        return Change(before=None, after=None, difference=None, interval=None, obstacles=found)
    first, last = (table.line(options[0]) if len(options) == 1 else together(table, options, level=level) for table in (before, after))
    is_sample = before.survey.sampling == "probability"
    interval = newcombe(last.share, after.effective, first.share, before.effective, level=level) if is_sample else None
    return Change(before=first, after=last, difference=last.share - first.share, interval=interval, obstacles=())
