"""A form goes out to a body, comes back filled in, and is merged field by field; two people's returns meet in a page that loses neither."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from docx import Document

from diogel.analysis.periods import Quarter
from diogel.analysis.reading.tests.word_files import one_table, saved
from diogel.exchange.models import GivenForm, Returned
from diogel.exchange.returning import settle, take_in, told
from diogel.exchange.update_form import actions_of, as_excel, as_word, give
from diogel.home import today
from diogel.plan.models import Number, Plan
from diogel.processes.actions.models import Action, Update
from diogel.processes.actions.progress import file_update, update_for

pytestmark = pytest.mark.django_db
QUARTER = Quarter.parse("2021-12")


@pytest.fixture
def plan(cast):
    plan = Plan.objects.create(
        partnership=cast.gwynedd_mon, code="2021-22", title_en="Plan", from_on=date(2021, 4, 1), to_on=date(2022, 3, 31), status="in_force"
    )
    for n, title in ((1, "Train everyone"), (2, "Review groups")):
        action = Action.objects.create(
            kind="action", reference=f"2021-22/{n}", partnership=cast.gwynedd_mon, status="in_progress", opened_on=date(2021, 4, 1),
            title_en=title, title_cy=f"Cam {n}",
        )  # fmt: skip
        action.bodies.set([cast.police])
        Number.objects.create(plan=plan, action=action, number=n)
        Update.objects.create(action=action, quarter="2021-09", state="filed", status="in_progress", text_en=f"Begun {n}.")
    return plan


def given(cast, plan, language="en"):
    form = give(plan, cast.police, QUARTER, language=language, by=cast.ann)
    return form, actions_of(plan, cast.police, cast.ann)


def filled(data, **answers):
    """An Excel form with these answers, by number of the action and head of the column: `a1_What_has_happened`."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.active
    top = next(row for row in sheet.iter_rows() if row[1].value == "Number")
    heads = {cell.value: cell.column for cell in top}
    for name, words in answers.items():
        number, _, head = name[1:].partition("_")
        row = next(each[0].row for each in sheet.iter_rows(min_row=top[0].row + 1) if str(each[1].value) == number)
        sheet.cell(row, heads[head.replace("_", " ")]).value = words
    return saved(book)


def back(cast, plan, data, by=None):
    return take_in(data, by=by or cast.ann, partnership=plan.partnership, file_name="form.xlsx")


def said(cast, plan, number, text, quarter=QUARTER, **values):
    action = plan.numbers.get(number=number).action
    update = update_for(action, quarter)
    return file_update(
        update, by=cast.ann, seen=update.version if update.pk else None, pairs={"text": ("", text)}, status="in_progress", **values
    )


def test_a_form_that_comes_back_untouched_changes_nothing(cast, plan):
    said(cast, plan, 1, "Forty were trained.", rag="green", percent=40, next_on=date(2022, 2, 1))
    for language in ("en", "cy"):
        form, held = given(cast, plan, language)
        for data in (as_word(form, held), as_excel(form, held)):
            assert [each.changed for each in told(back(cast, plan, data), cast.ann)] == [(), ()]


def test_what_only_the_form_changed_is_filed(cast, plan):
    form, held = given(cast, plan)
    data = filled(
        as_excel(form, held),
        a1_What_has_happened="Forty were trained.",
        a1_How_it_goes="On track",
        a1_Per_cent_done="40%",
        a2_Status="Complete",
        a2_Next_step_by="1 March 2022",
    )
    returned = back(cast, plan, data)
    settle(returned, by=cast.ann, choices={}, versions={})
    first, second = (row.action.updates.get(quarter="2021-12") for row in plan.numbers.all())
    assert (first.text_en, first.rag, first.percent, first.state) == ("Forty were trained.", "green", 40, "filed")
    assert (second.status, second.next_on, second.action.status) == ("complete", date(2022, 3, 1), "complete")
    returned.refresh_from_db()
    assert returned.state == "taken"


def test_a_word_form_is_read_like_an_excel_one(cast, plan):
    form, held = given(cast, plan)
    document = Document(io.BytesIO(as_word(form, held)))
    next(row for row in document.tables[1].rows if row.cells[0].text == "What has happened").cells[1].text = "Two groups were reviewed."
    (_first, second) = told(back(cast, plan, saved(document)), cast.ann)
    assert [(each.name, each.back, each.state) for each in second.changed] == [("said", "Two groups were reviewed.", "take")]


def test_two_returns_for_one_action_meet_and_neither_is_lost(cast, plan):
    form, held = given(cast, plan)
    one = back(cast, plan, filled(as_excel(form, held), a1_What_has_happened="Forty were trained.", a1_How_it_goes="On track"))
    two = back(cast, plan, filled(as_excel(form, held), a1_What_has_happened="Thirty, I think.", a2_What_has_happened="Reviewed."))
    settle(one, by=cast.ann, choices={}, versions={})
    (met, taken) = told(two, cast.ann)
    assert [(each.name, each.now, each.back, each.state) for each in met.changed] == [
        ("said", "Forty were trained.", "Thirty, I think.", "meet")
    ]
    assert [each.state for each in taken.changed] == ["take"]
    with pytest.raises(ValidationError, match="Two texts meet in action 1"):
        settle(two, by=cast.ann, choices={}, versions={})
    assert not Update.objects.filter(quarter="2021-12", text_en="Reviewed.").exists()
    settle(two, by=cast.ann, choices={f"{met.action.pk}-said": "both"}, versions={str(met.action.pk): met.version})
    update = met.action.updates.get(quarter="2021-12")
    assert (update.text_en, update.rag) == ("Forty were trained.\nThirty, I think.", "green")
    two.refresh_from_db()
    assert two.kept[str(met.action.pk)]["said"] == {"now": "Forty were trained.", "file": "Thirty, I think.", "chosen": "both"}


def test_what_stands_can_be_kept_and_what_the_form_said_stays_beside_it(cast, plan):
    form, held = given(cast, plan)
    returned = back(cast, plan, filled(as_excel(form, held), a1_What_has_happened="Thirty."))
    said(cast, plan, 1, "Forty.")
    (met, _second) = told(returned, cast.ann)
    settle(returned, by=cast.ann, choices={f"{met.action.pk}-said": "now"}, versions={})
    assert met.action.updates.get(quarter="2021-12").text_en == "Forty."
    returned.refresh_from_db()
    assert "Thirty." in str(returned.kept)
    assert "Thirty." in str(returned.said)


def test_somebody_who_wrote_while_one_chose_is_not_written_over(cast, plan):
    form, held = given(cast, plan)
    returned = back(cast, plan, filled(as_excel(form, held), a1_What_has_happened="Thirty."))
    said(cast, plan, 1, "Forty.")
    (met, _second) = told(returned, cast.ann)
    said(cast, plan, 1, "Fifty.")
    with pytest.raises(ValidationError, match="meanwhile"):
        settle(returned, by=cast.ann, choices={f"{met.action.pk}-said": "file"}, versions={str(met.action.pk): met.version})
    assert met.action.updates.get(quarter="2021-12").text_en == "Fifty."


def test_what_is_not_understood_is_told_and_stays_beside_the_form(cast, plan):
    form, held = given(cast, plan)
    data = filled(as_excel(form, held), a1_Status="Perhaps", a1_How_it_goes="Blue", a1_Per_cent_done="most", a1_Next_step_by="soon")
    returned = back(cast, plan, data)
    (first, _second) = told(returned, cast.ann)
    assert first.changed == ()
    assert len(first.doubts) == 4
    assert "Perhaps" in str(returned.said)


def test_a_file_that_is_no_form_of_ours_is_refused(cast, plan):
    form, held = given(cast, plan)
    with pytest.raises(ValidationError, match="no form that was given out here"):
        back(cast, plan, one_table([["No", "Action"], ["1", "Train"]]))
    with pytest.raises(ValidationError, match="no form that was given out here"):
        take_in(as_excel(form, held), by=cast.dai, partnership=cast.wrexham, file_name="a")
    with pytest.raises(PermissionDenied):
        back(cast, plan, as_excel(form, held), by=cast.bryn)
    with pytest.raises(PermissionDenied):
        give(plan, cast.police, QUARTER, language="en", by=cast.carys)


def test_the_pages_give_a_form_take_it_back_and_show_where_two_texts_meet(client, cast, plan):
    client.force_login(cast.ann)
    start = "/en/gwynedd-mon/desk/exchange/"
    assert "North Wales Police (2)" in client.get(f"{start}forms/2021-22/").content.decode()
    quarter = Quarter.before(today())
    answer = client.post(f"{start}forms/2021-22/give/", {"body": cast.police.pk, "quarter": str(quarter), "file": "xlsx"})
    assert f"north-wales-police-{quarter}-en.xlsx" in answer.headers["Content-Disposition"]
    assert GivenForm.objects.get().quarter == str(quarter)
    sent = SimpleUploadedFile("form.xlsx", filled(answer.content, a1_What_has_happened="Thirty.", a1_How_it_goes="On track"))
    page = client.post(f"{start}forms/2021-22/", {"file": sent}).url
    said(cast, plan, 1, "Forty.", quarter)
    shown = client.get(page).content.decode()
    assert "In one action two texts meet" in shown
    assert "Forty." in shown
    assert "Thirty." in shown
    refused = client.post(page, {})
    assert refused.status_code == 422
    action = plan.numbers.get(number=1).action
    assert client.post(page, {f"choose-{action.pk}-said": "file"}).status_code == 302
    assert action.updates.get(quarter=str(quarter)).text_en == "Thirty."
    with override("cy"):
        assert "Derbyniwyd y ffurflen hon" in client.get(page.replace("/en/", "/cy/")).content.decode()


def test_the_pages_of_forms_are_for_who_reports_on_any_action(client, cast, plan):
    form, held = given(cast, plan)
    returned = back(cast, plan, as_excel(form, held))
    for user, status in ((cast.bryn, 403), (cast.carys, 403), (cast.dai, 404)):
        client.force_login(user)
        for page in ("forms/2021-22/", f"returned/{returned.pk}/"):
            assert client.get(f"/en/gwynedd-mon/desk/exchange/{page}").status_code == status
        assert client.post("/en/gwynedd-mon/desk/exchange/forms/2021-22/give/", {"body": cast.police.pk}).status_code == status
    assert Returned.objects.get().state == "waiting"


def test_a_form_whose_references_are_of_other_actions_is_refused_in_a_sentence(cast, plan, client):
    form, held = given(cast, plan)
    book = openpyxl.load_workbook(io.BytesIO(as_excel(form, held)))
    for row in book.active.iter_rows():
        for cell in row:
            if str(cell.value).startswith(f"F{form.pk}-"):
                cell.value = f"F{form.pk}-{9000 + cell.row}"
    client.force_login(cast.ann)
    sent = {"file": SimpleUploadedFile("form.xlsx", saved(book))}
    answer = client.post(f"/en/gwynedd-mon/desk/exchange/forms/{plan.code}/", sent)
    assert answer.status_code == 422
    assert "None of the references in this file is of an action" in answer.content.decode()


def test_what_a_form_says_of_an_action_that_it_was_not_about_is_shown_as_finding_no_place(cast, plan, client):
    form, held = given(cast, plan)
    book = openpyxl.load_workbook(io.BytesIO(filled(as_excel(form, held), a1_What_has_happened="Thirty.", a2_What_has_happened="Lost?")))
    for cell in [cell for line in book.active.iter_rows() for cell in line if str(cell.value) == f"F{form.pk}-{held[1].action_id}"]:
        cell.value = f"F{form.pk}-9000"
    row = back(cast, plan, saved(book))
    client.force_login(cast.ann)
    shown = client.get(f"/en/gwynedd-mon/desk/exchange/returned/{row.pk}/").content.decode()
    assert "What the form says of actions that it was not about" in shown
    assert "Lost?" in shown


def test_the_page_asks_of_an_action_only_what_a_form_can_say(cast, plan, client, django_assert_max_num_queries):
    form, held = given(cast, plan)
    row = back(cast, plan, filled(as_excel(form, held), a1_What_has_happened="Thirty."))
    client.force_login(cast.ann)
    with django_assert_max_num_queries(6):
        assert "Thirty." in client.get(f"/en/gwynedd-mon/desk/exchange/returned/{row.pk}/").content.decode()
