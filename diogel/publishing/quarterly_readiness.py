"""What keeps a quarter's papers from being final: cards nobody has answered, and every sentence they tell that is not checked in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diogel.analysis.periods import Quarter
from diogel.crime import counting
from diogel.words.pairs import Pair, PairState

from .one_language import ALWAYS_BOTH, RULE, is_ready
from .quarterly_facts import Facts
from .quarterly_fields import INTERNAL
from .quarterly_scope import QuarterScope
from .quarterly_source import ABOUT, About
from .snapshot_fields import As, NotAllowed, One, Rows
from .snapshot_readiness import FIELDS, KINDS, OTHERWISE

_KINDS: Mapping[str, Any] = {**KINDS, "card": gettext_lazy("Unusual figure"), "event": gettext_lazy("Dated event")}
_FIELDS: Mapping[str, Any] = {
    **FIELDS,
    "explanation": gettext_lazy("explanation"),
    "evidence": gettext_lazy("evidence"),
    "further": gettext_lazy("what needs doing"),
    "obstacle": gettext_lazy("what stands in the way"),
}
# Why a pair keeps the paper back, a whole sentence for each state.
_STATES: Mapping[str, Any] = {
    PairState.MISSING: gettext_lazy("One half is missing, so neither can be told."),
    PairState.DRAFT: gettext_lazy("Nobody has checked that both halves say the same."),
    PairState.STALE_CY: gettext_lazy("The Welsh is stale, so neither half can be told."),
    PairState.STALE_EN: gettext_lazy("The English is stale, so neither half can be told."),
}
_STATES_ALONE: Mapping[str, Any] = {
    PairState.MISSING: gettext_lazy("The half in the one language of this report is missing."),
    PairState.DRAFT: _STATES[PairState.DRAFT],
    PairState.STALE_CY: gettext_lazy("The Welsh is stale, and this report is in Welsh only."),
    PairState.STALE_EN: gettext_lazy("The English is stale, and this report is in English only."),
}
# An update's words stand in the action's row of the paper.
_OF_UPDATE = {"text", "obstacle"}


@dataclass(frozen=True)
class Hindrance:
    """One thing that keeps a paper from being final: a reference that names no person, whole sentences, and the page that mends it. `field`
    is the pair that is not checked, where that is what it waits for."""

    subject: str
    sentence_cy: str
    sentence_en: str
    about: About
    field: str = ""

    def say(self, language: str | None = None) -> str:
        return self.sentence_cy if (language or translation.get_language() or "en")[:2] == "cy" else self.sentence_en


def hindrances(facts: Facts, row: Mapping[str, Any]) -> list[Hindrance]:
    """Each once: that the quarter is not over, cards, pairs. `row` is the quarter's source, whole: what the allow-list of the internal paper names in it is looked at."""
    found = [running(facts.quarter)] if not counting.is_over(facts.quarter) else []
    found += [unanswered(card) for card in facts.cards if not card.is_answered]
    seen: set[tuple[str, str, str]] = set()
    for about, name, how, pair in _told("quarter", row, None):
        only = "" if about.kind in ALWAYS_BOTH else facts.only
        if (is_ready(pair, only) if only else pair.is_checked) or (pair.is_empty and how is As.PAIR):
            continue
        key = about.kind, about.label, name
        if key not in seen:
            seen.add(key)
            found.append(unchecked(about, name, str(PairState.MISSING if pair.is_empty else pair.state), only))
    return found


def misnamed(wrong: NotAllowed) -> Hindrance:
    """A short name that could hold words gets into no paper, whoever would read it."""
    about = About(wrong.kind, wrong.name)
    words = gettext_lazy(
        "A short name or number holds a space or a sign that it may not hold in a paper: %(what)s. Correct it and try again."
    )
    return _hindrance(about, "", lambda: str(words) % {"what": _KINDS.get(wrong.kind, _KINDS["measure"])})


def _told(kind: str, row: Mapping[str, Any], above: About | None) -> Iterator[tuple[About, str, As, Pair]]:
    """Every pair that the internal paper may tell, with the row it belongs to."""
    about = row.get(ABOUT) or above
    for name, how in INTERNAL[kind].items():
        value = row.get(name)
        if isinstance(how, Rows):
            for each in value or ():
                yield from _told(how.kind, each, about)
        elif isinstance(how, One):
            if value is not None:
                yield from _told(how.kind, value, about)
        elif how in (As.TITLE, As.PAIR) and isinstance(value, Pair):
            yield _whose(about, name), name, how, value


def _whose(about: About | None, name: str) -> About:
    assert about is not None, f"a row with {name} does not say which it is"
    return About("update", about.label, about.which) if about.kind == "action" and name in _OF_UPDATE else about


def running(quarter: Quarter) -> Hindrance:
    """Of a quarter that is not over, whatever has come of it, there are no final figures."""
    sentence = gettext_lazy("This quarter is not over. Until then its report can be built as a draft.")
    return _hindrance(About("quarter", str(quarter)), "", lambda: str(sentence))


def unanswered(card: Any) -> Hindrance:
    about = About("card", f"{card.area.code} {card.crime_type}", card.pk)
    sentence = gettext_lazy("This unusual figure is not answered: %(title)s. Sign an explanation, or name who is looking and by when.")
    return _hindrance(about, "", lambda: str(sentence) % {"title": card.title})


def unchecked(about: About, name: str, state: str, only: str = "") -> Hindrance:
    """A pair that may not be told as it stands; `only` is the language of a document in which it would stand alone."""

    def sentence() -> str:
        where = {"kind": _KINDS[about.kind], "label": about.label, "field": _FIELDS[OTHERWISE.get((about.kind, name), name)]}
        return _("%(kind)s %(label)s, %(field)s.") % where + " " + str((_STATES_ALONE if only else _STATES)[state])

    return _hindrance(about, name, sentence)


def _hindrance(about: About, name: str, sentence: Callable[[], str]) -> Hindrance:
    said = []
    for language in ("cy", "en"):
        with translation.override(language):
            said.append(sentence())
    return Hindrance(" ".join(filter(None, (about.kind, about.label, name))), said[0], said[1], about, name)


def address(hindrance: Hindrance, scope: QuarterScope) -> str:
    """The page of the desk on which it is mended; empty where none does."""
    about, slug = hindrance.about, scope.partnership.slug
    plan = scope.plan.code if scope.plan else ""
    found: dict[str, tuple[str, dict[str, Any]]] = {
        "who": ("people:partnership", {}),
        RULE: ("publishing:one_language", {"document": about.label}),
        "body": ("people:body_edit", {"pk": about.which}),
        "card": ("unusual:card", {"pk": about.which}),
        "plan": ("plan:edit_plan", {"code": plan}),
        "action": ("plan:edit_action", {"code": plan, "number": about.label}),
        "update": ("plan:update", {"code": plan, "number": about.label, "quarter": str(scope.quarter)}),
        "measure": ("indicators:edit_measure", {"code": about.label}),
        "observation": ("indicators:edit_observation", {"pk": about.which}),
        "event": ("indicators:edit_context", {"pk": about.which}),
    }
    if about.kind not in found:
        return ""
    view, arguments = found[about.kind]
    return reverse(view, kwargs={"slug": slug, **arguments})
