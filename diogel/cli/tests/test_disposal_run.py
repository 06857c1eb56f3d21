"""`diogel disposal run`: what it prints and how it ends."""

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from diogel.cli import main
from diogel.exchange.models import Intake
from diogel.people.access import Anyone, Installation
from diogel.plan import consulting
from diogel.plan.models import Consultation, Plan
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


def test_comments_and_files_go_with_them_by_the_night_too(cast, capsys):
    plan = Plan.objects.create(partnership=cast.gwynedd_mon, code="old", from_on=date(2019, 4, 1), to_on=date(2020, 3, 31))
    held = Consultation.objects.create(plan=plan, opens_on=date(2019, 1, 1), closes_on=date(2019, 2, 1))
    comment = consulting.send(held, by=Anyone(), text="Words", language="en", on=date(2019, 1, 9))
    long_ago = timezone.now() - timedelta(days=400)
    told = {"partnership": cast.gwynedd_mon, "language": "en", "received_at": long_ago, "received_by": "user:1", "sha256": "0" * 64}
    file = Intake.objects.create(file_name="a.docx", reading={"words": ["Words"]}, **told)
    assert main(["disposal", "run", "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert f"the words of plan.comment:{comment.pk}" in out
    assert f"what was read of exchange.intake:{file.pk}" in out
    assert main(["nightly", "--only", "disposal", "--partnership", "gwynedd-mon", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["done"] == [
        {"what": "disposal", "partnership": "gwynedd-mon", "state": "worked_out", "why": ""}
    ]
    comment.refresh_from_db()
    file.refresh_from_db()
    assert (comment.text, file.reading) == ("", {})
    assert main(["nightly", "--only", "disposal", "--json"]) == 0
    assert {each["state"] for each in json.loads(capsys.readouterr().out)["done"]} == {"unchanged"}


def test_the_night_names_what_could_not_go(past, capsys, monkeypatch):
    stuck = disposal.Disposed("tension", past.reference, "gwynedd-mon", date(2020, 1, 1), fault="other rows still need it")
    monkeypatch.setattr(disposal, "dispose_all", lambda **how: iter([stuck]))
    assert main(["nightly", "--only", "disposal", "--partnership", "gwynedd-mon"]) == 2
    assert past.reference in capsys.readouterr().out
