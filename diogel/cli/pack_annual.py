"""`diogel pack annual`: the report of a plan's year, what we said and what we did, in both languages and all formats."""

from __future__ import annotations

import argparse

from . import Refusal
from .packs import add_pack, releases_of, tell
from .partnerships import add_partnership, partnership_called
from .ready import ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_partnership(parser)
    parser.add_argument("--year-ending", required=True, metavar="YYYY-MM", help="the last month of the year of the plan, such as 2022-03")
    add_pack(parser)


def run(args: argparse.Namespace) -> int:
    """0: the pack is whole. 1: refused, each reason named; what had been written before stays as it was."""
    ready()
    from diogel.publishing.annual_pack import make
    from diogel.publishing.annual_years import years_of

    partnership = partnership_called(args.partnership)
    plans = partnership.plans.standing().exclude(status="draft").select_related("partnership")
    years = {year.key: year for plan in plans for year in years_of(plan)}
    if args.year_ending not in years:
        known = ", ".join(sorted(years)) or "none yet"
        raise Refusal(f"{args.partnership} has no plan with a year ending in {args.year_ending}. Those there are: {known}.")
    releases = releases_of(args.releases) if args.releases else ()
    made = make(years[args.year_ending], out=args.out, is_draft=args.draft, releases=releases)
    waits = [str(each) for each in made.unready]
    return tell(made, refused={"unready": waits, "why": made.why}, lines=[made.why, *waits], as_json=args.json)
