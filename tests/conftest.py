"""What all tests share: how property tests run, and the command in this process."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest
from hypothesis import settings

from algokader_lint.cli import main

# The same examples each time in `make test`, new ones in `make fuzz`.
settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.register_profile("fuzz", max_examples=5000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


class Ran(NamedTuple):
    """What a command ended with, and printed."""

    code: int
    out: str
    err: str


class Lint(Protocol):
    """Runs the command line in this process, which costs far less than a process of its own."""

    def __call__(self, *arguments: str, cwd: Path, env: Mapping[str, str] = {}) -> Ran: ...


@pytest.fixture
def lint(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Lint:
    for name in list(os.environ):
        if name.startswith(("GIT_", "ALGOKADER", "GITHUB_", "PRE_COMMIT", "NO_COLOR", "FORCE_COLOR")):
            monkeypatch.delenv(name)

    def run(*arguments: str, cwd: Path, env: Mapping[str, str] = {}) -> Ran:
        with monkeypatch.context() as patch:
            patch.chdir(cwd)
            for name, value in env.items():
                patch.setenv(name, value)
            capsys.readouterr()
            code = main(arguments)
            return Ran(code, *capsys.readouterr())

    return run
