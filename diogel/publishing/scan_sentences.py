"""Find small counts in a text that tells of a sensitive subject. Its words, in both languages, stand in `scan_words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

WORDS = tomllib.loads(Path(__file__).with_name("scan_words.toml").read_text(encoding="utf-8"))
_SOFT = {"p": "b", "t": "d", "c": "g", "b": "f", "d": "dd", "g": "", "m": "f", "ll": "l", "rh": "r"}
_NASAL = {"p": "mh", "t": "nh", "c": "ngh", "b": "m", "d": "n", "g": "ng"}
_BREATHED = {"p": "ph", "t": "th", "c": "ch"}


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'")).strip().casefold()


def mutated(phrase: str) -> tuple[str, ...]:
    """A Welsh phrase with each beginning it may have: domestig, ddomestig; casineb, gasineb, chasineb, nghasineb."""
    forms = [phrase]
    for table in (_SOFT, _NASAL, _BREATHED):
        for begins, becomes in table.items():
            is_digraph = phrase[:2] in ("ch", "dd", "ff", "ng", "ph", "th", "ll", "rh") and len(begins) == 1
            if phrase.startswith(begins) and not is_digraph:
                forms.append(becomes + phrase[len(begins) :])
    if phrase[0] in "aeiouwyâêîôûŵŷ":
        forms.append(f"h{phrase}")
    return tuple(forms)


def _either(words: Iterable[str]) -> str:
    """Any of these, each of them a pattern; the longest first."""
    return "(?:" + "|".join(sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))) + ")"


def _forms(*tables: str) -> list[str]:
    """The words of these tables in both languages, Welsh ones in every form."""
    held = [WORDS[table] for table in tables]
    return [form for words in held for form in [*words["en"], *(form for word in words["cy"] for form in mutated(word))]]


def _both(*tables: str) -> str:
    return _either(_forms(*tables))


_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    "|Ionawr|Chwefror|Mawrth|Ebrill|Mai|Mehefin|Gorffennaf|Awst|Medi|Hydref|Tachwedd|Rhagfyr|Ion|Chwe|Maw|Ebr|Meh|Gor|Hyd|Tach|Rhag"
    "|Fawrth|Fai|Fehefin|Orffennaf|Fedi|Dachwedd|Ragfyr"  # after "o": 2 o Fawrth
)
_SMALL = _either(["two", "three", "four"] + [form for word in ("dau", "dwy", "tri", "tair", "pedwar", "pedair") for form in mutated(word)])
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|d?deg|ddeg"
_MANY = "hundred|thousand|million|billion|dozen|thirds?|quarters?|fifths?|deg|ddeg|[cgh]?[ch]?ant|[mf]il|[mf]iliwn|draean|thraean|chwarter"
_WHOLE = rf"(?:\d+|{_SMALL}|five|six|seven|eight|nine|ten|eleven|twelve|p?h?um|p?h?ump|bum|bump|chwech?|saith|wyth|naw|deg|ddeg)"
_GAP = "[ \u00a0]"
_SUBJECT = _either(rf"{re.escape(word)}\w*" for word in [*_forms("subjects"), *WORDS["subjects"]["names"]])
_BETWEEN = rf"(?:(?:{_either(WORDS['harmless']['between'])}|{_SUBJECT}){_GAP}){{0,3}}"
_OF_THEM = rf"(?:{_GAP}(?:(?:out{_GAP})?of(?:{_GAP}(?:the|these|those|our|its|all))?|(?:allan{_GAP})?o(?:['’][ri])?))?"
_END = r"(?![\w-]|['’]s)"
_UNITS, _HARMLESS = _both("units") + _END, _both("units", "harmless") + _END
_NO_NOUN = (
    "of|in|for|to|and|or|were|was|are|is|had|has|have|about|with|on|by|at|from|as|a|ac|i|o|yn|am|ar|gan|wedi|mewn|at|neu|drwy|bob|mhob"
)
# At most one word that the lists do not know stands between: “two late reviews”.
_COUNTED = rf"{_GAP}(?:(?!(?:{_NO_NOUN})\b)[^\W\d_][\w'’-]*{_GAP})?{_BETWEEN}{_both('counted')}\b"
_NEXT = rf"(?:\s*(?:,|-|–|and|to|a|ac|i)\s*\d+\b(?!{_GAP}(?:of|o|were|was)\b|{_OF_THEM}{_GAP}{_BETWEEN}{_both('counted')}\b))*"


def _not_after(*words: str) -> str:
    return "".join(rf"(?<!\b{word}{_GAP})" for word in words)


_IN_EVERY = rf"(?:in|in{_GAP}every|out{_GAP}of{_GAP}every|o{_GAP}[bp]ob|ym{_GAP}mhob)"
_LABEL = rf"{_not_after('this', 'that', 'each', 'every')}\b{_both('labels')}"
_LABEL_OR_WORD = rf"{_not_after('the', 'this', 'last', 'that', 'each', 'a', 'y', 'yr', '.r')}\b{_both('labels_and_words')}"

# Numbers that are no counts, by their place: dates and hours, labels with their number, numbers that are part of a larger one, shares,
# ages, the range that says how we withhold, decimals, codes, the number of a paragraph. Months and school years count as such only with
# their capital: "3 may be linked" is no date.
_NO_COUNTS = "|".join(
    [
        rf"\b(?:\d{{1,2}}(?:{_GAP}(?:to|and|until|i|a|hyd)(?:{_GAP}at)?{_GAP}|{_GAP}?[-–]{_GAP}?))?"
        rf"\d{{1,2}}(?:st|nd|rd|th|af|ain|ydd|fed|eg)?(?:{_GAP}(?:of|o))?{_GAP}(?-i:{_MONTHS})\b",
        r"\b\d{4}-\d{2}(?:-\d{2})?\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{1,2}[:.]\d{2}\b",
        rf"\b\d{{1,2}}{_GAP}?(?:[ap]\.m\.|o['’]clock|o['’]r{_GAP}gloch)",
        rf"{_LABEL}[ \u00a0.:#]{{1,3}}(?:\d+\b{_NEXT}|(?:one|{_SMALL})\b)",
        rf"{_LABEL_OR_WORD}[ \u00a0.:#]{{1,3}}\d+\b{_NEXT}",
        rf"(?-i:\b(?:Years?|[BFM]?lwyddyn|[BF]lynyddoedd)){_GAP}\d+\b{_NEXT}",
        rf"\b(?:{_SMALL}{_GAP})?(?:{_TENS})[ \u00a0-](?:one|un|{_SMALL})\b",
        rf"\b{_SMALL}[ \u00a0-](?:{_MANY})\b|\b(?:hundred|thousand)(?:{_GAP}and)?{_GAP}(?:one|{_SMALL})\b",
        rf"\b{_SMALL}(?:{_GAP}\w+)?{_GAP}ar{_GAP}(?:ddeg|bymtheg|hugain)\b|\b{_SMALL}{_GAP}ran{_GAP}o{_GAP}{_SMALL}\b",
        rf"\b(?:1|one|un|{_SMALL}){_GAP}{_IN_EVERY}{_GAP}(?:\d\d?(?![\d,])|{_WHOLE})\b(?!{_GAP}{_HARMLESS})",
        rf"\baged?{_GAP}(?:(?:under|over|dan|dros){_GAP})?\d+(?:{_GAP}?(?:to|and|or|-|–){_GAP}?\d+)?\b",
        rf"\b(?:{_WHOLE}{_GAP}?(?:i|a|ac|neu|-|–){_GAP}?)?{_WHOLE}(?:{_GAP}[mb]?lwydd)?{_GAP}oed\b",
        rf"\b(?:between|rhwng|(?:counts?|numbers?|figures?)(?:{_GAP}of)?|(?:c|g|ch|ngh)yfrif(?:on)?(?:{_GAP}o)?){_GAP}1\s*(?:-|–|to|and|i|a)\s*4\b",
        r"\d+(?:[.,]\d+)+|\d+\s*%|\d+\s*y cant\b|\d+\s*per cent\b|£\s?\d[\d.,]*|\b\d+\s*(?:million|thousand|miliwn|mil)\b",
        r"\b[A-Z]{1,4}-?\d+\b",
        r"\A\(?\d{1,2}[.):](?=\s)",
    ]
)


def _exempt(units: str) -> re.Pattern[str]:
    return re.compile(rf"\b{_WHOLE}{_OF_THEM}(?:{_GAP}{_WHOLE})?[ \u00a0-]{_BETWEEN}{units}|{_NO_COUNTS}", re.I)


_EXEMPT, _EXEMPT_IN_WORDS = _exempt(_UNITS), _exempt(_HARMLESS)
_BARE = re.compile(r"(?<![\w.,/:])[1-4](?![\w/]|[.,:]\d)")
_WORDS = re.compile(rf"\b{_SMALL}\b", re.I)
_ONE = re.compile(
    rf"\b(?:(?:{_not_after('the')}(?:only|just){_GAP}one|dim{_GAP}ond{_GAP}un)\b"
    rf"|(?:one|a{_GAP}single|both|couple{_GAP}of|un)(?={_OF_THEM}{_COUNTED}))",
    re.I,
)
_MAY_COUNT = re.compile(rf"(?<!\w)(?:[1-4](?!\d)|(?:{_SMALL}|one|a{_GAP}single|both|couple|un)\b)", re.I)
_PERSONS = re.compile(rf"{_OF_THEM}{_COUNTED}", re.I)
_CHILDREN = re.compile(rf"{_OF_THEM}{_GAP}(?:(?:young|school|vulnerable){_GAP})?{_both('children')}(?!\w)", re.I)
_SENTENCES_END = re.compile(r"(?<=[.!?…])['’”\")]*\s+(?=[\W_]*[^\W_a-z])")
_OTHER = re.compile(rf"\b{_either(WORDS['subjects']['other'])}\b", re.I)
_ANY_CASE = re.compile(rf"(?<!\w){_either(re.escape(form) for form in _forms('subjects'))}", re.I)
_AS_WRITTEN = re.compile(rf"(?<!\w){_either(WORDS['subjects']['names'])}(?!\w)")


class Subjects:
    """Sensitive subjects: by the titles of measures in both languages, and by the words that anybody would call them by."""

    def __init__(self, titles: Iterable[tuple[str, str]]) -> None:
        phrases = {form for cy, en in titles for form in (*mutated(plain(cy) or " "), plain(en)) if form.strip()}
        self._titles = (
            re.compile("|".join(rf"(?<!\w){re.escape(form)}" for form in sorted(phrases, key=len, reverse=True))) if phrases else None
        )

    def named_in(self, text: str) -> bool:
        """Whether it names a measure in which small counts are withheld."""
        return bool(self._titles and self._titles.search(plain(text)))

    def spoken_of(self, text: str) -> bool:
        """Whether it tells of a sensitive subject, by title or by its common words."""
        written = _OTHER.sub(" ", re.sub(r"\s+", " ", text.replace("’", "'")))
        spaced = re.sub(r"[-\u2010-\u2013]", " ", written)  # a domestic-abuse case
        return bool(self.named_in(text) or any(_ANY_CASE.search(said) or _AS_WRITTEN.search(said) for said in (written, spaced)))


def counts(text: str) -> Iterator[tuple[int, int]]:
    """The places of small counts in a text that names a sensitive measure."""
    yield from _counts_left(blank(text))


def told(text: str, subjects: Subjects, *, near: str = "") -> Iterator[tuple[int, int]]:
    """The places of small counts that a text tells of a sensitive subject: any in a sentence that names one; of people, cases and
    reviews where the subject is named by the text or by what stands `near` it; of children wherever they stand."""
    if not _MAY_COUNT.search(text):  # most texts, and telling so is quick
        return
    left = _blank(text, _EXEMPT_IN_WORDS)
    is_near = None
    for start, end in _counts_left(left):
        if subjects.spoken_of(_sentence_at(text, start)) or _CHILDREN.match(left, end):
            yield start, end
        elif _PERSONS.match(left, end):
            is_near = subjects.spoken_of(f"{text} / {near}") if is_near is None else is_near
            if is_near:
                yield start, end


def blank(text: str) -> str:
    """The text, as long as it was, without the numbers that are no counts."""
    return _blank(text, _EXEMPT)


def _blank(text: str, exempt: re.Pattern[str]) -> str:
    return exempt.sub(lambda found: "\x00" * len(found[0]), text)


def _counts_left(blanked: str) -> Iterator[tuple[int, int]]:
    for pattern in (_BARE, _WORDS, _ONE):
        for found in pattern.finditer(blanked):
            yield found.span()


def _sentence_at(text: str, place: int) -> str:
    ends = [found.start() for found in _SENTENCES_END.finditer(text)]
    first = max((end for end in ends if end <= place), default=0)
    last = min((end for end in ends if end > place), default=len(text))
    return text[first:last]
