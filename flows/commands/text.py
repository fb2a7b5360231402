"""`extract` and `resolve`: the core on JSON Lines, without database or network."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import BinaryIO

import click

from extract.jsonlines import extract_lines, resolve_lines


def emit(lines: Iterable[tuple[str, bool]]) -> bool:
    """Print each line as it comes; whether all of them were good."""
    good = True
    for line, ok in lines:
        sys.stdout.write(line + "\n")
        good = good and ok
    sys.stdout.flush()
    return good


@click.command("extract")
@click.argument("file", type=click.File("rb"), default="-")
def extract_command(file: BinaryIO) -> None:
    """Read articles from FILE (or standard input), one JSON object a line, and print what each reports.

    \b
    In:  {"id", "url", "title", "text" or "html", "published": ISO 8601 or null, "lang": null}
    Out: {"id", "relevant", "reason", "reports": [...], "stated_tallies": [...]}, one a line, in order

    Offsets of evidence count in title + two newlines + text; where the input was html, `title` and `text`
    read from it are in the output. Other keys pass through. A line that is no such object gives
    {"id", "error"}, and exit status 1 at the end.
    """
    if not emit(extract_lines(file)):
        sys.exit(1)


@click.command("resolve")
@click.argument("file", type=click.File("rb"), default="-")
def resolve_command(file: BinaryIO) -> None:
    """Read what `basewatch extract` printed from FILE (or standard input), and print the incidents.

    Voices are counted by `family`, else `outlet`, else the host of `url`. The order of lines does not matter.
    """
    if not emit(resolve_lines(file)):
        sys.exit(1)
