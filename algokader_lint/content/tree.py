"""Where files come from. Nothing else in the package reads content.

A tree lists the files of a repository and reads them, by paths relative to its root with ``/``. It is a plain
folder, the work tree of a git repository, or what git has stored: a commit, or what is staged.
"""

from __future__ import annotations

import os
import posixpath
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from algokader_lint.content.git import (
    SUBMODULE,
    SYMLINK,
    ObjectReader,
    TreeEntry,
    is_git_root,
    is_shallow,
    list_commit,
    list_index,
    list_names,
    open_objects,
    search_tags,
    tags,
)
from algokader_lint.content.source import SIZE_LIMIT

_LINKS_LIMIT = 8
"""Symbolic links that are followed in a row."""


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

    def past_words(self, beginning: str, suffix: str) -> frozenset[str] | None:
        """The words that begin with this text and end with a digit, in files with this suffix, in all tagged releases.

        None when the past is not known: a shallow clone, or git does not answer.
        """


@dataclass(frozen=True)
class FolderTree:
    """A plain folder on disk."""

    root: Path

    def paths(self) -> Sequence[str]:
        """All files below the root, hidden folders left out; a link to a folder is listed as in git, not followed."""
        return self._listed

    @cached_property
    def _listed(self) -> Sequence[str]:
        found: list[str] = []
        for folder, folders, files in os.walk(self.root):
            folders[:] = [name for name in folders if not name.startswith(".")]
            base = os.path.relpath(folder, self.root)
            prefix = "" if base == "." else base.replace(os.sep, "/") + "/"
            linked = [name for name in folders if os.path.islink(os.path.join(folder, name))]
            found.extend(prefix + name for name in (*files, *linked))
        return sorted(found)

    def read(self, path: str) -> bytes:
        """See Tree.read; a symbolic link that leads out of the root is ``outside``."""
        return _read_inside(self.root, path)

    def past_words(self, beginning: str, suffix: str) -> frozenset[str] | None:
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

    def past_words(self, beginning: str, suffix: str) -> frozenset[str] | None:
        """See Tree.past_words; searches the objects of all tags, nothing is checked out."""
        return _words_in_tags(self.root, beginning, suffix)


@dataclass(frozen=True)
class GitObjectTree:
    """Files as git has stored them, in a commit or in the index; nothing is checked out.

    ``entries`` are all files by path, ``objects`` reads their contents.
    """

    root: Path
    entries: Mapping[str, TreeEntry]
    objects: ObjectReader

    def paths(self) -> Sequence[str]:
        """See Tree.paths; submodules have no files here."""
        return self._listed

    @cached_property
    def _listed(self) -> Sequence[str]:
        return sorted(path for path, entry in self.entries.items() if entry.mode != SUBMODULE)

    def read(self, path: str) -> bytes:
        """See Tree.read; a symbolic link is followed to another stored file."""
        for _ in range(_LINKS_LIMIT):
            entry = self.entries.get(path)
            if entry is None:
                raise CannotRead("folder" if any(other.startswith(path + "/") for other in self.entries) else "absent")
            data = self.objects.read(entry.object, SIZE_LIMIT + 1)
            if data is None:
                raise CannotRead("denied")
            if entry.mode != SYMLINK:
                if len(data) > SIZE_LIMIT:
                    raise CannotRead("too-large")
                return data
            target = os.fsdecode(data)
            path = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            if path.startswith(("/", "../")) or path == "..":
                raise CannotRead("outside")
        raise CannotRead("denied")

    def past_words(self, beginning: str, suffix: str) -> frozenset[str] | None:
        """See Tree.past_words."""
        return _words_in_tags(self.root, beginning, suffix)


@dataclass(frozen=True)
class ChangedTree:
    """Another tree in which some files have another content."""

    before: Tree
    contents: Mapping[str, bytes]

    @property
    def root(self) -> Path:
        """See Tree.root."""
        return self.before.root

    def paths(self) -> Sequence[str]:
        """See Tree.paths."""
        return self.before.paths()

    def read(self, path: str) -> bytes:
        """See Tree.read."""
        return self.contents[path] if path in self.contents else self.before.read(path)

    def past_words(self, beginning: str, suffix: str) -> frozenset[str] | None:
        """See Tree.past_words."""
        return self.before.past_words(beginning, suffix)


def open_tree(root: Path, environment: Mapping[str, str]) -> Tree:
    """The files below ``root``: what git lists when it is the top of a work tree, else what is in the folder.

    In a pre-commit run (``PRE_COMMIT=1``) untracked files do not count: they are no part of the commit.
    """
    if not is_git_root(root):
        return FolderTree(root)
    names = list_names(root, others=environment.get("PRE_COMMIT") != "1")
    if names is None:
        raise CannotList(str(root))
    return GitWorkTree(root, tuple(names))


@contextmanager
def open_commit(root: Path, commit: str) -> Iterator[GitObjectTree]:
    """The files of a commit, to read for as long as it is open. Raises CannotList."""
    with _open_entries(root, list_commit(root, commit)) as tree:
        yield tree


@contextmanager
def open_index(root: Path) -> Iterator[GitObjectTree]:
    """What is staged, to read for as long as it is open. Raises CannotList."""
    with _open_entries(root, list_index(root)) as tree:
        yield tree


@contextmanager
def _open_entries(root: Path, entries: Sequence[TreeEntry] | None) -> Iterator[GitObjectTree]:
    if entries is None:
        raise CannotList(str(root))
    with open_objects(root) as objects:
        yield GitObjectTree(root, {entry.path: entry for entry in entries}, objects)


def display_path(path: str) -> str:
    """A path that can be written out: bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def _words_in_tags(root: Path, beginning: str, suffix: str) -> frozenset[str] | None:
    names = tags(root)
    if names is None or is_shallow(root) is not False:
        return None
    if not names:
        return frozenset()
    pattern = re.sub(r"[^\w:-]", lambda match: f"[{match[0]}]", beginning) + "[[:alnum:]:._-]{0,40}[0-9]"
    return frozenset(search_tags(root, names, pattern, f"*{suffix}"))


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
