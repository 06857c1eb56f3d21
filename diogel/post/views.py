"""The letters of one partnership: how far each has come, which may be sent again, and in a demo what each of them says."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from diogel.home import today
from diogel.people.access import May
from diogel.people.desk import desk, fetch, unkept

from .delivery import Delivered, send_queued
from .delivery import send_again as queue_again
from .letters import LINK, address_of_link
from .links import root_of
from .models import Letter
from .ways import Stop

A_PAGE = 25
WAITING = (Letter.State.QUEUED, Letter.State.SENDING)


@desk(May.RUN_ROUNDS)
def letters(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Letters, newest first; those of which nobody knows whether they went stand on top. Names are read from the people on file, and
    only in a demo does a letter show its link: it is its reader's alone."""
    rows = Letter.objects.visible_to(request.user).filter(partnership=partnership).select_related("person", "link__partnership")
    counts = rows.order_by().aggregate(
        all=Count("pk"),
        waiting=Count("pk", filter=Q(state__in=WAITING)),
        unknown=Count("pk", filter=Q(state=Letter.State.UNKNOWN)),
        refused=Count("pk", filter=Q(state=Letter.State.REFUSED)),
    )
    page = Paginator(rows.exclude(state=Letter.State.UNKNOWN), A_PAGE).get_page(request.GET.get("page"))
    unknown = list(rows.filter(state=Letter.State.UNKNOWN)[:A_PAGE])
    root = root_of(request)
    context = {
        "counts": counts,
        "page": page,
        "unknown": [_told(row, root) for row in unknown],
        "rows": [_told(row, root) for row in page],
        "shows_links": settings.DEMO,
        "is_by_notify": settings.NOTIFY is not None,
        "mark": LINK,
    }
    return unkept(render(request, "post/letters.html", context))


def _told(letter: Letter, root: str) -> dict[str, Any]:
    return {"letter": letter, "address": address_of_link(letter, root=root) if settings.DEMO and letter.link else ""}


@require_POST
@desk(May.RUN_ROUNDS)
def send_again(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """Send one letter again, under its old number."""
    letter = fetch(Letter.objects, request.user, partnership=partnership, pk=pk)
    if queue_again(letter, by=request.user):
        tell(request, send_queued(root=root_of(request), on=today(), partnership=partnership))
    else:
        messages.info(request, _("This letter has gone or is on its way already. Nothing was sent."))
    return redirect("post:letters", slug=partnership.slug)


@require_POST
@desk(May.RUN_ROUNDS)
def send_waiting(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Send what waits, where a server did not answer before."""
    tell(request, send_queued(root=root_of(request), on=today(), partnership=partnership))
    return redirect("post:letters", slug=partnership.slug)


def tell(request: HttpRequest, done: Delivered) -> None:
    """Say on the next page what became of the letters."""
    for sentence in sentences(done):
        (messages.success if done.is_whole else messages.warning)(request, sentence)


def sentences(done: Delivered) -> list[str]:
    """What one run of sending did, a sentence each."""
    said = []
    if done.was_busy:
        said.append(_("Letters are being sent already. What is queued goes with them or next time."))
    if done.stopped:
        said.append(str(Stop(done.stopped).label))
    if done.found:
        pattern = ngettext(
            "GOV.UK Notify told what became of one letter of which nobody knew.",
            "GOV.UK Notify told what became of %(n)s letters of which nobody knew.",
            done.found,
        )
        said.append(pattern % {"n": done.found})
    if done.sent:
        said.append(ngettext("One letter was sent.", "%(n)s letters were sent.", done.sent) % {"n": done.sent})
    if done.refused:
        said.append(ngettext("One letter could not be sent.", "%(n)s letters could not be sent.", done.refused) % {"n": done.refused})
    if done.unknown:
        pattern = ngettext("Of one letter nobody knows whether it went.", "Of %(n)s letters nobody knows whether they went.", done.unknown)
        said.append(pattern % {"n": done.unknown})
    return said or [_("No letter was waiting.")]
