"""The quiet link from a list to what was withdrawn from it."""

from __future__ import annotations

from typing import Any

from django import template

from diogel.web.withdrawn import how_many

register = template.Library()


@register.inclusion_tag("dg/withdrawn_rows.html", takes_context=True)
def withdrawn_rows(context: Any, room: str) -> dict[str, Any]:
    """`3 withdrawn rows`, leading to them; nothing where the reader may see none."""
    partnership = context["partnership"]
    return {"room": room, "partnership": partnership, "n": how_many(context["request"].user, partnership, room)}
