"""How property tests run: the same examples each time in ``make test``, new ones in ``make fuzz``."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("steady", max_examples=60, derandomize=True, deadline=None, database=None)
settings.register_profile("fuzz", max_examples=5000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
