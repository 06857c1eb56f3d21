"""`diogel disposal run`: what it prints and how it ends."""

import json
from datetime import date, timedelta

import pytest

from diogel.cli import main
from diogel.people.access import Installation
from diogel.processes.tensions import reporting
from diogel.processes.tensions.models import Tension
from diogel.records import disposal
from diogel.records.models import Record


@pytest.fixture
def past(cast):
    made = reporting.report(
        by=Installation(), partnership=cast.gwynedd_mon, source="form", type="other", place="Bangor", text="Dadl", language="cy"
    )
    Record.objects.filter(pk=made.pk).update(status="closed", closed_on=date(2020, 1, 1), keep_until=date.today() - timedelta(days=1))
    return made


def test_a_dry_run_names_what_would_go_and_nothing_does(past, capsys):
    assert main(["disposal", "run", "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "1 would go" in out
    assert past.reference in out
    assert Tension.objects.exists()


def test_it_goes_once_and_the_second_run_says_so(past, capsys):
    assert main(["disposal", "run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["reference"] for each in told["disposed"]] == [past.reference]
    assert not Tension.objects.exists()
    assert main(["disposal", "run"]) == 0
    assert "nothing is due" in capsys.readouterr().out


def test_what_could_not_go_is_named_and_costs_exit_status_one(past, capsys, monkeypatch):
    stuck = disposal.Disposed("tension", past.reference, "gwynedd-mon", date(2020, 1, 1), fault="other rows still need it")
    monkeypatch.setattr(disposal, "dispose_all", lambda **how: iter([stuck]))
    assert main(["disposal", "run"]) == 1
    assert f"{past.reference}, gwynedd-mon, kept until 2020-01-01: not gone, other rows still need it." in capsys.readouterr().out


def test_an_unknown_partnership_is_refused_and_nothing_goes(past, capsys):
    assert main(["disposal", "run", "--partnership", "nowhere"]) == 2
    assert "gwynedd-mon" in capsys.readouterr().err
    assert Tension.objects.exists()
