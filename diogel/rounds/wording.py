"""The letters of a round in words: each whole in the reader's language, naming actions and nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from diogel.people.models import Person
from diogel.post.letters import LINK, Written
from diogel.post.models import Letter, SignedLink

from .models import Request, Round
from .purpose import about

SHOWN = 12
"""Actions that a letter with a link names; of more it gives the number, and the page behind the link names them."""


def _titles(requests: Sequence[Request], *, most: int = SHOWN) -> str:
    """Number and title of each action, one a line, in the language that is spoken."""
    lines = [f"{each.number}. {each.update.action.pair('title').say() or _title_at_all(each)}" for each in requests[:most]]
    if (more := len(requests) - most) > 0:
        lines.append(ngettext("and one more", "and %(n)s more", more) % {"n": more})
    return "\n".join(lines)


def _title_at_all(request: Request) -> str:
    pair = request.update.action.pair("title")
    return pair.cy or pair.en


def _day(day: date) -> str:
    return str(date_format(day, "j F Y"))


def _place(round_: Round) -> str:
    pair = round_.partnership.pair("place")
    return pair.say() or pair.cy or pair.en or round_.partnership.slug


def _asked(requests: Sequence[Request]) -> str:
    n = len(requests)
    return ngettext("There is one action:", "There are %(n)s actions:", n) % {"n": n}


def _ending(link: SignedLink) -> list[str]:
    return [
        _("This link is yours alone, needs no account, and works until %(day)s. It opens your actions and nothing else. Whoever has it "
          "can answer in your place, so do not pass it on; if an action is somebody else’s, the page has a button for that.")
        % {"day": _day(link.expires_on)},
        _("If you would rather answer by telephone, ring the community safety co-ordinator."),
    ]  # fmt: skip


def request_letter(round_: Round, person: Person, requests: Sequence[Request], link: SignedLink, *, send_on: date, key: str) -> Written:
    """What is asked, by when, and where."""
    with override(person.language):
        told = {"place": _place(round_), "day": _day(round_.due_on)}
        subject = _("Community safety, %(place)s: your update by %(day)s") % told
        paragraphs = [
            _("Good morning,"),
            _("We are asking how the actions of the community safety plan went in the quarter that ended on %(end)s.")
            % {"end": _day(round_.on_day(0))},
            _asked(requests),
            _titles(requests),
            _("What you said last time is filled in, so most answers take a minute or two. Please answer by %(day)s here:") % told,
            LINK,
            *_ending(link),
        ]
    return Written(person, Letter.Kind.REQUEST, key, subject, paragraphs, person.language, link, send_on, about(round_.pk))


def reminder_letter(round_: Round, person: Person, requests: Sequence[Request], link: SignedLink, *, on: date, key: str) -> Written:
    """What is still open; late or not yet."""
    with override(person.language):
        told = {"place": _place(round_), "day": _day(round_.due_on)}
        if on > round_.due_on:
            subject = _("Late: your community safety update, %(place)s") % told
            opening = _("Your update was due on %(day)s and has not come.") % told
        else:
            subject = _("A reminder: your community safety update, %(place)s") % told
            opening = _("Your update is due on %(day)s.") % told
        paragraphs = [
            _("Good morning,"),
            opening,
            _asked(requests),
            _titles(requests),
            _("If nothing has changed, one button says so:"),
            LINK,
            *_ending(link),
        ]
    return Written(person, Letter.Kind.REMINDER, key, subject, paragraphs, person.language, link, on, about(round_.pk))


def escalation_letter(round_: Round, person: Person, requests: Sequence[Request], *, on: date, key: str) -> Written:
    """To whoever answers for a priority: which updates have not come. It names every one of the actions, for it holds no link, and
    no people."""
    with override(person.language):
        told = {"place": _place(round_), "day": _day(round_.due_on)}
        n = len(requests)
        opening = ngettext(
            "One update was due on %(day)s and has not come, though we reminded whoever was asked.",
            "%(n)s updates were due on %(day)s and have not come, though we reminded whoever was asked.",
            n,
        ) % (told | {"n": n})
        paragraphs = [
            _("Good morning,"),
            opening,
            _titles(requests, most=len(requests)),
            _("Please see that an answer comes before the board’s papers are made. The community safety co-ordinator also takes it by telephone."),
        ]  # fmt: skip
        subject = _("Updates that have not come: community safety, %(place)s") % told
    return Written(person, Letter.Kind.ESCALATION, key, subject, paragraphs, person.language, None, on, about(round_.pk))


def new_link_letter(round_: Round, person: Person, requests: Sequence[Request], link: SignedLink, *, on: date, key: str) -> Written:
    """A fresh link in place of one that has expired or was withdrawn."""
    with override(person.language):
        paragraphs = [
            _("Good morning,"),
            _("Here is a new link to your community safety updates. An earlier one may lead nowhere any more."),
            _asked(requests),
            _titles(requests),
            LINK,
            *_ending(link),
        ]
        subject = _("A new link to your community safety update, %(place)s") % {"place": _place(round_)}
    return Written(person, Letter.Kind.NEW_LINK, key, subject, paragraphs, person.language, link, on, about(round_.pk))
