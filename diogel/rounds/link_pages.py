"""The pages behind a signed link: one person's actions and nothing else, on a phone, without an account. Looking changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from diogel.home import today
from diogel.people.access import ByLink
from diogel.people.desk import unkept
from diogel.people.models import Partnership, Person
from diogel.people.sending import KILOBYTE, takes
from diogel.people.versions import StaleSave
from diogel.post.callers import asks_too_often
from diogel.post.delivery import send_queued
from diogel.post.links import Read, read_link, root_of
from diogel.post.models import SignedLink
from diogel.processes.actions.models import Update

from .answering import WORDS, NotFiled, answer_of, has_own_words, keep, lacks, nothing_changed, send, told_before, typed_of
from .asking import NotPassed, pass_on
from .evidence import MOST_BYTES, NotTaken, add_file
from .forms import LONGEST, AnswerForm, PassForm
from .models import Request, Round
from .purpose import PURPOSE, round_key
from .running import ask, requests_of, send_new_link
from .showing import differing, draft_shown, mine, public_words

WRONG_AN_HOUR, SAVES_AN_HOUR, NEW_LINKS_AN_HOUR, HOUR = 40, 900, 5, 3600
Page = Callable[..., HttpResponse]


@dataclass
class Sitting:
    """Who sits before the page: the person of the link, by whom they act, and what they are asked."""

    link: SignedLink
    token: str
    partnership: Partnership
    round: Round
    person: Person
    requests: list[Request]
    by: ByLink = field(init=False)

    def __post_init__(self) -> None:
        self.by = ByLink(self.person, self.partnership, frozenset(each.update.action_id for each in self.requests))

    def request(self, number: int) -> Request:
        """Their request with that number; what is somebody else's is not there."""
        found = next((each for each in self.requests if each.number == number), None)
        if found is None:
            raise Http404
        return found


def by_link(page: Page) -> Page:
    """A page that a link opens. Whatever is wrong with the link, the same page says so, and a stranger learns nothing from it."""

    @wraps(page)
    def dressed(request: HttpRequest, slug: str, token: str, **kwargs: Any) -> HttpResponse:
        partnership = get_object_or_404(Partnership, slug=slug, withdrawn_on=None)
        request.partnership = partnership  # type: ignore[attr-defined]
        read = read_link(token, purpose=PURPOSE, partnership=partnership, on=today())
        if not read.is_open or read.link is None:
            return _sealed(_nowhere(request, read))
        round_ = Round.objects.standing().filter(pk=round_key(read.link.about)).select_related("plan").first()
        if round_ is None:
            return _sealed(_nowhere(request, Read(None, False)))
        if request.method == "POST" and asks_too_often(request, f"link-{read.link.pk}", most=SAVES_AN_HOUR, seconds=HOUR):
            return _sealed(render(request, "answers/too_often.html", status=429))
        round_.partnership = partnership
        requests = [each for each in requests_of(round_) if each.person_id == read.link.person_id]
        sitting = Sitting(read.link, token, partnership, round_, read.link.person, requests)
        return _sealed(page(request, sitting, **kwargs))

    return dressed


def _sealed(response: HttpResponse) -> HttpResponse:
    """Kept by no browser, found by no search."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return unkept(response)


def _nowhere(request: HttpRequest, read: Read) -> HttpResponse:
    """One page for a link that was guessed, altered, cut short or withdrawn, another sentence where it has expired; both offer a new one,
    which goes to the address on file and nowhere else, and both answer that in the same words."""
    if request.method == "POST" and request.POST.get("deed") == "new_link":
        if asks_too_often(request, "new-link", most=NEW_LINKS_AN_HOUR, seconds=HOUR):
            return render(request, "answers/too_often.html", status=429)
        _send_new(request, read)
        return render(request, "answers/asked.html")
    if asks_too_often(request, "wrong-link", most=WRONG_AN_HOUR, seconds=HOUR):
        return render(request, "answers/too_often.html", status=429)
    if _is_by_script(request):
        told = _(
            "Not saved: this link opens nothing any more. Press “Save and go on later”: you find your words there, and can ask for a new link."
        )
        return JsonResponse({"said": told}, status=410 if read.has_expired else 404)
    context = {"has_expired": read.has_expired, "typed": _typed_in_vain(request)}
    return render(request, "answers/nowhere.html", context, status=410 if read.has_expired else 404)


def _is_by_script(request: HttpRequest) -> bool:
    """Whether the page itself sent it while somebody types, and wants a few words back."""
    return request.headers.get("X-Requested-With") == "fetch"


def _typed_in_vain(request: HttpRequest) -> list[tuple[Any, str]]:
    """What came with a form that a link opens no more, shown back to whoever sent it and kept nowhere: else it would be lost."""
    fields = AnswerForm.base_fields
    return [(fields[name].label, text) for name in WORDS if (text := request.POST.get(name, "").strip()[:LONGEST])]


def _send_new(request: HttpRequest, read: Read) -> None:
    if read.link is None:
        return
    round_ = Round.objects.standing().filter(pk=round_key(read.link.about)).select_related("partnership").first()
    if round_ and send_new_link(round_, read.link.person, on=today()):
        send_queued(root=root_of(request), on=today(), partnership=round_.partnership)


@takes(64 * KILOBYTE)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def every(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """All that this person is asked, each with its state."""
    rows = mine(sitting.requests, on=today())
    left = [each for each in rows if not each.is_done]
    context = {"sitting": sitting, "round": sitting.round, "rows": rows, "left": left, "today": today()}
    return render(request, "answers/all.html", context)


@takes(MOST_BYTES + 256 * KILOBYTE)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def one(request: HttpRequest, sitting: Sitting, number: int) -> HttpResponse:
    """One action: last time's words to start from, kept as one types. Script sends the same form and is answered in a few words."""
    asked = sitting.request(number)
    before = told_before(asked)
    answer = answer_of(asked, before, get_language()[:2])
    if request.method != "POST":
        return _form(request, sitting, asked, before, AnswerForm(answer=answer, request=asked))
    if request.POST.get("deed") == "same":
        return _same(request, sitting, asked)
    form = AnswerForm(request.POST, request.FILES, answer=answer, request=asked)
    form.is_valid()
    if "seen" not in form.cleaned_data:
        form.add_error(None, _("This form has lost which version it was filled in from. Open the page again before you change anything"))
        return _form(request, sitting, asked, before, form, status=422)
    try:
        kept = keep(asked, by=sitting.by, seen=form.cleaned_data["seen"], typed=form.typed())
    except StaleSave as stale:
        return _stale(request, sitting, asked, form, stale.current)
    if _is_by_script(request):
        return JsonResponse({"seen": kept.version, "said": _what_is_kept(form)})
    _take_file(form, asked, sitting)
    if request.POST.get("deed") == "check":
        for name, sentence in lacks(kept).items():
            form.add_error(name, sentence)
    if form.errors:
        form.remember(kept.version)
        return _form(request, sitting, asked, before, form, status=422)
    if request.POST.get("deed") == "check":
        return redirect("answers:check", slug=sitting.partnership.slug, token=sitting.token, number=number)
    messages.success(request, _("Saved. Nothing is sent yet: come back by the same link when you like."))
    return redirect("answers:all", slug=sitting.partnership.slug, token=sitting.token)


def _what_is_kept(form: AnswerForm) -> str:
    """What was kept of it, for whoever is still typing: of what cannot be read nothing was."""
    if not form.errors:
        return _("Saved. Nothing is sent yet.")
    questions = ", ".join(f"“{form.fields[name].label}”" for name in form.errors if name in form.fields)
    return _("Saved, but not what stands under %(questions)s: it cannot be read as it is. Nothing is sent yet.") % {"questions": questions}


def _take_file(form: AnswerForm, asked: Request, sitting: Sitting) -> None:
    if upload := form.cleaned_data.get("evidence"):
        try:
            add_file(asked, upload, by=sitting.by, on=today())
        except NotTaken as refusal:
            form.add_error("evidence", str(refusal))


def _form(
    request: HttpRequest, sitting: Sitting, asked: Request, before: Update | None, form: AnswerForm, status: int = 200
) -> HttpResponse:
    typed = typed_of(asked)
    context = {
        "sitting": sitting,
        "asked": asked,
        "before": before,
        "form": form,
        "files": asked.evidence.filter(withdrawn_on=None),
        "may_stay_same": before is not None and not before.pair("text").is_empty and not has_own_words(asked, before, typed),
        "goes_to_co_ordinator": not sitting.round.is_open or bool(asked.update.accepted_on),
        "waits": typed.waits,
    }
    return render(request, "answers/one.html", context, status=status)


def _same(request: HttpRequest, sitting: Sitting, asked: Request) -> HttpResponse:
    try:
        sent = nothing_changed(asked, by=sitting.by, on=today(), language=get_language()[:2])
    except (NotFiled, StaleSave) as refusal:
        changed = _("This was changed in another window meanwhile. Please read it again before you send it.")
        messages.warning(request, str(refusal) if isinstance(refusal, NotFiled) else changed)
        return redirect("answers:one", slug=sitting.partnership.slug, token=sitting.token, number=asked.number)
    return _thanked(request, sitting, asked, is_kept=sent.is_kept)


def _stale(request: HttpRequest, sitting: Sitting, asked: Request, form: AnswerForm, current: Any) -> HttpResponse:
    """Both texts, side by side. To script only that it happened: the next press of a button shows them."""
    if _is_by_script(request):
        told = _("This was changed in another window. Press “Save and go on later” to see both.")
        return JsonResponse({"said": told}, status=409)
    data = request.POST.copy()
    data["seen"] = str(current.version)
    again = AnswerForm(data, answer=current, request=asked)
    context = {"sitting": sitting, "asked": asked, "form": again, "differing": differing(form, current)}
    return render(request, "answers/stale.html", context, status=409)


@takes(64 * KILOBYTE)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def check(request: HttpRequest, sitting: Sitting, number: int) -> HttpResponse:
    """What was typed, shown back; only this page's button sends it."""
    asked = sitting.request(number)
    answer = typed_of(asked).draft
    if answer is None or lacks(answer) or answer.filed_as not in (None, asked.update.version):
        return redirect("answers:one", slug=sitting.partnership.slug, token=sitting.token, number=number)
    if request.method == "POST":
        try:
            if request.POST.get("seen") != str(answer.version):
                raise StaleSave(answer)
            sent = send(asked, answer, by=sitting.by, on=today())
        except StaleSave:
            messages.warning(request, _("This was changed in another window meanwhile. Please read it again before you send it."))
            return redirect("answers:check", slug=sitting.partnership.slug, token=sitting.token, number=number)
        return _thanked(request, sitting, asked, is_kept=sent.is_kept)
    context = {
        "sitting": sitting,
        "asked": asked,
        "answer": answer,
        "facts": draft_shown(asked, answer),
        "public": public_words(asked, answer),
        "files": asked.evidence.filter(withdrawn_on=None),
        "goes_to_co_ordinator": not sitting.round.is_open or bool(asked.update.accepted_on),
    }
    return render(request, "answers/check.html", context)


def _thanked(request: HttpRequest, sitting: Sitting, asked: Request, *, is_kept: bool) -> HttpResponse:
    if is_kept:
        closed = _("Action %(number)s: thank you. The round is closed, so the co-ordinator decides what becomes of it; it is kept.")
        accepted = _(
            "Action %(number)s: thank you. The update was accepted already, so the co-ordinator decides what becomes of this; it is kept."
        )
        said = accepted if sitting.round.is_open else closed
    else:
        said = _("Action %(number)s: thank you, the update is sent. Until it is accepted you can change it by the same link.")
    messages.success(request, said % {"number": asked.number})
    return redirect("answers:all", slug=sitting.partnership.slug, token=sitting.token)


@takes(64 * KILOBYTE)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def pass_it(request: HttpRequest, sitting: Sitting, number: int) -> HttpResponse:
    """Not mine: to somebody of the same body, told by their post, or back to the co-ordinator."""
    asked = sitting.request(number)
    form = PassForm(request.POST or None, request=asked, person=sitting.person, on=today())
    if request.method == "POST" and form.is_valid():
        to = form.people.get(form.cleaned_data["to"])
        try:
            pass_on(asked, to=to, by=sitting.by, seen=form.cleaned_data["seen"], why=form.cleaned_data["why"], on=today())
        except NotPassed as refusal:
            form.add_error(None, str(refusal))
        except StaleSave:
            form.add_error(None, _("This was changed meanwhile. Open your actions again to see where it stands."))
        else:
            asked.person = to
            if to is not None and sitting.round.is_open:
                ask(sitting.round, [asked], on=today(), mark=f"{asked.pk}-{asked.version}")
                send_queued(root=root_of(request), on=today(), partnership=sitting.partnership)
            messages.success(request, _passed(asked))
            return redirect("answers:all", slug=sitting.partnership.slug, token=sitting.token)
    return render(request, "answers/pass.html", {"sitting": sitting, "asked": asked, "form": form}, status=422 if form.errors else 200)


def _passed(asked: Request) -> str:
    """What is told to whoever passed it on: no letter is promised where none can go."""
    if asked.person is None:
        said = _("Action %(number)s is back with the co-ordinator. What you typed goes with it.")
    elif asked.person.email:
        said = _("Action %(number)s is passed on. What you typed goes with it.")
    else:
        said = _(
            "Action %(number)s is passed on, and what you typed with it. No letter can go to your colleague, so the co-ordinator rings them."
        )
    return said % {"number": asked.number}
