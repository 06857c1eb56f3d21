"""`diogel nightly`: work out everything heavy and keep it, so that pages only read it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from diogel.analysis.periods import Month, Quarter

from . import Refusal
from .progress import Progress
from .speaking import add_report, spoken

TENANTS = ("rounds", "disposal", "unusual", "outlook", "hot-spots", "compare")
DEEDS = ("rounds", "disposal")
"""What is done where there is something to do, and is not worked out."""


class NotGone(Exception):
    """Rows that are kept no longer and that others still need, by their references."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--partnership", default="", metavar="SLUG", help="only this partnership (default: every one in this home)")
    parser.add_argument(
        "--only", nargs="+", choices=TENANTS, default=list(TENANTS), metavar="WHAT", help=f"only some of the work: {', '.join(TENANTS)}"
    )
    parser.add_argument("--again", action="store_true", help="work out what has not changed since the last time, too")
    add_report(parser, "the report")


@spoken
def run(args: argparse.Namespace) -> int:
    """0: all done, or nothing had changed; 1: some of it could not be done, each named; 2: none of it could."""
    from django.utils.translation import gettext as _

    partnerships = _partnerships(args.partnership)
    with Progress() as progress:
        told = list(_done(args, partnerships, progress))
    if args.json:
        print(json.dumps({"done": told}, ensure_ascii=False, indent=1))
    else:
        states = {"worked_out": _("worked out"), "unchanged": _("unchanged since the last time")}
        for each in told:
            print(f"{each['what']} {each['partnership']}".rstrip() + f": {states.get(each['state'], each['why'])}")
    failed = sum(each["state"] == "failed" for each in told)
    idle = sum(each["what"] in DEEDS and each["state"] == "unchanged" for each in told)  # there was nothing to do
    return 0 if not failed else 2 if failed + idle == len(told) else 1


def _partnerships(slug: str) -> list[Any]:
    from django.utils.translation import gettext as _

    from diogel.people.models import Partnership

    every = list(Partnership.objects.standing())
    wanted = [each for each in every if each.slug == slug] if slug else every
    if not wanted:
        known = ", ".join(each.slug for each in every)
        if slug and known:
            told = {"slug": slug, "known": known}
            raise Refusal(_("There is no partnership %(slug)s in this home. Those there are: %(known)s.") % told)
        raise Refusal(_("There is no partnership in this home yet. Begin with: diogel start"))
    return wanted


def _done(args: argparse.Namespace, partnerships: list[Any], progress: Progress) -> Iterator[dict[str, str]]:
    """Each piece of work with what became of it. One that fails leaves what stood before, and keeps no other from being done."""
    for what in (one for one in TENANTS if one in args.only):
        if what == "compare":
            yield _told(what, "", partial(_compare, args, progress))
            continue
        for partnership in partnerships:
            if what == "rounds":
                yield _told(what, partnership.slug, partial(_rounds, partnership))
            elif what == "disposal":
                yield _told(what, partnership.slug, partial(_dispose, partnership))
            elif what == "unusual":
                yield _told(what, partnership.slug, partial(_look, partnership))
            elif what == "outlook":
                yield _told(what, partnership.slug, partial(_outlook, partnership, args, progress))
            else:
                yield _told(what, partnership.slug, partial(_hot_spots, partnership, args, progress))


def _told(what: str, partnership: str, work: Callable[[], bool]) -> dict[str, str]:
    from diogel.crime.compare_groups import BadList
    from diogel.crime.hot_nightly import NothingToWorkOut
    from diogel.crime.store import StoreFault
    from diogel.indicators.looking import CannotLook

    row = {"what": what, "partnership": partnership, "state": "failed", "why": ""}
    try:
        return row | {"state": "worked_out" if work() else "unchanged"}
    except (NothingToWorkOut, CannotLook, StoreFault, BadList, NotGone, OSError) as fault:
        return row | {"why": str(fault)}


def _rounds(partnership: Any) -> bool:
    """What the clock of an open round asks for today, and the letters that wait, told by whether there was anything to do."""
    from django.conf import settings

    from diogel.home import today
    from diogel.people.access import Installation
    from diogel.post.delivery import send_queued
    from diogel.rounds.models import Round
    from diogel.rounds.running import follow_the_clock

    done = 0
    for round_ in Round.objects.standing().filter(partnership=partnership, status=Round.Status.OPEN).select_related("plan", "partnership"):
        done += sum(follow_the_clock(round_, by=Installation(), on=today()).values())
    sent = send_queued(root=settings.SITE_ROOT, on=today(), partnership=partnership)
    return bool(done or sent.tried or sent.found)


def _dispose(partnership: Any) -> bool:
    """What is kept no longer goes, as by `diogel disposal run`; told by whether anything did. NotGone names what could not go."""
    from diogel.home import today

    from .disposal_run import let_go

    told = list(let_go(on=today(), partnership=partnership))
    if stuck := [each["reference"] for each in told if each["fault"]]:
        raise NotGone(", ".join(stuck))
    return bool(told)


def _look(partnership: Any) -> bool:
    """Listen for what has stopped; then look through the last whole quarter that the store holds, and through each earlier one whose
    rows were revised since. Looking again keeps every answer."""
    from diogel.home import today
    from diogel.indicators.looking import look, revised_quarters
    from diogel.indicators.silences import listen
    from diogel.people.access import Installation

    listen(partnership, by=Installation())
    for quarter in sorted({*revised_quarters(partnership), last_quarter(today=Month.of(today()))}):
        look(partnership, quarter, by=Installation())
    return True


def last_quarter(*, today: Month) -> Quarter:
    """The last quarter that is over and of which every month has a file. CannotLook where there is none."""
    from django.utils.translation import gettext as _

    from diogel.crime import counting
    from diogel.indicators.looking import CannotLook

    loaded = {month for month in counting.months_loaded() if month < today}
    ends = [month for month in loaded if month.month % 3 == 0 and {month - 1, month - 2} <= loaded]
    if not ends:
        raise CannotLook(_("No whole quarter is loaded yet, so there is nothing to look at."))
    return Quarter.parse(str(max(ends)))


def _outlook(partnership: Any, args: argparse.Namespace, progress: Progress) -> bool:
    from django.utils.translation import gettext as _

    from diogel.indicators.outlook_nightly import work_out

    def told(done: int, of: int) -> None:
        progress.tell(_("%(slug)s: %(done)s of %(all)s forecasts drawn") % {"slug": partnership.slug, "done": done, "all": of})

    return work_out(partnership, told=told, again=args.again)


def _hot_spots(partnership: Any, args: argparse.Namespace, progress: Progress) -> bool:
    from django.utils.translation import gettext as _

    from diogel.crime.hot_nightly import work_out

    def told(done: int, of: int) -> None:
        progress.tell(_("%(slug)s: %(done)s of %(all)s groups of crime types") % {"slug": partnership.slug, "done": done, "all": of})

    return work_out(partnership, told=told, again=args.again)


def _compare(args: argparse.Namespace, progress: Progress) -> bool:
    from django.utils.translation import gettext as _

    from diogel.crime.compare_nightly import work_out

    def told(done: int, of: int) -> None:
        progress.tell(_("%(done)s of %(all)s comparisons drawn") % {"done": done, "all": of})

    return work_out(told=told, again=args.again)
