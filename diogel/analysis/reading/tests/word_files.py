"""Word and Excel files in the layout of the two plans, made for tests: their titles and numbers, our own sentences."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

NO_NAMES = "Names and contacts do not appear on this public version"
GROUPS = (
    ("OUR TRAINING AND AWARENESS RAISING PROGRAMME", (
        (1, "Both councils will introduce the virtual version of Ask and Act training once its pilot sessions are over."),
        (2, "North Wales Police will renew awareness of Early Action Together among its workforce."),
        (3, "We will review the one minute guides and offer them to every partner."),
        (4, "Information on the Prevent duty will be shared on the websites of both councils."),
    )),
    ("ENSURING WE DEVELOP OUR WORK PRACTICES TO MEET NEW DEMANDS", (
        (5, "Task and finish groups in both councils will choose what to use of the regional alcohol plan."),
        (6, "Parts of the regional work plan will improve services in Gwynedd and Anglesey:"),
        (7, "Domestic homicide reviews will be commissioned and finished as they should be."),
        (8, "North Wales Police will set up an Economic Crime Unit."),
        (9, "Emrallt will help staff who work with children to recognise harmful sexual behaviour early."),
        (10, "The homelessness service will add supported accommodation across the county."),
    )),
    ("LOOKING AT THE CONTACTS AND WORKING PRACTICES, AND IMPROVING COMMUNICATION AND STRUCTURES WHERE REQUIRED", (
        (11, "A Short Term Sentence Team will help people who leave HMP Berwyn to settle."),
        (12, "The groups led by the police will be reviewed, so that none does what another does."),
        (13, "Children’s services on Anglesey will look into Contextual Safeguarding."),
        (14, "The Diversity Unit of the force will use every chance to encourage reports of hate crime."),
        (15, "We will put the changed requirements of the Channel process in place."),
    )),
    ("PILOTING NEW PROJECTS", (
        (16, "A pilot will lead people with low needs to early help by Môn Community Link."),
        (17, "Five schools will try the project on hate crime in schools before the new curriculum."),
    )),
)  # fmt: skip
PARTS_OF_SIX = ("Review the alcohol link at the hospital", "Add mental health support for young people", "Find premises in Bangor")
OUTCOMES = (
    ("Organised drug supply", "High", "", "No 12", "A local review of the groups", "In the short to medium term, a local response is in place"),
    ("", "", "Prevent duty", "No 4", "Information on the websites", "The public know where to find help"),
    ("", "", "", "No 9", "New Channel guidance shared", "New processes meet what is required\nUltimately, less radicalisation"),
    ("Child sexual exploitation and abuse", "High", "", "No 9", "The service is known", "In the longer term, staff act early"),
    ("Modern slavery", "High", "", "", "", ""),
    ("Domestic abuse", "Medium - High", "", "No 1", "A virtual package", "In the short term staff are trained\nIn the long term more people find help"),
    ("Missing persons", "Medium-High", "", "", "", ""),
)  # fmt: skip


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def fill(table: Any, row: int, words: Sequence[str]) -> None:
    for at, text in enumerate(words):
        table.cell(row, at).text = text


def gwynedd_plan(*, contact: Callable[[int], str] = lambda _number: NO_NAMES, change: Callable[[str], str] = lambda text: text) -> bytes:
    """A work plan by area of work, with its numbers inside the text, and the appendix of outcomes."""
    document = Document()
    document.add_heading("Work plan for the next 12 months", 1)
    table = document.add_table(rows=0, cols=3)
    for title, actions in GROUPS:
        cells = table.add_row().cells
        cells[0].merge(cells[1]).text = title
        cells[2].text = "CONTACT"
        first = len(table.rows)
        for number, text in actions:
            fill(table, _added(table), ("", f"{number}. {change(text)}", contact(number)))
            if number == 6:
                for part in PARTS_OF_SIX:
                    fill(table, _added(table), ("", f"• {part}", ""))
        label = table.cell(first, 0).merge(table.cell(len(table.rows) - 1, 0))
        label.text = "What needs doing this year"
    document.add_heading("Appendix A: annual plan outcomes", 1)
    heads = ("Thematic area from strategic assessment", "Risk Score", "Statutory areas of responsibility", "Project",
             "Inputs and outputs", "Outcomes (short/medium/long term)")  # fmt: skip
    table = document.add_table(rows=1, cols=6)
    fill(table, 0, heads)
    for row in OUTCOMES:
        fill(table, _added(table), row)
    return saved(document)


def _added(table: Any) -> int:
    table.add_row()
    return len(table.rows) - 1


def wrexham_plan(style: str = "Normal") -> bytes:
    """Priorities as headings, numbered objectives as paragraphs of this style or, of none, as a table below each heading; measures as
    bullets; no table of actions."""
    document = Document()
    document.add_heading("Strategic priorities", 1)
    for priority, lead, objectives in (
        ("Priority 1: Reduce violence against women, domestic abuse and sexual violence", "WCBC Head of Safeguarding",
         ("1.1 Contribute to the work programme of the regional board", "1.2 Increase awareness across Wrexham")),
        ("Priority 2: Tackle anti-social behaviour", "WCBC Senior PIPS Officer", ("2.1 Prevent anti-social behaviour in the town centre",)),
    ):  # fmt: skip
        document.add_heading(priority, 2)
        document.add_paragraph(f"Priority Lead: {lead}")
        if style:
            for objective in objectives:
                document.add_paragraph(objective, style=style)
        else:
            document.add_heading("Prevention", 3)
            table = document.add_table(rows=1, cols=2)
            fill(table, 0, ("No", "Objective"))
            for objective in objectives:
                fill(table, _added(table), objective.split(" ", 1))
        document.add_paragraph("Measuring Progress:")
        document.add_paragraph("The level of repeat victimisation", style="List Bullet")
    return saved(document)


def workbook(sheets: dict[str, Sequence[Sequence[Any]]], change: Callable[[Any], None] = lambda _book: None) -> bytes:
    """An Excel file with these rows by the name of their sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    change(book)
    return saved(book)


def one_table(rows: Sequence[Sequence[str]]) -> bytes:
    document = Document()
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        fill(table, _added(table), row)
    return saved(document)


def with_xml(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same archive with one part changed, or added where it is not there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            held = old.read(name)
            new.writestr(name, change(held) if name == part else held)
        if part not in old.namelist():
            new.writestr(part, change(b""))
    return out.getvalue()


def paragraph(inside: str) -> Any:
    """A paragraph of Word's own XML."""
    return parse_xml(f"<w:p {nsdecls('w')}>{inside}</w:p>")
