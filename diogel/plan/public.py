"""The public side of a consultation: a form that anyone may send, and what was said and done, as it was frozen. It reads no comment."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diogel.home import today
from diogel.people.access import Anyone
from diogel.people.desk import MOST
from diogel.people.models import Partnership
from diogel.people.outside import may_send_another
from diogel.people.sending import KILOBYTE, takes
from diogel.published.models import Publication

from . import consulting
from .forms_consulting import PublicComment
from .models import Plan
from .models_consulting import KEEP_DAYS, Consultation

AT_MOST = 5  # comments an hour from one connection
SIGNER = signing.Signer(salt="diogel.consultation.thanks")
SHOWN = ("pk", "title_cy", "title_en", "opens_on", "closes_on", "told_on")


def consultations(request: HttpRequest, slug: str) -> HttpResponse:
    """What is open, what comes, and what became of what was said."""
    partnership = _partnership(request, slug)
    rows = _public(partnership).values(*SHOWN)
    day, half = today(), f"title_{(get_language() or 'en')[:2]}"
    told = [{"title": row[half], "is_open": row["opens_on"] <= day <= row["closes_on"], **row} for row in rows]
    context = {
        "open": [row for row in told if row["is_open"]],
        "coming": [row for row in told if row["opens_on"] > day],
        "over": [row for row in told if row["closes_on"] < day],
    }
    return render(request, "plan/public_consultations.html", context)


@takes(256 * KILOBYTE)
def comment(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The form while it is open. Too many from one connection are refused for an hour; what was typed is kept."""
    partnership = _partnership(request, slug)
    row = _one(partnership, pk)
    if not row.is_open(today()):
        return render(request, "plan/public_closed.html", {"row": row, "is_to_come": row.opens_on > today()})
    form = PublicComment(request.POST or None, plan=row.plan)
    context = {"row": row, "form": form, "keep_until": row.keep_until, "keep_days": KEEP_DAYS, "read_url": _read_at(row.plan)}
    if request.method == "POST" and form.is_valid():
        if not may_send_another(request.META, form="plan-comment", at_most=AT_MOST):
            form.add_error(None, _("Too many comments came from your connection in the past hour. Try again later."))
            return render(request, "plan/public_comment.html", context, status=429)
        try:
            sent = consulting.send(row, by=Anyone(), **form.told())
            return redirect("consultation:thanks", slug=slug, pk=pk, token=SIGNER.sign(str(sent.number)))
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "plan/public_comment.html", context, status=422 if form.errors else 200)


def thanks(request: HttpRequest, slug: str, pk: int, token: str) -> HttpResponse:
    """Thanks, and the number that the comment bears; it is read from the signed address, so this page looks no comment up."""
    partnership = _partnership(request, slug)
    row = _one(partnership, pk)
    try:
        number = SIGNER.unsign(token)
    except signing.BadSignature as error:
        raise Http404 from error
    return render(request, "plan/public_thanks.html", {"row": row, "number": number})


def told(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What was said and what we did, exactly as it was published."""
    partnership = _partnership(request, slug)
    row = _public(partnership).exclude(told_on=None).filter(pk=min(pk, MOST)).values(*SHOWN, "told").first()
    if row is None:
        raise Http404
    half = (get_language() or "en")[:2]
    rows = [
        {
            "number": each["number"],
            "kind": each["about"]["kind"],
            "of": each["about"]["number"],
            "title": each["about"][half],
            "verdict": each["verdict"],
            "said": each["said"][half],
            "reply": each["reply"][half],
        }
        for each in row["told"]
    ]
    return render(request, "plan/public_told.html", {"row": row, "title": row[f"title_{half}"], "rows": rows})


def _read_at(plan: Plan) -> str:
    """Where everyone reads the very plan that they are asked about; nothing while it is not published, though another plan may be."""
    versions = Publication.objects.filter(partnership=plan.partnership.slug, kind=Publication.Kind.PLAN, key=plan.code)
    told = versions.order_by("-version").values("version", "withdrawn_at").first()
    if told is None or told["withdrawn_at"]:
        return ""
    return reverse("public:plan_version", args=[plan.partnership.slug, plan.code, told["version"]])


def _public(partnership: Partnership) -> Any:
    """Consultations that everyone may know of: on a plan that is not withdrawn, their words checked in both languages."""
    return Consultation.objects.standing().filter(
        plan__partnership=partnership, plan__withdrawn_on=None, is_public=True, title_state="checked", about_state="checked"
    )


def _one(partnership: Partnership, pk: int) -> Consultation:
    """The consultation, or 404."""
    found: Consultation = get_object_or_404(_public(partnership).select_related("plan__partnership"), pk=min(pk, MOST))
    return found


def _partnership(request: HttpRequest, slug: str) -> Partnership:
    partnership = get_object_or_404(Partnership, slug=slug, withdrawn_on=None)
    request.partnership = partnership  # type: ignore[attr-defined]
    return partnership
