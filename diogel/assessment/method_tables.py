"""A method of scoring as a table that a row keeps, and back; the methods that come with the product."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from functools import cache
from typing import Any

from diogel.analysis.risk_methods import Factor, Method, Part, read_methods


@cache
def built_in() -> dict[str, Method]:
    """The newest version of each method that comes with the product, by its code."""
    return {one.code: one for one in sorted(read_methods(), key=lambda one: one.valid_from)}


def table_of(method: Method) -> dict[str, Any]:
    """Parts and bands of a method as plain values."""
    return {
        "parts": [asdict(part) | {"factors": [_plain(factor) for factor in part.factors]} for part in method.parts],
        "bands": [{"code": code, "at_least": least} for code, least in method.bands],
    }


def _plain(factor: Factor) -> dict[str, Any]:
    return asdict(factor) | {"anchors": [list(pair) for pair in factor.anchors]}


def method_of(code: str, from_on: date, table: dict[str, Any]) -> Method:
    """What `table_of` wrote, read back. ValueError, KeyError or TypeError for a table by which nothing could be scored."""
    parts = tuple(Part(**(part | {"factors": tuple(_factor(each) for each in part["factors"])})) for part in table["parts"])
    bands = tuple((band["code"], band["at_least"]) for band in table["bands"])
    return Method(code=code, version=str(from_on), valid_from=from_on, name_cy="", name_en="", source="", parts=parts, bands=bands)


def _factor(table: dict[str, Any]) -> Factor:
    return Factor(**(table | {"anchors": tuple((cy, en) for cy, en in table["anchors"])}))
