"""Before a snapshot is published, every public page that would tell of it is drawn and read by the independent scan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext, override

from diogel.audit import log
from diogel.home import moment
from diogel.people.models import Person as Officer
from diogel.published.blocks import Pair, Paper
from diogel.published.models import Publication

from .annual import named
from .certificate import Alone, Certificate, Held, certify
from .ledger import masks_for
from .models import OneLanguage
from .one_language import languages
from .scan import Known, Person, Release, Withheld
from .scan_names import People
from .snapshot_scopes import Scope

HELP_LINES = ("999", "101", "0808 80 10 800")
"""Public numbers that stand on every public page; Live Fear Free is the Welsh Government's line."""
SMALL = Pair(
    "Cyfrif bach mewn pwnc sensitif, neu ffigur a fyddai’n ei ddatgelu",
    "A small count in a sensitive subject, or a figure that would reveal it",
)
_NUMBERS = ("value", "part", "whole", "base")
_COUNTED = ("value", "part")
"""The numbers that withholding is about. Of how many may be told where a part is not; if it is small itself, it is found as any other."""
_TITLE = re.compile(r"<title>(.*?)</title>", re.S)
_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.S)


class _TriedOn(Exception):
    """Undoes the trial version, once its pages are drawn."""


def examined(row: Publication, scope: Scope, releases: Iterable[Release] = (), *, files: Mapping[str, bytes] | None = None) -> Certificate:
    """Draw the pages as if `row` were published, scan them and its finished `files`, and certify what was found. Call in a transaction;
    nothing is kept."""
    read = pages_of(row) | _data_of(row, scope) | dict(files or {})
    length, head = log.head()
    held = sum(figure["is_withheld"] for figure in _figures(row.content))
    who = scope.partnership
    return certify(
        read,
        known(scope),
        releases,
        title=_title(row),
        partnership=Pair(who.name_cy, who.name_en),
        place=Pair(who.place_cy, who.place_en),
        version=str(row.version),
        withheld=[Held(SMALL, held)] if held else [],
        one_language=alone(scope.rule),
        chain_head=head,
        chain_length=length,
        made_at=timezone.localtime(row.published_at),
    )


def certified_papers(
    files: Mapping[str, bytes],
    scope: Scope,
    releases: Iterable[Release],
    *,
    told: Mapping[str, Paper],
    title: Pair,
    withheld: int = 0,
) -> Certificate:
    """Scan finished files of a paper, given by language, and certify what was found."""
    length, head = log.head()
    paper = next(iter(told.values()))
    return certify(
        files,
        known(scope),
        releases,
        title=title,
        partnership=paper.partnership,
        place=paper.place,
        version=paper.version,
        withheld=[Held(SMALL, withheld)] if withheld else [],
        one_language=alone(scope.rule),
        chain_head=head,
        chain_length=length,
        made_at=timezone.localtime(moment()),
    )


def alone(rule: OneLanguage | None) -> Alone | None:
    """What a certificate keeps of the rule by which a document is in one language; None of one in both."""
    return Alone(rule.language, Pair(rule.reason_cy, rule.reason_en)) if rule else None


def known(scope: Scope) -> Known:
    """Everybody on file, and what is held back in this scope: read from the rows themselves, not from what was made of them."""
    measures = scope.rows["measure"].filter(is_sensitive=True) if "measure" in scope.rows else ()
    sensitive = tuple((measure.title_cy, measure.title_en) for measure in measures)
    held = tuple(_withheld(scope))
    return Known(people=people_on_file(), public_contacts=HELP_LINES, sensitive=sensitive, withheld=held, only=scope.only)


def people_on_file() -> tuple[Person, ...]:
    """Everybody who has a name here, with what reaches them."""
    return tuple(
        Person(each.given, each.family, (each.email,) if each.email else (), (each.phone,) if each.phone else ())
        for each in Officer.objects.all()
    )


def names_someone(*texts: str) -> bool:
    """Whether a text that the public will read holds a name, an address or a number of somebody on file."""
    people = People(people_on_file(), HELP_LINES)
    return any(people.found(text) for text in texts)


def _withheld(scope: Scope) -> Iterator[Withheld]:
    if "observation" not in scope.rows:
        return
    rows = list(scope.rows["observation"].filter(measure__is_sensitive=True).select_related("measure"))
    kept = masks_for(scope.partnership, rows).kept
    for row in rows:
        for value in (row.value, row.numerator):
            # Small ones by their own rule, said once more apart from the code that applies it; others because the masks say so.
            if value is not None and value == int(value) and (Decimal(0) < value < 5 or row.pk in kept):
                for column in scope.columns:
                    yield Withheld((row.measure.title_cy, row.measure.title_en), _in_both(column), int(value))


def pages_of(row: Publication) -> dict[str, bytes]:
    """All public pages that would tell of `row`, one after another: a file for each language. Call in a transaction; nothing is kept.

    The page of an annual report is laid beside its Word and its PDF, number by number: the front page, whose figures are those of other
    papers, is a file of its own there."""
    files: dict[str, bytes] = {}
    try:
        with transaction.atomic():
            row.save()
            for language in ("cy", "en"):
                front, *others = _addresses(row)
                if row.kind == Publication.Kind.ANNUAL:
                    files[f"front.{language}.html"] = _all_pages(row, language, [front], {})
                else:
                    others.insert(0, front)
                files[f"{row.kind}.{language}.html"] = _all_pages(row, language, others, row.content)
            raise _TriedOn
    except _TriedOn:
        row.pk, row._state.adding = None, True
    return files


def _all_pages(row: Publication, language: str, addresses: Iterable[tuple[str, dict[str, Any]]], data: Any) -> bytes:
    """One file of pages; `data` leaves with them as open data."""
    with override(language):
        pages = [_page(reverse(view, kwargs={"slug": row.partnership, **which})) for view, which in addresses]
    told = "\n".join(f"<h1>{_TITLE.findall(page)[0]}</h1>\n{_BODY.findall(page)[0]}" for page in pages)
    told += "\n" + "\n".join(f"<p>{text}</p>" for text in _only_in_the_data(data, language, told))
    return f'<!DOCTYPE html>\n<html lang="{language}"><head><title>{row.kind}</title></head><body>\n{told}\n</body></html>\n'.encode()


def _only_in_the_data(content: Any, language: str, told: str) -> list[str]:
    """Words of one language that no page shows and that leave all the same, for the snapshot itself is open data."""
    return [said for text in dict.fromkeys(_texts(content, language)) if (said := escape(text)) not in told]


def _texts(held: Any, language: str) -> Iterator[str]:
    if isinstance(held, dict) and set(held) == {"cy", "en"} and isinstance(held[language], str):
        yield held[language]
    elif isinstance(held, (dict, list)):
        for each in held.values() if isinstance(held, dict) else held:
            yield from _texts(each, language)


def _data_of(row: Publication, scope: Scope) -> dict[str, bytes]:
    """Every number of the figures that leave as open data, as a table in each language: what a page holds back, the data may tell."""
    figures = [figure for figure in _figures(row.content) if any(figure[name] is not None for name in _NUMBERS)]
    made = {}
    for language in languages(scope.only) if figures else ():
        with override(language):
            heads = "".join(f"<th>{gettext(scope.columns[0]) if name in _COUNTED else ''}</th>" for name in _NUMBERS)
        rows = "".join(_line(figure, language) for figure in figures)
        table = f"<table><tr><th></th>{heads}</tr>{rows}</table>"
        made[f"data.{language}.html"] = f'<!DOCTYPE html>\n<html lang="{language}"><body>{table}</body></html>\n'.encode()
    return made


def _line(figure: Mapping[str, Any], language: str) -> str:
    numbers = (figure[name] for name in _NUMBERS)
    cells = "".join(f"<td>{'' if number is None else number}</td>" for number in numbers)
    return f"<tr><th>{escape(figure['title'][language])}</th>{cells}</tr>"


def _addresses(row: Publication) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every public page on which something of `row` stands."""
    yield "public:home", {}
    if row.kind == Publication.Kind.PARTNERSHIP:
        yield from (("public:who", {}), ("public:contact", {}))
    if row.kind == Publication.Kind.QUARTER:
        yield "public:quarter", {"key": row.key}
    if row.kind == Publication.Kind.ANNUAL:
        yield "public:annual", {"key": row.key}
    if row.kind == Publication.Kind.ASSESSMENT:
        yield "public:assessment", {"key": row.key}
    if row.kind == Publication.Kind.PLAN:
        yield "public:plan_version", {"code": row.key, "version": row.version}
    if row.kind == Publication.Kind.PLAN and _is_the_latest(row):
        content = row.content
        yield from ((f"public:{view}", {}) for view in ("plan", "progress", "outcomes", "open_data", *content.get("papers", ())))
        yield from (("public:priority", {"code": each["code"]}) for each in content["priorities"])
        yield from (("public:action", {"number": each["number"]}) for each in content["actions"])
        yield from (("public:theme", {"code": each["code"]}) for each in content["themes"])


def _is_the_latest(row: Publication) -> bool:
    """Whether the pages of the plan are drawn from this one; a plan of an earlier year has only the address of its version."""
    rows = Publication.objects.filter(partnership=row.partnership, kind=row.kind).order_by("version").values_list("key", "withdrawn_at")
    ended = dict(rows)
    return not any(key > row.key and withdrawn_at is None for key, withdrawn_at in ended.items())


def _page(address: str) -> str:
    """A page as a stranger gets it, asked of the site itself."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", address, address
    request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    request.user = AnonymousUser()  # type: ignore[assignment]
    match = resolve(address)
    response = match.func(request, *match.args, **match.kwargs)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code} while it was tried on")
    return response.content.decode()


def _title(row: Publication) -> Pair:
    if row.kind == Publication.Kind.ANNUAL:
        return named(row.content)
    told = row.content.get("title") or row.content["name"]
    return Pair(told["cy"], told["en"])


def _figures(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for indicator in content.get("indicators", ()):
        yield from (*indicator["figures"], *indicator.get("before", ()))


def _in_both(words: str) -> tuple[str, str]:
    said = []
    for language in ("cy", "en"):
        with override(language):
            said.append(gettext(words))
    return said[0], said[1]
