"""The command line in tests: in this process, which costs little, or as a person runs it, in one of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from algokader_lint.cli import main

_OTHERS = ("GIT_", "ALGOKADER", "GITHUB_", "PRE_COMMIT", "NO_COLOR", "FORCE_COLOR")


class Ran(NamedTuple):
    """What a command ended with, and printed."""

    returncode: int
    stdout: str
    stderr: str


def environment(more: Mapping[str, str] = {}) -> dict[str, str]:
    """The environment without what would change how the command behaves, and with what a test adds."""
    return {name: value for name, value in os.environ.items() if not name.startswith(_OTHERS)} | dict(more)


def run(*arguments: str, cwd: Path, env: Mapping[str, str] = {}) -> Ran:
    """Run the command line in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with chdir(cwd), patch.dict(os.environ, environment(env), clear=True), redirect_stdout(out), redirect_stderr(err):
        code = main(arguments)
    return Ran(code, *(_text(stream) for stream in (out, err)))


def run_process(*arguments: str, cwd: Path, env: Mapping[str, str] = {}) -> Ran:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "algokader_lint", *arguments]
    done = subprocess.run(command, cwd=cwd, env=environment(env), capture_output=True, text=True, check=False)
    return Ran(done.returncode, done.stdout, done.stderr)


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()
