"""Both examples with a row of every kind and someone in every role; for each page of the desk, an address that leads to a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django.utils.translation import override

from diogel.assessment.models import Theme
from diogel.assessment.scoring import adopt
from diogel.exchange.models import GivenForm, Intake, Returned
from diogel.indicators.drawn import drawings
from diogel.indicators.models import Card, Context, Indicator, Look, Measure, Silence, Wave
from diogel.indicators.tests.made_card import make_account, make_finding, make_places
from diogel.people.access import Installation, Role
from diogel.people.models import GroupMember, Holding, Owned, Partnership, User
from diogel.people.tests.cast import bilingual, hold, make_person, make_user
from diogel.places.loading import put_own_area
from diogel.places.models import Area
from diogel.plan.life import steps_from
from diogel.plan.models import Adoption, Consideration, Dependency, Lead, Milestone, Number, Stated, Venture
from diogel.post.letters import Written, queue
from diogel.post.models import Letter
from diogel.processes.tensions.models import Reporter, Tension
from diogel.processes.tensions.process import WORKFLOW
from diogel.published.models import Publication
from diogel.publishing.annual_years import years_of
from diogel.publishing.models import OneLanguage
from diogel.publishing.snapshots import publish
from diogel.rounds.evidence import add_file, path_of
from diogel.rounds.models import EvidenceFile, Request
from tests import kept

AT_WORK = "Cyfrinachol"
"""The family name of everyone in `make_house`: no page may show it to who may not see who is who."""

PROOF = b"%PDF-1.7 sampl"
TOWN = {"type": "Polygon", "coordinates": [[[-4.13, 53.22], [-4.12, 53.22], [-4.12, 53.23], [-4.13, 53.22]]]}


PAGES = {
    "plan": {
        "plan": "plan priorities outcomes sources wheel check tracker edit_plan withdraw_plan new_action life keep compare consultations "
        "money duties weighed ventures regional",
        "life_step": "move",
        "found": "accept",
        "consultation": "consultation comment erase_all",
        "comment": "answer erase_comment",
        "adding": "add",
        "priority": "priority",
        "number": "action edit_action",
        "update": "update",
        "row": "correct withdraw",
    },
    "exchange": {"intake": "intake columns left throw", "intake_taken": "undo", "plan": "word forms give_form", "returned": "returned"},
    "assessment": {
        "assessment": "edit_assessment withdraw_assessment new_theme year new_request methods scorers new_scorer",
        "move": "move",
        "about": "section edit_section",
        "year_theme": "year_theme edit_year_theme withdraw_year_theme score agreeing agree new_dissent",
        "request": "edit_request withdraw_request",
        "scorer": "withdraw_scorer",
        "dissent": "edit_dissent withdraw_dissent",
        "method": "method edit_method withdraw_method copy_method",
        "factor": "edit_factor",
        "evidence": "edit_evidence withdraw_evidence",
        "duty": "edit_duty withdraw_duty",
        "theme": "theme edit_theme withdraw_theme",
    },
    "tensions": {"tension": "tension correct withdraw reporter", "step": "step"},
    "indicators": {
        "context": "edit_context withdraw_context",
        "wave": "wave edit_wave withdraw_wave",
        "indicator": "edit_indicator withdraw_indicator",
        "observation": "edit_observation withdraw_observation",
        "measure": "measure edit_measure withdraw_measure new_indicator new_observation",
    },
    "places": {"own": "correct withdraw"},
    "unusual": {"card": "card hand reopen", "silence": "silence"},
    "publishing": {
        "publication": "certificate withdraw",
        "thing": "thing publish",
        "quarter": "quarter build_quarter publish_quarter",
        "file": "quarter_file",
        "assessment_file": "assessment_file",
        "duties_file": "duties_file",
        "assessment_told": "publish_assessment",
        "consultation_told": "publish_answers",
        "annual": "annual_draft",
        "rule": "one_language both_languages",
    },
    "post": {"letter": "send_again"},
    "rounds": {
        "round": "round clock open throw_away chase accept close",
        "asked": "request telephone link settle",
        "proof": "evidence",
        "held": "carry",
    },
    "words": {"pair": "pair undo"},
    "thread": {"theme": "theme sheet", "followed": "from_row"},
    "people": {
        "group": "group group_edit group_withdraw document_add seats",
        "document": "document_edit document_remove",
        "membership": "body_edit standing_edit",
        "person": "person person_edit role_add account contacts",
        "holding": "role_end",
    },
}
"""Which kind of row each page of a room is about."""

ADDED = (
    "section",
    "priority",
    "objective",
    "outcome",
    "report",
    "source",
    "principle",
    "step",
    "consultation",
    "funding",
    "proof",
    "regional",
    "escalation",
    "review",
)
"""Rows of a plan that hang on nothing but the plan, so that their form is reached by its address alone."""


def make_house() -> dict[str, User | None]:
    """Both partnerships whole. A user for each role in Gwynedd and Anglesey by its code, for `elsewhere` (the co-ordinator of
    Wrexham) and `nobody` (no role); None for the `stranger`."""
    kept.lay_rows("house", _build)
    for file in EvidenceFile.objects.all():
        path_of(file).write_bytes(PROOF)  # it lies in the home, and the rows may be those of another worker
    called = {"Neb": "nobody", "co_ordinator-wrexham": "elsewhere"} | {f"{role.value}-gwynedd-mon": role.value for role in Role}
    users = User.objects.filter(person__given__in=called).select_related("person")
    return {"stranger": None} | {called[user.person.given]: user for user in users}


def _build() -> None:
    kept.lay_examples(with_people=False)
    make_user(make_person("Neb", AT_WORK))
    for partnership in Partnership.objects.order_by("pk"):
        _add_rows(partnership)
        _add_files(partnership)
        for role in Role if partnership.slug == "gwynedd-mon" else [Role.CO_ORDINATOR]:
            user = make_user(make_person(f"{role.value}-{partnership.slug}", AT_WORK))
            hold(user, partnership, role)
        GroupMember.objects.create(group=partnership.groups.first(), person=user.person)
        _write_to(user.person, partnership)


def _add_files(partnership: Partnership) -> None:
    """A plan that came as a file and waits, and one that was taken over."""
    rows = (("1", "Train", "Police"), ("2", "Review", "Council"))
    cells = [[at, 0, [[word, 1, 1, []] for word in row]] for at, row in enumerate((("No", "Action", "Lead body"), *rows), 1)]
    reading = {
        "kind": "word",
        "tables": [{"number": 1, "kind": "table", "name": "", "above": "", "lines": cells}],
        "words": [],
        "notes": [],
    }
    mappings = [[1, "actions", 1, [[0, "number"], [1, "title"], [2, "body"]], 1.0, 0]]
    told = {
        "partnership": partnership,
        "plan": partnership.plans.first(),
        "language": "en",
        "received_at": timezone.now(),
        "sha256": "0" * 64,
    }
    Intake.objects.create(file_name="waits.docx", reading=reading, mappings=mappings, received_by="installation", **told)
    Intake.objects.create(file_name="taken.docx", state=Intake.State.TAKEN, received_by="installation", **told)
    plan, body = partnership.plans.first(), partnership.memberships.first().body
    form = GivenForm.objects.create(plan=plan, body=body, quarter="2021-12", language="en", given_at=timezone.now())
    Returned.objects.create(form=form, file_name="form.xlsx", sha256="0" * 64, received_at=timezone.now(), received_by="installation")


def _add_rows(partnership: Partnership) -> None:
    """What the example files do not hold: a score, a card with its drawing, a survey, a reporter, something published."""
    theme = partnership.assessments.first().themes.first()
    theme.scores.create(
        scored_on=date(2022, 1, 1), parts={"harm": 9, "likelihood": 3}, risk=27, confidence="B", **bilingual("Am", "For", "reason")
    )
    _add_year(theme)
    Wave.objects.get_or_create(
        partnership=partnership, code="2016-17", defaults={"first_month": "2016-11", "last_month": "2017-03", "responses": 9, "sampling": "self_selected"}
    )  # fmt: skip
    if partnership.slug == "gwynedd-mon":
        put_own_area(code="canol-bangor", name_cy="Canol Bangor", name_en="Bangor centre", parent="W06000002", boundary=TOWN)
    made_at = timezone.now()
    look = Look.objects.create(
        partnership=partnership, quarter="2021-12", looked_at=28, by_chance=0.1, rate=0.1, made_at=made_at, store="0" * 64, series=[]
    )
    finding, places, account = make_finding(), make_places(), make_account()
    drawn = drawings(finding, places)
    told = {"finding": finding, "account": account, "places": places, "drawings": drawn}
    Card.objects.create(look=look, area=partnership.areas.first(), crime_type="Shoplifting", **told)
    Silence.objects.create(
        partnership=partnership, flow="crime", subject="north-wales", since_on=date(2021, 9, 30), noticed_on=date(2022, 1, 17)
    )
    for plan in partnership.plans.all():
        plan.year_steps.create(due_on=date(2022, 1, 20), **bilingual("Cinio", "Lunch", "title"))
        plan.sections.create(code="gone", number=99, title_en="Gone", title_cy="Wedi mynd", withdrawn_on=date(2022, 1, 1))
    for request in Request.objects.filter(round__partnership=partnership)[:1]:
        add_file(request, SimpleUploadedFile("sampl.pdf", PROOF), by=Installation(), on=date(2022, 1, 17))
    tension = Tension.objects.filter(partnership=partnership).first()
    Reporter.objects.create(tension=tension, contact="rhywun.cyfrinachol@example.org")
    publish(Publication.Kind.PARTNERSHIP, partnership, by=Installation())
    OneLanguage.objects.create(partnership=partnership, document="quarter", language="en", **bilingual("Am", "For", "reason"))


def _write_to(person: Any, partnership: Partnership) -> None:
    """A letter of which nobody knows whether it went."""
    written = Written(person, Letter.Kind.REMINDER, f"house/{partnership.slug}", "Diweddariad", ["Bore da,"], "cy")
    queue([written], partnership=partnership, on=date(2022, 1, 17))
    Letter.objects.filter(partnership=partnership).update(state=Letter.State.UNKNOWN)


def _add_year(theme: Theme) -> None:
    """An assessment being scored: a method, somebody asked, a request, a section, somebody who does not agree."""
    year, by = theme.assessment, Installation()
    body = year.partnership.memberships.first().body
    year.method = adopt(year.partnership, "four-by-four", from_on=date(2022, 1, 1), by=by)
    year.status = "scoring"
    year.save()
    year.scorers.create(person=make_person(f"scorer-{year.partnership.slug}", AT_WORK), asked_on=date(2022, 1, 1))
    year.requests.create(body=body, asked_on=date(2022, 1, 1), due_on=date(2022, 1, 9), **bilingual("Ffigurau", "Figures", "what"))
    year.sections.get_or_create(about="levels", defaults=bilingual("Lefelau", "Levels", "text"))
    theme.dissents.create(body=body, factor="impact", value=4, said_on=date(2022, 1, 1), **bilingual("Am", "For", "reason"))


def signed_in(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def desk_views() -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """(name, view, converters) of every page inside the desk."""

    def walk(patterns: Any, namespaces: tuple[str, ...], converters: dict[str, Any]) -> Iterator[tuple[str, Any, dict[str, Any]]]:
        for pattern in patterns:
            here = converters | pattern.pattern.converters
            if isinstance(pattern, URLResolver):
                inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
                yield from walk(pattern.url_patterns, inner, here)
            elif isinstance(pattern, URLPattern) and hasattr(pattern.callback, "desk_needs"):
                yield ":".join((*namespaces, pattern.name)), pattern.callback, here

    yield from walk(get_resolver().url_patterns, (), {})


def kwargs_of(partnership: Partnership) -> dict[str, list[dict[str, Any]]]:
    """For each page about a row, what leads to one of this partnership's. A page that is not here is about none."""
    plan = next(each for each in partnership.plans.all() if each.numbers.exists() or each.priorities.exists())
    assessment = partnership.assessments.first()
    theme = assessment.themes.first()
    group = next(each for each in partnership.groups.all() if each.owns.exists())
    holding = Holding.objects.filter(partnership=partnership).last()
    measure = next(each for each in Measure.objects.filter(partnership=partnership) if each.observations.exclude(value=None).exists())
    tension = Tension.objects.get(partnership=partnership, reporter__isnull=False)
    in_plan = [("section", plan.sections), ("priority", plan.priorities), ("objective", plan.objectives), ("outcome", plan.outcomes)]
    in_plan += [("report", plan.reports), ("source", plan.sources), ("principle", plan.principles), ("step", plan.year_steps)]
    in_plan += [("lead", Lead.objects.filter(priority__plan=plan)), ("stated", Stated.objects.filter(source__plan=plan))]
    rows = [{"code": plan.code, "kind": kind, "pk": found.pk} for kind, held in in_plan if (found := held.first())]
    by = {
        "plan": [{"code": plan.code}],
        "assessment": [{"pk": assessment.pk}],
        "theme": [{"code": theme.code}],
        "evidence": [{"pk": partnership.evidence.first().pk}] if partnership.evidence.exists() else [],
        "duty": [{"pk": partnership.duties.first().pk}] if partnership.duties.exists() else [],
        "move": [{"pk": assessment.pk, "to_status": "gathering"}],
        "about": [{"pk": assessment.pk, "about": "levels"}],
        "year_theme": [{"pk": assessment.pk, "code": theme.code}],
        "request": [{"pk": assessment.requests.first().pk}],
        "scorer": [{"pk": assessment.scorers.first().pk}],
        "dissent": [{"pk": theme.dissents.first().pk}],
        "method": [{"pk": assessment.method_id}],
        "factor": [{"pk": assessment.method_id, "factor": "impact"}],
        "tension": [{"pk": tension.pk}],
        "context": [{"pk": Context.objects.filter(partnership=partnership).first().pk}],
        "wave": [{"code": "2016-17"}],
        "indicator": [{"pk": Indicator.objects.filter(measure__partnership=partnership).first().pk}],
        "observation": [{"pk": measure.observations.exclude(value=None).first().pk}],
        "measure": [{"code": measure.code}],
        "silence": [{"pk": Silence.objects.get(partnership=partnership).pk}],
        "card": [{"pk": Card.objects.get(look__partnership=partnership).pk}],
        "publication": [{"pk": Publication.objects.filter(partnership=partnership.slug).first().pk}],
        "own": [
            {"pk": Area.objects.filter(kind=Area.Kind.OWN, withdrawn_on=None, valid_to=None, parents__partnerships=partnership).first().pk}
        ],
        "group": [{"pk": group.pk}],
        "document": [{"pk": group.pk, "document": Owned.objects.filter(group=group).first().pk}],
        "membership": [{"pk": partnership.memberships.first().pk}],
        "person": [{"pk": holding.person_id}],
        "holding": [{"pk": holding.person_id, "holding": holding.pk}],
        "round": [{"pk": each.pk} for each in partnership.rounds.all()[:1]],
        "asked": [{"pk": each.pk} for each in Request.objects.filter(round__partnership=partnership)[:1]],
        "proof": [{"pk": each.pk} for each in EvidenceFile.objects.filter(request__round__partnership=partnership)],
        "held": [{"pk": each.pk} for each in Number.objects.filter(plan__partnership=partnership)[:1]],
        "letter": [{"pk": Letter.objects.filter(partnership=partnership, state=Letter.State.UNKNOWN).first().pk}],
        "row": rows,
    }
    more = [("funding", partnership.fundings), ("milestone", Milestone.objects.filter(action__numbers__plan=plan))]
    more += [("proof", plan.proofs), ("judgement", plan.judgements), ("regional", partnership.regional_items)]
    more += [("escalation", partnership.escalations), ("review", partnership.group_reviews)]
    more += [("adoption", Adoption.objects.filter(item__partnership=partnership))]
    more += [
        (kind, model.objects.filter(action__numbers__plan=plan)) for kind, model in (("consideration", Consideration), ("venture", Venture))
    ]
    more += [("dependency", Dependency.objects.filter(action__numbers__plan=plan))]
    rows += [{"code": plan.code, "kind": kind, "pk": found.pk} for kind, held in more if (found := held.first())]
    rows += [{"code": plan.code, "kind": "consultation", "pk": plan.consultations.first().pk}]
    by["life_step"] = [{"code": plan.code, "to_status": step.to_status} for step in steps_from(plan.status)]
    by["found"] = [{"code": plan.code, "rule": row.rule, "subject": row.subject} for row in plan.let_stand.all()[:1]]
    by["consultation"] = [{"code": plan.code, "pk": plan.consultations.first().pk}]
    by["comment"] = [{"code": plan.code, "pk": plan.consultations.first().comments.first().pk}]
    files = Intake.objects.filter(partnership=partnership)
    by["intake"], by["intake_taken"] = (
        [{"pk": files.filter(state=state).last().pk}] for state in (Intake.State.WAITING, Intake.State.TAKEN)
    )
    by["returned"] = [{"pk": Returned.objects.filter(form__plan__partnership=partnership).first().pk}]
    by["number"] = [{"code": plan.code, "number": each.number} for each in plan.numbers.all()[:1]]
    by["update"] = [each | {"quarter": "2021-12"} for each in by["number"]]
    by["adding"] = [{"code": plan.code, "kind": kind} for kind in ADDED]
    by["priority"] = [{"code": plan.code, "which": plan.priorities.first().code}]
    by["step"] = [each | {"to_status": step.to_status} for each in by["tension"] for step in WORKFLOW.steps_from(tension.status)]
    by["followed"] = [{"kind": "objective", "pk": each.pk} for each in plan.objectives.all()[:1]]
    by["followed"] += [{"kind": "outcome", "pk": each.pk} for each in plan.outcomes.all()[:1]]
    by["pair"] = [{"kind": "priority", "pk": plan.priorities.first().pk, "name": "title"}]
    by["quarter"] = [{"key": "2021-12"}]
    by["file"] = [{"key": "2021-12", "audience": "internal", "name": "quarterly.en.html"}]
    by["assessment_told"] = [{"pk": assessment.pk}]
    by["consultation_told"] = [{"pk": plan.consultations.first().pk}]
    by["assessment_file"] = [{"pk": assessment.pk, "audience": "public", "language": "cy", "form": "html"}]
    by["duties_file"] = [{"code": plan.code, "language": "cy", "form": "docx"}]
    year = years_of(plan)[0].key
    by["annual"] = [{"key": year, "name": f"annual-{year}.en.docx"}]
    by["rule"] = [{"document": "quarter"}]
    by["thing"] = [{"kind": "partnership", "key": "about"}, {"kind": "plan", "key": plan.code}]
    gone = {"bring_back": [{"kind": "section", "pk": plan.sections.exclude(withdrawn_on=None).get().pk}]}
    return gone | {f"{room}:{page}": by[row] for room, pages in PAGES.items() for row, names in pages.items() for page in names.split()}


def addresses(partnership: Partnership, *, below: Partnership | None = None) -> list[tuple[str, Any, str]]:
    """(name, view, English address) of every page of the desk, each leading to a row of `partnership`; asked for below the slug
    of `below`, where the two differ."""
    rows, slug = kwargs_of(partnership), (below or partnership).slug
    found = []
    with override("en"):
        for name, view, converters in desk_views():
            if set(converters) == {"slug"}:
                found.append((name, view, reverse(name, kwargs={"slug": slug})))
            else:
                found += [(name, view, reverse(name, kwargs={"slug": slug, **each})) for each in rows[name]]
    return found
