"""Where the files of the site are: by their path below the documentation folder, and by their address on the site."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from algokader_lint.content.mkdocs import MkdocsFile
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import UnreadableText, decode
from algokader_lint.content.tree import CannotRead

PAGE_SUFFIX = ".md"
_HTML = ".html"
_INDEX_FILE = "index.html"
_INDEX_PAGES = ("index", "README")


@dataclass(frozen=True, slots=True)
class Locations:
    """The files that MkDocs makes the site of.

    ``files`` are paths below the documentation folder, compared letter by letter, as a web server does, whatever the
    disk says; ``folders`` are those that hold them. ``addresses`` leads from an address on the site, relative to its
    root and without a slash at its end, to a path.
    """

    files: frozenset[str]
    folders: frozenset[str]
    pages: Mapping[str, Page]
    addresses: Mapping[str, str]

    def at_address(self, address: str) -> str | None:
        """The path of what a browser gets at an address, None when there is nothing."""
        found = self.addresses.get(address.rstrip("/"))
        if found is None or (address.endswith("/") and not found.endswith((PAGE_SUFFIX, _HTML))):
            return None
        return found

    def may_hold(self, path: str) -> bool:
        """Whether ``path`` lies in a folder that is listed as a file: a link to a folder, or another repository."""
        return any(folder in self.files for folder in parents_of(path))


def locations(site: Site) -> Locations:
    """Where the files of a site are, found once."""
    return site.once("locations", lambda: _find(site))


def _find(site: Site) -> Locations:
    pages = {page.docs_path: page for page in site.pages}
    below = "" if site.mkdocs.docs_dir == "." else site.mkdocs.docs_dir + "/"
    listed = (path[len(below) :] for path in site.tree.paths() if path.startswith(below))
    # A page that is listed and was not read is no longer there.
    files = frozenset(path for path in listed if not path.endswith(PAGE_SUFFIX) or path in pages)
    folders = frozenset(folder for path in files for folder in parents_of(path))
    addresses: dict[str, str] = {}
    for path in sorted(files, key=lambda path: (posixpath.basename(path).startswith("README"), path)):
        for address in _addresses(path, site.mkdocs):
            addresses.setdefault(address.rstrip("/"), path)
    return Locations(files, folders, pages, addresses)


def _addresses(path: str, mkdocs: MkdocsFile) -> Iterator[str]:
    """All addresses at which a web server answers with a file."""
    address = address_of(path, mkdocs)
    yield address
    if address.endswith("/") or not address:
        yield address + _INDEX_FILE
    elif posixpath.basename(address) == _INDEX_FILE:
        yield posixpath.dirname(address)
    elif address.endswith(_HTML):
        yield address.removesuffix(_HTML)


def stands_elsewhere(site: Site, page: Page) -> bool:
    """Whether the text of a page is that of a file outside the documentation folder too: a link to it, or a copy.

    No relative link is right in both places.
    """
    others = site.once("names-outside", lambda: _names_outside(site)).get(posixpath.basename(page.docs_path), ())
    return site.once(("stands-elsewhere", page.path), lambda: any(_is_text(site, page, path) for path in others))


def _names_outside(site: Site) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in site.tree.paths():
        if site.mkdocs.docs_dir != "." and not path.startswith(site.mkdocs.docs_dir + "/"):
            found.setdefault(posixpath.basename(path), []).append(path)
    return found


def _is_text(site: Site, page: Page, path: str) -> bool:
    try:
        return decode(site.tree.read(path)).text == page.source.text
    except (CannotRead, UnreadableText):
        return False


def parents_of(path: str) -> Iterator[str]:
    """The folders that a path stands in, the nearest first."""
    while path := posixpath.dirname(path):
        yield path


def address_of(docs_path: str, mkdocs: MkdocsFile) -> str:
    """The address of a file on the site, relative to its root (MkDocs, ``structure.files.File``)."""
    if not docs_path.endswith(PAGE_SUFFIX):
        return docs_path
    folder, name = posixpath.split(docs_path.removesuffix(PAGE_SUFFIX))
    if name in _INDEX_PAGES:
        return posixpath.join(folder, "" if mkdocs.directory_urls else _INDEX_FILE)
    return posixpath.join(folder, f"{name}/" if mkdocs.directory_urls else name + _HTML)
