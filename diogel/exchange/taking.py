"""Takes ticked rows of a file over into a plan, in one deed, and remembers every row that was made or changed so that it can be undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from diogel.analysis.periods import Quarter
from diogel.analysis.reading.plan_found import found_in
from diogel.analysis.reading.plan_phrases import letter_at
from diogel.analysis.reading.plan_values import plain
from diogel.home import today
from diogel.indicators.models import Indicator, Measure
from diogel.people.access import May, require
from diogel.people.writing import columns_of, restore, write
from diogel.plan.carrying import Served
from diogel.plan.models import Funding, Lead, Milestone, Number, Objective, Outcome, Plan, Priority, Report, Section
from diogel.processes.actions.models import Action, SubAction
from diogel.processes.actions.progress import file_update, update_for
from diogel.records.owners import set_owners
from diogel.records.workflow import MoveRefused, move

from .clock import at_home
from .comparing import compared
from .comparing_parts import may_have_parts
from .known import Known
from .left_file import cells_left, cells_unticked
from .models import Intake
from .placing import SERVES, placed
from .receiving import mappings_of, reading_of
from .steps import TAKES, Step

CLOSED = (Plan.Status.CLOSED,)


def steps_of(
    intake: Intake, *, user: Any, numbers: Mapping[str, int] | None = None, choices: Mapping[str, str] | None = None
) -> tuple[Known, list[Step], list[Any]]:
    """What taking the file over would do now: the rows that it was compared with, the steps, and the cells without a place."""
    reading = reading_of(intake)
    found = found_in(reading, mappings_of(intake), intake.language)
    speaks = frozenset(name for row in found.rows for name in (*row.values, *row.other, *(["parts"] if may_have_parts(row) else [])))
    begins = intake.new_plan.get("from_on")
    known = Known(intake.partnership, intake.plan, user, speaks, date.fromisoformat(begins) if begins else None)
    steps = compared(found, known, language=intake.language, quarter=intake.quarter, numbers=numbers, choices=choices)
    return known, steps, found.unplaced


def take_over(
    intake: Intake, *, by: Any, keys: Collection[str], numbers: Mapping[str, int] | None = None, prints: Mapping[str, str] | None = None,
    choices: Mapping[str, str] | None = None,
) -> Intake:  # fmt: skip
    """Write the rows whose place is in `keys` into the intake's plan, or into a new one. `prints` are what was seen of each, `choices`
    what was said of those that may go on from the plan before.

    PermissionDenied where `by` may not edit the plan; ValidationError, and nothing written, where the plan is closed, the file was taken
    over already, a row still lacks its number or an answer, or a row reads otherwise than it was shown."""
    require(by, May.EDIT_PLAN, intake.partnership)
    with transaction.atomic():
        held = Intake.objects.select_for_update().get(pk=intake.pk)
        if held.state != Intake.State.WAITING:
            raise ValidationError(_("This file was taken over, undone or thrown away already."))
        known, steps, unplaced = steps_of(held, user=by, numbers=numbers, choices=choices)
        chosen = [step for step in steps if step.key in keys]
        _check(held, chosen, prints or {})
        taking = Taking(by, held, known.numbers)
        plan = held.plan or _new_plan(held, taking)
        for step in chosen:
            WRITERS[step.kind](step, plan, taking)
        left = cells_left(unplaced, steps) + cells_unticked(steps, keys)
        write(
            held, by=by, plan=plan, state=Intake.State.TAKEN, made=taking.made, left=left, taken_at=at_home(), reading={},
            counts={name: sum(step.state == name for step in chosen) for name in (*TAKES, "same")},
        )  # fmt: skip
    return held


def _check(intake: Intake, chosen: list[Step], prints: Mapping[str, str]) -> None:
    if intake.plan and intake.plan.status in CLOSED:
        raise ValidationError(_("This plan is closed. Take the file over into another."))
    if any(step.state == "held" for step in chosen):
        raise ValidationError(_("A row that you ticked has no number of its own yet. Give it one, or take its tick away."))
    if any(step.state == "untitled" for step in chosen):
        raise ValidationError(_("A row that you ticked has no title. Put one into the file and send it again, or take its tick away."))
    if any(step.state == "asked" and step.kind == "outcomes" for step in chosen):
        raise ValidationError(_("Nobody has said yet which theme or duty a row that you ticked serves. Say so, or take its tick away."))
    if any(step.state == "placeless" for step in chosen):
        raise ValidationError(_("A measure that you ticked finds no place in this plan. Take its tick away."))
    if any(step.state == "asked" and step.kind == "measures" for step in chosen):
        raise ValidationError(_("Something is still to be said of a measure that you ticked. Say it, or take its tick away."))
    if any(step.state == "asked" for step in chosen):
        raise ValidationError(_("Nobody has said yet whether a row that you ticked goes on. Say so, or take its tick away."))
    if any(step.key in prints and prints[step.key] != step.print for step in chosen):
        raise ValidationError(_("The plan was changed while you looked. Look at the rows again; nothing was taken over."))


Texts = Mapping[str, Mapping[str, str]]


class Taking:
    """Writes through the one way in, and notes for each row what it was before. Texts are told by their halves: {"en": "Train"}."""

    def __init__(self, by: Any, intake: Intake, numbers: Mapping[int, Number]) -> None:
        """`numbers` are those of the plan as they were compared with, in the same transaction."""
        self.by, self.intake, self.language = by, intake, intake.language
        self.numbers: Mapping[int, Number] = numbers
        self.references: set[str] | None = None
        self.headings: dict[int, Section] = {}
        self.made: list[dict[str, Any]] = []
        self.sections: dict[str, Section] = {}
        self.fundings: dict[str, Funding] = {}
        self.served: Served | None = None
        self.priorities: dict[int, Priority] = {}

    def halves(self, row: Any, texts: Texts) -> dict[str, tuple[str, str]]:
        """Each text with the halves that are told; a half that is not told stays."""
        return {
            name: (said.get("cy", getattr(row, f"{name}_cy")), said.get("en", getattr(row, f"{name}_en"))) for name, said in texts.items()
        }

    def put(self, row: Any, texts: Texts, many: Mapping[str, Any] | None = None, **columns: Any) -> Any:
        """The row written; one that was withdrawn comes back first. What reads so already is left alone."""
        many = many or {}
        if row.pk and row.withdrawn_on:
            before = {"withdrawn_on": row.withdrawn_on.isoformat()}
            restore(row, by=self.by, seen=row.version)
        else:
            before = {}
        if row.pk and not (texts or columns or many) and not before:
            return row
        if row.pk:
            before |= {each: getattr(row, each) for name in texts for each in columns_of(name)}
            before |= self.as_kept(row, columns, many)
        was_there = bool(row.pk)
        saved = write(row, by=self.by, seen=getattr(row, "version", None), pairs=self.halves(row, texts), many=many, **columns)
        self.note(saved, before if was_there else None)
        return saved

    def as_kept(self, row: Any, columns: Iterable[str], many: Iterable[str]) -> dict[str, Any]:
        """What a row says in these columns and relations before they are written, and whether it was withdrawn."""
        found = {name: _kept(getattr(row, name)) for name in columns}
        found |= {name: sorted(getattr(row, name).values_list("pk", flat=True)) for name in many}
        return found | ({"withdrawn_on": row.withdrawn_on.isoformat()} if row.withdrawn_on else {})

    def free_reference(self, wanted: str) -> str:
        """This reference, or the next that no action of the partnership bears."""
        if self.references is None:
            held = Action.objects.filter(partnership=self.intake.partnership, reference__startswith=f"{wanted.partition('/')[0]}/")
            self.references = set(held.values_list("reference", flat=True))
        found = _free(wanted, self.references)
        self.references.add(found)
        return found

    def note(self, row: Any, before: dict[str, Any] | None) -> None:
        known = next((each for each in self.made if each["model"] == row._meta.label_lower and each["pk"] == row.pk), None)
        if known is None:
            self.made.append({"model": row._meta.label_lower, "pk": row.pk, "before": before, "version": row.version})
        else:
            known["version"] = row.version
            if known["before"] is not None:
                known["before"] = (before or {}) | known["before"]


def _kept(value: Any) -> Any:
    if hasattr(value, "_meta"):
        return value.pk
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


def _new_plan(intake: Intake, taking: Taking) -> Plan:
    told = intake.new_plan
    plan = Plan(partnership=intake.partnership, status=Plan.Status.DRAFT)
    return taking.put(plan, {"title": {intake.language: told["title"]}}, code=told["code"], from_on=told["from_on"], to_on=told["to_on"])


def _section(said: Any, plan: Plan, taking: Taking) -> Section | None:
    """The heading that stands, or a new one of these words."""
    if not isinstance(said, dict):
        return said
    words = next(iter(said.values()))
    key = plain(words)
    if key not in taking.sections:
        last = max(plan.sections.values_list("number", flat=True), default=0)
        code = _free(slugify(words)[:50] or f"heading-{last + 1}", set(plan.sections.values_list("code", flat=True)))
        taking.sections[key] = taking.put(Section(plan=plan), {"title": _short(said)}, number=last + 1, code=code)
    return taking.sections[key]


def _short(said: Mapping[str, str]) -> dict[str, str]:
    """As much of each half as a line holds."""
    return {half: words[:300] for half, words in said.items()}


def _free(code: str, used: Collection[str]) -> str:
    return next(each for each in (code, *(f"{code}-{n}" for n in range(2, 1000))) if each not in used)


def _action(step: Step, plan: Plan, taking: Taking) -> None:
    put = step.put
    held, action = placed(step, plan, taking)
    texts: dict[str, Any] = {name: put[name] for name in ("title", "text") if name in put}
    columns: dict[str, Any] = {name: put[name] for name in ("started_on", "promised_on") if name in put}
    if "bodies" in put:
        columns["lead_body"] = put["bodies"][0] if put["bodies"] else None
    if "group" in put:
        columns["group"] = put["group"]
    if "areas" in put:
        columns["area"] = put["areas"][0] if len(put["areas"]) == 1 else None
    if not action.pk:
        columns |= {"reference": taking.free_reference(f"{plan.code}/{put['number']}"), "opened_on": put.get("started_on") or plan.from_on}
    many: dict[str, Any] = {name: put[name] for name in ("bodies", "areas") if name in put}
    saved = taking.put(action, texts, many, **columns)
    _owned(step, saved, taking)
    _number(step, held, saved, plan, taking)
    _move(step, saved, taking)
    _commitments(step, saved, taking)
    _reached(step, saved, taking)
    _paid(step, saved, taking)
    _file(step, saved, taking)


def _owned(step: Step, action: Action, taking: Taking) -> None:
    if "owners" in step.put:
        before = set_owners(action, step.put["owners"], by=taking.by, seen=action.version)
        taking.note(action, {"owners": before})


def _number(step: Step, held: Number, action: Action, plan: Plan, taking: Taking) -> None:
    put = step.put
    place: dict[str, Any] = {name: put[name] for name in ("is_cross_cutting",) if name in put}
    if "section" in put:
        place["section"] = _section(put["section"], plan, taking)
    section = place.get("section", held.section)
    if "heading" in put and section:
        section = taking.headings.setdefault(section.pk, section)  # several actions stand under one
        lacking = {half: words for half, words in _short(put["heading"]).items() if not getattr(section, f"title_{half}")}
        if lacking:
            taking.put(section, {"title": lacking})
    many: dict[str, Any] = {name: put[name] for name in ("themes", "duties") if name in put}
    if not held.pk:
        place |= {"number": put["number"], "action": action}
    elif held.action_id != action.pk:  # its number was taken out of this plan, and what it served with it
        place = {"section": None, "is_cross_cutting": False} | place | {"action": action}
        many = dict.fromkeys(SERVES, ()) | many
    if place or many or held.withdrawn_on:
        taking.put(held, {}, many, **place)


def _move(step: Step, action: Action, taking: Taking) -> None:
    """A status is changed by a move, with the file as its reason; a new action begins in the status of the file."""
    status = step.put.get("status")
    if not status or action.status == status:
        return
    before = action.status
    try:
        move(action, status, by=taking.by, seen=action.version, reason=_("As the imported file has it"))
    except MoveRefused:
        raise ValidationError(
            _("Action %(number)s cannot go to the status that the file has. Take its tick away, or change the status first.")
            % {"number": step.mark}
        ) from None
    taking.note(action, {"status": before})


def _commitments(step: Step, action: Action, taking: Taking) -> None:
    for code, said in step.put.get("parts", {}).items():
        part = SubAction.objects.filter(action=action, code=code).first() or SubAction(action=action, code=code)
        columns = {name: said[name] for name in ("body", "status") if name in said}
        taking.put(part, {"title": said["words"]} if said["words"] else {}, **columns)


def _reached(step: Step, action: Action, taking: Taking) -> None:
    for each in step.put.get("milestones", ()):
        taking.put(each.row or Milestone(action=action), {"title": each.words} if each.words else {}, **each.columns)


def _paid(step: Step, action: Action, taking: Taking) -> None:
    """Money belongs to the partnership: one that several rows name is written once, and joined to each of their actions."""
    for each in step.put.get("money", ()):
        words = next(iter(each.words.values()))
        row: Any = each.row or taking.fundings.get(plain(words))
        columns = dict(each.columns)
        if row is None:
            codes = set(Funding.objects.filter(partnership=action.partnership_id).values_list("code", flat=True))
            row = Funding(partnership=action.partnership, code=_free(slugify(words)[:50] or "money", codes))
        titles = {
            half: said for half, said in each.words.items() if not row.pk or (len(each.words) > 1 and not getattr(row, f"title_{half}"))
        }
        texts = {"title": titles} if titles else {}
        held = list(row.actions.all()) if row.pk else []
        many = {} if action in held else {"actions": [*held, action]}
        columns = {name: value for name, value in columns.items() if getattr(row, name) != value}
        taking.fundings[plain(words)] = taking.put(row, texts, many, **columns)


def _file(step: Step, action: Action, taking: Taking) -> None:
    told = dict(step.put.get("update") or {})
    if not told:
        return
    row = update_for(action, Quarter.parse(told.pop("quarter")))
    before = None
    if row.pk:
        before = {name: _kept(getattr(row, name)) for name in ("rag", "percent", "next_on", "state", "status", "filed_on")}
        before |= {each: getattr(row, each) for name in ("text", "obstacle", "next_step") for each in columns_of(name)}
    correction = {"correction": _("As the imported file has it")} if getattr(row, "accepted_on", None) else {}
    saved = file_update(
        row, by=taking.by, seen=row.version if row.pk else None, pairs=taking.halves(row, told["words"]),
        status=row.status or action.status, filed_on=row.filed_on or today(), **correction, **told["columns"],
    )  # fmt: skip
    taking.note(saved, before)


def _outcome(step: Step, plan: Plan, taking: Taking) -> None:
    put = step.put
    row = put["row"] or Outcome(plan=plan, row=max(plan.outcomes.values_list("row", flat=True), default=0) + 1)
    texts: dict[str, Any] = {name: put[name] for name in ("outputs", "short", "medium", "long") if name in put}
    columns = {} if row.pk else {name: put[name] for name in ("theme", "duty", "cited")}
    taking.put(row, texts, **columns)
    if "serving" in put:
        held = plan.numbers.standing().filter(number=put["cited"], action__withdrawn_on=None).first()
        if held:  # its own row may have no tick
            taking.put(held, {}, {name: [*getattr(held, name).all(), served] for name, served in put["serving"].items()})


def _priority(put: dict[str, Any], plan: Plan, taking: Taking) -> Priority:
    """The priority that stands, or one of this number that another row made, or a new one."""
    found = put["priority"] or taking.priorities.get(put["number"])
    found = found or Priority.objects.filter(plan=plan, number=put["number"], listed=Priority.Listed.STANDING).first()
    if found is None:
        code = _free(f"priority-{put['number']}", set(plan.priorities.values_list("code", flat=True)))
        found = taking.put(Priority(plan=plan), {"title": _short(put["title"])}, code=code, number=put["number"])
    taking.priorities[put["number"]] = found
    return found


def _objective(step: Step, plan: Plan, taking: Taking) -> None:
    put = step.put
    priority = _priority(put, plan, taking)
    if lacking := {half: words for half, words in put.get("heading", {}).items() if not getattr(priority, f"title_{half}")}:
        priority = taking.put(priority, {"title": _short(lacking)})
    if put["lead"]:
        words, body = put["lead"]
        if not any(getattr(each, f"role_{taking.language}") == words[:300] for each in Lead.objects.filter(priority=priority, body=body)):
            taking.put(Lead(priority=priority), {"role": _short({taking.language: words})}, body=body)
    row = put["row"] or Objective.objects.filter(plan=plan, code=put["code"]).first() or Objective(plan=plan)
    texts = {"title": put["text"]} if "text" in put else {}
    columns = {name: put[name] for name in ("direction",) if name in put}
    if texts or columns or not row.pk or row.withdrawn_on:
        taking.put(row, texts, **columns, **({} if row.pk else {"code": put["code"], "priority": priority}))


def _measure(step: Step, plan: Plan, taking: Taking) -> None:
    """A measure as the plan words it: what is counted, the direction wanted of it, and its place under a priority."""
    put = step.put
    texts = {"title": put["measure"]} if "measure" in put else {}
    columns = {name: put[name] for name in ("direction", "accountability") if name in put}
    priority = _priority(put, plan, taking)
    indicator = put["indicator"]
    if indicator is None:
        measure = put["of"] or _counted(put, priority, taking)
        order = Indicator.objects.filter(measure__partnership=plan.partnership).count()
        indicator = taking.put(Indicator(measure=measure), texts, code=measure.code[:20], order=order, **columns)
    elif texts or columns:
        taking.put(indicator, texts, **columns)
    report = put["report"]
    if report is None and put["indicator"]:  # one that was taken out of this plan comes back
        report = Report.objects.filter(plan=plan, indicator=indicator).first()
    report = report or Report(plan=plan)
    if not report.pk or report.withdrawn_on:
        taking.put(report, {}, indicator=indicator, priority=priority)
    elif report.priority_id != priority.pk:
        taking.put(report, {}, priority=priority)


def _counted(put: dict[str, Any], priority: Priority, taking: Taking) -> Measure:
    """What is counted, under a code by its priority such as P2c: its definition and source are still to be written."""
    used = set(Measure.objects.filter(partnership=priority.partnership).values_list("code", flat=True))
    codes = (f"P{priority.number}{letter_at(n)}" for n in range(26))
    code = next((each for each in codes if each not in used), "") or _free(f"P{priority.number}-27", used)
    return taking.put(Measure(partnership=priority.partnership), {"title": _short(put["measure"])}, code=code, unit=put["unit"])


WRITERS = {"actions": _action, "outcomes": _outcome, "objectives": _objective, "measures": _measure}


def chosen_by_default(steps: list[Step]) -> list[str]:
    """Rows that are ticked when the preview opens."""
    return [step.key for step in steps if step.state in TAKES]
