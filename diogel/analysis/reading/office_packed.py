"""Opens a Word or Excel file without trusting it: told by its bytes and not by its name, and weighed before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from .damaged import DAMAGED
from .table_reasons import Untaken

LARGEST = 20 << 20
"""Bytes of a file; a plan without pictures is a hundredth of it."""
UNPACKED = 48 << 20
"""Bytes of all parts that are text; pictures are never unpacked."""
MOST_PARTS = 5_000

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_TEXT = (".xml", ".rels", ".vml")


@dataclass(frozen=True)
class Packed:
    """An archive that passed the look at its outside: `kind` is word or excel."""

    kind: str
    archive: zipfile.ZipFile
    names: frozenset[str]

    @property
    def has_macros(self) -> bool:
        return any(name.lower().endswith("vbaproject.bin") for name in self.names)

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of one part, piece by piece, no tag torn between two."""
        try:
            with self.archive.open(name) as part:
                rest = b""
                while piece := part.read(1 << 20):
                    whole, _sign, rest = (rest + piece).rpartition(b"<")
                    yield whole
                    rest = b"<" + rest
                yield rest
        except (*DAMAGED, OSError):
            raise Untaken.because("damaged_office") from None

    def part(self, name: str) -> etree._Element | None:
        """The root of one part, without what it might declare; None where the file has no such part."""
        if name not in self.names:
            return None
        try:
            data = self.archive.read(name)
            return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True))
        except (*DAMAGED, etree.XMLSyntaxError, OSError):
            raise Untaken.because("damaged_office") from None


def opened(data: bytes) -> Packed:
    """The archive in `data`. Untaken, in one sentence that says what to do, where it is none that can be read."""
    if not data.strip(b"\0 \r\n\t"):
        raise Untaken.because("empty_file")
    if len(data) > LARGEST:
        raise Untaken.because("too_large_file", most=LARGEST >> 20)
    if data.startswith(_OLE):
        raise Untaken.because("office_password" if _LOCKED in data else "old_office")
    if data[:1024].lstrip().startswith(b"%PDF"):
        raise Untaken.because("is_pdf")
    if not data.startswith(_ZIP):
        raise Untaken.because("not_word_or_excel")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (*DAMAGED, ValueError, OSError):
        raise Untaken.because("damaged_office") from None
    members = archive.infolist()
    _weigh(members)
    names = frozenset(member.filename for member in members)
    packed = Packed(_kind(names), archive, names)
    _check_declarations(archive, members)
    return packed


def opened_as(data: bytes, kind: str) -> Packed:
    """The archive in `data`, where it is of this kind, word or excel, and holds no macros: for files that are kept as they came, or that
    were given out here. Untaken in one sentence where it is not."""
    packed = opened(data)
    if packed.kind != kind:
        raise Untaken.because("other_kind")
    if packed.has_macros:
        raise Untaken.because("holds_macros")
    return packed


def _weigh(members: list[zipfile.ZipInfo]) -> None:
    """By what the archive itself says, and more than that is never unpacked of any part."""
    text = sum(member.file_size for member in members if member.filename.lower().endswith(_TEXT))
    if text > UNPACKED or len(members) > MOST_PARTS:
        raise Untaken.because("unpacks_too_large", most=UNPACKED >> 20)
    if any(member.flag_bits & 1 for member in members):
        raise Untaken.because("office_password")


def _kind(names: frozenset[str]) -> str:
    if "word/document.xml" in names:
        return "word"
    if "xl/workbook.xml" in names:
        return "excel"
    if "xl/workbook.bin" in names:
        raise Untaken.because("binary_excel")
    raise Untaken.because("open_document" if "content.xml" in names else "not_word_or_excel")


def _check_declarations(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """A part that declares entities could swell without end while it is read."""
    for member in members:
        if not member.filename.lower().endswith(_TEXT):
            continue
        try:
            with archive.open(member) as part:
                head = part.read(2048)
        except (*DAMAGED, OSError):
            raise Untaken.because("damaged_office") from None
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"<\0!\0D\0O\0C" in head:
            raise Untaken.because("declares_entities")
