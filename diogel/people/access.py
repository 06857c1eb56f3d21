"""Who may do what: what there is to do, the roles as sets of it, the rules. It stands here and nowhere else."""

from __future__ import annotations

import enum
from collections.abc import Hashable
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

Row = TypeVar("Row", bound=Model)


class May(enum.Enum):
    """One thing that one may do in a partnership."""

    SEE_DESK = _("open the desk: plan, themes, figures and unusual figures")
    SEE_PEOPLE = _("see who is who, and how to reach them")
    SEE_AUDIT = _("read the log of who did and who read what")
    SEE_TENSIONS = _("read tension reports")
    SEE_REPORTERS = _("see who made a tension report; each look is recorded")
    EDIT_PARTNERSHIP = _("change the partnership’s own details")
    EDIT_PEOPLE = _("add and change people, bodies, groups and roles")
    ERASE_WORDS = _("erase for good what was typed about somebody, from the log and from the reasons of moves")
    EDIT_ASSESSMENT = _("add, correct and withdraw themes, evidence and scores")
    SCORE_THEMES = _("score the themes of an assessment for which one was asked, unseen by the other scorers")
    SEE_SCORING = _("see the scores, the dissents and the document of an assessment before its scores are agreed")
    APPROVE_ASSESSMENT = _("approve an assessment, or send it back")
    EDIT_PLAN = _("add, correct and withdraw priorities, objectives, actions and outcomes")
    ADOPT_PLAN = _("write down that the partnership adopted a plan, or closed it")
    COMMENT_ON_PLAN = _("say something about a plan that is out for consultation")
    SEE_FUNDING = _("see bids and grants: amounts, conditions and what runs out when")
    UPDATE_OWN_ACTIONS = _("report progress on the actions of one’s own body")
    UPDATE_ALL_ACTIONS = _("report progress on any action, also on someone’s behalf")
    RUN_ROUNDS = _("open a round of updates, chase, accept what came and close it; see the letters that were sent")
    EDIT_MEASURES = _("define measures and indicators")
    RECORD_FIGURES = _("enter and correct figures")
    LOOK_FOR_UNUSUAL = _("have the figures of a quarter looked through")
    EXPLAIN_FIGURES = _("explain an unusual figure, or say who is looking and by when")
    SIGN_FIGURES = _("sign the explanation of an unusual figure")
    REPORT_TENSION = _("report a tension from inside the desk")
    TRIAGE_TENSIONS = _("triage, answer and close tension reports")
    CHECK_PAIRS = _("vouch that both halves of a sentence say the same, and mend its words, in any row one may see; nothing else in it")
    PUBLISH = _("publish, and withdraw what was published")


class Role(enum.Enum):
    """What a person is in one partnership."""

    CO_ORDINATOR = "co_ordinator"
    ANALYST = "analyst"
    PRIORITY_LEAD = "priority_lead"
    PARTNER_OFFICER = "partner_officer"
    CHAIR = "chair"
    MEMBER = "member"
    SCRUTINY = "scrutiny"
    TRANSLATOR = "translator"
    CASE_ROLE = "case_role"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.CO_ORDINATOR: _("co-ordinator"),
    Role.ANALYST: _("analyst"),
    Role.PRIORITY_LEAD: _("priority lead"),
    Role.PARTNER_OFFICER: _("partner officer"),
    Role.CHAIR: _("chair"),
    Role.MEMBER: _("member"),
    Role.SCRUTINY: _("scrutiny"),
    Role.TRANSLATOR: _("translator"),
    Role.CASE_ROLE: _("case role"),
    Role.ADMINISTRATOR: _("administrator"),
}

_READ = {May.SEE_DESK, May.SEE_PEOPLE, May.COMMENT_ON_PLAN}
_SCORES = {May.SCORE_THEMES, May.SEE_SCORING}
_BOARD = _READ | _SCORES | {May.SEE_FUNDING}
ROLES: dict[Role, tuple[Any, frozenset[May]]] = {
    Role.CO_ORDINATOR: (
        _("Runs the year: writes the plan, chases, explains, publishes."),
        frozenset(set(May) - {May.SEE_REPORTERS}),
    ),
    Role.ANALYST: (
        _("Keeps the figures, explains what is unusual and signs it."),
        frozenset(
            _READ
            | _SCORES
            | {May.EDIT_ASSESSMENT, May.EDIT_MEASURES, May.RECORD_FIGURES}
            | {May.LOOK_FOR_UNUSUAL, May.EXPLAIN_FIGURES, May.SIGN_FIGURES}
        ),
    ),
    Role.PRIORITY_LEAD: (
        _("Answers for a priority: its actions, measures and explanations."),
        frozenset(_BOARD | {May.UPDATE_ALL_ACTIONS, May.UPDATE_OWN_ACTIONS, May.RECORD_FIGURES, May.EXPLAIN_FIGURES, May.REPORT_TENSION}),
    ),
    Role.PARTNER_OFFICER: (
        _("Reports on the actions of one’s own body."),
        frozenset(_READ | _SCORES | {May.UPDATE_OWN_ACTIONS, May.REPORT_TENSION}),
    ),
    Role.CHAIR: (
        _("Chairs the partnership: reads everything that is not about named people, signs explanations."),
        frozenset(
            _BOARD | {May.ADOPT_PLAN, May.APPROVE_ASSESSMENT, May.SEE_AUDIT, May.SEE_TENSIONS, May.SIGN_FIGURES, May.EXPLAIN_FIGURES}
        ),
    ),
    Role.MEMBER: (_("Sits on the partnership and reads what it reads."), frozenset(_BOARD)),
    Role.SCRUTINY: (_("Scrutinises: reads the desk, changes nothing."), frozenset({May.SEE_DESK})),
    Role.TRANSLATOR: (_("Keeps both languages in step."), frozenset({May.SEE_DESK, May.SEE_FUNDING, May.CHECK_PAIRS})),
    Role.CASE_ROLE: (
        _("Works with named people: tension reports and who made them."),
        frozenset(_READ | {May.SEE_TENSIONS, May.SEE_REPORTERS, May.REPORT_TENSION, May.TRIAGE_TENSIONS}),
    ),
    Role.ADMINISTRATOR: (
        _("Looks after people, roles and the log; sees no case."),
        frozenset({May.SEE_DESK, May.SEE_PEOPLE, May.EDIT_PEOPLE, May.EDIT_PARTNERSHIP, May.SEE_AUDIT}),
    ),
}

GRANTS: dict[Role, frozenset[Role]] = {
    Role.CO_ORDINATOR: frozenset(set(Role) - {Role.ADMINISTRATOR, Role.CASE_ROLE}),
    Role.ADMINISTRATOR: frozenset(Role),
}
"""Which roles a role gives, ends, and opens and closes the account of. Who runs the year gives neither the role that sees named
people nor the one that could give it; who may give both sees no case. A role that is not here gives none."""


class Installation:
    """Whoever runs the `diogel` command on this machine: they hold the database itself, so nothing is kept from them; the log
    names them."""

    reference = "installation"
    is_authenticated = True
    is_active = True
    person = None
    person_id = None


class Anyone:
    """Whoever fills in a public form, without an account: they create what the form is for, and read nothing."""

    reference = "public"
    is_authenticated = False
    is_active = False
    person = None
    person_id = None


class ByLink:
    """A person who answers by a signed link, without an account: they report on the actions that they were asked about, and do
    nothing else. What they file is told to the log as theirs."""

    is_authenticated = False
    is_active = False

    def __init__(self, person: Any, partnership: Any, actions: frozenset[int]) -> None:
        self.person, self.person_id = person, person.pk
        self.partnership_id, self.actions = partnership.pk, actions
        self.reference = f"link:{person.pk}"


ANYONE_MAY = frozenset({May.REPORT_TENSION, May.COMMENT_ON_PLAN})


class Visibility(enum.StrEnum):
    """Who sees a record once it is there."""

    PUBLIC = "public"
    PARTNERSHIP = "partnership"
    GROUP = "group"
    CASE = "case"


def roles_of(user: Any, partnership: Any) -> frozenset[Role]:
    """The roles that `user` holds today in `partnership`; none for a stranger."""
    return frozenset(role for at, role in _holdings(user) if at == partnership.pk)


def may(user: Any, what: May, partnership: Any) -> bool:
    """Whether `user` may do `what` in `partnership`."""
    if isinstance(user, Installation):
        return True
    if isinstance(user, Anyone):
        return what in ANYONE_MAY
    if isinstance(user, ByLink):
        return what is May.UPDATE_OWN_ACTIONS and partnership.pk == user.partnership_id
    return any(what in ROLES[role][1] for role in roles_of(user, partnership))


def require(user: Any, what: May, partnership: Any) -> None:
    """PermissionDenied unless `user` may do `what` in `partnership`."""
    if not may(user, what, partnership):
        raise PermissionDenied(what.name)


def grantable(user: Any, partnership: Any) -> frozenset[Role]:
    """The roles that `user` may give and end in `partnership`."""
    if isinstance(user, Installation):
        return frozenset(Role)
    return frozenset().union(*(GRANTS.get(role, frozenset()) for role in roles_of(user, partnership)))


def require_grant(user: Any, role: Role, partnership: Any) -> None:
    """PermissionDenied unless `user` may give and end `role` in `partnership`."""
    if role not in grantable(user, partnership):
        raise PermissionDenied(f"GRANT {role.name}")


def partnerships_where(user: Any, what: May) -> frozenset[int]:
    """Keys of the partnerships in which `user` may do `what`."""
    return frozenset(at for at, role in _holdings(user) if what in ROLES[role][1])


def visible(rows: QuerySet[Row], user: Any) -> QuerySet[Row]:
    """Only the rows that `user` may see. A model says where its partnership lies (`partnership_path`), what opens it
    (`seen_with`), and, for a record, its visibility narrows that further; what hangs on a record says which (`visibility_path`).
    What is still being made (`early`) is for who takes part in it (`early_with`).
    What people judge apart (`opened_path`) is seen by nobody but its maker (`own_path`) until all of it is opened at once."""
    model: Any = rows.model
    inside = Q(**{f"{model.partnership_path}__in": partnerships_where(user, model.seen_with)})
    rows = rows.filter(inside)
    if getattr(model, "has_visibility", False):
        persons = {person.pk for _at, _role, person in _held(user)}
        to = model.visibility_path
        rows = rows.filter(
            Q(**{f"{to}visibility__in": [Visibility.PUBLIC, Visibility.PARTNERSHIP]})
            | Q(**{f"{to}visibility": Visibility.GROUP, f"{to}group__members__person__in": persons})
            | Q(**{f"{to}visibility": Visibility.CASE, f"{to}parts__person__in": persons})
        ).distinct()
    if early := getattr(model, "early", None):
        rows = rows.filter(~early | Q(**{f"{model.partnership_path}__in": partnerships_where(user, model.early_with)}))
    if opened := getattr(model, "opened_path", ""):
        own = {person.pk for _at, _role, person in _held(user)}
        rows = rows.filter(Q(**{f"{opened}__isnull": False}) | Q(**{f"{model.own_path}__in": own}))
    return rows


def may_score(user: Any, theme: Any) -> bool:
    """Whether `user` was asked to score the assessment of `theme`, and its scores are still being given apart."""
    assessment = theme.assessment
    person = person_in(user, assessment.partnership)
    if person is None or not may(user, May.SCORE_THEMES, assessment.partnership) or not assessment.is_scoring or theme.opened_on:
        return False
    return bool(assessment.scorers.standing().filter(person=person).exists())


def may_see_scoring(user: Any, assessment: Any) -> bool:
    """Whether `user` may see how the themes of `assessment` are scored: before that is agreed, who takes part in it."""
    return bool(assessment.is_agreed) or may(user, May.SEE_SCORING, assessment.partnership)


def may_write(user: Any, row: Any, partnership: Any, *, only_words: bool = False) -> bool:
    """Whether `user` may change `row`: who may edit its kind may change all of it. `only_words` asks of the halves of its pairs and
    nothing else: that much whoever checks pairs may do as well, in a row that stands there and that they may see. Words that someone
    has signed are closed to both."""
    if not only_words:
        return may(user, row.edited_with, partnership)
    if getattr(row, "words_are_closed", False):
        return False
    places = (row.stands_in() if hasattr(row, "stands_in") else []) or [partnership]  # what several share asks the same of each of them
    if all(may(user, row.edited_with, place) for place in places):
        return True
    return all(may(user, May.CHECK_PAIRS, place) for place in places) and _is_seen(user, row)


def require_write(user: Any, row: Any, partnership: Any, *, only_words: bool = False) -> None:
    """PermissionDenied unless `user` may change `row`, or only its words."""
    if not may_write(user, row, partnership, only_words=only_words):
        raise PermissionDenied(row.edited_with.name)


def _is_seen(user: Any, row: Any) -> bool:
    model = type(row)
    return hasattr(model, "stands_in") or visible(model._default_manager.filter(pk=row.pk), user).exists()


def may_update(user: Any, action: Any) -> bool:
    """Whether `user` may report progress on `action`: on any, or on those of their own body."""
    if may(user, May.UPDATE_ALL_ACTIONS, action.partnership):
        return True
    if isinstance(user, ByLink):
        return action.pk in user.actions and action.partnership_id == user.partnership_id
    body = getattr(person_in(user, action.partnership), "body_id", None)
    return bool(body) and may(user, May.UPDATE_OWN_ACTIONS, action.partnership) and any(each.pk == body for each in action.bodies.all())


def desk_of(user: Any, slug: str) -> Any | None:
    """The partnership called `slug`, where `user` may open its desk; None where it is not there for them."""
    held = {at.slug: at for at, role, _person in _held(user) if May.SEE_DESK in ROLES[role][1]}
    return held.get(slug)


def person_in(user: Any, partnership: Any) -> Any | None:
    """Who `user` is in `partnership`: the person that it wrote down. None where they hold no role there today."""
    if isinstance(user, ByLink):
        return user.person if partnership.pk == user.partnership_id else None
    return next((person for at, _role, person in _held(user) if at.pk == partnership.pk), None)


def is_oneself(user: Any, person: Any) -> bool:
    """Whether `user` signs in as `person`."""
    if getattr(user, "person_id", None) is None:
        return False
    return user.person_id == person.pk or person.signs_in_as_id == user.pk


def seen_as(user: Any) -> Hashable:
    """All on which it depends which rows `user` sees: two of the same see the same."""
    return type(user).__name__, tuple((at.pk, role, person.pk) for at, role, person in _held(user))


def _holdings(user: Any) -> tuple[tuple[int, Role], ...]:
    """(key of the partnership, role) pairs in force today."""
    return tuple((at.pk, role) for at, role, _person in _held(user))


def _held(user: Any) -> tuple[tuple[Any, Role, Any], ...]:
    """(partnership, role, the person who holds it) in force today, asked for once a request. One account may open a person in each
    of several partnerships: its own (`person`) and those written down elsewhere (`also`)."""
    if not getattr(user, "is_authenticated", False) or not user.is_active or not user.person_id:
        return ()
    if not hasattr(user, "_held_today"):
        holdings = user.person.holdings.model.objects.filter(Q(person=user.person_id) | Q(person__signs_in_as=user.pk))
        rows = holdings.filter(person__may_sign_in=True).in_force().select_related("partnership", "person")
        user._held_today = tuple((row.partnership, Role(row.role), row.person) for row in rows)
    return user._held_today
