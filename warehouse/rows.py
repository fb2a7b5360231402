"""Rows out of the database as dictionaries, with moments as aware UTC datetimes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any


def fetch(con: Any, sql: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """All rows of a query, each as a dictionary by column name."""
    result = con.execute(sql, list(values))
    names = [column[0] for column in result.description]
    return [dict(zip(names, map(utc, row), strict=True)) for row in result.fetchall()]


def utc(value: Any) -> Any:
    """DuckDB hands moments out in a time zone class of pytz; ours are datetime.UTC."""
    return value.astimezone(dt.UTC) if isinstance(value, dt.datetime) and value.tzinfo else value


def bump(con: Any) -> None:
    """Notes, inside the transaction that changes something analysts see, that a new copy is due."""
    con.execute("UPDATE internal.meta SET data_version = data_version + 1")
