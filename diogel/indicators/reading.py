"""Reads measures with their figures for the pages: one query a table, however many rows a page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Exists, F, OuterRef, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from .chart_of_figures import figure_of
from .figures import Said, change, number, said
from .models import Indicator, Measure, Observation, Wave, crime_type_name
from .recorded import Recorded, base_of, recorded, rows_from_store, source_of
from .rounds import Owed, owed


@dataclass(frozen=True)
class Line:
    """A measure in a list: what reports it, its latest figure, the one before where the latest is missing, what it owes.

    `parts` are the measures of which an indicator with several figures is made; `recorded` is the count of the police files where
    the measure is counted from them.
    """

    measure: Measure
    indicator: Indicator | None
    latest: Said | None
    before: Said | None
    owed: Owed | None
    parts: tuple[Line, ...] = ()
    recorded: Recorded | None = None

    @property
    def is_owing(self) -> bool:
        """Whether a reader looks in vain for the latest figure: it never came, is missing or late. What has come to a rest owes
        nothing."""
        if self.latest is None:
            return any(part.is_owing for part in self.parts) if self.parts else self.recorded is None
        if self.owed and self.owed.has_stopped:
            return False
        return bool(self.owed) or self.latest.is_missing


@dataclass(frozen=True)
class Listed:
    """The three lists of the page of figures."""

    indicators: tuple[Line, ...]
    measures: tuple[Line, ...]
    waves: tuple[Wave, ...]


@dataclass(frozen=True)
class Question:
    """One question of a survey round, its answers as they were published, its note, and what must be said of their sum."""

    text: Any
    answers: tuple[tuple[Measure, Said], ...]
    note: Any
    sum_said: str


def listed(user: Any, partnership: Any, today: date) -> Listed:
    """Everything on the page of figures, in four queries."""
    reported = Indicator.objects.visible_to(user).standing().filter(measure__partnership=partnership, measure__withdrawn_on=None)
    indicators = list(reported.select_related("measure__body", "measure__area"))
    in_a_survey = Observation.objects.filter(measure=OuterRef("pk"), wave__isnull=False)
    alone = Measure.objects.visible_to(user).standing().filter(~Exists(in_a_survey), partnership=partnership).select_related("body", "area")
    latest = _latest(user, partnership)
    known = {row.measure_id for row in indicators}
    unreported = [row for row in alone if row.pk not in known]
    counted = recorded([*(row.measure for row in indicators), *unreported], today)

    def line(measure: Measure, indicator: Indicator | None) -> Line:
        return replace(_line(measure, indicator, latest.get(measure.pk, []), today), recorded=counted.get(measure.pk))

    others = [line(row, None) for row in unreported]
    lines = [line(row.measure, row) for row in indicators]
    whole = [replace(each, parts=tuple(part for part in others if is_part(part.measure.code, each.measure.code))) for each in lines]
    taken = {part.measure.pk for each in whole for part in each.parts}
    return Listed(
        indicators=tuple(whole),
        measures=tuple(each for each in others if each.measure.pk not in taken),
        waves=tuple(Wave.objects.visible_to(user).standing().filter(partnership=partnership)),
    )


def is_part(code: str, whole: str) -> bool:
    """Whether a measure is one of several figures of an indicator: its code is the other's with letters behind, as G3a of G3."""
    return code != whole and code.startswith(whole) and code.removeprefix(whole).isalpha()


def measure_page(measure: Measure, user: Any, today: date) -> dict[str, Any]:
    """What the page of one measure shows."""
    told = Observation.objects.visible_to(user).filter(measure=measure, wave__withdrawn_on=None)
    every = list(told.select_related("wave").order_by("-to_on", "-from_on"))
    typed = [row for row in every if row.withdrawn_on is None]
    counted = [] if typed else rows_from_store(measure, today)
    rows = typed or counted
    indicators = list(Indicator.objects.visible_to(user).filter(measure=measure))
    standing = [row for row in indicators if row.withdrawn_on is None]
    lines = [said(row, measure) for row in rows]
    parts = _parts(measure, user) if standing and not rows else []
    return {
        "measure": measure,
        "indicators": standing,
        "gone_indicators": [row for row in indicators if row.withdrawn_on],
        "lines": lines,
        "shows_p": any(line.letter == "p" for line in lines),
        "shows_c": any(line.letter == "c" for line in lines),
        "gone": [said(row, measure) for row in every if row.withdrawn_on],
        "parts": parts,
        "heading": _heading(measure, lines, has_parts=bool(parts)),
        "counted_from": source_of(measure, counted),
        "residents_said": base_of(measure) if counted else "",
        "types_said": ", ".join(crime_type_name(name) for name in measure.crime_types),
        "change": change(rows[0], rows, measure, standing[0] if standing else None) if rows else None,
        "owed": owed(typed, today),
        "figure": figure_of(measure, rows),
        "waves": list({line.row.wave_id: line.row.wave for line in lines if line.row.wave}.values()),
        "has_parts": any(line.row.denominator is not None for line in lines),
        "has_bases": any(line.base for line in lines),
    }


def _parts(measure: Measure, user: Any) -> list[Measure]:
    """The measures that a whole without figures of its own is made of."""
    rows = Measure.objects.visible_to(user).standing().filter(partnership=measure.partnership, code__startswith=measure.code)
    return [row for row in rows if is_part(row.code, measure.code)]


def wave_questions(wave: Wave, user: Any) -> list[Question]:
    """The questions of a round in the order in which they were entered."""
    rows = Observation.objects.visible_to(user).standing().filter(wave=wave, measure__withdrawn_on=None).select_related("measure", "wave")
    grouped = groupby(rows.order_by("measure_id"), key=lambda row: (row.measure.definition_cy, row.measure.definition_en))
    return [_question(list(group)) for _text, group in grouped]


def _question(rows: Sequence[Observation]) -> Question:
    notes = {(row.note_cy, row.note_en) for row in rows}
    answers = tuple((row.measure, said(row, row.measure)) for row in rows)
    return Question(
        text=rows[0].measure.pair("definition"),
        answers=answers,
        note=rows[0].pair("note") if len(notes) == 1 and notes != {("", "")} else None,
        sum_said=_sum_said(rows),
    )


def _sum_said(rows: Sequence[Observation]) -> str:
    """Rounded shares of one question may add up to 99 or 101: shown as published and said, never mended."""
    shares = [row.value for row in rows]
    if len(shares) < 2 or any(share is None for share in shares):
        return ""
    total = sum(share for share in shares if share is not None)
    if total not in (99, 101):
        return ""
    return _("The shares add up to %(sum)s because each was rounded. They are shown as they were published") % {"sum": number(total)}


def _latest(user: Any, partnership: Any) -> dict[int, list[Observation]]:
    """The two newest observations of each measure, newest first."""
    newest = Window(RowNumber(), partition_by=F("measure"), order_by=[F("to_on").desc(), F("from_on").desc()])
    rows = Observation.objects.visible_to(user).standing().filter(measure__partnership=partnership).annotate(place=newest)
    found: dict[int, list[Observation]] = {}
    for row in rows.filter(place__lte=2).order_by("measure", "place"):
        found.setdefault(row.measure_id, []).append(row)
    return found


def _line(measure: Measure, indicator: Indicator | None, rows: Sequence[Observation], today: date) -> Line:
    lines = [said(row, measure) for row in rows]
    latest, before = [*lines, None, None][:2]
    shows_before = latest is not None and latest.is_missing and before is not None and not before.is_missing
    return Line(measure, indicator, latest, before if shows_before else None, owed(rows, today))


def _heading(measure: Measure, lines: Sequence[Said], *, has_parts: bool) -> str:
    pair = measure.pair("title")
    title = pair.say() or pair.en or pair.cy
    if has_parts:
        return title
    if not lines:
        return _("%(title)s: no figure has come yet") % {"title": title}
    latest = lines[0]
    if measure.unit == Measure.Unit.NARRATIVE or latest.is_withheld:
        return title
    told = {"title": title, "period": latest.period, "figure": latest.figure}
    if latest.is_missing:
        return _("%(title)s: no data, %(period)s") % told
    return _("%(title)s: %(figure)s, %(period)s") % told
