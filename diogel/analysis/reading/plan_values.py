"""Days, statuses, colours, bands, shares and numbers of actions as people write them in Welsh or English; what is not understood is None."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Mapping
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan ionawr ion", "february feb chwefror chwef chw", "march mar mawrth maw fawrth", "april apr ebrill ebr", "may mai",
            "june jun mehefin meh fehefin", "july jul gorffennaf gorffenaf gorff gor", "august aug awst aws", "september sept sep medi fedi",
            "october oct hydref hyd", "november nov tachwedd tach", "december dec rhagfyr rhag ragfyr",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip

STATUS_WORDS: Mapping[str, str] = {
    "proposed": "proposed", "cynigiwyd": "proposed", "wedi'i gynnig": "proposed", "arfaethedig": "proposed",
    "agreed": "agreed", "cytunwyd": "agreed", "wedi'i gytuno": "agreed", "planned": "agreed", "wedi'i gynllunio": "agreed",
    "not started": "not_started", "heb ddechrau": "not_started", "not yet started": "not_started", "to start": "not_started",
    "in progress": "in_progress", "ongoing": "in_progress", "on going": "in_progress", "started": "in_progress", "underway": "in_progress",
    "under way": "in_progress", "on track": "in_progress", "parhaus": "in_progress", "ar y gweill": "in_progress", "ar waith": "in_progress",
    "ar y trywydd iawn": "in_progress", "yn mynd rhagddo": "in_progress", "wedi dechrau": "in_progress",
    "on hold": "on_hold", "paused": "on_hold", "wedi'i oedi": "on_hold", "wedi'i ohirio": "on_hold", "deferred": "on_hold",
    "blocked": "blocked", "stuck": "blocked", "wedi'i rwystro": "blocked", "wedi'i atal": "blocked",
    "complete": "complete", "completed": "complete", "done": "complete", "closed": "complete", "finished": "complete",
    "cwblhawyd": "complete", "wedi'i gwblhau": "complete", "wedi'i gyflawni": "complete", "gorffenwyd": "complete",
    "carried forward": "carried_forward", "carried over": "carried_forward", "wedi'i gario ymlaen": "carried_forward",
    "superseded": "superseded", "wedi'i ddisodli": "superseded", "withdrawn": "withdrawn", "wedi'i dynnu'n ôl": "withdrawn",
    "tynnwyd yn ôl": "withdrawn",
}  # fmt: skip
RAG_WORDS: Mapping[str, str] = {
    "red": "red", "r": "red", "coch": "red", "amber": "amber", "a": "amber", "ambr": "amber", "oren": "amber", "orange": "amber",
    "melyn": "amber", "yellow": "amber", "green": "green", "g": "green", "gwyrdd": "green", "grey": "grey", "gray": "grey",
    "llwyd": "grey", "needs action now": "red", "on track": "green", "no suitable data": "grey",
    "not finished, or no effect yet": "amber",
}  # fmt: skip
BAND_WORDS: Mapping[str, str] = {
    "high": "high", "uchel": "high", "medium high": "medium_high", "medium to high": "medium_high", "canolig uchel": "medium_high",
    "medium": "medium", "canolig": "medium", "low": "low", "isel": "low",
}  # fmt: skip


def plain(text: str) -> str:
    """Words as they are compared: small letters, one space, no accents, dashes or stops."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace("‘", "'"))
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w\s'#&/%]|_", " ", bare).split())


_STATUS = {plain(word): code for word, code in STATUS_WORDS.items()}
_RAG = {plain(word): code for word, code in RAG_WORDS.items()}
_BAND = {plain(word): code for word, code in BAND_WORDS.items()}


def status_in(text: str) -> str | None:
    return _STATUS.get(plain(text))


def rag_in(text: str) -> str | None:
    return _RAG.get(plain(text))


def band_in(text: str) -> str | None:
    return _BAND.get(plain(text))


def percent_in(text: str) -> int | None:
    """A whole share from 0 to 100, with or without its sign."""
    hit = re.fullmatch(r"\s*(\d{1,3})(?:[.,]0+)?\s*%?\s*", text)
    return int(hit.group(1)) if hit and int(hit.group(1)) <= 100 else None


_PREFIX = r"(?:no|nos|number|num|action|project|ref|rhif|cam|prosiect|cam gweithredu)?"
_NUMBER = re.compile(rf"^\s*(?:{_PREFIX}\b)?[\s.:#]*(\d{{1,3}})\s*([a-z])?\s*[.):]?\s*$", re.IGNORECASE)
_BEFORE_TEXT = re.compile(r"^\s*(?:(?:no|rhif|action|cam)\b\.?\s*)?(\d{1,3})(?:\s*[.):]\s*|\t\s*|\s*[–-]\s+)(?=\S)", re.IGNORECASE)


def number_in(text: str) -> tuple[int, str] | None:
    """The number of an action and the letter of its commitment, if any: (6, "a") of `6a.`; None of a dotted number, or of 0."""
    hit = _NUMBER.match(text)
    return (int(hit.group(1)), (hit.group(2) or "").lower()) if hit and int(hit.group(1)) else None


def number_before(text: str) -> tuple[int, str] | None:
    """The number with which a text begins, and the text without it: `7. We will…`. A year or a plain figure is none."""
    hit = _BEFORE_TEXT.match(text)
    if hit is None or not int(hit.group(1)) or re.match(r"\d", text[hit.end() :]):
        return None
    return int(hit.group(1)), text[hit.end() :].strip()


def day_in(text: str, *, is_end: bool) -> tuple[date, bool] | None:
    """A day as written in either language, and whether it is exact: a month or a year alone gives its last day where `is_end`, else
    its first. Days stand before months, as in Britain."""
    said = plain(text.replace(".", "/"))
    said = re.sub(r"\b(\d{1,2})(st|nd|rd|th|af|ain|fed|eg|ydd|il)\b", r"\1", said)
    if hit := re.fullmatch(r"(\d{4})[ /-](\d{1,2})[ /-](\d{1,2})(?: .*)?", said):
        return _day(int(hit.group(1)), int(hit.group(2)), int(hit.group(3)))
    if hit := re.fullmatch(r"(\d{1,2})[ /-](\d{1,2})[ /-](\d{2}|\d{4})", said):
        return _day(_year(hit.group(3)), int(hit.group(2)), int(hit.group(1)))
    words = re.sub(r"\b(by|end|of|the|erbyn|diwedd|from|o|start|dechrau|mis)\b", " ", said).split()
    if len(words) == 3 and words[0].isdecimal() and words[1] in MONTHS and words[2].isdecimal():
        return _day(_year(words[2]), MONTHS[words[1]], int(words[0]))
    if len(words) == 2 and words[0] in MONTHS and re.fullmatch(r"\d{2}|\d{4}", words[1]):
        return _month(_year(words[1]), MONTHS[words[0]], is_end)
    if hit := re.fullmatch(r"(\d{1,2})/(\d{4})", said):
        return _month(int(hit.group(2)), int(hit.group(1)), is_end)
    return None


def _year(said: str) -> int:
    return int(said) + (2000 if len(said) == 2 else 0)


def _day(year: int, month: int, day: int) -> tuple[date, bool] | None:
    try:
        return date(year, month, day), True
    except ValueError:
        return None


def _month(year: int, month: int, is_end: bool) -> tuple[date, bool] | None:
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    return date(year, month, calendar.monthrange(year, month)[1] if is_end else 1), False


_QUARTER = re.compile(r"\b(?:q|quarter|chwarter|ch)\s*([1-4])\s+(\d{4})", re.IGNORECASE)


def quarter_in(text: str) -> str | None:
    """The last month of a quarter: of `2021-12`, of `October to December 2021` in either language, or of a financial `Q3 2021/22`."""
    if re.fullmatch(r"\d{4}-(03|06|09|12)", text.strip()):
        return text.strip()
    said = plain(text)
    if hit := _QUARTER.search(said):
        quarter, year = int(hit.group(1)), int(hit.group(2))
        return f"{year + 1}-03" if quarter == 4 else f"{year}-{quarter * 3 + 3:02d}"
    words = said.split()
    months = [MONTHS[word] for word in words if word in MONTHS]
    if len(months) == 2 and months[1] - months[0] == 2 and months[1] % 3 == 0 and words[-1].isdecimal() and len(words[-1]) == 4:
        return f"{words[-1]}-{months[1]:02d}"
    return None
