"""A published plan made ready for its pages: rows found by their number or code, and joined as the pages show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from .words import ACCOUNTABILITY, done, figure, polarity

Row = dict[str, Any]
BANDS = ("high", "medium_high", "medium", "low")


class Plan:
    """One snapshot of a plan, as read from its content."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content = content
        self.actions = {row["number"]: row for row in content["actions"]}
        self.themes = {row["code"]: row for row in content["themes"]}
        self.duties = {row["code"]: row for row in content["duties"]}
        self.priorities = {row["code"]: row | {"band": self._band(row)} for row in content["priorities"]}
        self.objectives = {row["code"]: row for row in content["objectives"]}
        self.indicators = {row["code"]: _indicator(row) for row in content["indicators"]}

    def covers(self, day: date) -> bool:
        return bool(self.content["from_on"] <= day <= self.content["to_on"])

    def has_ended(self, day: date) -> bool:
        return bool(self.content["to_on"] < day)

    @property
    def groups(self) -> list[Row]:
        """Every heading with its actions, the empty one too; what stands under none comes last."""
        groups = [row | {"rows": self._actions(row["actions"])} for row in self.content["sections"]]
        loose = [row for row in self.actions.values() if not row["section"]]
        return [*groups, {"title": None, "number": None, "rows": loose}] if loose else groups

    @property
    def standing(self) -> list[Row]:
        return [row for row in self.priorities.values() if row["listed"] == "standing"]

    @property
    def highlighted(self) -> list[Row]:
        return [row for row in self.priorities.values() if row["listed"] == "highlighted"]

    @property
    def first(self) -> list[Row]:
        """What is put first this year: the highlighted list where there is one, else the standing one."""
        return self.highlighted or self.standing

    @property
    def finding(self) -> str:
        """How many of the actions are complete, in a sentence."""
        return done(Counter(row["status"] for row in self.actions.values())["complete"], len(self.actions))

    @property
    def outcomes(self) -> list[Row]:
        return [
            row
            | {
                "theme_row": self.themes.get(row["theme"]),
                "duty_row": self.duties.get(row["duty"]),
                "action": self.actions.get(row["cited"]),
            }
            for row in self.content["outcomes"]
        ]

    def of_priority(self, row: Row) -> Row:
        """Everything that a priority's own page joins to it."""
        return {
            "themes": [self.themes[code] for code in row["themes"] if code in self.themes],
            "objectives": [self.objectives[code] for code in row["objectives"] if code in self.objectives],
            "actions": self._actions(row["actions"]),
            "indicators": [each for code, each in self.indicators.items() if code in self._shown_by(row)],
        }

    def of_action(self, row: Row) -> Row:
        return {
            "themes": [self.themes[code] for code in row["themes"] if code in self.themes],
            "duties": [self.duties[code] for code in row["duties"] if code in self.duties],
            "priorities": [self.priorities[code] for code in row["priorities"] if code in self.priorities],
            "indicators": [self.indicators[code] for code in row["indicators"] if code in self.indicators],
            "outcomes": [each for each in self.outcomes if each["cited"] == row["number"]],
        }

    def of_theme(self, row: Row) -> Row:
        priorities = [each for each in self.priorities.values() if row["code"] in each["themes"]]
        actions = [each for each in self.actions.values() if row["code"] in each["themes"]]
        shown = {code for each in actions for code in each["indicators"]}.union(*(self._shown_by(each) for each in priorities))
        return {
            "priorities": priorities,
            "actions": actions,
            "indicators": [each for code, each in self.indicators.items() if code in shown],
            "outcomes": [each for each in self.outcomes if each["theme"] == row["code"]],
        }

    def _shown_by(self, priority: Row) -> set[str]:
        """Codes of the indicators that show a priority: its own, and those of the actions that serve it."""
        return set(priority["indicators"]).union(*(action["indicators"] for action in self._actions(priority["actions"])))

    def _actions(self, numbers: Iterable[int]) -> list[Row]:
        return [self.actions[number] for number in numbers if number in self.actions]

    def _band(self, priority: Row) -> str:
        """The highest band among the themes that a priority answers; none where none has one."""
        bands = [self.themes[code]["band"] for code in priority["themes"] if code in self.themes]
        return min((band for band in bands if band), key=BANDS.index, default="")


def _indicator(row: Row) -> Row:
    return row | {
        "shown": [figure(each) for each in row["figures"]],
        "polarity": polarity(row["direction"], row["better"]),
        "accountability_words": ACCOUNTABILITY[row["accountability"]],
    }
