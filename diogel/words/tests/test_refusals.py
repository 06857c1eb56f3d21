"""Every reason for which a reader refuses something has a code, and is said in both languages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.utils.translation import gettext, override

import diogel.analysis
from diogel.analysis import harm
from diogel.analysis.reading.coded import EVERY, Reason, Refusal
from diogel.analysis.reading.count_reasons import COUNT_REASONS
from diogel.analysis.reading.dates import Order, read_dates
from diogel.analysis.reading.file_reasons import FILE_REASONS
from diogel.analysis.reading.harm_reasons import BUNDLES, HARM_REASONS, HOLDS
from diogel.analysis.reading.ons_files import Unreadable as UnreadablePlaces
from diogel.analysis.reading.ons_reasons import PLACE_REASONS
from diogel.analysis.reading.police_uk import Unreadable
from diogel.analysis.reading.reasons import REASONS
from diogel.analysis.reading.row_reasons import ROW_REASONS
from diogel.words.refusals import said

ROOT = Path(diogel.analysis.__file__).parent
READERS = (
    *(f"reading/{name}.py" for name in ("dates", "extract", "extract_mapping", "extract_points", "sheets")),
    *(f"reading/police_uk{name}.py" for name in ("", "_monthly", "_outcomes", "_stops", "_text", "_sources", "_rows", "_tally")),
    *(f"reading/{name}.py" for name in ("boroughs", "home_office", "wimd", "ons", "ons_files", "ons_populations", "ons_rows")),
    "harm.py",
    "repeats/marac.py",
)
CLAUSES = {**ROW_REASONS, **HOLDS}
"""What stands within another sentence, or after the number of a row."""


@pytest.mark.parametrize(("catalogue", "code"), [(held, code) for held in (EVERY, UnreadablePlaces.catalogue) for code in held])
def test_a_reason_is_said_in_both_languages_with_the_same_values(catalogue, code):
    english = catalogue[code]
    if code in CLAUSES:
        assert not english.endswith(".")
    else:
        assert re.match(r"[A-Z“%].*\.$", english)
    with override("cy"):
        welsh = gettext(english)
    assert welsh != english
    assert sorted(re.findall(r"%\(\w+\)s", welsh)) == sorted(re.findall(r"%\(\w+\)s", english))


def test_no_two_reasons_share_a_code():
    assert len(EVERY) == sum(map(len, (REASONS, FILE_REASONS, ROW_REASONS, HARM_REASONS, HOLDS)))
    assert len(UnreadablePlaces.catalogue) == len(PLACE_REASONS) + len(COUNT_REASONS)
    assert set(BUNDLES.values()) == set(HOLDS)


def test_a_reader_refuses_by_code_alone():
    """No reader writes a sentence of its own: a refusal is `because` a code that is known."""
    for name in READERS:
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name):
                assert node.exc.func.id not in ("Unreadable", "Refusal"), f"{name}, line {node.lineno}: a sentence without a code"


def test_every_code_of_these_readers_is_raised_by_one():
    written = "".join((ROOT / name).read_text(encoding="utf-8") for name in READERS)
    by_name = {f"order_{order.name.lower()}" for order in Order} | set(HOLDS)
    assert [
        code
        for code in {**FILE_REASONS, **ROW_REASONS, **HARM_REASONS, **COUNT_REASONS}
        if f'"{code}"' not in written and code not in by_name
    ] == []


def test_a_reason_within_a_reason_is_said_in_the_same_language():
    with pytest.raises(Unreadable) as caught:
        read_dates(["13/02/2021", "14/02/2021"], order=Order.MONTH_FIRST)
    assert str(caught.value).startswith("Its dates are said to be month first, but that of row 1 cannot be")
    with override("cy"):
        assert said(caught.value).startswith("Dywedir mai dyma drefn ei dyddiadau: y mis yn gyntaf.")
    with pytest.raises(Refusal) as bundled:
        harm.refuse_bundle("Drugs")
    with override("cy"):
        assert said(bundled.value).startswith("Mae Drugs yn cynnwys hyn: masnachu a meddu.")
    with override("en"):
        assert said(bundled.value) == str(bundled.value)


def test_a_row_keeps_its_words_and_its_code():
    (told,) = read_dates(["yesterday"]).cells
    assert told == "its date is not written as a date"
    assert isinstance(told, Reason)
    assert (told.code, told.values) == ("row_no_date_written", ())
    with override("cy"):
        assert said(told) == "nid fel dyddiad yr ysgrifennwyd ei dyddiad"
        assert said(Reason.of("row_end", why=told)) == "diwedd: nid fel dyddiad yr ysgrifennwyd ei dyddiad"


def test_a_refusal_without_a_code_keeps_its_sentence():
    with override("cy"):
        assert said(Unreadable("No.")) == "No."
