"""Signs that words were damaged on their way, by scanning or conversion: told with the place, and never mended by guessing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .table_reasons import Note

_LOST = re.compile("[\ufffd\u25a1\u2327]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uefff]")
_TWICE_READ = re.compile("Ã[\u0080-\u00bf]|â€[\u0080-\u00bf\u2122\u0153\u201c\u201d]|Å[\u00b5-\u00b7]|Â[\u00a0-\u00bf]")
_LATIN = re.compile("[\u1e00-\u1e7f\u1e86-\u1ef1\u1ef4-\u1eff\u0250-\u02af\u0400-\u04ff]")  # Ẁ to ẅ and Ỳ ỳ are Welsh
_TAB_INSIDE = re.compile(r"[^\W\d_]\t[^\W\d_]")
_ODD_APOSTROPHE = re.compile(r"\b[^\W\d_]{2,}['’][a-z]{3,}")
_LONG = re.compile(r"[^\W\d_]{26,}")
_MIDDLE_CAPITAL = re.compile(r"\b(?=[^\W\d_]{14})[^\W\d_]*[a-zŵŷâêîôûï]{4}[A-Z][a-z]{3}")  # 14: SharePoint is a word
_SINGLE = frozenset("AIYOEaiyoe&")
_HANGING = frozenset(
    re.findall(
        r"\w+",
        "the a an of and or to in for with by from at on that which their our its is are be will "  # English
        "y yr yn a ac o i am ar gan gyda ei eu ein neu sydd bod fel wrth drwy",  # Welsh
    )
)
_BULLET = re.compile(r"^\s*(?:[•·▪◦‣\uf0b7\uf0a7o*–—-]|\(?[a-z0-9]{1,3}[.)])\s+")
_NEAR = 40
_LEAST = 30


def damages(text: str) -> tuple[Note, ...]:
    """Each sign of damage in the words of one cell, with the words around it. Whole words of Welsh and English give none."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[Note]:
    bare = re.sub(r"(?m)^\s*[\uf0b7\uf0a7\uf02d\uf0d8]\s*", "", text)  # the bullets of Word's own typeface
    for code, pattern in (("replacement", _LOST), ("control", _CONTROL), ("wrong_letters", _TWICE_READ), ("odd_letter", _LATIN)):
        if hit := pattern.search(bare):
            yield Note.of(code, near=_near(bare, hit.start()))
    if (at := _split_at(bare)) is not None:
        yield Note.of("split_word", near=_near(bare, at))
    if hit := _LONG.search(bare) or _MIDDLE_CAPITAL.search(bare):
        yield Note.of("joined_words", near=_near(bare, hit.start()))
    lines = [line.strip() for line in bare.split("\n") if line.strip()]
    if lines and len(lines[0]) >= _LEAST and lines[0][0].islower() and not _BULLET.match(lines[0]):
        yield Note.of("begins_inside", near=lines[0][:_NEAR])
    if lines and len(lines[-1]) >= _LEAST and _hangs(lines[-1]):
        yield Note.of("breaks_off", near=lines[-1][-_NEAR:])


def _split_at(text: str) -> int | None:
    """Where a word is torn: a tab between letters, an apostrophe that is none, or single capitals among words in capitals."""
    for pattern in (_TAB_INSIDE, _ODD_APOSTROPHE):
        if hit := pattern.search(text):
            return hit.start()
    tokens = [(hit.group(), hit.start()) for hit in re.finditer(r"\S+", text)]
    for (before, _), (word, at), (after, _) in zip(tokens, tokens[1:], tokens[2:], strict=False):
        is_alone = len(word) == 1 and word.isalpha() and word not in _SINGLE
        if is_alone and before.isupper() and after.isupper() and (len(before) > 2 or len(after) > 2):
            return at
    return None


def _hangs(line: str) -> bool:
    last = line.split()[-1]
    return last.casefold() in _HANGING or (last.endswith("-") and len(last) > 2)


def _near(text: str, at: int) -> str:
    """Some words around a place, on one line."""
    start = max(0, at - _NEAR // 2)
    return " ".join(text[start : start + _NEAR].split()) or repr(text[at : at + 1])
