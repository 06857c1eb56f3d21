"""The part of an example that makes a year's assessment: sections, requests, evidence, and scores given apart and agreed."""

from __future__ import annotations

from typing import Any

from diogel.assessment import scoring
from diogel.assessment.models import Assessment, DataRequest, Dissent, Evidence, Made, Score, StatutorySection, Theme

from .putting import BY, pairs, put


def year(data: dict[str, Any], loaded: Any) -> None:
    """A year that is in progress, or what is told of one that is over. People who were asked are there only in a demo home."""
    table = data.get("year")
    if table is None:
        return
    row = _assessment(table, loaded)
    if row is None:
        return
    evidence = {each["code"]: _evidence(each, row, loaded) for each in table.get("evidence", [])}
    held = {each.code: each for each in Evidence.objects.filter(partnership=loaded.partnership)} | evidence
    for each in table.get("sections", []):
        many = {"evidence": [held[code] for code in each["evidence"]]}
        put(StatutorySection, {"assessment": row, "about": each["about"]}, texts=pairs(each, "text"), many=many)
    for each in table.get("requests", []):
        key = {"assessment": row, "body": loaded.bodies[each["body"]], "what_en": each["what"]["en"]}
        columns = {name: each.get(name) for name in ("asked_on", "due_on", "came_on")}
        put(DataRequest, key, texts=pairs(each, "what", "missing_because"), **columns)
    if any(not theme.scores.exists() for theme in row.themes.all()) and table.get("method"):
        _scores(table, row, loaded)
    if row.status != table["status"]:
        put(Assessment, {"pk": row.pk}, status=table["status"])
        scoring.keep_ranks(Assessment.objects.get(pk=row.pk))


def _assessment(table: dict[str, Any], loaded: Any) -> Assessment | None:
    """The assessment with its themes and moves, new or already told of."""
    key = {"partnership": loaded.partnership, "code": table["code"]}
    texts = pairs(table, "title", "period", "source", "scale", "commission")
    dates: dict[str, Any] = {
        name: table[name] for name in ("commissioned_on", "data_due_on", "scoring_due_on", "approval_due_on") if name in table
    }
    if "from" in table:
        dates |= {"from_on": table["from"], "to_on": table["to"]}
    if "method" in table:
        dates["method"] = scoring.adopt(loaded.partnership, table["method"], from_on=table["method_from"], by=BY)
    row = put(Assessment, key, texts=texts, **dates)
    for order, theme in enumerate(table.get("themes", [])):
        before = loaded.themes[theme["code"]]
        texts = {"title": (before.title_cy, before.title_en)} | pairs(theme, "rationale", "decision_reason")
        put(Theme, {"assessment": row, "code": theme["code"]}, texts=texts, order=order, decision=theme["decision"])
    for each in table.get("moves", []):
        Made.objects.get_or_create(assessment=row, from_status=each["from"], to_status=each["to"], on=each["on"], by=BY.reference)
    return row


def _evidence(table: dict[str, Any], row: Assessment, loaded: Any) -> Evidence:
    series = table.get("series", {})
    return put(
        Evidence,
        {"partnership": loaded.partnership, "code": table["code"]},
        texts=pairs(table, "statement", "source"),
        many={"themes": row.themes.filter(code__in=table["themes"])},
        dated=table["dated"],
        kind=table.get("kind", "document"),
        area_code=series.get("area", ""),
        crime_type=series.get("type", ""),
        marking=table.get("marking", "OFFICIAL"),
    )


def _scores(table: dict[str, Any], row: Assessment, loaded: Any) -> None:
    """What each gave apart, then what was agreed in sight of it, in the order in which it came."""
    put(Assessment, {"pk": row.pk}, status="scoring")
    scorers = {code: loaded.people[code] for code in table["scorers"] if code in loaded.people}
    for person in scorers.values():
        scoring.ask(row, person, by=BY, on=table["commissioned_on"])
    for each in table["themes"]:
        theme = row.themes.select_related("assessment__method", "assessment__partnership").get(code=each["code"])
        for code, person in scorers.items():
            _given(theme, person, each["gave"][code], each.get("said", {}).get(code), table)
        reason = pairs(each, "reason")["reason"]
        values = dict(zip(table["factors"], each["agreed"], strict=True))
        if scorers:
            scoring.open_scores(theme, by=BY, seen=theme.version, on=table["opened_on"])
        else:  # without the invented people nobody gave a score apart; what was agreed is kept all the same
            put(Theme, {"pk": theme.pk}, opened_on=table["opened_on"])
            theme.refresh_from_db()
        scoring.agree(theme, by=BY, values=values, confidence=each["confidence"], reason=reason, checked=["reason"], on=table["agreed_on"])
        if "dissent" in each:
            _dissent(theme, each["dissent"], loaded)


def _given(theme: Theme, person: Any, values: list[int], said: dict[str, str] | None, table: dict[str, Any]) -> Score:
    words = (said["cy"], said["en"]) if said else ("", "")
    return scoring.file_score(
        theme,
        by=BY,
        scorer=person,
        values=dict(zip(table["factors"], values, strict=True)),
        confidence="B",
        reason=words,
        checked=["reason"] if said else [],
        on=table["scored_on"],
    )


def _dissent(theme: Theme, table: dict[str, Any], loaded: Any) -> None:
    key = {"theme": theme, "body": loaded.bodies[table["body"]], "factor": table["factor"]}
    put(Dissent, key, texts=pairs(table, "reason"), value=table["value"], said_on=table["on"])
