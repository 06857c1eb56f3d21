"""Whether a measure counts opinions: by the clause that follows, whoever is counted."""

import pytest

from diogel.plan.lint.opinions import counts_opinions

OPINIONS = (
    "Increase the number of people who feel safe",
    "An increase in the number of victims who feel safe",
    "Increase in the number of tenants who say they are satisfied",
    "Number of children who know where to get help",
    "Number of students aware of spiking",
    "Number of parents who are confident",
    "The number of service users reporting that they feel supported",
    "Number of victims who receive support and say they feel safer",
    "Number of visitors feeling safe at night",
    "number of people who report feeling safe",
    "Number of young women who do not feel safe",
    "Number of shop staff satisfied with the response",
    "Number of patients in treatment who still feel unsafe",
    "number of people who are aware of it",
    "number of people in Wrexham who, when asked, said they felt safe",
    "number of those who are fully aware",
    "Number of people and businesses that know whom to call",
    "Number of tenants who have said that police are trusted",
)
HONEST = (
    "Number of people in treatment",
    "Number of staff trained",
    "Number of people reporting hate crime",
    "Number of people who say no to drink-driving checks",
    "Number of activities that raise awareness",
    "Number of sessions on feeling safe at home",
    "Number of people who agree to take part",
    "Number of people made aware of Prevent",
    "Number of people known to services",
    "Number of offenders that the police know of",
    "Number of people helped to feel safe",
    "Number of licence conditions satisfied",
    "Number of people reporting that a crime took place",
    "Percentage of people who feel safe",
    "The number of residents who follow the feeds and read them",
    "Number of awareness sessions",
    "number of courses for people who need to know more",
    "Number of confident witnesses programmes",
    "Number of people who attend a course about knowing your rights",
    "number of homes fitted with alarms and locks",
    "number of people who were told what to say",
    "Number of people known to use new psychoactive substances who engage",
)
BARN = (
    "Cynnydd yn nifer y dioddefwyr sy’n teimlo’n ddiogel",
    "Cynyddu nifer y menywod sy’n teimlo’n ddiogel",
    "Nifer y bobl sy’n teimlo’n ddiogel",
    "Nifer y plant sy’n gwybod ble i gael help",
    "Nifer y myfyrwyr sy’n ymwybodol o sbeicio",
    "Nifer y tenantiaid sy’n dweud eu bod yn fodlon",
    "Nifer y rhieni a ddywedodd eu bod yn fodlon",
    "nifer y cyfranogwyr yn yr arolwg sy’n dweud eu bod yn teimlo’n ddiogel",
    "Nifer y rhieni hyderus",
    "Nifer y bobl sydd ddim yn teimlo’n ddiogel",
    "Nifer yr ymwelwyr yn teimlo’n ddiogel",
    "Cynyddu nifer y bobl sy’n ymwybodol o gyfrifoldebau dyletswydd Prevent",
)
GONEST = (
    "Nifer y bobl mewn triniaeth",
    "Nifer y bobl sy’n rhoi gwybod am droseddau casineb",
    "Monitro nifer y bobl sy’n adrodd am droseddau casineb",
    "Nifer y gweithgareddau codi ymwybyddiaeth",
    "nifer y bobl y gwyddys eu bod yn defnyddio sylweddau",
    "Nifer y bobl sy’n fodlon gwirfoddoli",
    "Nifer y rhai sy’n cytuno i gymryd rhan",
    "Nifer staff y partneriaid sy’n dilyn hyfforddiant",
    "Nifer y digwyddiadau lle mae pobl yn teimlo’n ddiogel",
    "Canran y bobl sy’n teimlo’n ddiogel",
    "nifer y bobl a gafodd wybod am y cynllun",
    "Nifer y bobl a wnaed yn ymwybodol",
)


@pytest.mark.parametrize("title", OPINIONS)
def test_a_number_of_those_who_feel_or_know_or_say_something_is_told_whoever_they_are(title):
    assert counts_opinions({"en": title, "cy": ""})


@pytest.mark.parametrize("title", HONEST)
def test_an_honest_count_is_let_be(title):
    assert not counts_opinions({"en": title, "cy": ""})


@pytest.mark.parametrize("title", BARN)
def test_the_same_is_told_in_welsh(title):
    assert counts_opinions({"cy": title, "en": ""})


@pytest.mark.parametrize("title", GONEST)
def test_an_honest_count_is_let_be_in_welsh(title):
    assert not counts_opinions({"cy": title, "en": ""})
