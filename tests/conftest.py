"""What holds for all tests."""

from __future__ import annotations

import hypothesis

# Examples have no deadline: a busy machine is no fault of the code.
hypothesis.settings.register_profile("basewatch", deadline=None)
hypothesis.settings.load_profile("basewatch")
