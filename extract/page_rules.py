"""What data/page_rules.toml knows about pages, read once and checked."""

from __future__ import annotations

import datetime as dt
import functools
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.etree

from extract.errors import KnowledgeError

_FILE = Path(__file__).parent / "data" / "page_rules.toml"


@dataclass(frozen=True, slots=True)
class LineRule:
    """Paragraphs that begin like this, and are no longer than `longest`, are not the article's."""

    pattern: re.Pattern[str]
    longest: int


@dataclass(frozen=True, slots=True)
class OutletRule:
    """Where one outlet's body is, and what to leave out of it, while the rule holds."""

    host: str
    until: dt.date | None
    body: tuple[str, ...]
    drop: tuple[str, ...]

    def holds(self, host: str, day: dt.date) -> bool:
        named = host == self.host or host.endswith("." + self.host)
        return named and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class PageRules:
    lines: tuple[LineRule, ...]
    outlets: tuple[OutletRule, ...]

    def is_boilerplate(self, paragraph: str) -> bool:
        return any(
            len(paragraph) <= rule.longest and rule.pattern.match(paragraph) is not None
            for rule in self.lines
        )

    def for_page(self, host: str, day: dt.date) -> OutletRule | None:
        """The rule for a page of this host published or fetched on this day."""
        return next((rule for rule in self.outlets if rule.holds(host, day)), None)


@functools.cache
def page_rules() -> PageRules:
    """The rules; KnowledgeError where the file is wrong."""
    return parse_rules(_FILE.read_text(encoding="utf-8"))


def parse_rules(text: str) -> PageRules:
    """Rules out of TOML, checked: every pattern compiles, every XPath parses, every rule says why."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise KnowledgeError(_FILE.name, None, str(exc)) from exc
    lines = tuple(_line_rule(block, at) for at, block in enumerate(data.get("line", []), start=1))
    outlets = tuple(_outlet_rule(block, at) for at, block in enumerate(data.get("outlet", []), start=1))
    return PageRules(lines, outlets)


def _line_rule(block: dict[str, Any], at: int) -> LineRule:
    _need(block, at, {"why", "pattern", "longest"}, set())
    try:
        return LineRule(re.compile(block["pattern"], re.IGNORECASE), int(block["longest"]))
    except re.error as exc:
        raise KnowledgeError(_FILE.name, at, f"pattern: {exc}") from exc


def _outlet_rule(block: dict[str, Any], at: int) -> OutletRule:
    _need(block, at, {"why", "host"}, {"until", "body", "drop"})
    body, drop = tuple(block.get("body", ())), tuple(block.get("drop", ()))
    for path in (*body, *drop):
        try:
            lxml.etree.XPath(path)
        except lxml.etree.XPathSyntaxError as exc:
            raise KnowledgeError(_FILE.name, at, f"XPath {path}: {exc}") from exc
    return OutletRule(block["host"], block.get("until"), body, drop)


def _need(block: dict[str, Any], at: int, needed: set[str], optional: set[str]) -> None:
    if missing := needed - block.keys():
        raise KnowledgeError(_FILE.name, at, f"block lacks {', '.join(sorted(missing))}")
    if unknown := block.keys() - needed - optional:
        raise KnowledgeError(_FILE.name, at, f"unknown key {', '.join(sorted(unknown))}")
