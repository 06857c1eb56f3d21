"""What police.uk monthly street files look like: their names, columns, crime types and forces."""

from __future__ import annotations

import re
from dataclasses import dataclass

from diogel.analysis.periods import Month

from .coded import Refusal

COLUMNS = (
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
)

CRIME_TYPES: dict[str, tuple[str, str]] = {
    "Anti-social behaviour": ("Ymddygiad gwrthgymdeithasol", "Anti-social behaviour"),
    "Bicycle theft": ("Dwyn beiciau", "Bicycle theft"),
    "Burglary": ("Byrgleriaeth", "Burglary"),
    "Criminal damage and arson": ("Difrod troseddol a llosgi bwriadol", "Criminal damage and arson"),
    "Drugs": ("Cyffuriau", "Drugs"),
    "Other crime": ("Troseddau eraill", "Other crime"),
    "Other theft": ("Dwyn arall", "Other theft"),
    "Possession of weapons": ("Bod ag arfau ym meddiant", "Possession of weapons"),
    "Public order": ("Trefn gyhoeddus", "Public order"),
    "Robbery": ("Lladrad", "Robbery"),
    "Shoplifting": ("Dwyn o siopau", "Shoplifting"),
    "Theft from the person": ("Dwyn oddi ar y person", "Theft from the person"),
    "Vehicle crime": ("Troseddau cerbydau", "Vehicle crime"),
    "Violence and sexual offences": ("Trais a throseddau rhywiol", "Violence and sexual offences"),
}
"""Name in the files to (Welsh, English) label, in the order of the names. Anti-social behaviour is incidents, not crimes."""

TYPES = tuple(CRIME_TYPES)

SYNTHETIC_LABEL = "Synthetic"
"""Stands in the Context column of invented rows; published files leave that column empty."""

REPORTERS = {
    "Avon and Somerset Constabulary": "avon-and-somerset",
    "Bedfordshire Police": "bedfordshire",
    "British Transport Police": "btp",
    "Cambridgeshire Constabulary": "cambridgeshire",
    "Cheshire Constabulary": "cheshire",
    "City of London Police": "city-of-london",
    "Cleveland Police": "cleveland",
    "Cumbria Constabulary": "cumbria",
    "Derbyshire Constabulary": "derbyshire",
    "Devon & Cornwall Police": "devon-and-cornwall",
    "Dorset Police": "dorset",
    "Durham Constabulary": "durham",
    "Dyfed-Powys Police": "dyfed-powys",
    "Essex Police": "essex",
    "Gloucestershire Constabulary": "gloucestershire",
    "Greater Manchester Police": "greater-manchester",
    "Gwent Police": "gwent",
    "Hampshire Constabulary": "hampshire",
    "Hertfordshire Constabulary": "hertfordshire",
    "Humberside Police": "humberside",
    "Kent Police": "kent",
    "Lancashire Constabulary": "lancashire",
    "Leicestershire Police": "leicestershire",
    "Lincolnshire Police": "lincolnshire",
    "Merseyside Police": "merseyside",
    "Metropolitan Police Service": "metropolitan",
    "Norfolk Constabulary": "norfolk",
    "North Wales Police": "north-wales",
    "North Yorkshire Police": "north-yorkshire",
    "Northamptonshire Police": "northamptonshire",
    "Northumbria Police": "northumbria",
    "Nottinghamshire Police": "nottinghamshire",
    "Police Service of Northern Ireland": "northern-ireland",
    "South Wales Police": "south-wales",
    "South Yorkshire Police": "south-yorkshire",
    "Staffordshire Police": "staffordshire",
    "Suffolk Constabulary": "suffolk",
    "Surrey Police": "surrey",
    "Sussex Police": "sussex",
    "Thames Valley Police": "thames-valley",
    "Warwickshire Police": "warwickshire",
    "West Mercia Police": "west-mercia",
    "West Midlands Police": "west-midlands",
    "West Yorkshire Police": "west-yorkshire",
    "Wiltshire Police": "wiltshire",
}
"""What `Reported by` says to the force in file names."""

LAST_LSOA_OF_2011 = {"E01": "E01033768", "W01": "W01001958"}
"""The highest code of the 2011 LSOAs; a higher one is of 2021 only. Source: ONS lookup LSOA 2011 to LSOA 2021."""

_STREET = re.compile(r"(\d{4}-\d{2})-([a-z]+(?:-[a-z]+)*)-street(?: ?\(\d+\))?\.csv(?:\.gz)?")
_FORCE = re.compile(r"\d{4}-\d{2}-([a-z]+(?:-[a-z]+)*?)-(?:street|outcomes|stop-and-search)(?: ?\(\d+\))?\.csv(?:\.gz)?")
_ELSE = re.compile(r"\d{4}-\d{2}-[a-z-]+-(outcomes|stop-and-search)(?: ?\(\d+\))?\.csv(?:\.gz)?")


class Unreadable(Refusal):
    """A file that cannot be taken; the message is one clear reason, an English sentence without the file's name.

    `code` names the reason (see `coded`) and `values` what its sentence tells, as (name, text) pairs.
    """


@dataclass(frozen=True, order=True)
class FileKey:
    """A month of a force: what one street file holds, and what a later file of the same name replaces."""

    month: Month
    force: str

    def __str__(self) -> str:
        return f"{self.month}-{self.force}"

    @classmethod
    def parse(cls, text: str) -> FileKey:
        return cls(Month.parse(text[:7]), text[8:])


def key_of(name: str) -> FileKey:
    """Month and force of a file name like `2024-01-north-wales-street.csv.gz`. Unreadable for any other name.

    A number in brackets, as browsers add to a second download, is passed over; so is upper case.
    """
    found = _STREET.fullmatch(name.lower())
    if not found:
        raise Unreadable.because("unnamed")
    try:
        return FileKey(Month.parse(found[1]), found[2])
    except ValueError as fault:
        raise Unreadable.because("no_such_month", month=found[1]) from fault


def kind_left_aside(name: str) -> str | None:
    """`outcomes` or `stop-and-search` where a name is that of a police.uk file of another kind; else None."""
    found = _ELSE.fullmatch(name.lower())
    return found[1] if found else None


def force_in(name: str) -> str | None:
    """The force that a name of a police.uk file of any kind says; None for any other name."""
    found = _FORCE.fullmatch(name.lower())
    return found[1] if found else None
