"""How the plan of an example came about: its moves, an earlier draft, who was asked and what was answered, what was let stand."""

from __future__ import annotations

from typing import Any

from diogel.plan import consulting
from diogel.plan.keeping import Row, keep, plan_now
from diogel.plan.lacks import findings
from diogel.plan.life import print_of, slug_of, write_down
from diogel.plan.models import Answer, Consultation, LetStand
from diogel.publishing.answers import publish_answers

from .putting import BY, pairs, put


def life(data: dict[str, Any], loaded: Any) -> None:
    """The moves on their days, and the versions: the draft that was consulted on is the plan with what it said otherwise then."""
    plan = loaded.plan
    for table in [] if plan.moves.exists() else data.get("moves", []):
        write_down(plan, table["from"], table["to"], by=BY, reason=table.get("reason", {}).get(data["language"], ""), on=table["on"])
    if plan.versions.exists():
        return
    now = plan_now(plan)
    for table in data.get("versions", []):
        said = {(each["kind"], str(each["number"]), each["name"]): each for each in table.get("said", [])}
        without = {(each["kind"], str(each["number"])) for each in table.get("without", [])}
        content = [_as_then(row, said) for row in now if (row["kind"], row["number"]) not in without]
        reason = table.get("reason", {}).get(data["language"], "")
        keep(plan, by=BY, reason=reason, on=table["on"], status=table["status"], content=content)


def _as_then(row: Row, said: dict[tuple[str, str, str], Any]) -> Row:
    then = said.get((row["kind"], row["number"], row["name"]))
    return row | {"cy": then["cy"], "en": then["en"]} if then else row


def consultations(data: dict[str, Any], loaded: Any) -> None:
    """Each with its comments in the language in which they came, and their answers; what is told is told on its day."""
    numbers = {held.number: held for held in loaded.plan.numbers.all()}
    for table in data.get("consultations", []):
        held = put(
            Consultation,
            {"plan": loaded.plan, "title_en": table["title"]["en"]},
            texts=pairs(table, "title", "about"),
            opens_on=table["opens"],
            closes_on=table["closes"],
            is_public=table.get("public", True),
        )
        if held.comments.exists():
            continue
        for said in table.get("comments", []):
            comment = consulting.send(
                held,
                by=BY,
                text=said["text"],
                language=said["language"],
                priority=loaded.priorities.get(said.get("priority", "")),
                numbered=numbers.get(said.get("action", 0)),
                sent_as=said.get("as", ""),
                body=loaded.bodies.get(said.get("body", "")),
                on=said["on"],
            )
            if "answer" in said:
                answer = said["answer"]
                put(Answer, {"comment": comment}, texts=pairs(answer, "said", "reply"), verdict=answer["verdict"], answered_on=answer["on"])
        if table.get("told_on"):
            publish_answers(held, by=BY, seen=held.version, on=table["told_on"])


def let_stand(data: dict[str, Any], loaded: Any) -> None:
    """Reasons for which a grave finding stands, each given for the finding's own sentences."""
    for table in data.get("let_stand", []):
        found = next(each for each in findings(loaded.plan) if each.rule == table["rule"] and each.subject == table["subject"])
        put(
            LetStand,
            {"plan": loaded.plan, "rule": found.rule, "subject": slug_of(found.subject)},
            texts=pairs(table, "reason"),
            sentence_print=print_of(found),
        )
