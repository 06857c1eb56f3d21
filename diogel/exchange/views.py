"""Pages on which a plan comes in from Word or Excel: the file, how it is read, what it would do, and what it did."""

from __future__ import annotations

import zlib
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from diogel.analysis.reading.table_reasons import TABLE_REASONS, Note, Untaken
from diogel.home import today
from diogel.people.access import May
from diogel.people.desk import desk, fetch, looked
from diogel.people.sending import UPLOAD, takes
from diogel.people.writing import write
from diogel.plan.models import Plan
from diogel.plan.views import names_people, sent
from diogel.words.refusals import said

from .columns import chosen, shown
from .comparing import absent, free_numbers
from .comparing_measures import absent_measures, labels
from .comparing_rest import whom
from .forms import IntakeForm
from .known import Known, called
from .left_file import XLSX, cells_left, left_file
from .models import Intake
from .receiving import choose, mappings_of, reading_of, receive
from .steps import ALL, ASKED, KINDS, NEW, STATES, TAKES, Ask, Step, lacking
from .taking import steps_of, take_over
from .undoing import undo as undo_intake
from .word_made import DOCX
from .word_plan import plan_document

MOST_SHOWN = 200


@desk(May.EDIT_PLAN)
@takes(UPLOAD)
def intakes(request: HttpRequest, partnership: Any) -> HttpResponse:
    """The files that came in, and the form that takes another."""
    form = IntakeForm(request.POST or None, request.FILES or None, partnership=partnership, day=today())
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            intake = receive(
                values["file"].read(), by=request.user, partnership=partnership, file_name=values["file"].name, plan=values["plan"],
                new_plan=form.new_plan, language=values["language"], quarter=values["quarter"],
            )  # fmt: skip
            return redirect("exchange:intake", slug=partnership.slug, pk=intake.pk)
        except Untaken as refusal:
            form.add_error("file", said(refusal))
    rows = Intake.objects.visible_to(request.user).filter(partnership=partnership).select_related("plan").defer("reading", "made", "left")
    context = {"form": form, "intakes": rows[:MOST_SHOWN], "waiting": sum(row.state == Intake.State.WAITING for row in rows[:MOST_SHOWN])}
    return render(request, "exchange/intakes.html", context, status=422 if form.errors else 200)


def _intake(request: HttpRequest, partnership: Any, pk: int, *states: str) -> Intake:
    intake: Intake = fetch(Intake.objects.select_related("plan", "partnership"), request.user, partnership=partnership, pk=pk)
    if states and intake.state not in states:
        raise Http404
    return intake


@desk(May.EDIT_PLAN)
def intake(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """What taking the file over would do, row by row; ticked rows are taken over, and a file that was, tells what it did."""
    row = _intake(request, partnership, pk)
    if row.state != Intake.State.WAITING:
        return render(request, "exchange/taken.html", _told(row))
    numbers, choices = _numbers(request), _choices(request)
    known, steps, unplaced = steps_of(row, user=request.user, numbers=numbers, choices=choices)
    error = ""
    if request.method == "POST" and "look" not in request.POST:
        try:
            return _taken(request, partnership, row, numbers, choices)
        except ValidationError as refusal:
            error = " ".join(refusal.messages)
    context = {
        "intake": row,
        "groups": _groups(steps, request, numbers, choices),
        "whom": _whom(known) if any(step.asks_whom for step in steps) else [],
        "counts": {state: sum(step.state == state for step in steps) for state in STATES},
        "before": next((step.goes_on.held.plan for step in steps if step.goes_on), None),
        "doubtful": sum(bool(step.doubts) for step in steps),
        "lacking": lacking(steps),
        "absent": absent(known, steps) if row.plan else [],
        "absent_measures": absent_measures(known, steps),
        "undirected": sum(step.kind == "objectives" and step.state == "new" and "direction" not in step.put for step in steps),
        "unplaced": _with_reasons(cells_left(unplaced, steps)),
        "notes": [said(note) for note in reading_of(row).notes],
        "free": free_numbers(known, steps),
        "error": error,
    }
    if any(change.field == "person" for step in steps for change in step.changes):
        looked(request, f"exchange.intake:{row.pk}")  # it names who is on file
    return render(request, "exchange/intake.html", context, status=422 if error else 200)


def _numbers(request: HttpRequest) -> dict[str, int]:
    """Numbers that somebody typed, by the place of their row."""
    typed = {name.removeprefix("number-"): str(value).strip() for name, value in request.POST.items() if name.startswith("number-")}
    return {
        key: int(value)
        for key, value in typed.items()
        if value.isascii() and value.isdigit() and 0 < int(value[:4]) <= 999 and len(value) < 4
    }


def _choices(request: HttpRequest) -> dict[str, str]:
    """What somebody said, by the place of its row: whether it goes on from the plan before, or whom an outcome serves; of a measure, by
    its place and what was asked."""
    sent = [(*name.partition("-"), str(value)) for name, value in request.POST.items()]
    said = {place: value for name, _dash, place, value in sent if name in ("goes", "whom")}
    return said | {f"{place} {name}": value for name, _dash, place, value in sent if name in ASKED}


def _taken(request: HttpRequest, partnership: Any, row: Intake, numbers: dict[str, int], choices: dict[str, str]) -> HttpResponse:
    keys = request.POST.getlist("take")
    if not keys:
        raise ValidationError(_("No row is ticked. Tick those that are to be taken over"))
    _known, steps, _left_now = steps_of(row, user=request.user, numbers=numbers, choices=choices)
    shown = {step.key for step in steps if request.POST.get(f"print-{step.key}") in (_print(step), None)}
    if any(step.state == "goes_on" and step.key in keys and step.key not in shown for step in steps):
        raise ValidationError(_("What these rows would change in actions that go on was not shown yet. Look at it, then take them over."))
    if any(step.asks and step.state == "changed" and step.key in keys and step.key not in shown for step in steps):
        raise ValidationError(_("What these rows would change in measures on file was not shown yet. Look at it, then take them over."))
    told = {step.key for step in steps if step.key in numbers or choices.get(step.key) == NEW or step.asks_whom or step.asks}
    prints = dict.fromkeys(keys, "") | {step.key: step.print for step in steps if step.key in shown | told}
    done = take_over(row, by=request.user, keys=keys, numbers=numbers, prints=prints, choices=choices)
    n = len(keys)
    messages.success(request, ngettext("One row was taken over.", "%(n)s rows were taken over.", n) % {"n": n})
    return redirect("exchange:intake", slug=partnership.slug, pk=done.pk)


def _print(step: Step) -> str:
    return f"{zlib.crc32(step.print.encode()):08x}"


def _whom(known: Known) -> list[tuple[str, str]]:
    """The choices of whom an outcome serves, by their names."""
    return sorted(((key, called(row, "title")) for key, row in whom(known).items()), key=lambda each: (each[0].split()[0], each[1]))


def _groups(steps: list[Step], request: HttpRequest, numbers: dict[str, int], choices: dict[str, str]) -> list[dict[str, Any]]:
    """Rows by kind, those that ask for something first; the ticks that were sent, or those that are proposed."""
    ticked = set(request.POST.getlist("take")) if request.method == "POST" else None
    groups = []
    for kind, label in KINDS.items():
        rows = [
            {
                "step": step, "print": _print(step), "number": numbers.get(step.key, ""), "whom": choices.get(step.key, ""),
                "is_ticked": step.state in TAKES if ticked is None or _is_answered(step, request) else step.key in ticked,
            }
            for step in steps if step.kind == kind and step.state != "same"
        ]  # fmt: skip
        same = sum(step.kind == kind and step.state == "same" for step in steps)
        if rows or same:
            asks = _asked_of_all([step for step in steps if step.kind == kind], choices)
            groups.append({"kind": kind, "label": label, "rows": rows, "same": same, "asks": asks})
    return groups


def _is_answered(step: Step, request: HttpRequest) -> bool:
    """Whether a measure reads otherwise than it was shown, for what was asked of it has been said: then it is ticked as any other."""
    return bool(step.asks) and request.POST.get(f"print-{step.key}") != _print(step)


def _asked_of_all(steps: list[Step], choices: dict[str, str]) -> list[Ask]:
    """What a person may say once for every measure that does not say it itself, where that is asked of several."""
    asked = [ask.name for step in steps for ask in step.asks]
    several = [name for name in ("accountability", "unit") if asked.count(name) > 1]
    said = {name: choices.get(f"{ALL} {name}", "") for name in several}
    return [Ask(name, labels(name), value, bool(value)) for name, value in said.items()]


def _with_reasons(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each | {"why": why_left(each["why"])} for each in cells]


def why_left(code: str) -> str:
    """Why a cell was left, in words: of its table by code, of its row as it was said then."""
    return said(Note.of(code)) if code in TABLE_REASONS else code


def _told(row: Intake) -> dict[str, Any]:
    left = _with_reasons(row.left)
    return {"intake": row, "left": left[:MOST_SHOWN], "left_count": len(left), "findings_url": _check_url(row)}


def _check_url(row: Intake) -> str:
    plan = row.plan
    return reverse("plan:check", args=[row.partnership.slug, plan.code]) if plan and not plan.withdrawn_on else ""


@desk(May.EDIT_PLAN)
def columns(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """How each table is read; what is chosen is known again for the same heads."""
    row = _intake(request, partnership, pk, Intake.State.WAITING)
    reading, mappings = reading_of(row), mappings_of(row)
    if request.method == "POST":
        language = request.POST.get("language", row.language)
        made = chosen(reading, mappings, request.POST.dict())
        choose(row, made, by=request.user, language=language if language in ("cy", "en") else row.language)
        is_same_kind = [(each.kind, each.head) for each in made] == [(each.kind, each.head) for each in mappings]
        return redirect("exchange:intake" if is_same_kind else "exchange:columns", slug=partnership.slug, pk=row.pk)
    return render(request, "exchange/columns.html", {"intake": row, "tables": shown(reading, mappings)})


@desk(May.EDIT_PLAN)
def left(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """Every cell that found no place, as an Excel file."""
    row = _intake(request, partnership, pk)
    if row.state == Intake.State.WAITING:
        _known, steps, unplaced = steps_of(row, user=request.user)
        cells = cells_left(unplaced, steps)
    else:
        cells = row.left
    data = left_file(_with_reasons(cells), file_name=row.file_name)
    headers = {"Content-Disposition": f'attachment; filename="{partnership.slug}-left-{row.pk}.xlsx"'}
    return HttpResponse(data, content_type=XLSX, headers=headers)


@desk(May.EDIT_PLAN)
def undo(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """Asks once, and undoes what a file made."""
    row = _intake(request, partnership, pk, Intake.State.TAKEN)
    if row.erased_on:
        raise Http404
    if request.method == "POST":
        kept = undo_intake(row, by=request.user)
        n = len(kept)
        if n:
            messages.warning(
                request,
                ngettext(
                    "One row was changed by somebody since, or something was put into it, and was left as it is.",
                    "%(n)s rows were changed by somebody since, or something was put into them, and were left as they are.",
                    n,
                )
                % {"n": n},
            )
        messages.success(request, _("The import was undone: what it made is withdrawn, what it changed reads as before."))
        return redirect("exchange:intake", slug=partnership.slug, pk=row.pk)
    makes_plan = any(each["model"] == "plan.plan" and each["before"] is None for each in row.made)
    return render(request, "exchange/undo.html", {"intake": row, "makes_plan": makes_plan})


@desk(May.EDIT_PLAN)
def throw(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """Asks once, and lets go what was read of a file."""
    row = _intake(request, partnership, pk, Intake.State.WAITING)
    if request.method == "POST":
        write(row, by=request.user, state=Intake.State.THROWN, reading={}, mappings=[])
        messages.success(request, _("What was read of the file was thrown away."))
        return redirect("exchange:intakes", slug=partnership.slug)
    return render(request, "exchange/throw.html", {"intake": row})


@desk()
def word(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """The plan as a Word file in the reader's language."""
    plan = fetch(Plan.objects.select_related("partnership"), request.user, partnership=partnership, code=code)
    language = (get_language() or "en")[:2]
    data = plan_document(plan, request.user, language=language, on=today(), with_people=names_people(request))
    return sent(request, plan, data, kind=DOCX, name=f"{partnership.slug}-{plan.code}-{language}", ending="docx")
