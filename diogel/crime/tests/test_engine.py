"""Which engine counts is a setting; one that cannot be used is named in one sentence."""

from __future__ import annotations

import importlib.util
from datetime import date

import pytest

from diogel.crime.batch_cells import COUNTED
from diogel.crime.engine import EngineFault, opened
from diogel.crime.loading import load

from .street import lay, rows

DAY = date(2025, 6, 1)


def test_duckdb_counts_where_nothing_is_set(tmp_path, monkeypatch):
    monkeypatch.delenv("DIOGEL_SPARK", raising=False)
    lay(tmp_path / "given", "2024-01-north-wales", rows("2024-01", 14))
    load([tmp_path / "given"], today=DAY, folder=tmp_path / "crime")
    with opened() as engine:
        engine.lay_rows(sorted((tmp_path / "crime" / "rows").iterdir()))
        engine.lay_answer("counted", COUNTED)
        engine.lay_table("wanted", {"type": ["Burglary", "Drugs"], "number": [7, 9]})
        found = engine.ask("SELECT number, n FROM counted JOIN wanted ON counted.type = wanted.type WHERE n < $most", {"most": 5})
    assert sorted(zip(found["number"].tolist(), found["n"].tolist(), strict=True)) == [(7, 1), (9, 1)]


@pytest.mark.skipif(importlib.util.find_spec("pyspark") is not None, reason="pyspark is here")
def test_spark_that_is_not_installed_is_named_in_one_sentence(monkeypatch):
    monkeypatch.setenv("DIOGEL_SPARK", "sc://127.0.0.1:15002")
    with pytest.raises(EngineFault, match=r"^Spark at sc://127\.0\.0\.1:15002 cannot count the rows: .*pyspark.*DIOGEL_SPARK"), opened():
        pass


def test_an_address_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("DIOGEL_SPARK", "localhost:7077")
    with pytest.raises(EngineFault, match="sc://"), opened():
        pass
