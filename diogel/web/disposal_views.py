"""The page that tells beforehand what will be disposed of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.exchange import disposing
from diogel.home import today
from diogel.people.access import May
from diogel.people.desk import desk
from diogel.people.leaving import left_long_ago
from diogel.plan import consulting
from diogel.records.disposal import SOON, due
from diogel.records.workflow import workflows


@desk(May.SEE_AUDIT)
def disposal(request: HttpRequest, partnership: Any) -> HttpResponse:
    """What is kept until a day in the next ninety: references and days, which name nobody; how many who left, comments and files go."""
    rows = due(today(), partnership=partnership, within=SOON)
    titles = {workflow.kind: workflow.title for workflow in workflows()}
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    others = {
        "people": left_long_ago(today(), partnership=partnership, within=SOON).count(),
        "comments": consulting.past_keeping(today(), partnership=partnership, within=SOON).count(),
        "files": len(disposing.past_keeping(today(), partnership=partnership, within=SOON)),
    }
    context = others | {
        "title": _title(rows.count(), goes_more=any(others.values())),
        "until": today() + timedelta(days=SOON),
        "today": today(),
        "page_of": page,
        "rows": [{"row": row, "kind": titles.get(row.kind, row.kind)} for row in page],
    }
    return render(request, "disposal.html", context)


def _title(n: int, *, goes_more: bool) -> str:
    """How many records go; where none does, and something else goes, only of them that they stay."""
    if not n and goes_more:
        return _("No record will be disposed of in the next 90 days")
    if not n:
        return _("Nothing will be disposed of in the next 90 days")
    return ngettext("%(n)s record will be disposed of in the next 90 days", "%(n)s records will be disposed of in the next 90 days", n) % {
        "n": n
    }
