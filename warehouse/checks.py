"""Checks of the data: each a query in sql/checks, whose rows are findings. Severity and reason are on top."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from warehouse.connection import Connection
from warehouse.errors import WarehouseError
from warehouse.rows import fetch
from warehouse.sqlfiles import folder

Severity = Literal["error", "warning", "notice"]
_HEAD = re.compile(r"-- severity: (\w+)\n-- reason: (.+)\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check: its name, how bad a finding is, why it is one, and the query for (subject, finding)."""

    name: str
    severity: Severity
    reason: str
    sql: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One row that a check returned."""

    check: str
    severity: Severity
    reason: str
    subject: str
    finding: str


def all_checks() -> tuple[Check, ...]:
    """The checks, errors first."""
    order = get_args(Severity)
    return tuple(sorted(map(_read, folder("checks")), key=lambda one: (order.index(one.severity), one.name)))


def run_checks(con: Connection) -> tuple[Finding, ...]:
    """All findings, the worst first; works on the live file and on the published copy."""
    return tuple(
        Finding(check=one.name, severity=one.severity, reason=one.reason, **row)
        for one in all_checks()
        for row in fetch(con, f"FROM ({one.sql}\n) ORDER BY subject, finding")
    )


def _read(file: Path) -> Check:
    text = file.read_text(encoding="utf-8")
    head = _HEAD.match(text)
    if head is None or head[1] not in get_args(Severity):
        raise WarehouseError(
            f"{file}: a check begins with '-- severity: error|warning|notice', '-- reason: ...'"
        )
    severity: Severity = head[1]  # type: ignore[assignment]
    return Check(name=file.stem, severity=severity, reason=head[2], sql=text[head.end() :].strip())
