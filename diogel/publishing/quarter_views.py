"""Pages of the desk about one quarter's pack: what it waits for, building it, fetching its files, publishing it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diogel.analysis.periods import Quarter
from diogel.people.access import May, may
from diogel.people.desk import desk
from diogel.published.models import Publication

from .forms import ReleaseForm
from .ledger import ledger
from .one_language import only_of, published_said
from .pair_pages import only_checks, pair_page
from .quarter_desk import TYPES, file_path, pack_folder, shelved
from .quarter_pack import make
from .quarter_publishing import KIND, QuarterNotPublished, publish_quarter
from .quarterly_readiness import Hindrance, address
from .quarterly_scope import QuarterScope
from .quarterly_waiting import waiting
from .releasing import released
from .shown_masks import of_quarter


def _quarter(key: str) -> Quarter:
    try:
        return Quarter.parse(key)
    except ValueError:
        raise Http404 from None


@desk()
def quarter(request: HttpRequest, partnership: Any, key: str) -> HttpResponse:
    """What the pack waits for, the files that lie ready, and the versions that are published."""
    return _page(request, partnership, _quarter(key))


@require_POST
@desk(May.PUBLISH)
def build(request: HttpRequest, partnership: Any, key: str) -> HttpResponse:
    """Build the pack, final or as a draft; what keeps it from it is shown on the same page."""
    asked = _quarter(key)
    if refusal := released(request, partnership):
        return _page(request, partnership, asked, alert=refusal, status=422)
    made = make(
        partnership,
        asked,
        out=pack_folder(partnership, asked),
        is_draft="draft" in request.POST,
        by=str(request.user.reference),  # type: ignore[union-attr]
    )
    if made.refused:
        alert = _("Nothing was built. What stands in the way is named below; an earlier pack stays as it was.")
        return _page(request, partnership, asked, alert=alert, leaks=made.leaks, more=made.hindrances, then="build", status=422)
    alone = QuarterScope.of(partnership, asked).rule
    built = (
        _("The pack is built in its one language. Its files are below.")
        if alone
        else _("The pack is built in both languages. Its files are below.")
    )
    messages.success(request, built)
    return redirect("publishing:quarter", slug=partnership.slug, key=key)


@require_POST
@desk(May.PUBLISH)
def publish(request: HttpRequest, partnership: Any, key: str) -> HttpResponse:
    """Publish the public paper, or say what keeps it from it."""
    asked = _quarter(key)
    if refusal := released(request, partnership):
        return _page(request, partnership, asked, alert=refusal, status=422)
    before = _versions(partnership, asked).count()
    try:
        row = publish_quarter(partnership, asked, by=request.user)
    except QuarterNotPublished as refused:
        return _page(
            request, partnership, asked, alert=refused.sentence, leaks=refused.leaks, more=refused.hindrances, then="publish", status=422
        )
    is_new = _versions(partnership, asked).count() > before
    words = published_said(only_of(row.content)) if is_new else _("Nothing has changed since version %(version)s, so it stands.")
    messages.success(request, words % {"version": row.version})
    return redirect("publishing:quarter", slug=partnership.slug, key=key)


@desk()
def fetch_file(request: HttpRequest, partnership: Any, key: str, audience: str, name: str) -> HttpResponse:
    """One file of the pack, as it was built."""
    path = file_path(partnership, _quarter(key), audience, name)
    if path is None:
        raise Http404
    called = content_disposition_header(as_attachment=True, filename=f"{partnership.slug}-{key}-{audience}-{name}")
    return HttpResponse(path.read_bytes(), content_type=TYPES[path.suffix], headers={"Content-Disposition": called or "attachment"})


def _versions(partnership: Any, asked: Quarter) -> Any:
    return Publication.objects.filter(partnership=partnership.slug, kind=KIND, key=str(asked))


def _each_once(found: Iterable[Hindrance]) -> list[Hindrance]:
    return list({each.subject: each for each in found}.values())


def _mended_on(each: Hindrance, scope: QuarterScope, checks: bool) -> str:
    """The page that mends it; for who only checks pairs that of the pair, since the form of the whole row would refuse them."""
    if checks and each.field:
        return pair_page(scope.partnership.slug, each.about.kind, each.about.which, each.field)
    return address(each, scope)


def _page(
    request: HttpRequest,
    partnership: Any,
    asked: Quarter,
    *,
    alert: str = "",
    leaks: Any = (),
    more: Any = (),
    then: str = "build",
    status: int = 200,
) -> HttpResponse:
    scope = QuarterScope.of(partnership, asked)
    checks = only_checks(request.user, partnership)
    hindered = _each_once([*waiting(scope), *more])
    held = ledger(partnership)
    context = {
        "quarter": asked,
        "key": str(asked),
        "waiting": [{"sentence": each.say(), "url": _mended_on(each, scope, checks)} for each in hindered],
        "has_look": scope.look is not None,
        "plan": scope.plan,
        "rule": scope.rule,
        "pack": shelved(partnership, asked),
        "alert": alert,
        "leaks": leaks,
        "release_form": ReleaseForm(leaks=leaks) if leaks else None,
        "then": f"publishing:{then}_quarter",
        "versions": held.versions(KIND, str(asked)),
        "withholding": of_quarter(scope, held),
        "may_publish": may(request.user, May.PUBLISH, partnership),
        "public_url": reverse("public:quarter", args=[partnership.slug, str(asked)]),
    }
    return render(request, "publishing/quarter.html", context, status=status)
