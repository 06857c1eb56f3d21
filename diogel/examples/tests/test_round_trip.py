"""The plan of an example goes out to Word and Excel and comes in again without a difference."""

from django.test import TestCase

from diogel.exchange.tests.read_again import DAY, differences
from diogel.exchange.word_plan import plan_document
from diogel.people.access import Role
from diogel.people.models import Partnership
from diogel.people.tests.cast import hold, make_person, make_user
from diogel.plan.tracker import tracker
from tests.kept import lay_examples


class TestTheExample(TestCase):
    """The plan of Gwynedd and Anglesey as its example holds it."""

    @classmethod
    def setUpTestData(cls):
        lay_examples(with_people=False)
        cls.partnership = Partnership.objects.get(slug="gwynedd-mon")
        cls.user = make_user(make_person("Ann", "Enghraifft"))
        hold(cls.user, cls.partnership, Role.CO_ORDINATOR)
        cls.plan = cls.partnership.plans.first()

    def test_it_goes_out_to_word_in_either_language_and_comes_in_without_a_difference(self):
        for language in ("cy", "en"):
            wrong, steps = differences(plan_document(self.plan, self.user, language=language, on=DAY), self.plan, self.user, language)
            assert wrong == []
            assert len([step for step in steps if step.kind == "actions"]) == self.plan.numbers.count()
            assert len([step for step in steps if step.kind == "outcomes"]) == self.plan.outcomes.count()

    def test_its_tracker_comes_in_without_a_difference(self):
        wrong, steps = differences(tracker(self.plan, self.user, on=DAY), self.plan, self.user, "en")
        assert wrong == []
        assert len(steps) == self.plan.numbers.count()
