"""The page on which a co-ordinator answers somebody who asks to be forgotten: find what was typed, tick it, erase it for good."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.people.access import May
from diogel.people.desk import desk, unkept
from diogel.records import erasing


@desk(May.ERASE_WORDS)
def erase_words(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Asked for by POST, both times: a name does not stand in an address, nor in a history of addresses."""
    phrase, doing = request.POST.get("phrase", ""), request.POST.get("do", "")
    context: dict[str, Any] = {"reasons": erasing.REASONS.items(), "phrase": phrase, "problem": ""}
    if doing == "erase":
        ticked = {
            name: [int(each) for each in request.POST.getlist(name) if each.isascii() and each.isdigit() and len(each) < 18]
            for name in ("word", "move")
        }
        reason = request.POST.get("reason", "")
        if reason in erasing.REASONS and any(ticked.values()):
            n = erasing.erase(by=request.user, partnership=partnership, words=ticked["word"], moves=ticked["move"], reason=reason)
            messages.success(request, ngettext("%(n)s text was erased for good.", "%(n)s texts were erased for good.", n) % {"n": n})
            return redirect(reverse("erase_words", kwargs={"slug": partnership.slug}))
        context["problem"] = _("Tick what is to be erased, and say why.")
    if doing:
        found = erasing.find(phrase, by=request.user, partnership=partnership)
        context |= {"found": found, "words": [_row(each) for each in found.words], "title": _found_title(len(found))}
    return unkept(render(request, "erase_words.html", context, status=422 if context["problem"] else 200))


def _found_title(n: int) -> str:
    if not n:
        return _("Nothing that was typed holds these words")
    return ngettext("%(n)s text holds these words", "%(n)s texts hold these words", n) % {"n": n}


def _row(words: Any) -> dict[str, Any]:
    """How a text read, each with what it was: before and after, where it was changed."""
    value = words.value
    changed = isinstance(value, list) and len(value) == 2
    told = list(zip((_("Before"), _("After")), value, strict=True)) if changed else [(_("Typed"), value)]
    return {"row": words, "told": [(was, _as_text(each)) for was, each in told if each]}


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
