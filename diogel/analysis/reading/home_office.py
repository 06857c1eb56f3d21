"""Reads the Home Office's open data tables of police recorded crime, by force or by Community Safety Partnership.

Source: Home Office, Police recorded crime and outcomes open data tables, Open Government Licence v3.0. Known faults of copies:
columns of group and subgroup moved by one; codes turned into fractions by a spreadsheet; reporters that are no police force.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from diogel.analysis.periods import Month, Quarter

from .ons_files import Features, Table, Unreadable, open_file

SUBGROUPS = {
    "Homicide": "Violence against the person",
    "Death or serious injury - unlawful driving": "Violence against the person",
    "Violence with injury": "Violence against the person",
    "Violence without injury": "Violence against the person",
    "Stalking and harassment": "Violence against the person",
    "Rape offences": "Sexual offences",
    "Other sexual offences": "Sexual offences",
    "Robbery of business property": "Robbery",
    "Robbery of personal property": "Robbery",
    "Domestic burglary": "Theft offences",
    "Residential burglary": "Theft offences",
    "Non-domestic burglary": "Theft offences",
    "Non-residential burglary": "Theft offences",
    "Theft of a motor vehicle": "Theft offences",
    "Theft from a vehicle": "Theft offences",
    "Vehicle interference": "Theft offences",
    "Theft from the person": "Theft offences",
    "Bicycle theft": "Theft offences",
    "Shoplifting": "Theft offences",
    "Other theft offences": "Theft offences",
    "Criminal damage": "Criminal damage and arson",
    "Arson": "Criminal damage and arson",
    "Possession of drugs": "Drug offences",
    "Trafficking of drugs": "Drug offences",
    "Possession of weapons offences": "Possession of weapons offences",
    "Public order offences": "Public order offences",
    "Miscellaneous crimes against society": "Miscellaneous crimes against society",
    "Fraud offences to 2012/13": "Fraud offences",
    "Fraud: Action Fraud": "Fraud offences",
    "Fraud: CIFAS": "Fraud offences",
    "Fraud: Financial Fraud Action UK": "Fraud offences",
    "Fraud: UK Finance": "Fraud offences",
}
"""Subgroup to group, as the tables have had them since 2002."""

GROUPS = frozenset(SUBGROUPS.values())
NO_FORCE = frozenset({"Action Fraud", "CIFAS", "Financial Fraud Action UK", "UK Finance", "Cifas"})
"""Who reports fraud for the whole country; in no area, and in no force's total."""

_NAMES = {
    "financial year": "year", "financial quarter": "quarter", "force name": "force", "csp name": "csp", "community safety partnership": "csp",
    "ons code": "csp_code", "csp code": "csp_code", "offence description": "description", "offence group": "group",
    "offence subgroup": "subgroup", "offence code": "code", "number of offences": "count", "offence count": "count",
}  # fmt: skip
_NEEDED = ("year", "quarter", "force", "group", "subgroup", "code", "count")
_YEAR = re.compile(r"^((?:19|20)\d\d)[/-](\d\d)$")
_OFFENCE_CODE = re.compile(r"^\d{1,3}[A-Z]?(?:\.\d{1,2})?(?:/[\d.A-Z/]+)?$|^(?:AF|CIFAS|FFA UK|UK Finance)$", re.ASCII)
_FRACTION = re.compile(r"^\d+\.\d+$", re.ASCII)
_WHOLE = re.compile(r"^-?\d{1,9}$", re.ASCII)


@dataclass(frozen=True)
class Recorded:
    """So many offences of one code, recorded by one force in one quarter; in one partnership where the table says which.

    `count` is below zero where earlier records were cancelled. `code` is text: 4.10 is not 4.1.
    """

    quarter: Quarter
    force: str
    csp: str
    csp_code: str
    code: str
    description: str
    group: str
    subgroup: str
    count: int


@dataclass(frozen=True)
class Crimes:
    """What one file holds, at `force` or `csp` level; how many rows had moved columns put back and codes put right."""

    path: Path
    level: str
    rows: tuple[Recorded, ...]
    moved: int
    mended_codes: int
    repeated: int
    below_zero: int

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """The quarters it holds, in order. One that is not here did not come; it is not a quarter without crime."""
        return tuple(sorted({row.quarter for row in self.rows}, key=lambda quarter: quarter.months[0]))

    def total(self, quarter: Quarter, *, force: str, csp: str = "") -> int | None:
        """All offences of a force (or one partnership) in a quarter; None where the table holds no such row."""
        found = [row.count for row in self.rows if row.quarter == quarter and row.force == force and (not csp or row.csp == csp)]
        return sum(found) if found else None


def read(path: Path) -> Crimes:
    """Every row of a table of recorded crime. Unreadable, in one sentence, where it is none or where a row cannot be trusted."""
    opened = open_file(path)
    if isinstance(opened, Features):
        raise Unreadable.because("outlines_no_crime")
    columns = {_NAMES[name]: name for name in opened.columns if name in _NAMES}
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        raise Unreadable.because("no_crime_columns", columns=", ".join(missing))
    return _rows(path, opened, columns)


def _rows(path: Path, table: Table, columns: dict[str, str]) -> Crimes:
    found: list[Recorded] = []
    moved = mended = 0
    for line, values in enumerate(table.rows(list(columns.values())), 2):
        row = {name: value or "" for name, value in zip(columns, values, strict=True)}
        row, was_moved = _put_back(row, line)
        code, was_mended = mended_code(row["code"], row.get("description", ""))
        moved, mended = moved + was_moved, mended + was_mended
        found.append(
            Recorded(
                quarter=_quarter(row["year"], row["quarter"], line), force=row["force"], csp=row.get("csp", ""),
                csp_code=row.get("csp_code", ""), code=code, description=" ".join(row.get("description", "").split()),
                group=row["group"], subgroup=row["subgroup"], count=_count(row["count"], line),
            )
        )  # fmt: skip
    keys = Counter((row.quarter, row.force, row.csp, row.code, row.description) for row in found)
    return Crimes(
        path=path, level="csp" if "csp" in columns else "force", rows=tuple(found), moved=moved, mended_codes=mended,
        repeated=sum(times - 1 for times in keys.values()), below_zero=sum(row.count < 0 for row in found),
    )  # fmt: skip


def _put_back(row: dict[str, str], line: int) -> tuple[dict[str, str], bool]:
    """The row with group, subgroup and code where they belong, and whether they had moved one column to the left.

    Moved means: a subgroup under Group, its code under Subgroup. The number of offences must then be the one number that is left.
    """
    if row["group"] in GROUPS and SUBGROUPS.get(row["subgroup"], row["group"]) == row["group"] and not _is_code_alone(row["subgroup"]):
        return row, False
    if row["group"] in SUBGROUPS and _is_code_alone(row["subgroup"]):
        left = [value for value in (row["code"], row["count"]) if _WHOLE.match(value)]
        if len(left) == 1 or row["code"] == row["subgroup"]:
            count = row["count"] if row["code"] == row["subgroup"] else left[0]
            return row | {"group": SUBGROUPS[row["group"]], "subgroup": row["group"], "code": row["subgroup"], "count": count}, True
    raise Unreadable.because("moved_columns", line=line, group=row["group"][:40], subgroup=row["subgroup"][:40])


def _is_code_alone(text: str) -> bool:
    return bool(_OFFENCE_CODE.match(text) or _FRACTION.match(text))


def mended_code(text: str, description: str) -> tuple[str, bool]:
    """An offence code as the Home Office writes it, and whether a spreadsheet had changed it.

    37.200000000000003 is 37.2, and 4.0999999999999996 is 4.1. Corporate manslaughter is 4.10, which as a number is 4.1,
    manslaughter's own code: there only the description tells. Unreadable where it is no code.
    """
    code = text
    if _FRACTION.match(text) and (len(text.partition(".")[2]) > 2 or text.endswith(".0")):
        code = f"{round(float(text), 2):g}"
    if code == "4.1" and description.casefold().startswith("corporate manslaughter"):
        code = "4.10"
    if not _OFFENCE_CODE.match(code):
        raise Unreadable.because("no_offence_code", text=text[:40])
    return code, code != text


def _quarter(year: str, quarter: str, line: int) -> Quarter:
    match, number = _YEAR.match(year), quarter.upper().removeprefix("Q").removesuffix(".0")
    if not match or (int(match[1]) + 1) % 100 != int(match[2]) or number not in ("1", "2", "3", "4"):
        raise Unreadable.because("no_quarter", line=line, year=year[:20], quarter=quarter[:20])
    return Quarter(Month(int(match[1]), 6) + 3 * (int(number) - 1))


def _count(text: str, line: int) -> int:
    whole = text.replace(",", "").removesuffix(".0")
    if not _WHOLE.match(whole):
        raise Unreadable.because("no_offences", line=line, text=text[:40])
    return int(whole)
