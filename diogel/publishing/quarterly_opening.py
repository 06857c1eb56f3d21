"""How the paper begins: its finding, what changed and what it means, and what is asked of the board."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from diogel.indicators.models import Observation
from diogel.published.blocks import Agenda, Ask, Block, Heading, Mark, Paragraph

from .observations import days_late
from .quarterly_cards import headline, in_short
from .quarterly_measured import LATE
from .quarterly_progress import carried_words, status_word
from .quarterly_words import day_said, role_name, say

Told = Mapping[str, Any]
OFTEN = 2
"""An action carried over this often is brought to the board for a decision."""


def finding(content: Told) -> str:
    """The title: the finding of the quarter in one sentence."""
    look, cards = content["look"], content["cards"]
    if look is None:
        return _("No recorded figures were looked through this quarter")
    if not look["looked_at"]:
        return _("There is too little history to say whether any figure was unusual")
    if not cards:
        return _("No recorded figure was unusual this quarter")
    if all(card["is_signed"] for card in cards):
        words = ngettext(
            "%(figures)s was unusual this quarter, and it is explained",
            "%(figures)s were unusual this quarter, and all are explained",
            len(cards),
        )
    else:
        words = ngettext(
            "%(figures)s was unusual this quarter, and it is not explained yet",
            "%(figures)s were unusual this quarter, and not all are explained yet",
            len(cards),
        )
    return words % {"figures": _how_many(len(cards))}


def _how_many(count: int) -> str:
    """The subject of the title, held whole for each number: in Welsh the number changes the noun after it."""
    words = {
        1: pgettext("subject of a title", "One recorded figure"),
        2: pgettext("subject of a title", "Two recorded figures"),
        3: pgettext("subject of a title", "Three recorded figures"),
        4: pgettext("subject of a title", "Four recorded figures"),
        5: pgettext("subject of a title", "Five recorded figures"),
        6: pgettext("subject of a title", "Six recorded figures"),
        7: pgettext("subject of a title", "Seven recorded figures"),
        8: pgettext("subject of a title", "Eight recorded figures"),
        9: pgettext("subject of a title", "Nine recorded figures"),
        10: pgettext("subject of a title", "Ten recorded figures"),
    }
    return words.get(count) or ngettext("%(n)s recorded figure", "%(n)s recorded figures", count) % {"n": count}


def opening(content: Told, *, is_public: bool) -> list[Block]:
    """What changed and what it means; in the internal paper, then what is asked of the board."""
    blocks: list[Block] = [Heading(2, _("What changed, and what it means"))]
    blocks += [Paragraph(in_short(card)) for card in content["cards"]]
    blocks += [Paragraph(sentence) for sentence in _looked_through(content)]
    if content["actions"]:
        blocks.append(Paragraph(_counted(content["actions"])))
    if content["plan"]:
        blocks.append(Paragraph(_("The plan in force is %(plan)s.") % {"plan": say(content["plan"]["title"])}, "note"))
    asks = () if is_public else _asks(content)
    return [*blocks, Heading(2, _("What we ask of you")), Agenda(asks)] if asks else blocks


def _looked_through(content: Told) -> Iterator[str]:
    """How many figures were looked at, how many chance alone would show, and where the history was too short."""
    look = content["look"]
    if look is None:
        yield _("No look has been taken at the recorded figures of this quarter, so nothing is said of what was usual.")
        return
    values = {"looked": look["looked_at"], "chance": f"{look['by_chance']:.1f}"}
    if look["looked_at"] and not content["cards"]:
        yield _("Figures looked at: %(looked)s. None needs an explanation.") % values
    elif look["looked_at"]:
        yield (
            _("Figures looked at: %(looked)s. Of those that stood out, at most %(chance)s would be expected to do so by chance alone.")
            % values
        )
    short = [series["earlier_years"] for series in look["series"] if series["method"] == "same_months"]
    if short:
        said = _(
            "The history is short: %(n)s of these figures are compared only with the same months of earlier years, and no trend is taken into account."
        ) % {"n": len(short)}
        yield f"{said} {_earlier_years(min(short), max(short))}" if all(short) else said
    if look["could_not_say"]:
        yield _("Figures of which nothing can be said, because their history is too short or months are missing: %(n)s.") % {
            "n": look["could_not_say"]
        }


def _earlier_years(least: int, most: int) -> str:
    """How many years the comparison rests on: not the months on file, of which many may lie in no whole quarter."""
    if least == most:
        return _("Earlier years of which these three months are whole, and with which they are compared: %(n)s.") % {"n": most}
    words = _(
        "Earlier years of which these three months are whole, and with which they are compared: %(least)s to %(most)s, figure by figure."
    )
    return words % {"least": least, "most": most}


def _counted(actions: list[Told]) -> str:
    """How many actions there are and how they stand, as labels and numbers."""
    late = sum(bool(row["days_late"]) for row in actions)
    told = [_("Actions: %(n)s.") % {"n": len(actions)}]
    for status in ("complete", "in_progress", "not_started", "on_hold", "blocked", "carried_forward"):
        count = sum(row["is_filed"] and row["status"] == status for row in actions)
        if count:
            told.append(_("%(status)s: %(n)s.") % {"status": status_word(status), "n": count})
    return " ".join([*told, _("Update late: %(n)s.") % {"n": late}]) if late else " ".join(told)


def _asks(content: Told) -> tuple[Ask, ...]:
    """Decisions first, then what must be asked for, then what is only to be noted."""
    rows = [*_decisions(content), *_requests(content), *_notes(content)]
    return tuple(Ask(str(at), sentence, wanted, mark) for at, (sentence, wanted, mark) in enumerate(rows, start=1))


Row = tuple[str, str, Mark]


def _decisions(content: Told) -> Iterator[Row]:
    for row in content["actions"]:
        over = row["carried"]
        if over and over["times"] >= OFTEN and row["status"] != "complete":
            sentence = _("Decide whether action %(number)s goes on, changes or ends: %(title)s") % _named(row)
            yield sentence, _("for decision"), Mark("carry", carried_words(over), over["times"])


def _requests(content: Told) -> Iterator[Row]:
    for row in content["actions"]:
        if row["days_late"]:
            sentence = _("Ask for the update on action %(number)s: %(title)s") % _named(row)
            yield sentence, _("for action"), Mark("late", days_late(row["days_late"]))
    for row in content["measures"]:
        if row["now"] and row["now"]["state"] == LATE:
            sentence = _("Ask for the figure %(code)s: %(title)s") % {"code": row["code"], "title": say(row["title"])}
            yield sentence, _("for action"), Mark("late", days_late(row["now"]["days_late"]))


def _notes(content: Told) -> Iterator[Row]:
    for card in content["cards"]:
        if not card["is_signed"] and card["is_answered"]:
            sentence = _("Note that one unusual figure is still being looked at. %(finding)s.") % {"finding": headline(card)}
            until = {"role": role_name(card["looking_role"]), "day": day_said(card["looking_until"])}
            yield sentence, _("to note"), Mark("eye", _("%(role)s, by %(day)s") % until)
    for row in content["actions"]:
        if row["status"] == "blocked" and not (row["carried"] and row["carried"]["times"] >= OFTEN):
            yield _("Note that action %(number)s is blocked: %(title)s") % _named(row), _("to note"), Mark("block", status_word("blocked"))
    missing = [row["code"] for row in content["measures"] if row["now"] and row["now"]["state"] == Observation.State.MISSING]
    if missing:
        words = _("The reasons stand under “Before you quote this”")
        yield _("Note that these figures did not come: %(codes)s") % {"codes": ", ".join(missing)}, _("to note"), Mark("ask", words)


def _named(row: Told) -> dict[str, object]:
    return {"number": row["number"], "title": say(row["title"])}
