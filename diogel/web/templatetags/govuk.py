"""What the form templates need to write GOV.UK's markup: where an error points, and how it reads in the summary."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField, CheckboxSelectMultiple, MultiWidget, RadioSelect, SelectDateWidget

register = template.Library()


@register.filter
def error_target(field: BoundField) -> str:
    """The id of the first control of a field, so that the link in the summary puts the reader there."""
    widget, auto_id = field.field.widget, field.field.widget.attrs.get("id") or field.auto_id
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple, MultiWidget)):
        return f"{auto_id}_0"
    if isinstance(widget, SelectDateWidget):
        return f"{auto_id}_day"
    return field.id_for_label or auto_id


@register.filter
def error_line(field: BoundField, error: Any) -> str:
    """The error as the summary says it: with the field's label, where the words alone do not tell which field is meant."""
    plain = {str(message) for cls in type(field.field).__mro__ for message in getattr(cls, "default_error_messages", {}).values()}
    if str(error) not in plain:
        return str(error)
    label = str(field.label)
    return f"{label} {error}" if label.endswith("?") else f"{label}: {error}"
