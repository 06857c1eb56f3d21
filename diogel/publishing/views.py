"""Pages of the desk that publish: what the public reads, what keeps the rest from it, and how something is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diogel.analysis.periods import Month
from diogel.assessment.models import Assessment
from diogel.home import today
from diogel.people.access import May, may
from diogel.people.desk import desk, fetch
from diogel.people.models import Partnership
from diogel.plan.models import Plan
from diogel.published.blocks import Paper
from diogel.published.models import Publication
from diogel.published.shown import shown
from diogel.words.quarters import month_said

from .annual_pack import draft, draft_names
from .annual_years import Year, begun
from .forms import BecauseForm, ReleaseForm
from .ledger import ledger
from .one_language import language_of, only_of, published_said
from .pair_pages import only_checks, pair_page
from .quarter_desk import TYPES, quarters_to_tell
from .releasing import released
from .shown_masks import of_plan
from .snapshot_readiness import unready
from .snapshots import NotPublished, publish, withdraw_publication
from .subjects import ABOUT, Subject, scope_of

PARTNERSHIP, PLAN, ANNUAL, ASSESSMENT = (Publication.Kind[name] for name in ("PARTNERSHIP", "PLAN", "ANNUAL", "ASSESSMENT"))
_LIGHT = ("pk", "kind", "key", "version", "published_at", "withdrawn_at")


@desk()
def papers(request: HttpRequest, partnership: Any) -> HttpResponse:
    """What is published, and what keeps the plan of today from it."""
    told = list(Publication.objects.filter(partnership=partnership.slug).only(*_LIGHT))
    plans = list(Plan.objects.visible_to(request.user).standing().filter(partnership=partnership).select_related("partnership"))
    current = next((plan for plan in plans if plan.from_on <= today() <= plan.to_on), plans[0] if plans else None)
    rows = [_row(partnership, PARTNERSHIP, ABOUT, _("Who we are"), told, partnership)]
    rows += [
        _row(partnership, PLAN, plan.code, plan.pair("title").say() or plan.code, told, plan if plan == current else None) for plan in plans
    ]
    rows += [
        _row(partnership, ANNUAL, year.key, _("The year ending in %(month)s") % {"month": month_said(Month.of(year.to_on))}, told, None)
        for year in begun(partnership, request.user, today())
    ]
    published = {each.key for each in told if each.kind == Publication.Kind.QUARTER}
    quarters = sorted(published | quarters_to_tell(partnership), reverse=True)
    rows += [_row(partnership, Publication.Kind.QUARTER, key, "", told, None) for key in quarters]
    rows += _assessments(request, partnership, told)
    context = {"rows": rows, "count": sum(bool(row["standing"]) for row in rows), "waiting": sum(row["waiting"] or 0 for row in rows)}
    return render(request, "publishing/papers.html", context)


@desk()
def thing(request: HttpRequest, partnership: Any, kind: str, key: str) -> HttpResponse:
    """One thing that can be published: what keeps it from it, and every version of it. An assessment has pages of its own."""
    if kind == ASSESSMENT:
        return redirect(
            _assessment_url(request, partnership, fetch(Assessment.objects.all(), request.user, partnership=partnership, code=key))
        )
    return _thing(request, partnership, kind, key)


@require_POST
@desk(May.PUBLISH)
def publish_thing(request: HttpRequest, partnership: Any, kind: str, key: str) -> HttpResponse:
    """Publish in both languages, or say what keeps it from it; false alarms of the scan are answered for here too."""
    subject = _subject(request, partnership, kind, key)
    if subject is None:
        raise Http404
    try:
        if refusal := released(request, partnership):
            raise NotPublished(refusal)
        before = Publication.objects.filter(partnership=partnership.slug).count()
        made = publish(kind, subject, by=request.user)
    except NotPublished as refused:
        return _thing(request, partnership, kind, key, refused=refused, status=422)
    is_new = Publication.objects.filter(partnership=partnership.slug).count() > before
    said = published_said(only_of(made.content)) if is_new else _("Nothing has changed since version %(version)s, so it stands.")
    messages.success(request, said % {"version": made.version})
    return redirect("publishing:thing", slug=partnership.slug, kind=kind, key=key)


@desk(May.PUBLISH)
def withdraw(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """Take a version back, with a reason in both languages."""
    row = get_object_or_404(Publication, partnership=partnership.slug, pk=pk)
    form = BecauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_publication(row, by=request.user, because=form.because)
            return redirect("publishing:thing", slug=partnership.slug, kind=row.kind, key=row.key)
        except ValidationError as error:
            form.add_error(None, error)
    context = {"row": row, "form": form, "back": reverse("publishing:thing", args=[partnership.slug, row.kind, row.key])}
    return render(request, "publishing/withdraw.html", context, status=422 if form.errors else 200)


@desk()
def certificate(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """What the scan looked for before a version was published, as the public reads it too."""
    row = get_object_or_404(Publication, partnership=partnership.slug, pk=pk)
    held = row.certificate.get("paper", {}).get((get_language() or "en")[:2])
    if held is None:
        raise Http404
    paper = Paper.from_json(held)
    return render(request, "publishing/certificate.html", {"row": row, "paper": paper, "blocks": shown(paper, {})})


@desk()
def annual_draft(request: HttpRequest, partnership: Any, key: str, name: str) -> HttpResponse:
    """The board's report of a year as it stands now, checked or not; DRAFT stands on every page of it."""
    year = _subject(request, partnership, ANNUAL, key)
    if not isinstance(year, Year) or name not in draft_names(key, language_of(year.rule)):
        raise Http404
    called = content_disposition_header(as_attachment=True, filename=f"{partnership.slug}-{name}")
    return HttpResponse(draft(year, name), content_type=TYPES[f".{name.rpartition('.')[2]}"], headers={"Content-Disposition": called or ""})


def _row(partnership: Partnership, kind: str, key: str, title: str, told: list[Publication], checked: Any) -> dict[str, Any]:
    """One line of the list. Only what is `checked` costs a look at its pairs."""
    versions = sorted((each for each in told if (each.kind, each.key) == (kind, key)), key=lambda each: -each.version)
    newest = versions[0] if versions else None
    return {
        "kind": kind,
        "key": key,
        "title": title,
        "newest": newest,
        "standing": newest if newest and newest.withdrawn_at is None else None,
        "waiting": sum(each.blocks for each in unready(scope_of(checked))) if checked else None,
        "url": reverse("publishing:thing", args=[partnership.slug, kind, key]),
    }


def _assessments(request: HttpRequest, partnership: Partnership, told: list[Publication]) -> Iterator[dict[str, Any]]:
    """A line for each assessment, with the way to its document and to what the public reads of it."""
    published = {each.key for each in told if each.kind == ASSESSMENT}
    for each in Assessment.objects.visible_to(request.user).filter(partnership=partnership):
        if each.withdrawn_on and each.code not in published:
            continue
        row = _row(partnership, ASSESSMENT, each.code, each.pair("title").say() or each.code, told, None)
        public = reverse("public:assessment", args=[partnership.slug, each.code]) if row["standing"] else ""
        document = "" if each.withdrawn_on else reverse("assessment:year", args=[partnership.slug, each.pk])
        yield row | {
            "url": _assessment_url(request, partnership, each),
            "document": document,
            "public": public,
            "unapproved": not each.is_settled,
        }


def _assessment_url(request: HttpRequest, partnership: Partnership, row: Assessment) -> str:
    """Where its summary is published, for those who may; for others its year, with the document."""
    view = "publishing:publish_assessment" if may(request.user, May.PUBLISH, partnership) else "assessment:year"
    return reverse(view, args=[partnership.slug, row.pk])


def _thing(
    request: HttpRequest, partnership: Any, kind: str, key: str, *, refused: NotPublished | None = None, status: int = 200
) -> HttpResponse:
    subject = _subject(request, partnership, kind, key)
    rows = Publication.objects.filter(partnership=partnership.slug, kind=kind, key=key)
    held = ledger(partnership) if isinstance(subject, (Plan, Year)) else None
    versions = held.versions(kind, key) if held else list(rows.defer("content", "certificate").order_by("-version"))
    if subject is None and not versions:
        raise Http404
    scope = scope_of(subject) if subject else None
    found = unready(scope) if scope else []
    if only_checks(request.user, partnership):
        found = [replace(each, url=pair_page(partnership.slug, each.kind, each.pk, each.field)) for each in found]
    context = {
        "subject": subject,
        "kind": kind,
        "key": key,
        "versions": versions,
        "withdrawn": versions[0] if versions and versions[0].withdrawn_at else None,
        "blocking": [each for each in found if each.blocks],
        "withholding": of_plan(scope, held) if scope and held else None,
        "is_over": not isinstance(subject, Year) or subject.is_over(today()),
        "drafts": draft_names(key, scope.only) if scope and isinstance(subject, Year) else (),
        "rule": scope.rule if scope else None,
        "left_out": [each for each in found if not each.blocks],
        "refused": refused,
        "release_form": ReleaseForm(leaks=refused.leaks) if refused and refused.leaks else None,
        "may_publish": may(request.user, May.PUBLISH, partnership),
        "public_url": _public_url(partnership, kind, key),
    }
    return render(request, "publishing/thing.html", context, status=status)


def _subject(request: HttpRequest, partnership: Any, kind: str, key: str) -> Subject | None:
    """What a snapshot is taken of; None for a quarter, whose pack is built elsewhere. 404 for anything unknown."""
    if kind == ANNUAL:
        return next((year for year in begun(partnership, request.user, today()) if year.key == key), None)
    if kind == PARTNERSHIP and key == ABOUT:
        return partnership
    if kind == PLAN:
        return fetch(Plan.objects.standing().select_related("partnership"), request.user, partnership=partnership, code=key)
    return None


def _public_url(partnership: Any, kind: str, key: str) -> str:
    slug = partnership.slug
    if kind in (Publication.Kind.QUARTER, ANNUAL):
        return reverse(f"public:{kind}", args=[slug, key])
    return reverse("public:who" if kind == PARTNERSHIP else "public:plan", args=[slug])
