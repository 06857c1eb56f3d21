"""Choices of rows, named in the language of the page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from .writing import columns_of


def nothing_chosen(*, is_required: bool) -> Any:
    """What stands for no choice, in words: a row of dashes is read out as nothing."""
    return gettext_lazy("Choose one") if is_required else gettext_lazy("None of these")


class _Named:
    """Names a row by its number or code, where people know it by that, and its pair."""

    pair_name = "title"
    mark = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that name a row."""
        return (*columns_of(self.pair_name), *([self.mark] if self.mark else []))

    def label_from_instance(self, row: Any) -> str:
        said = row.pair(self.pair_name).say() or row.pair(self.pair_name).en or row.pair(self.pair_name).cy
        return f"{getattr(row, self.mark)} {said}" if self.mark else said


class OneOf(_Named, forms.ModelChoiceField):
    """One of `rows`; `name` is the pair that names a row, `mark` the column that stands before it."""

    def __init__(self, rows: Any, *, name: str = "title", mark: str = "", **options: Any) -> None:
        self.pair_name, self.mark = name, mark
        nothing = nothing_chosen(is_required=options.get("required", True))
        super().__init__(rows, **{"empty_label": nothing} | options)


class SomeOf(_Named, forms.ModelMultipleChoiceField):
    """Any number of `rows`, as checkboxes."""

    def __init__(self, rows: Any, *, name: str = "title", mark: str = "", **options: Any) -> None:
        self.pair_name, self.mark = name, mark
        super().__init__(rows, required=False, widget=forms.CheckboxSelectMultiple, **options)
