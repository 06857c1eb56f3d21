"""Downloads one large archive politely: resumed where it broke off, bounded in tries and time, checked before it counts."""

from __future__ import annotations

import json
import shutil
import ssl
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.translation import gettext as _

from diogel import __version__

USER_AGENT = f"Diogel/{__version__} (community safety partnership software; one request at a time)"
CHUNK = 1 << 18
MOST_REDIRECTS = 4
PASSING = frozenset({408, 429, 500, 502, 503, 504})
"""Answers that a later try may better; any other refusal is final."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
LEAST_A_SECOND = 64
"""Bytes a second under which a line that still drips counts as stalled."""

Told = Callable[[int, int], None]
"""Told now and then how many bytes are held and how many there are."""


class Unfetched(Exception):
    """A file that cannot be had; the message says why, in the language that is spoken, and, where it helps, what to do.

    `code` names the reason for programs.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class _TryAgain(Exception):
    def __init__(self, why: str, *, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


@dataclass(frozen=True, kw_only=True)
class Manners:
    """How patient and how polite to be; all times in seconds."""

    tries: int = 6
    stall: float = 60.0  # a line that brings nothing for so long is given up
    back_off: float = 5.0  # before the second try; doubled before each further one
    pause: float = 3.0  # between two archives
    longest_wait: float = 900.0  # a server that asks for more is taken at its word: the command ends


@dataclass(frozen=True, kw_only=True)
class Download:
    """A whole file: where from, where it lies, how long it is, how much of it a former run had brought, and whether it is unchanged."""

    address: str
    path: Path
    size: int
    resumed_at: int
    is_unchanged: bool


@dataclass(frozen=True)
class _Note:
    """What the server said of the file when its first byte was kept: without it a part cannot be trusted."""

    address: str
    etag: str
    modified: str
    size: int

    @property
    def validator(self) -> str:
        """What If-Range may carry: a strong tag, or the date; a weak tag promises nothing about bytes."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.modified


def download(
    address: str,
    target: Path,
    *,
    manners: Manners,
    others: frozenset[str] = frozenset(),
    told: Told | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Download:
    """Bring the zip archive at `address` to `target`, going on from `target.part` where an earlier run left one.

    `others` names hosts that the address may hand on to; a redirect to any further one is refused. A `target` that
    lies there from before is asked after and brought again only if it changed. Raises Unfetched.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    for attempt in range(1, manners.tries + 1):
        try:
            return _once(address, target, manners=manners, others=others, told=told or (lambda held, size: None))
        except _TryAgain as fault:
            if attempt == manners.tries:
                said = {"address": address, "n": attempt, "why": fault}
                words = _(
                    "%(address)s could not be had in %(n)s tries. The last failure: %(why)s. "
                    "Run the same command again later: it goes on where it stopped."
                )
                raise Unfetched("too_many_tries", words % said) from fault
            wait = manners.back_off * 2 ** (attempt - 1) if fault.after is None else fault.after
            if wait > manners.longest_wait:
                asked = {"address": address, "seconds": f"{wait:.0f}"}
                words = _("%(address)s asks to wait %(seconds)s seconds before another try. Run the same command again then.")
                raise Unfetched("long_wait", words % asked) from fault
            sleep(wait)
    raise Unfetched("not_tried", _("%(address)s was not tried: the number of tries is %(n)s.") % {"address": address, "n": manners.tries})


def forget(target: Path) -> None:
    """Remove a downloaded archive with its part and its note."""
    for path in (target, _part(target), _noted(target)):
        path.unlink(missing_ok=True)


def _drop_part(target: Path) -> None:
    """Part and note go together: a note without its part would vouch for another file."""
    for path in (_part(target), _noted(target)):
        path.unlink(missing_ok=True)


def _part(target: Path) -> Path:
    return target.with_name(target.name + ".part")


def _noted(target: Path) -> Path:
    return target.with_name(target.name + ".note")


def _once(address: str, target: Path, *, manners: Manners, others: frozenset[str], told: Told) -> Download:
    note, part = _note_of(target, address), _part(target)
    if note is None or not note.validator:
        part.unlink(missing_ok=True)
    held = part.stat().st_size if part.exists() else 0
    if note and held == note.size:  # an earlier run ended between the last byte and the check
        return _whole(address, target, size=held, resumed_at=held)
    with _answer(address, _headers(target, note, held), stall=manners.stall, others=others) as answer:
        if answer.status == 304:
            return Download(address=address, path=target, size=target.stat().st_size, resumed_at=0, is_unchanged=True)
        held, size = _agreed(address, answer, target, note=note, held=held)
        if shutil.disk_usage(target.parent).free < size - held:
            told_size = {"address": address, "size": f"{(size - held) / 1e6:.0f}", "folder": target.parent}
            raise Unfetched("no_room", _("%(address)s needs %(size)s MB, which %(folder)s has no room for.") % told_size)
        if not held:
            _keep_note(target, address, answer, size)
        _receive(answer, part, held=held, size=size, stall=manners.stall, told=told)
    return _whole(address, target, size=size, resumed_at=held)


def _headers(target: Path, note: _Note | None, held: int) -> dict[str, str]:
    plain = {"User-Agent": USER_AGENT, "Accept": "application/zip, application/octet-stream", "Accept-Encoding": "identity"}
    if held and note:
        return plain | {"Range": f"bytes={held}-", "If-Range": note.validator}
    if note and note.etag and target.exists() and target.stat().st_size == note.size:
        return plain | {"If-None-Match": note.etag}
    return plain


def _agreed(address: str, answer: HTTPResponse, target: Path, *, note: _Note | None, held: int) -> tuple[int, int]:
    """From which byte this answer goes on, and how long the whole file is; refuses what is no archive."""
    if answer.status in PASSING:
        raise _TryAgain(_("the server answered %(status)s") % {"status": answer.status}, after=_retry_after(answer))
    if answer.status == 416:
        _drop_part(target)
        raise _TryAgain(_("the part held here no longer fits the file there"), after=0)
    if answer.status not in (200, 206):
        told = {"address": address, "status": f"{answer.status} {answer.reason}"}
        raise Unfetched("refused", _("%(address)s was refused with %(status)s. The month may not be published (yet).") % told)
    if "html" in answer.headers.get("Content-Type", "").lower():
        raise Unfetched("web_page", _("%(address)s answered with a web page instead of an archive.") % {"address": address})
    if answer.length is None:
        raise Unfetched("no_length", _("%(address)s does not say how long it is, so that it could not be checked.") % {"address": address})
    if answer.status == 200:
        return 0, answer.length
    size = held + answer.length
    same_file = note is not None and size == note.size and answer.headers.get("ETag", "") in ("", note.etag)
    if not held or not same_file or answer.headers.get("Content-Range", "") != f"bytes {held}-{size - 1}/{size}":
        _drop_part(target)
        raise _TryAgain(_("the server sent another stretch of the file, or of another file"), after=0)
    return held, size


def _receive(answer: HTTPResponse, part: Path, *, held: int, size: int, stall: float, told: Told) -> None:
    window, came = time.monotonic(), 0
    with part.open("ab" if held else "wb") as file:
        while held < size and (chunk := _chunk(answer, stall)):
            file.write(chunk)
            held, came = held + len(chunk), came + len(chunk)
            told(held, size)
            if time.monotonic() - window > stall:
                if came < LEAST_A_SECOND * stall:
                    raise _TryAgain(_("the line only drips"))
                window, came = time.monotonic(), 0
    if held < size:
        raise _TryAgain(_("the connection ended after %(held)s of %(size)s bytes") % {"held": held, "size": size})


def _chunk(answer: HTTPResponse, stall: float) -> bytes:
    try:
        return answer.read1(CHUNK)
    except TimeoutError as fault:
        raise _TryAgain(_("nothing came for %(seconds)s seconds") % {"seconds": f"{stall:g}"}) from fault
    except (OSError, HTTPException) as fault:
        raise _TryAgain(_("the connection broke")) from fault


def _whole(address: str, target: Path, *, size: int, resumed_at: int) -> Download:
    """Give a complete part its name, once the directory at the zip's end is readable.

    The checksums inside are looked at when files are taken out.
    """
    part = _part(target)
    with part.open("rb") as file:
        begin = file.read(512).lstrip().lower()
    if begin.startswith((b"<!doctype", b"<html")):
        _drop_part(target)
        raise Unfetched(
            "web_page", _("%(address)s answered with a web page, though it was announced as an archive.") % {"address": address}
        )
    try:
        with zipfile.ZipFile(part) as archive:
            archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as fault:
        _drop_part(target)
        raise _TryAgain(_("what came is not a whole zip archive")) from fault
    part.replace(target)
    return Download(address=address, path=target, size=size, resumed_at=resumed_at, is_unchanged=False)


def _retry_after(answer: HTTPResponse) -> float | None:
    """Seconds to wait, from a number or a date; None where the server names none that can be read."""
    text = (answer.headers.get("Retry-After") or "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


@contextmanager
def _answer(address: str, headers: dict[str, str], *, stall: float, others: frozenset[str]) -> Iterator[HTTPResponse]:
    """The answer at the end of any redirects. No proxy is asked: what comes is what the named host sent."""
    start = urlsplit(address)
    there = start
    for _hop in range(MOST_REDIRECTS + 1):
        connection = _connection(there, stall)
        try:
            try:
                path = (there.path or "/") + (f"?{there.query}" if there.query else "")
                connection.request("GET", path, headers=headers)
                answer = connection.getresponse()
            except TimeoutError as fault:
                raise _TryAgain(_("nothing came for %(seconds)s seconds") % {"seconds": f"{stall:g}"}) from fault
            except ssl.SSLCertVerificationError as fault:
                told = {"host": there.hostname, "why": fault.verify_message}
                raise Unfetched("not_proved", _("%(host)s cannot prove who it is: %(why)s.") % told) from fault
            except (OSError, HTTPException) as fault:
                raise _TryAgain(_("%(host)s could not be reached") % {"host": there.hostname}) from fault
            if answer.status not in REDIRECTS:
                yield answer
                return
            there = _next(start, there, answer.headers.get("Location", ""), others)
        finally:
            connection.close()
    raise Unfetched("endless", _("%(address)s hands on from address to address without an end.") % {"address": address})


def _connection(there: SplitResult, stall: float) -> HTTPConnection:
    if there.scheme not in ("http", "https") or not there.hostname:
        raise Unfetched("no_address", _("“%(address)s” is not an address of the web.") % {"address": there.geturl()})
    kind = HTTPSConnection if there.scheme == "https" else HTTPConnection
    return kind(there.hostname, there.port, timeout=stall)


def _next(start: SplitResult, there: SplitResult, location: str, others: frozenset[str]) -> SplitResult:
    onward = urlsplit(urljoin(there.geturl(), location))
    if onward.netloc != start.netloc and onward.netloc not in others:
        told = {"address": start.geturl(), "host": onward.hostname}
        raise Unfetched("other_host", _("%(address)s hands on to another host, %(host)s; that is not followed.") % told)
    if there.scheme == "https" and onward.scheme != "https":
        raise Unfetched(
            "not_encrypted", _("%(address)s hands on to an address without encryption; that is not followed.") % {"address": start.geturl()}
        )
    return onward


def _note_of(target: Path, address: str) -> _Note | None:
    try:
        note = _Note(**json.loads(_noted(target).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return note if note.address == address else None


def _keep_note(target: Path, address: str, answer: HTTPResponse, size: int) -> None:
    said = _Note(address, answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", ""), size)
    _part(target).unlink(missing_ok=True)  # an older part must never stand beside a newer note
    _noted(target).write_text(json.dumps(vars(said)), encoding="utf-8")
