"""What the core raises. Expected failures (a page gone, a feed broken) are values, not exceptions.

BasewatchError
├── KnowledgeError      a data file in extract/data is wrong: file, row, and what to do
├── SourcesError        the list of sources is wrong: block, key, and what to do
└── InputError          a line or file given by the user is not what the command reads
"""

from __future__ import annotations


class BasewatchError(Exception):
    """Anything basewatch itself raises; its text names the subject and the remedy."""

    exit_status = 2  # of a command that it ends


class KnowledgeError(BasewatchError):
    """A data file does not keep its own rules."""

    def __init__(self, file: str, row: int | None, problem: str) -> None:
        where = file if row is None else f"{file}, row {row}"
        super().__init__(f"{where}: {problem}")
        self.file, self.row, self.problem = file, row, problem


class SourcesError(BasewatchError):
    """A source is described wrongly."""


class InputError(BasewatchError):
    """What the user gave is not what the command reads."""
