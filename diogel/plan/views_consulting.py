"""Pages of a consultation inside the desk: what is open, what came in, and the answer to each comment."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diogel.home import today
from diogel.people.access import May, may, person_in
from diogel.people.desk import desk, fetch
from diogel.people.editing import edit_row

from . import consulting
from .forms_consulting import AnswerForm, CommentForm
from .models import Plan
from .models_consulting import Answer, Comment, Consultation


@desk()
def consultations(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """Every consultation on the plan: its days, how many comments came and how many wait."""
    plan = fetch(Plan.objects, request.user, partnership=partnership, code=code)
    rows = list(plan.consultations.standing().with_counts())
    day = today()
    context = {
        "plan": plan,
        "rows": [{"row": row, "is_open": row.is_open(day), "is_to_come": row.opens_on > day} for row in rows],
        "unanswered": sum(row.unanswered for row in rows),
        "may_edit": may(request.user, May.EDIT_PLAN, partnership),
        "may_comment": may(request.user, May.COMMENT_ON_PLAN, partnership),
    }
    return render(request, "plan/consultations.html", context)


@desk()
def consultation(request: HttpRequest, partnership: Any, code: str, pk: int) -> HttpResponse:
    """One consultation: its answers for everyone, the comments themselves for who answers them."""
    row = _row(request, partnership, code, pk)
    comments = (
        row.comments.visible_to(request.user).filter(withdrawn_on=None).select_related("priority", "numbered__action", "answer", "body")
    )
    answers = Answer.objects.filter(comment__consultation=row, comment__withdrawn_on=None, withdrawn_on=None)
    may_edit = may(request.user, May.EDIT_PLAN, partnership)
    context = {
        "row": row,
        "plan": row.plan,
        "comments": [{"row": each, "answer": _answer_of(each)} for each in comments],
        "answers": () if may_edit else answers.select_related("comment__priority", "comment__numbered__action"),
        "is_open": row.is_open(today()),
        "may_edit": may_edit,
        "may_comment": may(request.user, May.COMMENT_ON_PLAN, partnership),
        "may_publish": may(request.user, May.PUBLISH, partnership),
        "is_past_keeping": today() > row.keep_until,
    }
    return render(request, "plan/consultation.html", context)


def _answer_of(comment: Comment) -> Answer | None:
    answer: Answer | None = getattr(comment, "answer", None)
    return answer if answer is not None and answer.withdrawn_on is None else None


@desk(May.COMMENT_ON_PLAN)
def comment(request: HttpRequest, partnership: Any, code: str, pk: int) -> HttpResponse:
    """A comment from a partner who is signed in; it is kept under their body, not under their name."""
    row = _row(request, partnership, code, pk)
    back = reverse("plan:consultation", args=[partnership.slug, code, pk])
    form = CommentForm(request.POST or None, plan=row.plan)
    if request.method == "POST" and form.is_valid():
        body = getattr(person_in(request.user, partnership), "body", None)
        try:
            consulting.send(row, by=request.user, sent_as=Comment.As.PARTNER, body=body, **form.told())
            messages.success(request, _("Your comment has come in. Its answer will stand on this page."))
            return redirect(back)
        except ValidationError as error:
            form.add_error(None, error)
    context = {"row": row, "plan": row.plan, "form": form, "back": back, "is_open": row.is_open(today())}
    return render(request, "plan/comment.html", context, status=422 if form.errors else 200)


@desk(May.EDIT_PLAN)
def answer(request: HttpRequest, partnership: Any, code: str, pk: int) -> HttpResponse:
    """The answer to one comment, the comment above it."""
    rows = Comment.objects.select_related("consultation__plan__partnership", "priority", "numbered__action", "answer", "body")
    row = fetch(rows, request.user, pk=pk, consultation__plan__partnership=partnership, consultation__plan__code=code)
    held = getattr(row, "answer", None) or Answer(comment=row)
    back = reverse("plan:consultation", args=[partnership.slug, code, row.consultation_id])
    title = _("Answer comment %(n)s") % {"n": row.number}
    return edit_row(request, AnswerForm, held, title=title, back=back, template="plan/answer.html", extra={"comment": row})


@require_POST
@desk(May.EDIT_PLAN)
def erase_comment(request: HttpRequest, partnership: Any, code: str, pk: int) -> HttpResponse:
    """Erase for good what one person wrote."""
    rows = Comment.objects.select_related("consultation__plan__partnership")
    row = fetch(rows, request.user, pk=pk, consultation__plan__partnership=partnership, consultation__plan__code=code)
    consulting.erase([row], by=request.user, partnership=partnership)
    messages.success(request, _("The words are erased for good; the answer stays."))
    return redirect("plan:consultation", partnership.slug, code, row.consultation_id)


@require_POST
@desk(May.EDIT_PLAN)
def erase_all(request: HttpRequest, partnership: Any, code: str, pk: int) -> HttpResponse:
    """Erase for good what everyone wrote in a consultation that is over."""
    row = _row(request, partnership, code, pk)
    if row.closes_on < today():
        consulting.erase(row.comments.all(), by=request.user, partnership=partnership)
        messages.success(request, _("The words are erased for good; the answers stay."))
    return redirect("plan:consultation", partnership.slug, code, pk)


def _row(request: HttpRequest, partnership: Any, code: str, pk: int) -> Any:
    rows = Consultation.objects.standing().select_related("plan__partnership")
    return fetch(rows, request.user, pk=pk, plan__partnership=partnership, plan__code=code)
