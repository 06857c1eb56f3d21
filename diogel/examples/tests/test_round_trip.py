"""The plans of both examples go out to Word and Excel and come in again without a difference."""

import pytest
from django.test import TestCase
from django.utils.translation import override

from diogel.exchange.tests.read_again import DAY, differences
from diogel.exchange.word_plan import plan_document
from diogel.people.access import Role
from diogel.people.models import Partnership
from diogel.people.tests.cast import hold, make_person, make_user
from diogel.plan.models import Plan
from diogel.plan.tracker import tracker
from diogel.records.owners import set_owners
from tests.kept import lay_examples

pytestmark = pytest.mark.slow


class TestTheExamples(TestCase):
    """Each plan as its example holds it, and with a lead person for every action."""

    @classmethod
    def setUpTestData(cls):
        lay_examples(with_people=False)
        cls.user = make_user(make_person("Ann", "Enghraifft"))
        for partnership in Partnership.objects.all():
            hold(cls.user, partnership, Role.CO_ORDINATOR)
        cls.plans = list(Plan.objects.standing().select_related("partnership"))
        for plan in cls.plans:
            for held in plan.numbers.standing().select_related("action"):
                set_owners(held.action, [cls.user.person], by=cls.user, seen=held.action.version)

    def test_they_go_out_to_word_in_either_language_and_come_in_without_a_difference(self):
        for plan in self.plans:
            for language in ("cy", "en"):
                document = plan_document(plan, self.user, language=language, on=DAY, with_people=True)
                wrong, steps = differences(document, plan, self.user, language)
                assert wrong == []
                assert len([step for step in steps if step.kind == "actions"]) == plan.numbers.count()
                assert len([step for step in steps if step.kind == "outcomes"]) == plan.outcomes.count()

    def test_their_trackers_come_in_without_a_difference_in_either_language(self):
        assert len(self.plans) > 1
        for plan in self.plans:
            for language in ("cy", "en"):
                with override(language):
                    data = tracker(plan, self.user, on=DAY, with_people=True)
                wrong, steps = differences(data, plan, self.user, language)
                assert wrong == []
                assert len(steps) == plan.numbers.count()
