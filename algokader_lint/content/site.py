"""Site: all pages of one state of the content, by type and key."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from algokader_lint.content.mkdocs import FILE_NAMES, MkdocsFile, inside, read_mkdocs_file
from algokader_lint.content.nodes import scalars
from algokader_lint.content.page import Page, PageReader, Reference
from algokader_lint.content.tree import CannotRead, Tree, is_git_root
from algokader_lint.knowledge import ContentType, Scope
from algokader_lint.nearest import nearest, normalize


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


class NoSite(Exception):
    """There is no site to read; ``kind`` is ``no-mkdocs`` or ``no-docs-dir``, ``detail`` the place."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True)
class Site:
    """What checks may ask about the content.

    ``pages`` is in the order of paths. ``scope`` names the pages that the pack in force is about, None when it is
    about all.
    """

    tree: Tree
    mkdocs: MkdocsFile
    types: Mapping[str, ContentType]
    pages: tuple[Page, ...]
    scope: Scope | None = None
    _near: dict[tuple[str, str], list[Page]] = field(default_factory=dict, repr=False)
    _items: dict[tuple[str, str], set[str]] = field(default_factory=dict, repr=False)
    _by_value: dict[str, dict[str, list[Page]]] = field(default_factory=dict, repr=False)

    @cached_property
    def _by_key(self) -> dict[str, dict[str, Page]]:
        found: dict[str, dict[str, Page]] = {name: {} for name in self.types}
        for page in self.pages:
            if page.type is not None:
                found[page.type].setdefault(page.key, page)
        return found

    @cached_property
    def _by_normal_key(self) -> dict[str, list[Page]]:
        found: dict[str, list[Page]] = {}
        for page in self.pages:
            found.setdefault(normalize(page.key), []).append(page)
        return found

    def of_type(self, name: str) -> Mapping[str, Page]:
        """The pages of a content type, by key."""
        return self._by_key.get(name, {})

    def called(self, value: str) -> list[Page]:
        """The pages of any type, or none, whose key is ``value`` but for its form; an exact match first."""
        return sorted(self._by_normal_key.get(normalize(value), ()), key=lambda page: page.key != value)

    def with_text(self, name: str, text: str) -> list[Page]:
        """The pages whose field ``name`` says ``text``, spacing and case apart, in the order of paths."""
        index = self._by_value.get(name)
        if index is None:
            index = self._by_value[name] = {}
            for page in self.pages:
                value = page.front_matter.text(name)
                if value is not None:
                    index.setdefault(_folded(value), []).append(page)
        return index.get(_folded(text), [])

    def any_with_item(self, type_name: str, name: str, value: str) -> bool:
        """Whether some page of a type has ``value`` in its field ``name``, a list or a single value."""
        items = self._items.get((type_name, name))
        if items is None:
            items = self._items[(type_name, name)] = {
                item.text for page in self.of_type(type_name).values() for item in scalars(page.front_matter.get(name))
            }
        return value in items

    def target(self, reference: Reference) -> Page | None:
        """The page that a reference names, None when it does not exist."""
        return self.of_type(reference.to).get(reference.value)

    def near(self, type_name: str, value: str) -> list[Page]:
        """The pages of a type that ``value`` may have meant, best first."""
        known = self._near.get((type_name, value))
        if known is None:
            pages = self.of_type(type_name)
            known = self._near[(type_name, value)] = [pages[key] for key in nearest(value, pages)]
        return known

    def in_scope(self, page: Page) -> bool:
        """Whether ``page`` is one that the pack in force is about."""
        scope = self.scope
        if scope is None or page.type != scope.type:
            return False
        return any(r.field == scope.field and r.value == scope.value for r in page.references)

    def in_scope_pages(self) -> Iterator[Page]:
        """The pages that the pack in force is about."""
        return (page for page in self.pages if self.in_scope(page))


def find_root(start: Path) -> Path:
    """What paths are relative to: the git top level, else the folder of the nearest ``mkdocs.yml``, else ``start``."""
    folders = (start, *start.parents)
    top = next((folder for folder in folders if is_git_root(folder)), None)
    return top or next((folder for folder in folders if _mkdocs_in(folder)), None) or start


def find_mkdocs_file(root: Path, start: Path) -> str | None:
    """The nearest ``mkdocs.yml`` at or above ``start``, within ``root`` and relative to it."""
    for folder in (start, *start.parents):
        file = _mkdocs_in(folder)
        if file is not None:
            return file.relative_to(root).as_posix()
        if folder == root:
            break
    return None


def _mkdocs_in(folder: Path) -> Path | None:
    return next((folder / name for name in FILE_NAMES if (folder / name).is_file()), None)


def find_mkdocs(tree: Tree, start: Path, docs_dir: str | None) -> MkdocsFile:
    """Where the site is: its ``mkdocs.yml``, or ``docs_dir`` (relative to ``start``) when that is given.

    Raises NoSite, or BadMkdocsFile.
    """
    path = find_mkdocs_file(tree.root, start)
    if docs_dir is not None:
        here = start.relative_to(tree.root).as_posix()
        folder = inside(here, docs_dir)
        if folder is None or not (tree.root / folder).is_dir():
            raise NoSite("no-docs-dir", docs_dir)
        return MkdocsFile(path=path or folder, docs_dir=folder)
    if path is None:
        raise NoSite("no-mkdocs", start.name)
    try:
        return read_mkdocs_file(path, tree.read(path))
    except CannotRead:
        raise NoSite("no-mkdocs", path) from None


def read_site(tree: Tree, mkdocs: MkdocsFile, types: Mapping[str, ContentType], scope: Scope | None) -> Site:
    """Read all pages of the site."""
    reader = PageReader(types)
    prefix = "" if mkdocs.docs_dir == "." else mkdocs.docs_dir + "/"
    pages: list[Page] = []
    for path in tree.paths():
        if not path.startswith(prefix) or not path.endswith(".md"):
            continue
        data: bytes | CannotRead
        try:
            data = tree.read(path)
        except CannotRead as problem:
            if problem.kind in ("absent", "folder"):
                continue
            data = problem
        pages.append(reader.read(path, posixpath.relpath(path, mkdocs.docs_dir), data))
    return Site(tree, mkdocs, types, tuple(pages), scope)
