"""How the words of a plan are written: lines with bullets, the letters of commitments, the terms that outcomes name, first words."""

from __future__ import annotations

import re

from .table_reasons import Note

BULLET = re.compile(r"^\s*(?:[•·▪◦‣\uf0b7\uf0a7\uf02d\uf0d8]|[-–—*]\s|\(?[a-z]\)\s)\s*")
_TERMS = (
    ("short", re.compile(r"\b(short(?:er)? term|tymor byr|fyrdymor|tymor byrrach)\b", re.IGNORECASE)),
    ("medium", re.compile(r"\b(medium(?: to long)? term|(?:byr i |tymor )ganolig|tymor canolig)\b", re.IGNORECASE)),
    ("long", re.compile(r"\b(long(?:er)? term|tymor hir|hirdymor|tymor hwy|ultimately|yn y pen draw)\b", re.IGNORECASE)),
)
_MARKED_WITHIN = 45


def gone_on(words: dict[str, str], name: str, more: str) -> dict[str, str]:
    """The same words, one of them with more below it."""
    return words | {name: "\n".join(each for each in (words.get(name, ""), more.strip()) if each)} if more.strip() else words


def in_one(title: str, text: str) -> str:
    """A title and the text below it as the words of a commitment, which has no more than one."""
    if not (title and text):
        return title or text
    return f"{title} {text}" if title[-1] in ".:;!?" else f"{title}. {text}"


def split_terms(values: dict[str, str]) -> tuple[Note, ...]:
    """Parts one column of outcomes by what each paragraph says of its term; what says nothing goes with the one before it."""
    text = values.pop("outcome", "")
    if not text:
        return ()
    term, unsaid = "", False
    for line in text.split("\n"):
        term = next(
            (name for name, pattern in reversed(_TERMS) if pattern.search(line[:_MARKED_WITHIN])), term
        )  # "byr i ganolig" is medium
        unsaid = unsaid or not term
        name = term or "short"
        values[name] = "\n".join(each for each in (values.get(name, ""), line.strip()) if each)
    return (Note.of("no_term"),) if unsaid else ()


def bullets_in(text: str) -> bool:
    """Whether two lines of a text or more have bullets."""
    return sum(BULLET.match(line) is not None for line in text.split("\n")) > 1


def ending_list(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without the lines with bullets that end it, two or more, and these lines; the text and none where anything else ends it."""
    lines = [line for line in text.split("\n") if line.strip()]
    first = next((at for at, line in enumerate(lines) if BULLET.match(line)), len(lines))
    listed = lines[first:]
    if not first or len(listed) < 2 or not all(BULLET.match(line) for line in listed):
        return text, ()
    return "\n".join(lines[:first]), tuple(BULLET.sub("", line).strip() for line in listed)


def one_line(text: str) -> str:
    return " ".join(text.split())


def letter_at(at: int) -> str:
    return "abcdefghijklmnopqrstuvwxyz"[at] if at < 26 else str(at + 1)


def first_words(text: str, most: int = 90) -> str:
    """The first sentence of a text, or as many of its words as stand on a line."""
    line = one_line(ending_list(text)[0])
    sentence = re.split(r"(?<=[.!?;])(?<!^\d\.)(?<!^\d\d\.)\s", line, maxsplit=1)[0].rstrip(".;")
    if len(sentence) <= most:
        return sentence
    return line[: most + 1].rsplit(" ", 1)[0].rstrip(",;:-– ") + "…"
