"""The next steps of one reader in one partnership: dated sentences, each with the button that takes the step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.indicators.models import Card
from diogel.indicators.silences import seen_by
from diogel.indicators.silences_shown import lines
from diogel.people.access import May, may, may_update
from diogel.plan.numbering import number_in
from diogel.processes.actions.models import Update
from diogel.processes.tensions.models import Tension
from diogel.published.models import Publication
from diogel.publishing.annual_years import begun
from diogel.words.pairs import Pair

from .steps_consulting import comment_steps
from .steps_rounds import carried_steps, open_steps, own_pages, round_steps
from .words_list import unchecked

WITHIN = timedelta(days=91)
"""After the end of a year its report is expected within a quarter: the first board of the new year approves it."""


@dataclass(frozen=True)
class Step:
    """One next step. `late` is in words, empty where it is not; `posts` where the button acts rather than leads."""

    due_on: date | None
    sentence: str
    button: str
    url: str
    detail: str = ""
    late: str = ""
    posts: bool = False
    is_quiet: bool = False
    carry: Any = None
    is_first: bool = False


def late_and_next(user: Any, partnership: Any, day: date) -> list[Step]:
    """Late first, longest first; then what comes before everything else, then by date; undated last."""
    found = [step for source in SOURCES for step in source(user, partnership, day)]
    return sorted(found, key=lambda step: (not step.late, not step.is_first, step.due_on or date.max))


def days_late(due: date, day: date) -> str:
    """`9 days late`, or nothing where it is not."""
    days = (day - due).days
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days} if days > 0 else ""


def updates(user: Any, partnership: Any, day: date) -> Iterator[Step]:
    """Updates that were asked for and have not come."""
    rows = Update.objects.visible_to(user).standing().exclude(state=Update.State.FILED).filter(action__partnership=partnership)
    own = own_pages(user, partnership, day)
    for row in rows.select_related("action__lead_body", "action__partnership").prefetch_related("action__bodies", "action__numbers__plan"):
        held = number_in(row.action.numbers.all(), row.quarter)
        if held is None or not may_update(user, row.action):
            continue
        number = held.number
        body = Pair(row.action.lead_body.name_cy, row.action.lead_body.name_en).say() if row.action.lead_body else ""
        yield Step(
            due_on=row.due_on,
            sentence=_("Action %(number)s has no update for this quarter: %(title)s")
            % {"number": number, "title": row.action.pair("title").say()},
            detail=body,
            late=days_late(row.due_on, day) if row.due_on else "",
            button=_("Write the update"),
            url=own.get(row.pk) or reverse("plan:update", args=[partnership.slug, held.plan.code, number, row.quarter]),
        )


def rounds(user: Any, partnership: Any, day: date) -> Iterator[Step]:
    """What rounds of updates want of this reader."""
    for source in (round_steps, carried_steps, open_steps):
        yield from (Step(**told) for told in source(user, partnership, day))


def comments(user: Any, partnership: Any, day: date) -> Iterator[Step]:
    """What people said about a plan and nobody has answered."""
    yield from (Step(**told) for told in comment_steps(user, partnership, day))


def cards(user: Any, partnership: Any, day: date) -> Iterator[Step]:
    """Unusual figures that nobody has explained, and those that someone has promised to."""
    if not may(user, May.EXPLAIN_FIGURES, partnership):
        return
    rows = Card.objects.visible_to(user).standing().filter(look__partnership=partnership, signed_on=None).select_related("area", "look")
    for row in rows:
        title = row.title
        held = row.is_answered
        pattern = _("An unusual figure is being looked at: %(title)s") if held else _("An unusual figure has no explanation: %(title)s")
        yield Step(
            due_on=row.looking_until,
            sentence=pattern % {"title": title},
            detail=_("Nothing goes to the board unexplained."),
            late=days_late(row.looking_until, day) if row.looking_until else "",
            button=_("Open the card"),
            url=reverse("unusual:card", kwargs={"slug": partnership.slug, "pk": row.pk}),
        )


def silences(user: Any, partnership: Any, day: date) -> Iterator[Step]:
    """Flows of reports that have stopped, with nobody asked, or with an answer expected by a day."""
    if not may(user, May.EXPLAIN_FIGURES, partnership):
        return
    rows = list(seen_by(user, partnership).filter(ended_on=None, answer="").select_related("asked_body"))
    for row, line in zip(rows, lines(rows, partnership), strict=True):
        yield Step(
            due_on=row.asked_until,
            sentence=line["sentence"],
            detail=line["mark"]["note"] or line["mark"]["word"],
            late=days_late(row.asked_until, day) if row.asked_until else "",
            button=_("Say who is asked"),
            url=line["url"],
        )


def tensions(user: Any, partnership: Any, day: date) -> Iterator[Step]:
    """Tension reports whose clock runs."""
    if not may(user, May.TRIAGE_TENSIONS, partnership):
        return
    for row in Tension.objects.visible_to(user).open().filter(partnership=partnership):
        yield Step(
            due_on=row.due_on,
            sentence=_("Tension report %(reference)s waits for its next step") % {"reference": row.reference},
            late=days_late(row.due_on, day) if row.due_on else "",
            button=_("Open the report"),
            url=reverse("tensions:tension", kwargs={"slug": partnership.slug, "pk": row.pk}),
        )


def words(user: Any, partnership: Any, day: date) -> Iterator[Step]:
    """Sentences that wait for a reader of both languages; undated, for they hold up whatever is told next."""
    if not may(user, May.CHECK_PAIRS, partnership):
        return
    if waiting := len(unchecked(user, partnership)):
        sentence = ngettext("One sentence is not checked in both languages", "%(n)s sentences are not checked in both languages", waiting)
        yield Step(
            due_on=None,
            sentence=sentence % {"n": waiting},
            detail=_("Neither half is published until somebody has vouched for both."),
            button=_("Open the words"),
            url=reverse("words:desk", kwargs={"slug": partnership.slug}),
        )


def years(user: Any, partnership: Any, day: date) -> Iterator[Step]:
    """The report of each year of a plan that is over and was never told; the board expects it a quarter after the year's end."""
    if not may(user, May.PUBLISH, partnership):
        return
    over = [year for year in begun(partnership, user, day) if year.is_over(day)]
    keys = (
        Publication.objects.filter(partnership=partnership.slug, kind=Publication.Kind.ANNUAL).values_list("key", flat=True) if over else ()
    )
    told = set(keys)
    for year in over:
        if year.key not in told:
            due_on = year.to_on + WITHIN
            yield Step(
                due_on=due_on,
                sentence=_("The year of the plan that ended on %(day)s has no report yet") % {"day": date_format(year.to_on, "j F Y")},
                late=days_late(due_on, day),
                button=_("Open the report of the year"),
                url=reverse("publishing:thing", args=[partnership.slug, Publication.Kind.ANNUAL, year.key]),
            )


SOURCES: tuple[Callable[[Any, Any, date], Iterator[Step]], ...] = (updates, rounds, comments, cards, silences, tensions, years, words)
