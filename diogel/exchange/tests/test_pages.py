"""The pages on which a plan comes in: read, corrected, looked at, taken over, undone; refused to everybody else."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from diogel.analysis.reading.tests.word_files import gwynedd_plan, one_table, workbook
from diogel.exchange.models import Intake
from diogel.plan.models import Plan

pytestmark = pytest.mark.django_db
START = "/en/gwynedd-mon/desk/exchange/"
ROWS = [
    ["No", "Action", "Lead body"],
    ["1", "Train", "North Wales Police"],
    ["1", "Review", "Gwynedd Council"],
    ["", "Spare", "Nobody at all"],
]


def send(client, data, name="plan.docx", **values):
    file = SimpleUploadedFile(name, data)
    return client.post(START, {"file": file, "code": "2022-23", "title": "Plan 2022-23", **values})


@pytest.fixture
def ann(client, cast):
    client.force_login(cast.ann)
    return client


def test_a_plan_is_read_looked_at_taken_over_and_undone(ann):
    answer = send(ann, gwynedd_plan())
    intake = Intake.objects.get()
    page = f"{START}{intake.pk}/"
    assert answer.url == page
    shown = ann.get(page).content.decode()
    assert "New: 17. Changed: 0. Going on: 0. To be answered: 7. Without a number: 0" in shown
    assert "Read as commitments" not in shown
    ticked = [f"1.{line}" for line in (2, 3)]
    assert ann.post(page, {"take": ticked}).url == page
    plan = Plan.objects.get()
    assert plan.numbers.count() == 2
    done = ann.get(page).content.decode()
    assert "Taken over: 2 new, 0 changed" in done
    assert f"/en/gwynedd-mon/desk/plan/{plan.code}/check/" in done
    left = openpyxl.load_workbook(io.BytesIO(ann.get(f"{page}left.xlsx").content)).active
    assert "Modern slavery" in {row[3].value for row in left.iter_rows()}
    assert ann.post(f"{page}undo/").status_code == 302
    plan.refresh_from_db()
    assert plan.withdrawn_on
    assert "This import was undone" in ann.get(page).content.decode()


def test_rows_without_a_number_of_their_own_are_given_one_on_the_page(ann):
    send(ann, one_table(ROWS))
    page = f"{START}{Intake.objects.get().pk}/"
    assert "Without a number: 3" in ann.get(page).content.decode()
    refused = ann.post(page, {"take": ["1.2", "1.3"]})
    assert refused.status_code == 422
    assert "has no number of its own" in refused.content.decode()
    looked = ann.post(page, {"take": ["1.3"], "number-1.3": "2", "look": "yes"})
    assert "Without a number: 1" in looked.content.decode()
    assert Plan.objects.count() == 0
    ann.post(page, {"take": ["1.2", "1.3"], "number-1.3": "2"})
    assert [held.number for held in Plan.objects.get().numbers.all()] == [1, 2]


def test_a_person_corrects_how_columns_are_read(ann):
    send(ann, one_table([["Wharf", "Quay", "Pier"], ["1", "Train", "North Wales Police"], ["2", "Review", "Gwynedd Council"]]))
    intake = Intake.objects.get()
    page = f"{START}{intake.pk}/columns/"
    assert "Nothing of a plan" in ann.get(page).content.decode()
    assert ann.post(page, {"kind-1": "actions", "head-1": "1", "language": "en"}).url == page
    chosen = {"kind-1": "actions", "head-1": "1", "column-1-0": "number", "column-1-1": "title", "column-1-2": "body", "language": "cy"}
    assert ann.post(page, chosen).url == f"{START}{intake.pk}/"
    intake.refresh_from_db()
    assert intake.language == "cy"
    assert "New: 2" in ann.get(f"{START}{intake.pk}/").content.decode()


def test_what_cannot_be_read_is_told_at_the_file(ann):
    answer = send(ann, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
    assert answer.status_code == 422
    assert "locked with a password" in answer.content.decode()
    assert Intake.objects.count() == 0
    nothing = send(ann, workbook({"Sheet": [["Member", "Telephone"]]}), "a.xlsx")
    assert "No action, outcome, objective or measure was found" in ann.get(nothing.url).content.decode()


def test_a_new_plan_needs_its_years_and_a_title(ann):
    answer = send(ann, one_table(ROWS), code="next", title="")
    told = answer.content.decode()
    assert "Give the years of the new plan" in told
    assert "Give the new plan a title" in told


def test_a_file_too_large_is_told_so_before_it_is_read(ann):
    answer = send(ann, b"PK\x03\x04" + b"\0" * (21 << 20))
    assert answer.status_code == 413
    assert Intake.objects.count() == 0


def test_what_was_read_of_a_file_can_be_thrown_away(ann):
    send(ann, one_table(ROWS))
    intake = Intake.objects.get()
    ann.post(f"{START}{intake.pk}/throw/")
    intake.refresh_from_db()
    assert (intake.state, intake.reading) == ("thrown", {})
    assert ann.get(f"{START}{intake.pk}/columns/").status_code == 404


def test_these_pages_are_for_who_writes_the_plan_and_for_this_partnership(client, cast, ann):
    send(ann, one_table(ROWS))
    pk = Intake.objects.get().pk
    for user, status in ((cast.bryn, 403), (cast.carys, 403), (cast.dai, 404)):
        client.force_login(user)
        for page in (START, f"{START}{pk}/", f"{START}{pk}/columns/", f"{START}{pk}/left.xlsx", f"{START}{pk}/throw/"):
            assert client.get(page).status_code == status
        assert client.post(f"{START}{pk}/", {"take": ["1.2"]}).status_code == status
    client.force_login(cast.dai)
    assert client.get(f"/en/wrexham/desk/exchange/{pk}/").status_code == 404
    assert Plan.objects.count() == 0


def test_the_preview_asks_the_same_few_questions_however_long_the_plan(ann, django_assert_max_num_queries):
    rows = [["No", "Action", "Lead body"], *[[str(n), f"Action {n}", "North Wales Police"] for n in range(1, 101)]]
    send(ann, workbook({"Plan": rows}), "a.xlsx")
    page = f"{START}{Intake.objects.get().pk}/"
    with django_assert_max_num_queries(12):
        assert "New: 100" in ann.get(page).content.decode()
    ann.post(page, {"take": [f"1.{line}" for line in range(2, 14)]})
    rows = [["No", "Action", "Lead body", "Due"], *[[str(n), f"Deed {n}", "Gwynedd Council", "31/03/2023"] for n in range(1, 13)]]
    send(ann, workbook({"Plan": rows}), "b.xlsx", plan=Plan.objects.get().pk)
    with django_assert_max_num_queries(12):
        assert "Changed: 12" in ann.get(f"{START}{Intake.objects.first().pk}/").content.decode()
