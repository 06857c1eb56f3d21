"""An assessment as it stands, read once: themes with what is agreed of each, who has scored it and what the year before said of it,
sections, requests, scorers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, prefetch_related_objects

from .before import same_themes
from .models import Assessment, DataRequest, Evidence, Score, Scorer, StatutorySection, Theme


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a theme stands by its agreed score: its rank (1 is highest, equal scores share it) and whether it would survive.

    `one_change` and `any_change` are the highest and lowest rank if one value, or any number, moved by one; None until reckoned.
    """

    rank: int
    one_change: tuple[int, int] | None = None
    any_change: tuple[int, int] | None = None
    kept: float | None = None

    @property
    def survives(self) -> bool:
        """Whether the rank stays whatever single value moves by one."""
        return self.one_change == (self.rank, self.rank)


@dataclass(frozen=True, kw_only=True)
class Whole:
    """By theme, `scored_by` gives who has given a score apart: never what it was; `given`, once they were opened, the risks that were given
    apart, lowest first: never by whom; `agreed` gives the agreed score; `last_year` what the assessment before said: the band, the agreed
    score where one stood, and what was decided."""

    assessment: Assessment
    themes: tuple[Theme, ...]
    evidence: Mapping[int, tuple[Evidence, ...]]
    scored_by: Mapping[int, frozenset[int]]
    given: Mapping[int, tuple[int, ...]]
    agreed: Mapping[int, Score]
    last_year: Mapping[int, Mapping[str, Any]]
    sections: Mapping[str, StatutorySection]
    requests: tuple[DataRequest, ...]
    scorers: tuple[Scorer, ...]

    def without_scores(self) -> Whole:
        """The same for whoever may not see yet how its themes are scored."""
        return replace(self, given={}, agreed={})

    def standing_of(self, theme: Theme) -> Standing | None:
        """None where nothing is agreed: a band alone has no rank among scores."""
        score = self.agreed.get(theme.pk)
        if score is None:
            return None
        rank = 1 + sum(other.risk > score.risk for other in self.agreed.values())
        held = self.assessment.ranks.get(theme.code)
        if not held or held["rank"] != rank:
            return Standing(rank=rank)
        one, some = tuple(held["one_change"]), tuple(held["any_change"])
        return Standing(rank=rank, one_change=one, any_change=some, kept=held["kept"])

    def rank_of(self, theme: Theme) -> str:
        """The rank as it is shown: `3`, or `3=` where equal scores share it; nothing where nothing is agreed."""
        standing, score = self.standing_of(theme), self.agreed.get(theme.pk)
        if standing is None or score is None:
            return ""
        return f"{standing.rank}=" if sum(other.risk == score.risk for other in self.agreed.values()) > 1 else str(standing.rank)

    def in_order(self) -> list[Theme]:
        """Themes by agreed score, highest first; then those without one, by band and place."""
        bands = {"high": 0, "medium_high": 1, "medium": 2, "low": 3}
        return sorted(
            self.themes,
            key=lambda theme: (
                theme.pk not in self.agreed,
                -self.agreed[theme.pk].risk if theme.pk in self.agreed else 0,
                bands.get(theme.band, 4),
                theme.order,
            ),
        )


def read(assessment: Assessment) -> Whole:
    """Everything that stands, and the year before, in six questions."""
    of_both = list(
        Theme.objects.standing().filter(Q(assessment=assessment) | Q(assessment__in=assessment.before())).select_related("assessment")
    )
    themes = tuple(theme for theme in of_both if theme.assessment_id == assessment.pk)
    earlier = [theme for theme in of_both if theme.assessment_id != assessment.pk]
    prefetch_related_objects(themes, "evidence")
    for theme in themes:
        theme.assessment = assessment
    apart: defaultdict[int, list[Score]] = defaultdict(list)
    agreed: dict[int, Score] = {}
    for score in Score.objects.standing().filter(theme__in=of_both).select_related("method").order_by("scored_on", "pk"):
        if score.is_agreed:
            agreed[score.theme_id] = score
        else:
            apart[score.theme_id].append(score)
    return Whole(
        assessment=assessment,
        themes=themes,
        evidence={theme.pk: tuple(each for each in theme.evidence.all() if not each.withdrawn_on) for theme in themes},
        scored_by={theme.pk: frozenset(score.scored_by_id for score in apart[theme.pk] if score.scored_by_id) for theme in themes},
        given={theme.pk: tuple(sorted(score.risk for score in apart[theme.pk])) for theme in themes if theme.opened_on},
        agreed={theme.pk: agreed[theme.pk] for theme in themes if theme.pk in agreed},
        last_year={
            pk: {"theme": theme, "band": theme.band, "score": agreed.get(theme.pk), "year": theme.assessment}
            for pk, theme in same_themes(themes, earlier).items()
        },
        sections={row.about: row for row in assessment.sections.standing()},
        requests=tuple(assessment.requests.standing().select_related("body")),
        scorers=tuple(assessment.scorers.standing().select_related("person__body")),
    )
