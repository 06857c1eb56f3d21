"""The pages of an account that we offer: signing in and out, and one's own password. What else allauth has is not there."""

from __future__ import annotations

from typing import Any

from allauth.account.urls import urlpatterns as all_of_them
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern

OFFERED = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",  # says who opens accounts, and opens none
    "account_reauthenticate",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}


def not_there(request: HttpRequest, **which: Any) -> HttpResponse:
    """An address lives with the person and is changed by whoever may edit people, never by the account itself."""
    raise Http404


urlpatterns = [pattern if pattern.name in OFFERED else URLPattern(pattern.pattern, not_there, name=pattern.name) for pattern in all_of_them]
