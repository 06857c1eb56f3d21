"""Visits one page of each kind that links lead to, and tells what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.urls import ResolverMatch, URLResolver, get_resolver, resolve
from django.utils.translation import override

SIZES = ({"width": 1280, "height": 900}, {"width": 320, "height": 640})
# Welsh is the longer: what breaks on a phone breaks there first. One of the two each halves the longest test of all.
AXE_AT = {"cy": SIZES[1], "en": SIZES[0]}
# The same kind of page looks different for these: each is visited once, but where the same few questions are asked of all.
TELLING = ("kind", "to_status")
ASKED_ALIKE = ("plan:correct", "plan:withdraw")
# Of these one page is looked at, and the links of the others are followed: only some of them lead on.
ALIKE = ("unusual:card", "people:group", "tensions:tension")
FILES = (".csv", ".json", ".pdf", ".docx", ".zip", ".txt", ".xlsx", ".xlf", ".html")

LINK = re.compile(r'<a [^>]*href="([^"]+)"')
READ = """() => ({
  lang: document.documentElement.lang,
  title: document.title.trim(),
  headings: [...document.querySelectorAll('h1')].map(each => each.textContent.trim()),
  twins: [...document.querySelectorAll('.dg-lang a[hreflang]')].map(each => each.getAttribute('href')),
  links: [...document.querySelectorAll('a[href]')].map(each => each.getAttribute('href')),
})"""
TOO_WIDE = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const scrolls = each => each.closest('.dg-scroll, [role=region][tabindex]');
  const wide = [...document.querySelectorAll('body *')].filter(each => each.getBoundingClientRect().right > innerWidth + 1 && !scrolls(each));
  return wide.slice(-3).map(each => each.outerHTML.slice(0, 120)).concat('the page scrolls sideways');
}"""


class Crawl:
    """One language of the site, inside the desk or outside, as one reader finds it. `seen` is the address of each kind, `wrong` a
    line for each fault."""

    def __init__(self, page: Any, axe: Callable[..., list[str]], language: str, *, inside: bool) -> None:
        self.page, self.axe, self.language, self.names = page, axe, language, names_of_pages(inside=inside)
        self.seen: dict[str, str] = {}
        self.wrong: list[str] = []
        self._said: list[str] = []
        page.on("console", lambda message: self._said.append(f"console: {message.text}") if message.type == "error" else None)
        page.on("pageerror", lambda error: self._said.append(f"script: {error}"))

    def walk(self, *beginnings: str) -> None:
        """Follow links, breadth first, from these addresses; another reader may begin where one has been."""
        waiting, skimmed = list(beginnings), set()
        while waiting:
            path = waiting.pop(0)
            kind = kind_of(path, self.language)
            if kind and kind.partition(" ")[0] not in self.names:
                continue
            if kind and kind not in self.seen:
                self.seen[kind] = path
                waiting += self.look_at(path)
            elif (kind in ALIKE or path in beginnings) and path not in skimmed:
                skimmed.add(path)
                waiting += [_plain(urljoin(path, link)) for link in LINK.findall(unescape(self.page.request.get(path).text()))]

    def look_at(self, path: str) -> list[str]:
        """Look at one page; give the addresses it links to. What leads elsewhere counts as the page it leads to."""
        self._said.clear()
        self.page.set_viewport_size(SIZES[0])
        answer = self.page.goto(path)
        came_to = below(self.page.url)
        if came_to != path:
            return [came_to]
        read = self.page.evaluate(READ)
        faults = list(_faults(path, answer.status, read, self.language))
        for size in SIZES:
            self.page.set_viewport_size(size)
            faults += [f"at {size['width']}: {line}" for line in self.page.evaluate(TOO_WIDE)]
        self.page.set_viewport_size(AXE_AT[self.language])
        faults += [f"axe: {line}" for line in self.axe(self.page)]
        self.wrong += [f"{path}: {line}" for line in [*faults, *self._said]]
        return [_plain(urljoin(path, link)) for link in read["links"]]


def _faults(path: str, status: int, read: dict[str, Any], language: str) -> Iterator[str]:
    if status != 200:
        yield f"answers {status}"
    if read["lang"] != language:
        yield f"says that it is in {read['lang']!r}"
    if len(read["headings"]) != 1 or not read["headings"][0]:
        yield f"has the headings {read['headings']}"
    if not read["title"].partition("–")[0].strip():
        yield "has no title"
    if read["twins"] != [twin_of(path)]:
        yield f"has the twin {read['twins']}"


def twin_of(path: str) -> str:
    """The same page in the other language."""
    return ("/en" if path.startswith("/cy") else "/cy") + path[3:]


def _plain(path: str) -> str:
    return path.partition("#")[0]


def below(address: str) -> str:
    """Path and question of a whole address."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def kind_of(path: str, language: str) -> str:
    """What tells one kind of page from another; nothing for what is not a page in this language."""
    parts = urlsplit(path)
    if not parts.path.startswith(f"/{language}/") or parts.path.endswith(FILES):
        return ""
    with override(language):
        match: ResolverMatch = resolve(parts.path)
    told = [str(match.kwargs[name]) for name in TELLING if name in match.kwargs]
    return " ".join([match.view_name or parts.path, *(told if match.view_name not in ASKED_ALIKE else [])])


def names_of_pages(*, inside: bool) -> set[str]:
    """The name of every address in a language: those of the desk, or all others that a reader can come to."""

    def walk(patterns: Any, spaces: tuple[str, ...]) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, (*spaces, pattern.namespace) if pattern.namespace else spaces)
            elif pattern.name and hasattr(pattern.callback, "desk_needs") == inside:
                yield ":".join((*spaces, pattern.name))

    return set(walk(get_resolver().url_patterns, ()))


def not_seen(crawl: Crawl) -> set[str]:
    """Names of pages of which the crawl has seen none."""
    return crawl.names - {kind.partition(" ")[0] for kind in crawl.seen}
