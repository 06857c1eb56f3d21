"""What lies published for one partnership: every version, which of them stands, and its content. Nothing else is asked of the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from diogel.published.models import Publication, PublishedFile

PARTNERSHIP, PLAN = Publication.Kind.PARTNERSHIP, Publication.Kind.PLAN
QUARTER, ANNUAL = Publication.Kind.QUARTER, Publication.Kind.ANNUAL
ASSESSMENT = Publication.Kind.ASSESSMENT
_LIGHT = ("pk", "kind", "key", "version", "published_at", "withdrawn_at", "withdrawn_because_cy", "withdrawn_because_en")


@dataclass(frozen=True)
class Told:
    """One version of one thing that was told, without its content."""

    pk: int
    kind: str
    key: str
    version: int
    published_at: datetime
    withdrawn_at: datetime | None
    withdrawn_because_cy: str
    withdrawn_because_en: str

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None

    @property
    def because(self) -> dict[str, str]:
        return {"cy": self.withdrawn_because_cy, "en": self.withdrawn_because_en}


@dataclass(frozen=True)
class Shelf:
    """All versions of all that one partnership has published, newest first within a key."""

    slug: str
    told: tuple[Told, ...]

    def newest(self, kind: str, key: str = "") -> Told | None:
        """The newest version of `key`. Without a key: of the latest key that was not withdrawn, else of the latest."""
        firsts: dict[str, Told] = {}
        for each in self.told:
            if each.kind == kind and key in ("", each.key):
                firsts.setdefault(each.key, each)
        ranked = sorted(firsts.values(), key=lambda each: (each.stands, each.key))
        return ranked[-1] if ranked else None

    def version(self, kind: str, key: str, number: int) -> Told | None:
        return next((each for each in self.told if (each.kind, each.key, each.version) == (kind, key, number)), None)

    def versions(self, kind: str, key: str) -> tuple[Told, ...]:
        return tuple(each for each in self.told if (each.kind, each.key) == (kind, key))

    def keys(self, kind: str) -> tuple[Told, ...]:
        """The newest version of each key, latest key first."""
        keys = sorted({each.key for each in self.told if each.kind == kind}, reverse=True)
        return tuple(found for key in keys if (found := self.newest(kind, key)))


def shelf(slug: str) -> Shelf | None:
    """The shelf of `slug`; None where nothing was ever told of who it is, for then it has no public pages."""
    rows = Publication.objects.filter(partnership=slug).order_by("kind", "-key", "-version").values_list(*_LIGHT)
    told = tuple(Told(*row) for row in rows)
    return Shelf(slug, told) if any(each.kind == PARTNERSHIP for each in told) else None


def contents(wanted: Iterable[Told | None]) -> dict[int, dict[str, Any]]:
    """What each holds, by its pk, dates as dates."""
    keys = [each.pk for each in wanted if each]
    return {pk: dated(content) for pk, content in Publication.objects.filter(pk__in=keys).values_list("pk", "content")}


def headlines(told: Told) -> list[dict[str, Any]]:
    """The few lines by which a quarter is told on the first page; a quarter's drawings are too heavy to fetch for them."""
    return Publication.objects.filter(pk=told.pk).values_list("content__headlines", flat=True).first() or []


def certificate(told: Told) -> dict[str, Any]:
    """What the scan said before this version was published."""
    return Publication.objects.values_list("certificate", flat=True).get(pk=told.pk)


@dataclass(frozen=True)
class Kept:
    """A file that was published with a version: `quarterly.cy.pdf`, and how large it is in bytes."""

    name: str
    size: int

    @property
    def kilobytes(self) -> int:
        return max(1, round(self.size / 1024))

    @property
    def form(self) -> str:
        return self.name.rpartition(".")[2]

    @property
    def language(self) -> str:
        return self.name.split(".")[1]

    @property
    def paper(self) -> str:
        """Which paper it is: `summary`, `quarterly`."""
        return self.name.partition(".")[0]


def kept(told: Told) -> tuple[Kept, ...]:
    """The files of a version, without what is in them."""
    rows = PublishedFile.objects.filter(publication=told.pk).values_list("name", "size")
    return tuple(Kept(*row) for row in rows)


def kept_file(told: Told, name: str) -> bytes | None:
    """One file as it was scanned; None where the version has none of this name."""
    held = PublishedFile.objects.filter(publication=told.pk, name=name).values_list("content", flat=True).first()
    return None if held is None else bytes(held)


def dated(value: Any, name: str = "") -> Any:
    """The same content with every `..._on` as a date."""
    if isinstance(value, Mapping):
        return {key: dated(held, key) for key, held in value.items()}
    if isinstance(value, list):
        return [dated(held) for held in value]
    return date.fromisoformat(value) if name.endswith("_on") and isinstance(value, str) and value else value
