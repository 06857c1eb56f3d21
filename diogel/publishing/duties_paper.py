"""The comfort sheet: which legal duties a plan can show today to be met, and the sentence and document that prove each; what is not
proved comes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from diogel.people.access import ROLE_NAMES, Role, person_in, roles_of
from diogel.plan.duties import Met, finding, register
from diogel.plan.models import Plan, Proof
from diogel.published.blocks import Block, Cell, Column, Notice, Pair, Paper, Paragraph, Table

from .markings import marking_said
from .quarterly_words import day_said

STATES = {
    "gap": ("late", gettext_lazy("gap: nothing shows it")),
    "acted": ("todo", gettext_lazy("no sentence or document yet")),
    "said": ("todo", gettext_lazy("no document yet")),
    "shown": ("done", gettext_lazy("proved")),
    "to_come": ("todo", gettext_lazy("not yet in force in this plan")),
    "ended": ("no", gettext_lazy("ended before this plan")),
}
"""The mark and the word of each state, in the order in which the sheet lists them."""


def duties_paper(plan: Plan, user: Any, *, language: str, day: date) -> Paper:
    """The sheet in one language, with the actions that `user` may see; for the partnership alone. It says who made it by role and
    body, for no paper names a person."""
    with translation.override(language):
        rows = sorted(register(plan, user), key=lambda row: list(STATES).index(row.state))
        who = plan.partnership
        return Paper(
            language=language,
            title=finding(rows),
            kicker=_("Comfort sheet · %(plan)s") % {"plan": _say(plan, "title") or plan.code},
            partnership=Pair(who.name_cy, who.name_en),
            place=Pair(who.place_cy, who.place_en),
            marking=marking_said(who.marking, is_public=False),
            audience="internal",
            version="1",
            data_on=day,
            notices=(Notice("example", str(settings.EXAMPLE_LINE)),) if who.is_example else (),
            blocks=tuple(_blocks(rows, _maker(user, who), day)),
            foot=_("Comfort sheet, for the partnership only. Made on %(day)s.") % {"day": day_said(day)},
        )


def _maker(user: Any, partnership: Any) -> str:
    """The role and body of whoever makes the sheet."""
    roles = roles_of(user, partnership)
    role = next((str(ROLE_NAMES[each]) for each in Role if each in roles), "")
    body = getattr(person_in(user, partnership), "body", None)
    return ", ".join(word for word in (role, _say(body, "name") if body else "") if word)


def _blocks(rows: Sequence[Met], maker: str, day: date) -> Iterator[Block]:
    yield Paragraph(_("As it stood on %(day)s. Made by: %(maker)s.") % {"day": day_said(day), "maker": maker or "–"}, "work")
    if not rows:
        return
    columns = (
        Column(_("Duty, and its law"), share=5),
        Column(_("How it stands"), share=3),
        Column(_("Sentence that proves it"), share=6),
        Column(_("Document in which it stands"), share=4),
    )
    cells = tuple(line for row in rows for line in _lines(row))
    yield Table(_("Duties, what is not proved first"), columns, cells, note=_unchecked(rows))


def _lines(row: Met) -> Iterator[tuple[Cell, ...]]:
    """A line for each sentence; one that says what is lacking where there is none."""
    law = _say(row.duty, "law")
    head = _("%(duty)s: %(law)s") % {"duty": _say(row.duty, "title"), "law": law} if law else _say(row.duty, "title")
    mark, word = STATES[row.state]
    for proof in row.proofs:
        document = Cell(_document(proof)) if proof.has_document else Cell(_("no document yet"), state="missing")
        yield Cell(head), Cell(str(word), mark=mark), Cell(_say(proof, "sentence")), document
    if not row.proofs:
        numbers = ", ".join(str(held.number) for held in row.actions)
        yield Cell(head), Cell(str(word), mark=mark), Cell(_("Actions: %(numbers)s") % {"numbers": numbers} if numbers else "–"), Cell("–")


def _document(proof: Proof) -> str:
    title = _say(proof.owned, "title") if proof.owned else _say(proof, "document")
    return _("%(document)s, %(day)s") % {"document": title, "day": day_said(proof.dated_on)} if proof.dated_on else title


def _unchecked(rows: Sequence[Met]) -> str:
    """How many sentences and documents nobody has vouched for in both languages."""
    n = sum(bool(proof.unchecked_pairs()) for row in rows for proof in row.proofs)
    words = ngettext("%(n)s of these lines is not checked in both languages.", "%(n)s of these lines are not checked in both languages.", n)
    return words % {"n": n} if n else ""


def _say(row: Any, name: str) -> str:
    """In the language of the paper, else in the other, which is better than nothing."""
    pair = row.pair(name)
    return str(pair.say() or pair.cy or pair.en)
