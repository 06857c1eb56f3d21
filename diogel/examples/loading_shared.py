"""The parts of an example that everything else rests on: the partnership, its bodies, groups, duties and dated context."""

from __future__ import annotations

import json
from typing import Any

from diogel.analysis.polygons import read_polygon
from diogel.assessment.models import Claim, Duty
from diogel.indicators.models import Context
from diogel.people import enrolment
from diogel.people.models import Group, Partnership
from diogel.places.loading import load_builtin, put_own_area
from diogel.places.models import Area

from .putting import BY, pairs, put


def partnership(data: dict[str, Any]) -> Partnership:
    load_builtin(by=BY)
    return put(
        Partnership,
        {"slug": data["slug"]},
        texts=pairs(data, "name", "place", "about", "vision"),
        many={"areas": Area.objects.filter(code__in=data["areas"], kind=Area.Kind.AUTHORITY)},
        language=data["language"],
        marking=data.get("marking", "OFFICIAL"),
        is_example=True,
    )


def areas(data: dict[str, Any]) -> dict[str, Area]:
    """The built-in areas by code, with the example's own ones beside them."""
    # What an area became must stand before the area itself.
    for table in sorted(data.get("own_areas", []), key=lambda each: bool(each.get("successor"))):
        put_own_area(
            code=table["code"],
            name_cy=table["name"]["cy"],
            name_en=table["name"]["en"],
            parent=table["parent"],
            boundary=_outline(table["boundary"]) if "boundary" in table else None,
            valid_from=table.get("from"),
            valid_to=table.get("to"),
            successor=table.get("successor", ""),
        )
    kinds = [Area.Kind.AUTHORITY, Area.Kind.OWN, Area.Kind.FORCE, Area.Kind.CSP]
    return {area.code: area for area in Area.objects.filter(kind__in=kinds)}


def _outline(corners: list[list[float]]) -> dict[str, Any]:
    """One ring of corners as a geometry, read and checked as one that somebody sends."""
    return read_polygon(json.dumps({"type": "Polygon", "coordinates": [corners]}).encode())


def bodies(data: dict[str, Any], loaded: Any) -> None:
    for table in data["bodies"]:
        loaded.bodies[table["code"]] = enrolment.add_body(
            by=BY,
            partnership=loaded.partnership,
            code=table["code"],
            name=(table["name"]["cy"], table["name"]["en"]),
            short=(table["short"]["cy"], table["short"]["en"]) if table.get("short") else ("", ""),
            kind=table["kind"],
            standing=table.get("standing", "none"),
            is_member=bool(table.get("member")),
            from_on=table.get("from"),
            to_on=table.get("to"),
        )
    for table in data["bodies"]:
        if table.get("successors"):
            enrolment.succeed(
                by=BY,
                partnership=loaded.partnership,
                body=loaded.bodies[table["code"]],
                successors=[loaded.bodies[code] for code in table["successors"]],
            )


def groups(data: dict[str, Any], loaded: Any) -> None:
    for order, table in enumerate(data["groups"]):
        loaded.groups[table["code"]] = put(
            Group,
            {"partnership": loaded.partnership, "code": table["code"]},
            texts=pairs(table, "name", "chair_role", "purpose", terms="terms_of_reference"),
            level=table["level"],
            is_statutory=bool(table.get("statutory")),
            order=order,
        )
        for document in table.get("owns", []):
            enrolment.own_document(by=BY, group=loaded.groups[table["code"]], title=(document["cy"], document["en"]))
    for table in data["groups"]:
        if table.get("parent"):
            put(Group, {"partnership": loaded.partnership, "code": table["code"]}, parent=loaded.groups[table["parent"]])


def duties_and_claims(data: dict[str, Any], loaded: Any) -> None:
    for table in data.get("duties", []):
        loaded.duties[table["code"]] = put(
            Duty,
            {"partnership": loaded.partnership, "code": table["code"]},
            texts=pairs(table, "title", "law"),
            from_on=table.get("from"),
            to_on=table.get("to"),
        )
    for table in data.get("claims", []):
        put(
            Claim,
            {"partnership": loaded.partnership, "code": table["code"]},
            texts=pairs(table, "statement", "source"),
            value=table.get("value"),
            unit=table.get("unit", ""),
            dated=str(table.get("dated", "")),
        )


def context(data: dict[str, Any], loaded: Any) -> None:
    for table in data.get("events", []):
        put(
            Context,
            {"partnership": loaded.partnership, "code": table["code"]},
            texts=pairs(table, "title", "source"),
            many={"areas": [loaded.areas[code] for code in table.get("areas", [])]},
            kind=table["kind"],
            from_on=table["from"],
            to_on=table.get("to"),
            types=table.get("types", []),
            is_excluded_from_baseline=bool(table.get("excluded_from_baseline")),
        )
