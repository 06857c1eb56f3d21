"""A leak planted anywhere in a real file is caught; a clean pack raises no alarm."""

from __future__ import annotations

import pytest

from diogel.published.blocks import (
    Agenda,
    Ask,
    Bullets,
    Cell,
    Column,
    Definition,
    Definitions,
    Figure,
    Heading,
    Mark,
    Notice,
    Pair,
    Paragraph,
    Quote,
    Table,
)
from diogel.publishing.scan import KINDS, Known, Person, Release, Withheld, read, released, scan
from diogel.publishing.tests.finished import clean, made

ANN = Person("Siân Mair", "Llwyd-Evans", emails=("sian.llwyd@example.org",), phones=("01286 555 0199",))
BRYN = Person("Bryn", "Rowlands")
KNOWN = Known(
    people=(ANN, BRYN),
    public_contacts=("999", "101", "0808 80 10 800"),
    sensitive=(("caethwasiaeth fodern", "modern slavery"), ("troseddau casineb", "hate crime")),
)
FORMS = ("html", "docx", "pdf")


def kinds(name: str, content: bytes, known: Known = KNOWN) -> list[str]:
    return sorted({leak.kind for leak in scan({name: content}, known)} - {"missing twin"})


def test_a_clean_pack_raises_no_alarm():
    assert scan(clean(), KNOWN) == ()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "block",
    [
        Paragraph("Signed by Siân Llwyd-Evans."),
        Paragraph("signed by SIAN MAIR LLWYD EVANS"),
        Paragraph("Llwyd\u2011Evans, Siân"),
        Heading(2, "Bryn Rowlands leads"),
        Bullets(("A first item", "Bryn\u00a0Rowlands")),
        Definitions((Definition("Signed", "B. Rowlands"),)),
        Quote("We are listening.", "Bryn Rowlands"),
        Notice("caution", "Ask Bryn Rowlands"),
        Agenda((Ask("1", "Thank Bryn Rowlands.", "to note"),)),
        Agenda((Ask("1", "Thank him.", "to note", Mark("eye", "Bryn Rowlands")),)),
        Table("Lead: Bryn Rowlands", (Column("Action"),), ((Cell("Train"),),)),
        Table("Leads", (Column("Action"), Column("Bryn Rowlands")), ((Cell("Train"), Cell("yes")),)),
        Table("Leads", (Column("First"), Column("Last")), ((Cell("Bryn"), Cell("Rowlands")),)),
        Table("Leads", (Column("Action"),), ((Cell("Train"),),), note="Bryn Rowlands"),
        Figure("A figure", "Drawn by Bryn Rowlands.", "months"),
        Figure("A figure by Bryn Rowlands", "Described.", "months"),
        Figure("A figure", "Described.", "months", source="Bryn Rowlands"),
        Paragraph("Ro\u00adwlands, Bryn"),
        Paragraph("BrynRowlands"),
    ],
)
def test_a_full_name_is_found_in_every_kind_of_block_and_file(form, block):
    assert kinds(f"quarterly.en.{form}", made("en", form, blocks=(block,))) == ["name"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Diolch i’r Cynghorydd Rowlands.", "title"),
        ("Ask Mrs Rowlands.", "title"),
        ("PC 1234 Rowlands came.", "title"),
        ("Write to someone.else@council.example.", "e-mail"),
        ("Write to sian.llwyd [at] example [dot] org.", "e-mail"),
        ("Ring 01248 555 123.", "phone"),
        ("Ring (01286) 555 0199.", "phone"),
        ("Ring +44 7700 900123.", "phone"),
    ],
)
def test_titles_addresses_and_numbers_are_found_in_every_file(form, text, kind):
    assert kinds(f"quarterly.cy.{form}", made("cy", form, blocks=(Paragraph(text),))) == [kind]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "block",
    [
        Table("Referrals", (Column("Subject"), Column("Count", "end")), ((Cell("Modern slavery"), Cell("3")),)),
        Table("Modern slavery", (Column("County"), Column("Count", "end")), ((Cell("Gwynedd"), Cell("3")),)),
        Table("Reports", (Column("County"), Column("Hate crime", "end")), ((Cell("Gwynedd"), Cell("2", state="provisional")),)),
        Table("Cyfeiriwyd", (Column("Pwnc"), Column("Nifer", "end")), ((Cell("Gaethwasiaeth fodern"), Cell("1")),)),
        Paragraph("There were 4 hate crimes in schools."),
        Definitions((Definition("Hate crime", "3"),)),
        Paragraph("Cofnodwyd tair o droseddau casineb."),
        Paragraph("Between 2–3 victims of modern slavery were found."),
        Figure("Hate crime in schools", "It rose to 3 in November.", "months"),
    ],
)
def test_a_small_count_about_a_sensitive_subject_is_found(form, block):
    assert kinds(f"quarterly.en.{form}", made("en", form, blocks=(block,))) == ["small"]


@pytest.mark.parametrize("form", FORMS)
def test_a_small_count_below_a_sensitive_heading_is_found_where_the_sentence_names_nothing(form):
    more = (Heading(2, "Hate crime"), Paragraph("Two were reported in October."), Heading(2, "Shoplifting"), Paragraph("Two shops closed."))
    leaks = [leak for leak in scan({f"quarterly.en.{form}": made("en", form, blocks=more)}, KNOWN) if leak.kind == "small"]
    assert [leak.excerpt for leak in leaks] == ["■■■ were reported in October."]


@pytest.mark.parametrize("form", FORMS)
def test_a_small_count_in_a_drawing_about_a_sensitive_subject_is_found(form):
    figure = Figure("Hate crime by place", "By place.", "places")
    assert kinds("quarterly.en.pdf", made("en", "pdf", blocks=(figure,))) == []
    small = made("en", "html", blocks=(figure,)).replace(b">+11<", b">+3<")
    assert kinds("quarterly.en.html", small) == ["small"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "block",
    [
        Table(
            "Progress", (Column("No"), Column("Action"), Column("Due")), ((Cell("3"), Cell("Hate crime in schools"), Cell("4 March 2022")),)
        ),
        Paragraph("Action 3 answers hate crime; see page 2, section 4 and quarter 3. It was carried over 3 times by 1 April 2021."),
        Paragraph("Mae cam gweithredu 3 yn ateb troseddau casineb erbyn 2 o Fawrth 2022; gweler tudalen 4."),
        Paragraph("Counts of 1 to 4 about modern slavery are withheld. Nid yw cyfrifon o 1 i 4 yn cael eu dangos."),
        Paragraph("Hate crime rose by 3.4% to 1,204 over 3 years."),
        Table("Counts", (Column("Subject"), Column("Count", "end")), ((Cell("Shoplifting"), Cell("3")), (Cell("Burglary"), Cell("1")))),
        Paragraph("In an emergency ring 999, otherwise 101; Live Fear Free is 0808 80 10 800."),
        Paragraph("Crime reference 01248555123 was closed."),
        Table("Rows", (Column("A", "end"), Column("B", "end"), Column("C", "end")), ((Cell("0"), Cell("500 1000"), Cell("1500 2000")),)),
        Paragraph("Rowlands Castle and Bryn y Neuadd are places; Evans is a shop."),
    ],
)
def test_dates_references_and_public_lines_raise_no_alarm(form, block):
    assert kinds(f"quarterly.en.{form}", made("en", form, blocks=(block,))) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_withheld_figure_that_shows_is_found_in_a_cell_and_in_a_sentence(form):
    known = Known(withheld=(Withheld(("Ynys Môn", "Anglesey"), ("Hydref", "October"), 17),))
    table = Table("Reports", (Column("County"), Column("October", "end")), ((Cell("Anglesey"), Cell("17")), (Cell("Gwynedd"), Cell("17"))))
    assert kinds("q.en." + form, made("en", form, blocks=(table,)), known) == ["withheld shown"]
    assert kinds("q.en." + form, made("en", form, blocks=(Paragraph("In Anglesey there were 17."),)), known) == ["withheld shown"]
    assert kinds("q.en." + form, made("en", form, blocks=(Paragraph("In Gwynedd there were 17."),)), known) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_withheld_figure_that_a_total_gives_away_is_found(form):
    def table(gwynedd: str) -> Table:
        columns = (Column("County"), Column("Count", "end"))
        rows = (("Anglesey", "withheld"), ("Gwynedd", gwynedd), ("Conwy", "12"), ("Total", "40"))
        return Table("Referrals", columns, tuple((Cell(name), Cell(count)) for name, count in rows))

    assert kinds("q.en." + form, made("en", form, blocks=(table("25"),))) == ["worked out"]
    assert kinds("q.en." + form, made("en", form, blocks=(table("withheld"),))) == []


def test_a_name_in_the_name_of_a_file_is_found():
    assert "name" in kinds("bryn_rowlands.en.html", clean()["quarterly.en.html"])


def test_a_twin_that_is_missing_or_says_other_figures_is_found():
    files = clean()
    without = {name: content for name, content in files.items() if name != "quarterly.cy.pdf"}
    assert [(leak.file, leak.kind) for leak in scan(without, KNOWN)] == [("quarterly.en.pdf", "missing twin")]
    changed = files | {"quarterly.en.html": files["quarterly.en.html"].replace(b">115\n", b">116\n")}
    assert {leak.kind for leak in scan(changed, KNOWN)} == {"twins differ", "formats differ"}


def test_a_file_in_the_wrong_language_is_found():
    files = clean() | {"quarterly.cy.pdf": clean()["quarterly.en.pdf"]}
    assert ("quarterly.cy.pdf", "language") in {(leak.file, leak.kind) for leak in scan(files, KNOWN)}


@pytest.mark.parametrize("name", ["quarterly.en.pdf", "quarterly.en.docx", "quarterly.en.xlsx"])
def test_a_file_that_cannot_be_read_is_never_passed(name):
    assert "unreadable" in kinds(name, b"nonsense")


def test_an_excerpt_repeats_no_find():
    text = "Bryn Rowlands and Siân Llwyd-Evans met; ring 01286 555 0199 or bryn@example.org."
    for leak in scan({"q.en.html": made("en", "html", blocks=(Paragraph(text),))}, KNOWN):
        assert not {"Rowlands", "Llwyd", "0199", "bryn@"} & set(leak.excerpt.replace(";", " ").split())
        assert "Rowlands" not in leak.excerpt
        assert "0199" not in leak.excerpt


def test_a_release_frees_one_find_and_no_other():
    files = {"q.en.html": made("en", "html", blocks=(Paragraph("The Bryn Rowlands inn."), Paragraph("Bryn Rowlands signed.")))}
    leaks = [leak for leak in scan(files, KNOWN) if leak.kind == "name"]
    release = Release(leaks[0].key, Pair("cydlynydd", "co-ordinator"), Pair("Enw tafarn yw hwn.", "This is the name of an inn."))
    standing, freed = released(leaks, [release])
    assert [leak.key for leak in standing] == [leaks[1].key]
    assert freed == ((leaks[0], release),)
    changed = {"q.en.html": made("en", "html", blocks=(Paragraph("The Siân Llwyd-Evans inn."),))}
    assert released(scan(changed, KNOWN), [release])[1] == ()


def test_a_release_needs_a_reason_in_both_languages():
    with pytest.raises(ValueError, match="in Welsh and in English"):
        Release("key", Pair("cydlynydd", "co-ordinator"), Pair("", "An inn."))


@pytest.mark.parametrize("form", FORMS)
def test_every_table_of_the_paper_is_read_as_a_table(form):
    grids = read(f"q.en.{form}", clean()[f"quarterly.en.{form}"]).grids
    indicators = next(grid for grid in grids if grid.caption == "Indicators of the quarter")
    assert [row[0] for row in indicators.rows] == [
        "Indicator",
        "Shoplifting, Gwynedd",
        "Burglary",
        "Modern slavery referrals",
        "Drug offences",
        "Seen in time",
    ]
    assert [cell.replace(" ", "") for cell in indicators.rows[1][1:3]] == ["1,233p", "177c"]


def test_every_kind_of_leak_is_told_in_the_order_of_the_certificate():
    assert len(KINDS) == len(set(KINDS))
