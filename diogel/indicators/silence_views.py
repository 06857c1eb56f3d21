"""Pages of a silence: listening for what has stopped, and saying who is asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from diogel.people.access import ROLE_NAMES, May
from diogel.people.choices import OneOf
from diogel.people.desk import desk, fetch
from diogel.people.editing import RowForm, edit_row
from diogel.people.models import Body

from . import silences, silences_shown
from .silence_row import Silence


class SilenceForm(RowForm):
    """Who is asked until when, and what they answered."""

    asked_body = OneOf(Body.objects.none(), name="name", required=False, label=gettext_lazy("Which body is asked?"))
    asked_role = forms.ChoiceField(required=False, label=gettext_lazy("Or who of us finds out, by role?"))

    class Meta:
        model = Silence
        fields = ["asked_body", "asked_role", "asked_until", "answer"]
        labels = {"asked_until": gettext_lazy("Until when?"), "answer": gettext_lazy("What was the answer?")}

    def offer(self, partnership: Any) -> None:
        bodies: Any = self.fields["asked_body"]
        bodies.queryset = Body.objects.in_force().filter(memberships__partnership=partnership).distinct()
        roles: Any = self.fields["asked_role"]
        roles.choices = [("", _("None of these")), *((role.value, capfirst(str(name))) for role, name in ROLE_NAMES.items())]
        answers: Any = self.fields["answer"]
        answers.choices = [("", _("None yet")), *((code, capfirst(str(words))) for code, words in Silence.Answer.choices)]


@require_POST
@desk(May.LOOK_FOR_UNUSUAL)
def listen(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Listen for what has stopped, and say what that changed."""
    heard = silences.listen(partnership, by=request.user)
    if n := len(heard.noticed):
        messages.success(request, ngettext("One flow of reports has stopped.", "%(n)s flows of reports have stopped.", n) % {"n": n})
    if n := len(heard.ended):
        messages.success(request, ngettext("One flow of reports is heard again.", "%(n)s flows of reports are heard again.", n) % {"n": n})
    if not heard.noticed and not heard.ended:
        messages.success(request, _("Nothing else has stopped, and nothing is heard again."))
    return redirect(reverse("unusual:desk", args=[partnership.slug]))


@desk(May.EXPLAIN_FIGURES)
def silence(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """One silence: who is asked until when, and what they answered."""
    row = fetch(silences.seen_by(request.user, partnership).select_related("asked_body"), request.user, partnership=partnership, pk=pk)
    title = silences_shown.sentence(row)
    hint = _("A silence is not a zero: ask whether there is nothing to report, or whether reporting has stopped.")
    return edit_row(request, SilenceForm, row, title=title, back=reverse("unusual:desk", args=[partnership.slug]), hint=hint)
