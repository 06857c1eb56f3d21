"""Forms and pages that add, correct and withdraw a row: the same ones in every room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diogel.audit.models import Entry

from .access import May, may, require, require_write
from .choices import nothing_chosen
from .versions import StaleSave, version_of
from .writing import restore, withdraw, write


class RowForm(forms.ModelForm):
    """A form for one row. It knows its pairs, carries the version that was read, and saves through `write`."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # For each pair: (label, kind of field). A subclass fills these two.
    pair_labels: dict[str, Any] = {}
    long_pairs: frozenset[str] = frozenset()
    required_pairs: frozenset[str] = frozenset()
    pair_hints: dict[str, Any] = {}
    # Of a form that changes pairs and nothing else, more people may make use.
    only_words = False

    def __init__(self, *args: Any, by: Any, partnership: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by, self.partnership = by, partnership
        for name, label in self.pair_labels.items():
            # Whole patterns: in Welsh the name of a language changes after "in".
            self.fields[f"{name}_cy"] = self._half(name, "cy", _("%(label)s, in Welsh") % {"label": label})
            self.fields[f"{name}_en"] = self._half(name, "en", _("%(label)s, in English") % {"label": label})
        for field in self.fields.values():
            _dress(field)
        if self.pair_labels and may(by, May.CHECK_PAIRS, partnership):
            self.fields["both_checked"] = forms.BooleanField(
                required=False, label=gettext_lazy("I have checked that both languages say the same")
            )
        self.fields["seen"].initial = version_of(self.instance) if self.instance.pk else None
        self.order_fields([*self.pair_fields(), *[name for name in self.fields if name not in self.pair_fields()]])
        self.offer(partnership)

    def offer(self, partnership: Any) -> None:
        """Narrow choices to this partnership's own rows; a subclass with relations overrides it."""

    def _half(self, name: str, language: str, label: str) -> forms.Field:
        widget = (
            forms.Textarea(attrs={"rows": 4, "lang": language}) if name in self.long_pairs else forms.TextInput(attrs={"lang": language})
        )
        longest = None if name in self.long_pairs else self._meta.model._meta.get_field(f"{name}_{language}").max_length
        field = forms.CharField(
            label=label,
            required=False,
            widget=widget,
            max_length=longest,
            help_text=self.pair_hints.get(name, ""),
        )
        field.initial = getattr(self.instance, f"{name}_{language}")
        return field

    def pair_fields(self) -> list[str]:
        return [f"{name}_{language}" for name in self.pair_labels for language in ("cy", "en")]

    def rows(self) -> list[dict[str, Any]]:
        """The form as it is drawn: pairs side by side, everything else below one another."""
        drawn: list[dict[str, Any]] = []
        for name in self.pair_labels:
            drawn.append({"cy": self[f"{name}_cy"], "en": self[f"{name}_en"]})
        apart = set(self.pair_fields())
        drawn += [{"field": field} for field in self.visible_fields() if field.name not in apart]
        return drawn

    def clean(self) -> dict[str, Any]:
        """At least one half of what is required; the other may follow, and the pair waits for it."""
        values = super().clean() or {}
        for name in self.required_pairs:
            if not (values.get(f"{name}_cy") or values.get(f"{name}_en")):
                self.add_error(f"{name}_cy", _("Write this in Welsh or in English, better in both"))
        if self.instance.pk and "seen" in self.fields and values.get("seen") is None:
            raise ValidationError(
                _("This form has lost which version it was filled in from. Open the page again before you change anything")
            )
        if values.get("both_checked"):
            for name in self.pair_labels:
                cy, en = values.get(f"{name}_cy"), values.get(f"{name}_en")
                if bool(cy) != bool(en):
                    self.add_error(f"{name}_{'en' if cy else 'cy'}", _("This half is missing, so the two cannot have been checked"))
        return values

    def _post_clean(self) -> None:
        """The row is built and validated by `write`, which also knows the pairs; here only the fields are cleaned."""

    def save(self, commit: bool = True) -> Any:
        """Write the row as `by`; errors that only the row knows come back to the form as ValidationError."""
        values = dict(self.cleaned_data)
        seen = values.pop("seen", None)
        checked = self.pair_labels if values.pop("both_checked", False) else ()
        pairs = {name: (values.pop(f"{name}_cy"), values.pop(f"{name}_en")) for name in self.pair_labels}
        several = {field.name for field in self._meta.model._meta.many_to_many}
        many = {name: values.pop(name) for name in list(values) if name in several}
        known = {field.name for field in self._meta.model._meta.concrete_fields}
        columns = {name: value for name, value in values.items() if name in known}
        return write(self.instance, by=self.by, seen=seen, pairs=pairs, checked=checked, many=many, **columns)


def _dress(field: forms.Field) -> None:
    """Dates in three boxes; what stands for no choice in words."""
    if isinstance(field, forms.DateField) and type(field.widget) is forms.DateInput:
        field.widget = forms.SelectDateWidget()
    nothing = nothing_chosen(is_required=field.required)
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = nothing if field.empty_label is not None else None
    elif isinstance(field, forms.ChoiceField):
        choices: Any = field.choices  # as words of a sentence they begin small; one below the other they begin a line
        field.choices = [("", nothing) if value in ("", None) else (value, _begun(label)) for value, label in choices]


def _begun(label: Any) -> Any:
    """A label with a great first letter; a heading's own choices stay as they are."""
    return label if isinstance(label, list | tuple) else capfirst(label)


def edit_row(
    request: HttpRequest,
    form_class: Callable[..., RowForm],
    row: Any,
    *,
    title: str,
    back: str,
    done: Callable[[Any], str] | None = None,
    hint: str = "",
    template: str = "people/edit_row.html",
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """A page that adds or corrects one row. A stale save shows both texts and keeps what was typed; nothing is lost."""
    partnership = request.partnership  # type: ignore[attr-defined]
    require_write(request.user, row, partnership, only_words=getattr(form_class, "only_words", False))
    form = form_class(request.POST or None, request.FILES or None, instance=row, by=request.user, partnership=partnership)
    context = {"form": form, "title": title, "back": back, "row": row, "hint": hint, **(extra or {})}
    if request.method == "POST" and form.is_valid():
        try:
            saved = form.save()
            return redirect(done(saved) if done else back)
        except ValidationError as error:
            _tell(form, error)
        except StaleSave as stale:
            return _conflict(request, form_class, form, stale, context)
    return render(request, template, context, status=422 if form.errors else 200)


def _tell(form: RowForm, error: ValidationError) -> None:
    """Put each message at its field where the form has it, else above the form."""
    messages = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
    for name, texts in messages.items():
        form.add_error(name if name in form.fields else None, texts)


def _conflict(
    request: HttpRequest, form_class: Callable[..., RowForm], form: RowForm, stale: StaleSave, context: dict[str, Any]
) -> HttpResponse:
    """Both texts, side by side: what now stands, and what was typed. Saving again replaces what stands, knowingly."""
    current = stale.current
    data = request.POST.copy()
    data["seen"] = str(version_of(current))
    stands = type(form.instance)._default_manager.get(pk=form.instance.pk)
    again = form_class(data, instance=stands, by=form.by, partnership=form.partnership)
    differing = []
    for name, field in form.fields.items():
        if name in ("seen", "both_checked"):
            continue
        theirs, yours = _shown(field, _standing(current, again, name)), _shown(field, form.cleaned_data.get(name))
        if theirs != yours:
            language = name[-2:] if name[-3:] in ("_cy", "_en") else ""
            differing.append({"label": field.label, "theirs": theirs, "yours": yours, "language": language})
    context |= {"form": again, "differing": differing, "current": current, "changed_at": _changed_at(current), "empty_word": _("empty")}
    return render(request, "people/conflict.html", context, status=409)


def _standing(row: Any, form: RowForm, name: str) -> Any:
    """What now stands in a field: the row's own, or what the form finds beside it."""
    if hasattr(row, name) or name not in form.fields:
        return getattr(row, name, "")
    found = form.get_initial_for_field(form.fields[name], name)
    return form.fields[name].clean(found) if found and isinstance(form.fields[name], forms.ModelChoiceField) else found


def _shown(field: forms.Field, value: Any) -> str:
    """A value as its field would show it: the words of a choice, the day of a date."""
    if value is None or value == "":
        return ""
    if hasattr(value, "all"):
        value = value.all()
    if isinstance(field, forms.ModelChoiceField):
        rows = value if hasattr(value, "__iter__") else [value]
        return ", ".join(str(field.label_from_instance(row)) for row in rows)
    if isinstance(value, bool):
        return _("ticked") if value else _("not ticked")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, (list, tuple)):
        return ", ".join(_shown(field, each) for each in value)
    if isinstance(value, Decimal):
        value = f"{value.normalize():f}"  # stored with four places, typed with none: the same number
    return str(dict(getattr(field, "choices", [])).get(value, value))


def _changed_at(row: Any) -> datetime | None:
    """When the log last heard of `row`."""
    entry = Entry.objects.filter(subject=f"{row._meta.label_lower}:{row.pk}").first()
    return entry.at if entry else None


def _withdrawn(door: str) -> str:
    """What is said once a row is gone from the pages, with the way to bring it back."""
    link = '{} <a class="govuk-notification-banner__link" href="{}">{}</a>'
    return format_html(link, _("It is withdrawn, and kept."), door, _("Bring it back"))


def withdraw_row(request: HttpRequest, row: Any, *, title: str, back: str) -> HttpResponse:
    """A page that asks once, withdraws, and offers the way back; a withdrawn row is restored in the same place."""
    require(request.user, row.edited_with, request.partnership)  # type: ignore[attr-defined]
    context = {"row": row, "title": title, "back": back, "is_withdrawn": row.withdrawn_on is not None}
    if request.method == "POST":
        said = request.POST.get("seen", "")
        seen = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0  # no row stands at 0: what is no version is stale
        try:
            if row.withdrawn_on:
                restore(row, by=request.user, seen=seen)
                messages.success(request, _("It is back where it stood."))
            else:
                withdraw(row, by=request.user, seen=seen, reason=request.POST.get("reason", "")[:500])
                messages.success(request, _withdrawn(request.path))
            return redirect(back)
        except ValidationError as error:  # another row has taken its place meanwhile
            messages.warning(request, " ".join(error.messages))
            return redirect(back)
        except StaleSave as stale:
            current: Any = stale.current
            context |= {"is_stale": True, "row": current, "is_withdrawn": current.withdrawn_on is not None}
            return render(request, "people/withdraw_row.html", context, status=409)
    return render(request, "people/withdraw_row.html", context)
