"""Two quarters and a plan, really published and corrected in between: who keeps every public file recovers nothing that was withheld."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
import pytest
from django.test import Client

from diogel.analysis.linked import Dimension, Table, intervals, narrow
from diogel.analysis.periods import Quarter
from diogel.home import moment, remember
from diogel.indicators.models import Measure, Observation
from diogel.published.models import Publication
from diogel.publishing import masks
from diogel.publishing.quarter_publishing import publish_quarter
from diogel.publishing.snapshot_scan import known
from diogel.publishing.snapshot_scopes import plan_scope
from diogel.publishing.snapshots import publish

from .a_quarter import BEFORE, NOW, AQuarter, make_measure, make_part, observe
from .attack import Number, in_paper, in_plan_csv, in_plan_json, in_plan_page, recovered

pytestmark = pytest.mark.usefixtures("drawn_once")
SUMMER, SUMMER_BEFORE = (date(2021, 7, 1), date(2021, 9, 30)), (date(2020, 7, 1), date(2020, 9, 30))
HALF, HALF_BEFORE = (date(2021, 7, 1), date(2021, 12, 31)), (date(2020, 7, 1), date(2020, 12, 31))
MEMBERS: Mapping[str, tuple[str, ...]] = {
    "M1": ("M1a", "M1b", "M1c"),
    **{f"{code} whole": (f"{code} part", f"{code} rest") for code in ("R1", "S1")},
}
CODES = ("C1", "H1", "M1a", "M1b", "M1c", "R1", "S1", "G6")
# What was true of small and protecting figures, in each version of it.
SECRETS = {
    Number("C1", *SUMMER, 3),
    Number("G6", *NOW, 3),
    Number("H1", *BEFORE, 3),
    Number("H1", *SUMMER_BEFORE, 15),
    Number("M1a", *NOW, 3),
    Number("R1 part", *SUMMER, 3),
    Number("R1 rest", *NOW, 2),
    Number("S1 part", *NOW, 3),
}

UNCORRECTED = (
    (Number("H1", *HALF_BEFORE, 18), Number("H1", *SUMMER_BEFORE, 15), Number("H1", *BEFORE, 3)),
    (Number("M1", *NOW, 35), Number("M1a", *NOW, 3), Number("M1b", *NOW, 12), Number("M1c", *NOW, 20)),
    (Number("R1 whole", *NOW, 40), Number("R1 part", *NOW, 38), Number("R1 rest", *NOW, 2)),
    (Number("R1 whole", *SUMMER, 40), Number("R1 part", *SUMMER, 3), Number("R1 rest", *SUMMER, 37)),
)


def plant(quarter: AQuarter) -> dict[str, Measure]:
    """Sensitive measures: a corrected one, one told by half-years, one in three parts, and two that are shares."""
    made = {code: make_measure(quarter.told, code, is_sensitive=True, unit=unit) for code, unit in _UNITS.items()}
    observe(made["H1"], 18, span=HALF_BEFORE)
    return made


_UNITS = {"C1": "count", "H1": "count", "M1": "count", "R1": "ratio", "S1": "percent"}


def count(made: dict[str, Measure]) -> None:
    """The quarters come in, after the plan has told half a year of H1."""
    for span, figure in ((SUMMER_BEFORE, 15), (BEFORE, 3), (SUMMER, 22), (NOW, 25)):
        observe(made["H1"], figure, span=span)
    parts = [make_part(made["M1"], f"M1{letter}") for letter in "abc"]
    for span, counts in ((SUMMER, (10, 11, 12)), (NOW, (3, 12, 20))):
        observe(made["M1"], sum(counts), span=span)
        for part, figure in zip(parts, counts, strict=True):
            observe(part, figure, span=span)
    observe(made["R1"], span=SUMMER, numerator=3, denominator=40)
    observe(made["R1"], span=NOW, numerator=38, denominator=40)
    observe(made["S1"], 2, span=NOW, base=150, base_state="given")
    observe(made["C1"], 3, span=SUMMER)


def correct(measure: Measure) -> None:
    """What was 3 is 12, and the half-year grows with it: 39 - 12 = 27, and 30 - 27 would tell the 3."""
    for span, was, now in ((SUMMER, 3, 12), (HALF, 30, 39)):
        row = Observation.objects.get(measure=measure, from_on=span[0], to_on=span[1])
        row.value, row.was = now, [{"value": was, "numerator": None, "denominator": None, "base": None, "on": "2022-01-20"}]
        row.save()


def publish_all(quarter: AQuarter) -> None:
    """The plan, summer's paper, the plan, corrections, autumn's paper, summer's again, and the plan again."""
    who, by, made = quarter.cast.gwynedd_mon, quarter.cast.ann, plant(quarter)
    publish(Publication.Kind.PARTNERSHIP, who, by=by)
    steps = [
        lambda: publish(Publication.Kind.PLAN, quarter.told.plan, by=by),
        lambda: (count(made), publish_quarter(who, Quarter.parse("2021-09"), by=by)),
        lambda: (observe(made["C1"], 30, span=HALF), publish(Publication.Kind.PLAN, quarter.told.plan, by=by)),
        lambda: (correct(made["C1"]), publish_quarter(who, Quarter.parse("2021-12"), by=by)),
        lambda: publish_quarter(who, Quarter.parse("2021-09"), by=by),
        lambda: publish(Publication.Kind.PLAN, quarter.told.plan, by=by),
    ]
    for day, step in enumerate(steps, start=17):
        remember(today=f"2022-01-{day}")
        step()


def of_quarter(client: Client, row: Publication) -> Iterator[set[Number]]:
    for language in ("cy", "en"):
        root = f"/{language}/gwynedd-mon/quarter/{row.key}/v{row.version}/"
        yield in_paper("page.html", client.get(root).content, row.key, CODES)
        for form in ("pdf", "docx"):
            name = f"quarterly.{language}.{form}"
            yield in_paper(name, client.get(root + name).content, row.key, CODES)


def of_plan(client: Client, row: Publication) -> Iterator[set[Number]]:
    withheld = {figure["code"]: figure["is_withheld"] for each in row.content["indicators"] for figure in each["figures"]}
    for language, word in (("cy", "wedi’i ddal yn ôl"), ("en", "withheld")):
        root = f"/{language}/gwynedd-mon/open-data/plan/{row.key}/v{row.version}/"
        yield in_plan_json(client.get(f"{root}plan.json").content)
        yield in_plan_csv(client.get(f"{root}indicators.csv").content)
        if row == Publication.objects.filter(kind="plan").order_by("-pk").first():
            page = in_plan_page("page.html", client.get(f"/{language}/gwynedd-mon/outcomes/").content, withheld)
            assert page.keys() == withheld.keys()
            assert {code for code, text in page.items() if word in text} == {code for code, is_withheld in withheld.items() if is_withheld}


def test_every_sum_and_difference_of_every_public_number_recovers_nothing(quarter, client):
    publish_all(quarter)
    told = set[Number]()
    for row in Publication.objects.exclude(kind="partnership").order_by("pk"):
        files = list((of_plan if row.kind == "plan" else of_quarter)(client, row))
        assert all(found == files[0] for found in files), f"{row} tells one thing here and another there"
        told |= files[0]
    assert {Number("H1", *HALF_BEFORE, 18), Number("M1c", *NOW, 20), Number("H1", *NOW, 25), Number("C1", *HALF, 30)} <= told
    assert Publication.objects.filter(kind="quarter", key="2021-09").count() == 2, "the correction is a version of its own"
    assert told.isdisjoint(SECRETS)
    assert recovered(told, SECRETS, MEMBERS) == set()
    _no_linear_program_narrows(told)


def _no_linear_program_narrows(told: set[Number]) -> None:
    """The attacker of the linked tables, over those figures that nobody corrected; a total that is known elsewhere is shown to it too."""
    for figures in UNCORRECTED:
        cells = {each: frozenset(f"{member} {quarter}" for member, quarter in each.cells(MEMBERS)) for each in figures}
        members = tuple(sorted(frozenset().union(*cells.values())))
        finest = {next(iter(held)): each.count for each, held in cells.items() if len(held) == 1}
        groups = {str(at): tuple(sorted(held)) for at, held in enumerate(cells.values())}
        tables = [
            Table("told", {"cell": tuple(groups)}, np.array([each.count for each in figures])),
            Table("ground", {"cell": members}, np.array([finest[member] for member in members]), "kept_back"),
        ]
        hidden = np.array([each not in told and each.what != "M1" for each in figures])
        assert hidden.any()
        found = intervals(tables, {"told": hidden}, dimensions=[Dimension("cell", members, groups)], threshold=5)
        assert found
        assert narrow(found, width=4, threshold=5) == ()


def test_the_same_reader_recovers_what_is_withheld_figure_by_figure(quarter, client, monkeypatch):
    """So it is no blind reader: without the other figures of the paper and of those before it, this is what leaks."""
    monkeypatch.setattr(masks, "_linked", lambda *_args: iter(()))
    publish_all(quarter)
    rows = Publication.objects.exclude(kind="partnership").order_by("pk")
    told = set[Number]().union(*(next((of_plan if row.kind == "plan" else of_quarter)(client, row)) for row in rows))
    leaked = recovered(told, SECRETS, MEMBERS)
    assert {Number("H1", *BEFORE, 3), Number("C1", *SUMMER, 3)} <= leaked


def test_the_scan_of_a_plan_knows_what_is_withheld_only_to_protect_others(quarter):
    made = plant(quarter)
    half = {"code": "H1", "from_on": "2020-07-01", "to_on": "2020-12-31", "is_withheld": False, "value": 18}
    Publication.objects.create(
        partnership="gwynedd-mon", kind="quarter", key="2020-12", version=1, published_at=moment(), content={"figures": [half]}
    )
    Observation.objects.filter(measure=made["H1"]).update(withdrawn_on=date(2022, 1, 17))
    observe(made["H1"], 15, span=SUMMER_BEFORE)
    cells = {(cell.row[1], cell.value) for cell in known(plan_scope(quarter.told.plan)).withheld}
    assert ("Count H1", 15) in cells
