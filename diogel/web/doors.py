"""What a request meets before any page, and an answer last: a demo answers this machine alone, nothing longer than its page expects
is read, and what was shown to who is signed in is kept by no browser."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from diogel.people.sending import most_of

Answer = Callable[[HttpRequest], HttpResponseBase]

# Any of these says that somebody stands between: who they pass on is not on this machine.
PASSED_ON = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP", "HTTP_X_CLIENT_IP", "HTTP_CF_CONNECTING_IP", "HTTP_TRUE_CLIENT_IP")
STAYS_HERE = (
    "Demo yw hwn, gyda phobl ddychmygol a chyfrinair sy’n hysbys i bawb, felly dim ond y cyfrifiadur hwn a all ei agor.\n"
    "This is a demo, with invented people and a password that everyone knows, so only this machine may open it.\n"
)


def demo_stays_here(answer: Answer) -> Answer:
    """In a demo home, refuse whoever is not on this machine: however the site was started, and whatever stands before it."""
    if not settings.DEMO:
        raise MiddlewareNotUsed

    def dressed(request: HttpRequest) -> HttpResponseBase:
        if _is_from_here(request.META):
            return answer(request)
        return HttpResponse(STAYS_HERE, status=403, content_type="text/plain; charset=utf-8")

    return dressed


def _is_from_here(meta: dict[str, Any]) -> bool:
    """Whether the other end is this machine itself, and nobody says to ask for somebody else."""
    if any(name in meta for name in PASSED_ON) or any(name.startswith("HTTP_X_FORWARDED_") for name in meta):
        return False
    try:
        address = ip_address(meta.get("REMOTE_ADDR", ""))
    except ValueError:  # a socket in the file system, or nothing: whoever is behind it is not known
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


NOT_USED = ("camera", "microphone", "geolocation", "payment", "usb", "display-capture", "browsing-topics")
"""What no page of ours asks a browser for, and what is therefore shut to whatever might get into one."""


def told_to_the_browser(answer: Answer) -> Answer:
    """What each answer tells the browser: what it may not do here, and to keep nothing that was shown to who is signed in, for machines
    are shared. What says itself that it is for everybody stays as it says."""
    policy = ", ".join(f"{each}=()" for each in NOT_USED)

    def dressed(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        response.headers.setdefault("Permissions-Policy", policy)
        if _is_signed_in(request) and "public" not in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return dressed


def _is_signed_in(request: HttpRequest) -> bool:
    """Asked of the session, not of the user: an answer that needed neither should not ask the database for one."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session


class Weighed:
    """Refuses what is longer than its page takes, before anything of it is kept. What names no length is read as empty by Django, so
    that nothing longer comes in that way either."""

    BLOCK = 64 * 1024
    HEARD_OUT = 64 * 1024 * 1024
    """Bytes that are read and thrown away, because a browser that is cut off while it sends shows its own error and not our page."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.answer(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if not said.isascii() or not said.isdigit():
            return HttpResponse(render_to_string("400.html"), status=400)
        if len(said) < 12 and int(said) <= most_of(view):
            return None
        self._hear_out(request)
        return HttpResponse(render_to_string("413.html"), status=413)

    def _hear_out(self, request: HttpRequest) -> None:
        left = self.HEARD_OUT
        try:
            while left > 0 and (block := request.read(self.BLOCK)):
                left -= len(block)
        except OSError:  # they hung up: there is nobody to answer
            return
