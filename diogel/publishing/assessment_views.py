"""The assessment document and its public summary, made when somebody asks for them; a draft until the assessment is approved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diogel.assessment.models import Assessment
from diogel.assessment.reading import read
from diogel.assessment.showing import missing_shown
from diogel.assessment.statuses import Status
from diogel.assessment.waiting import hindrances
from diogel.people.access import May, may_see_scoring
from diogel.people.desk import desk, fetch
from diogel.published.models import Publication

from .assessment_pack import STEM, one_file
from .assessment_publishing import KIND, publish_assessment
from .documents import AUDIENCES, FORMS, LANGUAGES
from .forms import ReleaseForm
from .releasing import released
from .snapshots import NotPublished

TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@desk()
@require_safe
def assessment_file(request: HttpRequest, partnership: Any, pk: int, audience: str, language: str, form: str) -> HttpResponse:
    """One file of an assessment as it now stands."""
    if audience not in AUDIENCES or language not in LANGUAGES or form not in FORMS:
        raise Http404
    row = fetch(Assessment.objects.select_related("method", "partnership"), request.user, partnership=partnership, pk=pk)
    if audience == "internal" and not may_see_scoring(request.user, row):
        raise PermissionDenied(May.SEE_SCORING.name)
    content = one_file(row, audience=audience, language=language, form=form)
    called = f'attachment; filename="{STEM}.{audience}.{language}.{form}"'
    return HttpResponse(content, content_type=TYPES[form], headers={"Content-Disposition": called})


@desk(May.PUBLISH)
def publish(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """The summary's versions and the button that publishes it; each sentence that is not checked any more, what the scan found with the
    answer to false alarms, and what else keeps it back."""
    row = fetch(Assessment.objects.select_related("method", "partnership"), request.user, partnership=partnership, pk=pk)
    found = hindrances(read(row), Status.PUBLISHED) if row.is_settled else []
    context: dict[str, Any] = {"assessment": row, "missing": missing_shown(row, found, request.user)}
    status = 200
    if request.method == "POST":
        try:
            if refusal := released(request, partnership):
                raise NotPublished(refusal)
            made = publish_assessment(row, by=request.user)
            messages.success(request, _("Version %(version)s is published in both languages.") % {"version": made.version})
            return redirect("publishing:publish_assessment", slug=partnership.slug, pk=pk)
        except NotPublished as refused:
            leaks = {"leaks": refused.leaks, "release_form": ReleaseForm(leaks=refused.leaks)} if refused.leaks else {}
            context |= {"alert": refused.sentence, **leaks}
            status = 422
    rows = Publication.objects.filter(partnership=partnership.slug, kind=KIND, key=row.code).order_by("-version")
    context |= {"versions": rows.defer("content", "certificate"), "may_publish": True}
    return render(request, "publishing/assessment.html", context, status=status)
