"""The plan, its summary and its progress as papers, drawn from the same snapshot as the public pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from diogel.published.blocks import Block, Bullets, Cell, Column, Definition, Definitions, Heading, Notice, Pair, Paper, Paragraph, Table
from diogel.words.quarters import quarter_name

from .annual_figures import figures_blocks, objectives_blocks, outcomes_blocks
from .documents import LANGUAGES
from .markings import marking_said
from .quarterly_progress import SHAPES, carried_words, status_word
from .quarterly_words import day_said, say, told

Told = Mapping[str, Any]


def plan_papers(content: Told, *, version: str, changes: Mapping[str, Sequence[str]]) -> dict[str, dict[str, Paper]]:
    """Three papers in both languages, by the names of their files; `plan` is what the scan calls the pages themselves."""
    drawn: dict[str, dict[str, Paper]] = {"whole-plan": {}, "summary": {}, "progress": {}}
    for language in LANGUAGES:
        with translation.override(language):
            drawn["whole-plan"][language] = _paper(content, language, version, _("The plan"), _whole(content, changes.get(language, ())))
            drawn["summary"][language] = _paper(content, language, version, _("The plan in short"), _short(content))
            drawn["progress"][language] = _paper(content, language, version, _("How the plan is going"), _progress(content))
    return drawn


def _paper(content: Told, language: str, version: str, kicker: str, blocks: Iterator[Block]) -> Paper:
    who = content["partnership"]
    return Paper(
        language=language,
        title=say(content["title"]),
        kicker=kicker,
        partnership=Pair(**who["name"]),
        place=Pair(**who["place"]),
        marking=marking_said("", is_public=True),
        audience="public",
        version=version,
        data_on=date.fromisoformat(content["from_on"]),
        notices=(Notice("example", str(settings.EXAMPLE_LINE)),) if who["is_example"] else (),
        blocks=tuple(blocks),
        foot=_("%(paper)s, public version %(version)s.") % {"paper": kicker, "version": version},
    )


def _days(content: Told) -> str:
    return _("It runs from %(first)s to %(last)s.") % {"first": day_said(content["from_on"]), "last": day_said(content["to_on"])}


def _priorities(content: Told) -> Iterator[Block]:
    lists = (("highlighted", _("What comes first this year")), ("standing", _("Standing priorities")))
    for listed, title in lists:
        if rows := [row for row in content["priorities"] if row["listed"] == listed]:
            yield Heading(2, title)
            yield Bullets(tuple(say(row["title"]) for row in rows))


def _short(content: Told) -> Iterator[Block]:
    yield Paragraph(_days(content))
    yield from told(content["introduction"])[:2]
    yield from _priorities(content)
    if content["actions"]:
        yield Heading(2, _("What we will do"))
        yield Bullets(
            tuple(_("%(number)s: %(title)s") % {"number": row["number"], "title": say(row["title"])} for row in content["actions"])
        )


def _whole(content: Told, changes: Sequence[str]) -> Iterator[Block]:
    yield Paragraph(_days(content))
    yield from told(content["introduction"])
    yield from _priorities(content)
    yield from objectives_blocks(content)
    if content["actions"]:
        yield Heading(2, _("What we will do"))
        for title, rows in groups(content):
            yield from action_blocks(title, rows, _promise)
    yield from outcomes_blocks(content)
    yield from figures_blocks(content, with_before=False)
    if content["monitoring"]["cy"] or content["monitoring"]["en"]:
        yield Heading(2, _("How it is watched"))
        yield from told(content["monitoring"])
    yield from changes_blocks(changes)


def changes_blocks(changes: Sequence[str]) -> Iterator[Block]:
    """What differs from the version before; nothing where there was none."""
    if changes:
        yield Heading(2, _("What changed since the version before"))
        yield Bullets(tuple(changes))


def groups(content: Told) -> Iterator[tuple[str, list[Told]]]:
    """The actions under the headings of the plan, the empty ones too; what stands under none comes last."""
    known = {row["code"] for row in content["sections"]}
    for section in content["sections"]:
        yield say(section["title"]), [row for row in content["actions"] if row["section"] == section["code"]]
    loose = [row for row in content["actions"] if row["section"] not in known]
    if loose:
        yield (_("Under no heading") if known else ""), loose


def action_blocks(title: str, rows: list[Told], said: Any) -> Iterator[Block]:
    """One group of actions, each under its number with what `said` tells of it."""
    if title:
        yield Heading(3, title)
    if not rows:
        yield Paragraph(_("No action stood under this heading."), "work")
    for row in rows:
        yield Heading(4 if title else 3, _("%(number)s: %(title)s") % {"number": row["number"], "title": say(row["title"])})
        yield Definitions(tuple(said(row)))


def promised(row: Told) -> Iterator[Definition]:
    """What an action promises: its words, its parts, and the bodies that lead it."""
    text = " ".join(each.text for each in told(row["text"]))
    yield Definition(_("What we said"), text or say(row["title"]))
    for part in row["parts"]:
        yield Definition(_("Part %(code)s") % {"code": part["code"]}, with_status(say(part["title"]), part["status"]))
    if bodies := "; ".join(say(body["name"]) for body in row["bodies"]):
        yield Definition(_("Who leads"), bodies)


def with_status(title: str, status: str) -> str:
    return _("%(title)s (%(status)s)") % {"title": title, "status": status_word(status)}


def _promise(row: Told) -> Iterator[Definition]:
    yield from promised(row)
    yield Definition(_("Where it stands"), status_word(row["status"]), SHAPES.get(row["status"], "todo"))
    if row["promised_on"]:
        yield Definition(_("To be done by"), day_said(row["promised_on"]))


def _progress(content: Told) -> Iterator[Block]:
    yield Paragraph(_days(content))
    if not content["actions"]:
        yield Paragraph(_("It has no numbered actions. What was done shows in the figures of each objective."))
        yield from figures_blocks(content, with_before=False)
        return
    columns = (
        Column(pgettext("number of an action", "No"), "end"),
        Column(_("Action"), share=4),
        Column(_("Status"), share=2),
        Column(_("Carried over"), share=2),
        Column(_("What was said"), share=5),
    )
    yield Table(_("Every action"), columns, tuple(_line(row) for row in content["actions"]))


def told_then(update: Told | None) -> str:
    """What an update says, with the quarter it speaks of: what was so then may not be so now. Nothing where it says nothing."""
    text = say(update["text"]) if update else ""
    return _("%(quarter)s: %(text)s") % {"quarter": quarter_name(update["quarter"]), "text": text} if update and text else ""


def _line(row: Told) -> tuple[Cell, ...]:
    said = told_then(row["told"])
    carried = row["carried"]
    return (
        Cell(str(row["number"]), numeric=True),
        Cell(say(row["title"])),
        Cell(status_word(row["status"]), mark=SHAPES.get(row["status"], "todo")),
        Cell(carried_words(carried), mark="carry", times=carried["times"]) if carried else Cell(_("not carried over")),
        Cell(said) if said else Cell(_("Nothing has been told of this action yet."), state="missing"),
    )
