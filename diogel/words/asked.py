"""Questions about the pairs of thirty kinds of rows: putting one into SQL takes longer than its answer, so that its text is kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

MOST = 512
"""Questions whose text one process keeps."""


def asked(key: Hashable, question: Callable[[], QuerySet]) -> list[tuple[Any, ...]]:
    """Rows of `question`, which holds texts and whole numbers only. `key` names everything on which the question depends, and
    whoever asks: the text is kept, the answer never."""
    sql, params = _text(connection.vendor, _Once(key, question))
    if not sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


class _Once:
    """A question that counts as another one of the same key."""

    def __init__(self, key: Hashable, question: Callable[[], QuerySet]) -> None:
        self.key, self.question = key, question

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Once) and self.key == other.key


@lru_cache(maxsize=MOST)
def _text(_vendor: str, once: _Once) -> tuple[str, tuple[Any, ...]]:
    try:
        sql, params = once.question().query.sql_with_params()
    except EmptyResultSet:
        return "", ()
    finally:
        once.question = _nothing  # what stays behind as a key holds on to no rows
    return sql, params


def _nothing() -> QuerySet:
    raise RuntimeError("a question is put once")
