"""The annual report in one language, what we said and what we did, drawn from what the allow-list let through: it can reach nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.published.blocks import LANGUAGES, Block, Bullets, Definition, Definitions, Heading, Notice, Pair, Paper, Paragraph

from .annual_figures import figures_blocks, objectives_blocks, outcomes_blocks
from .markings import marking_said
from .one_language import RULE, notices
from .plan_papers import action_blocks, changes_blocks, groups, promised, told_then, with_status
from .quarterly_progress import SHAPES, carried_words, status_word
from .quarterly_words import day_said, say

Told = Mapping[str, Any]


def paper(
    content: Told, *, language: str, audience: str, version: str, marking: str, is_draft: bool = False, changes: Sequence[str] = ()
) -> Paper:
    """The report, complete. `content` is what may be told to this audience, in both languages; `changes` are what differs from the version
    before, each a sentence of this language."""
    with translation.override(language):
        is_public, who = audience == "public", content["partnership"]
        return Paper(
            language=language,
            title=finding(content),
            kicker=kicker(content, is_draft=is_draft),
            partnership=Pair(**who["name"]),
            place=Pair(**who["place"]),
            marking=marking_said(marking, is_public=is_public),
            audience=audience,
            version=version,
            data_on=date.fromisoformat(content["to_on"]),
            notices=(*notices(content.get(RULE), language), *_notices(content, is_draft=is_draft)),
            blocks=(*_opening(content), *_body(content, is_public=is_public), *changes_blocks(changes)),
            foot=_foot(content, version, is_public=is_public),
        )


def finding(content: Told) -> str:
    """How many of the actions are complete, in one sentence; of a plan without numbered actions, what it is told by."""
    every = len(content["actions"])
    if not every:
        return _("What we said we would do, and what the figures show")
    complete = sum(row["status"] == "complete" for row in content["actions"])
    if not complete:
        return ngettext("The one action we promised is not complete", "None of the %(every)s actions we promised is complete", every) % {
            "every": every
        }
    if every == 1:
        return _("The one action we promised is complete")
    pattern = ngettext(
        "One of the %(every)s actions we promised is complete", "%(n)s of the %(every)s actions we promised are complete", complete
    )
    return pattern % {"n": complete, "every": every}


def kicker(content: Told, *, is_draft: bool = False) -> str:
    """What it is, and of which year."""
    words = _("Draft of the annual report · %(year)s") if is_draft else _("Annual report · %(year)s")
    return words % {"year": year_said(content)}


def named(content: Told) -> Pair:
    """What it is called in both languages, whatever language it is in."""
    said = []
    for language in LANGUAGES:
        with translation.override(language):
            said.append(kicker(content))
    return Pair(said[0], said[1])


def year_said(content: Told) -> str:
    """`1 April 2021 to 31 March 2022`."""
    return _("%(first)s to %(last)s") % {"first": day_said(content["from_on"]), "last": day_said(content["to_on"])}


def _notices(content: Told, *, is_draft: bool) -> Iterator[Notice]:
    if is_draft:
        yield Notice("draft", _("Draft: do not quote"))
    if content["partnership"]["is_example"]:
        yield Notice("example", str(settings.EXAMPLE_LINE))
    if silent := _silent(content):
        words = ngettext("Nothing was told of one action in this year.", "Nothing was told of %(n)s actions in this year.", silent)
        yield Notice("caution", words % {"n": silent})


def _silent(content: Told) -> int:
    return sum(row["update"] is None for row in content["actions"])


def _opening(content: Told) -> list[Block]:
    """What this is, and how the actions ended, counted by their status."""
    said = _(
        "This report sets what the plan “%(plan)s” promised for the year beside what was done, action by action, and says what comes next."
    )
    without = _("This report sets what the plan “%(plan)s” set out to do beside what the figures show.")
    lede = (said if content["actions"] else without) % {"plan": say(content["plan"]["title"])}
    counts = Counter(row["status"] for row in content["actions"])
    ended = tuple(
        Definition(status_word(status), ngettext("one action", "%(n)s actions", n) % {"n": n}, SHAPES.get(status, "todo"))
        for status, n in sorted(counts.items(), key=lambda each: list(SHAPES).index(each[0]) if each[0] in SHAPES else len(SHAPES))
    )
    return [Paragraph(lede), *([Definitions(ended)] if ended else [])]


def _body(content: Told, *, is_public: bool) -> Iterator[Block]:
    if content["actions"]:
        yield Heading(2, _("What we said, and what we did"))
        for title, rows in groups(content):
            yield from action_blocks(title, rows, partial(_said, is_public=is_public))
    yield from objectives_blocks(content)
    yield from outcomes_blocks(content)
    yield from figures_blocks(content)
    yield from _next(content)


def _said(row: Told, *, is_public: bool) -> Iterator[Definition]:
    """One action: the promise, where it stands, what was done, and why it goes on."""
    yield from promised(row)
    yield Definition(_("Where it stands"), _where(row), SHAPES.get(row["status"], "todo"))
    update = row["update"]
    yield Definition(_("What we did"), told_then(update) or _("Nothing was told of it in this year."))
    if update and not is_public and (obstacle := say(update["obstacle"])):
        yield Definition(_("What stands in the way"), obstacle)
    if row["carried"]:
        yield Definition(_("Carried over"), carried_words(row["carried"]), "carry")
    for each in row["carry_overs"]:
        yield Definition(_("Why it goes on"), say(each["reason"]) or _("No reason was given."))
    if comes := _comes(row):
        yield Definition(_("What comes next"), comes)


def _where(row: Told) -> str:
    update = row["update"]
    if update and update["percent"] is not None and row["status"] != "complete":
        return _("%(status)s, %(percent)s%% done") % {"status": status_word(row["status"]), "percent": update["percent"]}
    return status_word(row["status"])


def _comes(row: Told) -> str:
    """The next step that was named, and under which number the action goes on."""
    said, update = [], row["update"]
    if update and (step := say(update["next_step"])):
        said.append(_("%(step)s By %(day)s.") % {"step": step, "day": day_said(update["next_on"])} if update["next_on"] else step)
    if row["next_number"]:
        said.append(_("It is number %(number)s of the plan %(plan)s.") % {"number": row["next_number"], "plan": row["next_plan"]})
    return " ".join(said)


def _next(content: Told) -> Iterator[Block]:
    """What is not complete, told once more in a row: it is what the next year begins with."""
    if not content["actions"]:
        return
    goes_on = [row for row in content["actions"] if row["status"] not in ("complete", "superseded", "withdrawn")]
    yield Heading(2, _("What goes on"))
    if not goes_on:
        yield Paragraph(_("Every action of the year has come to its end."))
        return
    line = _("%(number)s: %(title)s")
    yield Bullets(tuple(with_status(line % {"number": row["number"], "title": say(row["title"])}, row["status"]) for row in goes_on))


def _foot(content: Told, version: str, *, is_public: bool) -> str:
    words = (
        _("Annual report, public version %(version)s. Figures to %(day)s.")
        if is_public
        else _("Annual report, internal version %(version)s. Figures to %(day)s.")
    )
    return words % {"version": version, "day": day_said(content["to_on"])}
