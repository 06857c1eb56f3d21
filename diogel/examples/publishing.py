"""Publishes what of the examples may be seen: who they are, their plans, and one quarter."""

from __future__ import annotations

from diogel.analysis.periods import Quarter
from diogel.home import today
from diogel.people.models import Partnership
from diogel.published.models import Publication
from diogel.publishing.annual_years import years_of
from diogel.publishing.quarter_publishing import publish_quarter
from diogel.publishing.snapshots import publish

from .putting import BY


def publish_examples(with_quarter: str, quarter: str) -> None:
    """Publish each example and its plans; of `with_quarter`, the quarter too. What stands unchanged is left as it is."""
    for partnership in Partnership.objects.filter(is_example=True):
        publish(Publication.Kind.PARTNERSHIP, partnership, by=BY)
        for plan in partnership.plans.standing():
            publish(Publication.Kind.PLAN, plan, by=BY)
            for year in years_of(plan):
                if year.is_over(today()):
                    publish(Publication.Kind.ANNUAL, year, by=BY)
        if partnership.slug == with_quarter:
            publish_quarter(partnership, Quarter.parse(quarter), by=BY)
