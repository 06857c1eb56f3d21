"""The page that publishes the answers to a consultation, and takes the answer to false alarms of the scan."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from diogel.people.access import May
from diogel.people.desk import desk, fetch
from diogel.people.versions import StaleSave
from diogel.plan.models_consulting import Consultation

from .answers import publish_answers
from .forms import ReleaseForm
from .releasing import released
from .snapshots import NotPublished


@desk(May.PUBLISH)
def publish(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """The button that publishes what was said and what we did; what keeps it back, and what the scan found."""
    rows = Consultation.objects.standing().select_related("plan__partnership")
    row = fetch(rows, request.user, pk=pk, plan__partnership=partnership)
    context: dict[str, Any] = {"row": row, "plan": row.plan}
    if request.method == "POST":
        try:
            if refusal := released(request, partnership):
                raise NotPublished(refusal)
            publish_answers(row, by=request.user, seen=_seen(request))
            messages.success(request, _("It is published: what was said, and what we did."))
            return redirect("plan:consultation", partnership.slug, row.plan.code, pk)
        except NotPublished as refused:
            leaks = {"release_form": ReleaseForm(leaks=refused.leaks)} if refused.leaks else {}
            context |= {"alert": refused.sentence, **leaks}
        except StaleSave:
            context["alert"] = _("Somebody changed this meanwhile. Look again before you publish")
    return render(request, "publishing/answers.html", context, status=422 if "alert" in context else 200)


def _seen(request: HttpRequest) -> int:
    said = request.POST.get("seen", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
