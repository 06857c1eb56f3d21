"""How the page of recorded crime tells what the next quarter is likely to hold, or why it says nothing."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from diogel.analysis.charts_ahead import Told, ahead_chart
from diogel.analysis.periods import Month, Quarter
from diogel.analysis.reading.police_uk import CRIME_TYPES
from diogel.words.quarters import month_said

from .crime_asked import Asked
from .kept_drawings import Drawn, drawn
from .outlook_found import CRIME, WHOLE, Outlook
from .outlook_kept import Kept
from .rules import INCIDENTS
from .spans import span_name


def beside(kept: Kept | None, asked: Asked, *, what: str, where: str, source: str) -> dict[str, Any]:
    """What the page says of the next quarter, where it shows the months up to it: a figure with how often such ranges held, or in one
    sentence why there is none."""
    if kept is not None and asked.last != kept.last:
        return {}
    if kept is None:
        return {"outlook_said": [_("What the next quarter is likely to hold is worked out by night: diogel nightly.")]}
    old = [_("Rows have been loaded since this was worked out; the next night takes them in.")] if kept.is_old else []
    asks = series_of(asked)
    one = kept.series.get(asks) if asks else None
    if one is None:
        return {"outlook_said": [_("Choose one type, or all of them, to see what the next quarter is likely to hold.")]}
    if one.state != "told":
        return {"outlook_said": [why_silent(one, kept.quarter), *old]}
    said = [coverage_said(one), coverage_of_all(kept.series), _("This is for planning, and is no target."), *old]
    return {"outlook": outlook_figure(one, kept.quarter, what=what, where=where, source=source), "outlook_said": said}


def series_of(asked: Asked) -> tuple[str, str] | None:
    """Which series a question is about: an area or all, a type or all crime; None where it is about several types that are not all."""
    crimes = tuple(name for name in CRIME_TYPES if name != INCIDENTS)
    type_ = asked.types[0] if len(asked.types) == 1 else CRIME if asked.crimes == crimes else None
    area = asked.places[0].code if len(asked.places) == 1 else WHOLE
    return (area, type_) if type_ else None


def outlook_figure(one: Outlook, quarter: Quarter, *, what: str, where: str, source: str) -> dict[str, Any]:
    """A range that is told, as `dg/figure.html` takes it, with how often such ranges held."""
    drawing = drawing_of(one, quarter)
    title = _("%(what)s, %(place)s: %(low)s to %(high)s expected, %(quarter)s") % {
        "what": what, "place": where, "low": f"{one.low:,}", "high": f"{one.high:,}", "quarter": quarter_said(quarter),
    }  # fmt: skip
    coverage = coverage_said(one)
    return {
        "title": title,
        "subtitle": _(
            "If things go on as they have. A pale stroke is a range told from what was known before, a dot what then came; the dashed outline lies ahead."
        ),
        "label": f"{title}. {coverage}",
        "wide": drawing.wide,
        "narrow": drawing.narrow,
        "source": source,
        "table": table(one, quarter),
    }


def drawing_of(one: Outlook, quarter: Quarter) -> Drawn:
    """The picture of a series in the language of the page; drawn at night, kept, and taken as it stands by day."""
    assert one.low is not None
    assert one.high is not None
    coming = Told(quarter, one.low, one.high)
    earlier = [Told(Quarter.parse(each["quarter"]), each["low"], each["high"], each["observed"]) for each in one.tried]
    label = _("expected: %(low)s to %(high)s") % {"low": f"{one.low:,}", "high": f"{one.high:,}"}
    return drawn(("ahead", label, coming, tuple(earlier)), lambda: ahead_chart(earlier, coming, label=label))


def coverage_said(one: Outlook) -> str:
    """How often such ranges held, as whole sentences; with a warning where they held in fewer than half."""
    told = {"held": one.held, "tried": len(one.tried)}
    said = _("Of the last %(tried)s quarters, %(held)s fell inside such a range; four in five are meant to.") % told
    warning = _("These ranges have not held: do not plan by this one alone.")
    return f"{said} {warning}" if 2 * one.held < len(one.tried) else said


def coverage_of_all(series: dict[tuple[str, str], Outlook]) -> str:
    """The same over all series of the page, where most is known of how far ranges can be relied on."""
    told = [one for one in series.values() if one.state == "told"]
    tried, held = sum(len(one.tried) for one in told), sum(one.held for one in told)
    return _("Over all series of these areas it was %(held)s of %(tried)s.") % {"held": held, "tried": tried}


def why_silent(one: Outlook, quarter: Quarter) -> str:
    """Why nothing is said of the quarter: one whole sentence."""
    told = {"quarter": quarter_said(quarter), "months": "; ".join(month_said(Month.parse(month)) for month in one.months)}
    if one.state == "partial":
        return _("%(quarter)s: nothing is said, because these of the latest months are not whole: %(months)s.") % told
    if one.state == "step":
        return (
            _("%(quarter)s: nothing is said, because the level of this series has been another since about this month: %(months)s.") % told
        )
    return _("%(quarter)s: nothing is said, because the history is too short to try such ranges on.") % told


def table(one: Outlook, quarter: Quarter) -> dict[str, Any]:
    """The coming range and the earlier ones with what came, the latest first."""
    coming = [quarter_said(quarter), f"{one.low:,}–{one.high:,}", _("not yet known"), _("ahead")]
    rows = [
        [
            quarter_said(Quarter.parse(each["quarter"])),
            f"{each['low']:,}–{each['high']:,}",
            f"{each['observed']:,}",
            _("inside") if each["low"] <= each["observed"] <= each["high"] else _("outside"),
        ]
        for each in reversed(one.tried)
    ]
    columns = [
        {"label": _("Quarter")},
        {"label": _("Range told before"), "is_number": True},
        {"label": _("Recorded"), "is_number": True},
        {"label": _("Inside or outside")},
    ]
    caption = _("Ranges told before each quarter, and what came")
    return {"caption": caption, "hides_caption": True, "columns": columns, "rows": [coming, *rows], "stacks": True}


def quarter_said(quarter: Quarter) -> str:
    return span_name(quarter.months[0].first_day, quarter.ending.last_day)
