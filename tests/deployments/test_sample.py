"""The sample configuration names every key, loads, and shows the defaults; the rest is well-formed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.settings import AlertsSection, ChannelSection, Settings, keys, load_settings

DEPLOYMENTS = Path(__file__).resolve().parents[2] / "deployments"
SAMPLE = (DEPLOYMENTS / "basewatch.sample.toml").read_text(encoding="utf-8")


def everything() -> str:
    """The sample with what is commented out put in."""
    return re.sub(r"(?m)^#(?=(\[\[|[a-z_]+ = ))", "", SAMPLE)


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of this machine."""
    import os

    for name in [n for n in os.environ if n.startswith("BASEWATCH_")]:
        monkeypatch.delenv(name)


def test_as_it_stands_it_changes_nothing(tmp_path: Path) -> None:
    """Every key that is not commented out has its default."""
    path = tmp_path / "basewatch.toml"
    path.write_text(SAMPLE, encoding="utf-8")
    empty = tmp_path / "empty.toml"
    empty.write_text("", encoding="utf-8")
    assert load_settings(path, env={}) == load_settings(empty, env={})


def test_with_all_put_in_it_loads_and_names_every_key(tmp_path: Path) -> None:
    """What is commented out is right, too."""
    path = tmp_path / "basewatch.toml"
    path.write_text(everything(), encoding="utf-8")
    settings = load_settings(path, env={})
    assert [s.source_id for s in settings.source] == ["example-world"]
    raw: dict[str, Any] = tomllib.loads(everything())
    named = {(section, key) for section, keys_ in raw.items() if section != "source" for key in keys_}
    assert named == set(keys())
    assert set(raw["alerts"]["channel"][0]) == set(ChannelSection.model_fields)
    assert set(raw) == set(Settings.model_fields)
    assert "channel" in AlertsSection.model_fields


def test_compose_is_hardened_and_tells_no_secret() -> None:
    """Read-only roots, no capabilities; passwords come from outside."""
    document = yaml.safe_load((DEPLOYMENTS / "compose.yaml").read_text(encoding="utf-8"))
    services = document["services"]
    assert set(services) == {"database", "server", "deploy", "worker", "web"}
    for name in ("server", "deploy", "worker", "web"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
        assert set(services[name].get("depends_on", {})) <= set(services)
    assert all(v.split(":")[0] in document["volumes"] for v in services["worker"]["volumes"])
    assert "${POSTGRES_PASSWORD:?" in services["database"]["environment"]["POSTGRES_PASSWORD"]


def test_what_the_dockerfile_copies_is_there_and_let_in() -> None:
    """A file that .dockerignore keeps out cannot be copied."""
    root = DEPLOYMENTS.parent
    let_in = {line[1:] for line in (root / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for line in (DEPLOYMENTS / "Dockerfile").read_text(encoding="utf-8").splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert (root / source).exists(), source
                assert source.split("/")[0] in let_in, source
