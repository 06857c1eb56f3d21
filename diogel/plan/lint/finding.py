"""One thing that a rule found, and how it is said in both languages."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import override

SEVERITIES = ("error", "warning", "note")
"""An error contradicts itself; a warning leaves something out; a note is worth knowing and may well be meant."""


@dataclass(frozen=True)
class Found:
    """What a rule sees: the `subject` as kind:name, and what is put into the sentence, the same or a pair (Welsh, English)."""

    subject: str
    words: dict[str, Any]
    form: str = ""  # of a rule that has several sentences
    actions: tuple[int, ...] = ()  # numbers of those it speaks of: who may not see one of them is not told


@dataclass(frozen=True)
class Finding:
    """A rule's name, its subject (`action:15`), one sentence in each language and how grave it is."""

    rule: str
    subject: str
    message_en: str
    message_cy: str
    severity: str
    actions: tuple[int, ...] = ()

    @classmethod
    def of(cls, rule: str, found: Found) -> Finding:
        told = sentences()[rule]
        said = told[found.form] if found.form else told
        welsh, english = (
            said[language].format(**{name: word[at] if isinstance(word, tuple) else word for name, word in found.words.items()})
            for at, language in enumerate(("cy", "en"))
        )
        return cls(rule=rule, subject=found.subject, message_cy=welsh, message_en=english, severity=told["severity"], actions=found.actions)

    def say(self, language: str) -> str:
        return self.message_cy if language == "cy" else self.message_en

    @property
    def as_json(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if name != "actions"}


@cache
def sentences() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))


def day(iso: str) -> tuple[str, str]:
    """A day in words, in both languages."""
    halves = []
    for language in ("cy", "en"):
        with override(language):
            halves.append(date_format(date.fromisoformat(iso), "j F Y"))
    return halves[0], halves[1]


def named(pair: dict[str, str]) -> tuple[str, str]:
    """A name in both languages; where one half is missing the other stands in for it."""
    return pair["cy"] or pair["en"], pair["en"] or pair["cy"]
