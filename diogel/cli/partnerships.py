"""Which partnership a verb is about."""

from __future__ import annotations

import argparse
from typing import Any

from . import Refusal


def add_partnership(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--partnership", required=True, help="the partnership's short name, such as gwynedd-mon")


def partnership_called(slug: str) -> Any:
    """The partnership with this short name; refused where there is none, naming those there are."""
    from diogel.people.models import Partnership

    found = Partnership.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Partnership.objects.values_list("slug", flat=True)) or "none yet"
        raise Refusal(f"There is no partnership {slug!r} in this home. Those there are: {known}.")
    return found
