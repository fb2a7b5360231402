"""The commands that write files for others: report, export."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from flows.commands.options import location
from flows.errors import ConfigError
from warehouse.export import RELATIONS, Format


@click.command("report")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write. Default: [report] folder, else `report` beside the warehouse.",
)
@location
def report_command(output: Path | None, db: Path | None, config: Path | None) -> None:
    """Write the page, or bring it up to date: one folder that opens from a file, offline, or from any host.

    The monitor does so by itself after each load that changed something. Prints where the page is.
    """
    from flows.report.build import write_report
    from flows.settings import load_settings, report_folder
    from warehouse.paths import Paths

    settings = load_settings(config, db)
    folder = output or report_folder(settings)
    try:
        written = write_report(
            Paths(settings.warehouse.path),
            folder,
            notice=settings.report.notice,
            base_url=settings.report.base_url,
        )
    except OSError as error:
        raise ConfigError(f"{folder}: the page cannot be written there: {error.strerror}") from error
    click.echo(written.line(), err=True)
    click.echo(written.index)


@click.command("export")
@click.argument("relations", nargs=-1, metavar="[RELATION]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["parquet", "csv", "geojson"]),
    default="parquet",
    show_default=True,
    help="geojson: the incidents alone.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("export"),
    show_default=True,
    help="Folder to write.",
)
@location
def export_command(
    relations: tuple[str, ...], form: str, output: Path, db: Path | None, config: Path | None
) -> None:
    """Write the data of the published copy as files, one a relation: all relations, or those named.

    Prints the files written.
    """
    from flows.location import database_path
    from warehouse.export import export
    from warehouse.paths import Paths

    for name in relations:
        if name not in RELATIONS:
            raise click.BadParameter(f"there is no relation {name}. There are: {', '.join(RELATIONS)}")
    published = Paths(database_path(db, config)).published
    for file in export(published, output, cast(Format, form), relations or RELATIONS):
        click.echo(file)
