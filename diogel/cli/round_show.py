"""`diogel round show`: one round of updates, without names: who is asked by number, what came, what is late, how the letters stand."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from typing import Any

from .speaking import add_report, spoken


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_round(parser)


def add_round(parser: argparse.ArgumentParser) -> None:
    """Which partnership and quarter a verb of rounds is about."""
    parser.add_argument("partnership", help="the partnership's short name, such as gwynedd-mon")
    parser.add_argument(
        "--quarter-ending", default="", metavar="MONTH", help="the quarter's last month, such as 2021-12 (default: the latest)"
    )
    add_report(parser, "it")


@spoken
def run(args: argparse.Namespace) -> int:
    """0, or 1 where an update is late or nobody knows whether a letter went."""
    told = plain(round_of(args))
    print(json.dumps(told, ensure_ascii=False, indent=1) if args.json else as_text(told))
    return 1 if told["late"] or told["letters"].get("unknown") else 0


def round_of(args: argparse.Namespace) -> Any:
    """The round that was asked for, or the latest; refused where there is none."""
    from django.utils.translation import gettext as _

    from diogel.rounds.models import Round

    from . import Refusal
    from .partnerships import partnership_called

    partnership = partnership_called(args.partnership)
    rows = Round.objects.standing().filter(partnership=partnership).select_related("plan", "partnership")
    found = rows.filter(quarter=args.quarter_ending).first() if args.quarter_ending else rows.first()
    if found is None:
        raise Refusal(_("There is no such round. Open one with: diogel round open %(slug)s") % {"slug": partnership.slug})
    return found


def plain(round_: Any) -> dict[str, Any]:
    """A round as plain values: people by their number, never by name."""
    from diogel.home import today
    from diogel.post.models import Letter
    from diogel.rounds.purpose import about
    from diogel.rounds.running import requests_of

    requests = requests_of(round_)
    states = Counter(Letter.objects.filter(about=about(round_.pk)).values_list("state", flat=True))
    rows: list[dict[str, Any]] = [
        {"number": each.number, "person": each.person_id, "state": each.update.state, "how": each.how, "days_late": each.days_late(today())}
        for each in requests
    ]
    return {
        "partnership": round_.partnership.slug, "plan": round_.plan.code, "quarter": round_.quarter, "status": round_.status,
        "due_on": str(round_.due_on), "asked": len(rows), "people": len({each.person_id for each in requests if each.person_id}),
        "came": sum(each.is_answered for each in requests), "late": sum(row["days_late"] > 0 for row in rows),
        "nobody_asked": sum(each.person_id is None for each in requests), "letters": dict(states), "requests": rows,
    }  # fmt: skip


def as_text(told: dict[str, Any]) -> str:
    """A line on the whole, and one for each update that has not come."""
    from django.utils.translation import gettext as _

    lines = [_("Round %(quarter)s, plan %(plan)s. Asked: %(asked)s. People: %(people)s. Came: %(came)s. Late: %(late)s.") % told]
    lines.append(_("Letters: %(letters)s") % {"letters": ", ".join(f"{state} {n}" for state, n in sorted(told["letters"].items())) or "0"})
    lines += [
        _("  action %(number)s: person %(person)s, days late: %(days_late)s") % (row | {"person": row["person"] or "–"})
        for row in told["requests"]
        if row["state"] != "filed"
    ]
    return "\n".join(lines)
