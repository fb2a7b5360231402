"""Files of the page's folder: written whole or not at all, only where they changed, and cleared when stale.

A reader never meets half a page: each is written beside its place and renamed into it. Pages come
before those that link to them, so that a link never leads nowhere, and stale pages go last.

`.pages.json` remembers of what each page was made, so that a page whose content is the same is not even
rendered; delete it (or the folder) to have all pages made anew. Only files that it names, or that lie in the
folders named here, are ever removed.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

MANIFEST = ".pages.json"


def digest(*parts: object) -> str:
    """A short hash of values whose repr tells them apart."""
    hashed = hashlib.blake2b(digest_size=12)
    for part in parts:
        hashed.update(repr(part).encode("utf-8", "surrogatepass"))
    return hashed.hexdigest()


def is_current(folder: Path, made_at: int) -> bool:
    """Whether the folder was finished from data of that time."""
    try:
        return (folder / MANIFEST).stat().st_mtime_ns == made_at
    except OSError:
        return False


@dataclass
class FolderWriter:
    """One edition of the folder being written. `close` removes what the last edition had and this has not."""

    folder: Path
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    _before: dict[str, list[str]] = field(default_factory=dict)
    _now: dict[str, list[str]] = field(default_factory=dict)
    _places: set[str] = field(default_factory=set)
    _process: int = field(default_factory=os.getpid)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            known = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
            self._before = {str(name): [str(v) for v in made] for name, made in known.items()}
        except (OSError, ValueError, AttributeError, TypeError):
            self._before = {}  # the first edition here, or a damaged note: everything is compared

    def page(self, name: str, made_of: str, render: Callable[[], str]) -> None:
        """A page, rendered only where what it is made of has changed or the file is not as it was left."""
        before = self._before.get(name)
        if before and before[0] == made_of and self._size(name) == before[1]:
            self._now[name] = before
            self.unchanged += 1
        else:
            self.put(name, render().encode("utf-8", "replace"), made_of)

    def put(self, name: str, content: bytes, made_of: str = "") -> None:
        """A file with this content, put in place whole; left alone where it has it already."""
        self._now[name] = [made_of, str(len(content))]
        target = f"{self.folder}/{name}"
        if self._size(name) == str(len(content)) and Path(target).read_bytes() == content:
            self.unchanged += 1
            return
        place, _, own = target.rpartition("/")
        if place not in self._places:
            Path(place).mkdir(parents=True, exist_ok=True)
            self._places.add(place)
        # Plain calls: with ten thousand pages, pathlib's own work was a tenth of the whole.
        fresh = f"{place}/.{own}.{self._process}.tmp"
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            written = 0
            while written < len(content):
                written += os.write(handle, content[written:])
        finally:
            os.close(handle)
        os.rename(fresh, target)  # noqa: PTH104  (as above)
        self.written += 1

    def close(self, made_at: int) -> None:
        """Remove stale files, then note what is there. `made_at` (nanoseconds) becomes the note's own time:
        that of the data the folder was made of, by which `is_current` knows it again."""
        for name in self._before.keys() - self._now.keys():
            target = self.folder / name
            if target.resolve().is_relative_to(self.folder.resolve()):
                target.unlink(missing_ok=True)
                self.removed += 1
        note = json.dumps(dict(sorted(self._now.items())), separators=(",", ":")).encode()
        if not (self.folder / MANIFEST).is_file() or (self.folder / MANIFEST).read_bytes() != note:
            fresh = self.folder / f"{MANIFEST}.{os.getpid()}.tmp"
            fresh.write_bytes(note)
            fresh.replace(self.folder / MANIFEST)
        os.utime(self.folder / MANIFEST, ns=(made_at, made_at))

    def _size(self, name: str) -> str:
        try:
            return str(os.stat(f"{self.folder}/{name}").st_size)  # noqa: PTH116  (as below)
        except OSError:
            return ""
