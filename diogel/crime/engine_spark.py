"""Apache Spark as the engine of the counting queries, reached through Spark Connect; pyspark is imported here alone."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from django.utils.translation import gettext as _

from .engine import Columns, Engine, unusable

PORT = 15002
"""Where a Spark Connect server listens unless told otherwise."""
PATIENCE = 5.0
"""Seconds until a server that says nothing is taken for absent; pyspark itself would try for minutes."""


@contextmanager
def spark(address: str) -> Iterator[Engine]:
    """A session at `address`, as in sc://host:15002. EngineFault where pyspark is missing or no server answers there.

    Whatever Spark says while it counts is raised as EngineFault too, in one sentence.
    """
    place = urlsplit(address)
    if place.scheme != "sc" or not place.hostname:
        raise unusable(address, _("an address begins with sc://, as in sc://127.0.0.1:15002"))
    try:
        from pyspark.sql.connect.session import SparkSession
    except ImportError as fault:
        raise unusable(address, _("pyspark is not installed: pip install 'diogel[spark]'")) from fault
    try:
        socket.create_connection((place.hostname, place.port or PORT), timeout=PATIENCE).close()
    except (OSError, ValueError) as fault:
        raise unusable(address, fault) from fault
    with _said_of(address):
        session = SparkSession.builder.remote(address).create()
    try:
        yield _Spark(session, address)
    finally:
        session.stop()


@contextmanager
def _said_of(address: str) -> Iterator[None]:
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as fault:
        raise unusable(address, fault) from fault


class _Spark:
    """Paths must mean the same files to every worker: a folder that all of them share, or one machine."""

    def __init__(self, session: Any, address: str) -> None:
        self.session, self.address = session, address
        self.kept: dict[str, Any] = {}

    def lay_rows(self, paths: Sequence[Path]) -> None:
        with _said_of(self.address):
            self.session.read.parquet(*[path.resolve().as_uri() for path in paths]).createOrReplaceTempView("rows")

    def lay_table(self, name: str, columns: Mapping[str, Sequence[str] | Sequence[int]]) -> None:
        rows = list(zip(*columns.values(), strict=True))
        with _said_of(self.address):
            self.session.createDataFrame(rows, list(columns)).createOrReplaceTempView(name)

    def lay_answer(self, name: str, sql: str) -> None:
        with _said_of(self.address):
            if name in self.kept:
                self.kept.pop(name).unpersist()
            self.kept[name] = self.session.sql(sql).cache()
            self.kept[name].createOrReplaceTempView(name)

    def ask(self, sql: str, values: Mapping[str, Any] | None = None) -> Columns:
        # The one difference: what DuckDB writes $name, Spark writes :name.
        text = re.sub(r"\$(\w+)", r":\1", sql)
        with _said_of(self.address):
            table = self.session.sql(text, args=dict(values or {})).toArrow()
        return {name: np.asarray(table.column(name).to_numpy()) for name in table.column_names}
