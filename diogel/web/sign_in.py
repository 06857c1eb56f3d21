"""Sign-in as we allow it: by e-mail and password, for people who were given an account; each attempt is recorded."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from diogel.audit import log
from diogel.people.access import Anyone
from diogel.people.models import User

SHUT_FOR = 300
"""Seconds for which one who is shut out is told of once: whoever goes on hammering does not fill the log."""


class Adapter(DefaultAccountAdapter):
    """Nobody signs up by themselves. The log hears who signed in, who failed to, and who was shut out for trying too often."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> Any:
        log.record(by=user.reference, deed="signed_in", subject=user.reference, detail={"from": network(request)})
        return super().post_login(request, user, **options)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            tell_shut_out(request, who_was_tried(request, credentials))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        tried = who_was_tried(request, credentials)
        log.record(by=Anyone.reference, deed="sign_in_failed", subject=tried, detail={"from": network(request)})
        super().authentication_failed(request, **credentials)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        detail = {"from": network(request), "account": "closed"}
        log.record(by=Anyone.reference, deed="sign_in_failed", subject=user.reference, detail=detail)
        return super().respond_user_inactive(request, user)


def too_many(request: HttpRequest) -> HttpResponse:
    """What allauth answers where one connection asks too often for a page of an account."""
    tell_shut_out(request, "connection")
    return render(request, "429.html", status=429)


def tell_shut_out(request: HttpRequest, tried: str) -> None:
    """Tell the log, once for as long as it lasts."""
    where = network(request)
    if cache.add(f"shut-out:{tried}:{where}", True, SHUT_FOR):
        log.record(by=Anyone.reference, deed="shut_out", subject=tried, detail={"from": where})


def who_was_tried(request: HttpRequest, credentials: dict[str, Any]) -> str:
    """Whose account was tried: its reference where there is one, else a keyed print of what was typed. The print tells only that the
    same was typed again: without this installation's key nobody gets from it to an address."""
    typed = str(credentials.get("email", "")).strip().lower()
    if not typed and getattr(request.user, "is_authenticated", False):  # somebody who is asked for their password once more
        return str(request.user.reference)  # type: ignore[union-attr]
    user = User.objects.filter(email__iexact=typed).first()
    return user.reference if user else "nobody:" + _print("tried", typed)


def network(request: HttpRequest) -> str:
    """A keyed print of the connection that asks, so that the log shows what came from one place and not from which. Of an IPv6
    address the half that names the line."""
    try:
        address = DefaultAccountAdapter().get_client_ip(request)
    except PermissionDenied:
        return ""
    line = str(ip_network(f"{address}/64", strict=False)) if ":" in address else address
    return _print("network", line)


def _print(kind: str, text: str) -> str:
    return salted_hmac(f"diogel.sign_in.{kind}", text, algorithm="sha256").hexdigest()[:12]
