"""Sign-in as we allow it: by e-mail and password, for people who were given an account."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from diogel.audit import log


class Adapter(DefaultAccountAdapter):
    """Nobody signs up by themselves; each sign-in is recorded."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> Any:
        log.record(by=user.reference, deed="signed_in", subject=user.reference)
        return super().post_login(request, user, **options)
