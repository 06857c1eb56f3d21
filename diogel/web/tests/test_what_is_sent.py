"""A page takes in no more than it expects: little by default, more where files are sent, less where strangers write."""

import http.client
import io

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from diogel.people.sending import KILOBYTE, UPLOAD, USUAL, most_of, takes
from diogel.processes.tensions.models import Tension
from diogel.web.urls import urlpatterns as all_pages

REPORT = "/en/gwynedd-mon/report-a-tension/"
TOO_LARGE = ("What you sent is too large", "Mae’r hyn a anfonoch yn rhy fawr")


@takes(UPLOAD)
def upload(request):
    return HttpResponse(str(sum(each.size for each in request.FILES.values())))


def usual(request):
    return HttpResponse(str(sum(map(len, request.POST.values())) + sum(each.size for each in request.FILES.values())))


urlpatterns = [path("upload/", upload), path("usual/", usual), *all_pages]


def a_file(size):
    return {"file": io.BytesIO(b"x" * size)}


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("where", "size", "status"),
    [
        ("/usual/", USUAL - 4 * KILOBYTE, 200),
        ("/usual/", USUAL, 413),
        ("/upload/", USUAL, 200),
        ("/upload/", UPLOAD - 4 * KILOBYTE, 200),
        ("/upload/", UPLOAD, 413),
    ],
)
def test_a_file_is_taken_as_far_as_its_page_says(where, size, status):
    answer = Client().post(where, a_file(size))
    assert answer.status_code == status
    if status == 200:
        assert int(answer.content) == size
    else:
        assert all(words in answer.content.decode() for words in TOO_LARGE)


@pytest.mark.urls(__name__)
def test_words_of_a_form_are_few_even_where_files_may_be_many():
    assert Client().post("/upload/", {"text": "x" * (USUAL + 1)}).status_code in (400, 413)
    assert Client().post("/usual/", {"text": "x" * (USUAL - 4 * KILOBYTE)}).status_code == 200


def test_the_sign_in_and_the_desk_take_no_more_than_usual(cast, client):
    assert client.post("/cy/accounts/login/", {"login": "x" * USUAL, "password": "x"}).status_code == 413
    client.force_login(cast.ann)
    answer = client.post("/cy/gwynedd-mon/desk/people/groups/add/", {"name_cy": "x" * USUAL})
    assert answer.status_code == 413
    assert all(words in answer.content.decode() for words in TOO_LARGE)


def test_a_stranger_sends_less_and_nothing_is_kept(cast, client):
    assert client.post(REPORT, {"place": "Bangor", "text": "x" * 300 * KILOBYTE}).status_code == 413
    assert not Tension.objects.exists()


def test_a_length_that_is_no_number_is_refused(cast, client):
    for said in ("-1", "many", "٣"):
        assert client.post(REPORT, {}, CONTENT_LENGTH=said).status_code == 400


def test_every_page_of_the_desk_takes_the_usual_unless_it_takes_files(cast):
    from tests.whole_house import desk_views

    more = {name for name, view, _converters in desk_views() if most_of(view) > USUAL}
    assert all(most_of(view) <= UPLOAD for _name, view, _converters in desk_views())
    named = {"words:sent_back", "exchange:intakes", "exchange:forms", "rounds:telephone"}
    assert more == named, "a page that takes files is named here, so that each is somebody's decision"


@pytest.mark.django_db(transaction=True)
def test_who_sends_too_much_to_the_running_server_reads_the_page_and_is_not_cut_off(live_server):
    host = live_server.url.removeprefix("http://")
    sender = http.client.HTTPConnection(host, timeout=30)
    sender.request("POST", "/en/accounts/login/", body=b"x" * (8 * USUAL), headers={"Content-Type": "application/x-www-form-urlencoded"})
    answer = sender.getresponse()
    assert answer.status == 413
    assert TOO_LARGE[0] in answer.read().decode()
