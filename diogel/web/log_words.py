"""What the log's own codes say to a reader: who did it, to which row, and which columns."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diogel.audit.models import Entry

from .row_kinds import KINDS, Kind

WHO = {"installation": _("the installation itself"), "anyone": _("somebody outside")}

OTHERS = {
    "user": _("Account"),
    "nobody": _("Account"),
    "people.person": _("Person"),
    "people.holding": _("Role"),
    "people.membership": _("Standing of a body"),
    "people.groupmember": _("Seat in a group"),
    "indicators.look": _("Look at the figures"),
    "indicators.silence": _("Silence"),
    "records.action": _("Record of an action"),
    "records.tension": _("Record of a tension report"),
    "records.record": _("Record"),
    "tensions.reporter": _("Who reported it"),
    "plan.calendarlink": _("Calendar link"),
    "exchange.intake": _("Plan from a file"),
    "exchange.knownheads": _("Known column heads"),
    "exchange.givenform": _("Update form"),
    "exchange.returned": _("Update form that came back"),
    "post.letter": _("Letter"),
    "post.signedlink": _("Signed link"),
    "rounds.request": _("Request for an update"),
    "rounds.answer": _("Answer to a request"),
    "rounds.evidencefile": _("Evidence file"),
    "actions.accepted": _("Accepted update"),
    "plan.planmove": _("Step of a plan"),
    "plan.planversion": _("Version of a plan"),
    "assessment.scorer": _("Scorer"),
    "assessment.made": _("Step of an assessment"),
    "publication": _("Publication"),
    "quarter": _("Quarter"),
    "annual": _("Annual report"),
    "audit.words": _("Words beside the log"),
    "backup": _("Backup"),
    "words": _("Words"),
}
"""What is no row that a partnership writes, or is none by its own kind."""

COLUMNS = {
    "from": _("from"),
    "to": _("until"),
    "role": _("role"),
    "person": _("person"),
    "body": _("body"),
    "kind": _("kind"),
    "areas": _("areas"),
    "bodies": _("bodies"),
    "owners": _("lead persons"),
    "themes": _("themes"),
    "priorities": _("priorities"),
    "objectives": _("objectives"),
    "indicators": _("indicators"),
    "duties": _("duties"),
    "successors": _("what it became"),
    "parent": _("what it answers to"),
    "group": _("group"),
    "reference": _("reference"),
    "source": _("source"),
    "version": _("version"),
    "sha256": _("fingerprint"),
    "chain": _("head of the log"),
    "draft": _("draft"),
    "files": _("files"),
    "reason": _("reason"),
    "secret": _("address"),
    "key": _("short name"),
    "found": _("found"),
    "keep_until": _("kept until"),
    "made_at": _("made at"),
    "email": _("e-mail address"),
    "given": _("given name"),
    "family": _("family name"),
    "language": _("language"),
    "post": _("post"),
    "looking": _("who is looking"),
    "looking_until": _("until when"),
    "looking_role": _("in which role"),
    "explained_by": _("who explained it"),
    "explained_on": _("explained on"),
    "explained_role": _("in which role"),
    "signed_by": _("who signed it"),
    "signed_on": _("signed on"),
    "signed_role": _("in which role"),
    "signed_figure": _("the figure signed for"),
    "evidenced": _("evidence score"),
    "potential": _("potential score"),
    "experienced": _("experience score"),
    "triaged_at": _("triaged at"),
    "is_shared_with_police": _("shared with the police"),
    "response": _("response"),
    "method": _("method"),
    "values": _("values"),
    "ranks": _("ranks"),
    "opened_on": _("opened on"),
    "assessment": _("assessment"),
    "asked_on": _("asked on"),
    "is_agreed": _("is agreed"),
    "scored_by": _("who scored it"),
    "scored_on": _("scored on"),
    "parts": _("its parts"),
    "risk": _("risk"),
    "position": _("ability to respond"),
    "factor": _("factor"),
    "about": _("section"),
    "table": _("factors and bands"),
    "status": _("status"),
    "state": _("state"),
    "quarter": _("quarter"),
    "how": _("how it was asked"),
    "filed_on": _("filed on"),
    "filed_by": _("who filed it"),
    "accepted_on": _("accepted on"),
    "passed_on": _("passed on"),
    "passed_from": _("who passed it on"),
    "passed_note": _("note with which it was passed on"),
    "requests": _("requests for updates"),
    "letters": _("letters"),
    "answers": _("answers"),
    "stood": _("what stood in it"),
    "number": _("number"),
    "note": _("note"),
    "sent_on": _("sent on"),
    "due_on": _("due on"),
    "closed_on": _("closed on"),
    "title": _("title"),
    "name": _("name"),
    "cards": _("cards"),
    "was": _("what it was"),
    "is": _("what it is now"),
    "why": _("why"),
}
"""Columns that no form labels."""

ENDINGS = ("_cy", "_en", "_state", "_id")


def who(entry: Entry, named: dict[str, str]) -> Any:
    """The person's name where the reader may see it, else what the log calls them."""
    return named.get(entry.by) or WHO.get(entry.by, entry.by)


def subject(entry: Entry) -> str:
    """The kind of row and its number or name: never its words, which not every reader of the log may see."""
    code, _colon, key = entry.subject.partition(":")
    kind = _kinds().get(code)
    word = kind.word if kind else OTHERS.get(code)
    if word is None:
        return entry.subject
    return gettext("%(kind)s %(key)s") % {"kind": word, "key": key} if key and code not in ("nobody", "audit.words") else str(word)


def columns(entry: Entry) -> list[str]:
    """What the entry tells of, each once, as the forms call it."""
    kind = _kinds().get(entry.subject.partition(":")[0])
    names = entry.sealed_detail.get("columns", entry.sealed_detail)
    return list(dict.fromkeys(_label(name, kind) for name in names))


def _label(name: str, kind: Kind | None) -> str:
    for known in _shortened(name):
        if kind and known in _labels(kind):
            return str(_labels(kind)[known])
        if known in COLUMNS:
            return str(COLUMNS[known])
    return name


def _shortened(name: str) -> Iterator[str]:
    yield name
    yield from (name.removesuffix(ending) for ending in ENDINGS if name.endswith(ending))


def _labels(kind: Kind) -> dict[str, Any]:
    fields = getattr(kind.form, "base_fields", {})
    return {name: field.label for name, field in fields.items() if field.label} | getattr(kind.form, "pair_labels", {}) | dict(kind.labels)


@cache
def _kinds() -> dict[str, Kind]:
    return {kind.model._meta.label_lower: kind for kind in KINDS.values()}
