"""Which way imports may point (DESIGN.md §2): flows -> warehouse -> extract.records, flows -> extract."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NETWORK = {"httpx", "httpcore", "socket", "urllib.request", "http.client", "requests", "aiohttp"}


def modules(package: str) -> list[Path]:
    """Every Python file of a package."""
    return sorted((ROOT / package).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def offenders(package: str, forbidden: set[str], but: frozenset[str] = frozenset()) -> list[str]:
    """'file imports module' for each import of a forbidden module (or one inside it)."""
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(package)
        if path.name not in but
        for name in imports(path)
        if any(name == f or name.startswith(f + ".") for f in forbidden)
    ]


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [
        ("extract", {"prefect", "duckdb", "warehouse", "flows"}),
        ("warehouse", {"prefect", "flows", *NETWORK}),
        ("flows", {"duckdb"}),
    ],
)
def test_nothing_imports_against_the_arrows(package: str, forbidden: set[str]) -> None:
    """Each package imports only what stands below it."""
    assert modules(package)
    assert offenders(package, forbidden) == []


def test_only_fetch_touches_the_network() -> None:
    """In the core, the network is fetch.py's alone."""
    assert offenders("extract", NETWORK, but=frozenset({"fetch.py"})) == []
    assert offenders("extract", NETWORK) != []


def test_the_warehouse_knows_of_the_core_only_its_records() -> None:
    """warehouse -> extract.records and extract.errors, nothing else of the core."""
    known = {"extract.records", "extract.errors"}
    named = {
        name for path in modules("warehouse") for name in imports(path) if name.split(".")[0] == "extract"
    }
    assert named <= known


def test_only_the_given_folders_stand_at_the_top() -> None:
    """Besides them only single files: project file, README, licence, dotfiles."""
    folders = {p.name for p in ROOT.iterdir() if p.is_dir() and not p.name.startswith(".")}
    given = {"flows", "extract", "warehouse", "tests", "deployments"}
    made_here = {"data", "build", "dist"}  # what running and building leave; git ignores them
    assert (
        folders - made_here - {n for n in folders if n.endswith(".egg-info") or n == "__pycache__"} == given
    )
