"""Tells revisions in whole sentences of Welsh or English, from templates that a reader of both has checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ..explain.telling import plural, span
from .revised import ByAge, Recoding, Revisions

Language = Literal["cy", "en"]
Both = tuple[str, str]
SENTENCES = Path(__file__).with_name("sentences.toml")
NOT_TOLD = "–"


def sentence(revisions: Revisions, label: Both, language: Language) -> str:
    """How many figures changed, the totals of both vintages, and whether they lean one way. `label`: what they count, Welsh first."""
    whole, leaning = revisions.whole, revisions.leaning
    key = leaning.lean if whole.changed else "none"
    return _said(
        "revised", key, language, label=label[_side(language)], cells=f"{whole.cells:,}", changed=f"{whole.changed:,}",
        was=f"{whole.was:,}", now=f"{whole.now:,}", share=_share(whole.share), one_way=f"{max(leaning.up, leaning.down):,}",
        series=f"{leaning.up + leaning.down:,}",
    )  # fmt: skip


def told_ages(revisions: Revisions, language: Language) -> list[str]:
    """A sentence for each age of figure that has one of `LEAST_BASE` or more, the newest first."""
    return [
        _said("age", _age_key(one), language, **_age(one)) for one in revisions.by_age if one.sum.share is not None and one.low is not None
    ]


def told_recodings(recodings: Sequence[Recoding], names: Mapping[str, Both], language: Language) -> list[str]:
    """A sentence for each move between types; a type without a name is told by its own label."""
    side = _side(language)
    return [
        _said(
            "recoded", "moved", language, first=span((one.first,), language), last=span((one.last,), language), moved=f"{one.moved:,}",
            kept=f"{100 * one.kept:.0f}%", out_of=_listed(one.out_of, names, side), into=_listed(one.into, names, side),
        )
        for one in recodings
    ]  # fmt: skip


def _age_key(one: ByAge) -> str:
    if one.oldest is None:
        return "older"
    if one.youngest == one.oldest:
        return "newest" if one.youngest == 0 else "single"
    return "span"


def _age(one: ByAge) -> dict[str, str]:
    oldest = "" if one.oldest is None else str(one.oldest)
    return {
        "n": str(one.youngest), "youngest": str(one.youngest), "oldest": oldest, "share": _share(one.sum.share), "low": _share(one.low), "high": _share(one.high),
    }  # fmt: skip


def _listed(types: Sequence[str], names: Mapping[str, Both], side: int) -> str:
    return "; ".join(names.get(one, (one, one))[side] for one in types)


def _share(value: float | None) -> str:
    """A signed percentage to a tenth; nought has no sign."""
    if value is None:
        return NOT_TOLD
    tenths = round(1000 * value)
    return f"{'+' if tenths > 0 else '−' if tenths < 0 else ''}{abs(tenths) / 10:.1f}%"


def _said(kind: str, key: str, language: Language, **values: Any) -> str:
    held = _sentences()[kind][key][language]
    if isinstance(held, Mapping):
        held = held.get(plural(int(values["n"]), language), held["other"])
    return str(held).format(**values)


@cache
def _sentences() -> dict[str, Any]:
    return tomllib.loads(SENTENCES.read_text(encoding="utf-8"))


def _side(language: str) -> int:
    if language not in ("cy", "en"):
        raise ValueError(f"sentences are told in cy or en, not in {language!r}")
    return 0 if language == "cy" else 1
