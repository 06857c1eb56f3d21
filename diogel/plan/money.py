"""What runs out when: money by its last day, drawn as a line of time, and the actions that go on beyond it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from diogel.processes.actions.process import RESTING

from .models import Number
from .models_money import Funding

SOON_DAYS = 183
"""Half a year: a bid takes about as long."""


@dataclass(frozen=True)
class Paid:
    """One sum as it is shown. `left` is days until it runs out, negative once it has; None where it does not."""

    row: Funding
    actions: tuple[dict[str, Any], ...]
    left: int | None
    outlasting: tuple[dict[str, Any], ...]

    @property
    def amount(self) -> Any:
        return _plain(self.row.amount)

    @property
    def spent(self) -> Any:
        return _plain(self.row.spent)

    @property
    def is_soon(self) -> bool:
        return self.left is not None and 0 <= self.left <= SOON_DAYS

    @property
    def is_past(self) -> bool:
        return self.left is not None and self.left < 0


def _plain(pounds: Any) -> Any:
    """Whole pounds without pence, where there are none."""
    return int(pounds) if pounds is not None and pounds == int(pounds) else pounds


def paid(user: Any, partnership: Any, day: date) -> list[Paid]:
    """Every sum that `user` may see, with the actions that they may see: what runs out first comes first."""
    held = Number.objects.standing().visible_to(user).filter(plan__partnership=partnership, plan__withdrawn_on=None)
    numbers: dict[int, Any] = {}
    for each in held.select_related("plan", "action").order_by("plan__from_on"):
        numbers[each.action_id] = each  # the newest plan's number stays
    rows = Funding.objects.standing().visible_to(user).filter(partnership=partnership).select_related("lead").prefetch_related("actions")
    found = [_paid(row, numbers, day) for row in rows]
    return sorted(found, key=lambda each: (each.row.runs_out_on or date.max, each.row.to_on or date.max, each.row.code))


def _paid(row: Funding, numbers: dict[int, Any], day: date) -> Paid:
    actions = [_action(numbers[each.pk]) for each in row.actions.all() if each.pk in numbers]
    end = row.runs_out_on
    outlasting = [each for each in actions if end and not each["rests"] and each["to"] and each["to"] > end]
    return Paid(row, tuple(actions), (end - day).days if end else None, tuple(outlasting))


def _action(held: Any) -> dict[str, Any]:
    action = held.action
    return {
        "number": held.number,
        "plan": held.plan.code,
        "title": action.pair("title").say() or action.title_en or action.title_cy,
        "to": action.promised_on or held.plan.to_on,
        "rests": action.status in RESTING,
    }


INK, PALE, NOW = "#12436D", "#DCE5EC", "#801650"
ROW, FOOT = 44, 26


def figure(rows: list[Paid], day: date) -> dict[str, Any] | None:
    """The picture: a bar a sum between its days, a stroke for today, the years below; wide and narrow. None where no sum has both days."""
    dated = [each.row for each in rows if each.row.from_on and each.row.to_on]
    if not dated:
        return None
    return {
        "title": _("What runs out when"),
        "subtitle": _("A full bar is granted, an empty one is not; the stroke across is today."),
        "label": _("A bar for each sum, from its first day to its last; the table below says the same."),
        "wide": _drawn(dated, day, 900),
        "narrow": _drawn(dated, day, 340),
    }


def _drawn(rows: list[Funding], day: date, wide: int) -> str:
    first = date(min([day, *(row.from_on for row in rows if row.from_on)]).year, 1, 1)
    last = date(max([day, *(row.to_on for row in rows if row.to_on)]).year + 1, 1, 1)

    def at(when: date | None) -> int:
        return round(wide * ((when or first) - first).days / (last - first).days)

    foot = ROW * len(rows)
    every = -(-(last.year - first.year) * 60 // wide)  # a year's number takes sixty units
    shapes = [
        format_html(
            '<line x1="{x}" x2="{x}" y1="0" y2="{foot}" stroke="{pale}"/><text x="{x}" y="{y}" font-size="15" fill="{ink}">{year}</text>',
            x=at(date(year, 1, 1)),
            foot=foot,
            y=foot + 20,
            pale=PALE,
            ink=INK,
            year="" if (year - first.year) % every else year,
        )
        for year in range(first.year, last.year)
    ]
    shapes.append(format_html('<line x1="{x}" x2="{x}" y1="0" y2="{y}" stroke="{now}" stroke-width="3"/>', x=at(day), y=foot, now=NOW))
    for index, row in enumerate(rows):
        x, end = at(row.from_on), at((row.to_on or last) + timedelta(days=1))
        title = row.pair("title").say() or row.title_en or row.title_cy
        shapes.append(
            format_html(
                '<text x="{at}" y="{above}" font-size="15" fill="{ink}">{title}</text>'
                '<rect x="{x}" y="{y}" width="{width}" height="14" fill="{fill}" stroke="{ink}" stroke-width="1.5"/>',
                at=min(x, max(0, wide - 8 * len(title))),
                above=ROW * index + 16,
                ink=INK,
                title=title,
                x=x,
                y=ROW * index + 22,
                width=max(3, end - x),
                fill=INK if row.state in (Funding.State.GRANTED, Funding.State.MAINSTREAMED) else "#FFFFFF",
            )
        )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>',
        wide,
        foot + FOOT,
        format_html_join("", "{}", ((each,) for each in shapes)),
    )
