"""Every kind of row that a partnership writes: what it is called, how one is told from its neighbours, and the page on which it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diogel.assessment import forms as assessment_forms
from diogel.assessment import forms_scoring as scoring_forms
from diogel.assessment import models as assessment
from diogel.indicators import forms as indicator_forms
from diogel.indicators import models as indicators
from diogel.indicators.own_area import OwnArea
from diogel.indicators.places_forms import PlaceForm
from diogel.indicators.unusual_forms import AnswerForm
from diogel.people import forms as people_forms
from diogel.people import models as people
from diogel.people.access import Installation
from diogel.places.models import Area
from diogel.plan import forms as plan_forms
from diogel.plan import forms_consulting, forms_duties, forms_life, forms_regional, forms_steps, forms_wheel
from diogel.plan import models as plan
from diogel.processes.actions import models as actions
from diogel.processes.tensions.models import Tension
from diogel.publishing.forms import OneLanguageForm
from diogel.publishing.models import OneLanguage
from diogel.rounds import forms as round_forms
from diogel.rounds.models import Round


@dataclass(frozen=True)
class Kind:
    """One kind of row. `named` is the pair that names it, `mark` the column beside that, both perhaps of a row that it hangs on;
    `form` gives its pairs their labels, `labels` those that no form has."""

    model: Any
    word: Any
    room: str
    named: str = "title"
    mark: str = ""
    form: Any = None
    where: Callable[[Any, str], str] = lambda _row, _slug: ""  # from the row and the slug of the partnership
    labels: Mapping[str, Any] = field(default_factory=dict)
    long: frozenset[str] = frozenset()
    comes_back: bool = True  # whether a person, and not only a look at the data, brings a withdrawn one back

    @property
    def keeps_withdrawn(self) -> bool:
        return _has(self.model, "withdrawn_on")

    def label(self, name: str) -> Any:
        """What the pair called `name` is called."""
        return self.labels[name] if name in self.labels else self.form.pair_labels[name]

    def is_long(self, name: str) -> bool:
        return name in self.long or bool(self.form and name in self.form.long_pairs)

    def rows(self, user: Any, partnership: Any) -> QuerySet:
        """Those of this partnership that `user` may see, withdrawn ones too; the installation itself sees all."""
        if self.model is people.Body:  # shared by all: its standing here leads to it
            return people.Body.objects.filter(memberships__partnership=partnership).distinct()
        seen = self.model.objects.all() if isinstance(user, Installation) else self.model.objects.visible_to(user)
        rows: QuerySet = seen.filter(**{self.model.partnership_path: partnership.pk})
        return rows.filter(kind=Area.Kind.OWN).distinct() if self.model is OwnArea else rows  # all other areas are loaded, not written

    def standing(self, user: Any, partnership: Any) -> QuerySet:
        """Those of `rows` that nobody has withdrawn, nor what they hang on."""
        above = {f"{path}__withdrawn_on": None for path in _above(self.model)}
        rows: Any = self.rows(user, partnership).filter(**above)
        return rows.standing() if self.keeps_withdrawn else rows


def _has(model: Any, name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


def _above(model: Any) -> list[str]:
    """Paths to the rows that one of `model` hangs on and that can be withdrawn, up to the partnership."""
    found, steps = [], getattr(model, "partnership_path", "").split("__")[:-1]
    for at, step in enumerate(steps):
        model = model._meta.get_field(step).related_model
        if _has(model, "withdrawn_on"):
            found.append("__".join(steps[: at + 1]))
    return found


def _page(view: str, *columns: str) -> Callable[[Any, str], str]:
    """The address of a page of the desk, with these columns of the row in it."""

    def where(row: Any, slug: str) -> str:
        return reverse(view, args=[slug, *(_value(row, column) for column in columns)])

    return where


def _value(row: Any, path: str) -> Any:
    for step in path.split("."):
        row = getattr(row, step)
    return row


def _action_page(path: str) -> Callable[[Any, str], str]:
    """The page of an action under its number in the newest plan; none where no plan has it."""

    def where(row: Any, slug: str) -> str:
        action = _value(row, path) if path else row
        held = plan.Number.objects.standing().filter(action=action.pk, plan__withdrawn_on=None).select_related("plan")
        newest = held.order_by("-plan__from_on").first()
        return reverse("plan:action", args=[slug, newest.plan.code, newest.number]) if newest else ""

    return where


def _of_newest_plan(view: str) -> Callable[[Any, str], str]:
    """A page of the partnership's newest plan, on which stands what hangs on no one plan."""

    def where(row: Any, slug: str) -> str:
        newest = plan.Plan.objects.standing().filter(partnership=row.partnership).first()
        return reverse(view, args=[slug, newest.code]) if newest else ""

    return where


_money_page, _regional_page, _ventures_page = (_of_newest_plan(f"plan:{name}") for name in ("money", "regional", "ventures"))


def _evidence_page(row: Any, slug: str) -> str:
    theme = row.themes.standing().first()
    return reverse("assessment:theme", args=[slug, theme.code]) if theme else reverse("assessment:themes", args=[slug])


_THEMES, _MEASURE = _page("assessment:themes"), _page("indicators:measure", "measure.code")
_PLAN, _SOURCES = _page("plan:plan", "plan.code"), _page("plan:sources", "plan.code")

KINDS: dict[str, Kind] = {
    "partnership": Kind(
        people.Partnership, _("Partnership"), "people", "place", form=people_forms.PartnershipForm, where=_page("people:groups")
    ),
    "plan": Kind(plan.Plan, _("Plan"), "plan", form=plan_forms.PlanForm, where=_page("plan:plan", "code")),
    "section": Kind(plan.Section, _("Heading"), "plan", mark="number", form=plan_forms.SectionForm, where=_PLAN),
    "priority": Kind(
        plan.Priority, _("Priority"), "plan", mark="number", form=plan_forms.PriorityForm, where=_page("plan:priority", "plan.code", "code")
    ),
    "lead": Kind(
        plan.Lead, _("Lead"), "plan", "role", form=plan_forms.LeadForm, where=_page("plan:priority", "priority.plan.code", "priority.code")
    ),
    "objective": Kind(
        plan.Objective,
        _("Objective"),
        "plan",
        mark="code",
        form=plan_forms.ObjectiveForm,
        where=_page("plan:priority", "plan.code", "priority.code"),
    ),
    "action": Kind(actions.Action, _("Action"), "plan", form=plan_forms.ActionForm, where=_action_page("")),
    "number": Kind(plan.Number, _("Number of an action"), "plan", "action__title", "number", where=_PLAN),
    "commitment": Kind(
        actions.SubAction, _("Commitment"), "plan", mark="code", form=plan_forms.SubActionForm, where=_action_page("action")
    ),
    "update": Kind(
        actions.Update, _("Update"), "plan", "action__title", "quarter", form=plan_forms.UpdateForm, where=_action_page("action")
    ),
    "carry-over": Kind(
        actions.CarryOver,
        _("Carry-over"),
        "plan",
        "action__title",
        "from_plan",
        where=_action_page("action"),
        labels={"reason": _("Why it was carried over")},
        long=frozenset({"reason"}),
    ),
    "outcome": Kind(
        plan.Outcome, _("Outcome row"), "plan", "", "row", form=plan_forms.OutcomeForm, where=_page("plan:outcomes", "plan.code")
    ),
    "report": Kind(
        plan.Report, _("Place of an indicator"), "plan", "indicator__title", "indicator__code", where=_page("plan:priorities", "plan.code")
    ),
    "source": Kind(plan.Source, _("Source"), "plan", form=plan_forms.SourceForm, where=_SOURCES),
    "stated": Kind(
        plan.Stated, _("Priority of a source"), "plan", form=plan_forms.StatedForm, where=_page("plan:sources", "source.plan.code")
    ),
    "principle": Kind(plan.Principle, _("Way of working or test"), "plan", form=plan_forms.PrincipleForm, where=_SOURCES),
    "consultation": Kind(
        plan.Consultation,
        _("Consultation"),
        "plan",
        form=forms_consulting.ConsultationForm,
        where=_page("plan:consultation", "plan.code", "pk"),
    ),
    "comment": Kind(
        plan.Comment,
        _("Comment on a plan"),
        "plan",
        "consultation__title",
        "number",
        where=_page("plan:consultation", "consultation.plan.code", "consultation.pk"),
    ),
    "answer": Kind(
        plan.Answer,
        _("Answer to a comment"),
        "plan",
        "",
        "comment__number",
        form=forms_consulting.AnswerForm,
        where=_page("plan:consultation", "comment.consultation.plan.code", "comment.consultation.pk"),
    ),
    "let-stand": Kind(
        plan.LetStand, _("Finding that stands"), "plan", "", "rule", form=forms_life.LetStandForm, where=_page("plan:life", "plan.code")
    ),
    "milestone": Kind(plan.Milestone, _("Milestone"), "plan", form=forms_steps.MilestoneForm, where=_action_page("action")),
    "dependency": Kind(
        plan.Dependency,
        _("What an action waits for"),
        "plan",
        "action__title",
        form=forms_steps.DependencyForm,
        where=_action_page("action"),
    ),
    "funding": Kind(plan.Funding, _("Bid or grant"), "plan", mark="code", form=forms_steps.FundingForm, where=_money_page),
    "round": Kind(Round, _("Round of updates"), "plan", "", "quarter", form=round_forms.ClockForm, where=_page("rounds:round", "pk")),
    "proof": Kind(
        plan.Proof, _("How a duty is met"), "plan", "duty__title", form=forms_duties.ProofForm, where=_page("plan:duties", "plan.code")
    ),
    "judgement": Kind(
        plan.Judgement,
        _("Judgement of a test"),
        "plan",
        "principle__title",
        form=forms_duties.JudgementForm,
        where=_page("plan:weighed", "plan.code"),
    ),
    "consideration": Kind(
        plan.Consideration,
        _("How an action was weighed"),
        "plan",
        "action__title",
        "of",
        form=forms_duties.ConsiderationForm,
        where=_action_page("action"),
    ),
    "venture": Kind(
        plan.Venture,
        _("Service development, study or pilot"),
        "plan",
        "action__title",
        form=forms_regional.VentureForm,
        where=_action_page("action"),
    ),
    "regional": Kind(
        plan.RegionalItem, _("Regional commitment"), "plan", mark="code", form=forms_regional.RegionalItemForm, where=_regional_page
    ),
    "adoption": Kind(
        plan.Adoption, _("What a county makes of it"), "plan", "item__title", form=forms_regional.AdoptionForm, where=_regional_page
    ),
    "escalation": Kind(plan.Escalation, _("Difficulty that was raised"), "plan", form=forms_regional.EscalationForm, where=_regional_page),
    "review": Kind(
        plan.GroupReview, _("Review of a group"), "plan", "group__name", form=forms_regional.GroupReviewForm, where=_ventures_page
    ),
    "year-step": Kind(plan.YearStep, _("Step of the year"), "plan", form=forms_wheel.YearStepForm, where=_page("plan:wheel", "plan.code")),
    "assessment": Kind(
        assessment.Assessment, _("Assessment"), "assessment", form=assessment_forms.AssessmentForm, where=_page("assessment:year", "pk")
    ),
    "theme": Kind(
        assessment.Theme,
        _("Theme"),
        "assessment",
        form=assessment_forms.ThemeForm,
        where=_page("assessment:year_theme", "assessment.pk", "code"),
    ),
    "evidence": Kind(
        assessment.Evidence, _("Evidence"), "assessment", "statement", form=assessment_forms.EvidenceForm, where=_evidence_page
    ),
    "score": Kind(
        assessment.Score,
        _("Score"),
        "assessment",
        "theme__title",
        form=scoring_forms.ScoreForm,
        where=_page("assessment:agreeing", "theme.assessment.pk", "theme.code"),
    ),
    "statutory-section": Kind(
        assessment.StatutorySection,
        _("Section of an assessment"),
        "assessment",
        "assessment__title",
        "about",
        form=assessment_forms.SectionForm,
        where=_page("assessment:section", "assessment.pk", "about"),
    ),
    "data-request": Kind(
        assessment.DataRequest,
        _("Request for evidence"),
        "assessment",
        "what",
        form=assessment_forms.RequestForm,
        where=_page("assessment:year", "assessment.pk"),
    ),
    "method": Kind(
        assessment.Method,
        _("Method of scoring"),
        "assessment",
        "name",
        form=scoring_forms.MethodForm,
        where=_page("assessment:method", "pk"),
    ),
    "dissent": Kind(
        assessment.Dissent,
        _("Dissent"),
        "assessment",
        "theme__title",
        form=scoring_forms.DissentForm,
        where=_page("assessment:agreeing", "theme.assessment.pk", "theme.code"),
    ),
    "duty": Kind(assessment.Duty, _("Duty"), "assessment", form=assessment_forms.DutyForm, where=_THEMES),
    "claim": Kind(
        assessment.Claim,
        _("Claim"),
        "assessment",
        "statement",
        labels={"statement": _("What it says"), "source": _("Source")},
        long=frozenset({"statement"}),
    ),
    "indicator": Kind(indicators.Indicator, _("Indicator"), "indicators", mark="code", form=indicator_forms.IndicatorForm, where=_MEASURE),
    "measure": Kind(
        indicators.Measure,
        _("Measure"),
        "indicators",
        mark="code",
        form=indicator_forms.MeasureForm,
        where=_page("indicators:measure", "code"),
    ),
    "figure": Kind(
        indicators.Observation,
        _("Figure"),
        "indicators",
        "measure__title",
        "measure__code",
        form=indicator_forms.ObservationForm,
        where=_MEASURE,
    ),
    "survey": Kind(
        indicators.Wave, _("Round of a survey"), "indicators", form=indicator_forms.WaveForm, where=_page("indicators:wave", "code")
    ),
    "event": Kind(indicators.Context, _("Dated event"), "indicators", form=indicator_forms.ContextForm, where=_page("indicators:context")),
    "place": Kind(OwnArea, _("Place"), "indicators", "name", form=PlaceForm, where=_page("places:places")),
    "card": Kind(
        indicators.Card,
        _("Unusual figure"),
        "indicators",
        "area__name",
        "crime_type",
        form=AnswerForm,
        where=_page("unusual:card", "pk"),
        comes_back=False,
    ),
    "tension": Kind(Tension, _("Tension report"), "tensions", "", "reference", where=_page("tensions:tension", "pk")),
    "group": Kind(people.Group, _("Group"), "people", "name", form=people_forms.GroupForm, where=_page("people:group", "pk")),
    "document": Kind(
        people.Owned, _("Document of a group"), "people", form=people_forms.OwnedForm, where=_page("people:group", "group.pk")
    ),
    "body": Kind(people.Body, _("Body"), "people", "name", form=people_forms.BodyForm, where=_page("people:bodies")),
    "one-language": Kind(
        OneLanguage, _("Document in one language"), "publishing", "", "document", form=OneLanguageForm, where=_page("publishing:languages")
    ),
}
