"""The page of letters: for who runs rounds, its links in a demo alone, and each button does what it says."""

from __future__ import annotations

from datetime import date

import pytest

from diogel.home import today
from diogel.post.letters import LINK, Written, queue
from diogel.post.models import Letter, SignedLink

pytestmark = pytest.mark.django_db
DESK = "/en/gwynedd-mon/desk/outbox/"
DAY = date(2022, 1, 17)


@pytest.fixture
def letter(cast):
    queue([Written(cast.bryn.person, "reminder", "k", "Eich diweddariad", ["Bore da,"], "cy")], partnership=cast.gwynedd_mon, on=DAY)
    return Letter.objects.get()


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("queued", "One letter waits to be sent"),
        ("sent", "Every letter has gone"),
        ("unknown", "Of one letter nobody knows whether it went"),
        ("refused", "One letter could not be sent"),
    ],
)
def test_the_title_states_what_is_known(cast, client, letter, state, said):
    Letter.objects.filter(pk=letter.pk).update(state=state)
    client.force_login(cast.ann)
    page = client.get(DESK).content.decode()
    assert said in page
    assert "Bryn Dychmygol" in page
    assert ("Send it again" in page) == (state in ("unknown", "refused"))


def test_only_who_runs_rounds_reads_it_and_only_their_own(cast, client, letter):
    assert client.get(DESK).status_code == 302
    for user, status in ((cast.bryn, 403), (cast.carys, 403), (cast.dai, 404)):
        client.force_login(user)
        assert client.get(DESK).status_code == status
        assert client.post(f"{DESK}{letter.pk}/again/").status_code == status
        assert client.post(f"{DESK}send/").status_code == status
    assert Letter.objects.get().state == "queued"


def test_sending_again_takes_a_post(cast, client, letter, mailoutbox, own_home):
    Letter.objects.filter(pk=letter.pk).update(state="unknown")
    client.force_login(cast.ann)
    assert client.get(f"{DESK}{letter.pk}/again/").status_code == 405
    assert client.post(f"{DESK}{letter.pk}/again/").url == DESK
    assert [each.extra_headers["Message-ID"] for each in mailoutbox] == [letter.message_id]
    client.post(f"{DESK}{letter.pk}/again/")
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("deed", ["again", "send"])
def test_links_lead_to_the_address_that_is_set_and_not_to_the_one_that_was_asked(cast, client, mailoutbox, own_home, settings, deed):
    settings.SITE_ROOT = "https://diogel.example.org"
    link = SignedLink.objects.create(
        purpose="round", about="round:1", person=cast.bryn.person, partnership=cast.gwynedd_mon, expires_on=today()
    )
    written = Written(cast.bryn.person, "reminder", "k", "Eich diweddariad", ["Bore da,", LINK], "cy", link=link)
    queue([written], partnership=cast.gwynedd_mon, on=DAY)
    if deed == "again":
        Letter.objects.update(state="unknown")
    client.force_login(cast.ann)
    client.post(f"{DESK}{Letter.objects.get().pk}/again/" if deed == "again" else f"{DESK}send/")
    (came,) = mailoutbox
    assert "https://diogel.example.org/cy/gwynedd-mon/answer/" in came.body
    assert "testserver" not in came.message().as_string()


def test_a_page_of_links_asks_no_more_than_a_page_with_one(cast, client, settings, django_assert_max_num_queries):
    settings.DEMO = True
    for n in range(9):
        link = SignedLink.objects.create(
            purpose="round", about=f"round:{n}", person=cast.bryn.person, partnership=cast.gwynedd_mon, expires_on=today()
        )
        queue([Written(cast.bryn.person, "reminder", f"{n}", "Update", [LINK], "en", link=link)], partnership=cast.gwynedd_mon, on=DAY)
    client.force_login(cast.ann)
    with django_assert_max_num_queries(8):
        assert client.get(DESK).content.decode().count('href="http://testserver/en/gwynedd-mon/answer/') == 9


def test_a_letter_of_elsewhere_is_not_there(cast, client):
    queue([Written(cast.dai.person, "reminder", "k", "Update", ["Good morning,"], "en")], partnership=cast.wrexham, on=DAY)
    client.force_login(cast.ann)
    assert client.post(f"{DESK}{Letter.objects.get().pk}/again/").status_code == 404
    assert "Update" not in client.get(DESK).content.decode().partition("<main")[2]
