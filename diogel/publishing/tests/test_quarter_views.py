"""The desk builds a quarter's pack, says what it waits for and where that is mended, hands out its files, and publishes it."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from diogel.people.access import Role
from diogel.people.tests.cast import hold, make_person, make_user
from diogel.published.models import Publication
from diogel.publishing.quarter_desk import FILES, PackFile, pack_folder, quarters_to_tell
from diogel.publishing.snapshots import publish

from .a_quarter import QUARTER, AQuarter, make_card

pytestmark = pytest.mark.usefixtures("drawn_once")
PAGE = "/en/gwynedd-mon/desk/papers/quarter/2021-12/"


@pytest.fixture
def ann(quarter, client):
    client.force_login(quarter.cast.ann)
    return client


def waiting(quarter: AQuarter) -> None:
    make_card(quarter.cast, quarter.look, type_="Robbery")
    quarter.told.update.text_state = "stale_cy"
    quarter.told.update.save()


def name_somebody(quarter: AQuarter) -> None:
    quarter.told.update.text_cy = quarter.told.update.text_en = "Bryn Dychmygol."
    quarter.told.update.save()


def test_the_papers_name_every_quarter_that_can_have_a_pack(quarter, ann):
    assert quarters_to_tell(quarter.cast.gwynedd_mon) == {"2021-12"}
    page = ann.get("/en/gwynedd-mon/desk/papers/").content.decode()
    assert f'href="{PAGE}"' in page
    assert "October to December 2021" in page


def test_it_says_what_it_waits_for_with_a_link_to_each(quarter, ann, django_assert_max_num_queries):
    waiting(quarter)
    ann.get(PAGE)
    with django_assert_max_num_queries(12):
        page = ann.get(PAGE).content.decode()
    assert "2 things keep this quarter’s report back" in page
    assert "This unusual figure is not answered: Robbery: Gwynedd." in page
    card = quarter.look.cards.get(crime_type="Robbery")
    assert f'href="/en/gwynedd-mon/desk/unusual/{card.pk}/"' in page
    assert 'href="/en/gwynedd-mon/desk/plan/2021-22/action/14/update/2021-12/"' in page
    assert "Build a draft" in page
    assert "Build the report<" not in page
    assert ">Publish<" not in page


def test_a_quarter_that_is_not_over_offers_a_draft_alone(ann):
    path = PAGE.replace("2021-12", "2022-03")
    page = ann.get(path).content.decode()
    assert "This quarter is not over. Until then its report can be built as a draft." in page
    assert "Build a draft" in page
    assert "Build the report<" not in page
    assert ">Publish<" not in page
    assert ann.post(f"{path}publish/").status_code == 422


def test_who_only_checks_pairs_is_led_to_the_pair(quarter, client):
    waiting(quarter)
    quarter.told.action.title_state = "draft"
    quarter.told.action.save()
    iolo = make_user(make_person("Iolo", "Cyfieithydd"))
    hold(iolo, quarter.cast.gwynedd_mon, Role.TRANSLATOR)
    client.force_login(iolo)
    links = [each["url"] for each in client.get(PAGE).context["waiting"]]
    words = "/en/gwynedd-mon/desk/words/"
    assert {f"{words}update/{quarter.told.update.pk}/text/", f"{words}action/{quarter.told.action.pk}/title/"} < set(links)
    assert {client.get(url).status_code for url in links if url.startswith(words)} == {200}


def test_a_built_pack_is_fetched_file_by_file(quarter, ann):
    assert ann.get(PAGE + "internal/quarterly.cy.pdf").status_code == 404
    answer = ann.post(PAGE + "build/", follow=True)
    page = answer.content.decode()
    assert "The pack is built in both languages." in page
    assert "This quarter’s report is built" in page
    assert "Built 17 January 2022" in page
    for audience, names in FILES.items():
        for name in names:
            assert f'href="{PAGE}{audience}/{name}" download>{PackFile(audience, name, 1).title}</a>' in page
    pdf = ann.get(PAGE + "internal/quarterly.cy.pdf")
    assert pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Disposition"] == 'attachment; filename="gwynedd-mon-2021-12-internal-quarterly.cy.pdf"'
    assert pdf["Content-Type"] == "application/pdf"
    assert ann.get(PAGE + "public/certificate.json").json()["is_clean"]
    _nothing_else_is_handed_out(quarter, ann)
    _others_read_and_do_not_build(quarter, ann)


def _nothing_else_is_handed_out(quarter: AQuarter, client) -> None:
    (pack_folder(quarter.cast.gwynedd_mon, QUARTER) / "public" / "notes.txt").write_text("inside")
    for name in (
        "public/notes.txt",
        "public/quarterly.fr.pdf",
        "internal/certificate.json",
        "secret/quarterly.cy.pdf",
        "public/..%2f..%2fdiogel.sqlite3",
    ):
        assert client.get(PAGE + name).status_code == 404, name


def _others_read_and_do_not_build(quarter: AQuarter, client) -> None:
    client.force_login(quarter.cast.carys)
    page = client.get(PAGE).content.decode()
    assert "Build" not in page.replace("Built", "")
    assert client.get(PAGE + "internal/quarterly.en.docx").status_code == 200
    for act in ("build/", "publish/"):
        assert client.post(PAGE + act).status_code == 403
    client.force_login(quarter.cast.dai)
    assert client.get(PAGE).status_code == 404
    assert client.get(PAGE + "public/quarterly.en.pdf").status_code == 404
    client.logout()
    assert client.get(PAGE + "internal/quarterly.en.docx").status_code == 302


def test_a_draft_is_called_one(quarter, ann):
    waiting(quarter)
    page = ann.post(PAGE + "build/", {"draft": "yes"}, follow=True).content.decode()
    assert '<span class="dg-mark' in page
    assert "draft" in page
    assert "2 things keep this quarter’s report back" in page


def test_a_refusal_to_build_says_so_on_the_same_page(quarter, ann):
    waiting(quarter)
    answer = ann.post(PAGE + "build/")
    assert answer.status_code == 422
    assert "Nothing was built." in answer.content.decode()
    assert not pack_folder(quarter.cast.gwynedd_mon, QUARTER).exists()


def test_a_false_alarm_is_answered_for_where_it_is_found(quarter, ann):
    name_somebody(quarter)
    answer = ann.post(PAGE + "build/")
    assert answer.status_code == 422
    finds = [value for value, _label in answer.context["release_form"].fields["finds"].choices]
    assert "Dychmygol" not in answer.content.decode().partition("<main")[2]
    without = ann.post(PAGE + "build/", {"finds": finds, "because_cy": "enw tŷ", "because_en": ""})
    assert (without.status_code, "Say in Welsh and in English why" in without.content.decode()) == (422, True)
    named = ann.post(PAGE + "build/", {"finds": finds, "because_cy": "Bryn Dychmygol", "because_en": "a house"})
    assert (named.status_code, "names somebody on file" in named.content.decode()) == (422, True)
    done = ann.post(PAGE + "build/", {"finds": finds, "because_cy": "enw tŷ", "because_en": "a house"})
    assert done.status_code == 302
    kept = ann.get(PAGE + "public/certificate.json").json()["released"]
    assert {(each["by"]["en"], each["reason"]["en"]) for each in kept} == {("co-ordinator", "a house")}


def test_it_is_published_in_both_languages_and_stands_while_nothing_changes(quarter, ann):
    refused = ann.post(PAGE + "publish/")
    assert (refused.status_code, "Publish who we are first" in refused.content.decode()) == (422, True)
    with override("en"):
        publish(Publication.Kind.PARTNERSHIP, quarter.cast.gwynedd_mon, by=quarter.cast.ann)
    assert "Version 1 is published in both languages." in ann.post(PAGE + "publish/", follow=True).content.decode()
    again = ann.post(PAGE + "publish/", follow=True).content.decode()
    assert "Nothing has changed since version 1, so it stands." in again
    assert 'href="/en/gwynedd-mon/quarter/2021-12/"' in again
    assert ann.get("/cy/gwynedd-mon/quarter/2021-12/").status_code == 200


def test_a_quarter_that_is_none_is_not_found(quarter, ann):
    for key in ("2021-11", "x", "2021"):
        assert ann.get(f"/en/gwynedd-mon/desk/papers/quarter/{key}/").status_code == 404


def test_a_quarter_nobody_looked_through_says_so(quarter, ann):
    page = ann.get("/cy/gwynedd-mon/desk/papers/quarter/2021-09/").content.decode()
    assert "Nid edrychwyd drwy ffigurau’r chwarter hwn a gofnodwyd." in page


def test_an_analyst_reads_but_may_not_publish(quarter, client):
    hold(quarter.cast.bryn, quarter.cast.gwynedd_mon, Role.ANALYST)
    client.force_login(quarter.cast.bryn)
    assert client.get(PAGE).status_code == 200
    assert client.post(PAGE + "publish/").status_code == 403
