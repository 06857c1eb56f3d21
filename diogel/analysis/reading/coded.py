"""Reasons that know their code and their values, so that whoever has a catalogue can say them in another language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self

from .file_reasons import FILE_REASONS
from .harm_reasons import HARM_REASONS, HOLDS
from .reasons import REASONS
from .row_reasons import ROW_REASONS

EVERY: dict[str, str] = {**REASONS, **FILE_REASONS, **ROW_REASONS, **HARM_REASONS, **HOLDS}
"""Code to English words, of all reasons but those of files of places. Whole sentences, but for those of `ROW_REASONS` and `HOLDS`."""
Values = tuple[tuple[str, str], ...]


class Reason(str):
    """A reason in English that is also its `code` and its `values`, as (name, text) pairs; a text may itself be a reason."""

    code: str
    values: Values
    catalogue: ClassVar[Mapping[str, str]] = EVERY

    @classmethod
    def of(cls, code: str, /, **values: object) -> Self:
        """The reason of this code. KeyError for a code that is none."""
        made = cls(cls.catalogue[code] % values)
        made.code, made.values = code, _told(values)
        return made


class Refusal(ValueError):
    """Why something cannot be taken, in one English sentence; `code` and `values` say the same for a catalogue.

    `catalogue` holds the English by code: files of places have one of their own.
    """

    code: str = ""
    values: Values = ()
    catalogue: ClassVar[Mapping[str, str]] = EVERY

    @classmethod
    def because(cls, code: str, /, **values: object) -> Self:
        """The refusal of this code, its values as they are told."""
        fault = cls(cls.catalogue[code] % values)
        fault.code, fault.values = code, _told(values)
        return fault


def _told(values: dict[str, object]) -> Values:
    return tuple((name, value if isinstance(value, Reason) else str(value)) for name, value in values.items())
