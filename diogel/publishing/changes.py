"""What changed since the version before, sentence by sentence, in one language: two snapshots of a paper laid side by side."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from diogel.plan.models import Plan

from .documents import LANGUAGES
from .observations import cell
from .one_language import RULE
from .quarterly_progress import status_word
from .quarterly_words import say
from .snapshot_readiness import FIELDS, KINDS, OTHERWISE

Told = Mapping[str, Any]
MADE = ("papers", "changes")
"""Parts of a content that are made from the others; they are compared with nothing."""
MOST = 60
"""Changes that are told one by one; the others are counted."""
# What a list of a snapshot holds, and what tells its rows from one another.
ROWS: Mapping[str, tuple[str, str]] = {
    "sections": ("section", "code"),
    "priorities": ("priority", "code"),
    "objectives": ("objective", "code"),
    "themes": ("theme", "code"),
    "duties": ("duty", "code"),
    "actions": ("action", "number"),
    "outcomes": ("outcome", "row"),
    "indicators": ("indicator", "code"),
    "sources": ("source", "code"),
    "principles": ("principle", "code"),
}
_UPDATE = ("told", "update")
"""What an action's row calls the update that it tells."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def only_told(content: Told) -> dict[str, Any]:
    """A content without what is made from it: equal where nothing has changed."""
    return {name: value for name, value in content.items() if name not in MADE}


def changes(before: Told, after: Told) -> dict[str, list[str]]:
    """By language: what differs, each in a sentence."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            said = list(dict.fromkeys(_changes(before, after)))
            more = len(said) - MOST
            found[language] = [*said[:MOST], _("More changes than these: %(n)s.") % {"n": more}] if more > 0 else said
    return found


def _changes(before: Told, after: Told) -> Iterator[str]:
    before, after = ({name: value for name, value in content.items() if name != RULE} for content in (before, after))
    yield from _of_row("plan", str(KINDS["plan"]), before, after)
    for name, (kind, key) in ROWS.items():
        old = {str(row[key]): row for row in before.get(name, ())}
        new = {str(row[key]): row for row in after.get(name, ())}
        for each in [*new, *(gone for gone in old if gone not in new)]:
            what = f"{KINDS[kind]} {each}"
            if each not in old:
                yield _("%(what)s is new: %(title)s") % {"what": what, "title": _title(new[each])}
            elif each not in new:
                yield _("%(what)s no longer stands in it: %(title)s") % {"what": what, "title": _title(old[each])}
            else:
                yield from _of_row(kind, what, old[each], new[each])


def _of_row(kind: str, what: str, old: Told, new: Told) -> Iterator[str]:
    for name, value in new.items():
        was = old.get(name)
        if was == value:
            continue
        if name == "status":
            words = {"what": what, "old": _status(str(was)), "new": _status(str(value))}
            yield _("%(what)s: it was “%(old)s” and is “%(new)s” now") % words
        elif name == "figures":
            yield from _figures(what, was or [], value)
        elif _is_pair(value) and _is_pair(was):
            yield from _pair(what, OTHERWISE.get((kind, name), name), was, value)
        elif isinstance(value, Mapping) and isinstance(was, Mapping):
            yield from _of_row("update" if name in _UPDATE else kind, what, was, value)
        elif isinstance(value, Mapping) and was is None and _is_pair(value.get("text")) and say(value["text"]):
            yield _("%(what)s, new: “%(text)s”") % {"what": what, "text": say(value["text"])}


def _status(code: str) -> str:
    """The word for where a plan stands, or an action."""
    return str(Plan.Status(code).label) if code in Plan.Status.values else status_word(code)


def _pair(what: str, name: str, old: Any, new: Any) -> Iterator[str]:
    """Only the sentences that differ are quoted."""
    before, after = (_SENTENCE.split(" ".join(say(pair).split())) for pair in (old, new))
    label = capfirst(str(FIELDS.get(name, _("text"))))
    for how, first, last, begin, end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = " ".join(before[first:last]).strip(), " ".join(after[begin:end]).strip()
        values = {"what": what, "field": label, "old": gone, "new": come}
        if how != "equal" and gone and come:
            yield _("%(what)s. %(field)s: “%(old)s” became “%(new)s”") % values
        elif how != "equal" and come:
            yield _("%(what)s. %(field)s, new: “%(new)s”") % values
        elif how != "equal" and gone:
            yield _("%(what)s. %(field)s, taken out: “%(old)s”") % values


def _figures(what: str, old: list[Told], new: list[Told]) -> Iterator[str]:
    """A figure that is withheld now is not told again by what it was."""
    was = {row["code"]: _said(row) for row in old}
    for row in new:
        values = {"what": f"{what}, {say(row['title'])}", "old": was.get(row["code"], ""), "new": _said(row)}
        if row["is_withheld"] and was.get(row["code"]) != values["new"]:
            yield _("%(what)s: the figure is withheld now") % values
        elif values["old"] and values["old"] != values["new"]:
            yield _("%(what)s: the figure was %(old)s and is %(new)s now") % values


def _said(figure: Told) -> str:
    return cell(dict(figure) | {"is_corrected": False}, figure["unit"]).text


def _title(row: Told) -> str:
    return say(next((value for value in row.values() if _is_pair(value)), {"cy": "", "en": ""}))


def _is_pair(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == {"cy", "en"}
