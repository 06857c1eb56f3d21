"""Who is who and what stands where, as the pages draw it: groups as a tree, bodies with what they became, people with their roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext

from diogel.home import today

from .access import ROLE_NAMES, May, Role, may, require
from .models import Body, Group, GroupMember, Holding, Membership, Partnership, Person


@dataclass
class Branch:
    """One group and the branches below it."""

    group: Group
    below: list[Branch] = field(default_factory=list)


def tree(groups: Sequence[Group]) -> list[Branch]:
    """Groups under the group they answer to, in their own order. A group whose parent is not among `groups`, or that stands
    in a ring, is drawn at the top: none is lost."""
    branches = {group.pk: Branch(group) for group in groups}
    top = []
    for group in groups:
        if group.parent_id in branches and not _is_in_ring(group, branches):
            branches[group.parent_id].below.append(branches[group.pk])
        else:
            top.append(branches[group.pk])
    return top


def _is_in_ring(group: Group, branches: dict[int, Branch]) -> bool:
    at, seen = group.parent_id, set()
    while at in branches and at not in seen:
        if at == group.pk:
            return True
        seen.add(at)
        at = branches[at].group.parent_id
    return False


def groups_of(partnership: Partnership, user: Any) -> list[Group]:
    """The standing groups that `user` may see, each with what it owns and what it answers to."""
    rows = Group.objects.visible_to(user).filter(partnership=partnership).standing()
    return list(rows.select_related("parent").prefetch_related("owns"))


@dataclass(frozen=True)
class BodyRow:
    """A body's standing here, and its history: what it was before and what followed it, with the day on which it did."""

    membership: Membership
    became: tuple[Body, ...]
    was: tuple[Body, ...]
    changed_on: date | None

    @property
    def body(self) -> Body:
        return self.membership.body


def bodies_of(partnership: Partnership, user: Any, *, on: date) -> tuple[list[BodyRow], list[BodyRow]]:
    """Bodies that stand in the partnership on a day, and those that no longer do."""
    linked = [Prefetch("body__successors"), Prefetch("body__predecessors")]
    rows = Membership.objects.visible_to(user).filter(partnership=partnership).select_related("body").prefetch_related(*linked)
    drawn = [_body_row(row) for row in rows]
    return [row for row in drawn if _stands(row, on)], [row for row in drawn if not _stands(row, on)]


def _body_row(membership: Membership) -> BodyRow:
    body = membership.body
    became = tuple(body.successors.all())
    changed_on = body.to_on + timedelta(days=1) if became and body.to_on else None
    return BodyRow(membership, became, tuple(body.predecessors.all()), changed_on)


def _stands(row: BodyRow, on: date) -> bool:
    last = [day for day in (row.membership.to_on, row.body.to_on) if day]
    return all(day >= on for day in last)


@dataclass(frozen=True)
class Holder:
    """A person and the roles they hold here."""

    person: Person
    roles: tuple[Any, ...]


def holders_of(partnership: Partnership, user: Any, *, on: date) -> list[Holder]:
    """Everyone who holds a role here on that day, by family name. PermissionDenied for who may not see who is who."""
    require(user, May.SEE_PEOPLE, partnership)
    rows = Holding.objects.filter(partnership=partnership).in_force(on).select_related("person__body", "person__user")
    held: dict[Person, list[Any]] = {}
    for row in rows.order_by("person__family", "person__given", "role"):
        held.setdefault(row.person, []).append(ROLE_NAMES[Role(row.role)])
    return [Holder(person, tuple(roles)) for person, roles in held.items()]


@dataclass(frozen=True)
class Post:
    """A role that someone holds here, told without a name."""

    role: Any
    body: Body | None
    post_cy: str
    post_en: str


def posts_of(partnership: Partnership, *, on: date) -> list[Post]:
    """The roles held here without the names of who holds them, for those who may read the desk but not who is who."""
    rows = (
        Holding.objects.filter(partnership=partnership)
        .in_force(on)
        .select_related("person__body")
        .order_by("role", "person__body__name_en")
    )
    return [Post(ROLE_NAMES[Role(row.role)], row.person.body, row.person.post_cy, row.person.post_en) for row in rows]


def persons_here(partnership: Partnership, user: Any) -> Any:
    """Persons who hold a role here, or are to hold one. PermissionDenied for who may not see who is who."""
    require(user, May.SEE_PEOPLE, partnership)
    return Person.objects.filter(Exists(_not_over(partnership).filter(person=OuterRef("pk"))))


def persons_of_old(partnership: Partnership, user: Any) -> Any:
    """Those too whose roles here have ended, for those who may change people: to give a role again. Who only reads who is who does
    not find them, and how to reach them is shown to nobody."""
    require(user, May.EDIT_PEOPLE, partnership)
    return Person.objects.filter(holdings__partnership=partnership).distinct()


def holdings_here(partnership: Partnership, user: Any, person: int) -> list[Holding]:
    """What one person holds and held here, latest first, with the person and their body. None where every role has ended and `user`
    may not change people."""
    require(user, May.SEE_PEOPLE, partnership)
    rows = Holding.objects.filter(partnership=partnership, person=person).select_related("person__body")
    found = list(rows.order_by("-from_on", "role"))
    return found if may(user, May.EDIT_PEOPLE, partnership) or not has_left(found) else []


def has_left(holdings: list[Holding]) -> bool:
    """Whether all of these roles have ended: then a name stands beside what was done, and nothing else of the person is shown."""
    return all(each.to_on is not None and each.to_on < today() for each in holdings)


def _not_over(partnership: Partnership) -> Any:
    return Holding.objects.filter(Q(to_on=None) | Q(to_on__gte=today()), partnership=partnership)


def names_beside(references: set[str], partnership: Partnership) -> dict[str, str]:
    """The name beside what each account did here, by its reference: as this partnership wrote its people down, those who have left
    included. An account that was opened for nobody here stays a reference."""
    keys = [int(each.removeprefix("user:")) for each in references if each.startswith("user:")]
    named: dict[str, str] = {}
    for person in Person.objects.filter(Q(user__in=keys) | Q(signs_in_as__in=keys), holdings__partnership=partnership).select_related(
        "user"
    ):
        account = person.signs_in_as_id or person.user.pk
        named[f"user:{account}"] = f"{person.given} {person.family}"
    linked = [int(each.removeprefix("link:")) for each in references if each.startswith("link:")]
    for person in Person.objects.filter(pk__in=linked, holdings__partnership=partnership) if linked else ():
        told = {"given": person.given, "family": person.family}
        named[f"link:{person.pk}"] = gettext("%(given)s %(family)s, by their link") % told
    return named


def seated_in(group: Group, user: Any, *, on: date, others_too: bool) -> list[Person]:
    """Persons who sit in `group` and hold a role here on that day; with `others_too` all who hold one, `is_seated` telling who sits. A
    seat of somebody whose roles have ended opens nothing and is not shown."""
    require(user, May.SEE_PEOPLE, group.partnership)
    seat = GroupMember.objects.filter(group=group, person=OuterRef("pk"))
    here = Holding.objects.filter(partnership=group.partnership, person=OuterRef("pk")).in_force(on)
    people = Person.objects.annotate(is_seated=Exists(seat)).filter(Exists(here)).select_related("body")
    return list(people if others_too else people.filter(is_seated=True))
