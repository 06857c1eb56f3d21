"""Forms of the plan: one for each kind of row, all saved through the same writing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from diogel.assessment.models import Duty, Theme
from diogel.indicators.models import Indicator
from diogel.people.access import May, may
from diogel.people.choices import OneOf, SomeOf
from diogel.people.editing import RowForm
from diogel.people.models import Body, Group, Person
from diogel.processes.actions.models import Action, SubAction, Update
from diogel.processes.actions.progress import file_update
from diogel.records.models import Part

from .models import Lead, Number, Objective, Outcome, Plan, Principle, Priority, Report, Section, Source, Stated
from .numbering import STATUS_CHOICES, save_numbered
from .offering import choose_together, offer_together
from .wheel.years import years_of


class PlanForm(RowForm):
    pair_labels = {"title": _("Title"), "introduction": _("Introduction"), "monitoring": _("How it is monitored")}
    long_pairs = frozenset({"introduction", "monitoring"})
    required_pairs = frozenset({"title"})

    class Meta:
        model = Plan
        fields = ["code", "from_on", "to_on", "adopted_on"]
        labels = {
            "code": _("Short name, such as 2021-22"),
            "from_on": _("First day"),
            "to_on": _("Last day"),
            "adopted_on": _("Adopted on"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        """Its status moves by steps of its own; the day of adoption is corrected here once there is one."""
        super().__init__(*args, **options)
        if self.instance.status in (Plan.Status.DRAFT, Plan.Status.CONSULTATION):
            del self.fields["adopted_on"]


class SectionForm(RowForm):
    pair_labels = {"title": _("Heading")}
    required_pairs = frozenset({"title"})

    class Meta:
        model = Section
        fields = ["number", "code"]
        labels = {"number": _("Number"), "code": _("Short name for the address")}


class PriorityForm(RowForm):
    pair_labels = {"title": _("Title"), "heading": _("Second wording, where the plan uses one"), "summary": _("What the public will read")}
    long_pairs = frozenset({"summary"})
    required_pairs = frozenset({"title"})

    class Meta:
        model = Priority
        fields = ["number", "code", "listed", "themes"]
        widgets = {"themes": forms.CheckboxSelectMultiple, "listed": forms.RadioSelect}
        labels = {"number": _("Number"), "code": _("Short name for the address"), "listed": _("List"), "themes": _("Themes it answers")}

    def offer(self, partnership: Any) -> None:
        self.fields["themes"] = SomeOf(Theme.objects.to_choose(partnership), label=_("Themes it answers"))


class LeadForm(RowForm):
    """A role in a body; who holds the role today is nobody's business here."""

    pair_labels = {"role": _("Role that leads")}
    required_pairs = frozenset({"role"})
    pair_hints = {"role": _("A role, never a person’s name: this is read by the public")}

    class Meta:
        model = Lead
        fields = ["body"]

    def offer(self, partnership: Any) -> None:
        bodies = Body.objects.filter(memberships__partnership=partnership).distinct()
        self.fields["body"] = OneOf(bodies, label=_("Body that leads"), name="name")


class SourceForm(RowForm):
    pair_labels = {"title": _("Title"), "owner": _("Whose it is")}
    required_pairs = frozenset({"title"})

    class Meta:
        model = Source
        fields = ["code", "dated"]
        labels = {"code": _("Short name"), "dated": _("Date, as the source gives it")}


class StatedForm(RowForm):
    pair_labels = {"title": _("Priority, as the document words it")}
    required_pairs = frozenset({"title"})

    class Meta:
        model = Stated
        fields = ["priorities"]

    def offer(self, partnership: Any) -> None:
        ours = Priority.objects.standing().filter(plan=self.instance.source.plan)
        self.fields["priorities"] = SomeOf(ours, label=_("Priorities of this plan that answer it"), mark="number")


class PrincipleForm(RowForm):
    pair_labels = {"title": _("Title"), "statement": _("How this plan meets it")}
    long_pairs = frozenset({"statement"})
    required_pairs = frozenset({"title"})

    class Meta:
        model = Principle
        fields = ["kind", "code"]
        widgets = {"kind": forms.RadioSelect}
        labels = {"kind": _("Kind"), "code": _("Short name")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = Principle.Kind.choices


class ObjectiveForm(RowForm):
    pair_labels = {"title": _("Objective"), "heading": _("Heading above it")}
    long_pairs = frozenset({"title"})
    required_pairs = frozenset({"title"})

    class Meta:
        model = Objective
        fields = ["code", "priority", "direction"]
        labels = {"code": _("Number, such as 3.5"), "priority": _("Priority"), "direction": _("Direction that it states")}

    def offer(self, partnership: Any) -> None:
        self.fields["priority"] = OneOf(Priority.objects.standing().filter(plan=self.instance.plan), label=_("Priority"), mark="number")


class OutcomeForm(RowForm):
    pair_labels = {
        "outputs": _("Inputs and outputs, one a line"),
        "short": _("Outcome in the short term"),
        "medium": _("Outcome in the medium term"),
        "long": _("Outcome in the long term"),
    }
    long_pairs = frozenset(pair_labels)

    class Meta:
        model = Outcome
        fields = ["row", "theme", "duty", "cited", "awaits_an_indicator"]
        labels = {
            "row": _("Row in the table"),
            "theme": _("Theme"),
            "duty": _("Duty"),
            "cited": _("Number of the action"),
            "awaits_an_indicator": _("An early indicator is still to be found"),
        }

    def offer(self, partnership: Any) -> None:
        self.fields["theme"] = OneOf(Theme.objects.to_choose(partnership), label=_("Theme"), required=False)
        self.fields["duty"] = OneOf(Duty.objects.standing().filter(partnership=partnership), label=_("Duty"), required=False)


class ReportForm(RowForm):
    class Meta:
        model = Report
        fields = ["indicator", "priority", "objectives"]

    def offer(self, partnership: Any) -> None:
        plan = self.instance.plan
        self.fields["indicator"] = OneOf(
            Indicator.objects.standing().filter(measure__partnership=partnership), label=_("Indicator"), mark="code"
        )
        self.fields["priority"] = OneOf(Priority.objects.standing().filter(plan=plan), label=_("Priority"), required=False, mark="number")
        self.fields["objectives"] = SomeOf(Objective.objects.standing().filter(plan=plan), label=_("Objectives it shows"), mark="code")


class _LeadPersons(SomeOf):
    """Who answers for an action in person, from those who are on file here."""

    columns = ("given", "family")

    def __init__(self, partnership: Any) -> None:
        super().__init__(
            Person.objects.filter(holdings__partnership=partnership).distinct(), label=_("Lead persons: by name, never published")
        )

    def label_from_instance(self, row: Any) -> str:
        return f"{row.given} {row.family}"


class ActionForm(RowForm):
    """An action and the number that it bears in this plan, in one form and one transaction."""

    pair_labels = {"title": _("Title"), "text": _("What will be done"), "regional": _("Regional plan that it serves")}
    long_pairs = frozenset({"text", "regional"})
    required_pairs = frozenset({"title"})

    number = forms.IntegerField(min_value=1, max_value=999, label=_("Number in this plan"))
    year = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=_("Which year of the plan it belongs to"))
    is_cross_cutting = forms.BooleanField(required=False, label=_("Serves community safety as a whole, not one theme"))

    class Meta:
        model = Action
        fields = ["bodies", "areas", "group", "started_on", "promised_on"]

    def __init__(self, *args: Any, standing: Number, **options: Any) -> None:
        self.standing = standing
        super().__init__(*args, **options)

    def offer(self, partnership: Any) -> None:
        held = self.standing
        self.fields["number"].initial = held.number
        self.fields["is_cross_cutting"].initial = held.is_cross_cutting
        self.fields["started_on"].label, self.fields["promised_on"].label = _("Starts on"), _("To be done by")
        self._offer_years(held.plan, held)
        served = {
            "themes": SomeOf(Theme.objects.to_choose(partnership), label=_("Themes it serves")),
            "duties": SomeOf(Duty.objects.standing().filter(partnership=partnership), label=_("Duties it answers")),
            "priorities": SomeOf(held.plan.priorities.standing(), label=_("Priorities it serves")),
            "indicators": SomeOf(
                Indicator.objects.standing().filter(measure__partnership=partnership), label=_("Indicators that show it"), mark="code"
            ),
        }
        offered = self._of_action(partnership) | served
        self.fields |= offered
        offer_together(offered)
        if held.pk:
            chosen = {name: getattr(held, name).all() for name in served}
            if "owners" in offered:
                chosen["owners"] = Person.objects.filter(parts__record=held.action_id, parts__part=Part.Kind.OWNER)
            choose_together(offered, chosen)

    def _of_action(self, partnership: Any) -> dict[str, OneOf | SomeOf]:
        """Who answers for it and where it holds, and the heading under which it stands."""
        bodies = Body.objects.filter(memberships__partnership=partnership).distinct()
        groups = Group.objects.standing().filter(partnership=partnership)
        sections = self.standing.plan.sections.standing()
        return {
            "bodies": SomeOf(bodies, label=_("Bodies that lead"), name="name"),
            "areas": SomeOf(partnership.areas.all(), label=_("Areas"), name="name"),
            "group": OneOf(groups, label=_("Group that oversees it"), required=False, name="name"),
            **({"owners": _LeadPersons(partnership)} if may(self.by, May.SEE_PEOPLE, partnership) else {}),
            "section": OneOf(sections, label=_("Heading in the plan"), required=False, initial=self.standing.section),
        }

    def clean(self) -> dict[str, Any]:
        """A plan that is closed takes no more actions."""
        if self.standing.plan.status == Plan.Status.CLOSED and not self.instance.pk:
            raise forms.ValidationError(_("This plan is closed. Open it again, with a reason, before you add an action to it."))
        return super().clean()

    def _offer_years(self, plan: Plan, held: Number) -> None:
        """Of a plan for several years; an action without a year belongs to all of them."""
        years = years_of(plan.from_on, plan.to_on)
        if len(years) < 2:
            del self.fields["year"]
            return
        days = [
            (number, f"{number}: {date_format(first, 'j F Y')} – {date_format(last, 'j F Y')}")
            for number, (first, last) in enumerate(years, 1)
        ]
        self.fields["year"].choices = [("", _("All years of the plan")), *days]
        self.fields["year"].initial = held.year

    def clean_number(self) -> int:
        number = self.cleaned_data["number"]
        taken = Number.objects.filter(plan=self.standing.plan, number=number).exclude(pk=self.standing.pk)
        if taken.exists():
            raise forms.ValidationError(_("Another action of this plan bears this number. Choose one that is free"))
        return number

    def save(self, commit: bool = True) -> Any:
        with transaction.atomic():
            return save_numbered(self, super().save)


class SubActionForm(RowForm):
    pair_labels = {"title": _("Commitment")}
    long_pairs = frozenset({"title"})
    required_pairs = frozenset({"title"})

    class Meta:
        model = SubAction
        fields = ["code", "body", "status"]
        labels = {"code": _("Number, such as 6a"), "status": _("Status")}

    def offer(self, partnership: Any) -> None:
        bodies = Body.objects.filter(memberships__partnership=partnership).distinct()
        self.fields["body"] = OneOf(bodies, label=_("Body that leads"), required=False, name="name")
        self.fields["status"] = forms.ChoiceField(label=_("Status"), choices=STATUS_CHOICES, initial="agreed")


class UpdateForm(RowForm):
    """How an action stands this quarter. Status and RAG are two questions."""

    pair_labels = {
        "text": _("What has happened"),
        "obstacle": _("What stands in the way"),
        "next_step": _("Next step"),
        "milestone": _("Milestone reached"),
    }
    long_pairs = frozenset({"text", "obstacle", "next_step"})

    class Meta:
        model = Update
        fields = ["status", "rag", "percent", "next_on"]
        widgets = {"rag": forms.RadioSelect}
        labels = {
            "rag": _("How it goes"),
            "percent": _("Per cent done, where that can be said"),
            "next_on": _("Next step by"),
        }

    def offer(self, partnership: Any) -> None:
        self.fields["status"] = forms.ChoiceField(choices=STATUS_CHOICES, label=_("Status"), widget=forms.RadioSelect)
        self.fields["percent"].min_value, self.fields["percent"].max_value = 0, 100
        if self.instance.accepted_on:
            self.fields["correction"] = forms.CharField(
                label=_("Why is it corrected?"),
                help_text=_("This update was accepted. What it said before is kept beside the correction"),
                widget=forms.Textarea(attrs={"rows": 2}),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        stuck = values.get("status") in ("on_hold", "blocked", "carried_forward")
        if stuck and not (values.get("obstacle_cy") or values.get("obstacle_en")):
            self.add_error("obstacle_cy", _("Say what stands in the way: this status needs its reason"))
        return values

    def save(self, commit: bool = True) -> Any:
        values = dict(self.cleaned_data)
        pairs = {name: (values.pop(f"{name}_cy"), values.pop(f"{name}_en")) for name in self.pair_labels}
        checked = self.pair_labels if values.pop("both_checked", False) else ()
        seen = values.pop("seen", None)
        return file_update(self.instance, by=self.by, seen=seen, pairs=pairs, checked=checked, **values)
