"""Fetches a force's monthly street files from data.police.uk: which archives to ask for, and what to take out of them."""

from __future__ import annotations

import re
import shutil
import time
import zipfile
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from diogel.analysis.periods import Month, months_from
from diogel.analysis.reading.damaged import DAMAGED
from diogel.analysis.reading.reasons import REASONS

from .downloading import Download, Manners, Unfetched, download, forget

ADDRESS = "https://data.police.uk"
HANDS_ON_TO = {"data.police.uk": frozenset({"policeuk-data.s3.amazonaws.com"})}
"""Where a site keeps its archives when not on its own host: the only redirects to another host that are followed."""

MONTHS_AN_ARCHIVE = 36
FIRST_ARCHIVE = Month(2013, 12)
"""The oldest archive on offer; it reaches back to the first published months, so earlier months are asked of it."""
NOT_THERE = frozenset({"refused", "web_page"})
"""Answers that say there is no such archive (yet). After any other failure the same archive is worth asking for again."""
MOST_BACK = 4
"""Months before the last in which an archive is looked for: months come out about two late, and up to now is what most ask."""

LARGEST_MEMBER = 1 << 29
"""Bytes; a month of the largest force is under a tenth of it."""
FORCE = re.compile(r"[a-z]+(-[a-z]+)*")


@dataclass(frozen=True, kw_only=True)
class Archive:
    """One archive to ask for, named by its last month, and the months wanted from it."""

    month: Month
    wanted: tuple[Month, ...]

    def address(self, base: str) -> str:
        return f"{base.rstrip('/')}/data/archive/{self.month}.zip"

    @property
    def before(self) -> Archive | None:
        """The archive of the month before, for those of the months that it holds; None where there are none."""
        if self.month <= FIRST_ARCHIVE or len(self.wanted) == 1:
            return None
        return Archive(month=self.month - 1, wanted=self.wanted[:-1])


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Something that could not be had, by name, with a sentence that says why in the language that is spoken, and its code."""

    name: str
    reason: str
    code: str


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What a fetch brought: archives, street files taken out of them, months they do not hold, and what went wrong.

    `instead` names the archive that was taken because newer ones are not there; empty where the newest was.
    """

    downloads: tuple[Download, ...]
    files: tuple[Path, ...]
    missing: tuple[Month, ...]
    faults: tuple[Fault, ...]
    instead: str = ""


def archives_for(first: Month, last: Month) -> tuple[Archive, ...]:
    """The fewest archives that together hold every month from `first` to `last`, oldest first.

    Each archive holds the 36 months up to its own. Counting back from `last` keeps their number smallest; a month that
    lies deep in its archive comes with the corrections of the years after it. ValueError where `last` is before `first`.
    """
    if last < first:
        raise ValueError(_("%(last)s lies before %(first)s. Give the earlier month first.") % {"last": last, "first": first})
    found = []
    while last >= first:
        wanted = tuple(months_from(first if last <= FIRST_ARCHIVE else max(first, last - (MONTHS_AN_ARCHIVE - 1)), last))
        found.append(Archive(month=max(last, FIRST_ARCHIVE), wanted=wanted))
        last = wanted[0] - 1
    return tuple(reversed(found))


def fetch(
    *,
    force: str,
    first: Month,
    last: Month,
    archives: Path,
    rows: Path,
    address: str = ADDRESS,
    manners: Manners | None = None,
    told: Callable[[Archive, int, int], None] | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Fetched:
    """Download into the folder `archives` what is needed, and lay the force's street files into `rows` as `YYYY-MM/...csv`.

    One archive at a time. One that cannot be had becomes a fault, and the others are still fetched; where the newest is not
    there, those of the months before it are tried, and the months that no archive holds are missing. `told` hears how many
    bytes of which archive are held, of how many. ValueError for a force or an address that cannot be one.
    """
    if not FORCE.fullmatch(force):
        raise ValueError(_("“%(force)s” is not the name of a force. Write it as in the files: north-wales.") % {"force": force})
    others = HANDS_ON_TO.get(_host(address), frozenset())
    manners = manners or Manners()
    downloads: list[Download] = []
    files: list[Path] = []
    missing: list[Month] = []
    faults: list[Fault] = []
    instead = ""
    asked = deque(archives_for(first, last))
    newest = asked[-1].month
    while asked:
        archive = asked.popleft()
        target = archives / f"{archive.month}.zip"
        heard = (lambda held, size, archive=archive: told(archive, held, size)) if told else None
        try:
            downloads.append(download(archive.address(address), target, manners=manners, others=others, told=heard, sleep=sleep))
        except Unfetched as fault:
            faults.append(Fault(name=target.name, reason=str(fault), code=fault.code))
            if not asked and fault.code in NOT_THERE and archive.month > newest - MOST_BACK and archive.before:
                asked.append(archive.before)
        else:
            out = street_files(target, force=force, months=archive.wanted, into=rows)
            files += out.files
            missing += out.missing
            faults += out.faults
            if not asked and archive.month < newest:
                instead = target.name
                missing += months_from(archive.month + 1, newest)
        if asked:
            sleep(manners.pause)
    return Fetched(downloads=tuple(downloads), files=tuple(files), missing=tuple(missing), faults=tuple(faults), instead=instead)


def street_files(archive: Path, *, force: str, months: Sequence[Month], into: Path) -> Fetched:
    """Take the force's street files of `months` out of a zip archive, each checked against its checksum.

    Names come from us, never from the archive. An archive with a damaged file is forgotten, so that the next run brings
    a fresh one; the files that are whole are kept.
    """
    files: list[Path] = []
    missing: list[Month] = []
    faults: list[Fault] = []
    try:
        with zipfile.ZipFile(archive) as held:
            members = {member.filename.rsplit("/", 1)[-1]: member for member in held.infolist()}
            for month in months:
                name = f"{month}-{force}-street.csv"
                if (member := members.get(name)) is None:
                    missing.append(month)
                    continue
                path = into / str(month) / name
                if fault := _take(held, member, path, f"{archive.name}: {name}"):
                    faults.append(fault)
                else:
                    files.append(path)
    except zipfile.BadZipFile:
        faults.append(Fault(name=archive.name, reason=_("It was whole once and is no zip archive any more."), code="no_archive_any_more"))
    if faults:
        forget(archive)
    return Fetched(downloads=(), files=tuple(files), missing=tuple(missing), faults=tuple(faults))


def _take(held: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, name: str) -> Fault | None:
    """Write one member to `path`; why it cannot be had, or None."""
    if member.file_size > LARGEST_MEMBER:
        told = {"size": f"{member.file_size / 1e6:.0f}"}
        return Fault(name=name, reason=_("It claims to be %(size)s MB long, far more than a month of any force.") % told, code="too_large")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with held.open(member) as source, path.open("wb") as out:
            shutil.copyfileobj(source, out, 1 << 20)
    except DAMAGED:
        path.unlink(missing_ok=True)
        code = "damaged_inside"
        return Fault(name=name, reason=gettext(REASONS[code]), code=code)
    return None


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - a port that is no number is a ValueError here rather than in the middle of a download
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(
            _("“%(address)s” is not an address to fetch from. Write it as %(usual)s.") % {"address": address, "usual": ADDRESS}
        )
    return parts.netloc
