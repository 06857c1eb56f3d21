"""The next steps of one reader in one partnership: dated sentences, each with the button that takes the step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.indicators.models import Card
from diogel.indicators.silences import seen_by
from diogel.indicators.silences_shown import lines
from diogel.people.access import May, may_update
from diogel.plan.models import Number
from diogel.plan.numbering import number_in
from diogel.processes.actions.models import Update
from diogel.published.models import Publication
from diogel.publishing.annual_years import begun_of
from diogel.words.pairs import Pair

from .steps_consulting import comment_steps
from .steps_read import Reader
from .steps_rounds import carried_steps, open_steps, own_pages, round_steps
from .words_list import unchecked

WITHIN = timedelta(days=91)
"""After the end of a year its report is expected within a quarter: the first board of the new year approves it."""
NUMBERS = Prefetch("action__numbers", Number.objects.standing().select_related("plan"))
FEW, SINGLY = 5, 3
"""So many steps of a kind stand one by one; where there are more, so many do, and the rest is one step."""


@dataclass(frozen=True)
class Step:
    """One next step. `late` is in words, empty where it is not; `posts` where the button acts rather than leads. `among` are the
    pages that list it with others of its kind, the one that suits the reader best first; `stands_for` how many things it tells of."""

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
    among: tuple[str, ...] = ()
    stands_for: int = 1


def late_and_next(user: Any, partnership: Any, day: date) -> list[Step]:
    """Late first, longest first; then what comes before everything else, then by date; undated last."""
    reader = Reader(user, partnership, day)
    told = [step for source in SOURCES for step in source(reader)]
    found = [replace(step, late=days_late(step.due_on, day)) for step in told]
    return sorted(found, key=lambda step: (not step.late, not step.is_first, step.due_on or date.max))


def days_late(due: date | None, day: date) -> str:
    """`9 days late`, or nothing where it is not."""
    days = (day - due).days if due else 0
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days} if days > 0 else ""


def few(steps: Iterable[Step], day: date, rest: Callable[[int], str], every: str) -> Iterator[Step]:
    """The most pressing of a kind one by one, what is late apart from what is to come. Where there are many of either, the rest is one
    step: `rest` says so many of them in a sentence; it leads to the first page that they are all among, else to `every`."""
    ordered = sorted(steps, key=lambda step: step.due_on or date.max)
    for is_late in (True, False):
        alike = [step for step in ordered if bool(days_late(step.due_on, day)) == is_late]
        singly = alike if len(alike) <= FEW else alike[:SINGLY]
        yield from singly
        if left := alike[len(singly) :]:
            yield Step(
                due_on=left[0].due_on,
                sentence=rest(len(left)),
                button=_("See them all"),
                url=next((page for page in left[0].among if all(page in step.among for step in left)), every),
                is_quiet=True,
                is_first=left[0].is_first,
                stands_for=len(left),
            )


def updates(reader: Reader) -> Iterator[Step]:
    """Updates that were asked for and have not come."""

    def rest(n: int) -> str:
        pattern = ngettext("One more action has no update for its quarter", "%(n)s more actions have no update for their quarter", n)
        return pattern % {"n": n}

    yield from few(_updates(reader), reader.day, rest, reverse("rounds:rounds", args=[reader.partnership.slug]))


def _updates(reader: Reader) -> Iterator[Step]:
    if not (reader.may(May.UPDATE_ALL_ACTIONS) or reader.may(May.UPDATE_OWN_ACTIONS)):
        return
    waiting = Update.objects.visible_to(reader.user).standing().asked().exclude(state=Update.State.FILED)
    waiting = waiting.filter(action__partnership=reader.partnership).select_related("action__lead_body", "action__partnership")
    if not reader.may(May.UPDATE_ALL_ACTIONS):
        waiting = waiting.prefetch_related("action__bodies")  # it is theirs where their own body leads it
    rows = list(waiting.prefetch_related(NUMBERS))
    own = own_pages(reader) if rows else {}
    lists = _round_pages(reader) if len(rows) > FEW else {}
    placed = [
        (held, row) for row in rows if (held := number_in(row.action.numbers.all(), row.quarter)) and may_update(reader.user, row.action)
    ]
    for held, row in sorted(placed, key=lambda each: each[0].number):
        page, slug = own.get(row.pk), reader.partnership.slug
        body = Pair(row.action.lead_body.name_cy, row.action.lead_body.name_en).say() if row.action.lead_body else ""
        yield Step(
            due_on=row.due_on,
            sentence=_("Action %(number)s has no update for this quarter: %(title)s")
            % {"number": held.number, "title": row.action.pair("title").say()},
            detail=body,
            button=_("Write the update"),
            url=page or reverse("plan:update", args=[slug, held.plan.code, held.number, row.quarter]),
            among=tuple(filter(None, [page, lists.get((held.plan_id, row.quarter)), reverse("plan:plan", args=[slug, held.plan.code])])),
        )


def _round_pages(reader: Reader) -> dict[tuple[int, str], str]:
    """The page of each round that the reader may open, by its plan and quarter."""
    if not reader.may(May.SEE_PEOPLE):
        return {}
    return {(each.plan_id, each.quarter): reverse("rounds:round", args=[reader.partnership.slug, each.pk]) for each in reader.rounds}


def rounds(reader: Reader) -> Iterator[Step]:
    """What rounds of updates want of this reader."""

    def rest(n: int) -> str:
        pattern = ngettext(
            "One more action was carried over for the same reason again",
            "%(n)s more actions were carried over for the same reason again",
            n,
        )
        return pattern % {"n": n}

    for source in (round_steps, open_steps):
        yield from (Step(**told) for told in source(reader))
    carried = [Step(**told) for told in carried_steps(reader)]
    yield from few(carried, reader.day, rest, reverse("rounds:carried", args=[reader.partnership.slug]))


def comments(reader: Reader) -> Iterator[Step]:
    """What people said about a plan and nobody has answered."""
    yield from (Step(**told) for told in comment_steps(reader))


def cards(reader: Reader) -> Iterator[Step]:
    """Unusual figures that nobody has explained, and those that someone has promised to."""
    if not reader.may(May.EXPLAIN_FIGURES):
        return

    def rest(n: int) -> str:
        return ngettext("One more unusual figure waits", "%(n)s more unusual figures wait", n) % {"n": n}

    yield from few(_cards(reader), reader.day, rest, reverse("unusual:desk", args=[reader.partnership.slug]))


def _cards(reader: Reader) -> Iterator[Step]:
    rows = Card.objects.visible_to(reader.user).standing().filter(look__partnership=reader.partnership, signed_on=None)
    for row in rows.select_related("area", "look"):
        title = row.title
        held = row.is_answered
        pattern = _("An unusual figure is being looked at: %(title)s") if held else _("An unusual figure has no explanation: %(title)s")
        yield Step(
            due_on=row.looking_until,
            sentence=pattern % {"title": title},
            detail=_("Nothing goes to the board unexplained."),
            button=_("Open the card"),
            url=reverse("unusual:card", kwargs={"slug": reader.partnership.slug, "pk": row.pk}),
        )


def silences(reader: Reader) -> Iterator[Step]:
    """Flows of reports that have stopped, with nobody asked, or with an answer expected by a day."""
    if not reader.may(May.EXPLAIN_FIGURES):
        return

    def rest(n: int) -> str:
        return ngettext("One more flow of reports has stopped", "%(n)s more flows of reports have stopped", n) % {"n": n}

    yield from few(_silences(reader), reader.day, rest, reverse("unusual:desk", args=[reader.partnership.slug]))


def _silences(reader: Reader) -> Iterator[Step]:
    rows = list(seen_by(reader.user, reader.partnership).filter(ended_on=None, answer="").select_related("asked_body"))
    for row, line in zip(rows, lines(rows, reader.partnership), strict=True):
        yield Step(
            due_on=row.asked_until,
            sentence=line["sentence"],
            detail=line["mark"]["note"] or line["mark"]["word"],
            button=_("Say who is asked"),
            url=line["url"],
        )


def tensions(reader: Reader) -> Iterator[Step]:
    """Tension reports whose clock runs."""
    if not reader.may(May.TRIAGE_TENSIONS):
        return

    def rest(n: int) -> str:
        return ngettext("One more tension report waits for its next step", "%(n)s more tension reports wait for their next step", n) % {
            "n": n
        }

    yield from few(_tensions(reader), reader.day, rest, reverse("tensions:tensions", args=[reader.partnership.slug]))


def _tensions(reader: Reader) -> Iterator[Step]:
    for row in reader.found("tension"):
        yield Step(
            due_on=row.day,
            sentence=_("Tension report %(reference)s waits for its next step") % {"reference": row.code},
            button=_("Open the report"),
            url=reverse("tensions:tension", kwargs={"slug": reader.partnership.slug, "pk": row.key}),
        )


def words(reader: Reader) -> Iterator[Step]:
    """Sentences that wait for a reader of both languages; undated, for they hold up whatever is told next."""
    if not reader.may(May.CHECK_PAIRS):
        return
    if waiting := len(unchecked(reader.user, reader.partnership)):
        sentence = ngettext("One sentence is not checked in both languages", "%(n)s sentences are not checked in both languages", waiting)
        yield Step(
            due_on=None,
            sentence=sentence % {"n": waiting},
            detail=_("Neither half is published until somebody has vouched for both."),
            button=_("Open the words"),
            url=reverse("words:desk", kwargs={"slug": reader.partnership.slug}),
        )


def years(reader: Reader) -> Iterator[Step]:
    """The report of each year of a plan that is over and was never told; the board expects it a quarter after the year's end."""
    if not reader.may(May.PUBLISH):
        return
    told = {row.code for row in reader.found("told")}
    for year in (year for year in begun_of(reader.plans, reader.day) if year.is_over(reader.day)):
        if year.key not in told:
            due_on = year.to_on + WITHIN
            yield Step(
                due_on=due_on,
                sentence=_("The year of the plan that ended on %(day)s has no report yet") % {"day": date_format(year.to_on, "j F Y")},
                button=_("Open the report of the year"),
                url=reverse("publishing:thing", args=[reader.partnership.slug, Publication.Kind.ANNUAL, year.key]),
            )


SOURCES: tuple[Callable[[Reader], Iterator[Step]], ...] = (updates, rounds, comments, cards, silences, tensions, years, words)
