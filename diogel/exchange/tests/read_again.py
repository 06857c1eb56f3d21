"""Reads a file that went out in again, against the plan that it came from."""

from __future__ import annotations

from datetime import date
from typing import Any

from diogel.analysis.reading.office import read_office
from diogel.analysis.reading.plan_found import found_in
from diogel.analysis.reading.plan_objectives import listed
from diogel.analysis.reading.plan_tables import proposals
from diogel.exchange.comparing import compared
from diogel.exchange.known import Known

DAY = date(2022, 1, 17)


def differences(data: bytes, plan: Any, user: Any, language: str) -> tuple[list[Any], list[Any]]:
    """What would change or find no place, and every step."""
    reading = listed(read_office(data))
    found = found_in(reading, proposals(reading), language)
    steps = compared(found, Known(plan.partnership, plan, user), language=language)
    return [
        (step.kind, step.mark, step.state, [(each.field, each.now, each.file) for each in step.changes], step.left)
        for step in steps
        if step.state != "same" or step.left
    ], steps
