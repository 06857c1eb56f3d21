"""Pages of the update forms: given to a body as Word or Excel, taken back, compared and merged."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from diogel.analysis.periods import Quarter
from diogel.analysis.reading.table_reasons import Untaken
from diogel.home import today
from diogel.indicators.spans import span_name
from diogel.people.access import May
from diogel.people.desk import desk, fetch
from diogel.people.models import Body
from diogel.people.sending import UPLOAD, takes
from diogel.people.writing import write
from diogel.plan.models import Plan
from diogel.words.refusals import said

from .forms import ReturnForm, quarter_choices
from .left_file import XLSX
from .models import Returned
from .returning import settle, take_in, told
from .steps import FIELDS
from .update_form import actions_of, as_excel, as_word, file_name, give
from .word_made import DOCX

MOST_SHOWN = 100


def _plan(request: HttpRequest, partnership: Any, code: str) -> Plan:
    plan: Plan = fetch(
        Plan.objects.select_related("partnership").filter(withdrawn_on=None), request.user, partnership=partnership, code=code
    )
    return plan


@desk(May.UPDATE_ALL_ACTIONS)
@takes(UPLOAD)
def forms(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """The bodies to which a form can be given, and the forms that came back."""
    plan = _plan(request, partnership, code)
    form = ReturnForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            row = take_in(sent.read(), by=request.user, partnership=partnership, file_name=sent.name)
            return redirect("exchange:returned", slug=partnership.slug, pk=row.pk)
        except Untaken as refusal:
            form.add_error("file", said(refusal))
        except ValidationError as refusal:
            form.add_error("file", " ".join(refusal.messages))
    seen = plan.numbers.standing().visible_to(request.user).filter(action__withdrawn_on=None)
    bodies = Body.objects.filter(actions__numbers__in=seen).annotate(count=Count("actions", distinct=True)).order_by("name_en")
    returned = Returned.objects.visible_to(request.user).filter(form__plan=plan).select_related("form__body")
    context = {
        "plan": plan, "form": form, "bodies": bodies, "quarters": quarter_choices(today()), "returned": returned[:MOST_SHOWN],
        "waiting": sum(row.state == Returned.State.WAITING for row in returned[:MOST_SHOWN]),
    }  # fmt: skip
    return render(request, "exchange/forms.html", context, status=422 if form.errors else 200)


@desk(May.UPDATE_ALL_ACTIONS)
def give_form(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """Make a form and send it as a file; what stood in it is kept."""
    plan = _plan(request, partnership, code)
    asked = request.POST.get("body", "")
    if request.method != "POST" or not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        return redirect("exchange:forms", slug=partnership.slug, code=code)
    body = Body.objects.filter(pk=int(asked), memberships__partnership=partnership).first()
    if body is None:
        raise Http404
    quarter = next((key for key, _label in quarter_choices(today()) if key == request.POST.get("quarter")), str(Quarter.before(today())))
    form = give(plan, body, Quarter.parse(quarter), language=(get_language() or "en")[:2], by=request.user)
    held = actions_of(plan, body, request.user)
    is_word = request.POST.get("file") != "xlsx"
    data = as_word(form, held) if is_word else as_excel(form, held)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(form, "docx" if is_word else "xlsx")}"'}
    return HttpResponse(data, content_type=DOCX if is_word else XLSX, headers=headers)


@desk(May.UPDATE_ALL_ACTIONS)
def returned(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """What a form says against what stands now; where two texts meet both are shown, and a person chooses."""
    rows = Returned.objects.select_related("form__plan__partnership", "form__body")
    row: Returned = fetch(rows, request.user, form__plan__partnership=partnership, pk=pk)
    error = ""
    if request.method == "POST" and row.state == Returned.State.WAITING:
        try:
            return _settled(request, partnership, row)
        except ValidationError as refusal:
            error = " ".join(refusal.messages)
    found = told(row, request.user) if row.state == Returned.State.WAITING else []
    quarter = Quarter.parse(row.form.quarter)
    context = {
        "row": row,
        "told": [each for each in found if each.changed or each.doubts],
        "same": sum(not each.changed for each in found),
        "meeting": sum(each.meets for each in found),
        "quarter": span_name(quarter.first_day, quarter.last_day),
        "chosen": request.POST,
        "left": [(FIELDS[name], text) for each in row.left for name, text in each.items() if name in FIELDS and text],
        "error": error,
    }
    return render(request, "exchange/returned.html", context, status=422 if error else 200)


def _settled(request: HttpRequest, partnership: Any, row: Returned) -> HttpResponse:
    if "throw" in request.POST:
        write(row, by=request.user, state=Returned.State.THROWN)
        messages.success(request, _("The form was put aside. What it says is kept beside it, and no update was changed."))
        return redirect("exchange:forms", slug=partnership.slug, code=row.form.plan.code)
    choices = {name.removeprefix("choose-"): str(value) for name, value in request.POST.items() if name.startswith("choose-")}
    versions = {
        name.removeprefix("seen-"): int(str(value)) for name, value in request.POST.items()
        if name.startswith("seen-") and str(value).isascii() and str(value).isdigit() and len(str(value)) < 10
    }  # fmt: skip
    count = sum(bool(each.changed) for each in told(row, request.user))
    settle(row, by=request.user, choices=choices, versions=versions)
    messages.success(request, ngettext("One update was filed.", "%(n)s updates were filed.", count) % {"n": count})
    return redirect("exchange:returned", slug=partnership.slug, pk=row.pk)
