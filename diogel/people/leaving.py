"""How to reach somebody whose roles have ended goes: when somebody asks, or by itself a year after. The name stays beside what they
did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from .access import May, require
from .accounts import close_for_good
from .models import Holding, Partnership, Person
from .writing import note

KEPT_FOR = 365
"""Days after the last role for which how to reach somebody is kept: whoever comes back within them is not asked again."""


def left_long_ago(on: date, *, partnership: Partnership | None = None, within: int = 0) -> Any:
    """Persons whose last role ended more than `KEPT_FOR` days before a day, or will have `within` so many days after it, and of whom
    something is still kept by which they could be reached."""
    last = on + timedelta(days=within - KEPT_FOR)
    roles = Holding.objects.filter(person=OuterRef("pk"))
    kept = ~Q(email="") | ~Q(phone="") | ~Q(post_cy="") | ~Q(post_en="")
    rows = Person.objects.filter(kept, Exists(roles)).exclude(Exists(roles.filter(Q(to_on=None) | Q(to_on__gte=last))))
    return rows.filter(Exists(roles.filter(partnership=partnership))) if partnership else rows


def erase_contacts(*, by: Any, person: Person, partnership: Partnership, on: date) -> None:
    """Erase how to reach a person whose roles have all ended, and close their account here. PermissionDenied for who may not change
    people, or while a role lasts."""
    require(by, May.EDIT_PEOPLE, partnership)
    if person.holdings.filter(Q(to_on=None) | Q(to_on__gte=on)).exists():
        raise PermissionDenied("a role lasts")
    with transaction.atomic():
        close_for_good(person)
        person.email = person.phone = person.post_cy = person.post_en = ""
        person.save()
        note(person, by=by, partnership=partnership, deed="erased", detail={"columns": ["email", "phone", "post_cy", "post_en"]})


def erase_those_long_gone(*, by: Any, on: date, partnership: Partnership | None = None, is_dry: bool = False) -> Iterator[Person]:
    """Erase the contacts of everybody who left long ago; each by itself, so that a run that was stopped is taken up by the next."""
    for person in list(left_long_ago(on, partnership=partnership)):
        if not is_dry:
            last = person.holdings.select_related("partnership").order_by("-to_on").first()
            assert last is not None  # `left_long_ago` finds only those who held a role
            erase_contacts(by=by, person=person, partnership=last.partnership, on=on)
        yield person
