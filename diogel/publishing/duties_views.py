"""The comfort sheet of a plan, made when somebody of the desk asks for it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from diogel.home import today
from diogel.people.desk import desk, fetch
from diogel.plan.models import Plan

from .documents import LANGUAGES, TAKEN_AWAY, rendered
from .duties_paper import duties_paper
from .quarter_desk import TYPES


@desk()
@require_safe
def duties_file(request: HttpRequest, partnership: Any, code: str, language: str, form: str) -> HttpResponse:
    """The sheet as it stands today, in Word or as a tagged PDF."""
    if language not in LANGUAGES or form not in TAKEN_AWAY:
        raise Http404
    plan = fetch(Plan.objects.select_related("partnership"), request.user, partnership=partnership, code=code)
    made = rendered(duties_paper(plan, request.user, language=language, day=today()), {}, stem=f"{partnership.slug}-duties", forms=[form])
    ((name, content),) = made.items()
    return HttpResponse(content, content_type=TYPES[f".{form}"], headers={"Content-Disposition": f'attachment; filename="{name}"'})
