"""The invented round of an example: who was asked, who passed an action on, who was reminded, and who answered by telephone."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from diogel.analysis.periods import Quarter
from diogel.people.writing import write
from diogel.post.delivery import send_queued
from diogel.rounds.asking import pass_on
from diogel.rounds.models import Request, Round
from diogel.rounds.running import ask, follow_the_clock, open_round, prepare_round

from .putting import BY


def opened(data: dict[str, Any], loaded: Any) -> None:
    """Before anything of the quarter is told: the round is opened, and what was passed on is passed on. Once only."""
    table = data.get("round")
    if table is None or _round(table, loaded) is not None:
        return
    round_ = prepare_round(loaded.plan, Quarter.parse(table["quarter"]), by=BY, on=table["prepared_on"])
    requests = {each.number: each for each in round_.requests.select_related("round", "update__action")}
    for code, numbers in table["asked"].items():
        for number in numbers:
            write(requests[number], by=BY, seen=requests[number].version, person=loaded.people.get(code))
    open_round(round_, by=BY, on=table["opened_on"])
    for each in table.get("passed", []):
        request, to = requests[each["action"]], loaded.people.get(each["to"])
        if to is not None:
            pass_on(request, to=to, by=BY, seen=request.version, why=each["why"], on=each["on"])
            ask(round_, [request], on=each["on"], mark=f"{request.pk}-{request.version}")


def followed(data: dict[str, Any], loaded: Any) -> None:
    """After it: how each answer came, the reminders to who had not answered, and the letters sent."""
    table = data.get("round")
    round_ = _round(table, loaded) if table else None
    if table is None or round_ is None:
        return
    for how, numbers in table["how"].items():
        for request in Request.objects.filter(round=round_, number__in=numbers).exclude(how=how).select_related("round"):
            write(request, by=BY, seen=request.version, how=how)
    for day in table["reminded_on"]:
        follow_the_clock(round_, by=BY, on=day)
    if loaded.people:
        send_queued(root=settings.SITE_ROOT, on=table["reminded_on"][-1], partnership=loaded.partnership)


def _round(table: dict[str, Any], loaded: Any) -> Round | None:
    return Round.objects.filter(plan=loaded.plan, quarter=table["quarter"]).first()
