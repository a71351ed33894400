"""How tests run: property tests with the same examples each time in ``make test``, with new ones in ``make fuzz``.

A command reads the rules and makes the validators of the schemas once in its process. Tests run hundreds of commands in
one process: they share both, or two thirds of a small run would be that. Nor is memory searched for cycles as often.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from functools import cache
from unittest.mock import patch

import pytest
from hypothesis import settings

from algokader_lint.content.validation import Validator, make_validator
from algokader_lint.knowledge import ContentType, load_knowledge

settings.register_profile("steady", max_examples=60, derandomize=True, deadline=None, database=None)
settings.register_profile("fuzz", max_examples=5000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    gc.set_threshold(50_000, 50, 100)
    made: dict[int, tuple[ContentType, Validator]] = {}

    def made_once(content_type: ContentType) -> Validator:
        if id(content_type) not in made:
            made[id(content_type)] = content_type, make_validator(content_type)  # kept, so that the id is not reused
        return made[id(content_type)][1]

    with (
        patch("algokader_lint.cli.setup.load_knowledge", cache(load_knowledge)),
        patch("algokader_lint.content.page_reader.make_validator", made_once),
    ):
        yield
