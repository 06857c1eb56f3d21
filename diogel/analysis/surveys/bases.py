"""What was asked of whom: a survey, its questions, and how many answered, did not, or were never asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Literal

Sampling = Literal["probability", "self_selected"]
Kind = Literal["one", "several"]


class _Without(Enum):
    """Why a respondent has no answer."""

    NOT_ANSWERED = "not answered"
    ROUTED_PAST = "routed past"


NOT_ANSWERED = _Without.NOT_ANSWERED
ROUTED_PAST = _Without.ROUTED_PAST

Answer = str | Collection[str] | _Without
"""One respondent's: an option, several of them where several may be ticked, or why there is none."""


@dataclass(frozen=True, kw_only=True)
class Survey:
    """How answers were got. Only a `probability` sample speaks for more people than answered; `modes` such as online, paper."""

    sampling: Sampling
    method: str
    modes: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.sampling not in ("probability", "self_selected"):
            raise ValueError(f"sampling is probability or self_selected, not {self.sampling!r}")


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question as it was put; `kind` says whether one option or several could be chosen."""

    code: str
    wording: str
    kind: Kind
    options: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.options) < 2 or len(set(self.options)) != len(self.options):
            raise ValueError(f"{self.code} needs two or more options, each once")
        if self.kind not in ("one", "several"):
            raise ValueError(f"{self.code}: one answer or several, not {self.kind!r}")


@dataclass(frozen=True, kw_only=True)
class Bases:
    """All who took part, by what they did with a question. Shares are of those who `answered` it, and of no others."""

    answered: int
    not_answered: int
    routed_past: int

    def __post_init__(self) -> None:
        if min(self.answered, self.not_answered, self.routed_past) < 0:
            raise ValueError("a base is never below zero")

    @property
    def asked(self) -> int:
        return self.answered + self.not_answered

    @property
    def took_part(self) -> int:
        return self.asked + self.routed_past


def chosen(question: Question, answer: Answer) -> frozenset[str] | None:
    """The options an answer names, None where there is no answer. ValueError for an option that the question does not have.

    Where several may be ticked, an empty collection is "not answered": nobody can tell it from a page passed over. A
    question for which "none of these" is an answer has it as an option.
    """
    if isinstance(answer, _Without):
        return None
    named = frozenset((answer,) if isinstance(answer, str) else answer)
    if strange := named - set(question.options):
        raise ValueError(f"{question.code} has no option {sorted(strange)[0]!r}")
    if question.kind == "one" and len(named) > 1:
        raise ValueError(f"{question.code} takes one answer, and {len(named)} came: {', '.join(sorted(named))}")
    return named or None


def bases(question: Question, answers: Iterable[Answer]) -> Bases:
    """Count who answered, who did not, and who was not asked."""
    answered = routed = none = 0
    for answer in answers:
        if answer is ROUTED_PAST:
            routed += 1
        elif chosen(question, answer) is None:
            none += 1
        else:
            answered += 1
    return Bases(answered=answered, not_answered=none, routed_past=routed)
