"""Addresses of files in the repository of the site itself, at a host such as GitHub or GitLab."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from algokader_lint.content.mkdocs import MkdocsFile

_ACTIONS = r"(?:-/)?(?P<action>edit|blob|tree|raw|blame)/(?P<rest>.+)"
_SHOWN = re.compile(_ACTIONS, re.IGNORECASE | re.DOTALL)
_RAW_HOSTS = {"github.com": "raw.githubusercontent.com"}
_REFS = re.compile(r"refs/heads/")


@dataclass(frozen=True, slots=True)
class RepositoryPath:
    """A file or folder of the repository; ``before`` is what comes before its path in the address as written."""

    path: str
    before: str


def repository_path(mkdocs: MkdocsFile, url: str, branches: Sequence[str]) -> RepositoryPath | None:
    """The path that an address names on the main branch of the repository of the site; None when it is another.

    A branch may have slashes in its name, so only known ones are told from what comes behind them: that of
    ``edit_uri``, else ``branches``. What stands on another branch or at a tag cannot be judged by these files.
    """
    try:
        parts, own = urlsplit(url), urlsplit((mkdocs.repo_url or "").strip().rstrip("/").removesuffix(".git"))
    except ValueError:
        return None
    rest = _behind_repository(parts.netloc.lower(), parts.path, own.netloc.lower(), own.path)
    if rest is None or parts.scheme not in ("http", "https"):
        return None
    rest = _REFS.sub("", rest, count=1) if _REFS.match(rest) else rest
    for branch in _branches(mkdocs, branches):
        if rest == branch:
            return RepositoryPath("", url)
        if rest.startswith(branch + "/"):
            path = rest[len(branch) + 1 :]
            at = url.find(path)
            return RepositoryPath(unquote(path).strip("/"), url[:at]) if at >= 0 else None
    return None


def _behind_repository(host: str, path: str, own_host: str, own_path: str) -> str | None:
    """What stands behind the repository and what is to be done: a branch and a path. Hosts and names ignore case."""
    if not own_host or not path.lower().startswith(own_path.lower() + "/"):
        return None
    behind = path[len(own_path) + 1 :]
    if host.removeprefix("www.") == own_host.removeprefix("www."):
        shown = _SHOWN.match(behind)
        return shown["rest"] if shown is not None else None
    return behind if host == _RAW_HOSTS.get(own_host.removeprefix("www.")) else None


def _branches(mkdocs: MkdocsFile, usual: Sequence[str]) -> list[str]:
    """The names of the main branch: in ``edit_uri``, between what is to be done and the folder of pages."""
    told = _SHOWN.match((mkdocs.edit_uri or "").strip("/"))
    if told is None:
        return list(usual)
    docs = posixpath.relpath(mkdocs.docs_dir, posixpath.dirname(mkdocs.path) or ".")
    rest = told["rest"]
    for folder in (mkdocs.docs_dir, docs):
        if rest.endswith("/" + folder):
            return [rest.removesuffix("/" + folder), "HEAD"]
    return [rest.partition("/")[0], "HEAD"]
