"""The annual report as files: the board's draft when somebody asks for it, and the whole pack in a folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from diogel.audit import log
from diogel.home import today
from diogel.people.access import Installation

from .annual import named, paper
from .annual_scope import annual_scope, annual_source
from .annual_years import Year
from .certificate import Certificate
from .documents import rendered, take_away_twins, write
from .one_language import languages, only_of
from .scan import Leak, Release
from .snapshot_fields import NotAllowed, allowed
from .snapshot_readiness import Unready, unready
from .snapshot_releases import kept_releases
from .snapshot_scan import certified_papers
from .snapshots import newest_of
from .subjects import kind_and_key

LABELS = {
    ("cy", "pdf"): _("In Welsh, as PDF"),
    ("cy", "docx"): _("In Welsh, in Word"),
    ("en", "pdf"): _("In English, as PDF"),
    ("en", "docx"): _("In English, in Word"),
}


@dataclass(frozen=True)
class Made:
    """What came of a pack: the files that were written, or why none was."""

    folder: Path
    written: tuple[Path, ...] = ()
    unready: tuple[Unready, ...] = ()
    leaks: tuple[Leak, ...] = ()
    why: str = ""

    @property
    def refused(self) -> bool:
        return not self.written


def draft_names(key: str, only: str = "") -> dict[str, Any]:
    """The drafts that can be asked for, each with what it is called."""
    return {f"annual-{key}.{language}.{form}": label for (language, form), label in LABELS.items() if only in ("", language)}


def draft(year: Year, name: str) -> bytes:
    """One draft for the board, made now. ValueError for a name that `draft_names` does not give."""
    stem, language, form = name.split(".")
    made = rendered(_paper(year, "internal", language, is_draft=True), {}, stem=stem, forms=(form,))
    return made[name]


def _content(year: Year, audience: str, *, is_draft: bool) -> dict[str, Any]:
    scope = annual_scope(year, audience=audience)
    source = annual_source(year, scope, keeps_back=audience == "public")
    return allowed("annual", source, table=scope.fields, is_draft=is_draft, only=scope.only)


def _paper(
    year: Year, audience: str, language: str, *, is_draft: bool, version: str = "1", content: Mapping[str, Any] | None = None
) -> Any:
    told = content or _content(year, audience, is_draft=is_draft)
    marking = year.partnership.marking
    return paper(told, language=language, audience=audience, version=version, marking=marking, is_draft=is_draft)


def make(year: Year, *, out: Path, is_draft: bool = False, releases: Iterable[Release] = (), by: str = Installation.reference) -> Made:
    """Both versions in their languages and all forms, with the certificate of the public one; refused while a pair is unchecked, unless it
    is to be a draft, and while the scan finds something. What was written before stays where this one is refused."""
    if not is_draft and not year.is_over(today()):
        return Made(out, why="This year of the plan is not over. Until then its report can be built as a draft, with --draft.")
    waits = tuple(each for each in unready(annual_scope(year, audience="internal")) if each.blocks)
    if waits and not is_draft:
        return Made(out, unready=waits)
    try:
        contents = {audience: _content(year, audience, is_draft=is_draft) for audience in ("internal", "public")}
    except NotAllowed as wrong:
        return Made(out, why=str(wrong))
    kind, key = kind_and_key(year)
    newest = newest_of(year.partnership.slug, kind, key)
    version = str(newest.version + 1 if newest else 1)
    files: dict[str, bytes] = {}
    papers: dict[str, Any] = {}
    for audience, content in contents.items():
        for language in languages(only_of(content)):
            told = _paper(year, audience, language, is_draft=is_draft, version=version, content=content)
            files |= rendered(told, {}, stem=f"{audience}/annual")
            papers |= {language: told} if audience == "public" else {}
    certificate = _certified(year, contents["public"], files, papers, [*kept_releases(year.partnership.slug), *releases])
    if not certificate.is_clean:
        return Made(out, leaks=certificate.found)
    files |= {f"public/{name}": content for name, content in certificate.written().items()}
    written = write(files, out)
    take_away_twins(files, out)
    with transaction.atomic():
        detail = {"draft": is_draft, "files": len(written)}
        log.record(by=by, deed="packed", subject=f"annual:{key}", partnership=year.partnership.slug, detail=detail)
    return Made(out, tuple(written))


def _certified(
    year: Year, content: Mapping[str, Any], files: Mapping[str, bytes], papers: Mapping[str, Any], releases: Iterable[Release]
) -> Certificate:
    public = {name.removeprefix("public/"): content for name, content in files.items() if name.startswith("public/")}
    held = sum(figure["is_withheld"] for row in content["indicators"] for figure in (*row["figures"], *row["before"]))
    return certified_papers(public, annual_scope(year), releases, told=papers, title=named(content), withheld=held)
