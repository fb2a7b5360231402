"""The command line. A command's module is imported when it is called, so --help costs next to nothing."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from extract.errors import BasewatchError

# name -> (module in flows.commands, one line of help). The order is the order of --help.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("work", "See it work: the bundled archive through the real flow, a tally, a page."),
    "run": ("work", "One cycle of the monitor now."),
    "serve": ("work", "The monitor on its schedule, in this process."),
    "watch": ("watch", "The running monitor at a glance: runs, feeds, tally, newest incidents."),
    "tally": ("read", "The running tally: by country, site, weapon, claimant, month or day."),
    "incidents": ("read", "List incidents."),
    "show": ("read", "One incident: every value, the words it stands on, its history."),
    "sql": ("read", "Ad-hoc SQL on the published copy, read-only."),
    "status": ("read", "Where every entry ended; feeds and channels in trouble."),
    "report": ("report", "Write the page: tally, charts, map, every incident with its evidence."),
    "export": ("report", "The data as Parquet, CSV or GeoJSON."),
    "alerts": ("alerts", "The outbox: list, test the channels, retry what was given up."),
    "sources": ("sources", "The feeds: list, check, add."),
    "review": ("review", "An analyst's decision: confirm, dismiss, merge, split, correct, undo; the queue."),
    "reconcile": ("review", "Where our count and a stated one may part, and why."),
    "check": ("keep", "Check the data: evidence, sums, ranges, ids."),
    "backup": ("keep", "Copy the warehouse, whole, to a new file."),
    "restore": ("keep", "Put a backup in the warehouse's place."),
    "rebuild": ("keep", "Read all that is stored again through today's rules."),
    "backfill": ("history", "WARC archives (CC-NEWS, or our own) through the same rules, as history."),
    "upkeep": ("keep", "Once a day: check feeds and data, back up, drop what is old."),
    "doctor": ("keep", "What will not work, and what to do."),
    "extract": ("text", "Articles in, reports out: JSON Lines, no database, no network."),
    "resolve": ("text", "Reports in (what extract printed), incidents out."),
    "score": ("score", "The reader against labelled articles, field by field."),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports them on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"flows.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with `basewatch demo`. Every command explains itself: basewatch COMMAND --help.",
)
@click.version_option(package_name="basewatch", prog_name="basewatch")
def cli() -> None:
    """Watches the news for attacks on US facilities in Iraq and Syria and keeps a running tally in which
    every number opens up into the words it stands on.

    Exit status: 0 done, 1 done with failures worth a look, 2 usage or configuration.
    """


def main() -> None:
    """The console script. Errors of ours are one message, not a traceback."""
    try:
        cli()
    except BasewatchError as error:
        click.echo(f"basewatch: {error}", err=True)
        sys.exit(error.exit_status)
    except BrokenPipeError:  # `basewatch ... | head`
        sys.stderr.close()
        sys.exit(0)
