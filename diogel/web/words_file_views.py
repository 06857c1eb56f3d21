"""Pages of the translator's file: given out, sent back, looked through before anything is saved."""

from __future__ import annotations

import codecs
from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from diogel.home import today
from diogel.people.access import May
from diogel.people.desk import desk
from diogel.people.sending import UPLOAD, takes

from . import words_book, words_xliff
from .words_files import BadFile, Came, Returned
from .words_list import unchecked
from .words_returned import EMPTY, REFUSED, SAME, STALE, TAKEN, Verdict, judged, save
from .words_units import LANGUAGES, from_language, units

FORMATS = {"xlf": words_xliff, "xlsx": words_book}
SALT = "diogel.words.returned"
KEPT_FOR = 24 * 3600
"""Seconds for which a page that was looked through may be sent on."""
MOST_SIGNED = 1_500_000
"""Characters of a looked-through file that the page carries along; what is larger comes in two parts."""
HEADS = {
    TAKEN: gettext_lazy("Ready to be saved"),
    STALE: gettext_lazy("Changed here since the file was given out"),
    REFUSED: gettext_lazy("Not read"),
    EMPTY: gettext_lazy("Not translated"),
    SAME: gettext_lazy("Already so"),
}


MARKS_AND_BLANKS = codecs.BOM_UTF8 + codecs.BOM_UTF16 + codecs.BOM_UTF16_BE + b" \t\r\n\0"
"""Bytes that may stand before the first sign of an XML file, whichever way it is written."""


class SentBackForm(forms.Form):
    """A translator's file that comes back."""

    file = forms.FileField(
        label=gettext_lazy("The file, in XLIFF or Excel"),
        help_text=gettext_lazy("You see what would change before anything is saved."),
        widget=forms.FileInput(attrs={"accept": ".xlf,.xliff,.xlsx"}),
    )


def read(data: bytes) -> Returned:
    """What a file holds, told by how it begins. BadFile where it cannot be read."""
    if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0":
        return words_book.read(data)
    if not data.lstrip(MARKS_AND_BLANKS).startswith(b"<"):
        raise BadFile(
            _("This is neither an XLIFF file nor an Excel workbook. Send back the file that was given out here, in the form that it had.")
        )
    return words_xliff.read(data)


@desk(May.CHECK_PAIRS)
def given(request: HttpRequest, partnership: Any) -> HttpResponse:
    """The translator's file: what would stand in it, and where it is sent back."""
    return _given(request, partnership, SentBackForm())


def _given(request: HttpRequest, partnership: Any, form: SentBackForm, status: int = 200) -> HttpResponse:
    found = unchecked(request.user, partnership)
    directions = [(language, n) for language in LANGUAGES if (n := sum(from_language(each.pair) != language for each in found))]
    context = {"form": form, "count": len(found), "directions": directions, "has_both": len(directions) > 1}
    return render(request, "words/file.html", context, status=status)


@desk(May.CHECK_PAIRS)
def fetch_words(request: HttpRequest, partnership: Any, form: str) -> HttpResponse:
    """The file itself; `into` narrows it to one direction."""
    into = request.GET.get("into", "")
    if into not in ("", *LANGUAGES):
        raise Http404
    found = units(request.user, partnership, into=into, root=request.build_absolute_uri("/").rstrip("/"))
    name = f"{partnership.slug}-words-{today():%Y-%m-%d}{'-' + into if into else ''}.{form}"
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment"}
    return HttpResponse(made(found, partnership, form), content_type=FORMATS[form].KIND, headers=headers)


def made(found: Any, partnership: Any, form: str) -> bytes:
    """The file in one of the formats."""
    if form == "xlf":
        return words_xliff.written(found, slug=partnership.slug, on=today())
    named = f"{partnership.pair('name').say()}, {partnership.pair('place').say()}"
    return words_book.written(found, slug=partnership.slug, named=named, on=today(), is_example=partnership.is_example)


@takes(UPLOAD)
@desk(May.CHECK_PAIRS)
def sent_back(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Look through a file that came back. Nothing is saved here."""
    if request.method != "POST":
        return redirect("words:file", slug=partnership.slug)
    form = SentBackForm(request.POST, request.FILES)
    if not form.is_valid():
        return _given(request, partnership, form, status=422)
    try:
        returned = read(form.cleaned_data["file"].read())
        verdicts = judged(returned, request.user, partnership)
        return _looked_through(request, partnership, returned, verdicts)
    except BadFile as wrong:
        form.add_error("file", str(wrong))
        return _given(request, partnership, form, status=422)


def _looked_through(
    request: HttpRequest, partnership: Any, returned: Returned, verdicts: list[Verdict], *, alert: str = "", status: int = 200
) -> HttpResponse:
    kept = signing.dumps([partnership.slug, _reference(request), *(asdict(each) for each in returned.came)], salt=SALT, compress=True)
    if len(kept) > MOST_SIGNED:
        raise BadFile(_("There are too many sentences in this file to look through at once. Send it back in two parts."))
    groups = [(state, HEADS[state], [each for each in verdicts if each.becomes == state]) for state in HEADS]
    context = {
        "groups": [group for group in groups if group[2]],
        "count": sum(each.becomes == TAKEN for each in verdicts),
        "unvouched": sum(each.waits_for_a_word for each in verdicts),
        "every": len(verdicts),
        "warned": sum(bool(each.warnings) for each in verdicts),
        "kept": kept,
        "alert": alert,
    }
    return render(request, "words/returned.html", context, status=status)


@require_POST
@desk(May.CHECK_PAIRS)
def keep(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Save what was looked through, judged once more against the rows as they now stand."""
    try:
        slug, who, *came = signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        messages.error(request, _("This page was open too long or was changed. Send the file back once more."))
        return redirect("words:file", slug=partnership.slug)
    if (slug, who) != (partnership.slug, _reference(request)):
        raise Http404
    returned = Returned(slug, tuple(Came(**each) for each in came))
    left_out = set(request.POST.getlist("leave"))
    verdicts = [each for each in judged(returned, request.user, partnership) if each.came.mark not in left_out]
    saved = save(verdicts, by=request.user, partnership=partnership, is_vouched="vouched" in request.POST)
    messages.success(request, _told(sum(each.becomes not in (STALE, REFUSED) for each in saved)))
    if late := [each for each in [*verdicts, *saved] if each.becomes == STALE]:
        return _looked_through(request, partnership, Returned(slug, tuple(each.came for each in late)), _once(late))
    return redirect("words:desk", slug=partnership.slug)


def _once(verdicts: list[Verdict]) -> list[Verdict]:
    return list({each.came.mark: each for each in verdicts}.values())


def _told(count: int) -> str:
    if not count:
        return _("Nothing was saved.")
    return ngettext("One sentence is saved.", "%(n)s sentences are saved.", count) % {"n": count}


def _reference(request: HttpRequest) -> str:
    return str(request.user.reference)  # type: ignore[union-attr]
