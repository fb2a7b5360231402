"""`basewatch score`: the reader against labelled articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import click

from extract.knowledge import Knowledge, load_knowledge
from extract.scoring import PHRASES, Labelled, Score, calibration, load_corpus, load_phrases, score
from flows.commands.options import formats
from flows.output import Format, Rows, safe, write


@click.command("score")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--faults", is_flag=True, help="Every disagreement with a label, too.")
@formats
def score_command(folders: tuple[Path, ...], faults: bool, form: str) -> None:
    """Precision, recall and F1 of the reader, per field, on the labelled articles in FOLDERS.

    Default: every half of the golden corpus, tests/golden/*/*, and its single sentences. A field is scored on
    the reports that were found and placed; "(all)" counts agreement where nothing is stated, too. Last,
    whether confidence means what it says: of reports at 0.8, about 8 in 10 should be right.
    """
    golden = Path("tests/golden")
    halves = sorted(f for f in golden.glob("??/*/") if f.is_dir())
    chosen = folders or (*halves, *(f for f in (golden / PHRASES,) if f.is_dir()))
    knowledge, rows = load_knowledge(), []
    for name, corpus in (named for folder in chosen for named in _corpora(folder, knowledge)):
        result = score(corpus, knowledge)
        rows += score_rows(name, result)
        if faults:
            for line in result.faults:
                click.echo(safe(f"{name}: {line}"), err=True)
    columns = ("corpus", "what", "precision", "recall", "f1", "right", "found", "wanted")
    write(Rows(columns, rows), cast(Format, form))


def _corpora(folder: Path, knowledge: Knowledge) -> Iterator[tuple[str, tuple[Labelled, ...]]]:
    """The labelled articles of a folder under its name; of a folder of sentences, each half of each file."""
    if folder.name != PHRASES:
        yield str(folder), load_corpus(folder, knowledge)
        return
    for path in sorted(folder.glob("*.toml")):
        for half, labelled in sorted(load_phrases(path, knowledge).items()):
            yield f"{folder / path.stem} {half}", labelled


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
