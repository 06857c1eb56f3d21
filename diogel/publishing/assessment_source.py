"""An assessment as plain values, everything it holds: what of it may leave is decided by the allow-lists alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects

from diogel.assessment.models import Assessment, Dissent, Evidence, Score, StatutorySection, Theme
from diogel.assessment.reading import Whole
from diogel.words.dated import is_dated
from diogel.words.pairs import Pair, PairState

from .snapshot_sources import everything

GOES_OUT = "OFFICIAL"
"""The only marking that evidence may bear and still be told to everyone."""
OPEN_TO_ALL = ("", "PUBLIC", GOES_OUT)
Row = dict[str, Any]
_NOT_IN_A_CODE = re.compile(r"[^\w./-]+")


def source(whole: Whole, *, audience: str, day: date) -> Row:
    """The assessment whole. For the public, what rests on evidence above OFFICIAL is held back, and the evidence itself left out; so is
    who did not agree."""
    assessment, is_public = whole.assessment, audience == "public"
    row = everything(assessment)
    approved = next((made.on for made in reversed(assessment.moves.all()) if made.to_status == "approved"), None)
    return row | {
        "partnership": everything(assessment.partnership),
        "approved_on": approved,
        "day": day,
        "method": _method(assessment),
        "sections": list(_sections(whole, is_public=is_public)),
        "themes": _themes(whole, is_public=is_public),
        "requests": [everything(each) | {"body": everything(each.body)} for each in whole.requests],
    }


def goes_out(evidence: Evidence) -> bool:
    """Whether a piece of evidence may be told to everyone: a marking that is not known counts as one above OFFICIAL."""
    return evidence.marking.strip().upper() in OPEN_TO_ALL


def _sections(whole: Whole, *, is_public: bool) -> Any:
    if is_public:
        prefetch_related_objects(list(whole.sections.values()), "evidence")
    for about in StatutorySection.About.values:
        row = whole.sections.get(about)
        if row is None:
            yield {"about": about, "text": Pair("", "", PairState.MISSING), "is_kept_inside": False}
        elif is_public and not all(goes_out(each) for each in row.evidence.all() if not each.withdrawn_on):
            yield {"about": about, "text": Pair("–", "–", PairState.CHECKED), "is_kept_inside": True}
        else:
            yield everything(row) | {"is_kept_inside": False}


def _themes(whole: Whole, *, is_public: bool) -> list[Row]:
    dissents: defaultdict[int, list[Dissent]] = defaultdict(list)
    if not is_public:
        for each in Dissent.objects.standing().filter(theme__assessment=whole.assessment).select_related("body"):
            dissents[each.theme_id].append(each)
    return [_theme(whole, theme, number, dissents[theme.pk], is_public=is_public) for number, theme in enumerate(whole.in_order(), start=1)]


def _theme(whole: Whole, theme: Theme, number: int, dissents: Sequence[Dissent], *, is_public: bool) -> Row:
    evidence = whole.evidence[theme.pk]
    told = [each for each in evidence if goes_out(each)] if is_public else list(evidence)
    row, last, standing = everything(theme), whole.last_year.get(theme.pk), whole.standing_of(theme)
    if len(told) < len(evidence):
        row["rationale"] = None
    one = standing.one_change if standing and standing.one_change else (None, None)
    return row | {
        "number": number,
        "last_band": last["band"] if last else "",
        "last_risk": last["score"].risk if last and last["score"] else None,
        "evidence": [_evidence(each) for each in told],
        "score": _score(whole.agreed.get(theme.pk)),
        "rank": standing.rank if standing else None,
        "rank_from": one[0],
        "rank_to": one[1],
        "given": whole.given.get(theme.pk, ()),
        "dissents": [_dissent(each, whole) for each in dissents],
    }


def _evidence(evidence: Evidence) -> Row:
    """A date that is none was kept before dates were looked at: it is left out. A marking that was typed with spaces is said with
    dashes. Neither stops a paper."""
    dated, marking = evidence.dated.strip(), _NOT_IN_A_CODE.sub("-", evidence.marking.strip())
    return everything(evidence) | {"dated": dated.replace("\u2013", "-") if is_dated(dated) else "", "marking": marking}


def _score(score: Score | None) -> Row | None:
    if score is None:
        return None
    parts = {part.code: part.high for part in score.method.scale.parts} if score.method else {}
    rows = [{"code": code, "value": value, "highest": parts.get(code)} for code, value in score.parts.items()]
    return everything(score) | {"highest": score.method.scale.highest if score.method else None, "parts": rows}


def _dissent(row: Dissent, whole: Whole) -> Row:
    method = whole.assessment.method
    factor = method.scale.factors.get(row.factor) if method else None
    named = Pair(factor.name_cy, factor.name_en, PairState.CHECKED) if factor else Pair(row.factor, row.factor, PairState.CHECKED)
    return everything(row) | {"body": everything(row.body), "factor": named}


def _method(assessment: Assessment) -> Row | None:
    method = assessment.method
    return everything(method) | {"bands": method.table["bands"]} if method else None
