"""What cannot be read is refused in one sentence that says what to do, before anything of it is unpacked."""

import io
import zipfile

import pytest

from diogel.analysis.reading.office import read_office
from diogel.analysis.reading.office_packed import LARGEST, UNPACKED
from diogel.analysis.reading.table_reasons import Note, Untaken

from .word_files import one_table, with_xml, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), held)
    return out.getvalue()


def bomb() -> bytes:
    return zipped(word__document_dot_xml=b"<" + b" " * (UNPACKED + 1))


REFUSED = {
    "empty_file": lambda: b"\0\0",
    "too_large_file": lambda: b"PK\x03\x04" + b"\0" * LARGEST,
    "unpacks_too_large": bomb,
    "office_password": lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
    "old_office": lambda: OLE,
    "binary_excel": lambda: zipped(xl__workbook_dot_bin=b"x"),
    "open_document": lambda: zipped(mimetype=b"application/vnd.oasis", content_dot_xml=b"<a/>"),
    "is_pdf": lambda: b"%PDF-1.7",
    "not_word_or_excel": lambda: zipped(readme=b"x"),
    "damaged_office": lambda: one_table([["a"]])[:-400],
    "declares_entities": lambda: with_xml(one_table([["a"]]), "word/document.xml", lambda part: b'<!DOCTYPE a [<!ENTITY b "c">]>' + part),
    "no_words": lambda: one_table([[""]]),
}


@pytest.mark.parametrize("code", REFUSED)
def test_it_is_refused_by_its_code(code):
    with pytest.raises(Untaken) as caught:
        read_office(REFUSED[code]())
    assert caught.value.code == code


@pytest.mark.parametrize("data", [b"not a file", b"<html>", b"No,Action\n1,Train"])
def test_what_is_neither_word_nor_excel_is_told_so(data):
    with pytest.raises(Untaken, match="neither a Word file"):
        read_office(data)


@pytest.mark.parametrize("part", ["word/document.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml", "word/styles.xml"])
def test_a_part_that_breaks_off_is_a_damaged_file(part):
    data = one_table([["a"]]) if part.startswith("word") else workbook({"a": [("b",)]})
    with pytest.raises(Untaken) as caught:
        read_office(with_xml(data, part, lambda held: held[: len(held) // 2]))
    assert caught.value.code == "damaged_office"


def test_an_archive_of_a_kind_that_nobody_here_unpacks_is_a_damaged_file():
    data = one_table([["a"]])
    needs = data.index(b"PK\x01\x02") + 6  # which version of unzip its list of contents asks for
    with pytest.raises(Untaken) as caught:
        read_office(data[:needs] + b"\xff" + data[needs + 1 :])
    assert caught.value.code == "damaged_office"


@pytest.mark.parametrize(("data", "name"), [(one_table([["a"]]), "word/document.xml"), (workbook({"a": [("b",)]}), "xl/workbook.xml")])
def test_bytes_that_cannot_be_unpacked_are_a_damaged_file(data, name):
    """Each byte of a packed part is turned over: what comes is a reading or a refusal."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        member = archive.getinfo(name)
    first = member.header_offset + 30 + len(member.filename)
    codes = set()
    for at in range(first, first + member.compress_size):
        try:
            read_office(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        except Untaken as refusal:
            codes.add(refusal.code)
    assert codes == {"damaged_office"}


def test_a_note_knows_its_code_and_its_values():
    note = Note.of("note_comments", n=3)
    assert (note.code, note.values) == ("note_comments", (("n", "3"),))
    assert note.endswith("left out: 3.")
