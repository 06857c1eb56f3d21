"""A small count in a sentence that names a sensitive subject is found in either language, and what only looks like one is not."""

from __future__ import annotations

import pytest

from diogel.published.blocks import Paragraph
from diogel.publishing.scan_sentences import WORDS, Subjects, mutated, told
from diogel.publishing.tests.finished import made
from diogel.publishing.tests.test_scan import FORMS, kinds

NONE = Subjects(())
"""No measure is marked as sensitive: only words tell."""
HEADING = "Domestic homicide reviews / Adolygiadau dynladdiad domestig"


def found(text: str, near: str = "") -> list[str]:
    return [text[start:end] for start, end in told(text, NONE, near=near)]


@pytest.mark.parametrize(
    "text",
    """
Three domestic homicide reviews are open, and one is late.
There were two Channel referrals.
3 domestic homicide reviews are open.
2 hate crimes were reported in the schools.
two reports of hate crime in Bethesda
3 victims of domestic abuse were referred to MARAC; 2 modern slavery referrals
Of the domestic abuse cases, four were repeat ones.
One hate crime was reported.
There was only one modern slavery referral.
A single case of child exploitation was found.
Sexual offences: 3
Under action 7, 3 victims of domestic abuse were rehoused.
In the quarter 3 hate crimes were recorded.
2 of 5 victims of domestic abuse were seen.
Three children were seen.
The reviews are domestic homicide reviews. Four reviews in Gwynedd are at various stages.
One of the victims of rape was a child.
The panel met. Two people were referred to Prevent.
Both victims of stalking were supported.
Mae tri adolygiad dynladdiad domestig ar agor.
Cafwyd dwy drosedd gasineb ym Methesda.
Bu dau atgyfeiriad i Banel Channel.
Bu 2 atgyfeiriad i Channel.
Cofnodwyd tair o droseddau casineb.
Cyfeiriwyd pedair menyw oherwydd cam-drin domestig.
Roedd un achos o gaethwasiaeth fodern.
Un adolygiad dynladdiad sydd ar agor.
Cafodd tri phlentyn eu gweld.
Roedd a thri atgyfeiriad am gamfanteisio’n rhywiol ar blant.
Mae’r adolygiadau’n rhai dynladdiad domestig. Mae pedwar adolygiad yng Ngwynedd ar wahanol gamau.
Dim ond un a gafwyd oherwydd cam-drin domestig.
un o’r dioddefwyr trais rhywiol
Cafodd 3 o blant eu hecsbloetio.
Roedd dwy o’r pedair menyw wedi dioddef trais domestig.
3 DHRs are open
Four of the nine cases went to MARAC.
There were 2 rapes in 12 months.
Dwy allan o bum menyw a gafodd gymorth wedi cam-drin domestig.
2 out of 5 victims of domestic abuse were seen.
Recorded hate crime: four (Bangor), nine (Holyhead)
Hate incidents fell from 9 to 3.
The number of hate crimes was 3.
Hate crime rose from 1 to 4.
Cododd troseddau casineb o 1 i 4.
Hate crimes (3) were recorded.
three (3) hate crimes
on 3 May 2 hate crimes were recorded
Hate crimes: Bangor 3, Bethesda 12
Hate crime x 3
MARAC heard 14 cases, of which three were repeat.
Just one person was referred to Channel.
There was one hate crime and one hate incident.
There were a couple of hate crimes
2 domestic-abuse referrals
Mae 3 adolygiad dynladdiad domestig ar agor
Roedd ei phedair merch yn ddioddefwyr trais rhywiol
Cafodd dwy o fenywod eu masnachu; caethwasiaeth fodern oedd hynny
Four young people were exploited in county lines.
Adroddwyd am 1 drosedd gasineb
Un drosedd gasineb a adroddwyd.
Cafwyd un atgyfeiriad Prevent.
two Prevent referrals
1 person at risk of forced marriage
""".strip().splitlines(),
)
def test_a_small_count_in_the_sentence_of_a_sensitive_subject_is_found(text):
    assert found(text)


@pytest.mark.parametrize(
    "text",
    """
Action 3 answers domestic abuse; see page 2, section 6 and quarter 3.
Priority 1: domestic abuse and sexual violence
A domestic abuse service is now in 2 of 5 towns.
The three-year plan against hate crime has four actions.
Victims of domestic abuse are seen within three days.
Within three working days every victim of rape is called.
Domestic abuse rose by 3% (three per cent) between 1 and 4 March 2021 and from 2 to 8 February.
One in four women suffers domestic abuse; 1 in 3 of them more than once.
Two-thirds of domestic abuse is not reported.
Twenty-two hate crimes and two hundred referrals; dau ddeg dau o droseddau casineb.
£3 million for domestic abuse; £2 for hate crime.
Three new hate crime awareness sessions were held.
Four face-to-face events were held, and more people reported hate crime.
Children aged 3 to 4 and women aged 2 are at risk of exploitation.
Violence and sexual offences rose by 3 in Bangor.
Community MARAC heard two cases.
1. Domestic abuse
(2) Hate crime
Priorities 1, 2 and 3 answer hate crime.
No one should suffer domestic abuse.
One of the objectives is less domestic abuse.
The only one of its kind for domestic abuse.
The two counties share one domestic abuse service.
Mae un o bob pedair menyw yn dioddef cam-drin domestig.
Cynllun tair blynedd yn erbyn troseddau casineb.
O fewn tri diwrnod gwaith gwelir pob dioddefwr cam-drin domestig.
Blaenoriaeth 2: cam-drin domestig
Mae cam gweithredu 3 yn ateb troseddau casineb; gweler tudalen 2 ac adran 6.
Mae dwy sir yn rhannu gwasanaeth cam-drin domestig.
Cynhaliwyd tair sesiwn am droseddau casineb.
2 o 5 tref sydd â gwasanaeth cam-drin domestig.
Plant 3 a 4 oed a throseddau casineb.
Live Fear Free: 0808 80 10 800, for domestic abuse, 24 hours a day, 7 days a week.
The section 6 duty on domestic abuse and the level 3 course on hate crime.
Domestic abuse course for Year 4 pupils on 3 May at 2 p.m. in both counties
Counts of 1 to 4 about modern slavery are withheld.
Delir cyfrifon o 1 i 4 yn ôl mewn troseddau casineb.
Hate Crime Awareness Week, 9 to 16 October 2021
Yn flaenoriaeth Mae trais rhywiol ym mlaenoriaeth 1, er nad oes amcan yn enwi camfanteisio ar blant.
Two of the nine guides have been published: domestic abuse and fraud.
Canllawiau newydd Channel wedi’u rhannu o fewn y ddau gyngor
2 o’r 5 tref
Three primary schools have the hate crime project.
Cynhaliodd yr Uned Amrywiaeth ddau ddigwyddiad ar-lein am droseddau casineb.
Cynhaliwyd pedwar digwyddiad wyneb yn wyneb, ac adroddodd rhagor o bobl am droseddau casineb.
""".strip().splitlines(),
)
def test_what_is_no_count_of_people_or_cases_raises_no_alarm(text):
    assert found(text) == []


@pytest.mark.parametrize("text", ["Three are late.", "There were 4 shops.", "Mae tri yn hwyr.", "Two cases of theft.", "Un achos o ddwyn."])
def test_a_small_count_of_anything_else_raises_no_alarm(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Four reviews in Gwynedd are at various stages.", ["Four"]),
        ("Mae pedwar adolygiad yng Ngwynedd ar wahanol gamau.", ["pedwar"]),
        ("Two of the reviews are late.", ["Two"]),
        ("One family was seen.", ["One"]),
        ("Two are late.", []),
        ("The two counties met three times.", []),
    ],
)
def test_people_and_reviews_are_counted_where_only_the_heading_names_the_subject(text, counts):
    assert found(text, near=HEADING) == counts
    assert found(text) == []


def test_a_number_stands_for_its_own_sentence():
    assert found("Two shops closed. Domestic abuse fell.") == []
    assert found("Domestic abuse fell. Two shops closed.") == []


@pytest.mark.parametrize("subject", WORDS["subjects"]["cy"])
def test_every_welsh_subject_is_known_by_its_mutations(subject):
    assert all(NONE.spoken_of(f"Bu sôn am {form}.") for form in mutated(subject))


@pytest.mark.parametrize("subject", [*WORDS["subjects"]["en"], *WORDS["subjects"]["names"]])
def test_every_english_subject_and_name_is_known_with_any_small_count(subject):
    assert all(found(f"There were {number}: {subject}") == [number] for number in ("1", "2", "3", "4", "two", "three", "four"))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Three domestic homicide reviews are open, and one is late. There were two Channel referrals."),
        ("cy", "Mae tri adolygiad dynladdiad domestig ar agor. Cafwyd dau atgyfeiriad i Channel."),
    ],
)
def test_such_a_sentence_is_found_in_every_kind_of_file(form, language, text):
    assert kinds(f"plan.{language}.{form}", made(language, form, blocks=(Paragraph(text),))) == ["small"]
