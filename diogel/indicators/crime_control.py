"""Reads the large series of recorded crime as a control chart: stated baseline, limits, and the rules that months break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.analysis.charts import Event, Point
from diogel.analysis.charts_control import Broken, Labels, limits_chart
from diogel.analysis.control_charts import Chart, Rule, Rules, Signal, u_chart, xmr
from diogel.analysis.periods import Month, months_from
from diogel.words.quarters import month_said

from .crime_found import Found
from .crime_pictures import label
from .crime_tables import what_said
from .crime_words import Noted
from .kept_drawings import drawn
from .spans import DASH

LUMPY = 10
"""Fewer than this a month, and single values are too lumpy for limits from their own steps: limits of chance are drawn instead."""
RULES = Rules()


@dataclass(frozen=True)
class Controlled:
    """The chart with its limits as counts a month; `first` and `last` are the baseline's months, `left_out` those that teach it nothing."""

    chart: Chart
    months: tuple[Month, ...]
    counts: tuple[int | None, ...]
    centre: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    left_out: tuple[Month, ...]

    @property
    def first(self) -> Month:
        return self.months[self.chart.baseline[0]]

    @property
    def last(self) -> Month:
        return self.months[self.chart.baseline[1]]


def controlled(found: Found, events: Sequence[Noted]) -> Controlled:
    """The large series on limits from the first part of the months asked for; the reader moves it by asking for other months."""
    months, counts = found.asked.months, found.main
    baseline = (0, baseline_of(len(months)) - 1)
    left_out = _left_out(months[: baseline[1] + 1], events)
    away = [months.index(month) for month in left_out]
    known = [n for at, n in enumerate(counts) if at <= baseline[1] and at not in away and n is not None]
    if known and sum(known) / len(known) >= LUMPY:
        chart = xmr(counts, baseline=baseline, floor=0.0, rules=RULES, left_out=away)
        scale = [1.0] * len(months)
    else:
        scale = [float(month.days) for month in months]
        chart = u_chart(counts, exposure=scale, baseline=baseline, rules=RULES, left_out=away)
    return Controlled(
        chart=chart, months=months, counts=counts, centre=_scaled([chart.centre] * len(months), scale), low=_scaled(chart.low, scale),
        high=_scaled(chart.high, scale), left_out=left_out,
    )  # fmt: skip


def baseline_of(months: int) -> int:
    """How many of the months asked for the limits come from: two years, one year, or all where there are few."""
    return 24 if months >= 30 else 12 if months >= 18 else months


def _left_out(months: Sequence[Month], events: Sequence[Noted]) -> tuple[Month, ...]:
    """Months of recorded events from which nothing is to be learnt."""
    found: set[Month] = set()
    for each in events:
        if each.row.is_excluded_from_baseline:
            last = Month.of(each.row.to_on) if each.row.to_on else months[-1]
            found |= set(months_from(Month.of(each.row.from_on), last))
    return tuple(month for month in months if month in found)


def _scaled(values: Sequence[float | None], scale: Sequence[float]) -> tuple[float | None, ...]:
    return tuple(None if value is None else value * by for value, by in zip(values, scale, strict=True))


def control_figure(found: Found, told: Controlled, *, where: str, marks: Sequence[tuple[Month, str]], source: str) -> dict[str, Any]:
    """The control chart as `dg/figure.html` takes it."""
    labels = Labels(high=_("upper limit"), centre=_("centre"), low=_("lower limit"), baseline=_("the baseline ends"), missing=_("no data"))
    broken = tuple((told.months[at], one.rule) for one in told.chart.signals for at in one.points)
    ends = told.last if told.last != told.months[-1] and told.chart.centre is not None else None
    rows = tuple(zip(told.months, told.counts, told.centre, told.low, told.high, strict=True))
    drawing = drawn(
        ("control", labels, rows, broken, ends, tuple(marks)),
        lambda: limits_chart(
            [Point(*row) for row in rows],
            broken=[Broken(month, rule) for month, rule in broken],
            baseline_ends=ends,
            labels=labels,
            events=[Event(month, word) for month, word in marks],
        ),
    )
    what = what_said(found.asked)
    title = finding(told, what, where)
    return {
        "title": title,
        "subtitle": how_said(told),
        "label": f"{title}. {label(what, where, told.months, told.counts)}",
        "wide": drawing.wide,
        "narrow": drawing.narrow,
        "source": source,
        "table": months_table(told, what),
    }


def finding(told: Controlled, what: str, where: str) -> str:
    """How many signals there are: what the control chart says, as a title."""
    n = len(told.chart.signals)
    named = {"what": what, "place": where, "n": n}
    if told.chart.centre is None:
        return _("%(what)s, %(place)s: too few known months to draw limits from") % named
    if not told.chart.signals:
        return _("%(what)s, %(place)s: no month breaks a rule of the control chart") % named
    return (
        ngettext("%(what)s, %(place)s: one signal on the control chart", "%(what)s, %(place)s: %(n)s signals on the control chart", n)
        % named
    )


def how_said(told: Controlled) -> str:
    """Which chart it is, which months its limits come from, and how far they can be relied on; whole sentences."""
    named = {"months": _span(told.first, told.last), "n": told.chart.known}
    if told.chart.centre is None:
        return _("Baseline: %(months)s; known months in it: %(n)s. At least 8 are needed.") % named
    if told.chart.kind == "XmR":
        said = [_("XmR chart. Limits from the average and the usual step of the baseline: %(months)s; known months in it: %(n)s.") % named]
        values = {"centre": _limit(told.centre[0]), "low": _limit(told.low[0]), "high": _limit(told.high[0])}
        said.append(_("Centre: %(centre)s; lower limit: %(low)s; upper limit: %(high)s.") % values)
    else:
        said = [_("u-chart. Limits of chance alone around the daily rate of the baseline: %(months)s; known months in it: %(n)s.") % named]
    if told.chart.is_provisional:
        said.append(_("The limits are provisional: a few more months may still move them."))
    if told.left_out:
        said.append(_("Months of a recorded event that taught the limits nothing: %(n)s.") % {"n": len(told.left_out)})
    return " ".join(said)


def rules_table(told: Controlled) -> dict[str, Any]:
    """Every rule with its mark and the months that break it, as `dg/table.html` takes it."""
    rows = []
    for rule, (mark, name) in rule_words().items():
        here = [one for one in told.chart.signals if one.rule == rule]
        rows.append([name, mark, "; ".join(_stretch(told, one) for one in here) if here else _("none")])
    columns = [{"label": _("Rule")}, {"label": _("Mark in the picture")}, {"label": _("Months")}]
    note = _("A month that breaks several rules bears the first mark. Season and trend look like signals here: a signal is a question.")
    return {"caption": _("Rules of the control chart"), "note": note, "columns": columns, "rows": rows, "stacks": True}


def rule_words() -> dict[Rule, tuple[str, str]]:
    """The mark and the name of each rule, in the order in which marks are drawn."""
    return {
        "outside": (_("circle"), _("Outside the limits")),
        "shift": (_("square"), _("%(n)s or more known months in a row on one side of the centre") % {"n": RULES.shift}),
        "trend": (_("triangle"), _("%(n)s or more known months in a row, each above or each below the one before") % {"n": RULES.trend}),
        "two of three": (_("diamond"), _("Two of three known months in a row in the outer third of one side")),
    }


def _stretch(told: Controlled, one: Signal) -> str:
    """The months of a signal with its side."""
    months = _span(told.months[one.points[0]], told.months[one.points[-1]])
    if one.rule == "trend":
        words = _("%(months)s, rising") if one.is_high else _("%(months)s, falling")
    else:
        words = _("%(months)s, above") if one.is_high else _("%(months)s, below")
    return words % {"months": months}


def _span(first: Month, last: Month) -> str:
    return month_said(first) if first == last else f"{month_said(first)} {DASH} {month_said(last)}"


def months_table(told: Controlled, what: str) -> dict[str, Any]:
    """Counts by month, the latest first, and the rules that each month breaks; limits too, where they differ from month to month."""
    names = rule_words()
    broken: dict[int, list[str]] = {}
    for rule in names:
        for at in {at for one in told.chart.signals if one.rule == rule for at in one.points}:
            broken.setdefault(at, []).append(names[rule][1])
    has_limits = told.chart.kind == "u" and told.chart.centre is not None
    rows = [
        [
            month_said(month),
            told.counts[at],
            *([_limit(told.low[at]), _limit(told.high[at])] if has_limits else []),
            "; ".join(broken.get(at, [])),
        ]
        for at, month in enumerate(told.months)
    ]
    limits = [{"label": label, "is_number": True} for label in (_("Lower limit"), _("Upper limit"))] if has_limits else []
    columns = [{"label": _("Month")}, {"label": what, "is_number": True}, *limits, {"label": _("Rule broken")}]
    return {"caption": what, "hides_caption": True, "columns": columns, "rows": rows[::-1], "stacks": True}


def _limit(value: float | None) -> str:
    return "" if value is None else f"{value:,.1f}"
