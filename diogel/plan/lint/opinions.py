"""Whether a measure counts people by what they feel, know or say, whatever the people are called: told by the clause that follows."""

from __future__ import annotations

import re

COUNTS = {"en": re.compile(r"\bnumbers? of\b", re.I), "cy": re.compile(r"\b(?:nifer|niferoedd|niferau)\b", re.I)}
PART = re.compile(r"[.;:]")
WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*|,")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


OPENS = {"who", "that", "which"}
OPENS_AGAIN = {"and", "or", "but", "they", ","}
"""Begin a clause where one was begun before."""
LIGHT = _set(
    "do does did have has had are is were was be been being would will can could may might not also now still always never often "
    "more less very quite then both each all"
)
"""Stand between the beginning of a clause and its verb; adverbs in -ly do too."""
FINITE = _set(
    "feel feels felt know knows knew think thinks thought believe believes believed agree agrees agreed understand understands understood "
    "say says said"
)
BARE = _set("feeling knowing thinking believing agreeing understanding saying aware unaware confident satisfied dissatisfied")
"""Hang on the noun itself, or on a verb before them: `tenants feeling safe`, `who report feeling safe`."""
NOT_BEFORE = _set("a an the this their of on about in for with by at from to into and or made been being")
"""What stands before one of these words when it is the matter of something counted: `sessions on feeling safe`, `people made aware`."""
CONSENT = {"agree": {"to"}, "agrees": {"to"}, "agreed": {"to"}, "agreeing": {"to"}, "say": {"no", "yes"}, "says": {"no", "yes"}}
CONSENT |= {"said": {"no", "yes"}, "saying": {"no", "yes"}}
"""Not an opinion with what follows: `who agree to take part`, `who say no`."""

_WELSH = re.compile(
    r"(?:(?<!\bwnaed )(?:\b(?:yn|sydd)|[’']n) (?:ddim |hefyd |bellach |dal i |wir )?"
    r"(?:teimlo|gwybod|ymwybodol|anymwybodol|meddwl|credu|cytuno(?! i\b)|hyderus|deall|dweud|(?:an)?fodlon (?:ar|â|ag|gyda|eu bod)\b)\b"
    r"|\ba (?:ddywed(?:odd|ai)?|ŵyr|wyddai|deiml(?:a|ai|odd)|gred(?:a|ai|odd)?|gytun(?:a|ai|odd)(?! i\b)|ddeall(?:odd|ai)?)\b"
    r"|(?<!\bo )(?<!\bam )(?<!\bar )(?<!\byn )(?<![’\']n )\b(?:ymwybodol|anymwybodol|hyderus)\b)",
    re.I,
)
_ELSEWHERE = re.compile(r"\b(?:lle|ble|pan|pryd)\b", re.I)
"""`Digwyddiadau lle mae pobl yn teimlo`: what is counted is not who feels."""


def counts_opinions(title: dict[str, str]) -> bool:
    """Whether a title counts who feels, knows, says or is aware of something; asked of each half by itself."""
    return any(judged(part) for half, judged in (("en", _is_english), ("cy", _is_welsh)) for part in _counted(title[half], COUNTS[half]))


def _counted(text: str, counts: re.Pattern[str]) -> list[str]:
    """What follows each word of counting, to the end of its sentence."""
    return [PART.split(after, maxsplit=1)[0] for after in counts.split(text)[1:]]


def _is_english(part: str) -> bool:
    words = [word.casefold() for word in WORD.findall(part)]
    is_open = is_begun = False
    for at, word in enumerate(words):
        if word in OPENS or (is_begun and word in OPENS_AGAIN):
            is_open = is_begun = True
        elif at and not _is_consent(words, at) and ((is_open and word in FINITE) or _is_bare(words, at, is_open=is_open)):
            return True
        elif word not in LIGHT and not word.endswith("ly"):
            is_open = False
    return False


def _is_bare(words: list[str], at: int, *, is_open: bool) -> bool:
    if words[at] not in BARE or words[at - 1] in (NOT_BEFORE - OPENS_AGAIN if is_open else NOT_BEFORE):
        return False
    return is_open or not words[at].endswith("satisfied") or words[at + 1 : at + 2] in (["with"], ["that"], ["about"])


def _is_consent(words: list[str], at: int) -> bool:
    return words[at + 1 : at + 2] != [] and words[at + 1] in CONSENT.get(words[at], ())


def _is_welsh(part: str) -> bool:
    found = _WELSH.search(part)
    return found is not None and not _ELSEWHERE.search(part[: found.start()])
