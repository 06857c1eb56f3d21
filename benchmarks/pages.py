"""Queries and CPU of the demo's pages, warm, a dozen addresses of each kind at most; bars: 12 queries and 60 ms of CPU a page."""

from __future__ import annotations

import os
import re
import sys
import time
from collections import Counter

QUERIES, MILLISECONDS, RUNS = 12, 60, 3
OF_A_KIND = 12
"""So many addresses of each kind of page are looked at, the first that are found."""


def main() -> int:
    from diogel.home import is_demo

    if not is_demo():
        print("There is no demo in this home: run `make demo SERVE=no` first.")
        return 1
    from diogel.cli.ready import ready

    ready()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from diogel.people.models import User

    os.environ["DJANGO_SETTINGS_MODULE"] = "diogel.web.settings"
    stranger, inside = Client(headers={"host": "127.0.0.1"}), Client(headers={"host": "127.0.0.1"})
    inside.force_login(User.objects.get(email="ann@example.org"))
    over = 0
    print(f"{'page':<64}{'queries':>8}{'CPU ms':>8}")
    for path, client in pages(stranger, inside):
        with CaptureQueriesContext(connection) as queries:
            answer, spent = timed(client, path)
            asked = len(queries)
        is_file = not answer.headers.get("Content-Type", "").startswith("text/html")  # a workbook is made, not read
        if spent > MILLISECONDS and not is_file:
            spent = min(spent, *(timed(client, path)[1] for _ in range(RUNS)))  # now and then one tidies memory for all
        is_well = answer.status_code in (200, 302)
        is_over = asked > QUERIES or (spent > MILLISECONDS and not is_file) or not is_well
        over += is_over
        print(f"{path:<64}{asked:>8}{spent:>8.0f}{'  OVER' if is_over else ''}{'' if is_well else f'  {answer.status_code}'}")
    print(f"Pages over {QUERIES} queries or {MILLISECONDS} ms of CPU: {over}")
    return 1 if over else 0


def timed(client, path):
    """The answer, and the milliseconds of CPU that it took."""
    began = time.process_time()
    answer = client.get(path)
    return answer, (time.process_time() - began) * 1000


def pages(stranger, inside):
    """Every kind of page that the demo's front pages and desk menus lead to, however deep; each was looked at once."""
    for start, client in (("/en/gwynedd-mon/", stranger), ("/cy/gwynedd-mon/desk/", inside)):
        waiting, seen = [start], Counter()
        for path in waiting:
            seen[kind_of(path)] += 1
            if seen[kind_of(path)] > OF_A_KIND:
                continue
            html = client.get(path, follow=True).content.decode(errors="replace")
            yield path, client
            links = dict.fromkeys(re.findall(r'href="(/(?:en|cy)/gwynedd-mon/[^"?#]*)"', html))
            waiting += [link for link in links if link.startswith(start) and link not in waiting]


def kind_of(path):
    """The view that answers, and the kind of row that it is about where it answers for several."""
    from django.urls import resolve
    from django.utils.translation import override

    with override(path[1:3]):
        match = resolve(path)
    return match.view_name, match.kwargs.get("kind")


if __name__ == "__main__":
    sys.exit(main())
