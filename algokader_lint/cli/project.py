"""What a command works on: the repository, an earlier state of it to compare with, its settings, its site."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from itertools import groupby
from pathlib import Path

from algokader_lint.cli.usage import UsageError, suggestion
from algokader_lint.config import FoundSettings, find_settings, named_settings, settings_outside
from algokader_lint.content.git import (
    Tag,
    commit_being_merged,
    has_commits,
    index_differs,
    is_git_root,
    is_shallow,
    merge_base,
    tagged_commits,
)
from algokader_lint.content.history import Past
from algokader_lint.content.mkdocs import BadMkdocsFile, MkdocsFile
from algokader_lint.content.retired import NONE_RETIRED, RetiredIds, read_retired_ids
from algokader_lint.content.site import NoSite, Site, find_mkdocs, find_root
from algokader_lint.content.tree import CannotRead, Tree, open_commit, open_index, open_tree
from algokader_lint.knowledge import Knowledge, Scope
from algokader_lint.messages import Messages
from algokader_lint.nearest import nearest


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier state of the repository and what it is called."""

    label: str
    tree: Tree


@dataclass(frozen=True, slots=True)
class Project:
    """A repository as it is now (``tree``) and was before (``earlier``).

    ``start`` is the folder to find things from, relative to the root. ``trusted`` is what settings are read from: an
    earlier state when the change that is checked has no say in how it is checked (``distrust``).
    """

    root: Path
    start: str
    tree: Tree
    earlier: tuple[Earlier, ...] = ()
    distrust: bool = False

    @property
    def trusted(self) -> Tree:
        """Where settings, waivers and retired ids come from."""
        return self.earlier[0].tree if self.distrust and self.earlier else self.tree


def open_project(
    paths: Sequence[str],
    messages: Messages,
    stack: ExitStack,
    *,
    docs_dir: str | None = None,
    since: str | None = None,
    staged: bool = False,
    distrust: bool = False,
) -> Project:
    """The repository that the first path lies in, or where you stand; a folder of pages elsewhere is in one of its own.

    ``since`` compares with the commit at which HEAD parted from that revision. ``staged`` takes what is staged and
    compares it with HEAD, and with what is being merged; when nothing is staged, it is as if it had not been asked.
    What is opened closes with ``stack``. Raises UsageError, CannotList or BadRevision.
    """
    start = _start(paths, messages)
    root = find_root(start)
    pages = Path(docs_dir).resolve() if docs_dir is not None and not paths else start
    if pages.is_dir() and not pages.is_relative_to(root):
        start, root = pages, find_root(pages)
    where = start.relative_to(root).as_posix()

    def commit(label: str, name: str) -> Earlier:
        return Earlier(label, stack.enter_context(open_commit(root, name)))

    if since is not None:
        earlier = (commit(since, merge_base(root, since)),)
        return Project(root, where, open_tree(root, os.environ), earlier, distrust)
    if staged and is_git_root(root) and has_commits(root) and index_differs(root):
        commits = ("HEAD", commit_being_merged(root))
        before = tuple(commit(messages("change.last_commit"), name) for name in commits if name is not None)
        return Project(root, where, stack.enter_context(open_index(root)), before)
    return Project(root, where, open_tree(root, os.environ))


def settings_of(project: Project, tree: Tree, file: str | None) -> FoundSettings:
    """The settings as a state of the repository has them. Raises BadConfig."""
    if file is None:
        return find_settings(partial(content_of, tree), project.start)
    path = Path(file).resolve()
    if path.is_relative_to(project.root):
        return named_settings(partial(content_of, tree), path.relative_to(project.root).as_posix())
    return settings_outside(path)


def mkdocs_of(project: Project, docs_dir: str | None) -> MkdocsFile:
    """Where the pages are; when the change is distrusted, where they were. Raises NoSite or BadMkdocsFile."""
    if project.trusted is not project.tree:
        try:
            return find_mkdocs(project.trusted, project.start, docs_dir)
        except (NoSite, BadMkdocsFile):
            pass  # there was no site yet
    return find_mkdocs(project.tree, project.start, docs_dir)


def pasts_of(
    project: Project, site: Site, docs_dir: str | None, read: Callable[[Tree, MkdocsFile], Site]
) -> list[Past]:
    """The site as it was before, as ``read`` reads it; one without pages when it did not exist yet."""
    found: list[Past] = []
    for earlier in project.earlier:
        try:
            mkdocs = find_mkdocs(earlier.tree, project.start, docs_dir)
            before = read(earlier.tree, mkdocs)
        except (NoSite, BadMkdocsFile):
            before = Site(earlier.tree, site.mkdocs, site.types, (), site.scope, site.retired)
        found.append(Past(earlier.label, before, site))
    return found


def retired_path(settings: FoundSettings, mkdocs: MkdocsFile, knowledge: Knowledge) -> str:
    """Where the list of retired ids is, or would be; relative to the root."""
    name = settings.settings.retired_ids
    if name is None:
        return posixpath.join(posixpath.dirname(mkdocs.path), knowledge.catalogue.retired_ids)
    return posixpath.normpath(posixpath.join(settings.folder, name))


def retired_of(tree: Tree, path: str) -> RetiredIds:
    """The list of retired ids as a state of the repository has it; empty when there is none. Raises BadRetiredIds."""
    data = content_of(tree, path)
    return NONE_RETIRED if data is None else read_retired_ids(path, data)


def releases_of(
    project: Project, messages: Messages, wanted: Sequence[str] = ()
) -> Iterator[tuple[Sequence[Tag], str]]:
    """The releases, oldest first: tags that follow each other and have the same files, and their commit.

    Only those that are ``wanted``, by name or glob; all when nothing is. Raises UsageError.
    """
    if not is_git_root(project.root):
        raise UsageError(messages("error.no_git"))
    tags = tagged_commits(project.root)
    if tags is None or is_shallow(project.root) is not False:
        raise UsageError(messages("error.no_history"))
    if not tags:
        raise UsageError(messages("error.no_tags"))
    for name in wanted:
        if not any(fnmatchcase(tag.name, name) for tag in tags):
            near = suggestion(messages, nearest(name, [tag.name for tag in tags]))
            raise UsageError(messages("error.unknown_tag", name=name) + near)
    chosen = [tag for tag in tags if not wanted or any(fnmatchcase(tag.name, name) for name in wanted)]
    for _, same in groupby(chosen, key=lambda tag: tag.tree):
        group = list(same)
        yield group, group[0].commit


def scope_of(knowledge: Knowledge, pack: str, topic: str | None, messages: Messages) -> Scope | None:
    """What the pack is about, with another topic when one is asked for."""
    scope = knowledge.scope(pack)
    if topic is None:
        return scope
    if scope is None:
        raise UsageError(messages("error.no_topic", pack=pack))
    return scope.model_copy(update={"value": topic})


def inside_root(project: Project, path: str, messages: Messages) -> str:
    """A path from where you stand, relative to the root; it need not exist."""
    full = Path(os.path.abspath(path))
    full = full.parent.resolve() / full.name
    if full != project.root and project.root not in full.parents:
        raise UsageError(messages("error.path_outside", path=path, root=project.root))
    return full.relative_to(project.root).as_posix()


def place_inside(project: Project, path: str, messages: Messages) -> Path:
    """Where a file may be written, by its path from the root; whether it is there already is not asked.

    Names and symbolic links come from the repository. Raises UsageError when they lead out of it or into what git
    keeps for itself, or when something else stands in the place of a folder on the way.
    """
    full = project.root / path
    real = Path(os.path.realpath(full))
    inside = real.is_relative_to(project.root) and ".git" not in map(str.casefold, real.relative_to(project.root).parts)
    if not inside:
        raise UsageError(messages("error.leads_out", file=path))
    for folder in full.parents:
        if os.path.lexists(folder) and not folder.is_dir():
            raise UsageError(messages("error.no_folder", file=path, place=folder.name))
    return full


def content_of(tree: Tree, path: str) -> bytes | None:
    """The content of a file, None when it is not there or may not be read."""
    try:
        return tree.read(path)
    except CannotRead:
        return None


def _start(paths: Sequence[str], messages: Messages) -> Path:
    """The folder to find the site from: that of the first path, else where you stand."""
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(messages("error.no_path", path=path))
    if not paths:
        return Path.cwd().resolve()
    first = Path(paths[0]).resolve()
    return first if first.is_dir() else first.parent
