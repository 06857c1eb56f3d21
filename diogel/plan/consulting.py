"""Taking a comment in, what is to be told of it once it is answered, and erasing what people wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.home import today
from diogel.people.access import May, require
from diogel.people.models import Body
from diogel.people.writing import note

from .models import Number, Priority
from .models_consulting import KEEP_DAYS, Answer, Comment, Consultation

MOST_LINKS = 2
"""More than so many web addresses in one comment, and it is advertising."""

LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


def send(
    consultation: Consultation,
    *,
    by: Any,
    text: str,
    language: str,
    priority: Priority | None = None,
    numbered: Number | None = None,
    sent_as: str = "",
    body: Body | None = None,
    on: date | None = None,
) -> Comment:
    """Take in one comment on an open consultation. PermissionDenied or ValidationError, and nothing is written."""
    require(by, May.COMMENT_ON_PLAN, consultation.partnership)
    day = on or today()
    if consultation.withdrawn_on or not consultation.is_open(day):
        raise ValidationError(_("This consultation is not open."))
    if len(LINK.findall(text)) > MOST_LINKS:
        raise ValidationError(_("Give at most two web addresses"))
    with transaction.atomic():
        Consultation.objects.select_for_update().get(pk=consultation.pk)  # two comments at once take two numbers
        last = consultation.comments.order_by("-number").values_list("number", flat=True).first()
        comment = Comment(consultation=consultation, number=(last or 0) + 1, priority=priority, numbered=numbered, text=text.strip())
        comment.language, comment.sent_as, comment.body, comment.received_on = language, sent_as, body, day
        comment.full_clean()
        comment.save()
        note(comment, by=by, partnership=consultation.partnership, deed="created", detail={"reference": str(comment.number)})
    return comment


def erase(comments: Any, *, by: Any, partnership: Any) -> int:
    """Erase for good the words of these comments; that they came, what they were about and how they were answered stays. How many."""
    require(by, May.EDIT_PLAN, partnership)
    erased = 0
    with transaction.atomic():
        for comment in comments:
            if comment.erased_on is None:
                comment.text, comment.erased_on = "", today()
                comment.save_against(comment.version)
                note(comment, by=by, partnership=partnership, deed="erased", detail={"reference": str(comment.number)})
                erased += 1
    return erased


def past_keeping(on: date, *, partnership: Any = None, within: int = 0) -> Any:
    """Comments whose words are kept no longer on a day, or will not be `within` so many days after it. Withdrawn ones are among them."""
    closed_before = on + timedelta(days=within - KEEP_DAYS)
    rows = Comment.objects.filter(erased_on=None, consultation__closes_on__lt=closed_before)
    return rows.filter(consultation__plan__partnership=partnership) if partnership else rows


def erase_past_keeping(*, by: Any, on: date, partnership: Any = None, is_dry: bool = False) -> Iterator[Comment]:
    """Erase the words of every comment that is kept no longer; each by itself, so that a run that was stopped is taken up by the next."""
    for comment in past_keeping(on, partnership=partnership).select_related("consultation__plan__partnership"):
        if not is_dry:
            erase([comment], by=by, partnership=comment.partnership)
        yield comment


def to_tell(consultation: Consultation) -> list[dict[str, Any]]:
    """What is to be told of each comment: every answer in both languages. ValidationError where a comment has no answer, or a pair is
    not checked."""
    comments = consultation.comments.filter(withdrawn_on=None)
    answers = list(
        Answer.objects.filter(comment__in=comments, withdrawn_on=None).select_related("comment__priority", "comment__numbered__action")
    )
    _refuse(consultation, comments.count() - len(answers), answers)
    return [_told(each) for each in answers]


def _refuse(consultation: Consultation, unanswered: int, answers: list[Answer]) -> None:
    if unanswered:
        sentence = ngettext("%(n)s comment has no answer yet.", "%(n)s comments have no answer yet.", unanswered)
        raise ValidationError(sentence % {"n": unanswered})
    if not answers:
        raise ValidationError(_("No comment came, so there is nothing to tell."))
    pairs = [consultation.pair("title"), *(each.pair(name) for each in answers for name in ("said", "reply"))]
    if any(not pair.is_checked for pair in pairs):
        raise ValidationError(_("Some of the answers are not checked in both languages."))


def _told(answer: Answer) -> dict[str, Any]:
    """By allow-list: what it was about, what was said in our words, the verdict and the reply."""
    comment = answer.comment
    return {
        "number": comment.number,
        "about": about(comment),
        "verdict": answer.verdict,
        "said": {"cy": answer.said_cy, "en": answer.said_en},
        "reply": {"cy": answer.reply_cy, "en": answer.reply_en},
    }


def about(comment: Comment) -> dict[str, Any]:
    """What a comment is about: the plan, a priority or an action, by its kind, number and checked title; else by number alone."""
    if comment.numbered and not comment.numbered.withdrawn_on and comment.numbered.action.visibility in ("public", "partnership"):
        return {"kind": "action", "number": comment.numbered.number, **_title(comment.numbered.action)}
    if comment.priority and not comment.priority.withdrawn_on:
        return {"kind": "priority", "number": comment.priority.number, **_title(comment.priority)}
    return {"kind": "plan", "number": None, "cy": "", "en": ""}


def _title(row: Any) -> dict[str, str]:
    pair = row.pair("title")
    return {"cy": pair.cy, "en": pair.en} if pair.is_checked else {"cy": "", "en": ""}
