"""A round from its preparation to its close: each step a deed that may be done again without doing it twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from diogel.analysis.periods import Quarter
from diogel.people.access import May, require
from diogel.people.models import Person
from diogel.people.writing import note, write
from diogel.plan.models import Number, Plan
from diogel.post.letters import Written, queue
from diogel.post.links import links_for
from diogel.post.models import Letter, SignedLink
from diogel.processes.actions.models import Update
from diogel.processes.actions.process import RESTING
from diogel.processes.actions.progress import accept

from .asking import Askable, Leads
from .clock import require_whole, set_due
from .models import Request, Round, days_in
from .purpose import PURPOSE, about
from .wording import escalation_letter, new_link_letter, reminder_letter, request_letter

LINK_LASTS = 60
"""Days after the due day on which links still open the page: an answer that comes late is kept, not lost."""
Status = Round.Status
ASKED_OF = (Plan.Status.ADOPTED, Plan.Status.IN_FORCE, Plan.Status.CLOSED)
"""Plans that the partnership has agreed on: of the others nobody can be asked how they went."""


class RoundRefused(Exception):
    """Why a step of a round was not taken; the message is for the reader."""


def offered(plans: Any, on: date, *, back: int) -> list[tuple[Plan, list[Quarter]]]:
    """Of these plans those that a round may ask about, each with the quarters that have ended since it began, the latest first and of
    `back` at most. The plan in force at the end of the last quarter comes first."""
    last = Quarter.before(on)
    now = set(plans.in_force(last.last_day).values_list("pk", flat=True))
    rows = plans.standing().filter(status__in=ASKED_OF, numbers__withdrawn_on=None, numbers__isnull=False).distinct()
    each = [(plan, [last - n for n in range(back) if (last - n).last_day >= plan.from_on]) for plan in rows]
    return sorted([row for row in each if row[1]], key=lambda row: row[0].pk not in now)


def prepare_round(plan: Plan, quarter: Quarter, *, by: Any, on: date, **days: Any) -> Round:
    """A round with a request for each action of the plan that is still worked on, and somebody to ask where there is somebody. Nothing
    is sent, and nothing is due. `days` gives other days of its clock. RoundRefused where the plan is not adopted, had not begun, has a
    round for this quarter, or no action; ValidationError where the days clash."""
    require(by, May.RUN_ROUNDS, plan.partnership)
    if refusal := _why_not(plan, quarter, on):
        raise RoundRefused(refusal)
    numbers = _numbers(plan, quarter)
    if not numbers:
        raise RoundRefused(_("This plan has no action to ask about."))
    made = Round(partnership=plan.partnership, plan=plan, quarter=str(quarter))
    require_whole(made, days)
    with transaction.atomic():
        write(made, by=by, **days)
        _ask_each(made, numbers, Askable(plan.partnership, on))
        note(made, by=by, partnership=plan.partnership, deed="created", detail={"requests": len(numbers)})
    return made


def _why_not(plan: Plan, quarter: Quarter, on: date) -> str:
    """Why nobody can be asked about this plan and quarter; empty where they can."""
    if plan.status not in ASKED_OF:
        return _("This plan is not adopted yet, so nobody can be asked how it went.")
    if Round.objects.standing().filter(plan=plan, quarter=str(quarter)).exists():
        return _("This plan has a round for this quarter already.")
    if on <= quarter.last_day:
        return _("This quarter has not ended yet, so nobody can be asked how it went.")
    if quarter.last_day < plan.from_on:
        told = {"day": date_format(plan.from_on, "j F Y")}
        return _("This plan begins on %(day)s, after this quarter had ended, so nobody can be asked how it went.") % told
    return ""


def _ask_each(made: Round, numbers: list[Number], askable: Askable) -> None:
    """A request for each action, and the update that it waits for where there is none yet, due as soon as it is asked for. All at once, and told to the log as one deed:
    hundreds of rows say nothing that the round does not."""
    held = {each.pk: list(each.action.updates.all()) for each in numbers}
    updates = {key: next((row for row in rows if row.quarter == made.quarter), None) for key, rows in held.items()}
    absent = [each for each in numbers if updates[each.pk] is None]
    fresh = [Update(action=each.action, quarter=made.quarter, state=Update.State.ASKED) for each in absent]
    for each, row in zip(absent, Update.objects.bulk_create(fresh), strict=True):
        updates[each.pk] = row
    Request.objects.bulk_create(
        Request(round=made, update=updates[each.pk], number=each.number, person=askable.for_action(each.action, held[each.pk]))
        for each in numbers
    )


def _numbers(plan: Plan, quarter: Quarter) -> list[Number]:
    """Actions of the plan, but those that came to rest before the quarter began and have nothing to tell of it."""
    rows = Number.objects.standing().filter(plan=plan, action__withdrawn_on=None).select_related("action__partnership")
    numbers = rows.prefetch_related("action__bodies", "action__updates", "action__parts__person").order_by("number")
    return [each for each in numbers if not _rests(each, quarter)]


def _rests(held: Number, quarter: Quarter) -> bool:
    action = held.action
    told = any(each.quarter == str(quarter) for each in action.updates.all())
    return not told and action.status in RESTING and (action.closed_on is None or action.closed_on < quarter.first_day)


def open_round(round_: Round, *, by: Any, on: date, seen: int | None = None) -> int:
    """Open it and queue one letter to each person who is asked; how many were queued. They go no sooner than the clock says."""
    require(by, May.RUN_ROUNDS, round_.partnership)
    if round_.status != Status.PREPARED:
        raise RoundRefused(_("This round has been opened already."))
    if other := _in_the_way(round_):
        told = {"day": date_format(other.on_day(0), "j F Y"), "plan": _called(other.plan)}
        if other.plan_id == round_.plan_id:
            pattern = _("The round for the quarter that ended on %(day)s is still open. Close it before this one is opened.")
        else:
            pattern = _("A round of “%(plan)s” is open for the same quarter, which ended on %(day)s. Close it before this one is opened.")
        raise RoundRefused(pattern % told)
    with transaction.atomic():
        try:
            write(round_, by=by, seen=seen, status=Status.OPEN, opened_on=on)
        except ValidationError as error:  # somebody opened another at this very moment
            raise RoundRefused(" ".join(error.messages)) from error
        set_due(round_, on=on)
        queued = ask(round_, requests_of(round_), on=on)
        note(round_, by=by, partnership=round_.partnership, deed="opened_round", detail={"quarter": round_.quarter, "letters": queued})
    return queued


def set_clock(round_: Round, *, by: Any, seen: int | None, on: date, **days: Any) -> Round:
    """Give a round other days of its clock; what it has asked for follows them. ValidationError where they clash, StaleSave where somebody
    else changed it meanwhile; then nothing is written."""
    require_whole(round_, days)
    with transaction.atomic():
        write(round_, by=by, seen=seen, **days)
        if round_.is_open:
            set_due(round_, on=on)
            _tell_anew(round_, on)
    return round_


def _tell_anew(round_: Round, on: date) -> None:
    """Links last as long after the new due day, and letters that have not begun to go name the new days."""
    until = _links_end(round_, on)
    SignedLink.objects.filter(purpose=PURPOSE, about=about(round_.pk), withdrawn_on=None, expires_on__lt=until).update(expires_on=until)
    asked = by_person(waiting(requests_of(round_)))
    queued = Letter.objects.filter(about=about(round_.pk), kind=Letter.Kind.REQUEST, state=Letter.State.QUEUED)
    for letter in queued.select_related("person", "link"):
        if letter.link and (rows := asked.get(letter.person)):
            send_on = max(letter.queued_on, round_.on_day(round_.request_day))
            said = request_letter(round_, letter.person, rows, letter.link, send_on=send_on, key=letter.key)
            still = Letter.objects.filter(pk=letter.pk, state=Letter.State.QUEUED)
            still.update(subject=said.subject, paragraphs=list(said.paragraphs), send_on=send_on)


def _in_the_way(round_: Round) -> Round | None:
    """An open round of the same plan, or of the same quarter: nobody is asked about one quarter from two sides."""
    rows = Round.objects.standing().filter(partnership=round_.partnership, status=Status.OPEN).exclude(pk=round_.pk)
    return rows.filter(Q(plan=round_.plan_id) | Q(quarter=round_.quarter)).select_related("plan").first()


def _called(plan: Plan) -> str:
    title = plan.pair("title")
    return str(title.say() or title.cy or title.en or plan.code)


def requests_of(round_: Round, *, seen_by: Any = None) -> list[Request]:
    """The round's requests with all that its letters and pages tell, in one question and one for what is many; only those whose actions
    `seen_by` may see, where somebody looks."""
    rows = round_.requests.standing().select_related("update__action", "person", "round")
    rows = rows.visible_to(seen_by) if seen_by is not None else rows
    found = list(rows.prefetch_related("update__action__bodies"))
    for each in found:
        each.round = round_
        each.update.action.partnership = round_.partnership
    return found


def by_person(requests: Iterable[Request], *, only: Collection[int] | None = None) -> dict[Person, list[Request]]:
    """Requests by whom they ask; those that ask nobody are left out."""
    found: dict[Person, list[Request]] = defaultdict(list)
    for each in requests:
        if each.person is not None and (only is None or each.person_id in only):
            found[each.person].append(each)
    return found


def waiting(requests: Iterable[Request]) -> list[Request]:
    """Those without an answer."""
    return [each for each in requests if not each.is_answered]


def ask(round_: Round, requests: Iterable[Request], *, on: date, mark: str = "") -> int:
    """Queue the letter that asks, to everyone who has something to answer and an e-mail address; how many are new."""
    asked = {person: rows for person, rows in by_person(waiting(requests)).items() if person.email}
    links = _links(round_, asked, on)
    send_on = max(on, round_.on_day(round_.request_day))
    letters = [
        request_letter(round_, person, rows, links[person.pk], send_on=send_on, key=_key(round_, "request", person, mark))
        for person, rows in asked.items()
    ]
    return queue(letters, partnership=round_.partnership, on=on)


def _links(round_: Round, people: Iterable[Person], on: date) -> dict[int, Any]:
    ends = _links_end(round_, on)
    return links_for(people, purpose=PURPOSE, about=about(round_.pk), partnership=round_.partnership, expires_on=ends, on=on)


def _links_end(round_: Round, on: date) -> date:
    return max(round_.due_on, on) + timedelta(days=LINK_LASTS)


def _key(round_: Round, kind: str, person: Person, mark: str = "") -> str:
    return "/".join(filter(None, [about(round_.pk), kind, str(person.pk), mark]))


def remind(round_: Round, *, on: date) -> int:
    """Queue one reminder to each person who has not answered, never twice on a day, and to nobody whose request waits for its day; how
    many are new."""
    asked = {person: rows for person, rows in by_person(waiting(requests_of(round_))).items() if person.email}
    written = Letter.objects.filter(about=about(round_.pk), queued_on=on).exclude(kind__in=[Letter.Kind.ESCALATION, Letter.Kind.NEW_LINK])
    left_out = {*written.values_list("person", flat=True), *_still_to_go(round_, on).values_list("person", flat=True)}
    asked = {person: rows for person, rows in asked.items() if person.pk not in left_out}
    links = _links(round_, asked, on)
    letters: list[Written] = [
        reminder_letter(round_, person, rows, links[person.pk], on=on, key=_key(round_, "reminder", person, on.isoformat()))
        for person, rows in asked.items()
    ]
    return queue(letters, partnership=round_.partnership, on=on)


def _still_to_go(round_: Round, on: date) -> QuerySet:
    """Requests that wait for their day."""
    return Letter.objects.filter(about=about(round_.pk), kind=Letter.Kind.REQUEST, state=Letter.State.QUEUED, send_on__gt=on)


def chase(round_: Round, *, by: Any, on: date) -> int:
    """One letter now to each person who has not answered; how many were queued. Nobody is written to twice on a day. RoundRefused where
    it is not open, or has not asked anybody yet."""
    require(by, May.RUN_ROUNDS, round_.partnership)
    if not round_.is_open:
        raise RoundRefused(_("Only an open round is chased."))
    with transaction.atomic():
        queued = remind(round_, on=on)
        if not queued and (request := _still_to_go(round_, on).order_by("send_on").first()):
            told = {"day": date_format(request.send_on, "j F Y")}
            raise RoundRefused(_("The requests go out on %(day)s, and nobody is chased before they were asked. Nothing was sent.") % told)
        if queued:
            note(round_, by=by, partnership=round_.partnership, deed="chased", detail={"letters": queued})
    return queued


def send_new_link(round_: Round, person: Person, *, on: date) -> bool:
    """Queue a letter with a standing link to one person, at most one a day; whether it is new."""
    asked = by_person(requests_of(round_), only={person.pk}).get(person, [])
    if not asked or not person.email:
        return False
    link = _links(round_, [person], on)[person.pk]
    letter = new_link_letter(round_, person, asked, link, on=on, key=_key(round_, "new-link", person, f"{on.isoformat()}-{link.pk}"))
    return bool(queue([letter], partnership=round_.partnership, on=on))


def follow_the_clock(round_: Round, *, by: Any, on: date) -> dict[str, int]:
    """What the round's clock asks for on this day and has not happened: reminders, updates marked late, escalation. Missed days are made
    up once, not one by one. How much of each was done."""
    require(by, May.RUN_ROUNDS, round_.partnership)
    done = {"reminders": 0, "late": 0, "escalations": 0}
    if not round_.is_open:
        return done
    with transaction.atomic():
        if on > round_.due_on:
            done["late"] = _mark_late(round_, by)
        if day := max((day for day in days_in(round_.remind_days) if round_.on_day(day) <= on), default=0):
            last = Letter.objects.filter(about=about(round_.pk), kind=Letter.Kind.REMINDER).order_by("-queued_on").first()
            if last is None or last.queued_on < round_.on_day(day):
                done["reminders"] = remind(round_, on=on)
        if on >= round_.escalate_on:
            done["escalations"] = _escalate(round_, on)
    return done


def _mark_late(round_: Round, by: Any) -> int:
    late = [each.update for each in waiting(requests_of(round_)) if each.update.state == Update.State.ASKED]
    for update in late:
        write(update, by=by, seen=update.version, state=Update.State.LATE)
    return len(late)


def _escalate(round_: Round, on: date) -> int:
    """One letter to each who answers for what stays unanswered, once a round."""
    leads = Leads(round_, on)
    told: dict[Person, list[Request]] = defaultdict(list)
    for each in waiting(requests_of(round_)):
        for person in leads.told_of(each):
            told[person].append(each)
    letters = [escalation_letter(round_, person, rows, on=on, key=_key(round_, "escalation", person)) for person, rows in told.items()]
    return queue(letters, partnership=round_.partnership, on=on)


def accept_answers(round_: Round, *, by: Any) -> int:
    """Accept every answer that has come: from now on a correction is a version of its own. How many were accepted."""
    require(by, May.RUN_ROUNDS, round_.partnership)
    came = [each.update for each in requests_of(round_) if each.is_answered and not each.update.accepted_on]
    with transaction.atomic():
        for update in came:
            accept(update, by=by)
    return len(came)


def close_round(round_: Round, *, by: Any, on: date, seen: int | None = None) -> Round:
    """Close it: what has come is accepted, what has not stays late. What is sent from now on is kept for the co-ordinator."""
    require(by, May.RUN_ROUNDS, round_.partnership)
    if not round_.is_open:
        raise RoundRefused(_("Only an open round can be closed."))
    with transaction.atomic():
        write(round_, by=by, seen=seen, status=Status.CLOSED, closed_on=on)
        accept_answers(round_, by=by)
        _mark_late(round_, by)
        note(round_, by=by, partnership=round_.partnership, deed="closed_round", detail={"quarter": round_.quarter})
    return round_
