"""Compares who leads an action, where it is done and what it serves, as a file has it, with the plan as it stands."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from diogel.analysis.reading.plan_values import plain
from diogel.assessment.models import Theme
from diogel.records.owners import owners_of

from .going_on import Held
from .known import Known, called, called_all, full_name, names_of, pieces
from .names import find
from .steps import Noted


def bodies(noted: Noted, values: dict[str, str], held: Held | None, known: Known) -> None:
    """Who leads: by the column of bodies or, where that says nothing, as the contacts propose. A person's name never goes into the plan."""
    found: dict[int, Any] = {}
    for piece in pieces(values.get("body", ""), known.bodies) if values.get("body") else ():
        body = known.bodies.get(plain(piece)) or known.body_within(piece)
        if body:
            found[body.pk] = body
        else:
            noted.leave("body", piece, _("No body of this partnership is called “%(name)s”.") % {"name": piece})
    for piece in pieces(values.get("contact", ""), known.people) if values.get("contact") else ():
        body = known.body_of(piece)
        if body is None:
            noted.leave(
                "contact",
                piece,
                _("The contact could not be matched with a body. It is kept in the list of what was left, and nowhere else."),
            )
        elif "body" not in values:
            found[body.pk] = body
            noted.doubts.append(
                _("The contact proposes that this body leads: %(body)s. The name itself stays out.") % {"body": called(body, "name")}
            )
        else:
            noted.leave("contact", piece, _("The name of a contact stays out of the plan."))
    settled = {plain(full_name(person)) for person in owners_of(held.action)} if held and values.get("person") else set()
    for piece in pieces(values.get("person", ""), known.people) if values.get("person") and "body" not in values else ():
        if plain(piece) not in settled and (body := known.body_of(piece)):
            found[body.pk] = body
            noted.doubts.append(_("The lead person proposes that this body leads: %(body)s.") % {"body": called(body, "name")})
    now = {body.pk: body for body in held.action.bodies.all()} if held and found else {}
    if found and set(found) != set(now):
        noted.change("body", called_all(now.values()), called_all(found.values()), bodies=list(found.values()))


def persons(noted: Noted, file: str, held: Held | None, known: Known) -> None:
    """Who answers for it in person: found by full name among those on file. Nobody is written down because a file names them."""
    found: dict[int, Any] = {}
    for piece in pieces(file, known.people) if file else ():
        called = known.people.get(plain(piece), [])
        if len(called) == 1:
            found[called[0].pk] = called[0]
        elif called:
            noted.leave(
                "person",
                piece,
                _("Several people called “%(name)s” are on file here. Choose who leads on the form of the action.") % {"name": piece},
            )
        elif plain(piece) not in known.bodies:
            noted.leave(
                "person",
                piece,
                _("Nobody called “%(name)s” is on file here. The name is kept in the list of what was left, and nowhere else.")
                % {"name": piece},
            )
    now = {person.pk: person for person in owners_of(held.action)} if held and found else {}
    if found and set(found) != set(now):
        noted.change("person", _fullcalled_all(now.values()), _fullcalled_all(found.values()), owners=list(found.values()))


def _fullcalled_all(people: Any) -> str:
    return "; ".join(sorted(full_name(person) for person in people))


def areas(noted: Noted, file: str, held: Held | None, known: Known) -> None:
    found: dict[int, Any] = {}
    for piece in pieces(file, known.areas) if file else ():
        area = known.areas.get(plain(piece))
        if area:
            found[area.pk] = area
        elif plain(piece) in ("both", "both counties", "all", "y ddwy", "y ddwy sir", "pob un", "pob ardal"):
            found |= {each.pk: each for each in known.areas.values()}
        else:
            noted.leave("area", piece, _("No area of this partnership is called “%(name)s”.") % {"name": piece})
    now = {area.pk: area for area in held.action.areas.all()} if held and found else {}
    if found and set(found) != set(now):
        noted.change("area", called_all(now.values()), called_all(found.values()), areas=list(found.values()))


def serves(noted: Noted, values: dict[str, str], held: Held | None, known: Known) -> None:
    """Themes and duties, in a column each or in one that they share. Where a row names none of them, those that stand stay."""
    if not (values.get("theme") or values.get("duty")):
        return
    own = {"themes": _standing(held, "themes"), "duties": _standing(held, "duties")}
    names = {kind: {name: row for row in rows.values() for name in names_of(row)} for kind, rows in own.items()}
    themes, duties = names["themes"] | names["duties"], names["duties"] | names["themes"]  # what it serves already comes first
    looked_up = {"theme": known.duties | known.themes | themes, "duty": known.themes | known.duties | duties}
    found: dict[str, dict[int, Any]] = {"themes": {}, "duties": {}}
    is_whole = False
    for name, rows in looked_up.items():
        for piece in pieces(values.get(name, ""), rows):
            row = find(rows, piece)
            if row:
                found["themes" if isinstance(row, Theme) else "duties"][row.pk] = row
            elif plain(piece) in known.cross_cutting:
                is_whole = True
            else:
                noted.leave(name, piece, _("No theme or duty here is called “%(name)s”.") % {"name": piece})
    was_whole = bool(held and held.is_cross_cutting)
    if is_whole and not was_whole:
        noted.change("theme", called_all(own["themes"].values(), "title"), _("Cross-cutting"), is_cross_cutting=True)
    if found["themes"] and (set(found["themes"]) != set(own["themes"]) or (was_whole and not is_whole)):
        now = _("Cross-cutting") if was_whole else called_all(own["themes"].values(), "title")
        noted.change(
            "theme", now, called_all(found["themes"].values(), "title"), themes=list(found["themes"].values()), is_cross_cutting=is_whole
        )
    if found["duties"] and set(found["duties"]) != set(own["duties"]):
        noted.change(
            "duty",
            called_all(own["duties"].values(), "title"),
            called_all(found["duties"].values(), "title"),
            duties=list(found["duties"].values()),
        )


def _standing(held: Held | None, name: str) -> dict[int, Any]:
    return {row.pk: row for row in getattr(held, name).all() if not row.withdrawn_on} if held else {}
