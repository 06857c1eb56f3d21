"""What the shared pages of a plan's rows need to know of each kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from .models import Plan


@dataclass(frozen=True)
class Kind:
    """A kind of row: its model and form, and what its pages are called."""

    model: Any
    form: Any
    add: Any
    correct: Any
    withdraw: Any
    page: str = "plan:plan"  # where its rows stand
    plan_path: str = "plan"  # empty for what hangs on the partnership and not on one plan
    begin: Callable[[HttpRequest, Plan], Any] | None = None  # a new row that hangs on another row of the plan
    back: Callable[[Any, str, str], str] | None = None  # the page of that other row: from the row, the partnership's and the plan's code


def asked(request: HttpRequest, name: str) -> int:
    """A number in the address; 0, which no row bears, where there is none."""
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
