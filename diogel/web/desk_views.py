"""Pages inside the desk that look across rooms: the next steps, and the log."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from diogel.audit.models import Entry
from diogel.home import today
from diogel.people.access import May, may
from diogel.people.desk import desk
from diogel.people.models import Holding, User
from diogel.people.who import names_beside

from .log_words import columns, subject, who
from .steps import late_and_next

DEEDS = {
    "created": _("added"),
    "changed": _("changed"),
    "withdrawn": _("withdrew"),
    "restored": _("brought back"),
    "moved": _("moved"),
    "read": _("read"),
    "signed": _("signed"),
    "reopened": _("reopened"),
    "emptied": _("emptied"),
    "erased": _("erased words of"),
    "disposed": _("disposed of"),
    "backed_up": _("made a backup of"),
    "put_back": _("put a backup back into"),
    "signed_in": _("signed in"),
    "sign_in_failed": _("failed to sign in"),
    "shut_out": _("was shut out for some minutes"),
    "published": _("published"),
    "refused": _("was refused"),
    "loaded": _("loaded"),
    "packed": _("made a pack of"),
    "released": _("released a false alarm of"),
    "gave_role": _("gave a role"),
    "ended_role": _("ended a role"),
    "opened_account": _("opened an account"),
    "closed_account": _("closed an account"),
    "queued_again": _("had sent again"),
    "opened": _("opened"),
    "opened_round": _("opened"),
    "chased": _("chased the late of"),
    "closed_round": _("closed the round"),
    "passed_on": _("passed on"),
    "took_by_telephone": _("typed in what was told by telephone for"),
    "accepted": _("accepted"),
    "set_aside": _("set aside"),
    "seated": _("gave a seat"),
    "unseated": _("took a seat away"),
}


@desk()
def home(request: HttpRequest, partnership: Any) -> HttpResponse:
    """A few dated next steps with buttons, none that the reader cannot take; the title counts what all of them stand for."""
    steps = late_and_next(request.user, partnership, today())
    late, coming = [step for step in steps if step.late], [step for step in steps if not step.late]
    shows_all = request.GET.get("all") == "1"
    shown = coming if shows_all else coming[:6]
    context = {
        "late": late,
        "late_n": sum(step.stands_for for step in late),
        "coming": shown,
        "coming_n": sum(step.stands_for for step in coming),
        "hidden": len(coming) - len(shown),
        "today": today(),
    }
    return render(request, "desk_home.html", context)


@desk(May.SEE_AUDIT)
def audit_log(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Who did what in this partnership, and who read what is sensitive; newest first."""
    entries = Paginator(Entry.objects.filter(partnership=partnership.slug), 50).get_page(request.GET.get("page"))
    named = names_beside({entry.by for entry in entries}, partnership)
    rows = [_told(entry, named) for entry in entries]
    may_erase = may(request.user, May.ERASE_WORDS, partnership)
    return render(request, "audit_log.html", {"entries": entries, "rows": rows, "may_erase": may_erase})


def _told(entry: Entry, named: dict[str, str]) -> dict[str, Any]:
    deed = DEEDS.get(entry.deed, entry.deed)
    return {"entry": entry, "who": who(entry, named), "deed": deed, "subject": subject(entry), "columns": columns(entry)}


SIGN_INS = ("signed_in", "sign_in_failed", "shut_out")
LOOKED_BACK = timedelta(days=30)


@desk(May.SEE_AUDIT)
def sign_ins(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Who of those who hold a role here signed in, failed to, or was shut out; and how often an address was tried that nobody signs
    in with. What was typed stands nowhere."""
    here = Holding.objects.filter(partnership=partnership).in_force()
    accounts = User.objects.filter(Q(person__holdings__in=here) | Q(also__holdings__in=here)).distinct()
    users = [user.reference for user in accounts]
    theirs = Entry.objects.filter(subject__in=users, deed__in=SIGN_INS)
    since = Entry.objects.filter(deed__in=SIGN_INS[1:], at__gte=timezone.now() - LOOKED_BACK)
    entries = Paginator(theirs, 50).get_page(request.GET.get("page"))
    named = names_beside(set(users), partnership)
    context = {
        "title": _failed_title(since.filter(deed="sign_in_failed", subject__in=users).count()),
        "unknown": since.filter(deed="sign_in_failed", subject__startswith="nobody:").count(),
        "entries": entries,
        "rows": [{"entry": each, "who": named.get(each.subject, each.subject), "deed": DEEDS[each.deed]} for each in entries],
    }
    return render(request, "sign_ins.html", context)


def _failed_title(n: int) -> str:
    if not n:
        return gettext("Nobody here failed to sign in in the last 30 days")
    return ngettext("%(n)s sign-in failed here in the last 30 days", "%(n)s sign-ins failed here in the last 30 days", n) % {"n": n}
