"""Where files come from. Nothing else in the package reads content.

A tree lists the files of a repository and reads them, by paths relative to its root with ``/``.
"""

from __future__ import annotations

import os
import re
import stat
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from algokader_lint.content.source import SIZE_LIMIT

_GIT_SECONDS = 30
"""How long git may take for an answer."""


class CannotRead(Exception):
    """A listed file cannot be read.

    ``kind`` is ``absent``, ``outside``, ``folder``, ``not-a-file``, ``too-large`` or ``denied``.
    """

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class CannotList(Exception):
    """git is missing, or does not want to name the files of this work tree (``git status`` says why)."""


class Tree(Protocol):
    """The files of one state of a repository."""

    @property
    def root(self) -> Path:
        """The folder that all paths are relative to."""

    def paths(self) -> Sequence[str]:
        """All files, sorted."""

    def read(self, path: str) -> bytes:
        """The content of a file. Raises CannotRead."""

    def past_numbers(self, series: str, suffix: str) -> frozenset[int] | None:
        """The numbers behind the text ``series`` in files that end with ``suffix``, in every tagged release.

        None when the past is not known: a shallow clone, or git does not answer.
        """


@dataclass(frozen=True)
class FolderTree:
    """A plain folder on disk."""

    root: Path

    def paths(self) -> Sequence[str]:
        """All files below the root, hidden folders left out; symbolic links to folders are not followed."""
        return self._listed

    @cached_property
    def _listed(self) -> Sequence[str]:
        found: list[str] = []
        for folder, folders, files in os.walk(self.root):
            folders[:] = [name for name in folders if not name.startswith(".")]
            base = os.path.relpath(folder, self.root)
            prefix = "" if base == "." else base.replace(os.sep, "/") + "/"
            found.extend(prefix + name for name in files)
        return sorted(found)

    def read(self, path: str) -> bytes:
        """See Tree.read; a symbolic link that leads out of the root is ``outside``."""
        return _read_inside(self.root, path)

    def past_numbers(self, series: str, suffix: str) -> frozenset[int] | None:
        """A plain folder has no past."""
        return frozenset()


@dataclass(frozen=True)
class GitWorkTree:
    """The work tree of a git repository: its files as ``git ls-files`` names them."""

    root: Path
    listed: tuple[str, ...]

    def paths(self) -> Sequence[str]:
        """See Tree.paths; files deleted from the work tree are still listed, and absent when read."""
        return self.listed

    def read(self, path: str) -> bytes:
        """See Tree.read; a symbolic link that leads out of the repository is ``outside``."""
        return _read_inside(self.root, path)

    def past_numbers(self, series: str, suffix: str) -> frozenset[int] | None:
        """See Tree.past_numbers; searches the objects of all tags, nothing is checked out."""
        tags = _git(self.root, "tag", "--list")
        shallow = _git(self.root, "rev-parse", "--is-shallow-repository")
        if tags is None or shallow is None or shallow.strip() != b"false":
            return None
        revisions = [f"refs/tags/{name}" for name in os.fsdecode(tags).splitlines() if name]
        if not revisions:
            return frozenset()
        pattern = re.sub(r"[^\w:-]", lambda match: f"[{match[0]}]", series) + "[0-9]{1,9}"
        found = _git(self.root, "grep", "-hIoE", "--no-color", "-e", pattern, *revisions, "--", f"*{suffix}")
        lines = os.fsdecode(found or b"").splitlines()
        return frozenset(int(line[len(series) :]) for line in lines)


def open_tree(root: Path, environment: Mapping[str, str]) -> Tree:
    """The files below ``root``: what git lists when it is the top of a work tree, else what is in the folder.

    In a pre-commit run (``PRE_COMMIT=1``) untracked files do not count: they are no part of the commit.
    """
    if not is_git_root(root):
        return FolderTree(root)
    others = [] if environment.get("PRE_COMMIT") == "1" else ["--others", "--exclude-standard"]
    listing = _git(root, "ls-files", "-z", "--cached", *others)
    if listing is None:
        raise CannotList(str(root))
    names = sorted({os.fsdecode(name) for name in listing.split(b"\0") if name})
    return GitWorkTree(root, tuple(names))


def is_git_root(folder: Path) -> bool:
    """Whether ``folder`` is the top of a git work tree."""
    return (folder / ".git").exists()


def display_path(path: str) -> str:
    """A path that can be written out: bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def _git(root: Path, *arguments: str) -> bytes | None:
    """The output of a git command, None when it fails or git is missing."""
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(root), *arguments]
    try:
        result = subprocess.run(command, capture_output=True, check=False, timeout=_GIT_SECONDS)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return result.stdout if result.returncode == 0 else None


def _read_inside(root: Path, path: str) -> bytes:
    full = os.path.realpath(os.path.join(root, path))
    top = os.path.realpath(root)
    if full != top and not full.startswith(top.rstrip(os.sep) + os.sep):
        raise CannotRead("outside")
    if re.search(r"(^|[\\/])\.git([\\/]|$)", os.path.relpath(full, top)):
        raise CannotRead("outside")
    try:
        status = os.stat(full)
        if stat.S_ISDIR(status.st_mode):
            raise CannotRead("folder")
        if not stat.S_ISREG(status.st_mode):
            raise CannotRead("not-a-file")
        if status.st_size > SIZE_LIMIT:
            raise CannotRead("too-large")
        with open(full, "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise CannotRead("absent") from None
    except (OSError, ValueError):
        raise CannotRead("denied") from None
