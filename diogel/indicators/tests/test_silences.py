"""What was expected and does not come is noticed, asked about, and ends when it is heard again."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from diogel.analysis.periods import Month
from diogel.audit.models import Entry
from diogel.home import remember
from diogel.indicators import looking
from diogel.indicators.models import Silence
from diogel.indicators.silences import Heard, listen, seen_by
from diogel.indicators.tests.figures_cast import make_figure, make_measure
from diogel.indicators.tests.small_store import lay_store, planted
from diogel.people.access import Role
from diogel.people.tests.cast import hold, make_person, make_user
from diogel.people.writing import write
from diogel.processes.tensions.models import Tension

DESK = "/en/gwynedd-mon/desk/unusual/"
DAY = date(2022, 3, 1)


@pytest.fixture
def west(cast, own_home):
    own_home.mkdir(parents=True, exist_ok=True)
    remember(today=str(DAY))
    return cast.gwynedd_mon


def report(partnership, on: date, number: int = 0) -> Tension:
    at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    return Tension.objects.create(
        kind="tension", reference=f"T-{on}-{number}", partnership=partnership, status="new", opened_on=on, received_at=at,
        source="inbox", type="rumour", place="Bangor", text="Si", language="cy",
    )  # fmt: skip


def weekly(partnership, *, until: date) -> None:
    for week in range(10):
        report(partnership, until - timedelta(days=7 * week))


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_tension_reports_that_came_every_week_and_stopped_are_a_silence_that_ends_when_one_comes(west, cast):
    weekly(west, until=DAY - timedelta(days=5))
    assert listen(west, by=cast.ann) == Heard()
    later = DAY + timedelta(days=60)
    heard = listen(west, by=cast.ann, day=later)
    row = Silence.objects.get()
    assert heard.noticed == (row.pk,)
    assert (row.flow, row.since_on, row.usual_days, row.noticed_on) == ("tensions", DAY - timedelta(days=5), 7, later)
    assert listen(west, by=cast.ann, day=later) == Heard(), "listening twice changes nothing"
    report(west, later, 1)
    assert listen(west, by=cast.ann, day=later).ended == (row.pk,)
    row.refresh_from_db()
    assert row.ended_on == later
    assert Entry.objects.get(subject=f"indicators.silence:{row.pk}", deed="changed").detail == {"ended_on": [None, str(later)]}


def test_a_figure_that_is_past_its_day_is_a_silence_and_one_that_came_to_rest_is_not(west, cast):
    late, resting = make_measure(west), make_measure(west, code="OLD")
    make_figure(late, "2021-07", value=3)
    row = make_figure(late, "2021-10", value=4)
    for first, last in ((date(2018, 1, 1), date(2018, 3, 31)), (date(2018, 4, 1), date(2018, 6, 30))):
        resting.observations.create(from_on=first, to_on=last, value=1)
    assert listen(west, by=cast.ann) == Heard()
    listen(west, by=cast.ann, day=date(2022, 4, 20))
    silent = Silence.objects.get()
    assert (silent.flow, silent.subject, silent.since_on, silent.due_on) == ("measure", "G6", row.to_on, date(2022, 4, 14))


def test_a_month_of_crime_that_was_not_loaded_is_a_silence_and_invented_rows_owe_nothing(west, cast, own_home):
    months = [Month(2021, 8) + at for at in range(5)]
    lay_store(own_home / "crime", planted(), months=months)
    assert listen(west, by=cast.ann, day=date(2022, 6, 1)) == Heard()
    shutil.rmtree(own_home / "crime")
    lay_store(own_home / "crime", planted(), months=months, kind="real")
    assert listen(west, by=cast.ann, day=date(2022, 5, 3)) == Heard(), "January comes out in March, and is late from May on"
    listen(west, by=cast.ann, day=date(2022, 5, 4))
    row = Silence.objects.get()
    assert (row.flow, row.subject, row.since_on, row.due_on) == ("crime", "north-wales", date(2021, 12, 31), date(2022, 5, 3))


def test_who_is_asked_is_asked_until_a_day_and_a_day_alone_asks_nobody(west, cast):
    row = Silence.objects.create(partnership=west, flow="crime", subject="north-wales", since_on=date(2021, 12, 31), noticed_on=DAY)
    for columns in ({"asked_body": cast.police}, {"asked_until": date(2022, 3, 9)}):
        with pytest.raises(ValidationError):
            write(Silence.objects.get(pk=row.pk), by=cast.ann, **columns)
    write(row, by=cast.ann, asked_body=cast.police, asked_until=date(2022, 3, 9))
    assert row.is_answered


def test_others_neither_listen_nor_ask(west, cast, client):
    row = Silence.objects.create(partnership=west, flow="crime", subject="north-wales", since_on=date(2021, 12, 31), noticed_on=DAY)
    for user in (cast.bryn, cast.carys, cast.dai):
        with pytest.raises(PermissionDenied):
            listen(west, by=user)
        with pytest.raises(PermissionDenied):
            write(Silence.objects.get(pk=row.pk), by=user, answer="quiet")
    client.force_login(cast.carys)
    assert "No recorded crime later than 31 December 2021" in words(client.get(DESK))
    assert client.get(f"{DESK}silence/{row.pk}/").status_code == 403
    assert client.post(f"{DESK}listen/").status_code == 403
    client.force_login(cast.dai)
    assert client.get(f"/en/wrexham/desk/unusual/silence/{row.pk}/").status_code == 404


def test_a_silence_of_tension_reports_is_seen_by_those_who_may_read_them_only(west, cast, client):
    row = Silence.objects.create(partnership=west, flow="tensions", since_on=DAY, usual_days=7, noticed_on=DAY)
    elliw = make_user(make_person("Elliw", "Ffug"))
    hold(elliw, west, Role.ANALYST)
    assert not seen_by(elliw, west).exists()
    assert seen_by(cast.ann, west).exists()
    client.force_login(elliw)
    assert "No tension report" not in words(client.get(DESK))
    assert client.get(f"{DESK}silence/{row.pk}/").status_code == 404


def test_the_desk_tells_of_a_silence_and_a_form_names_who_is_asked(west, cast, client, django_assert_max_num_queries):
    make_measure(west)
    row = Silence.objects.create(
        partnership=west, flow="measure", subject="G6", since_on=date(2021, 12, 31), due_on=date(2022, 1, 14), noticed_on=DAY
    )
    client.force_login(cast.ann)
    with django_assert_max_num_queries(12):
        said = words(client.get(DESK))
    assert "Hate crime reports: no figure later than 31 December 2021; the next was due on 14 January 2022" in said
    assert "Nobody is asked" in said
    address = f"{DESK}silence/{row.pk}/"
    first_page = client.get("/en/gwynedd-mon/desk/").content.decode()
    assert re.search(rf'<a [^>]*href="{address}"[^>]*>\s*Say who is asked', first_page)
    seen = re.search(r'name="seen" value="(\d+)"', client.get(address).content.decode())[1]
    day = {"asked_until_day": "9", "asked_until_month": "3", "asked_until_year": "2022"}
    assert client.post(address, {"seen": seen, "asked_body": cast.police.pk}).status_code == 422
    assert client.post(address, {"seen": seen, "asked_body": cast.police.pk} | day).status_code == 302
    assert "Being asked North Wales Police, until 9 March 2022" in words(client.get(DESK))


def test_the_button_listens_and_says_what_it_heard(west, cast, client):
    weekly(west, until=DAY - timedelta(days=90))
    client.force_login(cast.ann)
    assert "Nothing that was expected is known to have stopped." in words(client.get(DESK))
    assert "One flow of reports has stopped." in words(client.post(f"{DESK}listen/", follow=True))
    assert "Nothing else has stopped" in words(client.post(f"{DESK}listen/", follow=True))
    assert client.get(f"{DESK}listen/").status_code == 405


def test_a_quarter_whose_rows_changed_since_it_was_looked_through_is_named(west, cast, own_home):
    months = [Month(2021, 8) + at for at in range(5)]
    lay_store(own_home / "crime", planted(), months=months)
    for quarter in ("2021-12",):
        looking.look(west, looking.Quarter.parse(quarter), by=cast.ann, draw=lambda finding, places: {})
    assert looking.revised_quarters(west) == ()
    lay_store(own_home / "crime", planted() | {("W06000002", "Burglary", Month(2021, 9)): 77}, months=[Month(2021, 9)])
    assert [str(quarter) for quarter in looking.revised_quarters(west)] == ["2021-12"]
