"""A paper as a Word file a person can edit: real styles, repeated table heads, described pictures, both names on each page."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Emu, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from diogel.published.blocks import (
    Agenda,
    Block,
    Bullets,
    Cell,
    Definitions,
    Figure,
    Heading,
    Mark,
    Notice,
    Paper,
    Paragraph,
    Quote,
    Table,
)
from diogel.published.drawing import Drawings
from diogel.published.labels import STATE_LETTERS, label, table_notes, tone
from diogel.published.marks import COLOURS

from . import word_house, word_runs
from .columns import keeps_together, shares

_WIDTH = 504.6  # points between the margins of A4
_VOICES = {"told": "Normal", "work": "Work", "note": "Note"}
_NOTICES = {"draft": "Draft", "withheld": "Withholding"}


def document(paper: Paper, drawings: Drawings) -> bytes:
    """The .docx file's bytes, equal for equal papers. KeyError names a figure without a drawing."""
    made = word_house.empty(language=paper.language, title=paper.title)
    _frame(made, paper)
    for notice in paper.notices:
        _notice(made, notice)
    if paper.kicker:
        made.add_paragraph(paper.kicker, style="Kicker")
    made.add_paragraph(paper.title, style="heading 1")
    for block in paper.blocks:
        before = made.element.body[-2]  # the last thing before the section's own properties
        _block(made, block, drawings, paper.language)
        _part_from_table(before, made)
    return word_house.packed(made)


def _part_from_table(before: Any, made: Any) -> None:
    """Text that follows a table stands a little away from it; headings and captions bring their own distance."""
    after = before.getnext()
    if before.tag == word_runs.qn("w:tbl") and after.tag == word_runs.qn("w:p"):
        paragraph = WordParagraph(after, made)
        named = str(paragraph.style.name) if paragraph.style else ""
        if not named.startswith(("Heading", "Caption")):
            paragraph.paragraph_format.space_before = Pt(8)


def _frame(made: Any, paper: Paper) -> None:
    """What stands on every page: names, marking, draft stamp, gold rule; foot, page x of y."""
    section = made.sections[0]
    names, places = section.header.paragraphs[0], section.header.add_paragraph(style="header")
    names.style = made.styles["header"]
    word_runs.add_logo(names)
    _twins(names, paper.partnership.cy, paper.partnership.en, bold=True)
    _twins(places, paper.place.cy, paper.place.en, bold=False)
    for notice in paper.notices:
        if notice.kind == "draft":
            _coloured(names.add_run(f"\t{notice.text}"), COLOURS["late"], bold=True)
    places.add_run(f"\t{paper.marking}")
    border = word_runs.element("pBdr")
    border.append(word_runs.element("bottom", val="single", sz="18", space="5", color="A97C0F"))
    places._p.get_or_add_pPr().insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    _foot(section.footer.paragraphs[0], made, paper)


def _twins(paragraph: WordParagraph, cy: str, en: str, *, bold: bool) -> None:
    for text, language in ((cy, "cy"), (en, "en")):
        run = paragraph.add_run(f"\t{text}")
        run.bold = bold
        word_runs.set_language(run, language)


def _foot(paragraph: WordParagraph, made: Any, paper: Paper) -> None:
    paragraph.style = made.styles["footer"]
    examples = [f"{notice.text}." for notice in paper.notices if notice.kind == "example"]
    before, _, after = label("page", paper.language).partition("{page}")
    middle, _, rest = after.partition("{pages}")
    paragraph.add_run(" ".join([paper.foot, *examples]) + f"\t{before}")
    word_runs.add_field(paragraph, "PAGE")
    paragraph.add_run(middle)
    word_runs.add_field(paragraph, "NUMPAGES")
    if rest:
        paragraph.add_run(rest)


def _block(made: Any, block: Block, drawings: Drawings, language: str) -> None:
    match block:
        case Heading():
            made.add_paragraph(block.text, style=f"heading {block.level}")
        case Paragraph():
            _in_language(made.add_paragraph(style=_VOICES[block.voice]).add_run(block.text), block.language)
        case Notice():
            _notice(made, block)
        case Agenda():
            _agenda(made, block, language)
        case Table():
            _table(made, block, language)
        case Figure():
            _figure(made, block, drawings, language)
        case Definitions():
            for item in block.items:
                _definition(made, item.term, item.text, item.mark)
        case Bullets():
            for text in block.items:
                made.add_paragraph(text, style="List Bullet")
        case Quote():
            _in_language(made.add_paragraph(style="Quote").add_run(block.text), block.language)
            if block.source:
                made.add_paragraph(block.source, style="Note")
        case _:
            raise TypeError(f"no Word file shows a {type(block).__name__}")


def _notice(made: Any, notice: Notice) -> None:
    _in_language(made.add_paragraph(style=_NOTICES.get(notice.kind, "Notice")).add_run(notice.text), notice.language)


def _definition(made: Any, term: str, text: str, mark: str) -> None:
    paragraph = made.add_paragraph(style="Work")
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.add_run(f"{term}: ").bold = True
    if mark:
        word_runs.add_mark(paragraph, mark)
    paragraph.add_run(text)


def _figure(made: Any, figure: Figure, drawings: Drawings, language: str) -> None:
    drawing = drawings[figure.drawing]
    made.add_paragraph(figure.title, style="caption")
    if figure.subtitle:
        made.add_paragraph(figure.subtitle, style="Figure Note")
    paragraph = made.add_paragraph(style="Picture")
    width = _WIDTH * min(1, drawing.width / 800)
    word_runs.add_picture(paragraph, drawing.png, width=width, title=figure.title, description=figure.description)
    paragraph.paragraph_format.keep_with_next = bool(figure.source)
    if figure.source:
        made.add_paragraph(figure.source, style="Note")
    if figure.table:
        _table(made, figure.table, language)


def _table(made: Any, table: Table, language: str) -> None:
    made.add_paragraph(table.caption, style="caption")
    grid = _grid(made, len(table.rows) + 1, shares(table), table.caption)
    for column, head in zip(table.columns, grid.rows[0].cells, strict=True):
        head.paragraphs[0].add_run(column.title)
        _align(head.paragraphs[0], is_end=column.align == "end")
    for row, drawn in zip(table.rows, grid.rows[1:], strict=True):
        for cell, column, place in zip(row, table.columns, drawn.cells, strict=True):
            _cell(place.paragraphs[0], cell)
            _align(place.paragraphs[0], is_end=column.align == "end" or cell.numeric)
    if keeps_together(table):
        _keep_together(grid)
    for text in table_notes(table, language):
        made.add_paragraph(text, style="Note")


def _keep_together(grid: Any) -> None:
    """Word keeps a table on one page where each row but the last is kept with the next."""
    for row in grid.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _agenda(made: Any, agenda: Agenda, language: str) -> None:
    grid = _grid(made, len(agenda.asks) + 1, (0.10, 0.68, 0.22), label("ask", language))
    for name, head in zip(("number", "ask", "wanted"), grid.rows[0].cells, strict=True):
        head.paragraphs[0].add_run(label(name, language))
    for ask, drawn in zip(agenda.asks, grid.rows[1:], strict=True):
        number, sentence, wanted = drawn.cells
        number.paragraphs[0].add_run(ask.number).bold = True
        sentence.paragraphs[0].style = made.styles["Ask Text"]
        sentence.paragraphs[0].add_run(ask.sentence)
        wanted.paragraphs[0].add_run(ask.wanted).bold = True
        if ask.mark:
            _mark(sentence.add_paragraph(style="Table Text"), ask.mark)


def _grid(made: Any, rows: int, parts: tuple[float, ...], title: str) -> Any:
    """A table across the page whose first row is its head on every page and whose rows are not torn apart."""
    grid = made.add_table(rows=rows, cols=len(parts), style="Paper Table")
    grid.autofit = False
    look = grid._tbl.tblPr.find(word_runs.qn("w:tblLook"))
    for name, value in {"firstRow": "1", "firstColumn": "1", "lastRow": "0", "lastColumn": "0", "noHBand": "1", "noVBand": "1"}.items():
        look.set(word_runs.qn(f"w:{name}"), value)
    grid._tbl.tblPr.append(word_runs.element("tblCaption", val=title))
    for column, part in zip(grid.columns, parts, strict=True):
        column.width = Emu(int(_WIDTH * part * 12700))
    for at, row in enumerate(grid.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(word_runs.element("cantSplit"))
        if at == 0:
            properties.append(word_runs.element("tblHeader"))
        for cell, part in zip(row.cells, parts, strict=True):
            cell.width = Emu(int(_WIDTH * part * 12700))
            cell.paragraphs[0].style = made.styles["Table Text"]
    return grid


def _cell(paragraph: WordParagraph, cell: Cell) -> None:
    if cell.mark:
        _mark(paragraph, Mark(cell.mark, cell.text, cell.times))
    elif cell.state in ("missing", "late"):
        run = paragraph.add_run(f"\u00a0{cell.text}\u00a0")
        colour = COLOURS["late"] if cell.state == "late" else "#5a6b77"
        word_runs.framed(run, dashed=True, colour=colour[1:])
        _coloured(run, colour if cell.state == "late" else COLOURS["quiet"])
    elif cell.state == "withheld":
        hatch, words = paragraph.add_run("\u00a0\u00a0\u00a0"), paragraph.add_run(f"\u00a0{cell.text}\u00a0")
        for run in (hatch, words):
            word_runs.framed(run, dashed=False, colour="5A6B77")
        word_runs.hatched(hatch, "33434F")
    elif ":" in cell.href:  # a paper on its own leads nowhere inside the site
        word_runs.add_link(paragraph, cell.text, cell.href)
    else:
        paragraph.add_run(cell.text)
    if cell.state in STATE_LETTERS:
        paragraph.add_run(STATE_LETTERS[cell.state]).font.superscript = True


def _mark(paragraph: WordParagraph, mark: Mark) -> None:
    word_runs.add_mark(paragraph, mark.shape, mark.times)
    _coloured(paragraph.add_run(mark.word), COLOURS[tone(mark.shape)], bold=tone(mark.shape) != "quiet")


def _coloured(run: Any, colour: str, *, bold: bool | None = None) -> None:
    run.font.color.rgb = RGBColor.from_string(colour[1:].upper())
    run.bold = bold


def _align(paragraph: WordParagraph, *, is_end: bool) -> None:
    if is_end:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _in_language(run: Any, language: str) -> None:
    if language:
        word_runs.set_language(run, language)
