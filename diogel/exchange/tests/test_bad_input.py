"""Every awkward file that people send is answered on the page in one clear sentence, in either language, and nothing of it is lost."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape
from django.utils.translation import gettext, override
from docx import Document

from diogel.analysis.reading.table_reasons import TABLE_REASONS
from diogel.analysis.reading.tests.test_office_refusals import REFUSED
from diogel.analysis.reading.tests.test_word_tables import BOX, DELETED, INSERTED
from diogel.analysis.reading.tests.word_files import fill, one_table, paragraph, saved, with_xml, workbook
from diogel.exchange.models import Intake

pytestmark = pytest.mark.django_db
ROWS = [["No", "Action", "Lead body"], ["1", "Train", "North Wales Police"], ["2", "Review", "North Wales Police"]]


def word(change):
    document = Document(io.BytesIO(one_table(ROWS)))
    change(document.tables[0])
    return saved(document)


def hide(book):
    book.create_sheet("Old")["A1"] = "gone"
    book["Old"].sheet_state = "hidden"


READ = {
    "note_merged": lambda: word(lambda table: table.cell(1, 2).merge(table.cell(2, 2))),
    "note_nested": lambda: word(lambda table: fill(table.cell(1, 1).add_table(rows=1, cols=1), 0, ["Inside"])),
    "note_boxes": lambda: word(lambda table: table.cell(1, 1)._tc.append(paragraph(BOX))),
    "note_tracked": lambda: word(lambda table: table.cell(1, 1)._tc.append(paragraph(INSERTED + DELETED))),
    "note_macros": lambda: with_xml(workbook({"Plan": ROWS}), "xl/vbaProject.bin", lambda _part: b"Sub Auto_Open()"),
    "note_hidden_sheet": lambda: workbook({"Plan": ROWS}, hide),
    "note_no_value": lambda: workbook({"Plan": [*ROWS, ["=1+2", "Pilot", "Gwynedd Council"]]}),
}
VALUES = {"put_in": "1", "struck": "1", "n": "1", "name": "Old"}
SEEN_ELSEWHERE = {"empty_file", "too_large_file", "unpacks_too_large"}
"""An empty file stops at the form, a large one at the door; one that swells is long in the making and tried with the reader."""


def sent(client, data, language):
    file = SimpleUploadedFile("plan.docx", data)
    return client.post(f"/{language}/gwynedd-mon/desk/exchange/", {"file": file, "code": "2022-23", "title": "Plan"})


def sentence(code, language):
    with override(language):
        return escape(gettext(TABLE_REASONS[code]) % VALUES)


@pytest.mark.parametrize("code", READ)
def test_what_is_awkward_is_read_and_told_in_either_language(client, cast, code):
    client.force_login(cast.ann)
    page = sent(client, READ[code](), "en").url
    for language in ("en", "cy"):
        shown = client.get(page.replace("/en/", f"/{language}/")).content.decode()
        assert sentence(code, language) in shown
        assert "Train" in shown
        assert "Review" in shown


@pytest.mark.parametrize("code", [code for code in REFUSED if code not in SEEN_ELSEWHERE])
def test_what_cannot_be_read_is_refused_in_either_language(client, cast, code):
    client.force_login(cast.ann)
    for language in ("en", "cy"):
        answer = sent(client, REFUSED[code](), language)
        assert answer.status_code == 422
        assert sentence(code, language) in answer.content.decode()
    assert not Intake.objects.exists()


def test_fifty_megabytes_are_refused_in_both_languages_before_they_are_read(client, cast):
    client.force_login(cast.ann)
    answer = sent(client, b"PK\x03\x04" + b"\0" * (50 << 20), "en")
    assert answer.status_code == 413
    for told in ("What you sent is too large", "send a shorter text or a smaller file", "Mae’r hyn a anfonoch yn rhy fawr"):
        assert told in answer.content.decode()
    assert not Intake.objects.exists()


def test_a_number_borne_twice_is_told_at_both_rows_in_either_language(client, cast):
    client.force_login(cast.ann)
    page = sent(client, one_table([ROWS[0], ROWS[1], ["1", "Review", "Gwynedd Council"]]), "en").url
    for language in ("en", "cy"):
        with override(language):
            told = escape(gettext(TABLE_REASONS["number_twice"]) % {"number": "1"})
        assert client.get(page.replace("/en/", f"/{language}/")).content.decode().count(told) == 2
