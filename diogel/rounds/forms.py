"""Forms of a round: the answer that somebody types, whom it is passed to, and the round's own clock."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from diogel.analysis.periods import Quarter
from diogel.home import today
from diogel.people.editing import RowForm
from diogel.people.models import Person
from diogel.plan.carrying import MOST, NotCarried, carry, free_number
from diogel.plan.models import Number, Plan
from diogel.processes.actions.models import CarryOver, Rag
from diogel.words.quarters import quarter_name

from .answering import TYPED, statuses_for
from .asking import Askable, colleagues
from .clock import DAYS
from .models import Answer, Request, Round
from .running import set_clock

LONGEST = 5000


COLOURS = {
    Rag.RED.value: gettext_lazy("Red: needs action now"),
    Rag.AMBER.value: gettext_lazy("Amber: not finished, or no effect yet"),
    Rag.GREEN.value: gettext_lazy("Green: on track"),
    Rag.GREY.value: gettext_lazy("Grey: no suitable data"),
}
"""Whole, for a colour changes its place in a sentence from one language to the other."""


def _begun(choices: Any) -> list[tuple[str, Any]]:
    return [(code, capfirst(label)) for code, label in choices]


class AnswerForm(forms.Form):
    """What somebody says of one action. Nothing is required while it is a draft; what is missing is told when it is sent."""

    status = forms.ChoiceField(label=gettext_lazy("How far has it come?"), widget=forms.RadioSelect, required=False)
    rag = forms.ChoiceField(
        label=gettext_lazy("How does it go?"),
        help_text=gettext_lazy("This is another question: something may be under way and in trouble. Grey: there are no suitable data"),
        widget=forms.RadioSelect,
        required=False,
    )
    text = forms.CharField(
        label=gettext_lazy("What has happened?"),
        help_text=gettext_lazy("One or two sentences, without anybody’s name. The public can come to read them"),
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[MaxLengthValidator(LONGEST)],
        required=False,
    )
    percent = forms.IntegerField(
        label=gettext_lazy("Per cent done, where that can be said"),
        min_value=0,
        max_value=100,
        required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )
    milestone = forms.CharField(label=gettext_lazy("Or the milestone that was reached"), max_length=300, required=False)
    obstacle = forms.CharField(
        label=gettext_lazy("What stands in the way?"),
        help_text=gettext_lazy("For the board, not for the public"),
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[MaxLengthValidator(LONGEST)],
        required=False,
    )
    next_step = forms.CharField(
        label=gettext_lazy("What is the next step?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[MaxLengthValidator(LONGEST)],
        required=False,
    )
    next_on = forms.DateField(label=gettext_lazy("By when?"), widget=forms.SelectDateWidget, required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("The language in which you wrote"),
        choices=[("cy", "Cymraeg"), ("en", "English")],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )
    evidence = forms.FileField(
        label=gettext_lazy("A file that shows it"),
        help_text=gettext_lazy("PDF, Word, Excel or a picture, at most 10 MB. It is never published"),
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    LAST = ("status", "rag", "text", "percent", "milestone", "obstacle", "next_step")

    def __init__(self, data: Any = None, files: Any = None, *, answer: Answer, request: Request, **options: Any) -> None:
        initial = {name: getattr(answer, name) for name in TYPED} | {"seen": answer.version if answer.pk else 0}
        super().__init__(data, files, initial=initial, **options)
        self.fields["status"].choices = _begun(statuses_for(request))
        self.fields["rag"].choices = list(COLOURS.items())
        for name in ("text", "obstacle", "next_step", "milestone"):
            self.fields[name].widget.attrs["lang"] = answer.language

    def remember(self, version: int) -> None:
        """Let the form, drawn again, be saved against the version that stands now."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen"] = str(version)  # type: ignore[index]

    def typed(self) -> dict[str, Any]:
        """What can be kept: every field that reads as what it asks for."""
        return {name: self.cleaned_data[name] for name in TYPED if name in self.cleaned_data}


class TelephoneForm(AnswerForm):
    """What somebody told by telephone; of an update that was accepted also why it is corrected."""

    why = forms.CharField(
        label=gettext_lazy("Why the update is corrected"),
        help_text=gettext_lazy("It was accepted: what it said before is kept beside it"),
        max_length=500,
    )

    def __init__(self, *args: Any, request: Request, **options: Any) -> None:
        super().__init__(*args, request=request, **options)
        if not request.update.accepted_on:
            del self.fields["why"]


def _to_know() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Anything they should know"),
        help_text=gettext_lazy("Whoever is asked next reads it on the page of the action, and so does the co-ordinator"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
    )


class PassForm(forms.Form):
    """To whom an action goes instead: colleagues are named by their post, for whoever holds a forwarded link reads this too."""

    BACK = "back"
    to = forms.ChoiceField(label=gettext_lazy("Whose is it?"), widget=forms.RadioSelect)
    why = _to_know()
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, request: Request, person: Person, on: date) -> None:
        super().__init__(data, initial={"seen": request.version})
        self.people = {str(each.pk): each for each in colleagues(person, request.partnership, on) if each.post_cy or each.post_en}
        posts = [(key, _post(each)) for key, each in self.people.items()]
        self.fields["to"].choices = [*posts, (self.BACK, _("I do not know: back to the co-ordinator"))]


def _post(person: Person) -> str:
    post = (person.post_cy if get_language() == "cy" else person.post_en) or person.post_cy or person.post_en
    return post if person.email else _("%(post)s (has no e-mail address here: the co-ordinator rings them)") % {"post": post}


class AskForm(forms.Form):
    """Whom the co-ordinator asks instead."""

    person = forms.ChoiceField(label=gettext_lazy("Who is asked"))
    why = _to_know()
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, request: Request, on: date) -> None:
        super().__init__(data, initial={"seen": request.version, "person": request.person_id or ""})
        self.people = Askable(request.partnership, on).by_key
        named = sorted(self.people.values(), key=lambda each: (each.family, each.given))
        choices = [(str(each.pk), f"{each.given} {each.family}") for each in named]
        self.fields["person"].choices = [("", _("Nobody yet")), *choices]
        self.fields["person"].required = False

    def chosen(self) -> Person | None:
        key = self.cleaned_data["person"]
        return self.people[int(key)] if key else None


class ClockForm(RowForm):
    """The days of a round's clock, counted from the quarter's end."""

    class Meta:
        model = Round
        fields = ["request_day", "remind_days", "due_day", "escalate_day"]
        labels = {
            "request_day": gettext_lazy("Requests go out"),
            "remind_days": gettext_lazy("Reminders go out"),
            "due_day": gettext_lazy("Answers are due"),
            "escalate_day": gettext_lazy("What is still open goes to the priority lead"),
        }
        help_texts = dict.fromkeys(fields, gettext_lazy("Days after the quarter’s end")) | {
            "remind_days": gettext_lazy("Days after the quarter’s end, with commas")
        }
        widgets = {name: forms.TextInput(attrs={"class": "govuk-input--width-10"}) for name in fields}

    def save(self, commit: bool = True) -> Any:
        said = self.cleaned_data
        return set_clock(self.instance, by=self.by, seen=said["seen"], on=today(), **{name: said[name] for name in DAYS})


class CarryForm(RowForm):
    """Why an action was not done in time, and its number in the plan that takes it up."""

    pair_labels = {"reason": gettext_lazy("Why it was not done in time")}
    long_pairs = frozenset({"reason"})
    required_pairs = frozenset({"reason"})

    number = forms.IntegerField(min_value=1, max_value=MOST, label=gettext_lazy("Number in the plan that takes it up"))

    class Meta:
        model = CarryOver
        fields = ["months"]
        labels = {"months": gettext_lazy("By how many months it is late (optional)")}

    def __init__(self, *args: Any, held: Number, into: Plan, on: date, **options: Any) -> None:
        self.held, self.into, self.on = held, into, on
        super().__init__(*args, **options)

    def offer(self, partnership: Any) -> None:
        self.fields["number"].initial = free_number(self.into, self.held)

    def save(self, commit: bool = True) -> Any:
        said = self.cleaned_data
        try:
            return carry(
                self.held, self.into, number=said["number"], by=self.by, on=self.on, reason=(said["reason_cy"], said["reason_en"]),
                is_checked=bool(said.get("both_checked")), months=said["months"],
            )  # fmt: skip
        except NotCarried as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class PrepareForm(forms.Form):
    """Which quarter of which plan: only those that go together are offered, the plan in force first."""

    quarter = forms.ChoiceField(label=gettext_lazy("Plan and quarter"))

    def __init__(self, data: Any = None, *, offered: list[tuple[Plan, list[Quarter]]]) -> None:
        super().__init__(data)
        self.by_key = {f"{plan.code}/{quarter}": (plan, quarter) for plan, quarters in offered for quarter in quarters}
        self.fields["quarter"].choices = [
            (plan.pair("title").say() or plan.code, [(f"{plan.code}/{quarter}", quarter_name(str(quarter))) for quarter in quarters])
            for plan, quarters in offered
        ]

    def chosen(self) -> tuple[Plan, Quarter]:
        return self.by_key[self.cleaned_data["quarter"]]
