"""What an officer reads before publishing: which figures the public will not be told, why, and what earlier papers gave away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from diogel.indicators.models import Observation
from diogel.indicators.spans import span_name

from .ledger import Ledger
from .masks import Exposed, Masks
from .quarterly_scope import QuarterScope
from .snapshot_scopes import Scope


@dataclass(frozen=True)
class WithheldFigure:
    """A line of the table: which figure, of which days, and why it is withheld."""

    code: str
    title: str
    period: str
    why: str


@dataclass(frozen=True)
class Withholding:
    """`protecting` counts those that are withheld only so that others cannot be worked out; `exposed` are whole sentences."""

    figures: tuple[WithheldFigure, ...]
    protecting: int
    exposed: tuple[str, ...]


def of_quarter(scope: QuarterScope, held: Ledger) -> Withholding:
    """What the quarter's public paper would withhold as things stand."""
    return _shown(held, _told_in_quarter(scope, held.standing))


def of_plan(scope: Scope, held: Ledger) -> Withholding:
    """The same of a plan, which tells the newest figure of each measure."""
    reported = {pk for parts in scope.parts.values() for pk in parts}
    newest: dict[int, Observation] = {}
    for row in sorted(held.standing, key=lambda each: (each.to_on, each.from_on, each.pk)):
        if row.measure_id in reported:
            newest[row.measure_id] = row
    return _shown(held, newest.values())


def _told_in_quarter(scope: QuarterScope, rows: Iterable[Observation]) -> list[Observation]:
    standing = [row for row in rows if row.wave_id is None and row.measure.withdrawn_on is None]
    now, before = scope.spans
    reported = scope.measures_told or {row.measure_id for row in standing if (row.from_on, row.to_on) == now}
    return [row for row in standing if row.measure_id in reported and (row.from_on, row.to_on) in (now, before)]


def _shown(held: Ledger, to_tell: Iterable[Observation]) -> Withholding:
    rows = sorted(to_tell, key=lambda row: (row.measure.code, -row.to_on.toordinal()))
    masks = held.masks(rows)
    kept = [(row, masks.kept[row.pk]) for row in rows if row.pk in masks.kept]
    figures = tuple(
        WithheldFigure(row.measure.code, row.measure.pair("title").say(), span_name(row.from_on, row.to_on), _why(is_small=why.is_small))
        for row, why in kept
    )
    return Withholding(figures, sum(not why.is_small for _row, why in kept), tuple(_exposed(masks)))


def _why(*, is_small: bool) -> str:
    if is_small:
        return _("Too small to tell: a count of 1 to 4, or a share of fewer than ten answers.")
    return _("Withheld only to protect another figure, which could otherwise be worked out.")


def _exposed(masks: Masks) -> list[str]:
    return [_sentence(each) for each in masks.exposed]


def _sentence(each: Exposed) -> str:
    words = _(
        "A small count can be worked out from what was published before, and nothing withheld in this version can prevent it: "
        "%(codes)s, %(period)s."
    )
    return words % {"codes": ", ".join(each.codes), "period": span_name(each.from_on, each.to_on)}
