"""`diogel post show`: how far each letter of a partnership has come, without names and addresses."""

from __future__ import annotations

import argparse
import json
from typing import Any

from .speaking import add_report, spoken


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("partnership", help="the partnership's short name, such as gwynedd-mon")
    parser.add_argument("--state", default="", metavar="STATE", help="only letters in this state: queued, sending, sent, unknown, refused")
    add_report(parser, "the list")


@spoken
def run(args: argparse.Namespace) -> int:
    """0, or 1 where of some letter nobody knows whether it went."""
    from django.utils.translation import gettext as _

    from diogel.post.models import Letter

    from . import Refusal
    from .partnerships import partnership_called

    if args.state and args.state not in Letter.State.values:
        raise Refusal(
            _("There is no state %(state)s. Those there are: %(known)s.") % {"state": args.state, "known": ", ".join(Letter.State.values)}
        )
    rows = Letter.objects.filter(partnership=partnership_called(args.partnership)).order_by("pk")
    found = list(rows.filter(state=args.state) if args.state else rows)
    if args.json:
        print(json.dumps([_plain(each) for each in found], ensure_ascii=False, indent=1))
    else:
        for each in found:
            print(f"{each.pk:>5}  {each.queued_on}  {each.get_state_display()}  {each.subject}  {each.message_id}")
        if not found:
            print(_("There is no such letter."))
    return 1 if any(each.state == Letter.State.UNKNOWN for each in found) else 0


def _plain(letter: Any) -> dict[str, Any]:
    """What may be told of a letter to a file: no name, no address, no link."""
    told = {
        name: getattr(letter, name) for name in ("pk", "kind", "about", "person_id", "state", "why", "attempts", "message_id", "subject")
    }
    return told | {"queued_on": str(letter.queued_on), "send_on": str(letter.send_on)}
