"""What must be known before anyone quotes the paper: what is missing, provisional, corrected, short, partial or withheld."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from diogel.indicators.models import Observation
from diogel.published.blocks import Block, Bullets, Heading, Notice

from .quarterly_figures import release
from .quarterly_measured import LATE
from .quarterly_words import day_said, months_said, say

Told = Mapping[str, Any]


def caveats_blocks(content: Told, *, is_public: bool) -> list[Block]:
    """Whole sentences, each about one thing; then what was withheld, how often and why."""
    said = [*_of_crime(content), *_of_measures(content)]
    bullets: list[Block] = [Bullets(tuple(said))] if said else []
    return [Heading(2, _("Before you quote this")), *bullets, _withheld(content["withheld"], is_public=is_public)]


def _of_crime(content: Told) -> Iterator[str]:
    crime = content["crime"]
    if crime is None:
        yield _("No files of recorded crime are loaded. That is no data, not zero.")
        return
    if content["look"] is None:  # else it stands under the table
        yield release(content)
    if crime["partial"]:
        yield _("Files with far too few rows, which count as no data: %(months)s.") % {"months": months_said(crime["partial"])}
    if crime["missing"]:
        yield _("Months without a file, which are no data and not zero: %(months)s.") % {"months": months_said(crime["missing"])}
    if content["left_out"] and content["look"]:
        yield _("Months from which nothing was learnt about what to expect, because of a recorded event: %(months)s.") % {
            "months": months_said(content["left_out"])
        }
    if content["look"]:
        yield _("Rates are of residents. Visitors, and students whose home is elsewhere, are not among them.")


def _of_measures(content: Told) -> Iterator[str]:
    """Which figures of this quarter are not what a reader may take them for, by the codes of their measures."""
    now = {row["code"]: row["now"] for row in content["measures"] if row["now"]}
    by_reason: dict[str, list[str]] = {}
    for code, figure in now.items():
        if figure["state"] == Observation.State.MISSING:
            by_reason.setdefault(say(figure["reason"]), []).append(code)
    for reason, codes in by_reason.items():
        words = _("No data for these: %(codes)s. %(reason)s") if reason else _("No data for these, and no reason was given: %(codes)s.")
        yield words % {"codes": ", ".join(codes), "reason": reason}
    for words, holds in _kinds():
        codes = [code for code, figure in now.items() if holds(figure)]
        if codes:
            yield words % {"codes": ", ".join(codes)}


def _kinds() -> list[tuple[str, Callable[[Told], bool]]]:
    return [
        (_("Late: %(codes)s."), lambda figure: figure["state"] == LATE),
        (_("Provisional, and may change: %(codes)s."), lambda figure: figure["state"] == Observation.State.PROVISIONAL),
        (_("Corrected since first told: %(codes)s."), lambda figure: figure["is_corrected"]),
    ]


def _withheld(count: int, *, is_public: bool) -> Notice:
    """Said in both versions, so that nobody takes a paper without gaps for one from which nothing was kept."""
    if not is_public:
        return Notice(
            "withheld",
            _("Nothing is withheld from this version, which is for the partnership only. Withheld from the public one: %(n)s.")
            % {"n": count},
        )
    if not count:
        return Notice("withheld", _("Nothing is withheld from this paper."))
    words = _(
        "Figures withheld from this paper: %(n)s. They are counts of 1 to 4 in sensitive subjects, and figures that would reveal such a count."
    )
    return Notice("withheld", words % {"n": count})


def not_over(content: Told) -> str:
    """Where the quarter is still running, its figures are not those of a quarter."""
    return (
        ""
        if content["is_over"]
        else _("This quarter is not over. On %(day)s its figures are not complete.") % {"day": day_said(content["day"])}
    )
