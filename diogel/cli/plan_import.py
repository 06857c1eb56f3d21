"""`diogel plan import`: read a Word or Excel plan, say what it would change, and take it over."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from . import Refusal
from .ready import ready

HELD = ("held", "untitled", "asked", "placeless")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a .docx or .xlsx file")
    parser.add_argument("--partnership", required=True, metavar="SLUG", help="the partnership's short name, such as gwynedd-mon")
    parser.add_argument(
        "--plan", default="", metavar="CODE", help="the plan that it goes into, such as 2021-22; a new draft where none is called so"
    )
    parser.add_argument("--title", default="", help="the title of a new plan (default: the name of the file)")
    parser.add_argument("--language", choices=("cy", "en"), default="", help="the language of the file (default: as its words tell)")
    parser.add_argument("--quarter", default="", metavar="2021-12", help="the quarter of which its updates speak, by its last month")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="how its tables are read, as JSON: what --json printed under mappings")
    parser.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")


def run(args: argparse.Namespace) -> int:
    """0 where every row was taken over, 1 where something was held back or found no place; Refusal (2) where the file cannot be read."""
    ready()
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from diogel.analysis.reading.table_reasons import Untaken
    from diogel.exchange.taking import chosen_by_default, steps_of, take_over
    from diogel.people.access import Installation

    by = Installation()
    try:
        with transaction.atomic():
            intake = _received(args, by)
            known, steps, unplaced = steps_of(intake, user=by)
            told = _told(intake, known, steps, unplaced)
            if args.dry_run:
                transaction.set_rollback(True)
            elif keys := chosen_by_default(steps):
                intake = take_over(intake, by=by, keys=keys)
                told |= {"taken": intake.counts, "findings": _findings(intake.plan)}
    except Untaken as refusal:
        raise Refusal(str(refusal)) from None
    except ValidationError as refusal:
        raise Refusal(" ".join(refusal.messages)) from None
    print(json.dumps(told, ensure_ascii=False, indent=1) if args.json else as_text(told))
    return 1 if told["left"] or any(row["left"] or row["state"] in HELD for row in told["rows"]) else 0


def _received(args: argparse.Namespace, by: Any) -> Any:
    """The file, read and kept."""
    from diogel.exchange.receiving import plan_days, receive
    from diogel.people.models import Partnership

    partnership = Partnership.objects.filter(slug=args.partnership).first()
    if partnership is None:
        raise Refusal(f"There is no partnership {args.partnership!r} in this home.")
    plan = partnership.plans.standing().filter(code=args.plan).first()
    days = plan_days(args.plan)
    if plan is None and days is None:
        known = ", ".join(partnership.plans.standing().values_list("code", flat=True)) or "none yet"
        raise Refusal(f"Say into which plan with --plan: one of those there are ({known}), or the years of a new one, such as 2022-23.")
    new = (
        {"code": args.plan, "title": args.title or args.file.stem, **dict(zip(("from_on", "to_on"), map(str, days), strict=True))}
        if days
        else {}
    )
    try:
        data = args.file.read_bytes()
    except OSError as fault:
        raise Refusal(f"{args.file} cannot be opened: {fault.strerror}.") from None
    intake = receive(
        data, by=by, partnership=partnership, file_name=args.file.name, plan=plan, new_plan={} if plan else new, language=args.language,
        quarter=args.quarter,
    )  # fmt: skip
    if args.mapping:
        _map(intake, args.mapping, by)
    return intake


def _map(intake: Any, path: Path, by: Any) -> None:
    from diogel.analysis.reading.plan_tables import Mapping
    from diogel.exchange.receiving import choose

    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(rows, list):
            raise ValueError(rows)
        made = [
            Mapping(
                int(row["table"]),
                row["kind"],
                int(row["head"]),
                tuple((int(at), str(name)) for at, name in row["columns"].items()),
                1.0,
                language=str(row.get("language", "")),
            )
            for row in rows
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise Refusal(f"{path} is not what --json prints under mappings: a list of tables with kind, head and columns.") from None
    choose(intake, made, by=by)


def _told(intake: Any, known: Any, steps: Any, unplaced: Any) -> dict[str, Any]:
    """Everything that a person would see on the page."""
    from diogel.analysis.reading.table_reasons import TABLE_REASONS
    from diogel.exchange.comparing import absent
    from diogel.exchange.comparing_measures import absent_measures
    from diogel.exchange.receiving import mappings_of, reading_of
    from diogel.exchange.steps import STATES, lacking

    rows = [
        {
            "place": step.key, "kind": step.kind, "number": step.mark, "title": step.title, "state": step.state, "doubts": list(step.doubts),
            "changes": [
                {"field": each.field, "language": each.language, "now": each.now, "file": each.file} for each in step.changes
            ],
            "goes_on": _goes_on(step), "asks": [ask.name for ask in step.asks if not ask.is_said],
            "left": [{"field": each.field, "text": each.text, "why": each.why} for each in step.left],
        }
        for step in steps
    ]  # fmt: skip
    return {
        "file": intake.file_name,
        "language": intake.language,
        "plan": intake.plan.code if intake.plan else intake.new_plan["code"],
        "is_new": intake.plan is None,
        "notes": [str(note) for note in reading_of(intake).notes],
        "mappings": [
            {
                "table": each.table,
                "kind": each.kind,
                "head": each.head,
                "language": each.language,
                "columns": {str(at): name for at, name in each.fields},
            }
            for each in mappings_of(intake)
        ],
        "lacking": lacking(steps),
        "counts": {state: sum(row["state"] == state for row in rows) for state in STATES},
        "rows": rows,
        "absent": [held.number for held in absent(known, steps)] if intake.plan else [],
        "absent_measures": [held.indicator.code for held in absent_measures(known, steps)],
        "left": [
            {"table": each.table, "line": each.line, "head": each.head, "text": each.text, "why": TABLE_REASONS[each.why]}
            for each in unplaced
        ],
    }


def _goes_on(step: Any) -> dict[str, Any] | None:
    """The action of the plan before with which a row goes on or, where `is_sure` is false, may go on."""
    claim = step.goes_on
    return {"plan": claim.held.plan.code, "number": claim.held.number, "is_sure": claim.is_sure} if claim else None


def _findings(plan: Any) -> list[dict[str, str]]:
    from diogel.home import today
    from diogel.plan.lint import facts, lint

    return [each.as_json for each in lint(facts(plan, on=today()))]


def as_text(told: dict[str, Any]) -> str:
    """What a person reads at the keyboard."""
    lines = [f"{told['file']} into {told['plan']}{' (new)' if told['is_new'] else ''}", *told["notes"]]
    lines += [
        f"  {row['state']:<8} {row['kind']:<10} {row['number']:>4}  {row['title'][:90]}" for row in told["rows"] if row["state"] != "same"
    ]
    lines += [
        f"           {row['number']}: goes on from action {row['goes_on']['number']} of {row['goes_on']['plan']}"
        for row in told["rows"]
        if row["state"] == "goes_on"
    ]
    lines += [f"           {row['number'] or row['place']}: {doubt}" for row in told["rows"] for doubt in row["doubts"]]
    lines.append(", ".join(f"{state} {count}" for state, count in told["counts"].items()))
    lines += [
        f"New rows with words in {spoken} only: {told['lacking'][half]}"
        for half, spoken in (("cy", "English"), ("en", "Welsh"))
        if told["lacking"][half]
    ]
    if told["counts"]["asked"]:
        lines.append("Rows that need an answer are not taken over here: read the file at the desk, and say what they are.")
    if absent := [*map(str, told["absent"]), *told["absent_measures"]]:
        lines.append(f"In the plan and not in the file: {', '.join(absent)}")
    if left := len(told["left"]) + sum(len(row["left"]) for row in told["rows"]):
        lines.append(f"Cells without a place: {left} (--json lists them)")
    if "taken" in told:
        lines.append(
            f"Taken over: {sum(told['taken'].values())} rows. The checks find {len(told['findings'])} things; see diogel plan lint."
        )
    elif told["rows"]:
        lines.append("Nothing was written.")
    return "\n".join(lines)
