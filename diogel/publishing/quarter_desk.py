"""A quarter's pack as the desk keeps it: which quarters have one, where its files lie, and what may be fetched of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from diogel.analysis.periods import Quarter
from diogel.home import home, today
from diogel.indicators.models import Look
from diogel.people.models import Partnership

AUDIENCES = ("internal", "public")
FORMATS = ("pdf", "docx", "html")
PAPERS = tuple(f"quarterly.{language}.{form}" for form in FORMATS for language in ("cy", "en"))
FILES: Mapping[str, tuple[str, ...]] = {
    "internal": PAPERS,
    "public": (*PAPERS, "certificate.cy.html", "certificate.en.html", "certificate.json"),
}
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".json": "application/json",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""What a file is, by its ending."""
_STAMP = b'<p class="dg-stamp dg-stamp--draft">'


TITLES = {
    "quarterly.docx": _("Quarterly report in Word"),
    "quarterly.pdf": _("Quarterly report as PDF"),
    "quarterly.html": _("Quarterly report as a web page"),
    "certificate.html": _("Certificate as a web page"),
    "certificate.json": _("Certificate as data (JSON)"),
}


@dataclass(frozen=True)
class PackFile:
    """One file that can be fetched: its version, its name, and how large it is in kilobytes."""

    audience: str
    name: str
    kilobytes: int

    @property
    def language(self) -> str:
        return next((part for part in self.name.split(".") if part in ("cy", "en")), "")

    @property
    def title(self) -> Any:
        """What it is, in words."""
        return TITLES[f"{self.name.partition('.')[0]}.{self.form}"]

    @property
    def form(self) -> str:
        return self.name.rpartition(".")[2]


@dataclass(frozen=True)
class Shelved:
    """The pack that lies ready: when it was made, whether it is a draft, and its files by version."""

    made_at: datetime
    is_draft: bool
    internal: tuple[PackFile, ...]
    public: tuple[PackFile, ...]


def pack_folder(partnership: Partnership, quarter: Quarter) -> Path:
    """Where the desk's own pack of this quarter lies."""
    return home() / "packs" / f"{partnership.slug}-{quarter}"


def quarters_to_tell(partnership: Any) -> set[str]:
    """Quarters that can have a pack: the last whole one, and each that was looked through."""
    looked = Look.objects.filter(partnership=partnership).values_list("quarter", flat=True)
    return {str(Quarter.before(today())), *looked}


def shelved(partnership: Partnership, quarter: Quarter) -> Shelved | None:
    """The pack that was last built here; None where there is none, or only part of one."""
    folder = pack_folder(partnership, quarter)
    found = {audience: _files(folder, audience) for audience in AUDIENCES}
    pages = [file for file in found["internal"] if file.form == "html"]
    if not pages or any(len(found[audience]) < len(_expected(audience, pages)) for audience in AUDIENCES):
        return None
    made_at = json.loads((folder / "public" / "certificate.json").read_bytes())["made_at"]
    is_draft = _STAMP in (folder / "internal" / pages[0].name).read_bytes()
    return Shelved(datetime.fromisoformat(made_at), is_draft, **found)


def _expected(audience: str, pages: Sequence[PackFile]) -> list[str]:
    """The files of a whole pack in the languages of these pages; its certificate is in both."""
    told = {page.language for page in pages}
    return [name for name in FILES[audience] if name not in PAPERS or name.split(".")[1] in told]


def _files(folder: Path, audience: str) -> tuple[PackFile, ...]:
    paths = [(name, folder / audience / name) for name in FILES[audience]]
    return tuple(PackFile(audience, name, max(1, round(path.stat().st_size / 1024))) for name, path in paths if path.exists())


def file_path(partnership: Partnership, quarter: Quarter, audience: str, name: str) -> Path | None:
    """The file of this name; None for any name that a pack does not have, and where it has not been built."""
    if name not in FILES.get(audience, ()):
        return None
    path = pack_folder(partnership, quarter) / audience / name
    return path if path.is_file() else None
