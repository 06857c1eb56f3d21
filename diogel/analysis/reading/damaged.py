"""What a zip archive raises that is damaged, locked, or packed in a way that nobody here unpacks; readers turn it into a sentence."""

from __future__ import annotations

import lzma
import zipfile
import zlib

DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError)
"""Bytes that cannot be unpacked, whatever they were packed with. A disk that is full is none of these."""
