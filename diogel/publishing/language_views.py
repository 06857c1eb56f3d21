"""Pages of the desk on which a type of document is set to one language, and back to both."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from diogel.people.access import May, may
from diogel.people.desk import desk
from diogel.people.editing import edit_row, withdraw_row

from .forms import OneLanguageForm
from .models import OneLanguage


@desk()
def languages(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Every type of document that can be in one language, and which of them is."""
    held = {row.document: row for row in OneLanguage.objects.visible_to(request.user).filter(partnership=partnership)}
    rows = [
        {"document": code, "word": word, "row": held.get(code), "stands": code in held and not held[code].withdrawn_on}
        for code, word in OneLanguage.Document.choices
    ]
    context = {"rows": rows, "count": sum(bool(row["stands"]) for row in rows), "may_publish": may(request.user, May.PUBLISH, partnership)}
    return render(request, "publishing/languages.html", context)


@desk(May.PUBLISH)
def one_language(request: HttpRequest, partnership: Any, document: str) -> HttpResponse:
    """Set a type of document to one language, or correct why it is so."""
    row = _row(partnership, document) or OneLanguage(partnership=partnership, document=document)
    both = reverse("publishing:both_languages", args=[partnership.slug, document])
    if row.withdrawn_on:
        return redirect(both)
    return edit_row(
        request,
        OneLanguageForm,
        row,
        title=_title(document),
        back=_back(partnership),
        hint=_(
            "A type of document may be in one language only where the Welsh language standards of every body that issues it allow that, "
            "and the public then reads why on its face."
        ),
        extra={"withdraw_url": both} if row.pk else {},
    )


@desk(May.PUBLISH)
def both_languages(request: HttpRequest, partnership: Any, document: str) -> HttpResponse:
    """Back to both languages: the exception is withdrawn, and can be brought back."""
    row = _row(partnership, document)
    if row is None:
        raise Http404
    return withdraw_row(request, row, title=_title(document), back=_back(partnership))


def _row(partnership: Any, document: str) -> OneLanguage | None:
    if document not in OneLanguage.Document.values:
        raise Http404
    return OneLanguage.objects.filter(partnership=partnership, document=document).first()


def _title(document: str) -> str:
    if document == OneLanguage.Document.QUARTER:
        return _("The quarterly report in one language only")
    return _("The annual report in one language only")


def _back(partnership: Any) -> str:
    return reverse("publishing:languages", args=[partnership.slug])
