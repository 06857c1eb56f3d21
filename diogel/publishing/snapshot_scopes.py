"""Which rows a snapshot tells of: what stands, belongs to it and is not kept to a few. The readers and the checks both begin here."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from itertools import chain

from django.db.models import OuterRef, Q, QuerySet, Subquery

from diogel.assessment.models import Assessment, Theme
from diogel.indicators.models import Indicator, Measure, Observation
from diogel.people.access import Visibility
from diogel.people.models import Body, Partnership
from diogel.places.models import Area
from diogel.plan.models import Lead, Plan, Stated
from diogel.processes.actions.models import Action, SubAction, Update

from .counts_of_figures import is_part
from .models import OneLanguage
from .one_language import language_of
from .snapshot_fields import ALLOWED, Fields

HIDDEN = (Visibility.GROUP, Visibility.CASE)


@dataclass(frozen=True)
class Scope:
    """Rows by kind, and the allow-list by which they leave. `parts` gives, by an indicator's own measure, the measures in which it is
    reported; `columns` are the heads under which figures stand; `key`, where there is one, says all on which the rows depend; `rule` is
    there where the document is in one language."""

    partnership: Partnership
    rows: dict[str, QuerySet]
    plan: Plan | None = None
    parts: dict[int, list[int]] = field(default_factory=dict)
    fields: Fields = field(default_factory=lambda: ALLOWED)
    columns: tuple[str, ...] = ("Latest figure",)
    key: Hashable = None
    rule: OneLanguage | None = None

    @property
    def only(self) -> str:
        """The one language of the document, or nothing."""
        return language_of(self.rule)


def partnership_scope(partnership: Partnership) -> Scope:
    """The partnership, its areas, and the bodies that are or were its members, with those that followed them."""
    member = Q(memberships__partnership=partnership, memberships__is_member=True)
    followed = Q(predecessors__in=Body.objects.filter(member))
    rows = {
        "partnership": Partnership.objects.filter(pk=partnership.pk),
        "area": Area.objects.filter(partnerships=partnership),
        "body": Body.objects.filter(member | followed).distinct(),
    }
    return Scope(partnership, rows, key=("partnership", partnership.pk))


def plan_scope(plan: Plan) -> Scope:
    """Everything that stands in the plan, the themes of the assessment that counts, and the newest figure of each measure.

    Actions that only a group or a few named people may see are no part of it."""
    numbers = plan.numbers.standing().filter(action__withdrawn_on=None).exclude(action__visibility__in=HIDDEN)
    actions = Action.objects.filter(numbers__in=numbers.order_by())
    sub_actions = SubAction.objects.standing().filter(action__in=actions.order_by())
    leads = Lead.objects.standing().filter(priority__in=plan.priorities.standing().order_by())
    latest = Assessment.objects.foremost().filter(partnership=plan.partnership_id).values("pk")[:1]
    indicators = Indicator.objects.standing().filter(reports__in=plan.reports.standing().order_by()).distinct()
    parts = _parts(plan, indicators)
    measures = Measure.objects.filter(pk__in=[pk for group in parts.values() for pk in group])
    rows: dict[str, QuerySet] = {
        "who": Partnership.objects.filter(pk=plan.partnership_id),
        "plan": Plan.objects.filter(pk=plan.pk),
        "section": plan.sections.standing(),
        "priority": plan.priorities.standing(),
        "lead": leads,
        "objective": plan.objectives.standing(),
        "number": numbers,
        "action": actions,
        "part": sub_actions,
        "update": _newest_updates(actions),
        "theme": Theme.objects.standing().filter(assessment__in=latest),
        "duty": plan.partnership.duties.standing(),
        "outcome": plan.outcomes.standing(),
        "indicator": indicators,
        "measure": measures,
        "observation": _newest_observations(measures),
        "source": plan.sources.standing(),
        "stated": Stated.objects.standing().filter(source__in=plan.sources.standing().order_by()),
        "principle": plan.principles.standing(),
        "body": _bodies(actions, sub_actions, leads),
        "area": Area.objects.filter(actions__in=actions.order_by()).distinct(),
    }
    key = "plan", plan.pk, plan.partnership_id, tuple(sorted(chain.from_iterable(parts.values())))
    return Scope(plan.partnership, rows, plan, parts, key=key)


def _bodies(*rows: QuerySet) -> QuerySet:
    actions, sub_actions, leads = rows
    named = Q(actions__in=actions.order_by()) | Q(pk__in=sub_actions.order_by().values("body")) | Q(pk__in=leads.order_by().values("body"))
    return Body.objects.filter(named).distinct()


def _newest_updates(actions: QuerySet) -> QuerySet:
    filed = Update.objects.filter(withdrawn_on=None, state=Update.State.FILED)
    newest = filed.filter(action=OuterRef("action")).order_by("-quarter").values("pk")[:1]
    return filed.filter(action__in=actions.order_by(), pk=Subquery(newest))


def _newest_observations(measures: QuerySet) -> QuerySet:
    newest = Observation.objects.standing().filter(measure=OuterRef("measure")).order_by("-to_on", "-from_on", "-pk").values("pk")[:1]
    return Observation.objects.standing().filter(measure__in=measures.order_by(), pk=Subquery(newest))


def _parts(plan: Plan, indicators: QuerySet) -> dict[int, list[int]]:
    """By the measure an indicator names: the measures it is reported in. Those whose code is its own with letters after it, else itself."""
    known = dict(plan.partnership.measures.standing().order_by("code").values_list("code", "pk"))
    own = {measure: code for code, measure in known.items()}
    found: dict[int, list[int]] = {}
    for measure, code in indicators.order_by().values_list("measure", "measure__code"):
        if measure in own:
            found[measure] = [pk for other, pk in known.items() if is_part(other, code)] or [measure]
    return found
