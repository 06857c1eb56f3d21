"""Which rows a paper told of, kept as it is published or built, so that each row's page can say where it was told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from diogel.home import moment
from diogel.people.models import Partnership
from diogel.published.models import Publication, Telling

from .packing import Content
from .quarterly_facts import Facts
from .quarterly_source import drawing_key
from .snapshot_scopes import Scope

Kind = Telling.Kind


@dataclass(frozen=True)
class Row:
    """One row that was told: its kind, its number in the database, and what it is called within its partnership."""

    kind: str
    pk: int
    code: str


def rows_of_plan(scope: Scope) -> tuple[Row, ...]:
    """What a published plan, or the report of a year of it, tells of: every theme, priority and action in it, and each measure whose figure it shows."""
    told = scope.rows
    return (
        *(Row(Kind.THEME, pk, code) for pk, code in told["theme"].values_list("pk", "code")),
        *(Row(Kind.PRIORITY, pk, code) for pk, code in told["priority"].values_list("pk", "code")),
        *(Row(Kind.ACTION, pk, str(number)) for pk, number in told["number"].values_list("action", "number")),
        *(Row(Kind.MEASURE, pk, code) for pk, code in told["measure"].values_list("pk", "code")),
    )


def rows_of_quarter(facts: Facts, content: Content) -> tuple[Row, ...]:
    """What a quarter's paper tells of: the rows of its snapshot, each found again among the facts that it was taken from."""
    cards = {drawing_key(card): card for card in facts.cards}
    actions = {each.held.number: each.held for each in facts.progress}
    measures = {each.code: each.measure for each in facts.measured}
    shown = [row["code"] for row in content["measures"] if row["now"] or row["before"]]
    return (
        *(Row(Kind.CARD, cards[row["key"]].pk, "") for row in content["cards"]),
        *(Row(Kind.ACTION, actions[row["number"]].action_id, str(row["number"])) for row in content["actions"]),
        *(Row(Kind.MEASURE, measures[code].pk, measures[code].code) for code in shown),
    )


def tell(publication: Publication, rows: Iterable[Row]) -> None:
    """Keep what a publication told the public of. Call in the transaction that writes it."""
    paper = {name: getattr(publication, name) for name in ("partnership", "key", "version")}
    _keep(rows, paper=publication.kind, told_at=publication.published_at, publication=publication, audience="public", **paper)


def tell_the_board(partnership: Partnership, facts: Facts, content: Content, *, version: str) -> None:
    """Keep what an internal paper of a quarter told of; the same version built again replaces what it told before."""
    paper = {"partnership": partnership.slug, "paper": Publication.Kind.QUARTER, "key": str(facts.quarter), "version": int(version)}
    Telling.objects.filter(audience="internal", **paper).delete()
    _keep(rows_of_quarter(facts, content), told_at=moment(), publication=None, audience="internal", **paper)


def rows_of(subject: object, scope: Scope) -> tuple[Row, ...]:
    """What publishing this would tell of, a plan or a year of one; who a partnership is tells of no link of the chain."""
    return () if isinstance(subject, Partnership) else rows_of_plan(scope)


def _keep(rows: Iterable[Row], **paper: object) -> None:
    told = dict.fromkeys(rows)
    Telling.objects.bulk_create(Telling(kind=row.kind, row=row.pk, code=row.code, **paper) for row in told)
