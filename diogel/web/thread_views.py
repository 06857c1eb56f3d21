"""Pages of the golden thread: every theme with its gaps, one theme whole and on one sheet, and a sentence followed back and forward."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from diogel.assessment.models import Assessment, Theme
from diogel.home import today
from diogel.people.access import May, may
from diogel.people.desk import desk
from diogel.plan import chain_said
from diogel.plan.chain_counted import counted

from .row_kinds import KINDS
from .thread_find import SHORTEST, Told, told, written
from .thread_from import FROM, chain_from
from .thread_paper import one_page
from .thread_sheet import Sheet, paper_name, sheet


@desk()
def themes(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Every theme of the assessment that counts, with how many links it has of each kind in the plan of today."""
    every: Any = Theme.objects.standing()
    standing = every.visible_to(request.user).filter(assessment__in=_assessments(request, partnership)[:1])
    rows = list(standing.order_by("order", "pk"))
    counts = counted(rows, partnership, request.user, today())
    for row in rows:
        row.counted = counts[row.pk]
    gaps = sum(not row.counted.actions for row in rows)
    return render(request, "thread/themes.html", {"themes": rows, "gaps": gaps})


@desk()
def theme(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """One theme from its evidence to the papers that told of it."""
    drawn = _sheet(request, partnership, code)
    request.__dict__.setdefault("_chains", {})["Theme", drawn.theme.pk] = drawn.spun  # the thread above the title is the same
    return render(request, "thread/theme.html", {"row": drawn.theme, "sheet": drawn, "finding": finding(drawn)})


@desk()
def sheet_file(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """The same on one sheet of A4, as a tagged PDF in the reader's language."""
    drawn = _sheet(request, partnership, code)
    address = request.build_absolute_uri(reverse("thread:theme", args=[partnership.slug, code]))
    made = one_page(drawn, finding=finding(drawn), address=address, day=today())
    called = content_disposition_header(as_attachment=True, filename=f"{partnership.slug}-{code}-{get_language()}.pdf")
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": called or "attachment"})


@desk()
def find(request: HttpRequest, partnership: Any) -> HttpResponse:
    """A sentence followed back to its row and forward to what was published."""
    words = " ".join(request.GET.get("q", "").split())[:200]
    papers = (
        [(each, paper_name(each.kind, each.key, each.version), _address(partnership.slug, each)) for each in told(words, partnership)]
        if words
        else []
    )
    rows = written(words, request.user, partnership) if words else []
    context = {
        "words": words,
        "is_short": 0 < len(words) < SHORTEST,
        "rows": rows,
        "papers": papers,
        "may_open": may(request.user, May.CHECK_PAIRS, partnership),
        "followed": list(FROM),
    }
    return render(request, "thread/find.html", context)


@desk()
def from_row(request: HttpRequest, partnership: Any, kind: str, pk: int) -> HttpResponse:
    """The chain through one row that has no page of its own: where it came from, where it went, where it was told."""
    if kind not in FROM:
        raise Http404
    known = KINDS[kind]
    row = get_object_or_404(known.standing(request.user, partnership), pk=pk)
    found = chain_from(row, request.user, today())
    held: tuple[list[Any], list[Any]] = ([], [])
    if found:  # as of a paper: everything stands before it
        held = chain_said.groups(replace(found, kind="paper"), None, request.user, partnership, "")
    groups = [part for side in held for part in side if part.links]
    said = next((half for name in known.model.pairs if (half := row.pair(name).say() or row.pair(name).en or row.pair(name).cy)), "")
    context = {
        "kind": known,
        "said": said,
        "groups": groups,
        "papers": chain_said.papers(found, partnership.slug) if found else [],
        "where": known.where(row, partnership.slug),
    }
    return render(request, "thread/from.html", context)


def finding(drawn: Sheet) -> str:
    """The thread in one sentence: whole, or with so many gaps."""
    title = drawn.theme.pair("title").say() or drawn.theme.title_en
    gaps = len(drawn.gaps)
    if not gaps:
        return _("%(theme)s: the thread is whole") % {"theme": title}
    return ngettext("%(theme)s: the thread has one gap", "%(theme)s: the thread has %(n)s gaps", gaps) % {"theme": title, "n": gaps}


def _sheet(request: HttpRequest, partnership: Any, code: str) -> Sheet:
    every: Any = Theme.objects.standing()
    order = [each.pk for each in _assessments(request, partnership)]
    rows = every.visible_to(request.user).filter(assessment__in=order, code=code).select_related("assessment__partnership")
    found = min(rows, key=lambda row: order.index(row.assessment_id), default=None)
    if found is None:
        raise Http404
    return sheet(found, request.user, today())


def _assessments(request: HttpRequest, partnership: Any) -> list[Assessment]:
    """Those that the reader may see, the one that counts first: next year's themes may bear the same codes."""
    held: Any = Assessment.objects
    return list(held.visible_to(request.user).foremost().filter(partnership=partnership))


def _address(slug: str, each: Told) -> str:
    try:
        return reverse(f"public:{each.kind}_version", args=[slug, each.key, each.version])
    except NoReverseMatch:
        return reverse("public:who_version", args=[slug, each.version])
