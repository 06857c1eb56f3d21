"""Where somebody who may check pairs, and edits nothing, vouches for what a paper waits for: the page of the pair itself."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse

from diogel.people.access import May, may
from diogel.people.models import Partnership

# What papers call by another name than the words desk does.
_AT_THE_DESK = {"who": "partnership", "part": "commitment", "observation": "figure", "one_language": "one-language"}
# Areas are loaded, not written: no page of the words desk has them.
_NOWHERE = {"area"}


def only_checks(user: Any, partnership: Partnership) -> bool:
    """Whether `user` reads both languages here, and would be refused by the forms that change a whole row."""
    return may(user, May.CHECK_PAIRS, partnership) and not may(user, May.EDIT_PLAN, partnership)


def pair_page(slug: str, kind: str, pk: Any, field: str) -> str:
    """The address of one pair on the words desk; empty where it has none, or where the paper does not know which row it is."""
    if kind in _NOWHERE or not field or not isinstance(pk, int):
        return ""
    try:
        return reverse("words:pair", args=[slug, _AT_THE_DESK.get(kind, kind), pk, field])
    except NoReverseMatch:
        return ""
