"""The configuration: one TOML file, environment variables BASEWATCH_* above it, the command line above both.

`load_settings` is the one way in. A key that nobody knows is an error that names the nearest key.
"""

from __future__ import annotations

import difflib
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from extract.errors import SourcesError
from extract.fetch import FetchSettings
from extract.records import Source
from extract.sources import check_distinct, load_sources, source_from_block
from flows.errors import ConfigError
from flows.location import DEFAULT_DB, config_path, read_toml

ENV_PREFIX = "BASEWATCH_"
# Variables that are no key of a section: the path of the file itself, and who makes an analyst's decisions.
OWN_VARIABLES = frozenset({"BASEWATCH_CONFIG", "BASEWATCH_AUTHOR"})
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def parse_duration(value: object) -> object:
    """'90s', '15m', '6h', '2d' as a timedelta; anything else is left to pydantic (seconds, ISO 8601)."""
    match = re.fullmatch(r"\s*(\d+)\s*([smhd])\s*", value) if isinstance(value, str) else None
    return timedelta(**{UNITS[match[2]]: int(match[1])}) if match else value


def split_words(value: object) -> object:
    """A list from an environment variable: words apart by white space."""
    return value.split() if isinstance(value, str) else value


def parse_clock(value: object) -> object:
    """'07:30' as a time of day; anything else is refused by pydantic."""
    return (
        time.fromisoformat(value) if isinstance(value, str) and re.fullmatch(r"\d\d:\d\d", value) else value
    )


Clock = Annotated[time, BeforeValidator(parse_clock)]
Duration = Annotated[timedelta, BeforeValidator(parse_duration)]
Durations = Annotated[tuple[Duration, ...], NoDecode, BeforeValidator(split_words)]
Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(split_words)]
Secrets = Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(split_words)]


class Section(BaseModel):
    """One table of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WarehouseSection(Section):
    """Where the data are. tally.duckdb and the archive folder stand beside the file named here."""

    path: Path = DEFAULT_DB


class FetchSection(Section):
    """How the outside world is asked. Times in seconds, sizes in bytes."""

    user_agent: str = "basewatch/0.1 (+https://example.org/contact)"
    allow: Words = ()  # exact host:port exceptions to the address guard
    total_seconds: float = Field(default=30.0, gt=0)
    connect_seconds: float = Field(default=10.0, gt=0)
    read_seconds: float = Field(default=15.0, gt=0)
    max_wire_bytes: int = Field(default=8_000_000, gt=0)
    max_body_bytes: int = Field(default=20_000_000, gt=0)
    max_redirects: int = Field(default=5, ge=0)
    connections: int = Field(default=100, gt=0)  # so that slow hosts leave room for the others
    per_host_gap_seconds: float = Field(default=1.0, ge=0)
    respect_robots: bool = True

    def for_fetcher(self) -> FetchSettings:
        """The same as the fetcher takes it."""
        return FetchSettings(**self.model_dump())


class ScheduleSection(Section):
    """When the flow runs, and how much one run takes on."""

    every: Duration = timedelta(minutes=15)
    articles_per_run: int = Field(default=500, gt=0)
    # An article that tells of an attack is fetched again so long after its first reading, for corrections.
    look_again: Durations = (timedelta(hours=6), timedelta(hours=36))
    metrics_file: Path | None = None  # figures of each run, for Prometheus' node exporter


class ChannelSection(Section):
    """One [[alerts.channel]] block: a URL with filters of its own; what is left out is as in [alerts]."""

    name: str = Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")
    url: SecretStr
    countries: Words | None = None
    sites: Words | None = None
    statuses: Words | None = None
    min_confidence: float | None = Field(default=None, ge=0, le=1)
    min_casualties: int | None = Field(default=None, ge=0)
    mode: Literal["instant", "digest", "both"] = "both"  # each alert at once, the daily digest, or both
    notices: bool = True  # feeds in trouble, other channels in trouble


class AlertsSection(Section):
    """Who is told. The URLs are secrets: better given in BASEWATCH_ALERTS_URLS than in the file."""

    urls: Secrets = ()
    countries: Words = ("Iraq", "Syria", "Jordan")
    sites: Words = ()  # ids of sites; none: all
    statuses: Words = ("confirmed", "corroborated", "single_source", "claimed", "disputed", "dismissed")
    min_confidence: float = Field(default=0.0, ge=0, le=1)
    min_casualties: int = Field(default=0, ge=0)  # killed and wounded together
    storm: int = Field(default=10, gt=0)  # more than this many at once become one message
    digest_at: Clock | None = None  # when the daily digest is due, local (Asia/Baghdad); none: no digest
    channel: tuple[ChannelSection, ...] = ()

    @field_validator("channel")
    @classmethod
    def names_differ(cls, channels: tuple[ChannelSection, ...]) -> tuple[ChannelSection, ...]:
        """A name is what deliveries are remembered by."""
        for name, number in Counter(c.name for c in channels).items():
            if number > 1:
                raise ValueError(f"the name {name} is given {number} times; names must differ")
        return channels


class KeepSection(Section):
    """What upkeep saves and forgets. Articles, reports, incidents and reviews are never forgotten."""

    folder: Path | None = None  # of the backups; none: backups/ beside the warehouse
    backups: int = Field(default=14, gt=0)  # how many are kept, the newest
    forget_after: Duration = timedelta(
        days=365
    )  # entries that came to nothing; less than months lets them return


class ReportSection(Section):
    """The page: written after each load that changed something, into `report` beside the warehouse."""

    enabled: bool = True
    folder: Path | None = None
    base_url: str = ""  # where the folder will be reached, for full addresses in its feeds
    notice: str = ""  # said on top of every page


class Settings(BaseSettings):
    """All of it, frozen; `source` are the file's [[source]] blocks, or the shipped list where it has none."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX,
        env_nested_delimiter="_",
        env_nested_max_split=1,
        extra="forbid",
        frozen=True,
    )

    warehouse: WarehouseSection = WarehouseSection()
    fetch: FetchSection = FetchSection()
    schedule: ScheduleSection = ScheduleSection()
    alerts: AlertsSection = AlertsSection()
    keep: KeepSection = KeepSection()
    report: ReportSection = ReportSection()
    source: tuple[Source, ...] = ()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment above file (the file comes in as init values)."""
        return env_settings, init_settings


def backup_folder(settings: Settings) -> Path:
    """Where upkeep saves the warehouse."""
    return settings.keep.folder or settings.warehouse.path.with_name("backups")


def report_folder(settings: Settings) -> Path:
    """Where the page is written."""
    return settings.report.folder or settings.warehouse.path.with_name("report")


def load_settings(
    config: Path | None = None, db: Path | None = None, env: Mapping[str, str] = os.environ
) -> Settings:
    """The settings in force. Raises ConfigError, which names the place, the key and the nearest right one."""
    path = config_path(config, env)
    raw = read_toml(path)
    where = str(path or "configuration")
    check_variables(env)
    try:
        blocks = raw.pop("source", None)
        sources = load_sources(None) if blocks is None else sources_of(blocks)
        settings = Settings(**raw, source=sources)
    except ValidationError as error:
        raise ConfigError("\n".join(explain(error, where))) from None
    except SourcesError as error:
        raise ConfigError(f"{where}: {error}") from error
    if db is not None:
        settings = settings.model_copy(update={"warehouse": WarehouseSection(path=db)})
    return settings


def sources_of(blocks: object) -> tuple[Source, ...]:
    """The file's [[source]] blocks. Raises SourcesError for one that is wrong or stands twice."""
    if not isinstance(blocks, list):
        raise SourcesError("source: write each source as a [[source]] block")
    sources = tuple(source_from_block(block) for block in blocks)
    check_distinct(sources, where="[[source]]")
    return sources


def check_variables(env: Mapping[str, str]) -> None:
    """Raise ConfigError for a BASEWATCH_ variable that names no key."""
    known = OWN_VARIABLES | set(variable_names())
    for name in env:
        if name.startswith(ENV_PREFIX) and name not in known:
            raise ConfigError(f"environment variable {name}: no such setting.{suggestion(name, known)}")


def variable_names() -> Iterable[str]:
    """Every environment variable that is a setting."""
    for section, key in keys():
        yield f"{ENV_PREFIX}{section}_{key}".upper()


def keys() -> Iterable[tuple[str, str]]:
    """(section, key) of every key."""
    for section, info in Settings.model_fields.items():
        if isinstance(info.annotation, type) and issubclass(info.annotation, Section):
            for key in info.annotation.model_fields:
                yield section, key


def explain(error: ValidationError, where: str) -> Iterable[str]:
    """One line a fault: where, which key, what is wrong, what was likely meant. Values are not repeated:
    they may be secrets."""
    for fault in error.errors(include_input=False, include_url=False):
        path = [str(part) for part in fault["loc"]]
        if fault["type"] == "extra_forbidden":
            known = known_beside(path)
            yield f"{where}: {dotted(path)}: there is no such key.{suggestion(path[-1], known)}"
        else:
            yield f"{where}: {dotted(path)}: {fault['msg']}"


def known_beside(path: list[str]) -> set[str]:
    """The keys that may stand where this one does."""
    if path[:2] == ["alerts", "channel"]:
        return {*ChannelSection.model_fields}
    return {k for s, k in keys() if s == path[0]} if len(path) > 1 else {*Settings.model_fields}


def dotted(path: list[str]) -> str:
    """['fetch', 'allow'] as '[fetch] allow'."""
    return f"[{path[0]}] {'.'.join(path[1:])}".strip()


def suggestion(name: str, known: Iterable[str]) -> str:
    """' Did you mean X?', or the list of what there is."""
    known = sorted(known)
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f" Did you mean {near[0]}?" if near else f" There are: {', '.join(known)}."
