"""How often one line may ask: counted by a keyed print of its address, which itself is kept nowhere."""

from __future__ import annotations

import time
from ipaddress import ip_network
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def asks_too_often(request: HttpRequest, what: str, *, most: int, seconds: int) -> bool:
    """Count this asking, and tell whether it is one too many in this stretch of `seconds`. Stretches begin by the clock, so that a
    count needs no memory of when it began."""
    stretch = int(time.time() // seconds)
    key = f"asked:{what}:{stretch}:" + salted_hmac("diogel.post.callers", address_of(request.META)).hexdigest()
    count = cache.get(key, 0) + 1
    cache.set(key, count, seconds)
    return count > most


def address_of(meta: dict[str, Any]) -> str:
    """Who is at the other end; behind a proxy that is trusted, who it says is. Of an IPv6 address the half that names the line."""
    forwarded = meta.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_A_PROXY else ""
    said = forwarded.rsplit(",", 1)[-1].strip() or meta.get("REMOTE_ADDR", "")
    try:
        return str(ip_network(f"{said}/64", strict=False))
    except ValueError:
        return said
