"""The finished files: what stands on every page of every format, what shows in none, and how they are put into place."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from diogel.publishing import scan
from diogel.publishing.documents import write
from diogel.publishing.packing import build, files

from .a_quarter import AQuarter, facts_of, make_measure, make_part, observe

pytestmark = pytest.mark.usefixtures("drawn_once")
FORMATS = ("html", "docx", "pdf")
NAMES = {f"{audience}/quarterly.{language}.{form}" for audience in ("internal", "public") for language in ("cy", "en") for form in FORMATS}


def made(quarter: AQuarter, *, is_draft: bool = False) -> dict[str, bytes]:
    return files(build(facts_of(quarter), is_draft=is_draft))


PLAIN: dict[str, bytes] = {}


@pytest.fixture
def final(quarter) -> dict[str, bytes]:
    """The files of the quarter as it is, made once: equal facts make equal files."""
    if not PLAIN:
        PLAIN.update(made(quarter))
    return PLAIN


def pages(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def edge(content: bytes, part: str) -> str:
    """What the header or the footer of a Word file says, on each of its pages."""
    section = Document(io.BytesIO(content)).sections[0]
    return " ".join(paragraph.text for paragraph in getattr(section, part).paragraphs)


def spoken(name: str, content: bytes) -> str:
    """All that a reader of the file can find in it."""
    reading = scan.read(name.rpartition("/")[2], content)
    return "\n".join([*(piece.text for piece in reading.pieces), *(cell for grid in reading.grids for row in grid.rows for cell in row)])


def test_there_are_six_files_a_version(final):
    assert set(final) == NAMES


def test_a_draft_is_stamped_on_every_page_of_every_format(quarter):
    draft = made(quarter, is_draft=True)
    for language, stamp in (("cy", "Drafft: peidiwch â’i ddyfynnu"), ("en", "Draft: do not quote")):
        for audience in ("internal", "public"):
            stem = f"{audience}/quarterly.{language}"
            told = pages(draft[f"{stem}.pdf"])
            assert len(told) > 2
            assert all(stamp in page for page in told)
            assert stamp in edge(draft[f"{stem}.docx"], "header")
            page = draft[f"{stem}.html"].decode()
            assert f'<p class="dg-stamp dg-stamp--draft">{stamp}</p>' in page
            assert "@top-right{content:" + _as_css(stamp) in page


def _as_css(text: str) -> str:
    return '"' + "".join(letter if letter.isalnum() or letter == " " else f"\\{ord(letter):x} " for letter in text) + '"'


def test_a_final_paper_is_stamped_nowhere(final):
    for name, content in final.items():
        said = " ".join(pages(content)) if name.endswith("pdf") else spoken(name, content)
        assert "do not quote" not in said
        assert "peidiwch â’i ddyfynnu" not in said


def test_the_example_line_stands_on_every_page(quarter):
    quarter.cast.gwynedd_mon.is_example = True
    final = made(quarter)
    for language, line in (
        ("cy", "Data enghreifftiol; nid datganiad gan y cyrff hyn"),
        ("en", "Example data; not a statement by these bodies"),
    ):
        for audience in ("internal", "public"):
            stem = f"{audience}/quarterly.{language}"
            assert all(line in page for page in pages(final[f"{stem}.pdf"]))
            assert line in edge(final[f"{stem}.docx"], "footer")
            assert "@bottom-left{content:" + _as_css(line) in final[f"{stem}.html"].decode()


def test_what_is_withheld_shows_in_no_public_file_and_in_every_internal_one(quarter):
    """G6 stands at 3; of M1 the parts 4, 337 and 341 add up to the 682 that is told elsewhere, so 337 is kept back as well."""
    whole = make_measure(quarter.told, "M1", is_sensitive=True)
    observe(whole, 682)
    for letter, count in zip("abc", (4, 337, 341), strict=True):
        observe(make_part(whole, f"M1{letter}"), count)
    final = made(quarter)
    for name in NAMES:
        rows = {row[0].partition(":")[0]: row for grid in scan.read(name.rpartition("/")[2], final[name]).grids for row in grid.rows}
        shown = [rows[code][1] for code in ("G6", "M1a", "M1b", "M1c")]
        word = "wedi’i ddal yn ôl" if ".cy." in name else "withheld"
        assert shown == ([word, word, word, "341"] if name.startswith("public/") else ["3", "4", "337", "341"]), name
        if name.startswith("public/"):
            assert "337" not in spoken(name, final[name])


def test_open_police_counts_are_in_every_file(final):
    for name, content in final.items():
        rows = {row[0]: row for grid in scan.read(name.rpartition("/")[2], content).grids for row in grid.rows}
        assert rows["Lladrad" if ".cy." in name else "Robbery"][1] == "3"


def test_charts_carry_their_words_in_each_format(final):
    page = final["public/quarterly.en.html"].decode()
    assert page.count('role="img"') == 4, "two cards, each drawn wide and narrow"
    assert "<title>96 were recorded in November 2021" in page
    pictures = Document(io.BytesIO(final["public/quarterly.en.docx"])).element.body.xpath("//wp:docPr[@descr != '']")
    assert all("No data: February 2021." in picture.get("descr") for picture in pictures)
    assert len(pictures) == 2
    assert PdfReader(io.BytesIO(final["public/quarterly.cy.pdf"])).root_object["/MarkInfo"]["/Marked"]


def test_word_files_name_no_author_and_hold_no_comment(final):
    with zipfile.ZipFile(io.BytesIO(final["public/quarterly.cy.docx"])) as archive:
        assert not [name for name in archive.namelist() if "comment" in name or "people" in name]


def test_equal_facts_make_equal_papers(quarter):
    one, two = (build(facts_of(quarter), is_draft=False) for _ in range(2))
    assert one == two


# ---- into place


def test_files_are_written_below_their_folder(tmp_path):
    written = write({"public/a.html": b"one", "internal/b.html": b"two"}, tmp_path / "new" / "pack")
    assert [path.read_bytes() for path in written] == [b"one", b"two"]
    assert sorted(path.name for path in (tmp_path / "new" / "pack").rglob("*") if path.is_file()) == ["a.html", "b.html"]


def test_where_one_file_cannot_be_written_the_earlier_pack_stays_whole(tmp_path, monkeypatch):
    write({"a": b"old a", "b": b"old b"}, tmp_path)
    write_bytes = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name == "b.new":
            raise OSError("no space left")
        return write_bytes(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="no space left"):
        write({"a": b"new a", "b": b"new b"}, tmp_path)
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "b").read_bytes()) == (b"old a", b"old b")
    assert not list(tmp_path.glob("*.new"))
