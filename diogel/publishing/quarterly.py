"""A quarter's paper in one language, drawn from what the allow-list let through: it can reach nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from diogel.analysis.periods import Quarter
from diogel.published.blocks import Block, Heading, Notice, Pair, Paper, paragraphs
from diogel.words.quarters import quarter_name

from .markings import marking_said
from .one_language import RULE, notices
from .quarterly_cards import card_blocks
from .quarterly_caveats import caveats_blocks, not_over
from .quarterly_figures import figures_blocks
from .quarterly_measures import measures_blocks
from .quarterly_opening import finding, opening
from .quarterly_progress import progress_blocks
from .quarterly_words import day_said, say

Told = Mapping[str, Any]


def paper(content: Told, *, language: str, audience: str, is_draft: bool, version: str = "1", marking: str = "OFFICIAL") -> Paper:
    """The paper, complete. `audience` is internal or public; `content` is what may be told to it, in both languages."""
    with translation.override(language):
        is_public = audience == "public"
        who = content["partnership"]
        quarter = Quarter.parse(content["quarter"])
        return Paper(
            language=language,
            title=finding(content),
            kicker=kicker(quarter, is_draft=is_draft),
            partnership=Pair(**who["name"]),
            place=Pair(**who["place"]),
            marking=marking_said(marking, is_public=is_public),
            audience=audience,
            version=version,
            data_on=quarter.last_day,
            notices=(*notices(content.get(RULE), language), *_notices(content, is_draft=is_draft)),
            blocks=(*opening(content, is_public=is_public), *_body(content, is_public=is_public)),
            foot=_foot(content, quarter.last_day, version, is_public=is_public),
        )


def kicker(quarter: Quarter, *, is_draft: bool) -> str:
    """What it is, and of which quarter."""
    words = _("Draft of the quarterly report · %(quarter)s") if is_draft else _("Quarterly report · %(quarter)s")
    return words % {"quarter": quarter_name(quarter)}


def _foot(content: Told, last_day: date, version: str, *, is_public: bool) -> str:
    """Which version it is, up to which day it tells, when the police files were loaded, and whether they are invented."""
    values = {"version": version, "day": day_said(last_day)}
    told = [
        (
            _("Quarterly report, public version %(version)s. Figures to %(day)s.")
            if is_public
            else _("Quarterly report, internal version %(version)s. Figures to %(day)s.")
        )
        % values
    ]
    if content["crime"]:
        told.append(_("Police files loaded on %(day)s.") % {"day": day_said(content["crime"]["loaded_on"])})
    if content["is_synthetic"]:
        told.append(_("Synthetic figures."))
    return " ".join(told)


def _notices(content: Told, *, is_draft: bool) -> list[Notice]:
    notices = [Notice("draft", _("Draft: do not quote"))] if is_draft else []
    if content["partnership"]["is_example"]:
        notices.append(Notice("example", str(settings.EXAMPLE_LINE)))
    cautions = [
        _("The recorded figures in this paper are synthetic: they were made by a program and describe no real place or event.")
        if content["is_synthetic"]
        else "",
        not_over(content),
        ""
        if content["plan"]
        else _("No plan was in force in this quarter. This paper gives figures only; it does not report the progress of an earlier plan."),
    ]
    return notices + [Notice("caution", caution) for caution in cautions if caution]


def _body(content: Told, *, is_public: bool) -> list[Block]:
    """In order of what matters: what was unusual and what else happened, what is being done, then the figures to look things up in."""
    blocks: list[Block] = []
    for card in content["cards"]:
        blocks += card_blocks(card, is_synthetic=content["is_synthetic"])
    blocks += _events(content)
    blocks += progress_blocks(content)
    blocks += measures_blocks(content)
    blocks += figures_blocks(content)
    return [*blocks, *caveats_blocks(content, is_public=is_public)]


def _events(content: Told) -> list[Block]:
    """Dated events that reach into the quarter; one without an end still goes on."""
    if not content["events"]:
        return []
    blocks: list[Block] = [Heading(2, _("What else happened"))]
    for event in content["events"]:
        said = {"title": say(event["title"]), "first": day_said(event["from_on"]), "last": event["to_on"] and day_said(event["to_on"])}
        words = (
            _("From %(first)s, and still so: %(title)s")
            if event["to_on"] is None
            else _("%(first)s: %(title)s")
            if event["to_on"] == event["from_on"]
            else _("%(first)s to %(last)s: %(title)s")
        )
        blocks += paragraphs(words % said, "work")
    return blocks
