"""How a chain is said on a page: the six knots of its thread, where it came from, where it went, and who told of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from diogel.people.access import May, may

from .chain import KINDS, Chain, Link, Told

MOST = 6
"""Links of one kind that are named; the others are counted."""
FIGURES = ("measure", "card")

LABELS = {
    "evidence": gettext_lazy("Evidence"),
    "theme": gettext_lazy("Themes"),
    "priority": gettext_lazy("Priorities"),
    "action": gettext_lazy("Actions"),
    "outcome": gettext_lazy("Outcomes"),
    "measure": gettext_lazy("Measures"),
    "card": gettext_lazy("Unusual figures"),
}
MISSING = {
    "evidence": gettext_lazy("no evidence yet"),
    "theme": gettext_lazy("no theme yet"),
    "priority": gettext_lazy("no priority yet"),
    "action": gettext_lazy("no action yet"),
    "outcome": gettext_lazy("no outcome row yet"),
    "measure": gettext_lazy("no measure yet"),
    "card": gettext_lazy("no unusual figure"),
    "paper": gettext_lazy("told nowhere yet"),
}

WORDLESS = gettext_lazy("a row without words of its own")


@dataclass(frozen=True)
class Said:
    """One link as a page shows it: its words, where they lead, and, small, what else is known of it."""

    text: str
    url: str
    number: str = ""
    status: str = ""
    band: str = ""
    quarter: str = ""


@dataclass(frozen=True)
class Group:
    """All links of one kind: some named, the rest counted; or what is missing, with the button for those who may add it."""

    kind: str
    label: str
    links: tuple[Said, ...]
    more: int = 0
    more_url: str = ""
    missing: str = ""
    button: str = ""
    url: str = ""


@dataclass(frozen=True)
class Paper:
    """A paper that told of it, with the address at which it stands."""

    told: Told
    url: str
    through: tuple[Said, ...]


def link_url(link: Link, slug: str) -> str:
    """The desk page of a link; evidence stands on the page of its theme."""
    where: dict[str, tuple[str, list[Any]]] = {
        "theme": ("assessment:theme", [link.code]),
        "priority": ("plan:priority", [link.plan, link.code]),
        "action": ("plan:action", [link.plan, link.code]),
        "measure": ("indicators:measure", [link.code]),
        "card": ("unusual:card", [link.pk]),
    }
    if link.kind == "outcome":
        return reverse("plan:outcomes", args=[slug, link.plan]) + f"#row-{link.code}"
    if link.kind == "evidence":
        return reverse("assessment:theme", args=[slug, link.more]) + "#chain-evidence"
    name, which = where[link.kind]
    return reverse(name, args=[slug, *which])


def words_of(link: Link) -> str:
    """The first line of what a link says; a row without words says that it has none, for its number stands beside it."""
    lines = link.title.strip().splitlines()
    return lines[0] if lines else str(WORDLESS) if link.kind == "outcome" else link.code


def said(link: Link, slug: str) -> Said:
    is_numbered = link.kind in ("action", "measure") or (link.kind == "outcome" and not link.title.strip())
    number = link.code if is_numbered else ""
    return Said(
        text=words_of(link),
        url=link_url(link, slug),
        number=number,
        status=link.more if link.kind == "action" else "",
        band=link.more if link.kind == "theme" else "",
        quarter=link.more if link.kind == "card" else "",
    )


def knots(chain: Chain, row_title: str, slug: str, *, has_links_below: bool = True) -> list[dict[str, Any]]:
    """The six knots as `dg/thread.html` takes them: where one stands, the one link or how many, or a gap that says what is missing.

    Several links are found further down the page, or, where it does not list them, on their own list.
    """
    here = "figure" if chain.kind in FIGURES else chain.kind
    told = [_here(kind, row_title) if kind == here else _knot(chain, kind, slug) for kind in (*KINDS[:4], "figure", "paper")]
    return told if has_links_below else [_elsewhere(chain, knot, slug) for knot in told]


def _elsewhere(chain: Chain, knot: dict[str, Any], slug: str) -> dict[str, Any]:
    if not knot.get("url", "").startswith("#"):
        return knot
    kind = knot["url"].removeprefix("#chain-").removeprefix("#")
    return knot | {"url": reverse("publishing:papers", args=[slug]) if kind == "told" else _list_url(kind, chain.links[kind], slug)}


def _list_url(kind: str, links: Sequence[Link], slug: str) -> str:
    """The page that lists all rows of a kind."""
    of_the_plan = {"action": "plan:plan", "outcome": "plan:outcomes", "priority": "plan:priorities"}
    if kind in of_the_plan:
        return reverse(of_the_plan[kind], args=[slug, links[0].plan])
    others = {"evidence": "assessment:themes", "theme": "assessment:themes", "measure": "indicators:figures", "card": "unusual:desk"}
    return reverse(others[kind], args=[slug])


def _here(kind: str, title: str) -> dict[str, Any]:
    return {"kind": kind, "value": title, "here": True}


def _knot(chain: Chain, kind: str, slug: str) -> dict[str, Any]:
    if kind == "paper":
        if not chain.told:
            return {"kind": kind, "value": str(MISSING[kind]), "gap": True}
        return {"kind": kind, "value": _counted(kind, len(chain.told)), "url": "#told"}
    kinds = FIGURES if kind == "figure" else (kind,)
    links = [link for each in kinds for link in chain.links[each]]
    if not links:
        return {"kind": kind, "value": str(MISSING["measure" if kind == "figure" else kind]), "gap": True}
    if len(links) == 1 and kind != "evidence":
        return {"kind": kind, "value": said(links[0], slug).text, "url": link_url(links[0], slug)}
    return {"kind": kind, "value": _counted(kind, len(links)), "url": f"#chain-{links[0].kind}"}


def _counted(kind: str, count: int) -> str:
    words = {
        "evidence": ngettext("one statement", "%(n)s statements", count),
        "theme": ngettext("one theme", "%(n)s themes", count),
        "priority": ngettext("one priority", "%(n)s priorities", count),
        "action": ngettext("one action", "%(n)s actions", count),
        "figure": ngettext("one figure", "%(n)s figures", count),
        "paper": ngettext("one paper", "%(n)s papers", count),
    }
    return words[kind] % {"n": count}


def groups(chain: Chain, row: Any, user: Any, partnership: Any, plan: str) -> tuple[list[Group], list[Group]]:
    """Where it came from and where it went, a group a kind. `plan` is the code of the plan into which something would be added."""
    own = KINDS.index(chain.kind) if chain.kind in KINDS else len(KINDS)  # a paper stands behind them all
    told = {kind: _group(chain, kind, row, user, partnership, plan) for kind in KINDS if kind != chain.kind}
    came = [told[kind] for kind in KINDS[:own] if kind != "outcome" or chain.links[kind]]  # an outcome is not where a figure must come from
    return came, [told[kind] for kind in KINDS[own + 1 :]]


def _group(chain: Chain, kind: str, row: Any, user: Any, partnership: Any, plan: str) -> Group:
    links, slug = chain.links[kind], partnership.slug
    if not links:
        button, url = _adding(kind, chain.kind, row, user, partnership, plan)
        return Group(kind, str(LABELS[kind]), (), missing=str(MISSING[kind]), button=button, url=url)
    named = tuple(said(link, slug) for link in links[:MOST])
    more = len(links) - len(named)
    return Group(kind, str(LABELS[kind]), named, more=more, more_url=_list_url(kind, links, slug) if more else "")


def _adding(kind: str, own: str, row: Any, user: Any, partnership: Any, plan: str) -> tuple[str, str]:
    """The button that mends what is missing, and where it leads; nothing for those who may not, or where nothing is to be added."""
    for needs, button, url in _ways(kind, own, row, partnership.slug, plan):
        if may(user, needs, partnership):
            return button, url
    return "", ""


def _ways(kind: str, own: str, row: Any, slug: str, plan: str) -> Iterator[tuple[May, str, str]]:
    if kind == "evidence":
        yield May.EDIT_ASSESSMENT, _("Add evidence"), reverse("assessment:new_evidence", args=[slug])
    elif own == "action" and kind in ("theme", "priority", "measure"):
        yield May.EDIT_PLAN, _("Correct the action"), reverse("plan:edit_action", args=[slug, plan, row.number])
    elif own == "priority" and kind == "theme":
        yield May.EDIT_PLAN, _("Correct the priority"), reverse("plan:correct", args=[slug, plan, "priority", row.pk])
    elif own == "measure" and kind in ("theme", "priority", "action") and plan:
        yield May.EDIT_PLAN, _("Report an indicator in this plan"), reverse("plan:add", args=[slug, plan, "report"])
    elif own == "card":  # whoever adds the evidence or the measure names there what it belongs to
        if kind == "measure":
            yield May.EDIT_MEASURES, _("Add a measure"), reverse("indicators:new_measure", args=[slug])
    elif kind in ("priority", "outcome") and plan:
        words = {"priority": _("Add a priority"), "outcome": _("Add an outcome row")}
        yield May.EDIT_PLAN, words[kind], reverse("plan:add", args=[slug, plan, kind])
    elif kind == "action" and plan:
        yield May.EDIT_PLAN, _("Add an action"), reverse("plan:new_action", args=[slug, plan])
    elif kind == "measure" and plan:
        yield May.EDIT_PLAN, _("Report an indicator in this plan"), reverse("plan:add", args=[slug, plan, "report"])


def papers(chain: Chain, slug: str) -> list[Paper]:
    """The papers that told of it, each with its lasting address."""
    return [
        Paper(each, _paper_url(each, slug), tuple(said(link, slug) for link in each.through if link.kind != chain.kind))
        for each in chain.told
    ]


def _paper_url(each: Told, slug: str) -> str:
    if each.audience == "public":
        return reverse(f"public:{each.paper}_version", args=[slug, each.key, each.version])
    return reverse("publishing:quarter", args=[slug, each.key])


def untold(row_kind: str, user: Any, partnership: Any, plan: str) -> tuple[str, str]:
    """The button by which something that was told nowhere is published."""
    if not may(user, May.PUBLISH, partnership):
        return "", ""
    if row_kind == "card" or not plan:
        return _("Open the papers"), reverse("publishing:papers", args=[partnership.slug])
    return _("Publish the plan"), reverse("publishing:thing", args=[partnership.slug, "plan", plan])
