"""What goes out comes in again and says no difference: plans made up at random."""

from datetime import date

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from diogel.assessment.models import Assessment, Duty, Theme
from diogel.exchange.tests.read_again import DAY, differences
from diogel.exchange.word_plan import plan_document
from diogel.people.models import Group
from diogel.people.tests.cast import bilingual, make_cast
from diogel.plan.models import Funding, Milestone, Number, Objective, Outcome, Plan, Priority, Section
from diogel.plan.tracker import tracker
from diogel.processes.actions.models import Action, SubAction
from diogel.processes.actions.process import STATUSES
from diogel.records.owners import set_owners

pytestmark = pytest.mark.slow

WORDS = st.lists(
    st.sampled_from(["train", "review", "the", "12", "No", "a)", "pilot", "ŵyl", "hate", "=", "1.", "•", "-", "Môn", "lead", "short term"]),
    min_size=1,
    max_size=9,
).map(" ".join)
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31))
ACTIONS = st.lists(
    st.tuples(WORDS, WORDS, DAYS, DAYS, st.sampled_from(sorted(STATUSES)), st.integers(0, 3), st.lists(WORDS, max_size=2), st.booleans()),
    min_size=1,
    max_size=4,
)


class TestAnyPlan(TestCase):
    """Our own words go out; whatever they are, they come in as they were."""

    @classmethod
    def setUpTestData(cls):
        cls.cast = make_cast()
        assessment = Assessment.objects.create(partnership=cls.cast.gwynedd_mon, code="a")
        cls.theme = Theme.objects.create(assessment=assessment, code="t", band="high", **bilingual("Thema", "Theme of theft", "title"))
        cls.group = Group.objects.create(partnership=cls.cast.gwynedd_mon, code="g", level="county", name_en="Board of the county")
        cls.money = [
            Funding.objects.create(
                partnership=cls.cast.gwynedd_mon, code=f"m{n}", title_en=f"Fund No {n} (for a year)", amount=amount, to_on=to_on
            )
            for n, (amount, to_on) in enumerate(((84000, date(2023, 3, 31)), ("1250.50", None), (None, date(2022, 12, 1))))
        ]
        cls.duty = Duty.objects.create(partnership=cls.cast.gwynedd_mon, code="d", **bilingual("Prevent", "Prevent duty", "title"))

    @settings(max_examples=6, deadline=None, derandomize=True, phases=[Phase.generate])
    @given(ACTIONS, st.lists(st.tuples(WORDS, WORDS, st.sampled_from("tdx"), st.integers(0, 4)), max_size=3))
    def test_an_exported_plan_comes_in_without_a_difference(self, actions, outcomes):
        cast = self.cast
        plan = Plan.objects.create(
            partnership=cast.gwynedd_mon, code="p", from_on=date(2022, 4, 1), to_on=date(2023, 3, 31), title_en="Plan"
        )
        sections = [Section.objects.create(plan=plan, code=f"s{n}", number=n, title_en=f"Heading {'abc'[n]} of the work") for n in range(2)]
        for n, (title, text, start, due, status, section, parts, is_led) in enumerate(actions, 1):
            action = Action.objects.create(
                kind="action", reference=f"p/{n}", partnership=cast.gwynedd_mon, status=status, opened_on=date(2022, 4, 1), title_en=title,
                text_en=text, started_on=start, promised_on=due,
            )  # fmt: skip
            action.bodies.set([cast.police, cast.council] if is_led else [])
            action.areas.set([cast.gwynedd] if is_led else [])
            for at, words in enumerate(parts):
                SubAction.objects.create(action=action, code=f"{n}{'ab'[at]}", title_en=words)
            held = Number.objects.create(plan=plan, action=action, number=n * 7, section=sections[section] if section < 2 else None)
            held.themes.set([self.theme] if is_led else [])
            held.duties.set([self.duty] if section == 3 else [])
            self._hang(action, title, due, section)
            SubAction.objects.filter(action=action).update(code=str(n * 7) + "a") if len(parts) == 1 else SubAction.objects.filter(
                action=action
            ).delete()
        for n in range(2):
            number = {"plan": plan, "number": n + 1}
            priority = Priority.objects.create(code=f"p{n}", title_en=f"Reduce harm {n}", **number)
            Objective.objects.create(plan=plan, priority=priority, code=f"{n + 1}.1", title_en=actions[0][1])
        for n, (outputs, short, whom, cited) in enumerate(outcomes, 1):
            theme, duty = self.theme if whom == "t" else None, self.duty if whom == "d" else None
            Outcome.objects.create(plan=plan, row=n, outputs_en=outputs, short_en=short, theme=theme, duty=duty, cited=cited * 7 or None)
        for data in (
            plan_document(plan, cast.ann, language="en", on=DAY, with_people=True),
            tracker(plan, cast.ann, on=DAY, with_people=True),
        ):
            wrong, steps = differences(data, plan, cast.ann, "en")
            assert wrong == []
            assert len([step for step in steps if step.kind == "actions"]) == len(actions)

    def _hang(self, action, title, due, section):
        """What hangs on an action: by the heading under which it stands, so that some have all of it and some nothing."""
        for fund in self.money[:section]:
            fund.actions.add(action)
        if section:
            Action.objects.filter(pk=action.pk).update(group=self.group)
            Milestone.objects.create(action=action, title_en=title, due_on=due or DAY, done_on=DAY if section > 1 else None)
            set_owners(action, [self.cast.bryn.person, self.cast.ann.person][:section], by=self.cast.ann, seen=action.version)
