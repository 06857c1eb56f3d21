"""Forms of a consultation: the consultation itself, a comment as a partner or anyone sends it, and its answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from diogel.home import today
from diogel.people.editing import RowForm

from .models import Number, Plan, Priority
from .models_consulting import Answer, Comment, Consultation

LONGEST = 4000  # characters
NO_NAMES = _("Name no private person, and give nothing by which one could be known")


class ConsultationForm(RowForm):
    pair_labels = {"title": _("Title"), "about": _("What is asked, and of whom")}
    long_pairs = frozenset({"about"})
    required_pairs = frozenset({"title"})

    class Meta:
        model = Consultation
        fields = ["opens_on", "closes_on", "is_public"]
        labels = {"opens_on": _("First day"), "closes_on": _("Last day"), "is_public": _("Open to everyone, by a form on the public pages")}


class CommentForm(forms.Form):
    """What somebody says, and about which part of the plan."""

    about = forms.ChoiceField(label=_("What is it about?"))
    text = forms.CharField(
        max_length=LONGEST, label=_("What would you like to say?"), help_text=NO_NAMES, widget=forms.Textarea(attrs={"rows": 7})
    )

    def __init__(self, *args: Any, plan: Plan, **options: Any) -> None:
        super().__init__(*args, **options)
        self.plan = plan
        self.rows = {f"priority-{row.pk}": row for row in plan.priorities.standing()}
        held = plan.numbers.standing().filter(action__withdrawn_on=None, action__visibility__in=["public", "partnership"])
        self.rows |= {f"action-{row.pk}": row for row in held.select_related("action")}
        field: Any = self.fields["about"]
        field.choices = [("plan", gettext("The whole plan")), *self._groups()]

    def _groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        priorities = [(key, _line(row.number, row)) for key, row in self.rows.items() if isinstance(row, Priority)]
        actions = [(key, _line(row.number, row.action)) for key, row in self.rows.items() if isinstance(row, Number)]
        return [(name, some) for name, some in ((gettext("Priorities"), priorities), (gettext("Actions"), actions)) if some]

    def told(self) -> dict[str, Any]:
        """What `consulting.send` is told."""
        row = self.rows.get(self.cleaned_data["about"])
        return {
            "text": self.cleaned_data["text"],
            "language": (get_language() or "en")[:2],
            "priority": row if isinstance(row, Priority) else None,
            "numbered": row if isinstance(row, Number) else None,
        }


def _line(number: int, row: Any) -> str:
    """A number and its title, the title only where both halves were checked: anyone reads this."""
    pair = row.pair("title")
    return f"{number} {pair.say()}" if pair.is_checked else str(number)


class PublicComment(CommentForm):
    """What anyone may send without an account, and without saying who they are. `website` is a box that people do not see and programs
    fill in."""

    sent_as = forms.ChoiceField(
        required=False,
        label=_("You write as (optional)"),
        choices=[(value, capfirst(label)) for value, label in Comment.As.choices if value not in ("", "partner")],
        widget=forms.RadioSelect,
    )
    website = forms.CharField(required=False, label=_("Leave this box empty"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("website"):
            sent: Any = self.data
            self.data = sent.copy()
            self.data["website"] = ""  # type: ignore[index]
            raise ValidationError(
                gettext("A box that must stay empty was filled in, perhaps by your browser. It is empty again: send once more.")
            )
        return values

    def told(self) -> dict[str, Any]:
        return super().told() | {"sent_as": self.cleaned_data["sent_as"]}


class AnswerForm(RowForm):
    pair_labels = {"said": _("What was said, in our words"), "reply": _("What we did, and why")}
    long_pairs = frozenset(pair_labels)
    required_pairs = frozenset(pair_labels)
    pair_hints = {"said": _("Everyone reads this: no name, and nothing by which the writer could be known")}

    class Meta:
        model = Answer
        fields = ["verdict"]
        labels = {"verdict": _("What became of it")}
        widgets = {"verdict": forms.RadioSelect}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["verdict"]
        field.choices = [(value, capfirst(label)) for value, label in Answer.Verdict.choices]

    def save(self, commit: bool = True) -> Any:
        """An answer that was withdrawn stands again."""
        self.cleaned_data["withdrawn_on"] = None
        if not self.instance.pk:
            self.cleaned_data["answered_on"] = today()
        return super().save(commit)
