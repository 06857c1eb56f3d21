"""The public form: anyone may tell what they saw, without an account. It creates a report and reads none."""

from __future__ import annotations

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from diogel.people.access import Anyone
from diogel.people.models import Partnership
from diogel.people.outside import may_send_another
from diogel.people.sending import KILOBYTE, takes

from . import reporting
from .forms import PublicReport
from .models import Tension
from .process import KEEP_YEARS

AT_MOST = 5  # reports an hour from one address
SIGNER = signing.Signer(salt="diogel.tensions.thanks")


@takes(256 * KILOBYTE)
def tell(request: HttpRequest, slug: str) -> HttpResponse:
    """The form. Too many from one address are refused for an hour; what was typed is kept."""
    partnership = _partnership(request, slug)
    form = PublicReport(request.POST or None, partnership=partnership)
    context = {"form": form, "keep_years": KEEP_YEARS["closed"]}
    if request.method == "POST" and form.is_valid():
        if not may_send_another(request.META, form="tension-report", at_most=AT_MOST):
            form.add_error(None, _("Too many reports came from your connection in the past hour. Try again later, or ring 101."))
            return render(request, "tensions/public_form.html", context, status=429)
        values = form.told()
        tension = reporting.report(
            by=Anyone(), partnership=partnership, source=Tension.Source.FORM, contact=form.cleaned_data["contact"], **values
        )
        return redirect("report_tension:thanks", slug=slug, token=SIGNER.sign(tension.reference))
    return render(request, "tensions/public_form.html", context, status=422 if form.errors else 200)


def thanks(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Thanks, and the reference; it is read from the signed address, so this page looks nothing up and lists nothing."""
    _partnership(request, slug)
    try:
        reference = SIGNER.unsign(token)
    except signing.BadSignature as error:
        raise Http404 from error
    return render(request, "tensions/public_thanks.html", {"reference": reference})


def _partnership(request: HttpRequest, slug: str) -> Partnership:
    partnership = get_object_or_404(Partnership, slug=slug, withdrawn_on=None)
    request.partnership = partnership  # type: ignore[attr-defined]
    return partnership
