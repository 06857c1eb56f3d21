"""`diogel role give`: a role for somebody, also one that nobody at the desk may give."""

from __future__ import annotations

import argparse
from typing import Any

from . import Refusal
from .ready import ready

ROLES = (
    "co_ordinator", "analyst", "priority_lead", "partner_officer", "chair", "member", "scrutiny", "translator", "case_role", "administrator",
)  # fmt: skip
"""Every role there is. `people.access` holds them too, and cannot be asked before Django is set up."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("role", choices=ROLES, help="the role")
    parser.add_argument("--partnership", required=True, help="the partnership's short name, such as gwynedd-mon")
    parser.add_argument("--email", required=True, help="the person's e-mail address")
    parser.add_argument("--given", default="", help="given name, for somebody who is not known yet")
    parser.add_argument("--family", default="", help="family name, for somebody who is not known yet")


def run(args: argparse.Namespace) -> int:
    """Give it. Somebody new is enrolled and may sign in; they set their password through the link of the sign-in page."""
    ready()
    from django.core.exceptions import ValidationError

    from diogel.people.models import Partnership

    partnership = Partnership.objects.filter(slug=args.partnership).first()
    if partnership is None:
        known = ", ".join(Partnership.objects.values_list("slug", flat=True)) or "none yet"
        raise Refusal(f"There is no partnership {args.partnership!r} in this home. Those there are: {known}.")
    try:
        _give(args, partnership)
    except ValidationError as error:
        raise Refusal(" ".join(error.messages)) from error
    print(f"{args.email} holds the role {args.role} in {partnership.slug}.")
    return 0


def _give(args: argparse.Namespace, partnership: Any) -> None:
    from django.db import transaction

    from diogel.people.access import Installation
    from diogel.people.enrolment import account_of, enrol, known_here, open_account

    if not known_here(partnership, args.email) and not (args.given and args.family):
        raise Refusal(f"Nobody in {partnership.slug} is known by {args.email}. Give --given and --family too, and they are enrolled.")
    by = Installation()
    with transaction.atomic():
        named = {"given": args.given, "family": args.family, "email": args.email}
        person = enrol(by=by, partnership=partnership, role=args.role, language=partnership.language, **named)
        if account_of(person) is None:
            open_account(by=by, person=person, partnership=partnership)
