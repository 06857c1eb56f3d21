"""A year's assessment in every stage that a test needs: two themes with evidence, four by four, scored by Ann and Bryn."""

from __future__ import annotations

from datetime import date
from typing import Any

from diogel.assessment import scoring
from diogel.assessment.models import Assessment, Evidence, StatutorySection, Theme
from diogel.people.access import Installation
from diogel.people.tests.cast import bilingual

DAY = date(2022, 1, 3)
BY = Installation()
WORDS = ("Rheswm.", "A reason.")
IMPACT, LIKELIHOOD = 4, 3


def commissioned(cast: Any) -> Assessment:
    return Assessment.objects.create(
        partnership=cast.gwynedd_mon,
        code="2022",
        from_on=date(2021, 1, 1),
        to_on=date(2021, 12, 31),
        **bilingual("Asesiad 2022", "Assessment 2022", "title"),
        **bilingual("Nodyn", "A note", "commission"),
    )


def being_scored(cast: Any) -> Assessment:
    """Both themes have evidence; Ann and Bryn are asked."""
    row = commissioned(cast)
    for order, code in enumerate(("burglary", "slavery")):
        theme = Theme.objects.create(assessment=row, code=code, order=order, **bilingual(f"{code} cy", f"{code} en", "title"))
        proof = Evidence.objects.create(partnership=cast.gwynedd_mon, code=code, **bilingual("Tyst", "Proof", "statement", "source"))
        proof.themes.add(theme)
    row.method = scoring.adopt(cast.gwynedd_mon, "four-by-four", from_on=DAY, by=BY)
    row.status = "scoring"
    row.save()
    for user in (cast.ann, cast.bryn):
        scoring.ask(row, user.person, by=BY, on=DAY)
    return row


def give(theme: Theme, user: Any, impact: int = IMPACT, likelihood: int = LIKELIHOOD) -> Any:
    values = {"impact": impact, "likelihood": likelihood}
    return scoring.file_score(theme, by=user, values=values, confidence="B", reason=WORDS, on=DAY)


def agreed(cast: Any) -> Assessment:
    """Every theme scored by both, opened and agreed."""
    row = being_scored(cast)
    for theme in row.themes.all():
        for user in (cast.ann, cast.bryn):
            give(theme, user)
        scoring.open_scores(theme, by=cast.ann, seen=theme.version, on=DAY)
        values = {"impact": IMPACT, "likelihood": LIKELIHOOD if theme.code == "burglary" else 1}
        scoring.agree(theme, by=cast.ann, values=values, confidence="B", reason=WORDS, checked=["reason"], on=DAY)
    row.refresh_from_db()
    row.status = "agreed"
    row.save()
    return row


def written(row: Assessment) -> None:
    """All six sections, and a decision for each theme."""
    for about in StatutorySection.About.values:
        StatutorySection.objects.create(assessment=row, about=about, **bilingual("Testun", "Text", "text"))
    for theme in row.themes.all():
        Theme.objects.filter(pk=theme.pk).update(decision="watched", **bilingual("Am", "For", "decision_reason"))
