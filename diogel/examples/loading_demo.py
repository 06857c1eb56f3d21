"""The invented part of an example: its people, what they report each quarter, and the tensions they heard of."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from diogel.analysis.periods import Quarter
from diogel.people import enrolment
from diogel.people.models import Holding
from diogel.processes.actions.models import CarryOver, SubAction, Update
from diogel.processes.actions.progress import file_update
from diogel.processes.tensions import reporting
from diogel.processes.tensions.models import Tension

from .putting import BY, pairs, put

PASSWORD = "diogel-demo-2022"
"""Known to everyone: that is why a demo home is served to its own machine only."""
DUE_AFTER = 14  # days from the quarter's end to the day an update is due


def people(data: dict[str, Any], loaded: Any) -> None:
    """People with roles, who can sign in. Their given names are the known cast's, everything else of them is invented."""
    for table in data.get("people", []):
        person = enrolment.enrol(
            by=BY,
            partnership=loaded.partnership,
            given=table["given"],
            family=table["family"],
            email=table["email"],
            body=loaded.bodies.get(table.get("body", "")),
            post=(table["post"]["cy"], table["post"]["en"]),
            language=table.get("language", "cy"),
            role=table["role"],
            password=PASSWORD if not Holding.objects.filter(person__email=table["email"]).exists() else None,
        )
        loaded.people[table.get("code") or table["email"].split("@")[0]] = person


def progress(data: dict[str, Any], loaded: Any) -> None:
    """Every quarter's updates, in the order in which they were filed; one that is late stays late."""
    for table in sorted(data.get("progress", []), key=lambda each: (each["quarter"], each["action"])):
        action = loaded.actions[table["action"]]
        quarter = Quarter.parse(table["quarter"])
        due_on = quarter.last_day + timedelta(days=DUE_AFTER)
        if table["state"] != "filed":
            put(Update, {"action": action, "quarter": str(quarter)}, state=table["state"], due_on=due_on)
            continue
        if action.updates.filter(quarter=str(quarter), state="filed").exists():
            continue
        texts = pairs(table, "text", "obstacle", "next_step")
        file_update(
            action.updates.filter(quarter=str(quarter)).first() or Update(action=action, quarter=str(quarter)),
            by=BY,
            seen=None,
            pairs=texts,
            checked=tuple(texts),
            status=table["status"],
            rag=table.get("rag", ""),
            percent=table.get("percent"),
            next_on=table.get("next_on"),
            due_on=due_on,
            filed_on=table.get("filed_on"),
            filed_by=loaded.people.get(table.get("filed_by", "")),
        )
        for code, status in table.get("parts", {}).items():
            put(SubAction, {"action": action, "code": code}, status=status)
    for table in data.get("carried", []):
        put(
            CarryOver,
            {"action": loaded.actions[table["action"]], "from_plan": table["from_plan"]},
            texts=pairs(table, "reason"),
            from_number=str(table.get("from_number", "")),
            months=table.get("months"),
            carried_on=_end_of_plan(table["from_plan"]),
        )


def _end_of_plan(code: str) -> date | None:
    """Plans run to the end of March of the year that closes their code: 2020-21 ended on 31 March 2021."""
    year, _, end = code.partition("-")
    return date(int(year) + 1, 3, calendar.monthrange(int(year) + 1, 3)[1]) if year.isdecimal() and end.isdecimal() else None


# What the example files call a kind of report, and what the form calls it.
KINDS = {"online_rumour": "online", "gathering": "neighbourhood", "protest": "event", "hostility": "hate"}


def tensions(data: dict[str, Any], loaded: Any) -> None:
    """Reports as they came in, were graded, answered and closed. A report stands in the language in which it was made."""
    if Tension.objects.filter(partnership=loaded.partnership).exists():
        return
    language = data["language"]
    for table in sorted(data.get("tensions", []), key=lambda each: _moment(each["received_at"])):
        tension = reporting.report(
            by=BY,
            partnership=loaded.partnership,
            source=table["source"],
            type=KINDS.get(table["type"], table["type"]),
            place=table["place"][language],
            text=table["text"][language],
            language=language,
            area=loaded.areas.get(table.get("area", "")),
            received_at=_moment(table["received_at"]),
        )
        if table.get("triaged_at"):
            grades = {name: table.get(name, 1) for name in ("experienced", "evidenced", "potential")}
            reporting.triage(tension, by=BY, seen=tension.version, at=_moment(table["triaged_at"]), **grades)
        if table.get("response"):
            shared = bool(table.get("shared_with_police"))
            day = table.get("closed_on") or _moment(table["triaged_at"]).date()
            reporting.answer(
                tension, by=BY, seen=tension.version, response=table["response"][language], is_shared_with_police=shared, on=day
            )
        if table.get("closed_on"):
            reporting.step(tension, "closed", by=BY, seen=tension.version, on=table["closed_on"])


def _moment(at: datetime) -> datetime:
    return at if timezone.is_aware(at) else timezone.make_aware(at)
