"""The assessment document and its public summary: what may leave, what is refused, what the scan catches."""

import json
from datetime import date

import pytest
from django.test import Client, TestCase

from diogel.assessment.models import Assessment, Evidence, StatutorySection, Theme
from diogel.assessment.reading import read
from diogel.cli import main
from diogel.home import today
from diogel.people.models import User
from diogel.publishing import assessment_pack
from diogel.publishing.assessment_fields import INTERNAL, PUBLIC
from diogel.publishing.assessment_source import goes_out, source
from diogel.publishing.documents import rendered
from diogel.publishing.snapshot_fields import NotAllowed
from tests.kept import lay_examples

pytestmark = pytest.mark.slow

INSIDE = {"score", "given", "dissents", "rank", "last_risk", "method", "requests", "commission"}


def names_in(held) -> set[str]:
    """Every key of a content, however deep."""
    if isinstance(held, dict):
        return set(held) | {name for each in held.values() for name in names_in(each)}
    return {name for each in held for name in names_in(each)} if isinstance(held, list) else set()


@pytest.mark.django_db
class TestAssessmentPack(TestCase):
    """The year of the example, as it stands on the demonstration's day."""

    @classmethod
    def setUpTestData(cls) -> None:
        lay_examples(with_people=True)

    @pytest.fixture(autouse=True)
    def _given(self, tmp_path, capsys, monkeypatch, django_assert_max_num_queries):
        for verb in ("assessment_show", "assessment_build"):
            monkeypatch.setattr(f"diogel.cli.{verb}.ready", lambda: None)
        self.tmp, self.capsys, self.patch, self.asks_at_most = tmp_path, capsys, monkeypatch, django_assert_max_num_queries

    def setUp(self) -> None:
        self.row = Assessment.objects.get(code="2022-23")

    def content(self, audience: str, *, is_draft: bool = True):
        held = source(read(self.row), audience=audience, day=today())
        return assessment_pack.content_of(held, audience=audience, is_draft=is_draft)

    def composed(self, audience: str):
        """The paper in Welsh and in English."""
        whole, content = read(self.row), self.content(audience)
        return [
            assessment_pack.composed(whole, content, audience=audience, language=language, is_draft=True)[0] for language in ("cy", "en")
        ]

    def only_pages(self) -> None:
        """Word and PDF take seconds, and one whole build is enough."""
        self.patch.setattr(assessment_pack, "rendered", lambda told, pictures, stem: rendered(told, pictures, stem=stem, forms=("html",)))

    def approve(self) -> None:
        """As if what is missing had come; the checks of approval are tried elsewhere."""
        Theme.objects.filter(assessment=self.row, code="missing-persons").update(
            decision="watched", decision_reason_cy="Am", decision_reason_en="For", decision_reason_state="checked"
        )
        Assessment.objects.filter(pk=self.row.pk).update(status="approved")
        self.row.refresh_from_db()

    def test_the_public_summary_holds_no_score_dissent_request_or_person(self):
        assert INSIDE & names_in(self.content("public")) == set()
        assert names_in(self.content("internal")) >= INSIDE - {"person"}
        assert not any(
            "person" in name or name.endswith("_by") for table in (PUBLIC, INTERNAL) for fields in table.values() for name in fields
        )

    def test_evidence_above_official_never_leaves_nor_what_rests_on_it(self):
        public = self.content("public")
        told = json.dumps(public, ensure_ascii=False)
        assert "OFFICIAL-SENSITIVE" not in told
        assert "Neighbourhood officers" not in told
        assert "County lines reach" not in told
        kept = [each["about"] for each in public["sections"] if each["is_kept_inside"]]
        assert kept == ["changes"]
        assert "Neighbourhood officers" in json.dumps(self.content("internal"), ensure_ascii=False)

    def test_a_marking_that_is_not_known_counts_as_above_official(self):
        told = {
            marking: goes_out(Evidence(marking=marking)) for marking in ("OFFICIAL", "official ", "", "OFFICIAL-SENSITIVE", "SECRET", "?")
        }
        assert [marking for marking, goes in told.items() if goes] == ["OFFICIAL", "official ", ""]

    def test_the_document_bears_the_marking_of_its_most_sensitive_evidence(self):
        assert assessment_pack.marking_of(read(self.row)) == "OFFICIAL-SENSITIVE"
        assert [paper.marking for paper in self.composed("internal")] == ["SWYDDOGOL-SENSITIF", "OFFICIAL-SENSITIVE"]
        assert [paper.marking for paper in self.composed("public")] == ["CYHOEDDUS", "PUBLIC"]

    def test_both_languages_tell_the_same_in_the_same_order(self):
        for audience in ("internal", "public"):
            cy, en = self.composed(audience)
            assert [type(block).__name__ for block in cy.blocks] == [type(block).__name__ for block in en.blocks]
            assert cy.title != en.title

    def test_a_draft_is_whole_scanned_and_certified(self):
        built = assessment_pack.make(self.row, out=self.tmp, is_draft=True)
        assert len(built.written) == 15
        assert json.loads((self.tmp / "public" / "certificate.json").read_text())["is_clean"]
        page = (self.tmp / "public" / "assessment.en.html").read_text()
        assert "Draft: do not quote" in page
        assert "Example data" in page

    def test_a_final_one_waits_for_approval_and_names_what_is_missing(self):
        built = assessment_pack.make(self.row, out=self.tmp)
        assert built.refused
        assert {each.code for each in built.missing} == {"undecided", "unanswered-request"}
        assert list(self.tmp.iterdir()) == []

    def test_an_approved_one_with_an_unchecked_sentence_is_not_built(self):
        self.approve()
        StatutorySection.objects.filter(assessment=self.row, about="causes").update(text_state="stale_cy")
        with pytest.raises(NotAllowed):
            self.content("public", is_draft=False)
        assert assessment_pack.make(self.row, out=self.tmp).refused

    def test_a_name_in_a_section_is_caught_and_nothing_is_written(self):
        self.approve()
        self.only_pages()
        words = {"text_cy": "Dywedodd Bryn Maeslwyd hyn.", "text_en": "Bryn Maeslwyd said so."}
        StatutorySection.objects.filter(assessment=self.row, about="causes").update(**words)
        built = assessment_pack.make(self.row, out=self.tmp)
        assert {leak.kind for leak in built.leaks} == {"name"}
        assert list(self.tmp.iterdir()) == []

    def test_the_desk_gives_the_files_to_who_may_read_it(self):
        where = f"/en/gwynedd-mon/desk/papers/assessment/{self.row.pk}/"
        carys = Client()
        carys.force_login(User.objects.get(email="carys@example.org"))
        page = carys.get(f"{where}internal/cy.html").content.decode()
        assert "Dylai 5 thema" in page
        assert not any(name in page for name in ("Maeslwyd", "Tegfaen", "Trefaes", "Glaslwyn"))
        assert carys.get(f"{where}public/en.docx").content.startswith(b"PK")
        assert [carys.get(f"{where}{name}").status_code for name in ("secret/en.html", "public/fr.html", "public/en.exe")] == [404] * 3
        assert Client().get(f"{where}public/en.html").status_code == 302

    def test_the_desk_composes_a_file_in_twelve_questions_also_where_a_sentence_is_no_longer_checked(self):
        self.client.force_login(User.objects.get(email="ann@example.org"))
        self.approve()
        where = f"/en/gwynedd-mon/desk/papers/assessment/{self.row.pk}"
        for state, draft in (("checked", False), ("stale_cy", True)):
            StatutorySection.objects.filter(assessment=self.row, about="causes").update(text_state=state)
            for audience in ("internal", "public"):
                with self.asks_at_most(12):
                    page = self.client.get(f"{where}/{audience}/en.html").content.decode()
                assert ("Draft: do not quote" in page) == draft

    def test_the_verbs_tell_what_is_missing_in_both_languages(self):
        assert main(["assessment", "show", "gwynedd-mon", "--json"]) == 1
        told = json.loads(self.capsys.readouterr().out)
        assert [each["code"] for each in told["missing"]] == ["undecided", "unanswered-request"]
        assert all(each["message_cy"] != each["message_en"] for each in told["missing"])
        assert told["themes"][0]["risk"] == 75
        assert main(["assessment", "show", "gwynedd-mon", "--assessment", "1999"]) == 2
        assert main(["assessment", "show", "nowhere"]) == 2

    def test_the_verb_builds_a_draft_and_refuses_what_is_not_approved(self):
        assert main(["assessment", "build", "gwynedd-mon", "--out", str(self.tmp / "a"), "--json"]) == 1
        refused = json.loads(self.capsys.readouterr().out)
        assert refused["files"] == []
        assert len(refused["refused"]) == 2
        self.approve()
        self.only_pages()
        assert self.row.to_on == date(2021, 12, 31)
        assert main(["assessment", "build", "gwynedd-mon", "--out", str(self.tmp / "b")]) == 0
        assert (self.tmp / "b" / "internal" / "assessment.cy.html").exists()
