"""Reads the Welsh Index of Multiple Deprivation: for each LSOA its rank, decile and score, overall and in eight domains."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path

from .ons_files import Features, Table, Unreadable, open_file
from .police_uk import LAST_LSOA_OF_2011

OVERALL = "IMD"
DOMAINS = ("Income", "Employment", "Health", "Education", "Housing", "Access", "Environment", "Crime")
VINTAGES = {2011: "lsoa01", 2014: "lsoa11", 2019: "lsoa11", 2025: "lsoa21"}
"""Edition to the LSOAs it is on."""

_CODE = re.compile(r"^W01\d{6}$")
_YEAR = re.compile(r"(?:wimd|imd)[-_ ]?(20\d\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Standing:
    """Where one LSOA stands in one domain: rank 1 and decile 1 are the most deprived; `score` rises with deprivation."""

    code: str
    domain: str
    rank: float
    decile: int | None
    score: float | None


@dataclass(frozen=True)
class Index:
    """One edition: `kind` says of which LSOAs its codes are. `areas` is how many it ranks."""

    path: Path
    year: int
    kind: str
    areas: int
    standings: tuple[Standing, ...]

    def ranks(self, domain: str) -> dict[str, float]:
        """LSOA code to rank. KeyError for a domain the file does not hold."""
        found = {one.code: one.rank for one in self.standings if one.domain == domain}
        if not found:
            raise KeyError(f"no ranks for {domain}")
        return found


def read(path: Path, *, year: int | None = None) -> Index:
    """The ranks, deciles and scores of a table with columns such as `Crime_rank`, `Crime_decile`, `Crime_score`.

    The edition is `year`, or told by the file's name (wimd2019). Unreadable, in one sentence, for anything that is not such a
    table, for codes of another vintage than the edition's, and for ranks outside the number of areas.
    Source: Welsh Government, Open Government Licence v3.0.
    """
    opened = open_file(path)
    if isinstance(opened, Features):
        raise Unreadable.because("outlines_no_ranks")
    edition = year or _year_of(path)
    if edition not in VINTAGES:
        raise Unreadable.because("no_such_edition", year=edition, known=", ".join(map(str, VINTAGES)))
    code = next((name for name in ("lsoa11_code", "lsoa21_code", "lsoa code", "lsoa_code") if name in opened.columns), None)
    domains = [domain for domain in (OVERALL, *DOMAINS) if f"{domain.lower()}_rank" in opened.columns]
    if code is None or not domains:
        raise Unreadable.because("no_ranks")
    return _index(path, opened, edition, code, domains)


def _year_of(path: Path) -> int:
    match = _YEAR.search(path.name)
    if not match:
        raise Unreadable.because("edition_untold")
    return int(match[1])


def _index(path: Path, table: Table, year: int, code: str, domains: list[str]) -> Index:
    columns = [(domain, part) for domain in domains for part in ("rank", "decile", "score") if f"{domain.lower()}_{part}" in table.columns]
    rows = table.rows([code, *(f"{domain.lower()}_{part}" for domain, part in columns)])
    codes = [row[0] or "" for row in rows]
    if len(set(codes)) < len(codes):
        raise Unreadable.because("lsoa_twice")
    _refuse_other_codes(codes, year)
    found: list[Standing] = []
    for row in rows:
        values = dict(zip(columns, (_number(text) for text in row[1:]), strict=True))
        for domain in domains:
            rank, decile = values[domain, "rank"], values.get((domain, "decile"))
            if rank is None or not 1 <= rank <= len(rows):
                raise Unreadable.because("rank_too_high", lsoa=row[0], rank=rank, n=len(rows))
            if decile is not None and decile not in range(1, 11):
                raise Unreadable.because("no_decile", lsoa=row[0], decile=decile)
            found.append(Standing(str(row[0]), domain, rank, None if decile is None else int(decile), values.get((domain, "score"))))
    return Index(path, year, VINTAGES[year], len(rows), tuple(found))


def _refuse_other_codes(codes: list[str], year: int) -> None:
    odd = next((code for code in codes if not _CODE.match(code)), None)
    if odd is not None:
        raise Unreadable.because("no_lsoa", text=odd[:40])
    later = next((code for code in codes if code > LAST_LSOA_OF_2011["W01"]), None)
    if later and VINTAGES[year] != "lsoa21":
        raise Unreadable.because("later_lsoa", lsoa=later, year=year)


def _number(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError:
        raise Unreadable.because("no_score", text=text[:40]) from None
    if not math.isfinite(value):
        raise Unreadable.because("no_score", text=text[:40])
    return value
