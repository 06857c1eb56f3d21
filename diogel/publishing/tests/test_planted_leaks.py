"""In every place of a finished file, in both languages: what is planted is caught, and what only looks like it raises no alarm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from diogel.published.blocks import Paragraph
from diogel.publishing.scan import scan
from diogel.publishing.tests.finished import W, made, rewritten, with_paragraph, with_part, with_words
from diogel.publishing.tests.test_scan import KNOWN, kinds

pytestmark = pytest.mark.slow

LEAK = "Bryn Rowlands, someone@council.example, 01248 555 123"
HARMLESS = "Castell Rowlands, 999, 17.10.2021, cyfeirnod 01248555123, 0808 80 10 800"
ALL = {"name", "e-mail", "phone"}
SMALL = {"cy": "Cofnodwyd 3 o droseddau casineb.", "en": "There were 3 hate crimes."}
NOT_SMALL = {"cy": "Mae cam gweithredu 3 yn ateb troseddau casineb.", "en": "Action 3 answers hate crime, 17 October 2021."}
PLAIN = {language: f'<!DOCTYPE html><html lang="{language}"><body><p>Gair.</p></body></html>'.encode() for language in ("cy", "en")}
KEPT: dict[tuple[str, str], bytes] = {}


def file(language: str, form: str) -> bytes:
    """A short paper in this language, made once."""
    if (language, form) not in KEPT:
        KEPT[language, form] = made(language, form, blocks=(Paragraph("Geiriau. Words."),))
    return KEPT[language, form]


# ------------------------------------------------------------------ Word


def in_part(name: str, root: str) -> Callable[[bytes, str], bytes]:
    xml = f"<w:{root} {W}><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:{root}>"
    return lambda content, words: with_part(content, name, (xml % words).encode())


def in_paragraph(xml: str) -> Callable[[bytes, str], bytes]:
    return lambda content, words: with_paragraph(content, xml % words)


def in_property(tag: str) -> Callable[[bytes, str], bytes]:
    ending = "</cp:coreProperties>"
    return lambda content, words: with_words(content, "docProps/core.xml", ending, f"<{tag}>{words}</{tag}>{ending}")


def in_workbook(content: bytes, words: str) -> bytes:
    """A workbook behind the paper, with its words on a sheet that nobody sees."""
    book, out = '<workbook><sheets><sheet name="A" state="%s"/></sheets></workbook>', io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", book % "veryHidden")
        archive.writestr("xl/worksheets/sheet1.xml", f'<worksheet><c t="inlineStr"><is><t>{words}</t></is></c></worksheet>')
    return with_part(content, "word/embeddings/Book1.xlsx", out.getvalue())


WORD = {
    "paragraph": (in_paragraph("<w:r><w:t>%s</w:t></w:r>"), set()),
    "head": (in_part("word/header9.xml", "hdr"), set()),
    "foot": (in_part("word/footer9.xml", "ftr"), set()),
    "note": (in_part("word/footnotes.xml", "footnotes"), set()),
    "comment": (in_part("word/comments.xml", "comments"), {"comment"}),
    "answer to a comment": (in_part("word/commentsExtended.xml", "comments"), {"comment"}),
    "inserted": (in_paragraph('<w:ins w:id="1"><w:r><w:t>%s</w:t></w:r></w:ins>'), {"tracked"}),
    "deleted": (in_paragraph('<w:del w:id="1"><w:r><w:delText>%s</w:delText></w:r></w:del>'), {"tracked"}),
    "moved": (in_paragraph('<w:moveFrom w:id="1"><w:r><w:t>%s</w:t></w:r></w:moveFrom>'), {"tracked"}),
    "who tracked": (in_paragraph('<w:ins w:id="1" w:author="%s"><w:r><w:t>gair</w:t></w:r></w:ins>'), {"tracked"}),
    "hidden": (in_paragraph("<w:r><w:rPr><w:vanish/></w:rPr><w:t>%s</w:t></w:r>"), {"hidden"}),
    "field": (in_paragraph("<w:r><w:instrText>%s</w:instrText></w:r>"), set()),
    "subject": (in_property("dc:subject"), set()),
    "keywords": (in_property("cp:keywords"), set()),
    "author": (in_property("dc:creator"), {"author"}),
    "last author": (in_property("cp:lastModifiedBy"), {"author"}),
    "hidden sheet": (in_workbook, {"embedded"}),
}


@pytest.mark.parametrize("place", WORD)
def test_in_a_word_file_a_leak_is_caught_and_harmless_words_are_not(place):
    plant, always = WORD[place]
    assert set(kinds("q.cy.docx", plant(file("cy", "docx"), LEAK))) == ALL | always
    assert set(kinds("q.en.docx", plant(file("en", "docx"), HARMLESS))) == always


# ------------------------------------------------------------------ the page


PAGE = {
    "paragraph": ("<main>", "<main><p>%s</p>", set()),
    "comment": ("<main>", "<main><!-- %s -->", {"comment"}),
    "hidden": ("<main>", '<main><p hidden="">%s</p>', {"hidden"}),
    "description": ("<head>", '<head><meta name="description" content="%s">', set()),
    "author": ("<head>", '<head><meta name="author" content="%s">', {"author"}),
    "title": ("<title>", "<title>%s ", set()),
    "said of a picture": ("<main>", '<main><img alt="%s" src="#">', set()),
    "read out": ("<main>", '<main><p aria-label="%s">gair</p>', set()),
    "kept with an element": ("<main>", '<main data-by="%s">', set()),
    "script": ("<main>", "<main><script>var a = '%s'</script>", {"script"}),
}


def in_page(language: str, place: str, words: str) -> bytes:
    old, new, _always = PAGE[place]
    text = file(language, "html").decode()
    assert old in text
    return text.replace(old, new % words, 1).encode()


@pytest.mark.parametrize("place", PAGE)
def test_in_a_page_a_leak_is_caught_and_harmless_words_are_not(place):
    always = PAGE[place][2]
    assert set(kinds("q.en.html", in_page("en", place, LEAK))) == ALL | always
    assert set(kinds("q.cy.html", in_page("cy", place, HARMLESS))) == always


# ------------------------------------------------------------------ PDF


def in_info(key: str) -> Callable[[str], Callable]:
    return lambda words: lambda writer: writer.add_metadata({key: words})


def attached(words: str) -> Callable:
    return lambda writer: writer.add_attachment("rhestr.txt", words.encode())


def attached_as(words: str) -> Callable:
    return lambda writer: writer.add_attachment(f"{words}.txt", b"gair")


def in_xmp(words: str) -> Callable:
    def change(writer) -> None:
        held = DecodedStreamObject()
        held.set_data(f"<rdf><dc:creator><li>{words}</li></dc:creator></rdf>".encode())
        held[NameObject("/Type")] = NameObject("/Metadata")
        writer._root_object[NameObject("/Metadata")] = writer._add_object(held)

    return change


def noted(words: str) -> Callable:
    def change(writer) -> None:
        note = {NameObject("/Subtype"): NameObject("/Text"), NameObject("/Contents"): TextStringObject(words)}
        from pypdf.generic import ArrayObject

        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(DictionaryObject(note))])

    return change


PDF = {
    "subject": (in_info("/Subject"), set()),
    "keywords": (in_info("/Keywords"), set()),
    "author": (in_info("/Author"), {"author"}),
    "author in XMP": (in_xmp, {"author"}),
    "attachment": (attached, {"embedded"}),
    "name of an attachment": (attached_as, {"embedded"}),
    "note": (noted, {"comment"}),
}


@pytest.mark.parametrize("place", PDF)
def test_in_a_pdf_a_leak_is_caught_and_harmless_words_are_not(place):
    plant, always = PDF[place]
    assert set(kinds("q.cy.pdf", rewritten(file("cy", "pdf"), plant(LEAK)))) == ALL | always
    assert set(kinds("q.en.pdf", rewritten(file("en", "pdf"), plant(HARMLESS)))) == always


# ------------------------------------------------------------------ names of files


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize(
    ("stem", "kind"),
    [
        ("bryn_rowlands", "name"),
        ("adroddiad-Rowlands-Bryn", "name"),
        ("BrynRowlands", "name"),
        ("someone@council.example", "e-mail"),
        ("ffon-01248555123", "phone"),
        ("ffon_01248_555_123", "phone"),
        ("3-hate-crimes", "small"),
        ("tair_o_droseddau_casineb", "small"),
    ],
)
def test_in_the_name_of_a_file_a_leak_is_caught(stem, kind, language):
    assert kinds(f"{stem}.{language}.html", PLAIN[language]) == [kind]


@pytest.mark.parametrize(
    "stem",
    [
        "quarterly",
        "annual-2022-03",
        "gwynedd-mon-2021-12-17-v2",
        "rowlands-castle",
        "cam-gweithredu-3-troseddau-casineb",
        "hate-crime-2021",
    ],
)
def test_the_name_of_a_harmless_file_raises_no_alarm(stem):
    assert kinds(f"{stem}.en.html", PLAIN["en"]) == []


def test_a_name_or_a_number_in_the_name_of_a_part_is_caught():
    for part, kind in (("word/media/bryn_rowlands.bin", "name"), ("word/media/ffon-01248555123.bin", "phone")):
        assert kinds("q.cy.docx", with_part(file("cy", "docx"), part, b"\x00")) == [kind]
    assert kinds("q.cy.docx", with_part(file("cy", "docx"), "word/media/llun-2021-10-17.bin", b"\x00")) == []


def test_a_workbook_or_a_table_of_values_is_never_passed():
    """No workbook is published; one that was given to the scan all the same is told to be unreadable, whatever is on its sheets."""
    assert {leak.kind for leak in scan({"tracker.xlsx": in_workbook(file("en", "docx"), HARMLESS), "rows.csv": b"a,b"}, KNOWN)} == {
        "unreadable"
    }


# ------------------------------------------------------------------ small numbers


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("place", ["paragraph", "description", "title", "said of a picture", "read out"])
def test_a_small_number_is_caught_wherever_a_page_says_it(place, language):
    assert kinds(f"q.{language}.html", in_page(language, place, SMALL[language])) == ["small"]
    assert kinds(f"q.{language}.html", in_page(language, place, NOT_SMALL[language])) == []


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("place", ["paragraph", "head", "foot", "note", "subject", "keywords"])
def test_a_small_number_is_caught_wherever_a_word_file_says_it(place, language):
    plant, _always = WORD[place]
    assert kinds(f"q.{language}.docx", plant(file(language, "docx"), SMALL[language])) == ["small"]
    assert kinds(f"q.{language}.docx", plant(file(language, "docx"), NOT_SMALL[language])) == []


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("place", ["subject", "keywords"])
def test_a_small_number_is_caught_in_what_a_pdf_says_of_itself(place, language):
    plant, _always = PDF[place]
    assert kinds(f"q.{language}.pdf", rewritten(file(language, "pdf"), plant(SMALL[language]))) == ["small"]
    assert kinds(f"q.{language}.pdf", rewritten(file(language, "pdf"), plant(NOT_SMALL[language]))) == []
