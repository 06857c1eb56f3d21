"""The six authorities of North Wales: codes of both LSOA vintages, names, parents and populations, without a database.

Codes and counts come from ONS lookups, the 2021 Census and the mid-2020 estimates (Open Government Licence v3.0); the
Welsh names of authorities are those in official use. LSOAs are published under English names only, an authority's and a number;
the Welsh name is made of the same number and the authority's own.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from django.utils.translation import gettext as _

DATA = Path(__file__).with_name("data")

Kind = Literal["authority", "csp", "force", "lsoa"]


class UnknownArea(LookupError):
    """A code that this table does not hold; the message is a sentence that names it."""


@dataclass(frozen=True, kw_only=True)
class Authority:
    """A local authority with the codes of its statistical community safety partnership and of its police force.

    `force_slug` is the force's name in the names of police.uk files.
    """

    code: str
    name_cy: str
    name_en: str
    csp: str
    force: str
    force_slug: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """One row of the lookup from LSOAs of 2011 to those of 2021: U unchanged, M merged, S split."""

    authority: str
    lsoa11: str
    lsoa11_name: str
    change: str
    lsoa21: str
    lsoa21_name: str

    @property
    def unit(self) -> str:
        """The coarser side of the change: what two became one is counted as one, and so is what one became two."""
        return self.lsoa11 if self.change == "S" else self.lsoa21


@dataclass(frozen=True, kw_only=True)
class Population:
    """Usual residents of an area in a year, with who says so."""

    residents: int
    year: int
    source: str


SOURCES = {
    # Tables of one census differ by a few persons an area, on purpose: this one's authorities are the sums of its LSOAs.
    "census-2021": "Census 2021, usual residents by ethnic group (ONS)",
    "mid-2020": "Mid-2020 population estimates (ONS)",
}


@cache
def _authorities() -> tuple[Authority, ...]:
    return tuple(Authority(**row) for row in _rows("north_wales_authorities.csv"))


@cache
def changes() -> tuple[Change, ...]:
    """All 424 rows of the LSOA lookup, by authority and code of 2011. Source: ONS, exact-fit lookup LSOA 2011 to LSOA 2021."""
    return tuple(Change(**row) for row in _rows("north_wales_lsoa.csv"))


@cache
def lsoa_units() -> dict[str, tuple[str, str]]:
    """Each LSOA code of either vintage to (unit, authority), where a unit is ground that both vintages can be counted on.

    432 codes make 416 units. A unit bears the code of the coarser side of a change, which for unchanged LSOAs is their own.
    """
    found = {}
    for change in changes():
        found[change.lsoa11] = found[change.lsoa21] = (change.unit, change.authority)
    return dict(sorted(found.items()))


@cache
def units() -> tuple[str, ...]:
    """The 416 units, by authority and then by code."""
    return tuple(unit for _authority, unit in sorted({(authority, unit) for unit, authority in lsoa_units().values()}))


@cache
def kind_of(code: str) -> Kind:
    """Which kind of area a code is. UnknownArea if it is none here."""
    for authority in AUTHORITIES:
        if code == authority.code:
            return "authority"
        if code == authority.csp:
            return "csp"
        if code == authority.force:
            return "force"
    if code in lsoa_units():
        return "lsoa"
    raise UnknownArea(
        _(
            "“%(code)s” is not an area known here. Give the code of an authority (W06000002), a community safety partnership "
            "(W14000002), the force (W15000001) or an LSOA of North Wales (W01000050)."
        )
        % {"code": code}
    )


@cache
def units_of(code: str) -> tuple[str, ...]:
    """The units an area is made of; for an LSOA the one unit it lies in. UnknownArea if the code is none here."""
    if kind_of(code) == "lsoa":
        return (lsoa_units()[code][0],)
    inside = {authority.code for authority in AUTHORITIES if code in (authority.code, authority.csp, authority.force)}
    where = dict(lsoa_units().values())
    return tuple(unit for unit in units() if where[unit] in inside)


@cache
def common_code(code: str) -> str:
    """The code under which an area is counted: an LSOA's unit, any other area's own code."""
    return units_of(code)[0] if kind_of(code) == "lsoa" else code


@cache
def authorities_of(code: str) -> tuple[str, ...]:
    """The authorities an area lies in or is made of. UnknownArea if the code is none here."""
    if kind_of(code) == "lsoa":
        return (lsoa_units()[code][1],)
    return tuple(authority.code for authority in AUTHORITIES if code in (authority.code, authority.csp, authority.force))


@cache
def force_of(code: str) -> str:
    """The slug of the territorial force whose files count an area."""
    inside = authorities_of(code)[0]
    return next(authority.force_slug for authority in AUTHORITIES if authority.code == inside)


@cache
def name_of(code: str) -> tuple[str, str]:
    """Welsh and English name of an area; of an LSOA or unit that changed, that of its coarser side."""
    if kind_of(code) == "force":
        return FORCE_NAMES[code]
    for authority in AUTHORITIES:
        if code in (authority.code, authority.csp):
            return authority.name_cy, authority.name_en
    unit = common_code(code)
    change = next(change for change in changes() if change.unit == unit)
    name = change.lsoa11_name if change.change == "S" else change.lsoa21_name
    return welsh_of(name), name


@cache
def welsh_of(english: str) -> str:
    """The Welsh name of a small area: `Ynys Môn 001A` of `Isle of Anglesey 001A`. What is called after no authority keeps its name."""
    for authority in AUTHORITIES:
        if english.startswith(f"{authority.name_en} "):
            return english.replace(authority.name_en, authority.name_cy, 1)
    return english


@cache
def population(code: str, year: int = 2021) -> Population:
    """Residents of an area in 2021 (any area) or 2020 (authority and above); the parts of a larger area are summed.

    UnknownArea for a code or for a year that is not held: no other year is taken in its place.
    """
    held = _populations()
    parts: tuple[str, ...] = (code,)
    if kind_of(code) in ("csp", "force"):
        parts = authorities_of(code)
    elif kind_of(code) == "lsoa":
        unit = common_code(code)
        parts = tuple(sorted({change.lsoa21 for change in changes() if change.unit == unit}))
    found = [held[part, year] for part in parts if (part, year) in held]
    if len(found) < len(parts):
        raise UnknownArea(_("No population of %(code)s is held for %(year)s.") % {"code": code, "year": year})
    return Population(residents=sum(residents for residents, _source in found), year=year, source=found[0][1])


def own_population(code: str, year: int = 2021) -> Population | None:
    """Residents as they were counted for this very code, nothing summed; None where none are held."""
    held = _populations().get((code, year))
    return Population(residents=held[0], year=year, source=held[1]) if held else None


@cache
def _populations() -> dict[tuple[str, int], tuple[int, str]]:
    rows = _rows("north_wales_population.csv")
    return {(row["code"], int(row["year"])): (int(row["residents"]), SOURCES[row["source"]]) for row in rows}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


AUTHORITIES = _authorities()
"""The six, in the order of their codes."""

FORCE_NAMES = {"W15000001": ("Gogledd Cymru", "North Wales")}
"""Welsh and English name of each force area."""
