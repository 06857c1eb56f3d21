"""The chain as the public reads it: theme, priority, action, figure, and the reports that told of them. Evidence is not published."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from diogel.published.models import Telling

from .plan_pages import Plan, Row
from .shelf import QUARTER, Shelf, Told

KNOTS = ("theme", "priority", "action", "figure", "paper")


def reports(shelf: Shelf, plan: Plan, rows: dict[str, list[Row]]) -> list[Told]:
    """The quarterly reports that stand and told of these actions or figures within the plan's own days, the latest first."""
    numbers = [str(row["number"]) for row in rows["actions"]]
    codes = [code for row in rows["indicators"] for code in (row["code"], *(each["code"] for each in row["figures"]))]
    told = Telling.objects.filter(
        Q(kind="action", code__in=numbers) | Q(kind="measure", code__in=codes), partnership=shelf.slug, paper=QUARTER, audience="public"
    )
    first, last = plan.content["from_on"].strftime("%Y-%m"), plan.content["to_on"].strftime("%Y-%m")
    within = told.filter(key__gte=first, key__lte=last, publication__withdrawn_at=None).order_by()
    versions = set(within.values_list("key", "version"))
    newest = (shelf.newest(QUARTER, key) for key in sorted({key for key, _version in versions}, reverse=True))
    return [each for each in newest if each and each.stands and (each.key, each.version) in versions]


def thread(slug: str, here: str, title: str, rows: dict[str, list[Row]], papers: Iterable[Told]) -> list[dict[str, Any]]:
    """The knots as `dg/thread.html` takes them; a kind of which nothing is published is a gap."""
    told = list(papers)
    return [_knot(slug, kind, here, title, rows, told) for kind in KNOTS]


def _knot(slug: str, kind: str, here: str, title: str, rows: dict[str, list[Row]], papers: list[Told]) -> dict[str, Any]:
    if kind == here:
        return {"kind": kind, "value": title, "here": True}
    if kind == "paper":
        return _papers(slug, papers)
    if kind == "figure":
        return _figures(len(rows["indicators"]))
    found = rows[{"theme": "themes", "priority": "priorities", "action": "actions"}[kind]]
    if not found:
        missing = {"theme": _("no theme yet"), "priority": _("no priority yet"), "action": _("no action yet")}
        return {"kind": kind, "value": missing[kind], "gap": True}
    if len(found) > 1:
        counted = {
            "theme": ngettext("one theme", "%(n)s themes", len(found)),
            "priority": ngettext("one priority", "%(n)s priorities", len(found)),
            "action": ngettext("one action", "%(n)s actions", len(found)),
        }
        return {"kind": kind, "value": counted[kind] % {"n": len(found)}, "url": f"#{kind}"}
    row = found[0]
    which = {"number": row["number"]} if kind == "action" else {"code": row["code"]}
    title = row["title"][(get_language() or "en")[:2]]
    return {"kind": kind, "value": title, "url": reverse(f"public:{kind}", kwargs={"slug": slug} | which)}


def _figures(count: int) -> dict[str, Any]:
    if not count:
        return {"kind": "figure", "value": _("no measure yet"), "gap": True}
    return {"kind": "figure", "value": ngettext("one figure", "%(n)s figures", count) % {"n": count}, "url": "#figure"}


def _papers(slug: str, papers: list[Told]) -> dict[str, Any]:
    if not papers:
        return {"kind": "paper", "value": _("in no report yet"), "gap": True}
    return {"kind": "paper", "value": ngettext("one report", "%(n)s reports", len(papers)) % {"n": len(papers)}, "url": "#paper"}
