"""The parts of an example that make its plan: themes, indicators, survey, priorities, actions and outcomes."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

from diogel.assessment.models import Assessment, Evidence, Theme
from diogel.indicators.models import Indicator, Measure, Observation, Wave
from diogel.plan.models import Lead, Number, Objective, Outcome, Plan, Principle, Priority, Report, Section, Source, Stated
from diogel.processes.actions.models import Action, SubAction

from .putting import pairs, put


def assessment(data: dict[str, Any], loaded: Any) -> None:
    table = data["assessment"]
    whole = put(
        Assessment,
        {"partnership": loaded.partnership, "code": table["code"]},
        texts=pairs(table, "title", "period", "source", "scale"),
        from_on=table.get("from"),
        to_on=table.get("to"),
        published_on=table.get("published_on"),
        status=table.get("status", "published" if table.get("published_on") else "commissioned"),
    )
    for order, theme in enumerate(data.get("themes", [])):
        loaded.themes[theme["code"]] = put(
            Theme,
            {"assessment": whole, "code": theme["code"]},
            texts=pairs(theme, "title", "rationale", "decision_reason", "highlighted_as"),
            order=order,
            band=theme.get("band", ""),
            band_as_published=theme.get("band_as_published", ""),
            decision=theme.get("decision", "undecided"),
        )
    for evidence in data.get("evidence", []):
        put(
            Evidence,
            {"partnership": loaded.partnership, "code": evidence["code"]},
            texts=pairs(evidence, "statement", "source"),
            many={"themes": [loaded.themes[code] for code in evidence.get("themes", [])]},
            dated=str(evidence.get("dated", "")),
            kind=evidence.get("kind", "document"),
            area_code=evidence.get("series", {}).get("area", ""),
            crime_type=evidence.get("series", {}).get("type", ""),
            marking=evidence.get("marking", "OFFICIAL"),
        )


def indicators(data: dict[str, Any], loaded: Any) -> None:
    for order, table in enumerate(data.get("indicators", [])):
        measure = _measure(table, loaded)
        loaded.indicators[table["code"]] = put(
            Indicator,
            {"measure": measure, "code": table["code"]},
            texts=pairs(table, "title", "why"),
            direction=table["direction"],
            accountability=table["accountability"],
            better=table.get("better", "neither"),
            counts_people_where_a_share_is_meant=bool(table.get("counts_people_where_share_is_meant")),
            order=order,
        )
        # An indicator may be reported in several figures: each is a measure of its own, beside the one that names it.
        parts = {part["code"]: _measure(table | part, loaded) for part in table.get("measures", [])}
        for observed in table.get("observations", []):
            _observe(parts.get(observed.get("measure", ""), measure), observed)


def _measure(table: dict[str, Any], loaded: Any) -> Measure:
    series = table.get("series", {})
    types = series.get("types") or [series["type"]] if series else []
    return put(
        Measure,
        {"partnership": loaded.partnership, "code": table["code"]},
        texts=pairs(table, "title", "definition", "source"),
        unit=table["unit"],
        body=loaded.bodies.get(table.get("body", "")),
        is_sensitive=bool(table.get("sensitive")),
        area=loaded.areas.get(series.get("area", "")) if types else None,
        crime_types=types,
    )


def _observe(measure: Measure, table: dict[str, Any]) -> None:
    put(
        Observation,
        {"measure": measure, "from_on": table["from"], "to_on": table["to"]},
        texts=pairs(table, "text", "reason", "note"),
        state=table.get("state", "final"),
        value=table.get("value"),
        numerator=table.get("numerator"),
        denominator=table.get("denominator"),
    )


def survey(data: dict[str, Any], loaded: Any) -> None:
    """A survey's published shares, as observations of its wave; no count is worked back from them."""
    if "wave" not in data:
        return
    table = data["wave"]
    wave = put(
        Wave,
        {"partnership": loaded.partnership, "code": table["code"]},
        texts=pairs(table, "title")
        | {"modes": ("; ".join(mode["cy"] for mode in table["modes"]), "; ".join(mode["en"] for mode in table["modes"]))},
        first_month=table["from_month"],
        last_month=table["to_month"],
        responses=table["responses"],
        sampling=table["sampling"],
    )
    first, last = _day(table["from_month"], first=True), _day(table["to_month"], first=False)
    for question in data["questions"]:
        for answer in question["answers"]:
            measure = put(
                Measure,
                {"partnership": loaded.partnership, "code": f"survey-{question['code']}-{answer['code']}"},
                texts={
                    "title": (answer["label"]["cy"], answer["label"]["en"]),
                    "definition": (question["text"]["cy"], question["text"]["en"]),
                }
                | pairs(table, source="title"),
                unit="percent",
            )
            is_published = answer.get("published", True)
            texts = pairs(question, "note") | pairs(answer, "note")
            if not is_published:
                texts["reason"] = ("Heb ei gyhoeddi", "Not published")
            put(
                Observation,
                {"measure": measure, "wave": wave, "from_on": first, "to_on": last},
                texts=texts,
                state="final" if is_published else "missing",
                value=answer.get("percent") if is_published else None,
                base_state=question.get("base_state", "not_published"),
            )


def _day(month: str, *, first: bool) -> date:
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, 1 if first else calendar.monthrange(year, number)[1])


def plan(data: dict[str, Any], loaded: Any) -> None:
    table = data["plan"]
    whole = put(
        Plan,
        {"partnership": loaded.partnership, "code": table["code"]},
        texts=pairs(table, "title", "introduction", "monitoring"),
        from_on=table["from"],
        to_on=table["to"],
        adopted_on=table.get("adopted_on"),
        status=table["status"],
    )
    loaded.plan = whole
    for section in data.get("sections", []):
        put(Section, {"plan": whole, "code": section["code"]}, texts=pairs(section, "title"), number=section["number"])
    for kind, rows in (("way", data.get("ways", [])), ("test", data.get("tests", []))):
        for row in rows:
            put(Principle, {"plan": whole, "kind": kind, "code": row["code"]}, texts=pairs(row, "title", "statement"))


def priorities(data: dict[str, Any], loaded: Any) -> None:
    for table in data.get("priorities", []):
        row = put(
            Priority,
            {"plan": loaded.plan, "code": table["code"]},
            texts=pairs(table, "title", "heading", "summary"),
            many={"themes": [loaded.themes[code] for code in table.get("themes", [])]},
            number=table["number"],
            listed=table["list"],
        )
        loaded.priorities[table["code"]] = row
        for lead in table.get("leads", []):
            put(Lead, {"priority": row, "role_en": lead["role"]["en"]}, texts=pairs(lead, "role"), body=loaded.bodies[lead["body"]])
    for table in data.get("objectives", []):
        loaded.objectives[table["code"]] = put(
            Objective,
            {"plan": loaded.plan, "code": table["code"]},
            texts=pairs(table, "title", "heading"),
            priority=loaded.priorities[table["priority"]],
            direction=table.get("direction", ""),
        )
    for table in data.get("sources", []):
        source = put(
            Source,
            {"plan": loaded.plan, "code": table["code"]},
            texts=pairs(table, "title", owner="body"),
            dated=str(table.get("dated", {}).get("en", "") if isinstance(table.get("dated"), dict) else table.get("dated", "")),
        )
        for stated in table.get("states", []):
            put(
                Stated,
                {"source": source, "title_en": stated["title"]["en"]},
                texts=pairs(stated, "title"),
                many={"priorities": [loaded.priorities[code] for code in stated.get("priorities", [])]},
            )


def actions(data: dict[str, Any], loaded: Any) -> None:
    sections = {section.code: section for section in loaded.plan.sections.all()}
    for table in data.get("actions", []):
        bodies = [loaded.bodies[code] for code in table.get("bodies", [])]
        areas = [loaded.areas[code] for code in table.get("areas", [])]
        action = put(
            Action,
            {"partnership": loaded.partnership, "kind": "action", "reference": f"{loaded.plan.code}/{table['number']}"},
            texts=pairs(table, "title", "text", "regional"),
            many={"bodies": bodies, "areas": areas},
            lead_body=bodies[0] if bodies else None,
            area=areas[0] if len(areas) == 1 else None,
            group=loaded.groups.get(table.get("oversight", "")),
            opened_on=table.get("started_on", loaded.plan.from_on),
            started_on=table.get("started_on"),
            promised_on=table.get("due_on"),
            **({} if Action.objects.filter(reference=f"{loaded.plan.code}/{table['number']}").exists() else {"status": "agreed"}),
        )
        loaded.actions[table["number"]] = action
        for part in table.get("parts", []):
            put(
                SubAction,
                {"action": action, "code": part["code"]},
                texts=pairs(part, "title"),
                body=loaded.bodies.get((part.get("bodies") or [""])[0]),
            )
        put(
            Number,
            {"plan": loaded.plan, "action": action},
            many={
                "themes": [loaded.themes[code] for code in table.get("themes", [])],
                "duties": [loaded.duties[code] for code in table.get("duties", [])],
                "priorities": [loaded.priorities[code] for code in table.get("priorities", [])],
                "indicators": [row for code, row in loaded.indicators.items() if table["number"] in _actions_of(data, code)],
            },
            number=table["number"],
            section=sections.get(table.get("section", "")),
            is_cross_cutting=bool(table.get("cross_cutting")),
        )


def _actions_of(data: dict[str, Any], code: str) -> list[int]:
    return next((table.get("actions", []) for table in data["indicators"] if table["code"] == code), [])


def outcomes(data: dict[str, Any], loaded: Any) -> None:
    for table in data.get("outcomes", []):
        outputs = table.get("outputs", [])
        texts = pairs(table, "short", "medium", "long")
        if outputs:
            texts["outputs"] = ("\n".join(each["cy"] for each in outputs), "\n".join(each["en"] for each in outputs))
        put(
            Outcome,
            {"plan": loaded.plan, "row": table["row"]},
            texts=texts,
            theme=loaded.themes.get(table.get("theme", "")),
            duty=loaded.duties.get(table.get("duty", "")),
            cited=table.get("cited"),
            awaits_an_indicator=bool(table.get("indicator_to_be_found")),
        )


def reports(data: dict[str, Any], loaded: Any) -> None:
    for table in data.get("indicators", []):
        put(
            Report,
            {"plan": loaded.plan, "indicator": loaded.indicators[table["code"]]},
            many={"objectives": [loaded.objectives[code] for code in table.get("objectives", [])]},
            priority=loaded.priorities.get(table.get("priority", "")),
        )
