"""Who answers the counting queries: DuckDB on this machine, or an Apache Spark that a setting names; both read the same SQL."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from diogel.analysis.reading.police_uk_rows import connect

from .store import StoreFault, rows_of

SETTING = "DIOGEL_SPARK"
"""Names the Spark Connect server, as in sc://host:15002. Without it DuckDB counts."""

Columns = dict[str, NDArray[Any]]


class EngineFault(StoreFault):
    """Why the engine that the setting names cannot count; the message is a sentence for the person who asked."""


class Engine(Protocol):
    """What a counting query needs: rows to count, small tables of names and numbers to join with, and an answer in columns.

    SQL that is asked keeps to what DuckDB and Spark read alike: joins, BETWEEN, LIKE, GROUP BY, count, sum, coalesce, substr.
    """

    def lay_rows(self, paths: Sequence[Path]) -> None:
        """Let `rows` mean the rows of these Parquet files, columns as in `police_uk_rows.STORED`, and `file`."""

    def lay_table(self, name: str, columns: Mapping[str, Sequence[str] | Sequence[int]]) -> None:
        """Let `name` mean a small table of these columns, texts or whole numbers, at least one row."""

    def lay_answer(self, name: str, sql: str) -> None:
        """Let `name` mean the answer to a query, which is worked out once."""

    def ask(self, sql: str, values: Mapping[str, Any] | None = None) -> Columns:
        """The answer to a query: an array a column, texts as objects and numbers as they come; `$name` in it stands for a value."""


@contextmanager
def opened(*, threads: int | None = None, scratch: Path | None = None) -> Iterator[Engine]:
    """The engine that the setting chooses. EngineFault where it names a Spark that cannot be used."""
    if address := os.environ.get(SETTING):
        from .engine_spark import spark

        with spark(address) as found:
            yield found
        return
    with connect(threads=threads, scratch=scratch) as connection:
        yield _DuckDB(connection)


class _DuckDB:
    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def lay_rows(self, paths: Sequence[Path]) -> None:
        self.connection.execute(f"CREATE OR REPLACE VIEW rows AS {rows_of(paths)}")

    def lay_table(self, name: str, columns: Mapping[str, Sequence[str] | Sequence[int]]) -> None:
        given = {column: list(values) for column, values in columns.items()}
        parts = ", ".join(f"unnest(${column}::{_kind(values)}[]) AS {column}" for column, values in given.items())
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {parts}", given)

    def lay_answer(self, name: str, sql: str) -> None:
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")

    def ask(self, sql: str, values: Mapping[str, Any] | None = None) -> Columns:
        return {name: np.asarray(column) for name, column in self.connection.execute(sql, values or {}).fetchnumpy().items()}


def _kind(values: Iterable[object]) -> str:
    return "BIGINT" if all(isinstance(value, int) for value in values) else "VARCHAR"


def unusable(address: str, why: object) -> EngineFault:
    """The one sentence that is said of a Spark that cannot be used."""
    told = {"address": address, "why": str(why).strip().splitlines()[0].rstrip(".") if str(why).strip() else type(why).__name__}
    return EngineFault(
        _("Spark at %(address)s cannot count the rows: %(why)s. Start it, or take the setting DIOGEL_SPARK away, and DuckDB counts.") % told
    )
