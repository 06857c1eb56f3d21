"""How a page inside the desk begins: which partnership, may this reader, and which row."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers

from diogel.audit import log

from .access import May, desk_of, require

View = Callable[..., HttpResponseBase]
Answer = TypeVar("Answer", bound=HttpResponseBase)

MOST = 2**63 - 1
"""The greatest number that a key can be; a database asked for a greater one would fail rather than find nothing."""


def desk(needs: May = May.SEE_DESK) -> Callable[[View], View]:
    """A page of the desk: strangers are asked to sign in, people of other partnerships find nothing (404), and who may
    not do what the page is for is told so (403). The view gets the partnership in place of its slug."""

    def dress(view: View) -> View:
        @wraps(view)
        def dressed(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            partnership = desk_of(request.user, slug)
            if partnership is None:
                raise Http404
            require(request.user, needs, partnership)
            if any(isinstance(value, int) and value > MOST for value in kwargs.values()):
                raise Http404
            request.partnership = partnership  # type: ignore[attr-defined]
            return view(request, partnership, **kwargs)

        dressed.desk_needs = needs  # type: ignore[attr-defined]
        return dressed

    return dress


def fetch(rows: Any, user: Any, **which: Any) -> Any:
    """One row that `user` may see, or 404: what one may not see is not there."""
    return get_object_or_404(rows.visible_to(user), **which)


def unkept(response: Answer) -> Answer:
    """A page with people's contacts, which not even the reader's own browser keeps: machines are shared."""
    add_never_cache_headers(response)
    return response


def looked(request: HttpRequest, subject: str, **detail: Any) -> None:
    """Tell the log that something sensitive was read; `subject` is a reference, never a name."""
    user: Any = request.user
    log.record(by=user.reference, deed="read", subject=subject, partnership=request.partnership.slug, detail=detail)  # type: ignore[attr-defined]
