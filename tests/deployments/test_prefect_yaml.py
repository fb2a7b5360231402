"""deployments/prefect.yaml against what exists: Prefect itself ignores keys it does not know."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path
from typing import Any

import pytest
import yaml

DEPLOYMENTS = Path(__file__).resolve().parents[2] / "deployments"
KEYS = {
    "name", "entrypoint", "description", "tags", "parameters", "schedules", "concurrency_limit", "work_pool",
}  # fmt: skip


def document() -> dict[str, Any]:
    """The file."""
    loaded: dict[str, Any] = yaml.safe_load((DEPLOYMENTS / "prefect.yaml").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("deployment", document()["deployments"], ids=lambda d: d["entrypoint"])
def test_a_deployment_names_a_flow_its_parameters_and_no_unknown_key(deployment: dict[str, Any]) -> None:
    """And runs alone, as what writes must."""
    assert set(deployment) == KEYS
    module, _, name = deployment["entrypoint"].partition(":")
    flow = getattr(importlib.import_module(module), name)
    assert set(deployment["parameters"]) == set(inspect.signature(flow.fn).parameters)
    for key, value in deployment["parameters"].items():
        default = inspect.signature(flow.fn).parameters[key].default
        assert default == value or (default is inspect.Parameter.empty and value == [])
    assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}
    assert {"cron", "timezone", "active", "slug"} >= {k for s in deployment["schedules"] for k in s}
    assert deployment["description"].strip()


def test_only_keys_that_prefect_reads_stand_on_top() -> None:
    """`definitions` holds the anchors, as in Prefect's own examples."""
    assert set(document()) == {"name", "prefect-version", "definitions", "deployments"}
