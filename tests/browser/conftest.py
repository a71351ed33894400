"""A real Chromium, that of the machine: ``CHROMIUM`` names its path when it is elsewhere."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

AXE = Path(__file__).parents[2] / "build" / "browser" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert path is not None, "no Chromium: install one (Debian: apt-get install chromium), or name it in CHROMIUM"
    with sync_playwright() as playwright:
        # The sandbox of Chromium does not start as root, as in a container.
        browser = playwright.chromium.launch(executable_path=path, chromium_sandbox=os.geteuid() != 0)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checks of axe-core, as a script."""
    return AXE.read_text(encoding="utf-8")
