"""The golden thread of one theme: from its evidence to the papers that told of it, link by link, with every gap named as one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diogel.indicators.figures import said
from diogel.indicators.models import Card, Observation
from diogel.plan.chain import Chain, chain
from diogel.plan.chain_said import LABELS, MISSING, link_url, papers, words_of
from diogel.plan.models import Objective
from diogel.processes.actions.models import Update
from diogel.processes.actions.process import STATUSES
from diogel.words.quarters import month_said


@dataclass(frozen=True)
class Line:
    """One link: its number or code, its words, where it stands, and what is known of it: a status, a figure, an explanation."""

    text: str
    url: str = ""
    mark: str = ""
    note: str = ""
    status: str = ""
    is_gap: bool = False


@dataclass(frozen=True)
class Part:
    """All links of one kind, in the order of the thread; `missing` says so where there is none. That is a gap, unusual figures apart: a
    theme need have none."""

    kind: str
    label: str
    lines: tuple[Line, ...]
    missing: str = ""

    @property
    def is_gap(self) -> bool:
        return not self.lines and self.kind != "card"


@dataclass(frozen=True)
class Sheet:
    """The whole thread of a theme. `gaps` are the labels of what is missing; `spun` is the chain that it was read from."""

    theme: Any
    parts: tuple[Part, ...]
    spun: Chain = field(repr=False)

    @property
    def gaps(self) -> list[str]:
        return [part.label for part in self.parts if part.is_gap]


NO_OBJECTIVE = gettext_lazy("no objective yet")
NOT_TOLD = gettext_lazy("nothing has been told yet")
NOT_EXPLAINED = gettext_lazy("not explained yet")


def sheet(theme: Any, user: Any, day: Any) -> Sheet:
    """The thread of `theme` as `user` may see it; at most eight questions."""
    spun, partnership = chain(theme, user, day), theme.partnership
    slug = partnership.slug
    makers: dict[str, Callable[[], Iterator[Line]]] = {
        "evidence": lambda: _plain(spun, "evidence", slug),
        "priority": lambda: _plain(spun, "priority", slug),
        "objective": lambda: _objectives(spun, user, slug),
        "action": lambda: _actions(spun, user, slug),
        "outcome": lambda: _plain(spun, "outcome", slug),
        "measure": lambda: _measures(spun, user, partnership),
        "card": lambda: _cards(spun, user, slug),
        "paper": lambda: _papers(spun, slug),
    }
    return Sheet(theme, tuple(_part(kind, tuple(make())) for kind, make in makers.items()), spun)


def _part(kind: str, lines: tuple[Line, ...]) -> Part:
    labels = {"objective": _("Objectives"), "paper": _("Where it was told")}
    missing = str(NO_OBJECTIVE if kind == "objective" else MISSING[kind])
    return Part(kind, labels.get(kind) or str(LABELS[kind]), lines, "" if lines else missing)


def _plain(spun: Chain, kind: str, slug: str) -> Iterator[Line]:
    for link in spun.links[kind]:
        mark = link.code if kind == "outcome" else ""
        yield Line(words_of(link), link_url(link, slug), mark)


def _objectives(spun: Chain, user: Any, slug: str) -> Iterator[Line]:
    keys = [link.pk for link in spun.links["priority"]]
    if not keys:
        return
    rows = Objective.objects.standing().visible_to(user).filter(priority__in=keys).select_related("priority__plan")
    for row in rows.order_by("priority__number", "pk"):
        where = reverse("plan:priority", args=[slug, row.priority.plan.code, row.priority.code])
        yield Line(_say(row, "title"), where, row.code)


def _actions(spun: Chain, user: Any, slug: str) -> Iterator[Line]:
    """Each action with its status, and what was last said of it."""
    keys = [link.told_as for link in spun.links["action"]]
    last: dict[int, Update] = {}
    if keys:
        filed = Update.objects.standing().visible_to(user).filter(action__in=keys, state=Update.State.FILED)
        for row in filed.order_by("quarter"):
            last[row.action_id] = row
    for link in spun.links["action"]:
        told = last.get(link.told_as)
        note = _say(told, "text") if told else str(NOT_TOLD)
        yield Line(_first(link.title), link_url(link, slug), link.code, note, status=link.more, is_gap=told is None)


def _measures(spun: Chain, user: Any, partnership: Any) -> Iterator[Line]:
    """Each measure with its latest figure; one that has none says so."""
    links = spun.links["measure"]
    standing: Any = Observation.objects.standing()
    rows: Any = standing.visible_to(user).filter(measure__in=[link.pk for link in links])
    latest: dict[int, Observation] = {}
    for row in rows.select_related("measure", "wave").order_by("to_on", "from_on", "pk") if links else ():
        latest[row.measure_id] = row
    for link in links:
        told = latest.get(link.pk)
        yield Line(_first(link.title), link_url(link, partnership.slug), link.code, _figure(told), is_gap=told is None)


def _figure(row: Observation | None) -> str:
    if row is None:
        return _("no figure yet")
    line = said(row, row.measure)
    shown = _("no data") if line.is_missing else _("too few answers") if line.is_withheld else line.figure
    return _("%(period)s: %(figure)s") % {"period": line.period, "figure": " ".join(shown.split())}


def _cards(spun: Chain, user: Any, slug: str) -> Iterator[Line]:
    """Each unusual figure with its explanation, where somebody has signed one."""
    links = spun.links["card"]
    rows = Card.objects.visible_to(user).filter(pk__in=[link.pk for link in links]).in_bulk() if links else {}
    for link in links:
        card = rows.get(link.pk)
        why = _say(card, "explanation") if card is not None and card.signed_on else ""
        yield Line(link.title, link_url(link, slug), note=why or str(NOT_EXPLAINED), is_gap=not why)


def _papers(spun: Chain, slug: str) -> Iterator[Line]:
    for each in papers(spun, slug):
        if not each.told.is_withdrawn:
            yield Line(
                paper_name(each.told.paper, each.told.key, each.told.version),
                each.url,
                note=_("for everybody") if each.told.audience == "public" else _("for the partnership"),
            )


def paper_name(kind: str, key: str, version: int) -> str:
    """What a version of a paper is called: a whole phrase for each kind that the chain knows."""
    phrases = {
        "plan": _("Plan %(key)s, version %(version)s"),
        "quarter": _("Quarter ending in %(key)s, version %(version)s"),
        "annual": _("Year ending in %(key)s, version %(version)s"),
        "assessment": _("Summary of the assessment %(key)s, version %(version)s"),
        "partnership": _("Who we are, version %(version)s"),
    }
    called = month_said(key) if kind in ("quarter", "annual") else key
    return phrases.get(kind, _("%(key)s, version %(version)s")) % {"key": called, "version": version}


def status_word(code: str) -> str:
    """The word for a status, as the plan says it."""
    return str(STATUSES.get(code, code))


def _say(row: Any, name: str) -> str:
    pair = row.pair(name)
    return _first(pair.say() or pair.en or pair.cy)


def _first(text: str) -> str:
    lines: Sequence[str] = text.strip().splitlines()
    return lines[0] if lines else ""
