"""Until the scores of an assessment are agreed, they are for those who take part in it: asked of every role."""

import pytest

from diogel.assessment.models import Assessment, Dissent, Score
from diogel.people.access import ROLES, May, Role
from diogel.people.tests.cast import bilingual, hold, make_person, make_user

from .year import DAY, agreed

pytestmark = pytest.mark.django_db
TAKES_PART = {Role.CO_ORDINATOR, Role.ANALYST, Role.PRIORITY_LEAD, Role.PARTNER_OFFICER, Role.CHAIR, Role.MEMBER}
DESK = "/en/gwynedd-mon/desk"


@pytest.fixture
def early(cast) -> Assessment:
    """Every theme is agreed and one body does not agree; the scoring is still open."""
    row = agreed(cast)
    for theme in row.themes.all():
        words = bilingual("Anghytuno", "We think otherwise", "reason")
        Dissent.objects.create(theme=theme, body=cast.police, factor="impact", value=1, said_on=DAY, **words)
    Assessment.objects.filter(pk=row.pk).update(status="scoring")
    return Assessment.objects.get(pk=row.pk)


def as_one(cast, role):
    user = make_user(make_person("Un", "Rhywun"))
    hold(user, cast.gwynedd_mon, role)
    return user


def sees(client, row) -> dict[str, bool]:
    theme = row.themes.first().code
    year = f"{DESK}/themes/assessment/{row.pk}/"
    pages = {each: client.get(f"{year}{each}").content.decode() for each in ("", f"theme/{theme}/", f"theme/{theme}/scores/")}
    return {
        "matrix": "Matrix of" in pages[""],
        "risk": "12 · B" in pages[""],
        "reasons": "A reason." in pages[f"theme/{theme}/"],
        "dissent": "We think otherwise" in pages[f"theme/{theme}/"] or "We think otherwise" in pages[f"theme/{theme}/scores/"],
        "agreed": "is agreed" in pages[f"theme/{theme}/scores/"],
        "document": client.get(f"{DESK}/papers/assessment/{row.pk}/internal/en.html").status_code == 200,
        "offered": f"/assessment/{row.pk}/internal/" in pages[""],
    }


def test_the_roles_that_take_part_are_those_that_score_keep_or_approve():
    doing = {May.SCORE_THEMES, May.EDIT_ASSESSMENT, May.APPROVE_ASSESSMENT}
    assert {role for role in Role if ROLES[role][1] & doing} == {role for role in Role if May.SEE_SCORING in ROLES[role][1]} == TAKES_PART


@pytest.mark.parametrize("role", Role)
def test_before_they_are_agreed_scores_dissents_and_document_are_for_those_who_take_part(cast, client, early, role):
    user = as_one(cast, role)
    client.force_login(user)
    assert set(sees(client, early).values()) == {role in TAKES_PART}
    for model in (Score, Dissent):
        assert model.objects.visible_to(user).exists() == (role in TAKES_PART)
    assert client.get(f"{DESK}/papers/assessment/{early.pk}/public/en.html").status_code == 200


@pytest.mark.parametrize("role", [Role.SCRUTINY, Role.TRANSLATOR])
def test_once_they_are_agreed_the_desk_sees_them_and_translators_check_their_words(cast, client, early, role):
    user = as_one(cast, role)
    Assessment.objects.filter(pk=early.pk).update(status="agreed")
    client.force_login(user)
    assert set(sees(client, early).values()) == {True}
    assert Dissent.objects.visible_to(user).exists()
