"""An answer from the first letter typed to its filing: drafts kept as they are typed, filed whole, or kept where it comes too late.
What was sent is never written over: what is typed after it is a draft of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from diogel.people.access import ByLink, May, may, require
from diogel.people.versions import StaleSave
from diogel.people.writing import note, write
from diogel.processes.actions.models import Update
from diogel.processes.actions.process import NEEDS_REASON, STATUSES, WORKFLOW
from diogel.processes.actions.progress import file_update

from .models import Answer, Request

WORDS = ("text", "obstacle", "next_step", "milestone")
TYPED = ("language", "status", "rag", "percent", "next_on", *WORDS)
NOT_TOLD = frozenset({"proposed", "superseded", "withdrawn"})
"""What becomes of an action by a decision of the partnership, not by what its lead tells."""


class NotFiled(Exception):
    """Why an answer was not filed; the message is for the reader."""


def statuses_for(request: Request) -> list[tuple[str, Any]]:
    """What its lead may say of the action: where it stands, and where it may go from there."""
    now = request.update.action.status
    follow = {step.to_status for step in WORKFLOW.steps_from(now)} | {now}
    return [(code, label) for code, label in STATUSES.items() if code in follow - NOT_TOLD]


def told_before(request: Request) -> Update | None:
    """The last update of the action before this quarter."""
    rows = Update.objects.filter(action=request.update.action_id, withdrawn_on=None, state=Update.State.FILED)
    return rows.filter(quarter__lt=request.update.quarter).order_by("-quarter").first()


@dataclass(frozen=True)
class Typed:
    """What was typed about one action: `draft`, filed or not, and `waits`, the last that came too late and that nobody has settled."""

    draft: Answer | None
    waits: Answer | None


def typed_of(request: Request, *, is_held: bool = False) -> Typed:
    """What was typed; `is_held` within a transaction, so that nobody types meanwhile."""
    if is_held:
        Request.objects.select_for_update().get(pk=request.pk)  # the first draft has no row yet that could be held
    rows = list(Answer.objects.filter(request=request, settled=""))
    late = [each for each in rows if each.sent_on is not None]
    return Typed(next((each for each in rows if each.sent_on is None), None), late[-1] if late else None)


def answer_of(request: Request, before: Update | None, language: str) -> Answer:
    """What was typed so far; where nothing was, or the update was corrected since it was filed, what waits for the co-ordinator, else what
    the update says, else what was said last time. Not yet stored."""
    typed = typed_of(request)
    held = typed.draft
    if held and held.filed_as in (None, request.update.version):
        held.request = request
        return held
    said = request.update if request.is_answered else before
    answer = held or Answer(request=request, version=0)
    answer.request, answer.language = request, language
    if typed.waits:
        for name in TYPED:
            setattr(answer, name, getattr(typed.waits, name))
    elif said is not None:
        answer.status, answer.rag, answer.percent = said.status, said.rag, said.percent
        answer.next_on = said.next_on if request.is_answered else None
        for name in WORDS:
            setattr(answer, name, _half(said, name, language))
    if answer.status not in dict(statuses_for(request)):
        answer.status = ""
    return answer


def _half(update: Update, name: str, language: str) -> str:
    pair = update.pair(name)
    return pair.say(language) or pair.cy or pair.en


def keep(request: Request, *, by: Any, seen: int, typed: dict[str, Any]) -> Answer:
    """Keep what was typed, against the version it was typed on: 0 where nothing was kept. StaleSave, holding what stands, where another
    window was first, or sent what this one was typed on. A draft is nobody's word yet, so the log tells nothing of it."""
    require_own(request, by)
    values = {name: value for name, value in typed.items() if name in TYPED}
    with transaction.atomic():
        held = typed_of(request, is_held=True).draft
        if held is None:
            if seen:
                raise StaleSave(answer_of(request, told_before(request), values.get("language", "cy")))
            answer = Answer(request=request, **values)
            answer.save()
            return answer
        is_same = all(getattr(held, name) == value for name, value in values.items())
        if is_same and held.filed_as in (None, request.update.version):
            return held
        if held.version != seen:
            raise StaleSave(held)
        for name, value in values.items():
            setattr(held, name, value)
        held.filed_as = None
        held.save_against(seen)
    return held


def require_own(request: Request, by: Any) -> None:
    """PermissionDenied unless `by` was asked this, or runs the round."""
    if may(by, May.RUN_ROUNDS, request.partnership):
        return
    if not (isinstance(by, ByLink) and request.person_id == by.person_id and request.update.action_id in by.actions):
        raise PermissionDenied("answer")


def lacks(answer: Answer) -> dict[str, str]:
    """What an answer still needs before it can be filed, by field; nothing where it is whole."""
    found: dict[str, str] = {}
    if not answer.status:
        found["status"] = _("Choose how far the action has come")
    if not answer.rag:
        found["rag"] = _("Choose how it goes. Grey says that there are no suitable data")
    if not answer.text.strip():
        found["text"] = _("Say in a sentence or two what has happened")
    if answer.status in NEEDS_REASON and not answer.obstacle.strip():
        found["obstacle"] = _("Say what stands in the way: this status needs its reason")
    return found


@dataclass(frozen=True)
class Sent:
    """What became of an answer: filed, or kept because it came too late (`is_kept`)."""

    is_kept: bool


def send(request: Request, answer: Answer, *, by: Any, on: date) -> Sent:
    """File a draft as the quarter's update. Where the round is closed or the update accepted it is kept instead, for the co-ordinator;
    one that was filed and not typed on since, or that says what the update or what waits says, changes nothing. NotFiled where something
    is missing; StaleSave where the draft or the update was changed meanwhile."""
    require_own(request, by)
    if wanting := lacks(answer):
        raise NotFiled(" ".join(f"{each}." for each in wanting.values()))
    if request.is_answered and (answer.filed_as is not None or _says_the_same(answer, request.update)):
        return Sent(is_kept=False)
    with transaction.atomic():
        if not request.round.is_open or request.update.accepted_on:
            _keep_late(request, answer, by=by, on=on)
            return Sent(is_kept=True)
        _file(request, answer, by=by, how=Request.How.LINK)
    return Sent(is_kept=False)


def _keep_late(request: Request, draft: Answer, *, by: Any, on: date) -> None:
    waits = typed_of(request).waits
    if waits and _is_word_for_word(waits, draft):
        draft.delete()  # it waits already, word for word
        return
    draft.sent_on = on
    draft.save_against(draft.version)
    note(draft, by=by, partnership=request.partnership, deed="created", detail={"sent_on": str(on)})


def _is_word_for_word(one: Answer, other: Answer) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in TYPED)


def _says_the_same(answer: Answer, update: Update) -> bool:
    """Whether filing it would change nothing."""
    told = all(getattr(answer, name) == getattr(update, name) for name in ("status", "rag", "percent", "next_on"))
    return told and all(getattr(answer, name).strip() == getattr(update, f"{name}_{answer.language}") for name in WORDS)


def has_own_words(request: Request, before: Update, typed: Typed) -> bool:
    """Whether anything was typed or sent this quarter that last time's words would put aside: it was answered, an answer waits, or the
    draft says something else than what it was begun with."""
    if request.is_answered or typed.waits:
        return True
    held = typed.draft
    if held is None:
        return False
    kept = held.rag == before.rag and held.percent == before.percent
    begun_with = kept and held.status in ("", before.status) and held.next_on in (None, before.next_on)
    return not (begun_with and all(getattr(held, name).split() == _half(before, name, held.language).split() for name in WORDS))


def nothing_changed(request: Request, *, by: Any, on: date, language: str) -> Sent:
    """File last time's words again, both halves as they stand; pressed twice, once. NotFiled where nothing was told before, where somebody
    typed or sent other words since, or where a reason is missing."""
    require_own(request, by)
    before = told_before(request)
    if before is None or (not before.pair("text").say(language) and before.pair("text").is_empty):
        raise NotFiled(_("Nothing was told of this action before, so there is nothing that could be unchanged. Please write a sentence."))
    again = _as_before(request, before, language)
    with transaction.atomic():
        if request.is_answered and _says_the_same(again, request.update):
            return Sent(is_kept=False)
        typed = typed_of(request, is_held=True)
        if typed.waits and _is_word_for_word(typed.waits, again):
            return Sent(is_kept=True)
        if has_own_words(request, before, typed):
            raise NotFiled(
                _("Nothing was sent: you have written something else since last time, and it stands here. Please read and send that.")
            )
        if typed.draft:
            again.pk = typed.draft.pk
            again.save_against(typed.draft.version)
        else:
            again.save()
        return send(request, again, by=by, on=on)


def _as_before(request: Request, before: Update, language: str) -> Answer:
    again = Answer(request=request, language=language)
    again.status, again.rag, again.percent, again.next_on = before.status, before.rag, before.percent, before.next_on
    for name in WORDS:
        setattr(again, name, _half(before, name, language))
    if again.status not in dict(statuses_for(request)):
        again.status = request.update.action.status
    return again


def told_by_telephone(request: Request, answer: Answer, *, by: Any, why: str = "") -> Update:
    """File what somebody told by telephone: the update is theirs, the log says who typed it in. One that was accepted is corrected, and
    `why` says for what reason. NotFiled where something is missing; ValidationError where the reason is."""
    require(by, May.RUN_ROUNDS, request.partnership)
    if wanting := lacks(answer):
        raise NotFiled(" ".join(f"{each}." for each in wanting.values()))
    with transaction.atomic():
        saved = _file(request, answer, by=by, how=Request.How.TELEPHONE, correction=why)
        note(request, by=by, partnership=request.partnership, deed="took_by_telephone", detail={"person": request.person_id})
    return saved


def take_in(answer: Answer, *, by: Any, why: str) -> Update:
    """File an answer that came too late; where the update was accepted, as a correction with its reason."""
    request = answer.request
    require(by, May.RUN_ROUNDS, request.partnership)
    with transaction.atomic():
        saved = _file(request, answer, by=by, how=Request.How.LINK, correction=why)
        _settle(answer, Answer.Settled.TAKEN)
    return saved


def leave(answer: Answer, *, by: Any) -> None:
    """Leave the update as it stands; what was sent too late stays on file."""
    require(by, May.RUN_ROUNDS, answer.partnership)
    with transaction.atomic():
        _settle(answer, Answer.Settled.LEFT)
        note(answer, by=by, partnership=answer.partnership, deed="set_aside", detail={})


def _settle(answer: Answer, settled: str) -> None:
    answer.settled = settled
    answer.save_against(answer.version)


def _file(request: Request, answer: Answer, *, by: Any, how: str, correction: str = "") -> Update:
    update = Update.objects.select_related("action__partnership").get(pk=request.update_id)
    before = told_before(request)
    values = {"status": answer.status, "rag": answer.rag, "percent": answer.percent, "next_on": answer.next_on}
    saved = file_update(
        update,
        by=by,
        seen=request.update.version,
        pairs={name: _halves(name, answer, update, before) for name in WORDS},
        filed_by=request.person,
        correction=correction,
        **values,
    )
    request.update, answer.filed_as = saved, saved.version
    Answer.objects.filter(pk=answer.pk).update(filed_as=saved.version)
    if request.how != how:
        write(request, by=by, seen=request.version, how=how)
    return saved


def _halves(name: str, answer: Answer, update: Update, before: Update | None) -> tuple[str, str]:
    """(Welsh, English): what was typed, and beside it the other half as it stands; of words that are last time's, last time's other half.
    Words taken out take their twin out."""
    other = "en" if answer.language == "cy" else "cy"
    typed = getattr(answer, name).strip()
    twin = getattr(update, f"{name}_{other}") if typed else ""
    if typed and before is not None and typed == getattr(before, f"{name}_{answer.language}"):
        twin = getattr(before, f"{name}_{other}")
    return (typed, twin) if answer.language == "cy" else (twin, typed)
