"""Rules of objectives and measures: directions that conflict, counts where a share is meant, no baseline, and what meets what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .finding import Found, named
from .opinions import counts_opinions

MOVES = ("increase", "decrease", "maintain")

OF_A_SURVEY = {
    "en": re.compile(r"\b(?:surveys?|questionnaires?)\b", re.I),
    "cy": re.compile(r"\b(?:arolwg|arolygon|holiadur(?:on)?)\b", re.I),
}


def directions_that_conflict(plan: dict[str, Any]) -> Iterator[Found]:
    for objective, measure in _met(plan):
        if objective["direction"] in MOVES and measure["direction"] in MOVES and objective["direction"] != measure["direction"]:
            words = {"objective": objective["code"], "measure": named(measure["title"]), "code": measure["code"]}
            yield Found(f"objective:{objective['code']}", words, form=f"{objective['direction']}_{measure['direction']}")


def _met(plan: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    objectives = {each["code"]: each for each in plan["objectives"]}
    for measure in plan["indicators"]:
        yield from ((objectives[code], measure) for code in measure["objectives"] if code in objectives)


def counts_where_a_share_is_meant(plan: dict[str, Any]) -> Iterator[Found]:
    """What people think or know is found by asking some of them: more answers give a greater number, whatever they say."""
    for measure in plan["indicators"]:
        if counts_opinions(measure["title"]):
            yield Found(f"measure:{measure['code']}", {"code": measure["code"], "title": named(measure["title"])})


def surveys_without_baseline(plan: dict[str, Any]) -> Iterator[Found]:
    """A measure from a survey that shall go up, down or stay, and of which no figure is kept from before the plan."""
    for measure in plan["indicators"]:
        asked = any(OF_A_SURVEY[half].search(measure[name][half]) for name in ("title", "definition", "source") for half in ("cy", "en"))
        if asked and measure["direction"] in MOVES and not measure["told_before"]:
            yield Found(f"measure:{measure['code']}", {"code": measure["code"], "title": named(measure["title"])})


def objectives_without_measure(plan: dict[str, Any]) -> Iterator[Found]:
    met = {code for measure in plan["indicators"] for code in measure["objectives"]}
    for objective in plan["objectives"]:
        if objective["code"] not in met:
            yield Found(f"objective:{objective['code']}", {"code": objective["code"], "title": named(objective["title"])})


def measures_without_objective(plan: dict[str, Any]) -> Iterator[Found]:
    """Only of a plan that has objectives at all."""
    for measure in plan["indicators"]:
        if plan["objectives"] and not measure["objectives"]:
            yield Found(f"measure:{measure['code']}", {"code": measure["code"], "title": named(measure["title"])})


RULES = {
    "directions-conflict": directions_that_conflict,
    "count-where-a-share-is-meant": counts_where_a_share_is_meant,
    "survey-without-baseline": surveys_without_baseline,
    "objective-without-measure": objectives_without_measure,
    "measure-without-objective": measures_without_objective,
}
