"""The configuration: what is read, what stands above what, and what a mistake is told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from flows.errors import ConfigError
from flows.location import database_path
from flows.settings import load_settings

SOURCE = """
[[source]]
id = "example-world"
outlet = "Example News"
language = "en"
kind = "local"
url = "https://news.example.org/world/rss.xml"
"""


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of this machine reaches the tests."""
    import os

    for name in [n for n in os.environ if n.startswith("BASEWATCH_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def config(tmp_path: Path, text: str) -> Path:
    """A configuration file with this text."""
    path = tmp_path / "basewatch.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_shipped_sources_and_defaults_hold() -> None:
    """A new installation needs no configuration."""
    settings = load_settings()
    assert settings.schedule.every == timedelta(minutes=15)
    assert len(settings.source) >= 40


def test_every_section_of_the_design_is_read(tmp_path: Path) -> None:
    """The sample of DESIGN.md §7."""
    path = config(
        tmp_path,
        '[warehouse]\npath = "x/y.duckdb"\n[fetch]\nuser_agent = "me"\nallow = ["127.0.0.1:8080"]\n'
        '[schedule]\nevery = "2h"\n[alerts]\nurls = ["json://127.0.0.1:9/x"]\n' + SOURCE,
    )
    settings = load_settings(path)
    assert settings.warehouse.path == Path("x/y.duckdb")
    assert settings.fetch.for_fetcher().allow == ("127.0.0.1:8080",)
    assert settings.schedule.every == timedelta(hours=2)
    assert [u.get_secret_value() for u in settings.alerts.urls] == ["json://127.0.0.1:9/x"]
    assert [(s.source_id, s.family) for s in settings.source] == [("example-world", "Example News")]


def test_the_environment_stands_above_the_file_and_the_command_line_above_both(tmp_path: Path) -> None:
    """DESIGN.md §7's order."""
    path = config(tmp_path, '[warehouse]\npath = "file.duckdb"\n[schedule]\nevery = "2h"\n')
    env = {"BASEWATCH_WAREHOUSE_PATH": "env.duckdb"}
    assert database_path(None, path, env) == Path("env.duckdb")
    assert database_path(Path("cli.duckdb"), path, env) == Path("cli.duckdb")
    assert database_path(None, path, {}) == Path("file.duckdb")


def test_variables_reach_their_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists are words apart by white space."""
    monkeypatch.setenv("BASEWATCH_ALERTS_URLS", "json://a json://b")
    monkeypatch.setenv("BASEWATCH_FETCH_USER_AGENT", "me")
    monkeypatch.setenv("BASEWATCH_SCHEDULE_EVERY", "30m")
    settings = load_settings()
    assert [u.get_secret_value() for u in settings.alerts.urls] == ["json://a", "json://b"]
    assert settings.fetch.user_agent == "me"
    assert settings.schedule.every == timedelta(minutes=30)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[fetch]\nuser_agnet = "x"\n', ["basewatch.toml", "user_agnet", "user_agent"]),
        ('[fetsh]\nuser_agent = "x"\n', ["basewatch.toml", "fetsh", "fetch"]),
        ('[schedule]\nevery = "soon"\n', ["[schedule] every"]),
        ("[fetch\n", ["basewatch.toml", "TOML"]),
        (SOURCE.replace("outlet", "outlit"), ["example-world", "outlit", "outlet"]),
        (SOURCE.replace('"local"', '"locul"'), ["example-world", "kind", "local"]),
        (SOURCE + SOURCE, ["example-world"]),
    ],
    ids=["key", "section", "duration", "not TOML", "source key", "source kind", "two sources of one id"],
)
def test_a_mistake_is_told_with_place_key_and_what_was_meant(
    tmp_path: Path, text: str, words: list[str]
) -> None:
    """A tired person must see at once what to change."""
    with pytest.raises(ConfigError) as caught:
        load_settings(config(tmp_path, text))
    for word in words:
        assert word in str(caught.value)


def test_a_misspelt_variable_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Silence would leave the setting without effect."""
    monkeypatch.setenv("BASEWATCH_ALERT_URLS", "json://secret")
    with pytest.raises(ConfigError, match="BASEWATCH_ALERTS_URLS") as caught:
        load_settings()
    assert "secret" not in str(caught.value)


def test_a_secret_is_in_no_error_and_no_repr(tmp_path: Path) -> None:
    """Alert URLs carry tokens."""
    path = config(tmp_path, '[alerts]\nurls = ["slack://TOKENA/TOKENB/TOKENC"]\nstorm = "many"\n')
    with pytest.raises(ConfigError) as caught:
        load_settings(path)
    assert "TOKENA" not in str(caught.value)
    good = load_settings(config(tmp_path, '[alerts]\nurls = ["slack://TOKENA/TOKENB/TOKENC"]\n'))
    assert "TOKENA" not in repr(good)
