"""Pages inside the desk that look across rooms: the next steps, and the log."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from diogel.audit.models import Entry
from diogel.home import today
from diogel.people.access import May
from diogel.people.desk import desk
from diogel.people.models import User

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
    "signed_in": _("signed in"),
    "published": _("published"),
    "refused": _("was refused"),
    "loaded": _("loaded"),
    "packed": _("made a pack of"),
    "released": _("released a false alarm of"),
    "gave_role": _("gave a role"),
    "ended_role": _("ended a role"),
    "opened_account": _("opened an account"),
    "closed_account": _("closed an account"),
    "seated": _("gave a seat"),
    "unseated": _("took a seat away"),
}


@desk()
def home(request: HttpRequest, partnership: Any) -> HttpResponse:
    """A few dated next steps with buttons, none that the reader cannot take."""
    steps = late_and_next(request.user, partnership, today())
    late, coming = [step for step in steps if step.late], [step for step in steps if not step.late]
    shows_all = request.GET.get("all") == "1"
    shown = coming if shows_all else coming[:6]
    context = {"late": late, "coming": shown, "hidden": len(coming) - len(shown), "today": today(), "first": coming[0] if coming else None}
    return render(request, "desk_home.html", context)


@desk(May.SEE_AUDIT)
def audit_log(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Who did what in this partnership, and who read what is sensitive; newest first."""
    entries = Paginator(Entry.objects.filter(partnership=partnership.slug), 50).get_page(request.GET.get("page"))
    users = {f"user:{user.pk}": user for user in User.objects.select_related("person").filter(pk__in=_user_keys(entries))}
    rows = [{"entry": entry, "who": _who(users.get(entry.by), entry.by), "deed": DEEDS.get(entry.deed, entry.deed)} for entry in entries]
    return render(request, "audit_log.html", {"entries": entries, "rows": rows})


def _who(user: User | None, reference: str) -> str:
    return f"{user.person.given} {user.person.family}" if user and user.person else reference


def _user_keys(entries: Any) -> list[int]:
    return [int(entry.by.removeprefix("user:")) for entry in entries if entry.by.startswith("user:")]
