"""Logs: lines for people in a terminal, JSON lines elsewhere, each with the run that it is of."""

from __future__ import annotations

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TextIO

RUN: ContextVar[str | None] = ContextVar("basewatch_run", default=None)
OURS = ("flows", "extract", "warehouse")
IDS = ("source", "entry", "article", "incident", "channel")


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, run, and the ids that the call gave."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if run := RUN.get():
            line["run"] = run
        line |= {name: getattr(record, name) for name in IDS if hasattr(record, name)}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def configure(stream: TextIO | None = None) -> None:
    """Send our logs to standard error: from INFO on as JSON, only warnings where a person looks on."""
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    for_people = stream.isatty()
    handler.setFormatter(
        logging.Formatter("%(levelname)s %(name)s: %(message)s") if for_people else JsonLines()
    )
    for name in OURS:
        log = logging.getLogger(name)
        log.handlers = [handler]
        log.setLevel(logging.WARNING if for_people else logging.INFO)
        log.propagate = False
