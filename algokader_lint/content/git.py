"""git, asked by its own command; nothing is written, checked out or fetched.

Revisions, names and contents come from strangers: they are passed as arguments or on standard input, never by way
of a shell, and a repository that was cloned in part is not completed over the network behind the reader's back.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple

from algokader_lint.nearest import nearest

_SECONDS = 30
"""How long git may take for an answer."""

_SETTINGS = ("-c", "core.fsmonitor=false")
_ENVIRONMENT = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


class BadRevision(Exception):
    """A revision cannot be compared with.

    ``kind`` is ``no-git``, ``unknown`` or ``unrelated``; with ``shallow`` the history may lack only here. ``near`` are
    the branches and tags that an unknown one may have meant.
    """

    def __init__(self, kind: str, name: str, *, shallow: bool = False, near: Sequence[str] = ()) -> None:
        super().__init__(f"{kind}: {name}")
        self.kind = kind
        self.name = name
        self.shallow = shallow
        self.near = tuple(near)


class TreeEntry(NamedTuple):
    """A file as git stores it: its mode (octal), the name of its content, its path."""

    mode: str
    object: str
    path: str


SYMLINK, SUBMODULE = "120000", "160000"


def is_git_root(folder: Path) -> bool:
    """Whether ``folder`` is the top of a git work tree."""
    return (folder / ".git").exists()


def _command(root: Path, arguments: Sequence[str]) -> list[str]:
    return ["git", *_SETTINGS, "-C", str(root), *arguments]


def git(root: Path, *arguments: str, codes: Sequence[int] = (0,)) -> bytes | None:
    """The output of a git command, None when it fails (ends with another code) or git is missing."""
    try:
        result = subprocess.run(
            _command(root, arguments),
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env={**os.environ, **_ENVIRONMENT},
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return result.stdout if result.returncode in codes else None


def list_names(root: Path, *, others: bool) -> list[str] | None:
    """The tracked files and, with ``others``, the untracked ones that are not ignored; None when git cannot say."""
    wanted = ["--others", "--exclude-standard"] if others else []
    listing = git(root, "ls-files", "-z", "--cached", *wanted)
    return None if listing is None else sorted({os.fsdecode(name) for name in listing.split(b"\0") if name})


def commit_of(root: Path, revision: str) -> str:
    """The commit that ``revision`` names. Raises BadRevision."""
    if not is_git_root(root):
        raise BadRevision("no-git", revision)
    found = None
    if revision and not revision.startswith("-"):
        found = git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if not found:
        near = nearest(revision, _names_of_revisions(root))
        raise BadRevision("unknown", revision, shallow=bool(is_shallow(root)), near=near)
    return found.decode().strip()


def tree_of(root: Path, commit: str) -> str:
    """The name of all that a commit holds: the same for commits with the same files. Raises BadRevision."""
    found = git(root, "rev-parse", "--verify", "--quiet", f"{commit}^{{tree}}")
    if found is None:
        raise BadRevision("unknown", commit, shallow=bool(is_shallow(root)))
    return found.decode().strip()


def has_commits(root: Path) -> bool:
    """Whether there is a commit to compare with: not in a repository that has just begun."""
    return git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}") is not None


def is_shallow(root: Path) -> bool | None:
    """Whether the history was cut off when it was cloned; None when git does not answer."""
    answer = git(root, "rev-parse", "--is-shallow-repository")
    return None if answer is None else answer.strip() != b"false"


def merge_base(root: Path, revision: str) -> str:
    """The commit at which HEAD parted from ``revision``. Raises BadRevision.

    A parent that HEAD itself names is an ancestor also where the history between them was cut off: so a shallow
    clone of a merge commit needs no more than the commit it was merged into.
    """
    commit = commit_of(root, revision)
    if commit in _parents(root, "HEAD"):
        return commit
    found = git(root, "merge-base", "HEAD", commit)
    if not found:
        raise BadRevision("unrelated", revision, shallow=bool(is_shallow(root)))
    return found.decode().split()[0]


def _parents(root: Path, revision: str) -> list[str]:
    """The parents as the commit names them, whether or not they are here."""
    header = (git(root, "cat-file", "commit", revision) or b"").partition(b"\n\n")[0]
    return [line[7:].decode() for line in header.splitlines() if line.startswith(b"parent ")]


def index_differs(root: Path) -> bool:
    """Whether something is staged: the index is not what HEAD holds."""
    return git(root, "diff", "--cached", "--quiet", "--no-ext-diff", "HEAD", "--") is None


def commit_being_merged(root: Path) -> str | None:
    """The commit that a merge in progress brings in; None when there is none."""
    found = git(root, "rev-parse", "--verify", "--quiet", "MERGE_HEAD")
    return None if found is None else found.decode().strip()


def _names_of_revisions(root: Path) -> list[str]:
    """Branches and tags, by the short names that people type."""
    listing = git(root, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes")
    return os.fsdecode(listing or b"").splitlines()


def tags(root: Path) -> list[str] | None:
    """The tags, oldest first (by date, then by version); None when git does not answer."""
    listing = git(
        root, "for-each-ref", "--sort=version:refname", "--sort=creatordate", "--format=%(refname)", "refs/tags"
    )
    prefix = "refs/tags/"
    return None if listing is None else [name.removeprefix(prefix) for name in os.fsdecode(listing).splitlines()]


class Tag(NamedTuple):
    """A tag: its name, the commit, what that holds (the same for commits with the same files) and its day."""

    name: str
    commit: str
    tree: str
    day: str


def tagged_commits(root: Path) -> list[Tag] | None:
    """The tags that name a commit, in the order of ``tags``; None when git does not answer."""
    fields = "%(objecttype) %(objectname) %(tree) %(committerdate:short)"
    peeled = "%(*objecttype) %(*objectname) %(*tree) %(*committerdate:short)"
    order = ("--sort=version:refname", "--sort=creatordate")
    listing = git(root, "for-each-ref", *order, f"--format=%(refname)%00{fields}%00{peeled}", "refs/tags")
    if listing is None:
        return None
    found: list[Tag] = []
    for line in os.fsdecode(listing).splitlines():
        name, *objects = line.split("\0")
        parts = next((words for text in objects if (words := text.split())[:1] == ["commit"]), None)
        if parts is not None and len(parts) == 4:
            found.append(Tag(name.removeprefix("refs/tags/"), *parts[1:]))
    return found


def is_modified(root: Path, folder: str) -> bool:
    """Whether tracked files are not as HEAD holds them, or ``folder`` has files that git does not know yet."""
    if git(root, "diff", "--quiet", "--no-ext-diff", "HEAD", "--") is None:
        return True
    return bool(git(root, "ls-files", "--others", "--exclude-standard", "--", folder))


def search_tags(root: Path, names: Sequence[str], pattern: str, files: str) -> list[str]:
    """What the extended regular expression ``pattern`` finds in ``files`` (a pathspec) of these tags."""
    revisions = [f"refs/tags/{name}" for name in names]
    plain = ("--no-color", "--no-line-number", "--no-column")  # whatever somebody's settings of git say
    found = git(root, "grep", "-hIoE", *plain, "-e", pattern, *revisions, "--", files)
    return os.fsdecode(found or b"").splitlines()


def list_commit(root: Path, commit: str) -> list[TreeEntry] | None:
    """The files of a commit, None when git cannot say."""
    listing = git(root, "ls-tree", "-r", "-z", "--full-tree", commit)
    return None if listing is None else [_entry(record, 2) for record in listing.split(b"\0") if record]


def list_index(root: Path) -> list[TreeEntry] | None:
    """The files that are staged, None when git cannot say; of a file in conflict our own version."""
    listing = git(root, "ls-files", "-z", "--stage")
    if listing is None:
        return None
    records = [record for record in listing.split(b"\0") if record]
    return [_entry(record, 1) for record in records if record.partition(b"\t")[0][-1:] in (b"0", b"2")]


def _entry(record: bytes, object_at: int) -> TreeEntry:
    facts, _, path = record.partition(b"\t")
    words = facts.decode().split()
    return TreeEntry(words[0], words[object_at], os.fsdecode(path))


class ObjectReader:
    """Reads contents by name from one ``git cat-file --batch``."""

    def __init__(self, requests: IO[bytes], answers: IO[bytes]) -> None:
        self._requests = requests
        self._answers = answers

    def read(self, name: str, limit: int) -> bytes | None:
        """The content called ``name``; None when it is not here. What passes ``limit`` bytes is cut off there."""
        try:
            self._requests.write(name.encode() + b"\n")
            self._requests.flush()
        except OSError:  # git has ended
            return None
        header = self._answers.readline().split()
        if len(header) != 3 or header[1] == b"missing":
            return None
        size = int(header[2])
        data = self._answers.read(min(size, limit))
        self._skip(size + 1 - len(data))
        return data

    def _skip(self, size: int) -> None:
        while size > 0:
            size -= len(self._answers.read(min(size, 65_536))) or size


@contextmanager
def open_objects(root: Path) -> Iterator[ObjectReader]:
    """A reader of what git stores, for as long as it is needed."""
    process = subprocess.Popen(
        _command(root, ("cat-file", "--batch")),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **_ENVIRONMENT},
    )
    requests, answers = process.stdin, process.stdout
    if requests is None or answers is None:
        raise OSError("git has no standard input and output")
    try:
        yield ObjectReader(requests, answers)
    finally:
        process.kill()
        with suppress(OSError):
            requests.close()
        answers.close()
        process.wait()
