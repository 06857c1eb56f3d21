"""A plan as a Word file in one language, in the layout that co-ordinators use: the work plan by heading, objectives, and the appendix
of outcomes. Read back in, it says what the plan says."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from diogel.people.access import May, may
from diogel.people.models import Partnership
from diogel.plan.exported import day_said, for_export, served, told_more
from diogel.plan.models import Number, Plan
from diogel.processes.actions.process import STATUSES

from .steps import FIELDS
from .word_made import across, begun, line, packed, table

WIDTHS = (5, 16, 32, 15, 9, 13, 12, 9, 9, 9)
BESIDE = {"number": 4, "title": 20, "group": 16, "milestones": 36, "money": 20, "amount": 10, "until": 14, "person": 18}
APPENDIX = (16, 8, 14, 6, 22, 18, 18, 18)


def plan_document(plan: Plan, user: Any, *, language: str, on: date, with_people: bool = False) -> bytes:
    """The .docx, with the actions that `user` may see, and their money where they may see that. Bodies stand in it and no person, unless
    it is for the inside: `with_people`, where `user` may see who is who (PermissionDenied). A half that is missing stands empty, so that
    nothing of the other language is taken for it."""
    with override(language):
        document = begun(title=_half(plan, "title", language) or plan.code, language=language)
        _front(document, plan.partnership, on)
        if with_people:
            document.add_paragraph(_("It names lead persons. Keep it within the partnership, and delete it when it is done with."))
        held = for_export(plan, user, with_people=with_people, also=("action__sub_actions__body",))
        _work_plan(document, held, language)
        _beside(document, held, language, with_money=may(user, May.SEE_FUNDING, plan.partnership), with_people=with_people)
        _objectives(document, plan, language)
        _outcomes(document, plan, language)
        return packed(document)


def _half(row: Any, name: str, language: str) -> str:
    return str(getattr(row, f"{name}_{language}"))


def _named(row: Any, name: str, language: str) -> str:
    """A name, which is known in either language."""
    return _half(row, name, language) or row.pair(name).en or row.pair(name).cy


def _front(document: Any, partnership: Partnership, on: date) -> None:
    place = partnership.pair("place").say() or partnership.place_en
    document.add_paragraph(f"{place}. {_('As it stood on')} {date_format(on, 'j F Y')}. {partnership.marking}")
    if partnership.is_example:
        document.add_paragraph(_("Example data; not a statement by these bodies"))
    document.add_paragraph(_("A cell that is empty has no words in this language yet."))


def _work_plan(document: Any, rows: list[Number], language: str) -> None:
    document.add_heading(_("Work plan"), 1)
    held = sorted(rows, key=lambda row: (row.section.number if row.section else -1, row.number))
    heads = (
        _("Number"), _("Title"), _("What will be done"), _("Bodies that lead"), _("Areas"), _("Themes"), _("Duties"), _("Starts on"),
        _("To be done by"), _("Status"),
    )  # fmt: skip
    made = table(document, heads, WIDTHS)
    heading = None
    for row in held:
        if row.section and row.section_id != heading:
            heading = row.section_id
            across(made, _named(row.section, "title", language))
        _action(made, row, language)


def _action(made: Any, row: Number, language: str) -> None:
    action = row.action
    words = (
        str(row.number), _half(action, "title", language), _half(action, "text", language),
        "; ".join(_named(each, "name", language) for each in action.bodies.all()),
        "; ".join(_named(each, "name", language) for each in action.areas.all()),
        *served(row), day_said(action.started_on), day_said(action.promised_on), str(STATUSES[action.status]),
    )  # fmt: skip
    line(made, words, is_bold_first=True)
    for part in action.sub_actions.all():
        if not part.withdrawn_on and part.code.startswith(str(row.number)):
            led = _named(part.body, "name", language) if part.body else ""
            line(made, (part.code, _half(part, "title", language), "", led, *[""] * 5, str(STATUSES.get(part.status, ""))))


def _beside(document: Any, rows: list[Number], language: str, *, with_money: bool, with_people: bool) -> None:
    """What does not fit into the work plan: a second table of the actions that have any of it, with no column that is empty."""
    told = [(row, told_more(row, with_money=with_money, with_people=with_people)) for row in rows]
    names = [name for name in BESIDE if any(words.get(name) for _row, words in told)]
    if not names:
        return
    document.add_heading(_("Oversight, milestones and money"), 1)
    heads = {name: _("Lead persons") if name == "person" else str(FIELDS[name]) for name in ("number", "title", *names)}
    made = table(document, list(heads.values()), [BESIDE[name] for name in heads])
    for row, words in told:
        if any(words.values()):
            line(made, (str(row.number), _half(row.action, "title", language), *(words[name] for name in names)), is_bold_first=True)


def _objectives(document: Any, plan: Plan, language: str) -> None:
    """Each priority with its leads and numbered objectives, as paragraphs."""
    priorities = plan.priorities.standing().filter(objectives__withdrawn_on=None, objectives__isnull=False).distinct()
    rows = list(priorities.prefetch_related("objectives", "leads"))
    if not rows:
        return
    document.add_heading(_("Priorities and objectives"), 1)
    for priority in rows:
        document.add_heading(
            _("Priority %(number)s: %(title)s") % {"number": priority.number, "title": _half(priority, "title", language)}, 2
        )
        for objective in priority.objectives.all():
            if not objective.withdrawn_on and _half(objective, "title", language):
                document.add_paragraph(f"{objective.code} {_half(objective, 'title', language)}")


def _outcomes(document: Any, plan: Plan, language: str) -> None:
    rows = list(plan.outcomes.standing().select_related("theme", "duty"))
    if not rows:
        return
    document.add_heading(_("Appendix A: outcomes"), 1)
    heads = (
        _("Theme"), _("Band"), _("Duty"), _("Number"), _("Inputs and outputs"), _("Outcome in the short term"),
        _("Outcome in the medium term"), _("Outcome in the long term"),
    )  # fmt: skip
    made = table(document, heads, APPENDIX)
    for row in rows:
        whom = _named(row.theme, "title", language) if row.theme else "" if row.duty else _("Cross-cutting")
        texts = (_half(row, name, language) for name in ("outputs", "short", "medium", "long"))
        line(
            made,
            (
                whom, str(row.theme.get_band_display()) if row.theme and row.theme.band else "",
                _named(row.duty, "title", language) if row.duty else "", str(row.cited or ""), *texts,
            ),
        )  # fmt: skip
