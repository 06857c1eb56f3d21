"""The house keeps its own rules."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.forms import BaseForm
from django.urls import get_resolver
from django.utils.functional import Promise

from diogel.people.models import Person
from diogel.records.models import Record

ROOT = Path(__file__).resolve().parent.parent
CODE = [path for path in sorted((ROOT / "diogel").rglob("*.py")) if "migrations" not in path.parts]
OURS = [path for path in CODE if "tests" not in path.parts]

SPINE = {
    "id", "version", "withdrawn_on", "kind", "reference", "partnership", "area", "lead_body", "group", "status", "visibility",
    "opened_on", "due_on", "closed_on", "keep_until", "arises_from_kind", "arises_from_reference",
}  # fmt: skip


def test_the_spine_holds_these_columns_and_no_other():
    assert {field.name for field in Record._meta.concrete_fields} == SPINE


def test_the_spine_stays_small():
    lines = sum(
        len(path.read_text().splitlines()) for path in (ROOT / "diogel" / "records").rglob("*.py") if "migrations" not in path.parts
    )
    assert lines < 700


def test_the_spine_never_asks_what_kind_a_record_is():
    for path in (ROOT / "diogel" / "records").glob("*.py"):
        assert "if kind ==" not in path.read_text()
        assert ".specific" not in path.read_text()


def test_names_of_people_live_in_one_table():
    personal = {"given", "family", "surname", "first_name", "last_name", "full_name", "phone"}
    holders = {model for model in apps.get_models() if model._meta.app_config.name.startswith("diogel.")
               and personal & {field.name for field in model._meta.get_fields()}}  # fmt: skip
    assert holders == {Person}


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_opens_with_a_sentence(path):
    text = path.read_text()
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), f"{path.relative_to(ROOT)} does not say what it is for"


def test_no_module_is_named_for_nothing():
    vague = {"utils", "util", "helpers", "helper", "common", "core", "service", "services", "manager", "managers", "misc"}
    assert not [path for path in CODE if path.stem in vague or vague & set(path.relative_to(ROOT).parts)]


def test_no_file_of_ours_is_past_four_hundred_lines():
    assert not [str(path) for path in OURS if len(path.read_text().splitlines()) > 400]


def test_every_model_that_belongs_to_a_partnership_says_what_opens_it():
    """A queryset can only apply rules that the model states."""
    for model in apps.get_models():
        if hasattr(model, "partnership_path"):
            assert hasattr(model, "seen_with"), model
            path = model.partnership_path
            if path != "pk":
                model._default_manager.filter(**{f"{path}__in": [1]}).query  # noqa: B018 - raises FieldError where the path leads nowhere


def test_versions_are_never_passed_by():
    """`update()` and `bulk_create()` would change a versioned row behind the log's back; only the version check itself may."""
    # Areas are public reference rows without versions: thousands of them are loaded at once.
    allowed = {"people/versions.py", "audit/models.py", "places/loading.py"}
    offenders = []
    for path in OURS:
        where = str(path.relative_to(ROOT / "diogel"))
        text = path.read_text()
        if where not in allowed and "objects" in text and (".objects.update(" in text or ".bulk_update(" in text):
            offenders.append(where)
    assert not offenders


def test_every_hint_of_a_model_waits_for_its_readers_language():
    """A plain string stands in English on the Welsh page: the form takes the hint from the model."""
    assert not [
        f"{model.__name__}.{field.name}: {field.help_text}"
        for model in apps.get_models()
        if model.__module__.startswith("diogel.")
        for field in model._meta.get_fields()
        if getattr(field, "help_text", "") and not isinstance(field.help_text, Promise)
    ]


def test_every_hint_of_a_form_waits_for_its_readers_language():
    get_resolver().url_patterns  # noqa: B018 - reading the addresses loads every form that a page shows
    forms = [form for form in descendants(BaseForm) if form.__module__.startswith("diogel.") and ".tests." not in form.__module__]
    assert len(forms) > 40
    plain = [
        f"{form.__name__}.{name}: {field.help_text}"
        for form in forms
        for name, field in getattr(form, "base_fields", {}).items()
        if field.help_text and not isinstance(field.help_text, Promise)
    ]
    pairs = [
        f"{form.__name__}: {hint}" for form in forms for hint in getattr(form, "pair_hints", {}).values() if not isinstance(hint, Promise)
    ]
    assert not plain + pairs


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_hint_is_written_out_as_a_plain_string(path):
    """One that a form takes on as it is made is not there to be seen before."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.keyword) and node.arg == "help_text":
            assert not isinstance(node.value, (ast.Constant, ast.JoinedStr)), f"{path.relative_to(ROOT)}:{node.value.lineno}"


def descendants(kind: type) -> set[type]:
    return {form for below in kind.__subclasses__() for form in {below} | descendants(below)}


def test_help_needs_neither_django_nor_numpy():
    code = "import sys; from diogel.cli import main; main(['--help']); print(sorted({'django','numpy','duckdb','scipy'} & set(sys.modules)), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_every_primary_key_is_large_enough():
    assert all(
        isinstance(m._meta.pk, (models.BigAutoField, models.OneToOneField)) for m in apps.get_models() if m.__module__.startswith("diogel.")
    )
