"""Whole sentences about a figure in both languages, one for each case, for cards, papers and public pages.

Each sentence stands here twice, for one reader to check. What is put into it are numbers and phrases that are held whole
in the form the sentence needs (`yng Ngwynedd`, `ym mis Tachwedd 2021`), in places where no Welsh word changes another.
A sentence that is a title has no full stop.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from diogel.analysis.explain import month_names, when
from diogel.analysis.periods import Month, Quarter
from diogel.words.pairs import Pair

from .found import LEAST_ODDS

Both = tuple[str, str]

MONTHS: tuple[Both, ...] = month_names()

PLACES: dict[str, Both] = {
    "Isle of Anglesey": ("yn Ynys Môn", "in Anglesey"),
    "Gwynedd": ("yng Ngwynedd", "in Gwynedd"),
    "Conwy": ("yng Nghonwy", "in Conwy"),
    "Denbighshire": ("yn Sir Ddinbych", "in Denbighshire"),
    "Flintshire": ("yn Sir y Fflint", "in Flintshire"),
    "Wrexham": ("yn Wrecsam", "in Wrexham"),
    "North Wales": ("yng Ngogledd Cymru", "in North Wales"),
}
ANY_PLACE: Both = ("yn ardal {place}", "in {place}")

SUBJECTS: dict[str, Both] = {
    "Anti-social behaviour": ("ymddygiad gwrthgymdeithasol", "anti-social behaviour"),
    "Bicycle theft": ("dwyn beiciau", "bicycle theft"),
    "Burglary": ("byrgleriaeth", "burglary"),
    "Criminal damage and arson": ("difrod troseddol a llosgi bwriadol", "criminal damage and arson"),
    "Drugs": ("troseddau cyffuriau", "drug offences"),
    "Other crime": ("troseddau eraill", "other crime"),
    "Other theft": ("mathau eraill o ddwyn", "other theft"),
    "Possession of weapons": ("troseddau meddu ar arfau", "possession of weapons"),
    "Public order": ("troseddau trefn gyhoeddus", "public order offences"),
    "Robbery": ("lladrad", "robbery"),
    "Shoplifting": ("dwyn o siopau", "shoplifting"),
    "Theft from the person": ("dwyn oddi ar y person", "theft from the person"),
    "Vehicle crime": ("troseddau cerbydau", "vehicle crime"),
    "Violence and sexual offences": ("trais a throseddau rhywiol", "violence and sexual offences"),
}
"""Each type of police.uk as the subject of a sentence. The English verbs below suit one and many alike."""

FOLLOWS_POLICE_WORK = frozenset({"Drugs", "Possession of weapons"})

HEADLINES: dict[str, Both] = {
    "higher": ("Roedd {subject} {place} uwchlaw’r ystod ddisgwyliedig {when}", "{subject} {place} stood above the expected range {when}"),
    "lower": ("Roedd {subject} {place} islaw’r ystod ddisgwyliedig {when}", "{subject} {place} stood below the expected range {when}"),
    "": ("Roedd {subject} {place} o fewn yr ystod ddisgwyliedig {when}", "{subject} {place} stayed within the expected range {when}"),
    "too_short": (
        "Nid oes digon o hanes i ddweud a oedd {subject} {place} yn anarferol {when}",
        "There is too little history to judge {subject} {place} {when}",
    ),
    "missing": (
        "Nid oes data cyflawn ar gyfer {subject} {place} {when}",
        "The data on {subject} {place} are not complete {when}",
    ),
}

COUNTS: dict[str, Both] = {
    "one": ("Cofnodwyd {n} {when}; disgwylid {low} i {high}", "{n} was recorded {when}; {low} to {high} were expected"),
    "many": ("Cofnodwyd {n} {when}; disgwylid {low} i {high}", "{n} were recorded {when}; {low} to {high} were expected"),
    "about": ("Cofnodwyd {n} {when}; disgwylid tua {expected}", "{n} were recorded {when}; about {expected} were expected"),
    "alone": ("Cofnodwyd {n} {when}", "Recorded {when}: {n}"),
}

BETTER: dict[str, Both] = {
    "up": ("mae mwy yn well", "more is better"),
    "down": ("mae llai yn well", "fewer is better"),
    "neither": ("nid yw mwy na llai yn well ynddo’i hun", "neither more nor fewer is better in itself"),
}

POLARITY: dict[tuple[str, str], Both] = {
    ("higher", "up"): ("Uwch na’r disgwyl. Mae mwy yn well.", "Higher than expected. More is better."),
    ("higher", "down"): ("Uwch na’r disgwyl. Mae llai yn well.", "Higher than expected. Fewer is better."),
    ("higher", "neither"): (
        "Uwch na’r disgwyl. Nid yw mwy na llai yn well ynddo’i hun.",
        "Higher than expected. Neither more nor fewer is better in itself.",
    ),
    ("lower", "up"): ("Is na’r disgwyl. Mae mwy yn well.", "Lower than expected. More is better."),
    ("lower", "down"): ("Is na’r disgwyl. Mae llai yn well.", "Lower than expected. Fewer is better."),
    ("lower", "neither"): (
        "Is na’r disgwyl. Nid yw mwy na llai yn well ynddo’i hun.",
        "Lower than expected. Neither more nor fewer is better in itself.",
    ),
    ("", "up"): ("O fewn yr ystod ddisgwyliedig. Mae mwy yn well.", "Within the expected range. More is better."),
    ("", "down"): ("O fewn yr ystod ddisgwyliedig. Mae llai yn well.", "Within the expected range. Fewer is better."),
    ("", "neither"): (
        "O fewn yr ystod ddisgwyliedig. Nid yw mwy na llai yn well ynddo’i hun.",
        "Within the expected range. Neither more nor fewer is better in itself.",
    ),
}

POLICE_WORK: dict[str, Both] = {
    "higher": (
        "Uwch na’r disgwyl. Mae’r ffigur hwn yn dilyn gwaith yr heddlu, felly nid yw mwy na llai yn well ynddo’i hun.",
        "Higher than expected. This figure follows what the police look for, so neither more nor fewer is better in itself.",
    ),
    "lower": (
        "Is na’r disgwyl. Mae’r ffigur hwn yn dilyn gwaith yr heddlu, felly nid yw mwy na llai yn well ynddo’i hun.",
        "Lower than expected. This figure follows what the police look for, so neither more nor fewer is better in itself.",
    ),
    "": (
        "O fewn yr ystod ddisgwyliedig. Mae’r ffigur hwn yn dilyn gwaith yr heddlu, felly nid yw mwy na llai yn well ynddo’i hun.",
        "Within the expected range. This figure follows what the police look for, so neither more nor fewer is better in itself.",
    ),
}

ODDS: dict[str, Both] = {
    "about": ("tua 1 chwarter ym mhob {n}", "about 1 quarter in {n}"),
    "rarer": ("llai nag 1 chwarter ym mhob {n}", "fewer than 1 quarter in {n}"),
}

KINDS: dict[str, Both] = {
    "over": ("un mis, ar ben cyn diwedd y chwarter", "one month, over before the quarter ended"),
    "latest": ("y mis diweddaraf: rhy gynnar i ddweud a fydd yn para", "the latest month: too early to say whether it will last"),
    "several": ("mwy nag un mis o’r chwarter", "more than one month of the quarter"),
    "quarter": ("y chwarter cyfan", "the quarter as a whole"),
    "level": ("lefel newydd ers cyn y chwarter", "a new level since before the quarter"),
}


def finding_sentence(finding: Mapping[str, Any], area: Pair | Both, type_name: str, language: str) -> str:
    """The finding as a title, with no full stop: what, where, when, and on which side of its expected range.

    `finding` is a card's finding or a row of a look's series (see `found`), `area` the two names of its area, `type_name`
    the police.uk name of its type; `language` cy or en.
    """
    verdict = finding.get("verdict", "")
    case = verdict if verdict in ("too_short", "missing") else finding["direction"]
    said = _half(HEADLINES[case], language).format(
        subject=_half(SUBJECTS.get(type_name, (type_name, type_name)), language),
        place=place_phrase(area, language),
        when=when_phrase(odd_months(finding), language),
    )
    return said[0].upper() + said[1:]


def count_sentence(finding: Mapping[str, Any], language: str) -> str:
    """The count and what was expected, as a title: `81 were recorded in November 2021; 12 to 61 were expected`."""
    told = finding.get("told") or _quarter_told(finding)
    months = told_months({"told": told})
    if told["expected"] is None:
        case = "alone"
    elif told["low"] is None:
        case = "about"
    else:
        case = "one" if told["observed"] == 1 else "many"
    values = {name: _number(told[name]) for name in ("low", "high") if told[name] is not None}
    return _half(COUNTS[case], language).format(
        n=_number(told["observed"]), when=when_phrase(months, language), expected=_number(told["expected"]), **values
    )


def polarity_sentence(direction: str, *, better: str = "", type_name: str = "", language: str) -> str:
    """Two short sentences: higher, lower or within, and whether up is good. `better` is up, down or neither; without it
    the type says it. KeyError for a direction or a `better` that is none."""
    if not better and type_name in FOLLOWS_POLICE_WORK:
        return _half(POLICE_WORK[direction], language)
    return _half(POLARITY[direction, better or better_of(type_name)], language)


def better_of(type_name: str) -> str:
    """Which way of a recorded type is good: fewer, but for what police find mostly by looking for it, neither."""
    return "neither" if type_name in FOLLOWS_POLICE_WORK else "down"


def better_words(better: str, language: str) -> str:
    return _half(BETTER[better], language)


def odds_words(finding: Mapping[str, Any], language: str) -> str:
    """How odd: about 1 quarter in so many, had nothing changed. All looks at the series are allowed for."""
    case = "rarer" if finding["one_in"] >= LEAST_ODDS else "about"
    return _half(ODDS[case], language).format(n=_number(finding["one_in"]))


def kind_words(finding: Mapping[str, Any], language: str) -> str:
    """What kind of oddness it is: one month, several, the quarter, or a new level."""
    case = finding["kind"]
    if case == "months":
        is_latest = finding["months"] == [finding["quarter"]]
        case = "several" if len(finding["months"]) > 1 else "latest" if is_latest else "over"
    return _half(KINDS[case], language)


def place_phrase(area: Pair | Both, language: str) -> str:
    """`yng Ngwynedd`, `in Gwynedd`; a place whose forms are not held is named behind a word that changes nothing."""
    cy, en = (area.cy, area.en) if isinstance(area, Pair) else area
    held = PLACES.get(en)
    return _half(held, language) if held else _half(ANY_PLACE, language).format(place=cy if language == "cy" else en)


def when_phrase(months: tuple[Month, ...], language: str) -> str:
    """One month, two of a year, or from the first to the last, as an adverb that follows any sentence."""
    return when(months, "cy" if language == "cy" else "en")


def odd_months(finding: Mapping[str, Any]) -> tuple[Month, ...]:
    """The months that a title names: single ones, those since the level changed, or the quarter's."""
    quarter = Quarter.parse(finding["quarter"])
    if finding["kind"] == "months" and finding["months"]:
        return tuple(Month.parse(month) for month in finding["months"])
    first = Month.parse(finding["since"]) if finding["kind"] == "level" and finding["since"] else quarter.months[0]
    return tuple(_between(first, quarter.ending))


def told_months(finding: Mapping[str, Any]) -> tuple[Month, ...]:
    """The months of the figure that is told, from the first to the last."""
    return tuple(_between(Month.parse(finding["told"]["first"]), Month.parse(finding["told"]["last"])))


def _quarter_told(finding: Mapping[str, Any]) -> dict[str, Any]:
    quarter = Quarter.parse(finding["quarter"])
    ends = {"first": str(quarter.months[0]), "last": str(quarter.ending)}
    return ends | {name: finding[name] for name in ("observed", "expected", "low", "high")}


def _between(first: Month, last: Month) -> list[Month]:
    return [first + at for at in range(last.since(first) + 1)]


def _half(both: Both, language: str) -> str:
    return both[0] if language == "cy" else both[1]


def _number(value: float | int | None) -> str:
    """Whole, thousands by comma, as both languages write it."""
    return "" if value is None else f"{round(value):,}"
