"""Forms of the words desk: the two halves of one pair, and what the list is narrowed to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diogel.people.bodies import word_body
from diogel.people.editing import RowForm
from diogel.people.models import Body

from .row_kinds import Kind
from .words_list import BILINGUAL, DRAFT, MISSING, STALE

STATE_NAMES = {STALE: _("One half is stale"), MISSING: _("One half is missing"), DRAFT: _("Nobody has checked")}


class WordsForm(RowForm):
    """Both halves of one pair, and the word of whoever checked them."""

    only_words = True

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in self.pair_fields():
            if name[:-3] in self.long_pairs:
                self.fields[name].widget.attrs["rows"] = 10


class BodyWordsForm(WordsForm):
    """A body is shared: its words are written for every partnership it stands in."""

    def save(self, commit: bool = True) -> Body:
        values = self.cleaned_data
        pairs = {name: (values[f"{name}_cy"], values[f"{name}_en"]) for name in self.pair_labels}
        checked = tuple(pairs) if values.get("both_checked") else ()
        return word_body(by=self.by, body=self.instance, partnership=self.partnership, pairs=pairs, checked=checked, seen=values["seen"])


def form_of(kind: Kind, name: str) -> type[WordsForm]:
    """The form of the pair called `name`: its label and its room are those of the form in which the whole row is written."""
    meta = type("Meta", (), {"model": kind.model, "fields": []})
    words = {"pair_labels": {name: kind.label(name)}, "required_pairs": frozenset({name}), "Meta": meta}
    words["long_pairs"] = frozenset({name} if kind.is_long(name) else ())
    return type("PairForm", (BodyWordsForm if kind.model is Body else WordsForm,), words)


class NarrowForm(forms.Form):
    """What the list is narrowed to; a question that cannot be asked narrows nothing."""

    q = forms.CharField(required=False, max_length=100, label=_("Words"), widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}))
    state = forms.ChoiceField(required=False, label=_("State"))
    kind = forms.ChoiceField(required=False, label=_("Kind"))

    def __init__(self, *args: Any, kinds: set[str], **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["state"].choices = [("", _("All states")), *STATE_NAMES.items()]
        offered = [(key, kind.word) for key, kind in BILINGUAL.items() if key in kinds]
        fields["kind"].choices = [("", _("All kinds")), *offered]

    def wanted(self) -> dict[str, str]:
        """What was asked for and can be."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}
