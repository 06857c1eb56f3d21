"""The groups as a tree before and after the reviews that belong to one plan: what stays, joins another, ends and is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass

from diogel.people.models import Group
from diogel.people.who import Branch, tree

from .models import Plan
from .models_regional import GroupReview

Finding = GroupReview.Finding
GONE = (Finding.MERGE, Finding.CLOSE)


@dataclass(frozen=True)
class Place:
    """A group in one of the trees, with what was found of it; `joins` is the group that it joins, `takes_in` are those that join it."""

    group: Group
    review: GroupReview | None
    joins: Group | None
    takes_in: tuple[Group, ...]
    below: tuple[Place, ...]


@dataclass(frozen=True)
class Trees:
    """Both trees, as far as the reviews bear on them; `others` is how many groups stand in neither."""

    before: tuple[Place, ...]
    after: tuple[Place, ...]
    others: int


def trees_of(plan: Plan, groups: Sequence[Group], reviews: Sequence[GroupReview]) -> Trees:
    """`groups` are those that stand; one that was withdrawn since and was reviewed still stands in the tree before. A review that was
    decided before the plan began is done, one that was decided after its end is still to come."""
    done, now, later = _by_time(plan, reviews)
    absent = {pk for pk, row in done.items() if row.finding in GONE} | {pk for pk, row in later.items() if row.finding == Finding.CREATE}
    known = {group.pk: group for group in groups if group.pk not in absent} | {row.group_id: row.group for row in now.values()}
    before = [group for pk, group in known.items() if pk not in now or now[pk].finding != Finding.CREATE]
    after = [_moved(group, known, now) for pk, group in known.items() if not _is_gone(now.get(pk)) and not group.withdrawn_on]
    borne_on = _borne_on(known, now, before, after)
    taken_in: dict[int, list[Group]] = {}
    for pk, row in now.items():
        if row.finding == Finding.MERGE and row.into_id:
            taken_in.setdefault(row.into_id, []).append(known[pk])
    first, then = (_places(some, borne_on, now, taken_in) for some in (before, after))
    return Trees(first, then, len(known.keys() - borne_on))


def _by_time(plan: Plan, reviews: Sequence[GroupReview]) -> tuple[dict[int, GroupReview], ...]:
    """The last review of each group decided before the plan, within it or not at all yet, and after it."""
    times: tuple[dict[int, GroupReview], ...] = ({}, {}, {})
    for row in sorted(reviews, key=lambda row: (row.decided_on or plan.to_on, row.pk)):
        at = 1 if row.decided_on is None or plan.from_on <= row.decided_on <= plan.to_on else 0 if row.decided_on < plan.from_on else 2
        times[at][row.group_id] = row
    return times


def _is_gone(review: GroupReview | None) -> bool:
    return review is not None and review.finding in GONE


def _moved(group: Group, known: Mapping[int, Group], now: Mapping[int, GroupReview]) -> Group:
    """A copy of the group below the first group that still stands: what answered to one that joined another answers to that one, what
    answered to one that ended to the one above."""
    moved, seen = copy(group), set()
    at: int | None = group.parent_id
    while at and _is_gone(now.get(at)) and at not in seen:
        seen.add(at)
        review = now[at]
        joins = review.into_id if review.finding == Finding.MERGE and review.into_id != group.pk else None
        at = joins or known[at].parent_id
    moved.parent_id = at
    return moved


def _borne_on(known: Mapping[int, Group], now: Mapping[int, GroupReview], *trees: Sequence[Group]) -> set[int]:
    """What was reviewed, what something joins, what answered to a group that is gone, and all that stands above these in either tree."""
    found = set(now) | {row.into_id for row in now.values() if row.into_id and row.into_id in known}
    found |= {pk for pk, group in known.items() if _is_gone(now.get(group.parent_id or 0))}
    for groups in trees:
        above = {group.pk: group.parent_id for group in groups}
        for pk in list(found):
            at = above.get(pk)
            while at and at in above and at not in found:
                found.add(at)
                at = above[at]
    return found


def _places(
    groups: Sequence[Group], borne_on: set[int], now: Mapping[int, GroupReview], taken_in: Mapping[int, Sequence[Group]]
) -> tuple[Place, ...]:
    def place(branch: Branch) -> Place:
        review = now.get(branch.group.pk)
        joins = review.into if review and review.finding == Finding.MERGE else None
        return Place(branch.group, review, joins, tuple(taken_in.get(branch.group.pk, ())), tuple(place(each) for each in branch.below))

    drawn = sorted((group for group in groups if group.pk in borne_on), key=lambda group: (group.order, group.code))
    return tuple(place(branch) for branch in tree(drawn))
