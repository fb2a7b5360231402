"""Where things are: the configuration file and the warehouse, found without reading the rest of either.

Commands that only read the published tally need no more than this; `flows.settings` checks the whole file.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flows.errors import ConfigError

DEFAULT_CONFIG = Path("basewatch.toml")
DEFAULT_DB = Path("data/basewatch.duckdb")


def config_path(given: Path | None, env: Mapping[str, str] = os.environ) -> Path | None:
    """The configuration file to use: the one given, BASEWATCH_CONFIG, ./basewatch.toml, or none at all."""
    if given is None and "BASEWATCH_CONFIG" in env:
        given = Path(env["BASEWATCH_CONFIG"])
    if given is None:
        return DEFAULT_CONFIG if DEFAULT_CONFIG.is_file() else None
    if not given.is_file():
        raise ConfigError(f"{given}: there is no such configuration file. Give another with --config FILE.")
    return given


def read_toml(path: Path | None) -> dict[str, Any]:
    """The file's content; {} for no file. Raises ConfigError where it is no TOML or cannot be read."""
    if path is None:
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: this is not valid TOML: {error}") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error


def database_path(db: Path | None, config: Path | None, env: Mapping[str, str] = os.environ) -> Path:
    """The warehouse file: --db above BASEWATCH_WAREHOUSE_PATH above `[warehouse] path` above the default."""
    if db is not None:
        return db
    if "BASEWATCH_WAREHOUSE_PATH" in env:
        return Path(env["BASEWATCH_WAREHOUSE_PATH"])
    section = read_toml(config_path(config, env)).get("warehouse", {})
    return Path(section.get("path", DEFAULT_DB)) if isinstance(section, dict) else DEFAULT_DB
