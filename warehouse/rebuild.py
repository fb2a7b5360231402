"""What a rebuild needs: all that was read, in batches, and a mark of how far it has come.

The caller reads each item through today's rules and gives the results to load_readings (quiet); what is read
the same changes nothing. After each batch it notes the place here, so that a killed rebuild goes on.
Reviews are rows of their own and stay.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extract.records import Article
from warehouse.connection import Connection, transaction
from warehouse.rows import fetch
from warehouse.sqlfiles import statement

_ARTICLE_FIELDS = (
    "article_id", "url", "title", "text", "language", "outlet", "family", "kind", "published_at",
    "published_status", "modified_at", "seen_at", "text_hash", "fingerprint", "extractor",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPage:
    """A page in the archive and what it was fetched for."""

    file: str
    offset: int
    length: int
    url: str
    subject: str | None  # entry id
    fetched_at: dt.datetime
    entry: dict[str, Any] | None  # the entry's row, where it is known


def stored_articles(con: Connection, after: str = "", batch: int = 500) -> Iterator[tuple[Article, ...]]:
    """All stored articles in order of their ids, from behind `after`, in batches.

    Each batch is read by itself, so the caller may write between two of them.
    """
    while True:
        rows = fetch(con, statement("load/articles_after"), [after, batch])
        if not rows:
            return
        yield tuple(Article(**{name: row[name] for name in _ARTICLE_FIELDS}) for row in rows)
        after = rows[-1]["article_id"]


def stored_pages(con: Connection, after: str = "", batch: int = 500) -> Iterator[tuple[StoredPage, ...]]:
    """The newest stored page of each address, in order of file and offset, from behind `after`, in batches.

    `after` is the page_key() of the last page that is done. Pages stored meanwhile are not among them.
    """
    con.execute(statement("load/newest_pages"))
    while True:
        rows = fetch(con, statement("load/pages_after"), [after, batch])
        if not rows:
            return
        pages = tuple(_page(row) for row in rows)
        yield pages
        after = page_key(pages[-1])


def page_key(page: StoredPage) -> str:
    """The place of a page in the order of stored_pages()."""
    return f"{page.file}:{page.offset:015}"


def begin_rebuild(con: Connection, rules_version: str) -> str:
    """Where a rebuild through these rules left off; empty where it starts anew."""
    found = fetch(con, "SELECT done_until FROM internal.rebuilds WHERE rules_version = $1", [rules_version])
    return str(found[0]["done_until"]) if found else ""


def note_rebuild(con: Connection, rules_version: str, done_until: str) -> None:
    """Notes that everything up to and with this place has been read through these rules."""
    with transaction(con):
        con.execute("INSERT OR REPLACE INTO internal.rebuilds VALUES ($1, $2)", [rules_version, done_until])


def end_rebuild(con: Connection, rules_version: str) -> None:
    """Forgets the place of a rebuild that is through, so that the next one starts anew."""
    with transaction(con):
        con.execute("DELETE FROM internal.rebuilds WHERE rules_version = $1", [rules_version])


def _page(row: dict[str, Any]) -> StoredPage:
    entry = None if row["entry_id"] is None else {key: row[key] for key in _ENTRY_FIELDS}
    return StoredPage(
        entry=entry,
        **{key: row[key] for key in ("file", "offset", "length", "url", "subject", "fetched_at")},
    )


_ENTRY_FIELDS = (
    "entry_id", "source_id", "guid", "title", "summary", "published_at", "published_status", "seen_at",
)  # fmt: skip
