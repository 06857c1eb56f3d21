"""`diogel start`: the first partnership and the first person of an empty home."""

from __future__ import annotations

import argparse
import getpass
import re
import sys
from pathlib import Path
from typing import Any

from diogel.cli import Refusal

from .ready import ready

# The option, and how it is asked for where it was not given.
QUESTIONS = (
    ("slug", "Short name for addresses, such as gwynedd-mon"),
    ("name_cy", "Name of the partnership in Welsh"),
    ("name_en", "Name of the partnership in English"),
    ("place_cy", "Its place in Welsh"),
    ("place_en", "Its place in English"),
    ("given", "Given name of its co-ordinator"),
    ("family", "Family name of its co-ordinator"),
    ("email", "E-mail address to sign in with"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--slug", help="short name for addresses: small letters, digits and hyphens")
    parser.add_argument("--name-cy", help="name of the partnership in Welsh")
    parser.add_argument("--name-en", help="name of the partnership in English")
    parser.add_argument("--place-cy", help="the place it serves, in Welsh")
    parser.add_argument("--place-en", help="the place it serves, in English")
    parser.add_argument("--area", nargs="+", metavar="CODE", help="codes of the local authorities it covers, such as W06000002")
    parser.add_argument("--language", choices=["cy", "en"], default="cy", help="the language it works in first (default: cy)")
    parser.add_argument("--given", help="given name of its co-ordinator")
    parser.add_argument("--family", help="family name of its co-ordinator")
    parser.add_argument("--email", help="e-mail address the co-ordinator signs in with")
    parser.add_argument("--password-file", type=Path, help="file whose first line is the co-ordinator's password; asked for without it")
    parser.add_argument("--another", action="store_true", help="make one more partnership where there is one already")


def run(args: argparse.Namespace) -> int:
    """Make both, or refuse in one sentence and change nothing. What was not given is asked for at the prompt."""
    ready()
    from diogel.people.models import Partnership

    standing = Partnership.objects.first()
    if standing and not args.another:
        raise Refusal(f"This home has a partnership already ({standing.slug}). Give --another to make one more.")
    answers = _answers(args)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", answers["slug"]):
        raise Refusal(f"“{answers['slug']}” cannot stand in an address: use small letters, digits and hyphens.")
    if Partnership.objects.filter(slug=answers["slug"]).exists():
        raise Refusal(f"There is a partnership called {answers['slug']} already.")
    _make(answers, args)
    where = f"/{args.language}/accounts/login/"
    print(f"Made the partnership {answers['slug']} and its co-ordinator.")
    print(f"Run “diogel serve”, then sign in at http://127.0.0.1:8000{where} with {answers['email']}.")
    return 0


def _answers(args: argparse.Namespace) -> dict[str, str]:
    """What was given, and what is asked for at the prompt; where nobody can be asked, what is missing is named."""
    given = {name: (getattr(args, name) or "").strip() for name, _ in QUESTIONS}
    missing = [name for name, value in given.items() if not value]
    if missing and not sys.stdin.isatty():
        options = ", ".join("--" + name.replace("_", "-") for name in missing)
        raise Refusal(f"These are needed and were not given: {options}.")
    for name, question in QUESTIONS:
        while not given[name]:
            given[name] = input(f"{question}: ").strip()
    return given


def _make(answers: dict[str, str], args: argparse.Namespace) -> None:
    """The partnership with its areas, and the co-ordinator with an account: both or neither."""
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from diogel.people.access import Installation, Role
    from diogel.people.enrolment import enrol, open_account
    from diogel.people.models import Partnership, User
    from diogel.people.writing import write
    from diogel.places.loading import load_builtin

    by = Installation()
    has_account = User.objects.filter(email__iexact=answers["email"]).exists()
    password = None if has_account else _password(args.password_file)
    pairs = {name: (answers[f"{name}_cy"], answers[f"{name}_en"]) for name in ("name", "place")}
    try:
        with transaction.atomic():
            load_builtin(by=by)
            made = write(
                Partnership(slug=answers["slug"]),
                by=by,
                pairs=pairs,
                checked=tuple(pairs),
                many={"areas": _areas(args.area)},
                language=args.language,
            )
            who: dict[str, Any] = {name: answers[name] for name in ("given", "family", "email")}
            person = enrol(by=by, partnership=made, role=Role.CO_ORDINATOR, language=args.language, password=password, **who)
            if has_account:
                open_account(by=by, person=person, partnership=made)
    except ValidationError as error:
        raise Refusal(" ".join(error.messages)) from error


def _areas(codes: list[str] | None) -> list[Any]:
    """The local authorities with these codes. Refusal where one is not here."""
    from diogel.places.models import Area

    known = {area.code: area for area in Area.objects.filter(kind=Area.Kind.AUTHORITY)}
    for code in codes or ():
        if code not in known:
            listed = ", ".join(f"{area.code} {area.name_en}" for area in known.values())
            raise Refusal(f"{code} is no local authority known here. Known are {listed}; “diogel places load” adds others.")
    return [known[code] for code in codes or ()]


def _password(path: Path | None) -> str:
    """The first line of the file; else what is typed twice alike, unseen."""
    if path:
        if not path.is_file():
            raise Refusal(f"There is no file {path}.")
        return (path.read_text(encoding="utf-8").splitlines() or [""])[0]
    if not sys.stdin.isatty():
        raise Refusal("A password is needed: give --password-file.")
    while True:
        first = getpass.getpass("Password (twelve letters or more): ")
        if first == getpass.getpass("The same again: "):
            return first
        print("The two differ. Try again.", file=sys.stderr)
