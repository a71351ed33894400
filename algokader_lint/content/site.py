"""Site: all pages of one state of the content, by type and key."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

from algokader_lint.content.git import is_git_root
from algokader_lint.content.mkdocs import FILE_NAMES, MkdocsFile, read_mkdocs_file
from algokader_lint.content.nodes import scalars
from algokader_lint.content.page import Page, Reference, TextFile
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.retired import NONE_RETIRED, RetiredIds
from algokader_lint.content.source import SourceText, UnreadableText, decode
from algokader_lint.content.tree import CannotRead, ChangedTree, Tree
from algokader_lint.knowledge import ContentType, Scope
from algokader_lint.nearest import folded, nearest, normalize

T = TypeVar("T")


class NoSite(Exception):
    """There is no site to read; ``kind`` is ``no-mkdocs`` or ``no-pages``, ``detail`` the folder."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True)
class Site:
    """What checks may ask about the content.

    ``pages`` is in the order of paths. ``scope`` names the pages that the pack in force is about, None when it is
    about all. ``retired`` are the ids that must not be given out again.
    """

    tree: Tree
    mkdocs: MkdocsFile
    types: Mapping[str, ContentType]
    pages: tuple[Page, ...]
    scope: Scope | None = None
    retired: RetiredIds = NONE_RETIRED
    _known: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

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

    @cached_property
    def settings_file(self) -> TextFile:
        """Where that is told which has no page: the site's ``mkdocs.yml``."""
        try:
            source = decode(self.tree.read(self.mkdocs.path))
        except (CannotRead, UnreadableText):
            source = SourceText("")
        return TextFile(self.mkdocs.path, source)

    def of_type(self, name: str) -> Mapping[str, Page]:
        """The pages of a content type, by key."""
        return self._by_key.get(name, {})

    def called(self, value: str) -> list[Page]:
        """The pages of any type, or none, whose key is ``value`` but for its form; an exact match first."""
        return sorted(self._by_normal_key.get(normalize(value), ()), key=lambda page: page.key != value)

    def once(self, key: Hashable, compute: Callable[[], T]) -> T:
        """What ``compute`` makes, computed once for this site under ``key``."""
        if key not in self._known:
            self._known[key] = compute()
        found: T = self._known[key]
        return found

    def with_text(self, name: str, text: str) -> list[Page]:
        """The pages whose field ``name`` says ``text``, spacing and case apart, in the order of paths."""
        return self.once(("with-text", name), partial(self._pages_by_text, name)).get(folded(text), [])

    def _pages_by_text(self, name: str) -> dict[str, list[Page]]:
        index: dict[str, list[Page]] = {}
        for page in self.pages:
            value = page.front_matter.text(name)
            if value is not None:
                index.setdefault(folded(value), []).append(page)
        return index

    def short_name(self, page: Page) -> str:
        """The number in the page's id, as its schema finds it, when no other page has that id; else the key."""
        for name, spec in self.types[page.type or ""].fields.items():
            if spec.pattern is None:
                continue
            match = re.fullmatch(spec.pattern, (page.front_matter.text(name) or "")[:1000])
            if match is not None and match.groups() and len(self.with_text(name, match[0])) == 1:
                return match[1] or page.key
        return page.key

    def short_names(self) -> dict[str, str]:
        """The short names of all pages of a content type, by key."""
        return {page.key: self.short_name(page) for page in self.pages if page.type is not None}

    def any_with_item(self, type_name: str, name: str, value: str) -> bool:
        """Whether some page of a type has ``value`` in its field ``name``, a list or a single value."""
        return value in self.once(("items", type_name, name), partial(self._items_of, type_name, name))

    def _items_of(self, type_name: str, name: str) -> set[str]:
        pages = self.of_type(type_name).values()
        return {item.text for page in pages for item in scalars(page.front_matter.get(name))}

    def unique_fields(self) -> list[str]:
        """The fields whose value only one page may have, of whatever type: what identifies pages."""
        specs = (item for content_type in self.types.values() for item in content_type.fields.items())
        return sorted({name for name, spec in specs if spec.unique})

    def target(self, reference: Reference) -> Page | None:
        """The page that a reference names, None when it does not exist."""
        return self.of_type(reference.to).get(reference.value)

    def near(self, type_name: str, value: str) -> list[Page]:
        """The pages of a type that ``value`` may have meant, best first."""
        pages = self.of_type(type_name)
        return self.once(("near", type_name, value), lambda: [pages[key] for key in nearest(value, pages)])

    def in_scope(self, page: Page) -> bool:
        """Whether ``page`` is one that the pack in force is about."""
        return self.scope is not None and within(self.scope, page)

    def in_scope_pages(self) -> Iterator[Page]:
        """The pages that the pack in force is about."""
        return (page for page in self.pages if self.in_scope(page))


def within(scope: Scope, page: Page) -> bool:
    """Whether ``page`` is one of those that ``scope`` names."""
    if page.type != scope.type:
        return False
    return scope.value is None or any(r.field == scope.field and r.value == scope.value for r in page.references)


def find_root(start: Path) -> Path:
    """What paths are relative to: the git top level, else the folder of the nearest ``mkdocs.yml``, else ``start``."""
    folders = (start, *start.parents)
    top = next((folder for folder in folders if is_git_root(folder)), None)
    site = next((folder for folder in folders if any((folder / name).is_file() for name in FILE_NAMES)), None)
    return top or site or start


def find_mkdocs(tree: Tree, start: str, docs_dir: str | None) -> MkdocsFile:
    """Where the site is: the nearest ``mkdocs.yml`` at or above the folder ``start``, or pages in ``docs_dir``.

    Both are relative to the root. Raises NoSite, or BadMkdocsFile.
    """
    path = _nearest_mkdocs(frozenset(tree.paths()), start)
    if docs_dir is not None:
        mkdocs = MkdocsFile(path=path or docs_dir, docs_dir=docs_dir)
    elif path is None:
        raise NoSite("no-mkdocs", start)
    else:
        try:
            mkdocs = read_mkdocs_file(path, tree.read(path))
        except CannotRead:
            raise NoSite("no-mkdocs", path) from None
    if not any(_is_page(name, mkdocs) for name in tree.paths()):
        raise NoSite("no-pages", mkdocs.docs_dir)
    return mkdocs


def _nearest_mkdocs(paths: frozenset[str], start: str) -> str | None:
    folder = "" if start == "." else start
    while True:
        found = next((name for name in FILE_NAMES if posixpath.join(folder, name) in paths), None)
        if found is not None or not folder:
            return None if found is None else posixpath.join(folder, found)
        folder = posixpath.dirname(folder)


def _is_page(path: str, mkdocs: MkdocsFile) -> bool:
    return path.endswith(".md") and (mkdocs.docs_dir == "." or path.startswith(mkdocs.docs_dir + "/"))


def read_site(
    tree: Tree, mkdocs: MkdocsFile, reader: PageReader, scope: Scope | None, retired: RetiredIds = NONE_RETIRED
) -> Site:
    """Read all pages of the site. Of two sites with one ``reader``, pages that are the same are read once."""
    pages = tuple(reader.read(path, docs_path, data) for path, docs_path, data in _files(tree, mkdocs))
    return Site(tree, mkdocs, reader.types, pages, scope, retired)


def reread(site: Site, contents: Mapping[str, bytes], reader: PageReader) -> Site:
    """The site with another content of some of its pages, by their paths."""
    pages = tuple(
        reader.read(page.path, page.docs_path, contents[page.path]) if page.path in contents else page
        for page in site.pages
    )
    return Site(ChangedTree(site.tree, contents), site.mkdocs, site.types, pages, site.scope, site.retired)


def read_texts(tree: Tree, mkdocs: MkdocsFile, reader: PageReader, scope: Scope | None) -> Site:
    """Read all pages, without holding them against their schemas: all that the check of addresses asks."""
    pages = tuple(reader.read(path, docs_path, data, "text") for path, docs_path, data in _files(tree, mkdocs))
    return Site(tree, mkdocs, reader.types, pages, scope)


def read_references(
    tree: Tree,
    mkdocs: MkdocsFile,
    reader: PageReader,
    scopes: Collection[Scope],
    retired: RetiredIds = NONE_RETIRED,
) -> Site:
    """Read what pages refer to, and the text of those in one of ``scopes`` alone: all that coverage asks, and faster.

    Pages of no content type are left out, and no page is held against its schema.
    """
    pages: list[Page] = []
    for path, docs_path, data in _files(tree, mkdocs, reader.knows):
        page = reader.read(path, docs_path, data, "references")
        deeper = any(within(scope, page) for scope in scopes)
        pages.append(reader.read(path, docs_path, data, "text") if deeper else page)
    return Site(tree, mkdocs, reader.types, tuple(pages), None, retired)


def _files(
    tree: Tree, mkdocs: MkdocsFile, wanted: Callable[[str], bool] = lambda docs_path: True
) -> Iterator[tuple[str, str, bytes | CannotRead]]:
    """The pages of the site that are ``wanted``, asked by their path below the documentation folder.

    Gives path, path below the documentation folder, and content, or why there is none.
    """
    for path in tree.paths():
        if not _is_page(path, mkdocs):
            continue
        docs_path = path if mkdocs.docs_dir == "." else path.removeprefix(mkdocs.docs_dir + "/")
        if not wanted(docs_path):
            continue
        data: bytes | CannotRead
        try:
            data = tree.read(path)
        except CannotRead as problem:
            if problem.kind in ("absent", "folder"):
                continue
            data = problem
        yield path, docs_path, data
