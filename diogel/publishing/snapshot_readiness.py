"""What keeps a snapshot from being published: every pair it would tell that is missing, draft or stale, with where it is mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, NullIf
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from diogel.plan.models import Number
from diogel.words.asked import asked
from diogel.words.pairs import Pair, PairState

from .one_language import waits
from .snapshot_fields import As, pairs_of
from .snapshot_scopes import Scope

# What a kind of row is called on the page that lists what is to be mended.
KINDS: dict[str, Any] = {
    "who": _("Partnership"),
    "partnership": _("Partnership"),
    "body": _("Body"),
    "area": _("Area"),
    "plan": _("Plan"),
    "section": _("Heading"),
    "priority": _("Priority"),
    "lead": _("Lead"),
    "objective": _("Objective"),
    "action": _("Action"),
    "part": _("Commitment"),
    "update": _("Update on action"),
    "carry_over": _("Carry-over of action"),
    "theme": _("Theme"),
    "duty": _("Duty"),
    "outcome": _("Outcome row"),
    "indicator": _("Indicator"),
    "measure": _("Measure"),
    "observation": _("Figure"),
    "source": _("Source"),
    "stated": _("Priority of a source"),
    "principle": _("Way of working"),
    "one_language": _("Document in one language"),
}
FIELDS: dict[str, Any] = {
    "name": _("name"),
    "short": _("short name"),
    "place": _("place"),
    "about": _("who we are"),
    "vision": _("vision"),
    "title": _("title"),
    "heading": _("heading"),
    "summary": _("what the public will read"),
    "introduction": _("introduction"),
    "monitoring": _("how it is monitored"),
    "role": _("role"),
    "text": _("text"),
    "what_will_be_done": _("what will be done"),
    "what_has_happened": _("what has happened"),
    "regional": _("regional plan"),
    "highlighted_as": _("other title"),
    "rationale": _("why it has this band"),
    "decision_reason": _("why it was decided so"),
    "law": _("Act and section"),
    "outputs": _("inputs and outputs"),
    "short_outcome": _("outcome in the short term"),
    "medium": _("outcome in the medium term"),
    "long": _("outcome in the long term"),
    "why": _("why it matters"),
    "source": _("source"),
    "reason": _("why there is no figure"),
    "note": _("note"),
    "owner": _("owner"),
    "statement": _("statement"),
    "next_step": _("next step"),
    "why_carried": _("why it was carried over"),
    "why_alone": _("why it is in one language"),
}
# Some kinds of row have a field of the same name that is called otherwise.
OTHERWISE = {
    ("outcome", "short"): "short_outcome",
    ("action", "text"): "what_will_be_done",
    ("update", "text"): "what_has_happened",
    ("carry_over", "reason"): "why_carried",
    ("one_language", "reason"): "why_alone",
}
# How a row is told from its neighbours: by a number or code, else by what it is called.
LABELS = {
    "plan": "code",
    "section": "number",
    "objective": "code",
    "part": "code",
    "outcome": "row",
    "indicator": "code",
    "measure": "code",
    "observation": "measure__code",
}
# An action bears its number in the plan, and may bear another in the next.
_NUMBERED = {"action": "pk", "update": "action", "carry_over": "action"}
_CALLED = {"body": "name", "area": "name", "who": "place", "partnership": "place", "lead": "role"}
# What the page of a row is found by, where its label does not say it.
_CODED = {"theme": "code", "one_language": "document"}
# A figure's words are held by two rows: the measure and the newest observation.
_FIGURE = {"measure": ("title", "source"), "observation": ("text", "reason", "note")}


@dataclass(frozen=True)
class Unready:
    """One pair that may not be told as it stands. `blocks` is false where the rest can go out without it; `has` names the halves there are."""

    kind: str
    pk: int
    label: str
    field: str
    state: str
    url: str
    blocks: bool = True
    has: str = "cy en"

    @property
    def kind_word(self) -> str:
        return str(KINDS[self.kind])

    @property
    def field_word(self) -> str:
        return str(FIELDS[OTHERWISE.get((self.kind, self.field), self.field)])

    @property
    def state_word(self) -> str:
        return str(PairState(self.state).label)

    @property
    def pair(self) -> Pair:
        """The pair as its mark asks for it: which halves hold something, and their state. Its words are on its own page."""
        return Pair("…" if "cy" in self.has else "", "…" if "en" in self.has else "", self.state)

    def __str__(self) -> str:
        return f"{self.kind_word} {self.label}: {self.field_word} ({self.state_word})"


def unready(scope: Scope) -> list[Unready]:
    """Every such pair, in one query, in the order of the kinds; labels are in the language of the page."""

    def question() -> QuerySet:
        first, *others = (_select(kind, name, how, scope) for kind, name, how in pairs_told(scope))
        return first.union(*others, all=True)

    rows = asked(("unready", scope.key, get_language()), question) if scope.key else question()
    found = [_unready(scope, *row) for row in rows]
    order = list(KINDS)
    return sorted(found, key=lambda each: (not each.blocks, order.index(each.kind), each.label.zfill(9), each.pk))


def pairs_told(scope: Scope) -> Iterator[tuple[str, str, As]]:
    """(kind, pair, how it leaves) of all that this scope would tell."""
    figure = dict(pairs_of("figure", scope.fields)) if "figure" in scope.fields else {}
    for kind in scope.rows:
        if kind in _FIGURE:
            yield from ((kind, name, figure[name]) for name in _FIGURE[kind])
        elif kind != "number":
            yield from ((kind, name, how) for name, how in pairs_of(kind, scope.fields))


def _select(kind: str, name: str, how: As, scope: Scope) -> QuerySet:
    is_empty = Q(**{f"{name}_cy": "", f"{name}_en": ""})
    rows = scope.rows[kind].order_by().filter(waits(name, kind, scope.only))
    if how is not As.TITLE:
        rows = rows.exclude(is_empty)
    text = CharField()
    return rows.annotate(
        unready_kind=Value(kind, text),
        unready_field=Value(name, text),
        unready_state=Cast(F(f"{name}_state"), text),
        unready_label=_label(kind, scope),
        unready_code=Cast(F(_CODED[kind]), text) if kind in _CODED else Value("", text),
        unready_has=Case(
            When(**{f"{name}_cy": ""}, then=Value("en")),
            When(**{f"{name}_en": ""}, then=Value("cy")),
            default=Value("cy en"),
            output_field=text,
        ),
    ).values_list("unready_kind", "unready_field", "pk", "unready_state", "unready_label", "unready_code", "unready_has")


def _label(kind: str, scope: Scope) -> Any:
    if kind in _NUMBERED:
        number = Number.objects.filter(plan=scope.plan, action=OuterRef(_NUMBERED[kind])).values("number")[:1]
        return Cast(Subquery(number), TextField())
    if kind == "one_language" and scope.rule:
        return Value(str(scope.rule.get_document_display()), output_field=TextField())
    if kind in LABELS:
        return Cast(F(LABELS[kind]), TextField())
    language = (get_language() or "en")[:2]
    called = _CALLED.get(kind, "title")
    other = "en" if language == "cy" else "cy"
    return Cast(Coalesce(NullIf(F(f"{called}_{language}"), Value("")), F(f"{called}_{other}")), TextField())


def _unready(scope: Scope, kind: str, field: str, pk: int, state: str, label: str, code: str, has: str) -> Unready:
    blocks = dict(pairs_of(kind, scope.fields)).get(field) is not As.SAID if kind not in _FIGURE else True
    return Unready(kind, pk, label, field, state, _url(scope, kind, pk, code or label), blocks, has)


def _url(scope: Scope, kind: str, pk: int, code: str) -> str:
    """The page on which the row is corrected; the plan's own page for rows that have none."""
    slug, plan = scope.partnership.slug, scope.plan.code if scope.plan else ""
    for view, arguments in _addresses(kind, pk, code, plan):
        try:
            return reverse(view, kwargs={"slug": slug, **arguments})
        except NoReverseMatch:
            continue
    return ""


def _addresses(kind: str, pk: int, code: str, plan: str) -> Iterator[tuple[str, dict[str, Any]]]:
    in_plan = {"section": "section", "priority": "priority", "objective": "objective", "outcome": "outcome", "part": "commitment"}
    if kind in ("who", "partnership"):
        yield "people:partnership", {}
    elif kind == "body":
        yield "people:body_edit", {"pk": pk}
    elif kind == "plan":
        yield "plan:edit_plan", {"code": plan}
    elif kind == "action":
        yield "plan:edit_action", {"code": plan, "number": int(code)}
    elif kind in ("update", "carry_over"):
        yield "plan:action", {"code": plan, "number": int(code)}
    elif kind in in_plan:
        yield "plan:correct", {"code": plan, "kind": in_plan[kind], "pk": pk}
    elif kind == "theme":
        yield "assessment:edit_theme", {"code": code}
    elif kind == "one_language":
        yield "publishing:one_language", {"document": code}
    elif kind == "duty":
        yield "assessment:edit_duty", {"pk": pk}
    elif kind in ("indicator", "measure", "observation"):
        yield f"indicators:edit_{kind}", {"pk": pk}
        yield "indicators:figures", {}
    if plan:
        yield "plan:plan", {"code": plan}
