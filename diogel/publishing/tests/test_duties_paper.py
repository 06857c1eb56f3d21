"""The comfort sheet, read back from the finished Word file and PDF: what is not proved first, every law named, and nobody by name."""

import io
from datetime import date

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from diogel.assessment.models import Duty
from diogel.people.models import Group, Owned, Partnership, User
from diogel.people.tests.cast import bilingual
from diogel.plan.models import Number, Plan, Proof
from diogel.processes.actions.models import Action
from diogel.publishing.documents import rendered
from diogel.publishing.duties_paper import duties_paper
from tests.kept import lay_examples

pytestmark = pytest.mark.django_db
WHERE = "/en/gwynedd-mon/desk/papers/duties/2021-22/"


@pytest.fixture
def plan(cast):
    """One duty in each state; that of the hidden action is met by nothing that others may see."""
    plan = Plan.objects.create(
        partnership=cast.gwynedd_mon, code="2021-22", from_on=date(2021, 4, 1), to_on=date(2022, 3, 31),
        **bilingual("Cynllun", "The plan", "title"),
    )  # fmt: skip
    for code, days in (
        ("proved", {}), ("said", {}), ("acted", {}), ("hidden", {}), ("coming", {"from_on": date(2023, 1, 1)}),
        ("gone", {"to_on": date(2020, 1, 1)}),
    ):  # fmt: skip
        title, law = bilingual(f"Dyletswydd {code}", f"Duty {code}", "title"), bilingual(f"Deddf {code}", f"Act {code}", "law")
        Duty.objects.create(partnership=cast.gwynedd_mon, code=code, **title, **law, **days)
    for number, (code, visibility) in enumerate((("acted", "partnership"), ("hidden", "case")), 7):
        action = Action.objects.create(
            kind="action", reference=f"r/{number}", partnership=cast.gwynedd_mon, status="agreed", opened_on=date(2021, 4, 1),
            visibility=visibility, **bilingual("Cam", "Step", "title"),
        )  # fmt: skip
        Number.objects.create(plan=plan, action=action, number=number).duties.set([duty(code)])
    group = Group.objects.create(partnership=cast.gwynedd_mon, code="board", **bilingual("Bwrdd", "Board", "name"))
    owned = Owned.objects.create(group=group, **bilingual("Cofnodion y bwrdd", "Minutes of the board", "title"))
    sentence = bilingual("Rydym yn ei wneud fel hyn.", "This is how we do it.", "sentence")
    Proof.objects.create(plan=plan, duty=duty("proved"), owned=owned, dated_on=date(2021, 2, 11), **sentence)
    Proof.objects.create(plan=plan, duty=duty("said"), sentence_en="We only say it.")
    return plan


def duty(code):
    return Duty.objects.get(code=code)


def table_of(content):
    """The rows of the Word file's table, its heads first."""
    (table,) = Document(io.BytesIO(content)).tables
    return [[cell.text.strip() for cell in row.cells] for row in table.rows]


def words_of(content):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_what_is_not_proved_comes_first_each_with_its_law_and_the_proof_with_its_document(client, cast, plan):
    client.force_login(cast.ann)
    answer = client.get(f"{WHERE}en.docx")
    heads, *rows = table_of(answer.content)
    assert heads == ["Duty, and its law", "How it stands", "Sentence that proves it", "Document in which it stands"]
    assert rows == [
        ["Duty hidden: Act hidden", "gap: nothing shows it", "–", "–"],
        ["Duty acted: Act acted", "no sentence or document yet", "Actions: 7", "–"],
        ["Duty said: Act said", "no document yet", "We only say it.", "no document yet"],
        ["Duty proved: Act proved", "proved", "This is how we do it.", "Minutes of the board, 11 February 2021"],
        ["Duty coming: Act coming", "not yet in force in this plan", "–", "–"],
        ["Duty gone: Act gone", "ended before this plan", "–", "–"],
    ]
    assert answer["Content-Disposition"] == 'attachment; filename="gwynedd-mon-duties.en.docx"'


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Duties that a sentence and a document prove: 1 of 4", "Made by: co-ordinator, Gwynedd Council", "OFFICIAL", "1 of these lines")),
        ("cy", ("Dyletswyddau y mae brawddeg a dogfen yn eu profi: 1 o 4", "Lluniwyd gan: cydlynydd, Cyngor Gwynedd", "SWYDDOGOL", "Deddf said")),
    ],
)  # fmt: skip
def test_both_files_say_what_was_found_by_whom_and_when_and_how_widely_it_may_go(client, cast, plan, language, said):
    client.force_login(cast.ann)
    pdf = client.get(f"{WHERE}{language}.pdf").content
    root = PdfReader(io.BytesIO(pdf)).root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == f"{language}-GB"
    word = Document(io.BytesIO(client.get(f"{WHERE}{language}.docx").content))
    assert word.core_properties.language == f"{language}-GB"
    text = " ".join(node.text or "" for part in (word.element, word.sections[0].header._element) for node in part.iter(qn("w:t")))
    for finding in said:
        assert finding in words_of(pdf), finding
        assert finding in " ".join(text.split()), finding
    assert "Enghraifft" not in words_of(pdf) + text, "a paper names nobody"


def test_when_all_is_proved_it_says_so_and_without_a_duty_it_says_that(cast, plan):
    Duty.objects.exclude(code="proved").delete()
    assert duties_paper(plan, cast.ann, language="en", day=date(2022, 1, 17)).title.startswith("For every duty a sentence and a document")
    Duty.objects.all().delete()
    empty = duties_paper(plan, cast.ann, language="en", day=date(2022, 1, 17))
    assert (empty.title, len(empty.blocks)) == ("No duty is written down yet", 1)


def test_the_page_leads_to_all_four_files(client, cast, plan):
    client.force_login(cast.carys)
    page = client.get("/en/gwynedd-mon/desk/plan/2021-22/duties/").content.decode()
    for name in ("cy.pdf", "cy.docx", "en.pdf", "en.docx"):
        assert f"{WHERE}{name}" in page, name


def test_strangers_another_partnership_and_other_forms_find_nothing(client, cast, plan):
    assert client.get(f"{WHERE}en.pdf").status_code == 302
    client.force_login(cast.dai)
    assert client.get(f"{WHERE}en.pdf").status_code == 404
    client.force_login(cast.ann)
    for name in ("en.html", "fr.pdf", "en.exe"):
        assert client.get(f"{WHERE}{name}").status_code == 404


def test_the_examples_sheet_is_one_page_in_both_languages(db):
    lay_examples(with_people=True)
    ann = User.objects.get(email="ann@example.org")
    for plan in Partnership.objects.get(slug="gwynedd-mon").plans.standing()[:1]:
        for language in ("cy", "en"):
            sheet = duties_paper(plan, ann, language=language, day=date(2022, 1, 17))
            (made,) = rendered(sheet, {}, stem="sheet", forms=["pdf"]).values()
            assert len(PdfReader(io.BytesIO(made)).pages) == 1, language
