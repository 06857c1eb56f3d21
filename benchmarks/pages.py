"""Queries and CPU of every page of the demo, warm; bars: 12 queries and 60 ms of CPU a page."""

from __future__ import annotations

import os
import sys
import time

QUERIES, MILLISECONDS, RUNS = 12, 60, 5


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
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
            asked = len(queries)
        began = time.process_time()
        for _ in range(RUNS):
            client.get(path)
        spent = (time.process_time() - began) / RUNS * 1000
        is_file = not answer.headers.get("Content-Type", "").startswith("text/html")  # a workbook is made, not read
        is_over = asked > QUERIES or (spent > MILLISECONDS and not is_file) or answer.status_code not in (200, 302)
        over += is_over
        print(
            f"{path:<64}{asked:>8}{spent:>8.0f}{'  OVER' if is_over else ''}{'' if answer.status_code in (200, 302) else f'  {answer.status_code}'}"
        )
    print(f"Pages over {QUERIES} queries or {MILLISECONDS} ms of CPU: {over}")
    return 1 if over else 0


def pages(stranger, inside):
    """Every page that the demo's front pages and desk menus lead to, one step deep."""
    import re

    seen = set()
    for start, client in (("/en/gwynedd-mon/", stranger), ("/cy/gwynedd-mon/desk/", inside)):
        waiting = [start]
        for path in waiting:
            if path in seen:
                continue
            seen.add(path)
            yield path, client
            html = client.get(path, follow=True).content.decode(errors="replace")
            depth = path.count("/")
            links = re.findall(r'href="(/(?:en|cy)/gwynedd-mon/[^"?#]*)"', html)
            waiting += [
                link for link in dict.fromkeys(links) if link.startswith(start) and link not in seen and depth < 7 and "correct" not in link
            ]


if __name__ == "__main__":
    sys.exit(main())
