"""Which pages of a plan its reader may open."""

from __future__ import annotations

from django import template

from diogel.people.access import May, may

register = template.Library()


@register.simple_tag(takes_context=True)
def sees_money(context: template.Context) -> bool:
    """Whether the page of money is one of them."""
    return may(context["request"].user, May.SEE_FUNDING, context["partnership"])
