"""What is hidden in a finished file is found: comments, tracked changes, properties, attachments, pictures, earlier versions."""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib

import pytest
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from diogel.publishing.scan import read, scan
from diogel.publishing.tests.finished import W, clean, made, rewritten, with_paragraph, with_part, with_words
from diogel.publishing.tests.test_scan import KNOWN, kinds

pytestmark = pytest.mark.slow

PAGE = "quarterly.en.html"
WORD = "quarterly.en.docx"
PDF = "quarterly.en.pdf"


def in_page(old: str, new: str) -> bytes:
    text = clean()[PAGE].decode()
    assert old in text
    return text.replace(old, new, 1).encode()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<main>", "<main><!-- drafted by Bryn Rowlands -->", ["comment", "name"]),
        ("<main>", "<main><!-- checked -->", ["comment"]),
        ("<main>", '<main><p hidden="">an aside nobody sees</p>', ["hidden"]),
        ("<main>", '<main><p style="display:none">Bryn Rowlands</p>', ["hidden", "name"]),
        ("<main>", '<main><p style="position:absolute;left:-9999px">an aside nobody sees</p>', ["hidden"]),
        ("<main>", '<main><p style="color: #FFFFFF">an aside nobody sees</p>', ["hidden"]),
        ("<main>", '<main><p class="dg-draw--narrow">an aside nobody sees</p>', ["hidden"]),
        ("<main>", '<main><input type="hidden" value="Bryn Rowlands">', ["hidden", "name"]),
        ("<main>", "<main><template><p>Bryn Rowlands</p></template>", ["hidden", "name"]),
        ("<main>", '<main data-lead="Bryn Rowlands">', ["name"]),
        ("<main>", '<main><a href="mailto:someone@council.example">us</a>', ["e-mail"]),
        ("<main>", '<main><a href="tel:+441248555123">us</a>', ["phone"]),
        ("<main>", "<main><script>var lead = 'Bryn Rowlands'</script>", ["name", "script"]),
        ("<main>", '<main onclick="x()">', ["script"]),
        ("<main>", "<main><p>Bryn <b>Row</b>lands</p>", ["name"]),
        ("<main>", "<main><p>Bryn&nbsp;&#82;owlands</p>", ["name"]),
        ("<head>", '<head><meta name="author" content="The office">', ["author"]),
        ("<title>", "<title>Bryn Rowlands: ", ["name"]),
        ("<desc>", "<desc>Bryn Rowlands. ", ["name"]),
        ("</style>", '.dg-x::after { content: "Bryn Rowlands"; }</style>', ["name"]),
        ("</html>", "</html>left over", ["hidden"]),
        ("<main>", '<main><a href="data:text/plain,an aside">more</a>', ["embedded"]),
        ("<main>", '<main><img alt="" src="data:image/svg+xml;base64,PHRpdGxlPkJyeW4gUm93bGFuZHM8L3RpdGxlPg==">', ["name"]),
    ],
)
def test_what_hides_in_a_page_is_found(old, new, expected):
    assert kinds(PAGE, in_page(old, new)) == expected


def test_the_narrow_drawing_is_hidden_and_says_nothing_new():
    assert kinds(PAGE, clean()[PAGE]) == []


def workbook() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", "<sst><si><t>Bryn Rowlands</t></si></sst>")
    return out.getvalue()


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (f'<w:ins w:id="1" w:author="Office">{run("new words")}</w:ins>', ["tracked"]),
        (f'<w:ins w:id="1" w:author="Bryn Rowlands">{run("new words")}</w:ins>', ["name", "tracked"]),
        ('<w:del w:id="1" w:author="Office"><w:r><w:delText>Bryn Rowlands</w:delText></w:r></w:del>', ["name", "tracked"]),
        (run("an aside", "<w:vanish/>"), ["hidden"]),
        (run("Bryn Rowlands", "<w:vanish/>"), ["hidden", "name"]),
        (run("an aside", '<w:color w:val="FFFFFF"/>'), ["hidden"]),
        (run("an aside", '<w:sz w:val="2"/>'), ["hidden"]),
        (run("Bryn Ro") + run("wlands", "<w:b/>"), ["name"]),
        ('<w:r><w:instrText> AUTHOR "Bryn Rowlands" </w:instrText></w:r>', ["name"]),
    ],
)
def test_what_hides_in_a_word_paragraph_is_found(xml, expected):
    assert kinds(WORD, with_paragraph(clean()[WORD], xml)) == expected


@pytest.mark.parametrize(
    ("name", "part", "expected"),
    [
        (
            "word/comments.xml",
            f"<w:comments {W}><w:comment><w:p><w:r><w:t>Ask them</w:t></w:r></w:p></w:comment></w:comments>",
            ["comment"],
        ),
        ("word/people.xml", f'<w:people {W}><w:person w:author="Bryn Rowlands"/></w:people>', ["comment", "name"]),
        ("docProps/custom.xml", "<Properties><property><lpwstr>Ward list</lpwstr></property></Properties>", ["embedded", "metadata"]),
        ("docProps/app.xml", "<Properties><Company>A council</Company></Properties>", ["author"]),
        ("customXml/item1.xml", "<root>Bryn Rowlands</root>", ["embedded", "name"]),
        ("word/charts/chart1.xml", "<c><v>3</v><t>Bryn Rowlands</t></c>", ["embedded", "name"]),
        ("word/footnotes.xml", f"<w:footnotes {W}><w:p><w:r><w:t>Bryn Rowlands</w:t></w:r></w:p></w:footnotes>", ["name"]),
        ("word/_rels/settings.xml.rels", r'<R><Relationship Target="file:///C:\Users\office\Normal.dotm"/></R>', ["metadata"]),
        ("word/embeddings/oleObject1.bin", b"\xd0\xcf" + "Bryn Rowlands".encode("utf-16-le"), ["embedded", "name"]),
    ],
)
def test_what_hides_in_another_part_of_a_word_file_is_found(name, part, expected):
    content = part if isinstance(part, bytes) else part.encode()
    assert kinds(WORD, with_part(clean()[WORD], name, content)) == expected


def test_a_workbook_inside_a_word_file_is_opened():
    assert kinds(WORD, with_part(clean()[WORD], "word/embeddings/Book1.xlsx", workbook())) == ["embedded", "name"]


def test_the_author_and_the_head_of_a_word_file_are_read():
    authored = with_words(clean()[WORD], "docProps/core.xml", "</cp:coreProperties>", "<dc:creator>Office</dc:creator></cp:coreProperties>")
    assert kinds(WORD, authored) == ["author"]
    headed = with_words(clean()[WORD], "word/header1.xml", "OFFICIAL", "OFFICIAL Bryn Rowlands")
    assert kinds(WORD, headed) == ["name"]


def test_the_description_of_a_picture_in_word_is_read():
    described = with_words(clean()[WORD], "word/document.xml", 'descr="November', 'descr="Bryn Rowlands drew: November')
    assert kinds(WORD, described) == ["name"]


def png_with(key: bytes, text: bytes) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(key, text) + chunk(b"IDAT", zlib.compress(b"\x00\x00\x00\x00")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "picture",
    [
        png_with(b"tEXt", b"Author\x00Bryn Rowlands"),
        png_with(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"Bryn Rowlands")),
        png_with(b"iTXt", b"Author\x00\x00\x00\x00\x00Bryn Rowlands"),
        png_with(b"tIME", b"\x07\xe5\x01\x01\x01\x01\x01") + b"Bryn Rowlands",
        b"\xff\xd8\xff\xe1" + struct.pack(">H", 2 + 6 + 13) + b"Exif\x00\x00" + b"Bryn Rowlands" + b"\xff\xd9",
        b"\xff\xd8\xff\xfe" + struct.pack(">H", 2 + 13) + b"Bryn Rowlands" + b"\xff\xd9",
    ],
)
def test_what_a_picture_carries_is_found(picture):
    assert kinds(WORD, with_part(clean()[WORD], "word/media/image1.png", picture)) == ["metadata", "name"]


def annotated(writer) -> None:
    writer.add_annotation(0, FreeText(text="Bryn Rowlands", rect=(50, 50, 200, 100)))


def attached(writer) -> None:
    writer.add_attachment("list.txt", b"Bryn Rowlands")


def authored(writer) -> None:
    writer.add_metadata({"/Author": "The office"})


def scripted(writer) -> None:
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("this.print();")}
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(action)


def described(writer) -> None:
    for held in writer._objects:
        if isinstance(held, DictionaryObject) and held.get("/S") == "/Figure":
            held[NameObject("/Alt")] = TextStringObject("Bryn Rowlands")


def overwritten(mode: bytes):
    def change(writer) -> None:
        page = writer.pages[0]
        font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")})
        font[NameObject("/BaseFont")] = NameObject("/Helvetica")
        page["/Resources"]["/Font"][NameObject("/FX")] = font
        extra = DecodedStreamObject()
        extra.set_data(b"BT " + mode + b" /FX 12 Tf 1 0 0 1 80 400 Tm (Bryn Rowlands) Tj ET")
        page[NameObject("/Contents")] = writer._add_object(_joined(page.get_contents().get_data(), extra.get_data()))

    return change


def _joined(*parts: bytes) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(b"q " + b" Q q ".join(parts) + b" Q")
    return stream


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (annotated, ["comment", "name"]),
        (attached, ["embedded", "name"]),
        (authored, ["author"]),
        (scripted, ["script"]),
        (described, ["name"]),
        (overwritten(b"3 Tr"), ["hidden", "name"]),
        (overwritten(b"1 g"), ["hidden", "name"]),
        (overwritten(b"0 g"), ["name"]),
    ],
)
def test_what_hides_in_a_pdf_is_found(change, expected):
    assert kinds(PDF, rewritten(clean()[PDF], change)) == expected


def test_an_earlier_version_inside_a_pdf_is_found():
    assert kinds(PDF, clean()[PDF] + b"\nstartxref\n0\n%%EOF\n") == ["hidden"]


def test_a_pdf_without_tags_is_found():
    def stripped(writer) -> None:
        del writer._root_object["/StructTreeRoot"]

    assert "untagged" in kinds(PDF, rewritten(clean()[PDF], stripped))


def test_the_letters_of_a_pdf_join_to_words_as_the_eye_reads_them():
    texts = " ".join(piece.text for piece in read(PDF, clean()[PDF]).pieces)
    for words in ("96 in November", "expected range", "Shoplifting rose in Gwynedd, and there is an explanation", "Gwynedd and Anglesey"):
        assert words in texts


def test_a_whole_pack_is_scanned_within_its_share_of_ten_seconds():
    started = time.process_time()
    scan(clean(), KNOWN)
    assert time.process_time() - started < 3


@pytest.mark.parametrize("change", ["cut short", "garbled", "locked"])
def test_a_damaged_archive_inside_a_word_file_is_reported(change):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet>gair</worksheet>" * 50)
    held = bytearray(out.getvalue())
    if change == "cut short":
        held = held[: len(held) // 2]
    elif change == "garbled":
        held[50:70] = bytes(20)
    else:  # says that a password is wanted, in both of its heads
        held[6] |= 1
        held[held.rindex(b"PK\x01\x02") + 8] |= 1
    word = with_part(made("en", "docx"), "word/embeddings/Book1.xlsx", bytes(held))
    assert [leak.kind for leak in scan({"q.en.docx": word}, KNOWN) if leak.kind != "missing twin"] == ["embedded", "unreadable"]


def test_a_word_file_whose_own_parts_are_damaged_is_reported():
    word = bytearray(made("en", "docx"))
    with zipfile.ZipFile(io.BytesIO(bytes(word))) as archive:
        item = archive.getinfo("word/document.xml")
    word[item.header_offset + 80 : item.header_offset + 160] = bytes(80)
    styles = with_part(made("en", "docx"), "word/styles.xml", b"<w:styles")
    for damaged in (bytes(word), styles):
        assert "unreadable" in {leak.kind for leak in scan({"q.en.docx": damaged}, KNOWN)}


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("mailto:someone%40council.example", "e-mail"),
        ("mailto:someone%2540council.example", "e-mail"),
        ("https://council.example/Bryn%20Rowlands", "name"),
        ("tel:%2B44%207700%20900123", "phone"),
    ],
)
def test_an_address_written_with_percent_signs_is_read_as_a_browser_reads_it(address, kind):
    page = made("en", "html").replace(b"<main>", f'<main><p><a href="{address}">here</a></p>'.encode(), 1)
    assert kind in {leak.kind for leak in scan({"q.en.html": page}, KNOWN)}


def test_percent_signs_of_a_sentence_raise_no_alarm():
    page = made("en", "html").replace(b"<main>", b"<main><p>It rose by 3%, then by 40%; 20%2 is nothing.</p>", 1)
    assert {leak.kind for leak in scan({"q.en.html": page}, KNOWN)} == {"missing twin"}


def test_items_of_a_list_in_a_cell_stand_apart():
    cell = b"<table><tr><th>Lead</th></tr><tr><td><ul><li>Bryn Rowlands</li><li>Police</li></ul></td></tr></table>"
    page = made("en", "html").replace(b"<main>", b"<main>" + cell, 1)
    grid = read("q.en.html", page).grids[0]
    assert grid.rows[1] == ("Bryn Rowlands Police",)
    assert "name" in {leak.kind for leak in scan({"q.en.html": page}, KNOWN)}
