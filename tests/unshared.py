"""A plugin for pytest, for ``make mutants``: nothing that one test has read is handed to another.

Which tests a mutant is held against is known from a run without mutants: a page that an earlier test has read would
hide that a later one reads it too.
"""

from __future__ import annotations

import pytest

from algokader_lint.content.page_reader import PageReader

_make = PageReader._make


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    PageReader._make = _make  # type: ignore[method-assign]
