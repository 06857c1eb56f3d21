"""The assessment document and its public summary, made when somebody asks for them; a draft until the assessment is approved."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from diogel.assessment.models import Assessment
from diogel.people.desk import desk, fetch

from .assessment_pack import STEM, one_file
from .documents import AUDIENCES, FORMS, LANGUAGES
from .snapshot_fields import NotAllowed

TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require_safe
@desk()
def assessment_file(request: HttpRequest, partnership: Any, pk: int, audience: str, language: str, form: str) -> HttpResponse:
    """One file of an assessment as it now stands. Sentences that nobody has checked show in a draft only, and it says so."""
    if audience not in AUDIENCES or language not in LANGUAGES or form not in FORMS:
        raise Http404
    row = fetch(Assessment.objects.select_related("method", "partnership"), request.user, partnership=partnership, pk=pk)
    asked = {"audience": audience, "language": language, "form": form}
    try:
        content = one_file(row, **asked, is_draft=not row.is_settled)
    except NotAllowed:  # a sentence was changed since it was approved
        content = one_file(row, **asked, is_draft=True)
    response = HttpResponse(content, content_type=TYPES[form])
    if form != "html":
        response["Content-Disposition"] = f'attachment; filename="{STEM}.{audience}.{language}.{form}"'
    return response
