"""What the shell raises.

BasewatchError (extract.errors)
└── ConfigError     the configuration is wrong: file or variable, key, and the nearest right one
"""

from __future__ import annotations

from extract.errors import BasewatchError


class ConfigError(BasewatchError):
    """The configuration cannot be used as it stands."""
