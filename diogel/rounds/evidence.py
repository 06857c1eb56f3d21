"""Evidence files: looked into before they are kept, kept in the home by the print of their content, shown to the desk alone."""

from __future__ import annotations

import hashlib
import os
import re
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from diogel.analysis.reading.office_packed import opened_as
from diogel.analysis.reading.table_reasons import Untaken
from diogel.home import made
from diogel.people.sending import MEGABYTE
from diogel.people.writing import write
from diogel.words.refusals import said

from .answering import require_own
from .models import EvidenceFile, Request

MOST_BYTES = 10 * MEGABYTE
MOST_FILES = 5
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "jpg": "image/jpeg",
}
BEGINS = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
OFFICE = {"docx": "word", "xlsx": "excel"}


class NotTaken(Exception):
    """Why a file was not taken; the message is for the reader."""


def add_file(request: Request, upload: Any, *, by: Any, on: date) -> EvidenceFile:
    """Keep one uploaded file (`name`, `size`, `read()`) beside a request. NotTaken where it is too large, of no kind that is taken, not
    what its name says, or holds macros; the same file twice is one."""
    require_own(request, by)
    if upload.size > MOST_BYTES:
        raise NotTaken(_("The file is larger than 10 MB. Send a smaller one, or a link to it in your own words."))
    if not upload.size:
        raise NotTaken(_("The file is empty."))
    content = upload.read()
    name, kind = name_of(upload.name), kind_of(upload.name, content)
    digest = hashlib.sha256(content).hexdigest()
    held = list(EvidenceFile.objects.filter(request=request, withdrawn_on=None))
    if same := next((each for each in held if each.sha256 == digest), None):
        return same
    if len(held) >= MOST_FILES:
        raise NotTaken(_("Five files stand beside this action already. That is the most."))
    _lay(digest, content)
    return write(EvidenceFile(request=request, name=name, kind=kind, size=len(content), sha256=digest, added_on=on), by=by)


def name_of(told: str) -> str:
    """A file's own name, without folders and without what a page or a disk could trip over."""
    last = re.split(r"[/\\]", told)[-1]
    return re.sub(r"[^\w .()’'-]", "_", last).strip(" .")[-160:] or "file"


def kind_of(name: str, content: bytes) -> str:
    """What the content is, which has to be what the name says."""
    ending = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    if ending not in KINDS:
        raise NotTaken(_("Send a PDF, Word or Excel file without macros, or a picture (PNG or JPEG)."))
    try:
        if ending in OFFICE:
            opened_as(content, OFFICE[ending])
        elif not content.startswith(BEGINS[ending]):
            raise Untaken.because("other_kind")
    except Untaken as refusal:
        reason = Untaken.because("other_kind") if refusal.code in ("is_pdf", "not_word_or_excel", "open_document") else refusal
        raise NotTaken(said(reason)) from None
    return ending


def folder() -> Path:
    """Where evidence lies, for the owner of this installation alone."""
    path = made() / "evidence"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def path_of(file: EvidenceFile) -> Path:
    return folder() / file.sha256


def _lay(digest: str, content: bytes) -> None:
    """Whole or not at all: a run that dies leaves no half of a file under its name."""
    target = folder() / digest
    if target.exists():
        return
    fresh = target.with_suffix(f".{os.getpid()}.new")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as out:
        out.write(content)
    fresh.replace(target)
