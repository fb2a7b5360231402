"""`basewatch score`: the reader against labelled articles."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from extract.knowledge import load_knowledge
from extract.scoring import Score, calibration, load_corpus, score
from flows.commands.options import formats
from flows.output import Format, Rows, safe, write


@click.command("score")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--faults", is_flag=True, help="Every disagreement with a label, too.")
@formats
def score_command(folders: tuple[Path, ...], faults: bool, form: str) -> None:
    """Precision, recall and F1 of the reader, per field, on the labelled articles in FOLDERS.

    Default: every half of the golden corpus, tests/golden/*/*. A field is scored on the reports that were
    found and placed; "(all)" counts agreement where nothing is stated, too. Last, whether confidence means
    what it says: of the reports at 0.8, about 8 in 10 should be right.
    """
    chosen = folders or tuple(sorted(f for f in Path("tests/golden").glob("??/*/") if f.is_dir()))
    knowledge, rows = load_knowledge(), []
    for folder in chosen:
        result = score(load_corpus(folder, knowledge), knowledge)
        rows += score_rows(str(folder), result)
        if faults:
            for line in result.faults:
                click.echo(safe(f"{folder}: {line}"), err=True)
    columns = ("corpus", "what", "precision", "recall", "f1", "right", "found", "wanted")
    write(Rows(columns, rows), cast(Format, form))


def score_rows(corpus: str, result: Score) -> list[tuple[object, ...]]:
    """A row a count, then a row a band of confidence."""
    rows: list[tuple[object, ...]] = [
        (corpus, name, round(c.precision, 3), round(c.recall, 3), round(c.f1, 3), c.right, c.found, c.wanted)
        for name, c in result.counts.items()
    ]
    for band, number, stated, right in calibration(result):
        rows.append(
            (corpus, f"confidence {band}", round(right, 3), None, None, None, number, round(stated, 3))
        )
    return rows
