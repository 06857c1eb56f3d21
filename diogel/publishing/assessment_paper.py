"""The assessment as a paper in one language, drawn from what the allow-list let through: it can reach nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.assessment.bands import Band
from diogel.assessment.models import StatutorySection, Theme
from diogel.assessment.showing import part_name
from diogel.assessment.statuses import SETTLED
from diogel.published.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Definition,
    Definitions,
    Figure,
    Heading,
    Notice,
    Pair,
    Paper,
    Paragraph,
    Table,
)
from diogel.words.dated import as_dated

from .markings import marking_said
from .quarterly_words import day_said, say, told

Told = Mapping[str, Any]
MATRIX = "matrix"


def paper(
    content: Told, *, language: str, audience: str, is_draft: bool, version: str = "1", marking: str = "OFFICIAL", has_matrix: bool = False
) -> Paper:
    """The document or, for the public, its summary, complete in one language."""
    with translation.override(language):
        is_public = audience == "public"
        who = content["partnership"]
        return Paper(
            language=language,
            title=_finding(content),
            kicker=_kicker(content, is_public=is_public, is_draft=is_draft),
            partnership=Pair(**who["name"]),
            place=Pair(**who["place"]),
            marking=marking_said(marking, is_public=is_public),
            audience=audience,
            version=version,
            data_on=date.fromisoformat(content["to_on"] or content["day"]),
            notices=tuple(_notices(content, is_draft=is_draft)),
            blocks=(*_opening(content, is_public=is_public), *_body(content, is_public=is_public, has_matrix=has_matrix)),
            foot=_foot(content, version, is_public=is_public),
        )


def _finding(content: Told) -> str:
    """What the assessment found, in one sentence."""
    count = sum(theme["decision"] == "priority" for theme in content["themes"])
    if not count:
        return _("No theme is a priority yet")
    return ngettext("%(n)s theme of the assessment should be a priority", "%(n)s themes of the assessment should be priorities", count) % {
        "n": count
    }


def _kicker(content: Told, *, is_public: bool, is_draft: bool) -> str:
    values = {"title": say(content["title"]), "period": say(content["period"])}
    if is_draft:
        return _("Draft · %(title)s · %(period)s") % values
    return (_("Summary · %(title)s · %(period)s") if is_public else _("%(title)s · %(period)s")) % values


def _notices(content: Told, *, is_draft: bool) -> Iterator[Notice]:
    if is_draft:
        yield Notice("draft", _("Draft: do not quote"))
    if content["partnership"]["is_example"]:
        yield Notice("example", str(settings.EXAMPLE_LINE))
    if content["status"] not in SETTLED:
        yield Notice("caution", _("This assessment is not approved yet."))


def _foot(content: Told, version: str, *, is_public: bool) -> str:
    words = (
        _("Summary of the assessment, public version %(version)s. Made on %(day)s.")
        if is_public
        else _("Assessment, internal version %(version)s. Made on %(day)s.")
    )
    return words % {"version": version, "day": day_said(content["day"])}


def _opening(content: Told, *, is_public: bool) -> Iterator[Block]:
    """Themes by risk, what was decided of each, and how the bands are to be read."""
    yield Heading(2, _("What was found"))
    yield _ranked(content, is_public=is_public)
    yield from told(content["scale"], "note")
    if not is_public and content["method"]:
        values = {"method": say(content["method"]["name"]), "day": day_said(content["method"]["from_on"])}
        yield Paragraph(_("Scored by the method “%(method)s”, in force from %(day)s.") % values, "note")


def _ranked(content: Told, *, is_public: bool) -> Table:
    columns = [Column(_("Theme")), Column(_("Band")), Column(_("Last year")), Column(_("Decision"))]
    rows = []
    for theme in content["themes"]:
        cells = [
            Cell(f"{theme['number']}. {say(theme['title'])}"),
            _band_cell(theme["band"]),
            _band_cell(theme["last_band"]),
            Cell(str(Theme.Decision(theme["decision"]).label)),
        ]
        if not is_public:
            score = theme["score"]
            cells[2:2] = [
                Cell(_rank(theme, content), numeric=True),
                Cell(str(score["risk"]), numeric=True) if score else Cell(_("no score"), "missing"),
                Cell(score["confidence"]) if score else Cell("–"),
            ]
        rows.append(tuple(cells))
    if not is_public:
        columns[2:2] = [Column(_("Rank"), "end"), Column(_("Risk"), "end"), Column(_("Confidence"))]
    return Table(_("Themes by risk"), tuple(columns), tuple(rows))


def _rank(theme: Told, content: Told) -> str:
    """Equal risks share a rank: `3=`."""
    rank = theme["rank"]
    return "–" if rank is None else f"{rank}=" if sum(each["rank"] == rank for each in content["themes"]) > 1 else str(rank)


def _band_cell(code: str) -> Cell:
    return Cell(str(Band(code).label)) if code else Cell(_("no band"), "missing")


def _body(content: Told, *, is_public: bool, has_matrix: bool) -> Iterator[Block]:
    if has_matrix:
        yield _matrix(content)
    for section in content["sections"]:
        yield Heading(2, str(StatutorySection.About(section["about"]).label))
        if section["is_kept_inside"]:
            yield Notice("withheld", _("This section rests on evidence that may not leave the partnership, so it is not told here."))
        else:
            yield from told(section["text"]) or [Paragraph(_("Nothing is written here."), "note")]
    yield Heading(2, _("Theme by theme"))
    for theme in content["themes"]:
        yield from _theme(theme, is_public=is_public)
    if not is_public and content["requests"]:
        yield from _requests(content)


def _matrix(content: Told) -> Figure:
    scored = [theme for theme in content["themes"] if theme["score"]]
    values = {"theme": say(scored[0]["title"]), "n": len(scored)}
    description = ngettext(
        "Matrix of %(n)s theme. The table of themes says the same in figures.",
        "Matrix of %(n)s themes. The table of themes says the same in figures.",
        len(scored),
    )
    return Figure(
        title=_("%(theme)s stands highest") % values,
        description=description % values,
        drawing=MATRIX,
        subtitle=_("Each number is a theme; the further to the right, the less ready services are")
        if any(theme["score"]["position"] is not None for theme in scored)
        else _("Each number is a theme; the further to the right the likelier, the higher up the greater the impact"),
    )


def _theme(theme: Told, *, is_public: bool) -> Iterator[Block]:
    yield Heading(3, f"{theme['number']}. {say(theme['title'])}")
    yield from told(theme["rationale"])
    decided = str(Theme.Decision(theme["decision"]).label)
    yield Definitions((Definition(_("Decision"), decided), *(() if is_public else _facts(theme))))
    yield from told(theme["decision_reason"], "work")
    if not is_public:
        yield from _scored(theme)
    if theme["evidence"]:
        yield Heading(4, _("Evidence"))
        yield Bullets(tuple(_evidence(each, is_public=is_public) for each in theme["evidence"]))


def _facts(theme: Told) -> Iterator[Definition]:
    score = theme["score"]
    if not score:
        return
    parts = " · ".join(f"{part_name(part['code'])} {part['value']}/{part['highest']}" for part in score["parts"])
    yield Definition(_("Risk"), f"{score['risk']}/{score['highest']}")
    yield Definition(_("Its parts"), parts)
    yield Definition(_("Confidence"), score["confidence"])
    if theme["rank_from"] and theme["rank_from"] != theme["rank_to"]:
        values = {"high": theme["rank_from"], "low": theme["rank_to"]}
        yield Definition(_("Rank"), _("If one value moved by one, the rank could lie anywhere from %(high)s to %(low)s.") % values)
    elif theme["rank_from"]:
        yield Definition(_("Rank"), _("The rank stays whatever single value moves by one."))
    if theme["given"]:
        yield Definition(_("Risk by each scorer, lowest first"), ", ".join(str(each) for each in theme["given"]))
    if theme["last_risk"] is not None:
        yield Definition(_("Risk last year"), str(theme["last_risk"]))


def _scored(theme: Told) -> Iterator[Block]:
    if theme["score"]:
        yield from told(theme["score"]["reason"], "work")
    if theme["dissents"]:
        yield Heading(4, _("Who does not agree"))
        yield Bullets(
            tuple(
                f"{say(each['body']['name'])} · {say(each['factor'])}: {each['value']} · {day_said(each['said_on'])}. {say(each['reason'])}"
                for each in theme["dissents"]
            )
        )


def _evidence(each: Told, *, is_public: bool) -> str:
    dated = f", {as_dated(each['dated'])}" if each["dated"] else ""
    marking = "" if is_public else f" · {marking_said(each['marking'], is_public=False)}"
    return f"{say(each['statement'])} ({say(each['source'])}{dated}{marking})"


def _requests(content: Told) -> Iterator[Block]:
    yield Heading(2, _("What was asked of whom"))
    rows = [
        (
            Cell(say(each["what"])),
            Cell(say(each["body"]["name"])),
            Cell(day_said(each["due_on"])),
            Cell(day_said(each["came_on"])) if each["came_on"] else Cell(say(each["missing_because"]) or _("not yet"), "missing"),
        )
        for each in content["requests"]
    ]
    yield Table(
        _("What was asked of whom"), (Column(_("What")), Column(_("Of whom")), Column(_("Wanted by")), Column(_("Came on"))), tuple(rows)
    )
