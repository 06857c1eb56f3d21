"""Pages of one request: who is asked, an answer told by telephone, the link withdrawn, what came too late, and a file beside it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diogel.home import today
from diogel.people.access import May, may
from diogel.people.desk import desk, fetch, unkept
from diogel.people.sending import takes
from diogel.people.versions import StaleSave
from diogel.post.delivery import send_queued
from diogel.post.links import root_of, withdraw_link
from diogel.post.models import SignedLink
from diogel.post.views import tell

from .answering import NotFiled, answer_of, keep, lacks, leave, take_in, told_before, told_by_telephone, typed_of
from .asking import NotPassed, pass_on
from .evidence import KINDS, MOST_BYTES, NotTaken, add_file, path_of
from .forms import AskForm, TelephoneForm
from .models import Answer, EvidenceFile, Request
from .purpose import PURPOSE, about
from .running import ask, send_new_link
from .showing import came_late


@desk(May.SEE_PEOPLE)
def asked(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """Who is asked about one action, what came, and for who runs the round: ask somebody else."""
    row = _row(request, partnership, pk)
    may_run = may(request.user, May.RUN_ROUNDS, partnership)
    form = AskForm(request.POST or None, request=row, on=today()) if may_run else None
    if request.method == "POST":
        if form is None:
            return HttpResponse(status=403)
        if form.is_valid() and _asked_instead(request, row, form):
            return redirect("rounds:round", slug=partnership.slug, pk=row.round_id)
    link = _link_of(row)
    context = {
        "row": row,
        "round": row.round,
        "form": form if may_run and not row.is_answered and not row.round.is_closed else None,
        "may_run": may_run,
        "link": link,
        "kept": came_late(row) if may_run else [],
        "left": came_late(row, settled=Answer.Settled.LEFT) if may_run else [],
        "files": row.evidence.filter(withdrawn_on=None),
        "versions": row.update.accepted.all(),
        "number": row.number,
    }
    status = 422 if form is not None and form.errors else 200
    return unkept(render(request, "rounds/request.html", context, status=status))


def _asked_instead(request: HttpRequest, row: Request, form: AskForm) -> bool:
    """Ask somebody else and write to them, where the round is open; whether that was done."""
    to = form.chosen()
    if to is not None and to.pk == row.person_id:
        messages.info(request, _("Nothing was changed: this person is asked already."))
        return True
    try:
        pass_on(row, to=to, by=request.user, seen=form.cleaned_data["seen"], why=form.cleaned_data["why"], on=today())
    except NotPassed as refusal:
        form.add_error(None, str(refusal))
        return False
    except StaleSave:
        form.add_error(None, _("Somebody else changed this meanwhile. Open the page again to see who is asked now."))
        return False
    messages.success(request, _("Somebody else is asked now."))
    if to is not None and not to.email:
        messages.warning(request, _("No letter goes to them: there is no e-mail address on file."))
    if to is not None and row.round.is_open:
        row.person = to
        ask(row.round, [row], on=today(), mark=f"{row.pk}-{row.version}")
        tell(request, send_queued(root=root_of(request), on=today(), partnership=row.round.partnership))
    return True


@takes(MOST_BYTES + 256 * 1024)
@desk(May.RUN_ROUNDS)
def telephone(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """Type in what somebody told by telephone: the update is theirs, the log says who typed it."""
    row = _row(request, partnership, pk)
    if typed_of(row).waits:
        messages.info(request, _("An answer to this came too late and waits for you. Settle it before you type in another."))
        return redirect("rounds:request", slug=partnership.slug, pk=pk)
    before = told_before(row)
    answer = answer_of(row, before, get_language()[:2])
    form = TelephoneForm(request.POST or None, request.FILES or None, answer=answer, request=row)
    if request.method == "POST" and form.is_valid() and _filed(request, row, form):
        messages.success(request, _("The update is filed as told by telephone."))
        return redirect("rounds:round", slug=partnership.slug, pk=row.round_id)
    context = {"row": row, "round": row.round, "form": form, "before": before}
    return render(request, "rounds/telephone.html", context, status=422 if form.errors else 200)


def _filed(request: HttpRequest, row: Request, form: TelephoneForm) -> bool:
    try:
        kept = keep(row, by=request.user, seen=form.cleaned_data["seen"], typed=form.typed())
        for name, sentence in lacks(kept).items():
            form.add_error(name, sentence)
        if upload := form.cleaned_data.get("evidence"):
            add_file(row, upload, by=request.user, on=today())
        if not form.errors:
            told_by_telephone(row, kept, by=request.user, why=form.cleaned_data.get("why", ""))
    except StaleSave as stale:
        form.remember(stale.current.version if isinstance(stale.current, Answer) else kept.version)
        form.add_error(None, _("Something was typed here in another window meanwhile. Sending again puts your words in place of it."))
    except NotTaken as refusal:
        form.add_error("evidence", str(refusal))
    except NotFiled as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as error:
        form.add_error(None, error.messages)
    return not form.errors


@require_POST
@desk(May.RUN_ROUNDS)
def link(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """Withdraw the link of whoever is asked, or send them a new one."""
    row = _row(request, partnership, pk)
    found = _link_of(row)
    if request.POST.get("deed") == "withdraw" and found:
        withdraw_link(found, by=request.user)
        messages.success(request, _("The link opens nothing any more."))
    elif request.POST.get("deed") == "send" and row.person is not None and send_new_link(row.round, row.person, on=today()):
        tell(request, send_queued(root=root_of(request), on=today(), partnership=partnership))
    else:
        messages.info(request, _("Nothing was sent: there is no e-mail address, or a letter with this link went today."))
    return redirect("rounds:request", slug=partnership.slug, pk=pk)


@require_POST
@desk(May.RUN_ROUNDS)
def settle(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """Take in an answer that came too late, or leave the update as it stands."""
    row = _row(request, partnership, pk)
    chosen = request.POST.get("answer", "")
    answer = next((each.answer for each in came_late(row) if str(each.answer.pk) == chosen), None)
    if answer is None:
        raise Http404
    answer.request = row
    try:
        if request.POST.get("deed") == "take":
            take_in(answer, by=request.user, why=request.POST.get("why", "")[:500])
            messages.success(request, _("It is taken in."))
        else:
            leave(answer, by=request.user)
            messages.success(request, _("The update stays as it is; what was sent stays on file."))
    except (ValidationError, NotFiled) as refusal:
        messages.warning(request, " ".join(getattr(refusal, "messages", [str(refusal)])))
        return redirect("rounds:request", slug=partnership.slug, pk=pk)
    except StaleSave:
        messages.warning(request, _("Somebody else changed this meanwhile. Nothing was done; here is how it stands."))
    return redirect("rounds:round", slug=partnership.slug, pk=row.round_id)


@desk(May.SEE_DESK)
@require_safe
def evidence_file(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """A file that was sent with an answer: to keep, never to be opened in the page."""
    file: EvidenceFile = fetch(EvidenceFile.objects, request.user, request__round__partnership=partnership, pk=pk, withdrawn_on=None)
    path = path_of(file)
    if not path.exists():
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type=KINDS[file.kind])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return unkept(response)


def _link_of(row: Request) -> SignedLink | None:
    if row.person_id is None:
        return None
    links = SignedLink.objects.filter(purpose=PURPOSE, about=about(row.round_id), person=row.person_id, withdrawn_on=None)
    found: SignedLink | None = links.select_related("partnership").first()
    return found if found and found.stands(today()) else None


def _row(request: HttpRequest, partnership: Any, pk: int) -> Request:
    rows = Request.objects.standing().select_related("round__plan", "update__action", "person__body", "passed_from")
    found: Request = fetch(rows, request.user, round__partnership=partnership, round__withdrawn_on=None, pk=pk)
    found.round.partnership = found.update.action.partnership = partnership
    return found
