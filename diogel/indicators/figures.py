"""Says an observation as a page shows it: the figure with its base, its state, what it was before, and what may be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from diogel.analysis.rates import percent_change

from .models import Accountability, Indicator, Measure, Observation
from .rules import FIGURES
from .spans import span_name, year_before

LEAST_FOR_A_SHARE = 30
"""A share of fewer than this is told as a part of its whole, without a percentage."""
LEAST_ANSWERS = 10
"""A survey's share of fewer answers than this is not told."""
TOLD = (*FIGURES, "base", "state", "text_cy", "text_en")

Unit = Measure.Unit


@dataclass(frozen=True)
class Earlier:
    """A figure that a correction replaced, and the day on which it did."""

    figure: str
    on_day: date | None


@dataclass(frozen=True)
class Said:
    """One observation in the language of the page. `figure` is empty where there is none to show; `letter` is p, c or nothing."""

    row: Observation
    period: str
    figure: str
    letter: str
    is_missing: bool
    is_withheld: bool
    base: str
    earlier: tuple[Earlier, ...]


@dataclass(frozen=True)
class Change:
    """A figure beside that of the same days a year before. `way` is empty where no arrow may stand."""

    sentence: str
    way: str = ""
    polarity: str = ""


def said(row: Observation, measure: Measure) -> Said:
    """`row` with everything that a table or a sentence needs of it."""
    few = row.wave_id is not None and row.base is not None and row.base < LEAST_ANSWERS
    earlier = tuple(Earlier(_figure(was, measure) or _("no data"), _day(was.get("on"))) for was in row.was)
    is_missing = row.state == Observation.State.MISSING
    is_corrected = any(was.get("state") != Observation.State.MISSING for was in row.was)
    letter = "p" if row.state == Observation.State.PROVISIONAL else "c" if is_corrected else ""
    return Said(
        row=row,
        period=span_name(row.from_on, row.to_on),
        figure="" if is_missing or few else _figure(_values(row), measure),
        letter="" if is_missing else letter,
        is_missing=is_missing,
        is_withheld=few and not is_missing,
        base=_base(row),
        earlier=earlier,
    )


def drawn_value(row: Observation, measure: Measure) -> float | None:
    """The height at which a chart draws `row`; None where there is none, or the whole is too small for a share."""
    if measure.unit in (Unit.PERCENT, Unit.RATIO):
        if row.denominator is not None and row.denominator < LEAST_FOR_A_SHARE:
            return None
        return _share(row.value, row.numerator, row.denominator)
    return float(row.value) if measure.unit in (Unit.COUNT, Unit.DAYS) and row.value is not None else None


def earlier_values(row: Observation, changed: Mapping[str, Any], *, on: str) -> list[dict[str, Any]]:
    """What `was` becomes when the columns in `changed` are written over the stored `row` on the day `on`: the latest first.

    Nothing is added where no figure, state or text that was told changes, nor for a provisional figure that becomes final as it is.
    """
    if row.pk is None:
        return []
    differs = {name for name in TOLD if name in changed and changed[name] != getattr(row, name)}
    became_final = differs == {"state"} and row.state == Observation.State.PROVISIONAL
    if not differs or became_final:
        return list(row.was)
    return [{name: _plain(value) for name, value in _values(row).items()} | {"on": on}, *row.was]


def change(row: Observation, rows: Sequence[Observation], measure: Measure, indicator: Indicator | None) -> Change | None:
    """`row` beside the figure of the same days a year before; None where either is missing or cannot be compared."""
    days = year_before(row.from_on, row.to_on)
    before = next((each for each in rows if (each.from_on, each.to_on) == days and each.wave_id == row.wave_id), None)
    if before is None or _amount(row, measure) is None or _amount(before, measure) is None:
        return None
    now, then = _amount(row, measure), _amount(before, measure)
    way = "within" if now == then else "above" if now > then else "below"  # type: ignore[operator]
    sentence = _compared(row, before, measure, way)
    if indicator is None or way == "within" or _is_too_small(row, before, measure):
        return Change(sentence)
    if indicator.accountability == Accountability.CONTRIBUTORY:
        return Change(sentence, polarity=_("We contribute to this figure and do not answer for it alone: it gets no arrow and no colour"))
    return Change(sentence, way=way, polarity=_polarity()[way, indicator.better])


def number(value: Any) -> str:
    """A number as both languages write it: commas at thousands, no zeros behind the point that say nothing, a real minus."""
    if value is None:
        return ""
    return f"{Decimal(str(value)).normalize():,f}".replace("-", "\N{MINUS SIGN}")


def _compared(row: Observation, before: Observation, measure: Measure, way: str) -> str:
    said_now, said_then = _figure(_values(row), measure), _figure(_values(before), measure)
    both = {"now": said_now, "before": said_then}
    if way == "within":
        return _("%(now)s, as in the same period a year before") % both
    if measure.unit == Unit.COUNT and (percent := percent_change(now=_count(row), base=_count(before))) is not None:
        words = {
            "above": _("From %(before)s to %(now)s in a year, %(percent)s%% more"),
            "below": _("From %(before)s to %(now)s in a year, %(percent)s%% fewer"),
        }
        return words[way] % (both | {"percent": f"{abs(percent):.0f}"})
    return _("From %(before)s to %(now)s in a year") % both


def _polarity() -> dict[tuple[str, str], str]:
    """Whether that is good, in words: no colour ever says it."""
    return {
        ("above", "up"): _("Higher than a year before, and more is better"),
        ("above", "down"): _("Higher than a year before, and fewer is better"),
        ("above", "neither"): _("Higher than a year before; neither way is better"),
        ("below", "up"): _("Lower than a year before, and more is better"),
        ("below", "down"): _("Lower than a year before, and fewer is better"),
        ("below", "neither"): _("Lower than a year before; neither way is better"),
    }


def _amount(row: Observation, measure: Measure) -> float | None:
    if row.state == Observation.State.MISSING:
        return None
    if measure.unit in (Unit.PERCENT, Unit.RATIO):
        return _share(row.value, row.numerator, row.denominator)
    return float(row.value) if measure.unit in (Unit.COUNT, Unit.DAYS) and row.value is not None else None


def _is_too_small(row: Observation, before: Observation, measure: Measure) -> bool:
    """A handful has no direction: a step from 4 to 7, or a share of a few, is told as it is and gets no arrow."""
    if measure.unit in (Unit.PERCENT, Unit.RATIO):
        return any(each.denominator is not None and each.denominator < LEAST_FOR_A_SHARE for each in (row, before))
    return measure.unit == Unit.COUNT and percent_change(now=_count(row), base=_count(before)) is None


def _count(row: Observation) -> int:
    """The count of a row that has one."""
    assert row.value is not None
    return int(row.value)


def _share(value: Any, part: Any, whole: Any) -> float | None:
    if part is not None and whole is not None:
        return float(100 * Decimal(str(part)) / Decimal(str(whole))) if Decimal(str(whole)) else None
    return float(value) if value is not None else None


def _values(row: Observation) -> dict[str, Any]:
    return {name: getattr(row, name) for name in TOLD}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _plain(value: Any) -> Any:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _figure(told: Mapping[str, Any], measure: Measure) -> str:
    """A figure of now or of before, in words and digits; empty where it was missing."""
    value, part, whole = told.get("value"), told.get("numerator"), told.get("denominator")
    if measure.unit == Unit.NARRATIVE:
        return _half(told)
    if measure.unit == Unit.YES_NO and value is not None:
        return _("yes") if Decimal(str(value)) else _("no")
    if part is not None and whole is not None:
        return _part_of(part, whole)
    if value is None:
        return ""
    if measure.unit == Unit.PERCENT:
        return f"{number(value)}%"
    if measure.unit == Unit.DAYS:
        days = Decimal(str(value))
        counted = int(days) if days == int(days) else 0
        return ngettext("%(days)s day", "%(days)s days", counted) % {"days": number(days)}
    return number(value)


def _part_of(part: Any, whole: Any) -> str:
    told = {"part": number(part), "whole": number(whole)}
    if Decimal(str(whole)) < LEAST_FOR_A_SHARE:
        return _("%(part)s of %(whole)s") % told
    return _("%(share)s%% (%(part)s of %(whole)s)") % (told | {"share": f"{_share(None, part, whole):.0f}"})


def _half(told: Mapping[str, Any]) -> str:
    cy, en = told.get("text_cy") or "", told.get("text_en") or ""
    return (cy or en) if (get_language() or "en").startswith("cy") else (en or cy)


def _base(row: Observation) -> str:
    if row.base_state == Observation.Base.NOT_PUBLISHED:
        return _("base not published")
    if row.base_state == Observation.Base.GIVEN and row.base is not None:
        if row.base < LEAST_FOR_A_SHARE:
            return _("base %(n)s: too few to rely on") % {"n": number(row.base)}
        return _("base %(n)s") % {"n": number(row.base)}
    return ""
