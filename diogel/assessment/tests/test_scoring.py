"""Themes are scored apart, opened at once, agreed in sight of all; nobody sees another's score before."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diogel.assessment import scoring
from diogel.assessment.bands import ORDER
from diogel.assessment.method_tables import built_in, method_of, table_of
from diogel.assessment.models import Assessment, Dissent, Method, Score, Theme
from diogel.assessment.reading import read
from diogel.audit.models import Entry
from diogel.people.access import ROLES, May, Role
from diogel.people.tests.cast import bilingual, hold, make_person, make_user

from .year import BY, DAY, WORDS, agreed, being_scored, give

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme(cast):
    return being_scored(cast).themes.get(code="burglary")


def where(theme: Theme, page: str) -> str:
    return f"/en/gwynedd-mon/desk/themes/assessment/{theme.assessment_id}/theme/{theme.code}/{page}/"


def test_nobody_sees_what_another_gave_until_the_scores_are_opened(cast, theme):
    give(theme, cast.bryn)
    seen = {user: Score.objects.visible_to(user).count() for user in (cast.ann, cast.bryn, cast.carys, cast.dai)}
    assert seen == {cast.ann: 0, cast.bryn: 1, cast.carys: 0, cast.dai: 0}
    scoring.open_scores(theme, by=cast.ann, seen=theme.version, reason="Panel met", on=DAY)
    assert [Score.objects.visible_to(user).count() for user in (cast.ann, cast.bryn, cast.carys, cast.dai)] == [1, 1, 0, 0]


def test_no_page_tells_what_another_gave_before_it_is_open(cast, client, theme):
    values = {"impact": 3, "likelihood": 3}
    scoring.file_score(theme, by=cast.bryn, values=values, confidence="D", reason=("Cyfrinach", "A-secret-reason"), on=DAY)
    client.force_login(cast.ann)
    year = f"/en/gwynedd-mon/desk/themes/assessment/{theme.assessment_id}/"
    pages = [
        year,
        f"{year}theme/burglary/",
        where(theme, "scores"),
        f"{year}scorers/",
        "/en/gwynedd-mon/desk/words/",
        "/en/gwynedd-mon/desk/log/",
    ]
    told = "".join(client.get(page).content.decode() for page in pages)
    assert "A-secret-reason" not in told
    assert "Cyfrinach" not in told
    assert "Scores given: 1 of 2" in told
    scoring.open_scores(theme, by=cast.ann, seen=theme.version, reason="x", on=DAY)
    assert "A-secret-reason" in client.get(where(theme, "scores")).content.decode()


def test_the_log_never_tells_what_a_score_was(cast, theme):
    give(theme, cast.bryn, impact=1)
    give(theme, cast.bryn, impact=4)
    told = " ".join(str(entry.detail) for entry in Entry.objects.filter(subject__startswith="assessment.score:"))
    assert "values" in told
    assert "'impact'" not in told


def test_who_was_not_asked_does_not_score(cast, theme):
    for user in (cast.carys, cast.dai):
        with pytest.raises(PermissionDenied):
            give(theme, user)
    other = make_user(make_person("Elliw", "Z"))
    hold(other, cast.gwynedd_mon, Role.ANALYST)
    with pytest.raises(PermissionDenied):
        give(theme, other)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_without_the_power_does_not_score_though_it_was_asked(cast, theme, role):
    user = make_user(make_person(f"X{role.value}", "Y"))
    hold(user, cast.gwynedd_mon, role)
    scoring.ask(theme.assessment, user.person, by=BY, on=DAY)
    if May.SCORE_THEMES in ROLES[role][1]:
        assert give(theme, user).scored_by == user.person
    else:
        with pytest.raises(PermissionDenied):
            give(theme, user)


def test_scoring_again_replaces_ones_own_and_nobody_elses(cast, theme):
    give(theme, cast.bryn, impact=1)
    give(theme, cast.ann, impact=2)
    give(theme, cast.bryn, impact=3)
    assert sorted(score.values["impact"] for score in theme.scores.all()) == [2, 3]


def test_once_open_nothing_that_was_given_changes(cast, theme):
    give(theme, cast.bryn)
    scoring.open_scores(theme, by=cast.ann, seen=theme.version, reason="x", on=DAY)
    with pytest.raises(PermissionDenied):
        give(theme, cast.bryn, impact=1)
    with pytest.raises(PermissionDenied):
        give(theme, cast.ann)


def test_scores_are_not_opened_early_without_a_reason_nor_by_who_may_not(cast, theme):
    with pytest.raises(ValidationError, match="Nobody has scored"):
        scoring.open_scores(theme, by=cast.ann, seen=theme.version)
    give(theme, cast.bryn)
    with pytest.raises(ValidationError, match="Not everyone"):
        scoring.open_scores(theme, by=cast.ann, seen=theme.version)
    with pytest.raises(PermissionDenied):
        scoring.open_scores(theme, by=cast.bryn, seen=theme.version, reason="x")


def test_nothing_is_agreed_before_the_scores_are_open(cast, theme):
    give(theme, cast.bryn)
    with pytest.raises(ValidationError, match="Open the scores first"):
        scoring.agree(theme, by=cast.ann, values={"impact": 1, "likelihood": 1}, confidence="A", reason=WORDS)


def test_the_agreed_score_bands_the_theme_and_keeps_its_method(cast):
    row = agreed(cast)
    score = Score.objects.get(theme__code="burglary", is_agreed=True)
    assert (score.risk, score.band, score.theme.band, score.method) == (12, "high", "high", row.method)
    assert Score.objects.filter(theme__code="burglary", is_agreed=False).count() == 2


def test_confidence_moves_no_score(cast, theme):
    made = {
        letter: scoring.file_score(theme, by=cast.ann, values={"impact": 2, "likelihood": 3}, confidence=letter, reason=WORDS).risk
        for letter in "ABCD"
    }
    assert made == dict.fromkeys("ABCD", 6)


def test_a_dissent_stays_beside_the_agreed_score(cast, client):
    row = agreed(cast)
    theme = row.themes.get(code="burglary")
    client.force_login(cast.ann)
    form = {
        "body": cast.police.pk,
        "factor": "impact",
        "value": "9",
        "reason_en": "Too low",
        "said_on_day": 3,
        "said_on_month": 1,
        "said_on_year": 2022,
    }
    assert client.post(where(theme, "dissent"), form).status_code == 422
    assert client.post(where(theme, "dissent"), form | {"value": "2"}).status_code == 302
    assert Dissent.objects.get().body == cast.police
    assert "Too low" in client.get(where(theme, "scores")).content.decode()


def test_a_method_that_was_used_stays_as_it_is_and_a_copy_is_changed(cast, theme):
    give(theme, cast.bryn)
    method = theme.assessment.method
    changed = {**method.table, "bands": [{"code": "high", "at_least": 1}]}
    method.table = changed
    with pytest.raises(ValidationError, match="stays as it is"):
        method.full_clean()
    method.refresh_from_db()
    copied = scoring.copy(method, from_on=date(2022, 2, 1), by=cast.ann)
    copied.table = changed
    copied.full_clean()
    assert Method.objects.count() == 2


def test_a_table_by_which_nothing_can_be_scored_is_refused(cast):
    method = scoring.adopt(cast.gwynedd_mon, "four-by-four", from_on=DAY, by=BY)
    for table in ({}, {"parts": [], "bands": []}, {**method.table, "bands": [{"code": "low", "at_least": 9}]}):
        method.table = table
        with pytest.raises(ValidationError, match="Nothing can be scored"):
            method.full_clean()


def test_a_method_comes_back_from_its_table_as_it_was():
    for code, ours in built_in().items():
        held = method_of(code, DAY, table_of(ours))
        assert (held.parts, held.bands) == (ours.parts, ours.bands)


def test_a_band_that_follows_from_an_agreed_score_is_not_written_by_hand(cast, client):
    row = agreed(cast)
    client.force_login(cast.ann)
    address = f"/en/gwynedd-mon/desk/themes/assessment/{row.pk}/theme/burglary/correct/"
    form = {
        "title_en": "b",
        "title_cy": "b",
        "code": "burglary",
        "order": 0,
        "decision": "watched",
        "seen": Theme.objects.get(code="burglary").version,
    }
    assert client.post(address, form | {"band": "low"}).status_code == 422
    assert client.post(address, form | {"band": "high"}).status_code == 302


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=2, max_size=2))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_higher_scores_never_stand_lower_nor_in_a_lower_band(cast, pairs):
    Assessment.objects.all().delete()
    row = agreed_with(cast, pairs)
    whole = read(row)
    scores = [whole.agreed[theme.pk] for theme in whole.themes]
    for one, two in zip(whole.themes, whole.themes[1:], strict=False):
        first, second = whole.agreed[one.pk], whole.agreed[two.pk]
        assert (first.risk > second.risk) == (whole.standing_of(one).rank < whole.standing_of(two).rank)
        if first.risk >= second.risk:
            assert ORDER.index(first.band) <= ORDER.index(second.band)
    ranks = scoring.reckon_ranks(row)
    for theme in whole.themes:
        held = ranks[theme.code]
        assert held["rank"] == whole.standing_of(theme).rank
        assert held["any_change"][0] <= held["one_change"][0] <= held["rank"] <= held["one_change"][1] <= held["any_change"][1]
    assert [whole.agreed[theme.pk].risk for theme in whole.in_order()] == sorted((score.risk for score in scores), reverse=True)


def agreed_with(cast, pairs) -> Assessment:
    row = being_scored_once(cast)
    for theme, (impact, likelihood) in zip(row.themes.all(), pairs, strict=True):
        Score.objects.create(
            theme=theme, scored_on=DAY, is_agreed=True, method=row.method, values={"impact": impact, "likelihood": likelihood}, risk=impact * likelihood,
            band=row.method.scale.band(impact * likelihood), confidence="A", parts={"impact": impact, "likelihood": likelihood},
            **bilingual("Am", "For", "reason"),
        )  # fmt: skip
    return row


def being_scored_once(cast) -> Assessment:
    row = Assessment.objects.create(partnership=cast.gwynedd_mon, code="x", to_on=DAY, status="scoring")
    row.method = scoring.adopt(cast.gwynedd_mon, "four-by-four", from_on=DAY, by=BY)
    row.save()
    for order, code in enumerate(("a", "b")):
        Theme.objects.create(assessment=row, code=code, order=order, opened_on=DAY)
    return row
