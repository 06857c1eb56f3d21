"""Harm: counts of offences times weights that the user loads, with each offence's share; bundles of offences are refused."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from .reading.coded import Reason, Refusal
from .reading.harm_reasons import BUNDLES
from .reading.police_uk import Unreadable
from .reading.sheets import read_columns

SWAMPED = 0.5
"""Share of all harm from which an offence of few events is said to swamp the rest."""
FEW = 5


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Weight of one event of each offence, in `unit` (such as days of imprisonment), as `source` gave them on `dated_on`."""

    by_offence: Mapping[str, float]
    unit: str
    source: str
    dated_on: date

    def __post_init__(self) -> None:
        if not self.by_offence:
            raise Refusal.because("no_weights")
        if not (self.unit.strip() and self.source.strip()):
            raise Refusal.because("weights_of_nothing")
        for offence, weight in self.by_offence.items():
            refuse_bundle(offence)
            if isinstance(weight, bool) or not (isinstance(weight, (int, float)) and weight >= 0 and math.isfinite(weight)):
                raise Refusal.because("bad_weight", offence=offence, weight=repr(weight))


@dataclass(frozen=True, kw_only=True)
class Part:
    """One offence: how many, the weight of one, their harm, and its share of all harm (None where all harm is zero)."""

    offence: str
    count: int
    weight: float
    harm: float
    share: float | None


@dataclass(frozen=True, kw_only=True)
class Harm:
    """`total` harm in the unit of the weights, of `count` events, and its `parts`, most harm first.

    `error` is the standard error of the total if events come as Poisson counts. `swamped_by` names the offence of fewer than
    five events that holds half of all harm or more: such a total is told with and without it. `left_out` are offences
    without a weight that one agreed to leave out, with their counts.
    """

    total: float
    error: float
    count: int
    parts: tuple[Part, ...]
    swamped_by: str | None
    left_out: Mapping[str, int]
    weights: Weights

    def without(self, offence: str) -> float:
        """The total but for one offence. KeyError where it is not among the parts."""
        if offence not in {part.offence for part in self.parts}:
            raise KeyError(f"no events of {offence}")
        return math.fsum(part.harm for part in self.parts if part.offence != offence)


def harm(counts: Mapping[str, int], weights: Weights, *, leave_out: Collection[str] = ()) -> Harm:
    """Sum of count times weight (Sherman, Neyroud and Neyroud 2016). Offences are named as in the weights, in any case.

    ValueError for a category that bundles offences of different harm, for an offence without a weight unless it is one to
    `leave_out`, and for what is no count. It describes: nothing is tested.
    """
    known = {_plain(offence): weight for offence, weight in weights.by_offence.items()}
    agreed = {_plain(offence) for offence in leave_out}
    weighed: list[tuple[str, int, float]] = []
    left_out: dict[str, int] = {}
    for offence, count in counts.items():
        if isinstance(count, bool) or not isinstance(count, (int, np.integer)) or count < 0:
            raise Refusal.because("no_count", count=repr(count), offence=offence)
        refuse_bundle(offence)
        if _plain(offence) in known:
            weighed.append((offence, int(count), float(known[_plain(offence)])))
        elif _plain(offence) in agreed:
            left_out[offence] = int(count)
        else:
            raise Refusal.because("weightless", offence=offence, source=weights.source)
    _refuse_twice([offence for offence, _, _ in weighed])
    total = math.fsum(count * weight for _, count, weight in weighed)
    parts = tuple(
        Part(offence=offence, count=count, weight=weight, harm=count * weight, share=count * weight / total if total else None)
        for offence, count, weight in sorted(weighed, key=lambda one: (-one[1] * one[2], one[0]))
    )
    return Harm(
        total=total,
        error=math.sqrt(math.fsum(count * weight**2 for _, count, weight in weighed)),
        count=sum(count for _, count, _ in weighed),
        parts=parts,
        swamped_by=next((part.offence for part in parts if part.share and part.share >= SWAMPED and part.count < FEW), None),
        left_out=left_out,
        weights=weights,
    )


def read_weights(
    path: Path, *, unit: str, source: str, dated_on: date, offence: str = "offence", weight: str = "weight", sheet: str | None = None
) -> Weights:
    """Weights from a CSV or Excel file with a row an offence; `offence` and `weight` name its two columns.

    Unreadable, in one sentence, at the first row that has no offence or no weight, repeats an offence, or bundles offences: a
    table with a hole in it would make totals that look whole.
    """
    read = read_columns(path, (offence, weight), sheet=sheet)
    found: dict[str, float] = {}
    seen: set[str] = set()
    for number, name, value in zip(read.numbers, read.columns[offence], read.columns[weight], strict=True):
        told = " ".join(str(name).split()) if name is not None else ""
        if fault := read.faults.get(number):
            raise Unreadable.because("weight_row_unread", row=number, why=fault)
        if not told:
            raise Unreadable.because("weight_alone", row=number)
        if _plain(told) in seen:
            raise Unreadable.because("weight_twice", row=number, offence=told[:80])
        seen.add(_plain(told))
        found[told] = _weight(value, number)
    try:
        return Weights(by_offence=found, unit=unit, source=source, dated_on=dated_on)
    except Refusal as fault:
        raise Unreadable.because(fault.code, **dict(fault.values)) from None


def refuse_bundle(offence: str) -> None:
    """ValueError, in a sentence, where `offence` is a category that bundles offences of different harm."""
    if not offence.strip():
        raise Refusal.because("nameless_offence")
    if holds := BUNDLES.get(_plain(offence)):
        raise Refusal.because("bundle", offence=offence, holds=Reason.of(holds))


def _plain(offence: str) -> str:
    """A name without what differs between tables: case, signs, the number of spaces."""
    return " ".join(re.sub(r"[^\w]+", " ", offence.replace("&", " and ")).casefold().split())


def _refuse_twice(offences: list[str]) -> None:
    plain = [_plain(offence) for offence in offences]
    for at, name in enumerate(plain):
        if name in plain[:at]:
            raise Refusal.because("offence_twice", offence=offences[at], other=offences[plain.index(name)])


def _weight(value: object, number: int) -> float:
    text = "" if value is None else str(value).strip()
    try:
        found = float(text.replace(",", "")) if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text) else float(text)
    except ValueError:
        found = math.nan
    if isinstance(value, bool) or not math.isfinite(found) or "_" in text:
        raise Unreadable.because("weight_no_number", row=number)
    if found < 0:
        raise Unreadable.because("weight_below_zero", row=number)
    return found
