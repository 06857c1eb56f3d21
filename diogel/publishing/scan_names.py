"""Find people in a text: names in either order, a surname beside a first name, an initial or a title, e-mail addresses, phone numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

# Letters, with what may ride on them unseen: combining marks, soft hyphens, spaces of no width.
_UNSEEN = "\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff"
_TOKEN = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_UNSEEN}])*")
_DROPPED = re.compile(rf"[{_UNSEEN}]")
_GAP = re.compile(r"[\W_]{0,6}")
_RANK_GAP = re.compile(r"[\W\d_]{0,10}")

# Titles that are nothing else, whatever their case; and titles that are also words, which count only with a capital.
_TITLES = "mr mrs ms mx dr prof rev cllr sgt insp supt cyng cyngh cynghorydd gynghorydd chynghorydd parch parchedig"
_WORDY_TITLES = (
    "miss professor sir dame lord lady reverend councillor alderman pc dc ds di dci dcc acc cc sergeant inspector superintendent constable "
    "detective officer commissioner judge nurse athro barchedig foneddiges arglwydd arglwyddes henadur heddwas rhingyll arolygydd cwnstabl "
    "gwnstabl swyddog comisiynydd gomisiynydd barnwr"
)
_SURE, _UNSURE = frozenset(_TITLES.split()), frozenset(_WORDY_TITLES.split())
_WORDS_OF_ONE_LETTER = frozenset("AIOY")

_EMAIL = re.compile(r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+")
_SPELLED = re.compile(r"[\w.+-]+\s*[\[({<]\s*(?:at|@)\s*[\])}>]\s*[\w.-]+(?:\s*[\[({<]\s*(?:dot|\.)\s*[\])}>]\s*\w+)*", re.I)
_DIGITS = re.compile(r"(?<![\w/#-])(?<!\d[.,])\+?\(?\d[\d\u00a0 ().\u2011-]{6,}\d(?!\w)")
_FIRST_GROUP = re.compile(r"\(?0[1235789]\d")
_REFERENCE = re.compile(r"(?:\bref(?:erence)?\b|cyfeirnod|\bisbn\b|\bdoi\b|\bnumber\b|\brhif\b|\bno\b)\W{0,6}$", re.I)


@dataclass(frozen=True)
class Person:
    """Somebody on file. What they are called, and every address and number that reaches them."""

    given: str
    family: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """What was found in a text, and where in it."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class _Token:
    word: str
    start: int
    end: int
    is_capital: bool


class People:
    """All people on file, ready to be looked for. Lines and addresses that are meant to be public are passed over."""

    def __init__(self, people: Iterable[Person], public_contacts: Iterable[str] = ()) -> None:
        held = tuple(people)
        self._public = {_squeezed(contact) for contact in public_contacts}
        self._emails = {_squeezed(address) for person in held for address in person.emails}
        self._phones = {_number(phone)[-9:] for person in held for phone in person.phones if len(_number(phone)) >= 7}
        self._families: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        self._given: set[str] = set()
        self._joined: set[str] = set()
        for person in held:
            self._learn(_words(person.given), _words(person.family))

    def _learn(self, given: tuple[str, ...], family: tuple[str, ...]) -> None:
        if not family:
            return
        self._families.setdefault(family[0], []).append((family, given))
        self._given.update(word for word in given[:1] if len(word) > 1)
        if given and len(given[0] + "".join(family)) >= 6:
            self._joined |= {given[0] + "".join(family), "".join(family) + given[0]}

    def found(self, text: str) -> list[Hit]:
        """Every hit, in order of place; overlapping hits are told once."""
        hits = [*self._names(text), *self._addresses(text), *self._numbers(text)]
        kept: list[Hit] = []
        for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
            if not kept or hit.start >= kept[-1].end:
                kept.append(hit)
        return kept

    def _names(self, text: str) -> Iterator[Hit]:
        tokens = _tokens(text)
        for at, token in enumerate(tokens):
            if token.word in self._joined:
                yield Hit("name", token.start, token.end)
            for family, given in self._families.get(token.word, ()):
                last = at + len(family) - 1
                if tuple(one.word for one in tokens[at : last + 1]) == family:
                    yield from self._beside(text, tokens, at, last, given)

    def _beside(self, text: str, tokens: list[_Token], first: int, last: int, given: tuple[str, ...]) -> Iterator[Hit]:
        """What stands next to a surname and makes it a person: their first name, any first name on file, an initial, a title."""
        whole = tokens[first - len(given) : first] if given and first >= len(given) else []
        if (
            len("".join(given)) > 1
            and tuple(one.word for one in whole) == given
            and all(map(_near(text), whole, [*whole[1:], tokens[first]]))
        ):
            yield Hit("name", whole[0].start, tokens[last].end)
            return
        for at in range(first - 1, max(first - 4, -1), -1):
            token = tokens[at]
            if not _close(text, token, tokens[at + 1], _RANK_GAP if token.word in _SURE | _UNSURE else _GAP):
                break
            if kind := self._before(token, tokens[first], given, text):
                yield Hit(kind, token.start, tokens[last].end)
                return
            if not (token.is_capital or len(token.word) == 1 or token.word in given):
                break
        if last + 1 < len(tokens) and _close(text, tokens[last], tokens[last + 1], _GAP) and self._after(tokens, first, last, given, text):
            yield Hit("name", tokens[first].start, tokens[last + 1].end)

    def _before(self, token: _Token, family: _Token, given: tuple[str, ...], text: str) -> str:
        are_capital = token.is_capital and family.is_capital
        if given and token.word == given[0] and (len(token.word) > 1 or are_capital):
            return "name"
        if token.word in _SURE or (token.word in _UNSURE and are_capital):
            return "title"
        if token.word in self._given and are_capital:
            return "name"
        if len(token.word) == 1 and are_capital and given and token.word == given[0][0]:
            is_dotted = text[token.end : token.end + 1] == "."
            return "name" if is_dotted or text[token.start] not in _WORDS_OF_ONE_LETTER else ""
        return ""

    def _after(self, tokens: list[_Token], first: int, last: int, given: tuple[str, ...], text: str) -> bool:
        """`Williams, Ann`; `Williams, A.`; or the first name of somebody else on file."""
        after = tokens[last + 1]
        is_initial = len(after.word) == 1 and after.is_capital and text[after.end : after.end + 1] == "."
        if given and (after.word == given[0] or (is_initial and after.word == given[0][0])):
            return True
        return after.word in self._given and after.is_capital and tokens[first].is_capital

    def _addresses(self, text: str) -> Iterator[Hit]:
        for pattern in (_EMAIL, _SPELLED):
            for found in pattern.finditer(text):
                if _squeezed(found[0]) not in self._public:
                    yield Hit("e-mail", found.start(), found.end())
        squeezed = _squeezed(text)
        if any(address in squeezed for address in self._emails) and not _EMAIL.search(text):
            yield Hit("e-mail", 0, len(text))

    def _numbers(self, text: str) -> Iterator[Hit]:
        for found in _DIGITS.finditer(text):
            number = _number(found[0])
            if number in self._public or f"0{number[2:]}" in self._public:
                continue
            is_known = number[-9:] in self._phones
            if is_known or (_looks_dialled(found[0], number) and not _REFERENCE.search(text[: found.start()])):
                yield Hit("phone", found.start(), found.end())


def _looks_dialled(written: str, number: str) -> bool:
    """A British number, or an international one: by its first group and its length. A date or a row of figures is neither."""
    if written.startswith(("+", "00")):
        return 10 <= len(number) <= 15
    return len(number) in (10, 11) and bool(_FIRST_GROUP.match(written))


def _near(text: str) -> Callable[[_Token, _Token], bool]:
    return lambda left, right: _close(text, left, right, _GAP)


def _close(text: str, left: _Token, right: _Token, gap: re.Pattern[str]) -> bool:
    return bool(gap.fullmatch(text[left.end : right.start]))


def _tokens(text: str) -> list[_Token]:
    return [_Token(_folded(found[0]), found.start(), found.end(), found[0][0].isupper()) for found in _TOKEN.finditer(text)]


def _words(name: str) -> tuple[str, ...]:
    return tuple(token.word for token in _tokens(name))


def _folded(word: str) -> str:
    """Lower case, without accents and without what takes no room: Siân and SIAN are one."""
    return _DROPPED.sub("", unicodedata.normalize("NFKD", word)).casefold()


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold() if "@" in text else (_number(text) or re.sub(r"\s+", "", text).casefold())


def _number(text: str) -> str:
    """The digits as dialled at home: +44 and 0044 become 0."""
    digits = re.sub(r"\D", "", text)
    if text.strip().startswith("+44") or digits.startswith("0044"):
        digits = "0" + digits.split("44", 1)[1].removeprefix("0")
    return digits
