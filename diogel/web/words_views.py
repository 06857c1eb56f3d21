"""The words desk: every sentence that waits for a reader of both languages, and the page on which its two halves are brought together."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from diogel.analysis.periods import Quarter
from diogel.home import today
from diogel.people.access import May, may_write
from diogel.people.desk import desk
from diogel.people.editing import edit_row
from diogel.people.models import Body
from diogel.people.versions import StaleSave, version_of
from diogel.people.writing import take_back
from diogel.publishing.quarterly_scope import QuarterScope
from diogel.words.pairs import Pair, PairState

from .row_kinds import Kind
from .words_forms import STATE_NAMES, NarrowForm, form_of
from .words_history import history
from .words_list import BILINGUAL, STATES, Unchecked, unchecked

A_PAGE = 50
# What the two halves are to one another: the title of a pair's page.
HOW_IT_STANDS = {
    PairState.CHECKED: gettext_lazy("Both halves are checked"),
    PairState.DRAFT: gettext_lazy("Nobody has checked that both halves say the same"),
    PairState.STALE_CY: gettext_lazy("The English was changed, and the Welsh has not followed"),
    PairState.STALE_EN: gettext_lazy("The Welsh was changed, and the English has not followed"),
}


@desk(May.CHECK_PAIRS)
def desk_of_words(request: HttpRequest, partnership: Any) -> HttpResponse:
    """All that is not checked, what matters most first; narrowed by words, state and kind."""
    scope = QuarterScope.of(partnership, Quarter.before(today()))
    found = unchecked(request.user, partnership, scope)
    form = NarrowForm(request.GET, kinds={each.key for each in found})
    wanted = form.wanted()
    shown = [each for each in found if _is_wanted(each, wanted)]
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [{"each": each, "url": each.url(partnership.slug)} for each in page],
        "page": page,
        "query": f"{urlencode(wanted)}&" if wanted else "",
        "narrow": form,
        "is_narrowed": bool(wanted),
        "shown": len(shown),
        "count": len(found),
        "by_state": [(state, STATE_NAMES[state], n) for state in STATES if (n := sum(each.state == state for each in found))],
        "holding": sum(bool(each.holds_up) for each in found),
        "quarter": scope.quarter,
    }
    return render(request, "words/desk.html", context)


def _is_wanted(each: Unchecked, wanted: dict[str, str]) -> bool:
    if wanted.get("state") not in (None, each.state) or wanted.get("kind") not in (None, each.key):
        return False
    return "q" not in wanted or each.holds(wanted["q"])


@desk(May.CHECK_PAIRS)
def pair(request: HttpRequest, partnership: Any, kind: str, pk: int, name: str) -> HttpResponse:
    """Both halves side by side, what changed since they were last checked, and the form that mends and vouches."""
    known, row = _row(request, partnership, kind, pk, name)
    past = history(row, name)
    may_mend = may_write(request.user, row, partnership, only_words=True)
    extra = {
        "kind": known,
        "label": known.label(name),
        "pair": row.pair(name),
        "named": row.pair(known.named) if known.named in row.pairs and known.named != name else None,
        "where": known.where(row, partnership.slug),
        "past": past,
        "undo_url": reverse("words:undo", args=[partnership.slug, kind, pk, name]) if may_mend and past.can_be_undone else "",
        "seen": version_of(row),
        "others": [(known.label(each), reverse("words:pair", args=[partnership.slug, kind, pk, each])) for each in _others(row, name)],
    }
    title = how_it_stands(row.pair(name))
    if request.method == "GET" and not may_mend:
        return render(request, "words/pair.html", extra | {"title": title, "row": row})

    def done(_saved: Any) -> str:
        messages.success(request, _done(row.pair(name), request.path))
        return _desk(partnership)

    return edit_row(
        request, form_of(known, name), row, title=title, back=_desk(partnership), done=done, template="words/pair.html", extra=extra
    )


@require_POST
@desk(May.CHECK_PAIRS)
def undo(request: HttpRequest, partnership: Any, kind: str, pk: int, name: str) -> HttpResponse:
    """Put the pair back to how it was before its last change; what was changed stays in the log."""
    known, row = _row(request, partnership, kind, pk, name)
    said = request.POST.get("seen", "")
    seen = int(said) if said.isascii() and said.isdigit() and len(said) < 12 else 0
    back = reverse("words:pair", args=[partnership.slug, kind, pk, name])
    try:
        if known.model is Body:
            raise ValidationError(_("The log does not know how this read before"))
        take_back(row, name, by=request.user, seen=seen)
        messages.success(request, _("It reads again as it did before."))
    except StaleSave:
        messages.error(request, _("Someone changed this while you were reading. Look at it again before you decide."))
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    return redirect(back)


def how_it_stands(held: Pair) -> str:
    """What the two halves are to one another, as a sentence."""
    if not held.cy:
        return _("The Welsh is missing")
    if not held.en:
        return _("The English is missing")
    return str(HOW_IT_STANDS[PairState(held.state)])


def _done(held: Pair, address: str) -> str:
    """What is said once a pair is saved, with the way back to it."""
    said = _("Both halves are checked.") if held.is_checked else _("It is saved, and not checked yet.")
    return format_html('{} <a class="govuk-notification-banner__link" href="{}">{}</a>', said, address, _("Look at it again"))


def _row(request: HttpRequest, partnership: Any, kind: str, pk: int, name: str) -> tuple[Kind, Any]:
    """A row of the desk that the reader may see, and that has words under this name."""
    known = BILINGUAL.get(kind)
    if known is None or name not in known.model.pairs:
        raise Http404
    row: Any = get_object_or_404(known.standing(request.user, partnership), pk=pk)
    if row.pair(name).is_empty:
        raise Http404
    return known, row


def _others(row: Any, name: str) -> list[str]:
    return [each for each in row.unchecked_pairs() if each != name]


def _desk(partnership: Any) -> str:
    return reverse("words:desk", args=[partnership.slug])
