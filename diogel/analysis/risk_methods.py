"""Methods of scoring risk as data: parts, factors, anchors in both languages, bands, and the day from which each version is valid."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

OURS = Path(__file__).with_name("risk_methods.toml")
Role = Literal["risk", "position"]


@dataclass(frozen=True, kw_only=True)
class Factor:
    """What is given a value from `low` up, each with an anchor (Welsh, English); it counts `weight` times."""

    code: str
    name_cy: str
    name_en: str
    low: int
    anchors: tuple[tuple[str, str], ...]
    weight: int = 1

    def __post_init__(self) -> None:
        if len(self.anchors) < 2 or any(len(pair) != 2 or not all(half.strip() for half in pair) for pair in self.anchors):
            raise ValueError(f"{self.code} needs two anchors or more, each in both languages")
        if self.weight < 1:
            raise ValueError(f"{self.code} counts {self.weight} times; a weight is a whole number above zero")

    @property
    def high(self) -> int:
        return self.low + len(self.anchors) - 1


@dataclass(frozen=True, kw_only=True)
class Part:
    """Factors that are added up, within `low` and `high`. Parts of the role `risk` are multiplied; `position` stands beside."""

    code: str
    role: Role
    low: int
    high: int
    factors: tuple[Factor, ...]

    def __post_init__(self) -> None:
        if not self.factors or self.low >= self.high or self.low < 0 or self.role not in ("risk", "position"):
            raise ValueError(f"{self.code} needs factors, a role of risk or position, and limits from zero up")

    def total(self, values: Mapping[str, int]) -> int:
        """The weighted sum, within the limits."""
        return min(max(sum(factor.weight * values[factor.code] for factor in self.factors), self.low), self.high)


@dataclass(frozen=True, kw_only=True)
class Method:
    """One version of a method. `bands` are (code, least score), highest first; the last takes in the lowest score there is."""

    code: str
    version: str
    valid_from: date
    name_cy: str
    name_en: str
    source: str
    parts: tuple[Part, ...]
    bands: tuple[tuple[str, int], ...]

    def __post_init__(self) -> None:
        codes = [factor.code for part in self.parts for factor in part.factors]
        if len(set(codes)) != len(codes):
            raise ValueError(f"{self.code} {self.version} names a factor twice")
        if not any(part.role == "risk" for part in self.parts):
            raise ValueError(f"{self.code} {self.version} has nothing to score")
        floors = [least for _, least in self.bands]
        if not floors or floors != sorted(set(floors), reverse=True) or floors[-1] > self.lowest:
            raise ValueError(f"{self.code} {self.version} needs bands from the highest down to its lowest score, {self.lowest}")

    @cached_property
    def factors(self) -> dict[str, Factor]:
        return {factor.code: factor for part in self.parts for factor in part.factors}

    @cached_property
    def risk_factors(self) -> tuple[str, ...]:
        return tuple(factor.code for part in self.parts if part.role == "risk" for factor in part.factors)

    @property
    def lowest(self) -> int:
        return self.score({factor.code: factor.low for part in self.parts for factor in part.factors})

    @property
    def highest(self) -> int:
        return self.score({factor.code: factor.high for part in self.parts for factor in part.factors})

    def score(self, values: Mapping[str, int]) -> int:
        """The product of the parts of risk. Values are not checked here."""
        found = 1
        for part in self.parts:
            if part.role == "risk":
                found *= part.total(values)
        return found

    def band(self, score: int) -> str:
        return next(code for code, least in self.bands if score >= least)


def read_methods(path: Path = OURS) -> tuple[Method, ...]:
    """Read methods from a TOML file of the shape of ours. ValueError, with the method, for one that could not be scored by."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["method"]
    except (tomllib.TOMLDecodeError, KeyError) as fault:
        raise ValueError(f"{path.name} holds no methods that can be read: {fault}") from fault
    methods = tuple(_method(table) for table in tables)
    if len({(one.code, one.version) for one in methods}) != len(methods):
        raise ValueError(f"{path.name} holds one version of a method twice")
    return methods


def method_on(methods: Sequence[Method], code: str, day: date) -> Method:
    """The newest version of a method on a day. KeyError where there was none."""
    versions = [one for one in methods if one.code == code and one.valid_from <= day]
    if not versions:
        raise KeyError(f"there was no method {code} on {day}")
    return max(versions, key=lambda one: one.valid_from)


def _method(table: dict[str, Any]) -> Method:
    try:
        return Method(
            **{name: table[name] for name in ("code", "version", "valid_from", "name_cy", "name_en", "source")},
            parts=tuple(_part(part) for part in table["part"]),
            bands=tuple((band["code"], band["at_least"]) for band in table["band"]),
        )
    except KeyError as fault:
        raise ValueError(f"method {table.get('code', '?')} has no {fault.args[0]}") from fault


def _part(table: dict[str, Any]) -> Part:
    known = set(Factor.__dataclass_fields__)
    if strange := [name for one in table["factor"] for name in one if name not in known]:
        raise ValueError(f"a factor of {table['code']} has {strange[0]}, which no factor has; it may have {', '.join(sorted(known))}")
    factors = tuple(Factor(**(one | {"anchors": tuple(tuple(pair) for pair in one["anchors"])})) for one in table["factor"])
    return Part(**{name: table[name] for name in ("code", "role", "low", "high")}, factors=factors)
