"""The small news site of the flow tests."""

from __future__ import annotations

from tests.flows.conftest import site

__all__ = ["site"]
