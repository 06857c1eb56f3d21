"""Gives every Django form the markup of GOV.UK Frontend: classes here, shape in `templates/django/forms`."""

from __future__ import annotations

from typing import Any

from django.forms.renderers import TemplatesSetting

# The class each control wears, by the `type` of its input or the name of its template.
CLASSES = {
    "text": "govuk-input", "email": "govuk-input", "tel": "govuk-input", "url": "govuk-input", "search": "govuk-input",
    "number": "govuk-input", "password": "govuk-input", "date": "govuk-input", "time": "govuk-input", "datetime-local": "govuk-input",
    "file": "govuk-file-upload", "checkbox": "govuk-checkboxes__input", "radio": "govuk-radios__input",
    "textarea": "govuk-textarea", "select": "govuk-select",
}  # fmt: skip
TURN_RED = {"govuk-input", "govuk-textarea", "govuk-select", "govuk-file-upload"}
BOXES = {"radio": "radios", "checkbox_select": "checkboxes"}
# A placeholder vanishes as one types, and belongs in the hint. What is required the page says itself, in its own language:
# the browser's bubble speaks the browser's.
UNWORN = ("placeholder", "required")
PARTS = ("day", "month", "year")


class GovukRenderer(TemplatesSetting):
    """Django's templates through our own folder; each widget is dressed on its way in, so that forms name no class."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if "widget" in context:
            context = {**context, "widget": dress(context["widget"], template_name)}
        return super().render(template_name, context, request)


def dress(widget: dict[str, Any], template_name: str) -> dict[str, Any]:
    """The widget's context with GOV.UK's classes and attributes; what it came with is left alone and not changed in place."""
    kind = template_name.rsplit("/", 1)[-1].removesuffix(".html")
    dressed = {**widget, "attrs": dict(widget["attrs"])}
    if kind == "select_date":
        return {**dressed, "parts": _date_parts(dressed)}
    if kind in BOXES:
        return {**dressed, "box": BOXES[kind], "optgroups": _dressed_options(widget["optgroups"], BOXES[kind])}
    _classes(dressed["attrs"], CLASSES.get(widget.get("type") or kind, CLASSES.get(kind, "")))
    for name in UNWORN:
        dressed["attrs"].pop(name, None)
    if kind == "textarea":
        return _counted(dressed)
    if widget.get("type") == "number":
        return _digits(dressed)
    if widget.get("type") == "password":
        dressed["attrs"].update({"spellcheck": "false", "autocapitalize": "none"})
    return dressed


def _classes(attrs: dict[str, Any], wears: str) -> None:
    if not wears:
        return
    wrong = f"{wears}--error" if attrs.get("aria-invalid") and wears in TURN_RED else ""
    attrs["class"] = " ".join(filter(None, [wears, wrong, attrs.get("class", "")]))


def _digits(widget: dict[str, Any]) -> dict[str, Any]:
    """A number is typed as text: browsers drop what they cannot read from `type=number`, and its arrows change it by accident."""
    attrs = {name: value for name, value in widget["attrs"].items() if name not in ("min", "max", "step")}
    step = str(widget["attrs"].get("step", "1"))
    attrs["inputmode"] = "numeric" if step.isdigit() else "decimal"
    return {**widget, "type": "text", "attrs": attrs}


def _counted(widget: dict[str, Any]) -> dict[str, Any]:
    """The limit is said below the box and never cuts what is pasted: too long is an error that keeps the text."""
    attrs = widget["attrs"]
    limit = attrs.pop("maxlength", None)
    # Django's own ten rows are what nobody asked for; the width is the column's.
    attrs["rows"] = 5 if attrs.get("rows", "10") == "10" else attrs["rows"]
    attrs.pop("cols", None)
    if limit is None or "id" not in attrs:
        return widget
    limit_id = f"{attrs['id']}_limit"
    attrs["aria-describedby"] = " ".join(filter(None, [attrs.get("aria-describedby", ""), limit_id]))
    return {**widget, "limit": int(limit), "limit_id": limit_id}


def _dressed_options(groups: list[Any], box: str) -> list[Any]:
    def worn(option: dict[str, Any]) -> dict[str, Any]:
        attrs = {name: value for name, value in option["attrs"].items() if name not in UNWORN}
        return {**option, "attrs": {**attrs, "class": f"govuk-{box}__input"}}

    return [(name, [worn(option) for option in options], index) for name, options, index in groups]


def _date_parts(widget: dict[str, Any]) -> list[dict[str, Any]]:
    """Day, month, year as three boxes to type in, in that order in both languages; Django's own widget reads them back."""
    name, auto_id = widget["name"], widget["attrs"].get("id", f"id_{widget['name']}")
    is_wrong = bool(widget["attrs"].get("aria-invalid"))
    return [
        {"name": part, "field": f"{name}_{part}", "id": f"{auto_id}_{part}", "value": widget["value"][part], "is_wrong": is_wrong}
        for part in PARTS
    ]
