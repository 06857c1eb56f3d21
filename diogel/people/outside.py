"""How often anyone may send a public form from one connection, without keeping who they are."""

from __future__ import annotations

import time
from ipaddress import ip_network
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

HOUR = 3600


def may_send_another(meta: dict[str, Any], *, form: str, at_most: int) -> bool:
    """Whether fewer than `at_most` were sent through `form` in the past hour. Counts by a keyed hash of the address; the address
    itself is kept nowhere. The times are kept rather than a number: not every cache counts up without forgetting when the hour began."""
    key = f"{form}:" + salted_hmac(f"diogel.{form}", address(meta)).hexdigest()
    now = time.time()
    sent = [at for at in cache.get(key, ()) if at > now - HOUR]
    if len(sent) >= at_most:
        return False
    cache.set(key, [*sent, now], HOUR)
    return True


def address(meta: dict[str, Any]) -> str:
    """Who is at the other end; behind a proxy that is trusted, who it says is. Of an IPv6 address the half that names the line:
    one line has more addresses than could ever be counted."""
    forwarded = meta.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_A_PROXY else ""
    said = forwarded.rsplit(",", 1)[-1].strip() or meta.get("REMOTE_ADDR", "")
    try:
        return str(ip_network(f"{said}/64", strict=False))
    except ValueError:
        return said
