"""A plan of 300 actions looked through for what is wrong with it, and a round of 200 actions sent to 60 people; bar: 0.3 s of CPU to lint."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

LINT, LINTED, ASKED, PEOPLE = 0.3, 300, 200, 60
CODE, QUARTER = "bench", "2021-09"


def main() -> int:
    from diogel.home import home, is_demo

    if not is_demo():
        print("There is no demo in this home: run `make demo SERVE=no` first.")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(home(), Path(folder) / "home")
        os.environ["DIOGEL_HOME"] = str(copy)
        from diogel.cli.ready import ready

        ready()
        plan = laid()
        began = time.process_time()
        found = linted(plan)
        lint = time.process_time() - began
        print(f"{LINTED} actions linted in {lint:.2f} s of CPU, bar {LINT} s; {found} findings")
        sent, spent = round_sent()
    print(f"a round of {ASKED} actions opened and {sent} letters laid in the outbox, each with its entry in the log: {spent:.1f} s of CPU")
    return 0 if lint < LINT and sent >= PEOPLE else 1


def laid():
    """A plan with its actions and people, straight into the copy's tables; the round asks about the first of them only."""
    from diogel.people.models import Body, Holding, Partnership, Person
    from diogel.plan.models import Number, Plan
    from diogel.processes.actions.models import Action, Update

    who = Partnership.objects.get(slug="gwynedd-mon")
    body = Body.objects.order_by("pk")[0]
    people = [Person.objects.create(given=f"Un{n}", family="Enw", email=f"bench{n}@example.org", body=body) for n in range(PEOPLE)]
    for each in people:
        Holding.objects.create(person=each, partnership=who, role="partner_officer", from_on=date(2020, 1, 1))
    days = {"from_on": date(2021, 4, 1), "to_on": date(2022, 3, 31)}
    plan = Plan.objects.create(partnership=who, code=CODE, status="in_force", title_cy="Mesur", title_en="Bench", **days)
    for n in range(1, LINTED + 1):
        is_asked = n <= ASKED
        action = Action.objects.create(
            kind="action", reference=f"{CODE}/{n}", partnership=who, status="in_progress" if is_asked else "complete",
            opened_on=days["from_on"], lead_body=body, title_cy=f"Gwaith {n}", title_en=f"Work {n}",
        )  # fmt: skip
        action.bodies.set([body])
        Number.objects.create(plan=plan, action=action, number=n)
        Update.objects.create(action=action, quarter="2021-06", state="filed", status="in_progress", filed_by=people[n % PEOPLE])
    return plan


def linted(plan) -> int:
    from diogel.plan.lint import facts, lint

    return len(lint(facts(plan, on=date(2022, 1, 17))))


def round_sent() -> tuple[int, float]:
    from diogel.cli import main as diogel
    from diogel.post.models import Letter

    before = Letter.objects.filter(state="sent").count()
    began = time.process_time()
    with contextlib.redirect_stdout(io.StringIO()):
        diogel(["round", "open", "gwynedd-mon", "--plan", CODE, "--quarter-ending", QUARTER, "--json"])
    return Letter.objects.filter(state="sent").count() - before, time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
