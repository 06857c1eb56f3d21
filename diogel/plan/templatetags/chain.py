"""Draws the chain through the row that a page is about: its thread above the title, its links and papers below."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.home import today
from diogel.indicators.models import Card
from diogel.plan import chain as spinning
from diogel.plan import chain_said
from diogel.plan.chain_figures import measured
from diogel.plan.models import Number, Plan, Priority

register = template.Library()


@register.inclusion_tag("dg/thread.html", takes_context=True)
def thread_of(context: template.Context, row: Any) -> dict[str, Any]:
    """The six knots; the row's own is where one stands."""
    return {"knots": chain_said.knots(_chain(context, row), _title(row), row.partnership.slug)}


@register.simple_tag(takes_context=True)
def finding_of(context: template.Context, row: Any) -> str:
    """The theme in one sentence: its name, its band, and how many actions of the plan answer it. The name alone where it has no band."""
    title = _title(row)
    if not row.band:
        return title
    n = len(_chain(context, row).links["action"])
    values = {"theme": title, "band": row.get_band_display().lower(), "n": n}
    if not n:
        return _("%(theme)s is in the %(band)s band, and no action answers it") % values
    pattern = ngettext(
        "%(theme)s is in the %(band)s band, and one action answers it",
        "%(theme)s is in the %(band)s band, and %(n)s actions answer it",
        n,
    )
    return pattern % values


@register.inclusion_tag("plan/chain.html", takes_context=True)
def chain_of(context: template.Context, row: Any, skips: str = "") -> dict[str, Any]:
    """Where the row came from, where it went and where it was told. `skips`: kinds that the page shows by itself, with spaces."""
    found, user, partnership = _chain(context, row), context["request"].user, row.partnership
    plan = _plan(context, row)
    came, went = chain_said.groups(found, row, user, partnership, plan)
    shown = skips.split()
    button, url = chain_said.untold(found.kind, user, partnership, plan)
    return {
        "came": [each for each in came if each.kind not in shown],
        "went": [each for each in went if each.kind not in shown],
        "papers": chain_said.papers(found, partnership.slug),
        "button": button,
        "url": url,
    }


@register.inclusion_tag("dg/thread.html", takes_context=True)
def thread_of_outcomes(context: template.Context, plan: Plan) -> dict[str, Any]:
    """The thread through a plan's whole outcome table; its knots lead to the lists."""
    found = spinning.chain_of_outcomes(plan, context["request"].user)
    return {"knots": chain_said.knots(found, "", plan.partnership.slug, has_links_below=False)}


@register.inclusion_tag("dg/thread.html", takes_context=True)
def thread_of_paper(context: template.Context, paper: str, key: str, title: str) -> dict[str, Any]:
    """The thread that ends in a paper: what its newest version told of."""
    partnership = context["partnership"]
    return {"knots": chain_said.knots(_of_paper(context, paper, key), title, partnership.slug)}


@register.inclusion_tag("plan/chain_of_paper.html", takes_context=True)
def chain_of_paper(context: template.Context, paper: str, key: str) -> dict[str, Any]:
    """The rows of which a paper told, each with its page; nothing where it has told nobody anything yet."""
    partnership, found = context["partnership"], _of_paper(context, paper, key)
    came, _went = chain_said.groups(found, None, context["request"].user, partnership, "")
    return {"groups": [each for each in came if each.links]}


@register.inclusion_tag("plan/chain_figures.html", takes_context=True)
def figures_of(context: template.Context, row: Any) -> dict[str, Any]:
    """Each measure of the row's chain that has figures: a small chart where there is something to draw, and the latest as a table."""
    codes = [link.code for link in _chain(context, row).links["measure"]]
    return {"partnership": row.partnership, "panels": measured(row.partnership, codes, context["request"].user)}


def _chain(context: template.Context, row: Any) -> spinning.Chain:
    """Spun once a page, however many tags draw from it."""
    kept = context["request"].__dict__.setdefault("_chains", {})
    key = type(row).__name__, row.pk
    if key not in kept:
        kept[key] = spinning.chain(row, context["request"].user, today())
    return kept[key]  # type: ignore[no-any-return]


def _of_paper(context: template.Context, paper: str, key: str) -> spinning.Chain:
    kept = context["request"].__dict__.setdefault("_chains", {})
    if (paper, key) not in kept:
        kept[paper, key] = spinning.what_it_told(context["partnership"], paper, key, context["request"].user, today())
    return kept[paper, key]  # type: ignore[no-any-return]


def _plan(context: template.Context, row: Any) -> str:
    """The code of the row's own plan; else of the one that its links stand in; else of the plan of today, asked for. None for a card:
    nothing is added to a plan from its page."""
    if isinstance(row, Card):
        return ""
    if isinstance(row, (Number, Priority)):
        return row.plan.code
    named = (link.plan for links in _chain(context, row).links.values() for link in links if link.plan)
    return (
        next(named, None)
        or Plan.objects.filter(pk=spinning.current_plan(row.partnership, today())).values_list("code", flat=True).first()
        or ""
    )


def _title(row: Any) -> str | SafeString:
    if isinstance(row, Card):
        return row.title
    pair = (row.action if isinstance(row, Number) else row).pair("title")
    return pair.say() or pair.en or pair.cy
