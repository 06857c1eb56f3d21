"""The invented cast that every test knows: two partnerships and the people in them."""

from __future__ import annotations

from dataclasses import dataclass

from diogel.people.access import Role
from diogel.people.models import Body, Holding, Membership, Partnership, Person, User
from diogel.places.models import Area
from diogel.words.pairs import PairState


@dataclass(frozen=True)
class Cast:
    """Ann co-ordinates Gwynedd and Anglesey, Bryn is a police officer there, Carys sits on scrutiny, Dai co-ordinates Wrexham."""

    gwynedd_mon: Partnership
    wrexham: Partnership
    gwynedd: Area
    anglesey: Area
    police: Body
    council: Body
    ann: User
    bryn: User
    carys: User
    dai: User


def bilingual(cy: str, en: str, *names: str) -> dict[str, str]:
    """Columns for checked pairs that share the same words."""
    return {key: value for name in names for key, value in ((f"{name}_cy", cy), (f"{name}_en", en), (f"{name}_state", PairState.CHECKED))}


def make_person(given: str, family: str, body: Body | None = None) -> Person:
    return Person.objects.create(given=given, family=family, email=f"{given.lower()}@example.org", body=body)


def make_user(person: Person) -> User:
    return User.objects.create_user(person.email, password="a long enough password", person=person)


def hold(user: User, partnership: Partnership, role: Role) -> None:
    Holding.objects.create(person=user.person, partnership=partnership, role=role.value)


def make_cast() -> Cast:
    """Make everyone, in the database."""
    anglesey = Area.objects.create(code="W06000001", kind="authority", vintage=2021, **bilingual("Ynys Môn", "Isle of Anglesey", "name"))
    gwynedd = Area.objects.create(code="W06000002", kind="authority", vintage=2021, **bilingual("Gwynedd", "Gwynedd", "name"))
    wrecsam = Area.objects.create(code="W06000006", kind="authority", vintage=2021, **bilingual("Wrecsam", "Wrexham", "name"))
    names = bilingual("Partneriaeth Diogelwch Cymunedol", "Community Safety Partnership", "name")
    west = Partnership.objects.create(slug="gwynedd-mon", **names, **bilingual("Gwynedd a Môn", "Gwynedd and Anglesey", "place"))
    west.areas.set([anglesey, gwynedd])
    east = Partnership.objects.create(slug="wrexham", language="en", **names, **bilingual("Wrecsam", "Wrexham", "place"))
    east.areas.set([wrecsam])
    police = Body.objects.create(
        code="north-wales-police", kind="police", **bilingual("Heddlu Gogledd Cymru", "North Wales Police", "name", "short")
    )
    council = Body.objects.create(code="gwynedd-council", kind="council", **bilingual("Cyngor Gwynedd", "Gwynedd Council", "name", "short"))
    for partnership in (west, east):
        Membership.objects.create(partnership=partnership, body=police, standing="responsible")
    Membership.objects.create(partnership=west, body=council, standing="responsible")
    ann = make_user(make_person("Ann", "Enghraifft", council))
    bryn = make_user(make_person("Bryn", "Dychmygol", police))
    carys = make_user(make_person("Carys", "Ffuglen"))
    dai = make_user(make_person("Dai", "Sampl"))
    hold(ann, west, Role.CO_ORDINATOR)
    hold(bryn, west, Role.PARTNER_OFFICER)
    hold(carys, west, Role.SCRUTINY)
    hold(dai, east, Role.CO_ORDINATOR)
    return Cast(west, east, gwynedd, anglesey, police, council, ann, bryn, carys, dai)
