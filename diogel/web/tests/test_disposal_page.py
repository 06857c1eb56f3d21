"""The desk tells beforehand what will be disposed of, and names nobody."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from diogel.exchange.models import Intake
from diogel.people.access import Anyone, Installation
from diogel.plan import consulting
from diogel.plan.models import Consultation, Plan
from diogel.processes.tensions import reporting
from diogel.records.models import Record

PAGE = "/en/gwynedd-mon/desk/log/disposal/"


def closed(partnership, days):
    made = reporting.report(
        by=Installation(), partnership=partnership, source="form", type="other", place="Bangor", text="Dadl Gwenllian", language="cy"
    )
    day = date.today() + timedelta(days=days)
    Record.objects.filter(pk=made.pk).update(status="closed", closed_on=date(2020, 1, 1), keep_until=day)
    return Record.objects.get(pk=made.pk)


def test_what_goes_in_the_next_ninety_days_is_told_without_a_word_of_it(cast, client):
    soon, late, other = closed(cast.gwynedd_mon, 89), closed(cast.gwynedd_mon, 91), closed(cast.wrexham, 5)
    Record.objects.filter(pk=other.pk).update(reference="T-elsewhere")
    client.force_login(cast.ann)
    page = client.get(PAGE).content.decode()
    assert "1 record will be disposed of in the next 90 days" in page
    assert soon.reference in page
    assert late.reference not in page
    assert not any(word in page for word in ("T-elsewhere", "Gwenllian", "Dadl"))
    assert "Gwaredir 1 cofnod" in client.get(PAGE.replace("/en/", "/cy/")).content.decode()


def test_how_many_comments_and_files_go_is_told_and_whose_is_not(cast, client):
    plan = Plan.objects.create(partnership=cast.gwynedd_mon, code="old", from_on=date(2019, 4, 1), to_on=date(2020, 3, 31))
    held = Consultation.objects.create(plan=plan, opens_on=date(2019, 1, 1), closes_on=date(2019, 2, 1))
    consulting.send(held, by=Anyone(), text="Gwenllian", language="en", on=date(2019, 1, 9))
    told = {"partnership": cast.gwynedd_mon, "language": "en", "received_at": timezone.now(), "received_by": "user:1", "sha256": "0" * 64}
    for _one in range(2):
        Intake.objects.create(file_name="Gwenllian.docx", **told)
    client.force_login(cast.ann)
    page = client.get(PAGE).content.decode()
    assert "The words of 1 comment on a plan go as well" in page
    assert "No record will be disposed of in the next 90 days" in page
    assert "What was read of 2 files" not in page, "a file waits for ninety days, and goes on the day after"
    Intake.objects.update(received_at=timezone.now() - timedelta(days=2))
    page = client.get(PAGE).content.decode()
    assert "What was read of 2 files that came in goes as well" in page
    assert "Gwenllian" not in page


def test_what_is_overdue_says_that_it_waits_for_the_run(cast, client):
    closed(cast.gwynedd_mon, -1)
    client.force_login(cast.ann)
    assert "goes with the next run" in client.get(PAGE).content.decode()


@pytest.mark.parametrize(("who", "status"), [("bryn", 403), ("carys", 403), ("dai", 404)])
def test_it_is_for_those_who_read_the_log(cast, client, who, status):
    client.force_login(getattr(cast, who))
    assert client.get(PAGE).status_code == status


def test_the_list_asks_few_questions(cast, client, django_assert_max_num_queries):
    for days in range(8):
        closed(cast.gwynedd_mon, days)
    client.force_login(cast.ann)
    client.get(PAGE)
    with django_assert_max_num_queries(12):
        client.get(PAGE)
