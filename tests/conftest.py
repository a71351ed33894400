"""How tests run: property tests with the same examples each time in ``make test``, with new ones in ``make fuzz``.

A command reads its rules, its words and its pages once, and makes the validators of the schemas once. Tests run
hundreds of commands in one process, most of them over the same few pages: they share what was read, or four fifths of a
small run would be reading. Nothing can change a page that was made. Nor is memory searched for cycles as often.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import settings

from algokader_lint import messages
from algokader_lint.content import page_reader
from algokader_lint.content.page import Page
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.validation import Validator, make_validator
from algokader_lint.data import data_folder
from algokader_lint.knowledge import ContentType, Knowledge, load_knowledge
from tests.corpus import BUNDLE
from tests.sites_in_tests import knowledge

settings.register_profile("steady", max_examples=60, derandomize=True, deadline=None, database=None)
settings.register_profile("fuzz", max_examples=5000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

_PAGES_KEPT = 3000
"""Some four releases of the real site: enough, and memory has an end in ``make fuzz`` too."""
_LONGEST = (
    "test_hook.py", "faults/test_faults.py", "cli/test_since.py", "content/test_rendering.py", "test_corpus.py",
    "action/test_comment.py", "cli/test_init.py", "test_corpus_fixes.py", "action/test_check.py", "test_old_checks.py",
    "test_wrong_input.py", "content/test_rendering_random.py", "faults/test_harmless.py", "cli/test_links_stopped.py",
)  # fmt: skip
"""Files that take more than two seconds of the processor: begun first, or one worker ends with them alone."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, the others as they are; without the real content nothing is asked of it."""
    folder = Path(__file__).parent
    places = {folder / name: place for place, name in enumerate(_LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))
    if not BUNDLE.exists():
        absent = pytest.mark.skip(reason="the corpus of real content is not beside this checkout")
        for item in items:
            if item.get_closest_marker("corpus") is not None:
                item.add_marker(absent)


def pytest_configure(config: pytest.Config) -> None:
    """Before modules of tests are imported: many of them read a site of their own."""
    gc.set_threshold(50_000, 50, 100)
    stack = ExitStack()
    config.add_cleanup(stack.close)
    stack.enter_context(patch("algokader_lint.cli.setup.load_knowledge", _knowledge_once))
    stack.enter_context(patch.object(messages, "_read", cache(messages._read)))
    stack.enter_context(patch.object(page_reader, "make_validator", _validator_once()))
    stack.enter_context(patch.object(PageReader, "_make", _page_once()))


def _knowledge_once(folder: Path) -> Knowledge:
    return knowledge() if folder == data_folder() else load_knowledge(folder)


def _validator_once() -> Callable[[ContentType], Validator]:
    made: dict[int, tuple[ContentType, Validator]] = {}

    def once(content_type: ContentType) -> Validator:
        if id(content_type) not in made:
            made[id(content_type)] = content_type, make_validator(content_type)  # kept, so that the id is not reused
        return made[id(content_type)][1]

    return once


def _page_once() -> Callable[[PageReader, str, str, Any, page_reader.Depth], Page]:
    made: dict[tuple[Any, ...], tuple[object, Page]] = {}
    make, read_body = PageReader._make, vars(page_reader)["read_body"]

    def once(reader: PageReader, path: str, docs_path: str, data: Any, depth: page_reader.Depth) -> Page:
        if not isinstance(data, bytes) or vars(page_reader)["read_body"] is not read_body:  # or a test breaks reading
            return make(reader, path, docs_path, data, depth)
        key = id(reader.types), path, docs_path, depth, blake2b(data).digest()
        if key not in made:
            if len(made) >= _PAGES_KEPT:
                made.clear()
            made[key] = reader.types, make(reader, path, docs_path, data, depth)
        return made[key][1]

    return once
