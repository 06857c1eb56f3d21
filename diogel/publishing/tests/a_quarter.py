"""A small quarter of Gwynedd and Anglesey: a plan, a look with a signed card and one that is looked at, and a few measures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from diogel.analysis.periods import Quarter
from diogel.indicators.models import Card, Context, Indicator, Look, Measure, Observation
from diogel.indicators.tests.made_card import make_account, make_finding, make_look, make_places
from diogel.people.tests.cast import Cast, bilingual
from diogel.plan.models import Report
from diogel.published.blocks import Paper
from diogel.publishing.packing import papers
from diogel.publishing.quarterly_facts import Facts, gather

from .a_plan import APlan, make_plan

QUARTER = Quarter.parse("2021-12")
DAY = date(2022, 1, 17)
NOW, BEFORE = (date(2021, 10, 1), date(2021, 12, 31)), (date(2020, 10, 1), date(2020, 12, 31))


@dataclass(frozen=True)
class AQuarter:
    """What the tests reach for by name."""

    cast: Cast
    told: APlan
    look: Look
    signed: Card
    looking: Card


def make_quarter(cast: Cast) -> AQuarter:
    """Shoplifting in Gwynedd is explained and signed; vehicle crime there is being looked at by the analyst until 4 February."""
    told = make_plan(cast)
    series = [
        make_finding(),
        make_finding(type="Vehicle crime"),
        make_finding(type="Drugs", verdict="as_expected", direction="", observed=58),
        make_finding(type="Robbery", verdict="as_expected", direction="", observed=3, low=0, high=9),
        make_finding(type="Burglary", verdict="as_expected", direction="", observed=0, low=0, high=4),
        make_finding(type="Public order", verdict="missing", direction="", observed=None, low=None, high=None),
    ]
    look = make_look(cast, series=series, looked_at=6, could_not_say=1, by_chance=0.2)
    signed = make_card(cast, look, cause="recording", confidence="high", signed_role="analyst", signed_on=date(2022, 1, 13), **answer())
    looking = make_card(cast, look, type_="Vehicle crime", looking_role="analyst", looking_until=date(2022, 2, 4))
    Context.objects.create(
        partnership=cast.gwynedd_mon,
        code="campaign",
        kind="event",
        from_on=date(2021, 11, 8),
        to_on=date(2021, 11, 28),
        **bilingual("Ymgyrch yn y siopau", "A campaign in the shops", "title"),
    )
    return AQuarter(cast, told, look, signed, looking)


def answer() -> dict[str, str]:
    return {
        **bilingual(
            "Ymgyrch a ddaeth â’r adroddiadau. Daeth yr ymgyrch i ben.", "A campaign brought the reports. It has ended.", "explanation"
        ),
        **bilingual("Daeth 40 drwy’r ymgyrch.", "The campaign brought 40.", "evidence"),
        **bilingual("Gofyn i’r siopau.", "Ask the shops.", "further"),
    }


def make_card(cast: Cast, look: Look, *, type_: str = "Shoplifting", **columns: Any) -> Card:
    finding = make_finding(type=type_)
    told = {"finding": finding, "account": make_account(type=type_), "places": make_places()}
    return Card.objects.create(look=look, area=cast.gwynedd, crime_type=type_, **told, **columns)


def make_measure(
    told: APlan, code: str, *, unit: str = "count", is_sensitive: bool = False, accountability: str = "shared", better: str = "up"
) -> Measure:
    """A measure with its indicator, reported in the plan; its title is `Cyfrif CODE`, `Count CODE`."""
    measure = Measure.objects.create(
        partnership=told.plan.partnership,
        code=code,
        unit=unit,
        is_sensitive=is_sensitive,
        **bilingual(f"Cyfrif {code}", f"Count {code}", "title"),
        **bilingual("Cofnodion y bartneriaeth", "The partnership’s records", "source"),
    )
    indicator = Indicator.objects.create(
        measure=measure,
        code=code,
        direction="increase",
        accountability=accountability,
        better=better,
        **bilingual(f"Cyfrif {code}", f"Count {code}", "title"),
    )
    Report.objects.create(plan=told.plan, indicator=indicator)
    return measure


def make_part(whole: Measure, code: str) -> Measure:
    """One of several figures in which a measure is reported."""
    return Measure.objects.create(
        partnership=whole.partnership,
        code=code,
        unit=whole.unit,
        is_sensitive=whole.is_sensitive,
        **bilingual(f"Cyfrif {code}", f"Count {code}", "title"),
    )


def observe(measure: Measure, value: int | None = None, *, span: tuple[date, date] = NOW, **columns: Any) -> Observation:
    return Observation.objects.create(measure=measure, from_on=span[0], to_on=span[1], value=value, **columns)


def facts_of(quarter: AQuarter) -> Facts:
    return gather(quarter.cast.gwynedd_mon, QUARTER, day=DAY)


def told(quarter: AQuarter, *, audience: str = "internal", language: str = "en", is_draft: bool = False) -> Paper:
    """One of the quarter's papers, as it now stands."""
    return papers(facts_of(quarter), is_draft=is_draft, version="1").papers[audience, language]


def words(value: Any) -> str:
    """Everything that a paper, or a part of one, says, in order."""
    if isinstance(value, str):
        return value
    if isinstance(value, (tuple, list)):
        return "\n".join(filter(None, (words(each) for each in value)))
    if hasattr(value, "__dataclass_fields__"):
        return "\n".join(filter(None, (words(getattr(value, name)) for name in value.__dataclass_fields__)))
    return ""
