"""A calendar file after RFC 5545: whole days only, nothing but titles, days and where to read more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

LONGEST = 75
"""Octets of a line, its end apart (RFC 5545, 3.1)."""


@dataclass(frozen=True)
class Event:
    """Something on whole days, from `on` for `days` days. `uid` never changes; `edition` grows when the event is changed."""

    uid: str
    on: date
    title: str
    url: str
    days: int = 1
    edition: int = 0


def calendar_file(events: Iterable[Event], *, name: str, language: str, made_at: datetime) -> bytes:
    """The file, in UTF-8. `made_at` is a moment in UTC."""
    stamp = f"{made_at:%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Diogel//Year wheel//{language.upper()}", "CALSCALE:GREGORIAN"]
    lines += [f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H"]
    for event in events:
        lines += _event(event, language, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def _event(event: Event, language: str, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"SEQUENCE:{event.edition}"
    yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.on + timedelta(days=event.days):%Y%m%d}"  # the first day that is no longer part of it
    yield f"SUMMARY;LANGUAGE={language}:{escaped(event.title)}"
    yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """A TEXT value: backslash, comma, semicolon and the end of a line are written out; other control characters are not allowed."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(sign for sign in plain if sign in "\n\t" or (sign >= " " and sign != "\x7f"))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> bytes:
    """The line with its end, broken so that no piece is longer than `LONGEST` octets; never within a letter."""
    pieces, piece = [], b""
    for sign in line:
        octets = sign.encode("utf-8")
        if len(piece) + len(octets) > LONGEST:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
