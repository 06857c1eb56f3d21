"""The desk's menu, in its order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from diogel.people.access import May


@dataclass(frozen=True)
class Entry:
    """One entry: its view, the name of the room whose pages mark it as current, what it takes to see it, any of these, and pages of no
    room that lie below it."""

    label: Any
    view: str
    room: str = ""
    needs: tuple[May, ...] = (May.SEE_DESK,)
    below: tuple[str, ...] = ()


ENTRIES = (
    Entry(_("Next steps"), "desk_home"),
    Entry(_("Plan"), "plan:current", "plan"),
    Entry(_("Updates"), "rounds:rounds", "rounds", needs=(May.SEE_PEOPLE,), below=("post:letters",)),
    Entry(_("Themes"), "assessment:themes", "assessment"),
    Entry(_("Figures"), "indicators:figures", "indicators"),
    Entry(_("Unusual figures"), "unusual:desk", "unusual"),
    Entry(_("Golden thread"), "thread:themes", "thread"),
    Entry(_("Hot spots"), "hot:spots", "hot"),
    Entry(_("Tensions"), "tensions:tensions", "tensions", needs=(May.SEE_TENSIONS, May.REPORT_TENSION)),
    Entry(_("Papers"), "publishing:papers", "publishing"),
    Entry(_("Words"), "words:desk", "words", needs=(May.CHECK_PAIRS,)),
    Entry(_("People and groups"), "people:groups", "people"),
    Entry(_("Log"), "audit_log", needs=(May.SEE_AUDIT,), below=("sign_ins", "disposal", "erase_words")),
)
