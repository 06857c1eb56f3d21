"""A quarter's paper in one language: what changed and what it means first, then each card, the figures and the plan."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.analysis.periods import Quarter
from diogel.published.blocks import Agenda, Ask, Block, Heading, Mark, Notice, Pair, Paper, Paragraph, paragraphs

from .quarterly_cards import card_blocks, role_name, what_changed
from .quarterly_facts import Facts
from .quarterly_figures import figures_blocks
from .quarterly_tables import carried_sentence, measures_table, progress_table


def paper(facts: Facts, *, language: str, audience: str, is_draft: bool, version: str = "1") -> Paper:
    """The paper, complete. `audience` is internal or public; the public one names no role holder and withholds small numbers."""
    with translation.override(language):
        is_public = audience == "public"
        partnership = facts.partnership
        return Paper(
            language=language,
            title=_title(facts),
            kicker=_("Quarterly report · %(quarter)s") % {"quarter": quarter_name(facts.quarter)},
            partnership=Pair(partnership.name_cy, partnership.name_en),
            place=Pair(partnership.place_cy, partnership.place_en),
            marking=partnership.marking if not is_public else "",
            audience=audience,
            version=version,
            data_on=facts.quarter.last_day,
            notices=_notices(facts, is_draft=is_draft),
            blocks=(*_opening(facts, is_public=is_public), *_body(facts, is_public=is_public)),
            foot=_foot(facts, version),
        )


def _foot(facts: Facts, version: str) -> str:
    return _("Quarterly report, version %(version)s. Figures to %(day)s.") % {"version": version, "day": _day(facts.quarter.last_day)}


def quarter_name(quarter: Quarter) -> str:
    """`October to December 2021`, whole, because Welsh changes the second month's first letter."""
    names = {
        3: _("January to March %(year)s"),
        6: _("April to June %(year)s"),
        9: _("July to September %(year)s"),
        12: _("October to December %(year)s"),
    }
    return names[quarter.ending.month] % {"year": quarter.ending.year}


def _day(day: object) -> str:
    return date_format(day, "j F Y")


def _title(facts: Facts) -> str:
    """The finding of the quarter in one sentence."""
    if facts.look is None:
        return _("No recorded figures were looked through this quarter")
    if not facts.look.looked_at:
        return _("There is too little history to say whether any figure was unusual")
    if not facts.cards:
        return _("No recorded figure was outside its expected range")
    return ngettext(
        "One recorded figure was unusual this quarter", "%(n)s recorded figures were unusual this quarter", len(facts.cards)
    ) % {"n": len(facts.cards)}


def _notices(facts: Facts, *, is_draft: bool) -> tuple[Notice, ...]:
    notices = []
    if is_draft:
        notices.append(Notice("draft", _("Draft: do not quote")))
    if facts.partnership.is_example:
        notices.append(Notice("example", str(settings.EXAMPLE_LINE)))
    if facts.is_synthetic:
        notices.append(
            Notice(
                "caution",
                _("The recorded figures in this paper are synthetic: they were made by a program and describe no real place or event."),
            )
        )
    if facts.plan is None:
        notices.append(
            Notice(
                "caution",
                _(
                    "No plan was in force in this quarter. This paper gives figures only; it does not report the progress of an earlier plan."
                ),
            )
        )
    return tuple(notices)


def _opening(facts: Facts, *, is_public: bool) -> list[Block]:
    """What changed and what it means; in the internal paper, then what is asked of the board."""
    blocks: list[Block] = [Heading(2, _("What changed, and what it means"))]
    blocks += [Paragraph(sentence) for sentence in what_changed(facts)]
    if facts.plan:
        blocks.append(Paragraph(_("The plan in force is %(plan)s.") % {"plan": facts.plan.pair("title").say()}, "note"))
    asks = () if is_public else _asks(facts)
    return [*blocks, Heading(2, _("What we ask of you")), Agenda(asks)] if asks else blocks


def _asks(facts: Facts) -> tuple[Ask, ...]:
    """Decisions first, then what must be asked for, then what is only to be noted."""
    rows: list[tuple[str, str, Mark | None]] = []
    for each in facts.progress:
        if each.carried and each.carried.times > 1:
            sentence = _("Decide whether action %(number)s goes on, changes or ends: %(title)s") % _named(each)
            rows.append((sentence, _("for decision"), Mark("carry", carried_sentence(each.carried), each.carried.times)))
    for each in facts.progress:
        days = each.days_late(facts.day)
        if days:
            sentence = _("Ask for the update on action %(number)s: %(title)s") % _named(each)
            rows.append((sentence, _("for action"), Mark("late", ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days})))
    for card in facts.cards:
        if not card.is_signed and card.looking_until:
            sentence = _("Note that one unusual figure is still being looked at: %(title)s") % {"title": card.title}
            until = _("%(role)s, by %(day)s") % {"role": role_name(card.looking_role), "day": _day(card.looking_until)}
            rows.append((sentence, _("to note"), Mark("eye", until)))
    return tuple(Ask(str(at), sentence, wanted, mark) for at, (sentence, wanted, mark) in enumerate(rows, start=1))


def _named(each: object) -> dict[str, object]:
    held = each.held  # type: ignore[attr-defined]
    return {"number": held.number, "title": held.action.pair("title").say()}


def _body(facts: Facts, *, is_public: bool) -> list[Block]:
    blocks: list[Block] = []
    for card in facts.cards:
        blocks += card_blocks(card, is_public=is_public)
    blocks += figures_blocks(facts)
    if facts.context:
        blocks.append(Heading(2, _("What else happened")))
        for event in facts.context:
            blocks += paragraphs(_("%(day)s: %(title)s") % {"day": _day(event.from_on), "title": event.pair("title").say()}, "work")
    if facts.measured:
        blocks += [Heading(2, _("The plan’s measures")), measures_table(facts, is_public=is_public)]
    if facts.progress:
        blocks += [Heading(2, _("Progress of each action")), progress_table(facts)]
    return blocks
