"""Text that travels inside a picture: notes of the camera or the program, and whoever they name."""

from __future__ import annotations

import re
import struct
import zlib

from .scan_reading import HIDDEN, METADATA, Notes

_PNG = b"\x89PNG\r\n\x1a\n"
_WORDS = re.compile(rb"[\x20-\x7e\xc2-\xf4][\x20-\x7e\x80-\xf4]{3,}")


def read_image(notes: Notes, where: str, content: bytes) -> None:
    """Write down every text chunk of a PNG and every application segment or comment of a JPEG; flag that there is one."""
    if content.startswith(_PNG):
        found = _png_texts(content)
    elif content.startswith(b"\xff\xd8"):
        found = _jpeg_texts(content)
    else:  # an SVG, or a kind whose inside we do not know: all that can be read in it is read
        found = []
        notes.text(where, printable(content), HIDDEN)
    for text in found:
        notes.flag(f"{where} metadata", "metadata", text)
        notes.text(f"{where} metadata", text, METADATA)


def printable(content: bytes) -> str:
    """The readable runs of a binary file, in UTF-8 and in the UTF-16 that Windows programs write."""
    narrow = b" ".join(_WORDS.findall(content))
    wide = b" ".join(run.replace(b"\x00", b"") for run in re.findall(rb"(?:[\x20-\x7e]\x00){4,}", content))
    return (narrow + b" " + wide).decode("utf-8", "replace")


def _png_texts(content: bytes) -> list[str]:
    texts, at = [], len(_PNG)
    while at + 8 <= len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        body = content[at + 8 : at + 8 + size]
        if kind in (b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"iCCP"):
            texts.append(f"{kind.decode()} {_opened(kind, body)}")
        at += 12 + size
        if kind == b"IEND" and content[at:].strip(b"\x00"):
            texts.append(f"after the picture: {printable(content[at:])}")
            break
    return [text for text in texts if not text.startswith("iCCP")]


def _opened(kind: bytes, body: bytes) -> str:
    key, _, rest = body.partition(b"\x00")
    packed = rest[1:] if kind == b"zTXt" else rest[2:].split(b"\x00", 2)[-1] if kind == b"iTXt" and rest[:1] == b"\x01" else b""
    if packed:
        try:
            return f"{key.decode('latin-1')} {zlib.decompress(packed).decode('utf-8', 'replace')}"
        except zlib.error:
            return printable(body)
    return printable(body)


def _jpeg_texts(content: bytes) -> list[str]:
    texts, at = [], 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker, size = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
        body = content[at + 4 : at + 2 + size]
        is_colour = body.startswith((b"JFIF", b"ICC_PROFILE", b"Adobe"))
        if (0xE0 <= marker <= 0xEF and not is_colour) or marker == 0xFE:
            texts.append(printable(body))
        if marker == 0xDA:
            break
        at += 2 + size
    return texts
