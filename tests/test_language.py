"""Both languages say everything, and say it whole."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import messages  # noqa: E402

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return messages.catalogue()


def test_every_sentence_of_the_interface_has_its_welsh():
    assert messages.findings() == []


def test_every_placeholder_of_a_sentence_stands_in_its_welsh(catalogue):
    for entry in catalogue:
        wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
        forms = dict(entry.msgstr_plural) if entry.msgid_plural else {2: entry.msgstr}
        for at, welsh in forms.items():
            told = set(PLACEHOLDER.findall(welsh))
            assert told <= wanted, entry.msgid
            # The forms for exactly one and exactly two may say the number as a word.
            assert at in (0, 1) or told == wanted, entry.msgid


def test_every_plural_has_its_four_welsh_forms(catalogue):
    assert all(len(entry.msgstr_plural) == 4 and all(entry.msgstr_plural.values()) for entry in catalogue if entry.msgid_plural)


def test_no_welsh_sentence_is_english_left_standing(catalogue):
    """Names and numbers may read alike; a sentence of four words and more may not."""
    same = [entry.msgid for entry in catalogue if entry.msgid == entry.msgstr and len(entry.msgid.split()) > 3]
    assert same == []
