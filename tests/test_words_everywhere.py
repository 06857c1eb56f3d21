"""On both examples, whole: a sentence of every kind of row can be vouched for by a translator, and the page where it stands opens."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import TestCase

from diogel.assessment.models import Assessment
from diogel.assessment.statuses import Status
from diogel.people.access import Role
from diogel.people.models import Partnership, User
from diogel.people.tests.cast import hold
from diogel.web.words_list import BILINGUAL, unchecked
from diogel.words.pairs import PairState

from .whole_house import make_house, signed_in

pytestmark = pytest.mark.slow

# The examples hold no row of these.
NOT_IN_THE_EXAMPLES = {"place"}


@pytest.mark.django_db
class TestWordsEverywhere(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        users = make_house()
        Assessment.objects.update(status=Status.AGREED)  # before that a translator sees no score and no dissent
        translator = users["translator"]
        assert isinstance(translator, User)
        hold(translator, Partnership.objects.get(slug="wrexham"), Role.TRANSLATOR)
        cls.translator = translator

    def test_a_sentence_of_every_kind_is_vouched_for_and_leads_to_where_it_stands(self) -> None:
        client, seen, wrong = signed_in(self.translator), set(), []
        for slug in ("gwynedd-mon", "wrexham"):
            partnership = Partnership.objects.get(slug=slug)
            for key in BILINGUAL:
                if (row := self._with_words(key, partnership)) is None:
                    continue
                name = next(each for each in row.pairs if not row.pair(each).is_empty)
                door = f"/en/{slug}/desk/words/{key}/{row.pk}/{name}/"
                page = client.get(door)
                if page.status_code != 200 or "form" not in page.context:
                    wrong.append(f"{door} answers {page.status_code}")
                    continue
                pair = row.pair(name)
                said = {f"{name}_cy": pair.cy or "Cymraeg", f"{name}_en": pair.en or "English", "both_checked": "on"}
                answer = client.post(door, {**said, "seen": page.context["form"]["seen"].value()})
                row.refresh_from_db()
                if answer.status_code != 302 or not row.pair(name).is_checked:
                    wrong.append(f"{door} is saved with {answer.status_code}")
                where = page.context["where"]
                if where and client.get(where).status_code != 200:
                    wrong.append(f"{key} stands at {where}")
                seen.add(key)
        assert wrong == []
        assert set(BILINGUAL) - seen <= NOT_IN_THE_EXAMPLES | {"card"}

    def _with_words(self, key: str, partnership: Partnership) -> Any:
        """A row of this kind with something written in it, its first pair a draft."""
        for row in BILINGUAL[key].standing(self.translator, partnership):
            for name in row.pairs:
                if not row.pair(name).is_empty:
                    setattr(row, f"{name}_state", PairState.DRAFT if row.pair(name).cy and row.pair(name).en else PairState.MISSING)
                    row.save(update_fields=[f"{name}_state"])
                    assert (key, row.pk, name) in {(each.key, each.pk, each.name) for each in unchecked(self.translator, partnership)}
                    return row
        return None
