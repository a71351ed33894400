"""Real git repositories for tests."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.sites_in_tests import minimal_site

_IDENTITY = ("-c", "user.name=Test", "-c", "user.email=test@voorbeeld.example", "-c", "init.defaultBranch=main")
_HASTE = ("-c", "core.fsync=none", "-c", "init.templateDir=", "-c", "gc.auto=0")
"""What lives as long as a test need not be safe from a power cut, and needs no examples of hooks."""


def git(folder: Path, *arguments: str) -> str:
    """Run git, alone with its own settings; its output without the last line break."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", *_IDENTITY, *_HASTE, *arguments]
    done = subprocess.run(command, cwd=folder, env=env, check=True, capture_output=True, text=True)
    return done.stdout.removesuffix("\n")


def commit_all(folder: Path, message: str = "wijziging") -> str:
    """Commit all that is in the folder; the name of the commit."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD")


def git_site(folder: Path, files: Mapping[str, bytes | str] = {}) -> Path:
    """The minimal site with ``files`` on top, in a repository of one commit."""
    site = minimal_site(folder, files)
    git(site, "init", "-q")
    commit_all(site, "begin")
    return site
