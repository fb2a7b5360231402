"""`basewatch sources list|check|add`: the feeds."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import click

from flows.commands.options import formats, location
from flows.output import Format, plain, write
from warehouse.paths import Paths
from warehouse.queries import Table


@click.group("sources")
def sources_command() -> None:
    """The feeds: which there are, how they are, and how to add one."""


@sources_command.command("list")
@formats
@location
def list_command(form: str, db: Path | None, config: Path | None) -> None:
    """The feeds of the configuration (of the shipped list, where it has no [[source]] block)."""
    from flows.settings import load_settings

    columns = ("id", "outlet", "family", "language", "kind", "every", "url", "note")
    rows = tuple(
        (s.source_id, s.outlet, s.family, s.language, s.kind, str(s.every or "each run"), s.url, s.note)
        for s in load_settings(config, db).source
    )
    write(Table(columns, rows), cast(Format, form))


@sources_command.command("check")
@click.argument("ids", nargs=-1)
@click.option(
    "--now", "poll", is_flag=True, help="Ask the feeds now (nothing is stored), not only look back."
)
@formats
@location
def check_command(ids: tuple[str, ...], poll: bool, form: str, db: Path | None, config: Path | None) -> None:
    """How the feeds are, each against its own rhythm. Exit status 1 where one is in trouble.

    \b
    dead     fails twice in a row or more        blocked  refuses us, or robots.txt does
    silent   nothing new for far longer than is usual for it
    stale    its newest entry is a month old     gone     410: asked once a month only
    moved    a permanent redirect that has held for days; polled there
    """
    from flows.health import judge
    from flows.settings import load_settings
    from warehouse.watching import source_rhythms_of

    settings = load_settings(config, db)
    if poll:
        from flows.probing import probe_all

        found = probe_all(settings, [s for s in settings.source if not ids or s.source_id in ids])
        probed = tuple((p.source_id, p.verdict, p.entries, p.newest, p.detail) for p in found)
        write(Table(("source", "answer", "entries", "newest", "detail"), probed), cast(Format, form))
        well = all(p.verdict in ("ok", "degraded") for p in found)
    else:
        now = datetime.now(UTC)
        known = source_rhythms_of(Paths(settings.warehouse.path).published)
        judged = [(judge(row, now), row) for row in known if not ids or row["source_id"] in ids]
        rows = tuple(
            (h.source_id, h.verdict, h.reason, r["last_success_at"], r["last_new_entry_at"], r["next_due_at"])
            for h, r in judged
        )
        columns = ("source", "verdict", "reason", "last_success_at", "last_new_entry_at", "next_due_at")
        write(Table(columns, rows), cast(Format, form))
        well = all(h.well for h, _ in judged)
    if not well:
        sys.exit(1)


@sources_command.command("add")
@click.argument("url")
@click.option("--id", "source_id", help="Slug of the feed. Default: made of the address.")
@click.option("--outlet", help="Default: the feed's title.")
@click.option(
    "--kind",
    type=click.Choice(["wire", "official", "local", "regional", "world", "aggregator", "monitor"]),
    default="world",
    show_default=True,
)
@click.option("--write", "into", is_flag=True, help="Append the block to the configuration file.")
@location
def add_command(
    url: str,
    source_id: str | None,
    outlet: str | None,
    kind: str,
    into: bool,
    db: Path | None,
    config: Path | None,
) -> None:
    """Find the feed of the page (or the feed) at URL, try it, show what it gives, and print its block.

    \b
    basewatch sources add https://news.example.org/world
    basewatch sources add https://news.example.org/rss.xml --id example --kind local --write

    The feeds that the page names are tried first, then the places where sites usually keep one. The address
    guard and robots.txt hold as in a run. Nothing is written without --write; look the block over, `family`
    above all: outlets of one publisher are one voice.
    """
    from extract.errors import InputError
    from extract.filtering import filter_entry
    from extract.sources import source_from_block
    from flows.location import config_path
    from flows.probing import block_text, discover
    from flows.settings import load_settings

    settings = load_settings(config, db)
    found = discover(settings, url)
    if found.feed is None:
        raise InputError(f"{url}: {found.trouble}")
    block = found.block(source_id, outlet, kind)
    new = source_from_block(block)
    for known in settings.source:
        if known.url == new.url:
            raise InputError(f"{new.url} is watched already, as {known.source_id}")
        if known.source_id == new.source_id:
            raise InputError(f"there is a source {new.source_id} already; give another slug with --id")
    wanted = [entry for entry in found.feed.entries if filter_entry(entry, new.language) is None]
    click.echo(
        f"{len(found.feed.entries)} entries, {len(wanted)} of which a run would fetch; the newest:", err=True
    )
    for entry in found.feed.entries[:5]:
        from flows.output import safe

        click.echo(f"  {plain(entry.published_at) or 'no date'}  {safe(entry.title)}", err=True)
    text = block_text(block)
    click.echo(text)
    path = config_path(config)
    if into and path is None:
        raise InputError("there is no configuration file to write to; name one with --config FILE")
    if into and path is not None:
        if "[[source]]" not in path.read_text(encoding="utf-8"):
            click.echo(
                "basewatch: this is its first [[source]] block; the shipped list is no longer used", err=True
            )
        with path.open("a", encoding="utf-8") as file:
            file.write("\n" + text)
        load_settings(path, db)
        click.echo(f"basewatch: written to {path}", err=True)
